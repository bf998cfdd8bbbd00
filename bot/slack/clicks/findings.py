"""The three buttons of a finding: talk it over, change what was said, live with it."""

from bot.services import findings
from bot.slack.payloads import Payload
from bot.slack.views import findings as views
from bot.slack.views import status as panels

from .answering import form_of
from .click import Click, once, open_form


async def discuss(one: Click) -> Payload:
    async with once(one) as uow:
        await findings.talk(uow, one.alignbot.bank, one.project, one.control.extra, at=uow.now)
    return panels.sentence("The thread of the kickoff card calls everybody concerned together, once a day at most.")


async def changed(one: Click) -> Payload | None:
    """Opens the answer's form; where several answers are this person's, lists them."""
    async with one.alignbot.database.transaction() as uow:
        bank = one.alignbot.bank
        edits = await findings.to_change(uow, bank, one.project, one.control.extra, by=one.user)
    if len(edits) > 1:
        return views.edits(one.project, edits)
    await open_form(one, "Your answer", lambda: form_of(one, edits[0].question, edits[0].row))
    return None


async def live_with(one: Click) -> None:
    await open_form(one, "Live with it", lambda: _live_with_form(one))


async def _live_with_form(one: Click) -> Payload:
    key, bank = one.control.extra, one.alignbot.bank
    async with one.alignbot.database.transaction() as uow:
        finding, day = await findings.to_live_with(uow, bank, one.project, key, by=one.user, at=uow.now)
    return views.live_with_modal(one.project, finding.key, finding.title, finding.input, day)
