"""The two buttons of a decision in the list: another in its place, or take it back."""

from bot.services import decisions
from bot.slack.payloads import Payload
from bot.slack.views import decision_form as form
from bot.slack.views import decisions as view
from bot.slack.views import status as panels

from .click import Click, once, open_form


async def supersede(one: Click) -> None:
    await open_form(one, form.TITLE, lambda: _form(one))


async def _form(one: Click) -> Payload:
    async with one.alignbot.database.transaction() as uow:
        project = await decisions.to_supersede(uow, one.project, _number(one), one.user)
    return form.decision_form([project], form.Start(one.user, supersedes=_number(one)))


async def withdraw(one: Click) -> Payload:
    async with once(one) as uow:
        project = await decisions.withdraw(uow, one.alignbot.bank, one.project, _number(one), by=one.user, at=uow.now)
    return panels.sentence(f"#{_number(one)} is withdrawn. {view.elsewhere(project)}")


def _number(one: Click) -> int:
    return int(one.control.subject) if one.control.subject.isdecimal() else 0
