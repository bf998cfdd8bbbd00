"""Answers that need another look: still true, or changed; and the source of an input that is another now."""

from bot.services import rechecks
from bot.slack.payloads import Payload
from bot.slack.views import findings as views

from .answering import form_of
from .click import Click, once, open_form


async def still_true(one: Click) -> None:
    async with once(one) as uow:
        await rechecks.confirm(uow, one.alignbot.bank, one.project, one.question, by=one.user, at=uow.now)


async def change(one: Click) -> Payload | None:
    """Opens the answer's form; of a list the one line that is in question, else its lines to pick from."""
    async with one.alignbot.database.transaction() as uow:
        edits = await rechecks.to_change(uow, one.alignbot.bank, one.project, one.question, by=one.user)
    if len(edits) > 1:
        return views.edits(one.project, edits)
    await open_form(one, "Your answer", lambda: form_of(one, edits[0].question, edits[0].row))
    return None


async def source_changed(one: Click) -> None:
    await open_form(one, "Source changed", lambda: _inputs_form(one))


async def _inputs_form(one: Click) -> Payload:
    async with one.alignbot.database.transaction() as uow:
        inputs = await rechecks.surveyed(uow, one.project, by=one.user)
    return views.source_modal(one.project, inputs)
