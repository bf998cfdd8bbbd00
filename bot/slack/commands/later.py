"""`/align later`: what waits for V2."""

from bot.domain import backlog
from bot.slack.payloads import Payload
from bot.slack.views import backlog as views

from .asked import Asked


async def later(asked: Asked) -> Payload:
    async with asked.alignbot.database.transaction() as uow:
        return views.backlog(backlog.of(await asked.project(uow, asked.text), uow.now))
