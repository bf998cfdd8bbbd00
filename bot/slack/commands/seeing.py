"""What somebody asks to see."""

from bot.services import status
from bot.slack.payloads import Payload
from bot.slack.views import status as panels

from .asked import Asked


async def panel(asked: Asked) -> Payload:
    """The status of the channel's kickoff; without one, the first step."""
    async with asked.alignbot.database.transaction() as uow:
        if not await uow.projects.open_in(asked.team, asked.channel):
            return panels.sentence(
                "No kickoff runs in this channel yet. `/align kickoff` starts one: it takes a minute, "
                "then I ask the PM, the ML person and the engineer what only they know."
            )
        return panels.status(await status.panel(uow, asked.alignbot.bank, await asked.project(uow, asked.text)))


async def questions(asked: Asked) -> Payload:
    async with asked.alignbot.database.transaction() as uow:
        return panels.questions(await status.questions_of(uow, asked.alignbot.bank, asked.team, asked.user))
