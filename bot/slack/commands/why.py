"""`/align why`: every point of the score, with what took it and where that was said."""

from bot.domain import breakdown
from bot.slack.payloads import Payload
from bot.slack.views import why as views

from .asked import Asked


async def why(asked: Asked) -> Payload:
    async with asked.alignbot.database.transaction() as uow:
        project = await asked.project(uow, asked.text)
        return views.why(breakdown.of(project, asked.alignbot.bank, uow.now))
