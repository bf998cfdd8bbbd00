"""Lists on demand, for the one who clicked."""

from bot.domain import breakdown, following
from bot.services import status
from bot.slack.payloads import Payload
from bot.slack.views import status as panels
from bot.slack.views import why as breakdown_view

from .click import Click, project_of


async def see_all(one: Click) -> Payload:
    async with one.alignbot.database.transaction() as uow:
        project = await project_of(uow, one.project)
        return panels.see_all(await status.panel(uow, one.alignbot.bank, project), following.cards(project))


async def why(one: Click) -> Payload:
    async with one.alignbot.database.transaction() as uow:
        return breakdown_view.why(breakdown.of(await project_of(uow, one.project), one.alignbot.bank, uow.now))


async def my_questions(one: Click) -> Payload:
    async with one.alignbot.database.transaction() as uow:
        return panels.questions(await status.questions_of(uow, one.alignbot.bank, one.team, one.user))


async def nothing(one: Click) -> None:
    """A link or a decoration: Slack tells of the click all the same."""
