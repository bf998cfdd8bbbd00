"""`/align inputs`: what the model reads, at a glance, and for those who may, what to do about it."""

from bot.services import inputs as service
from bot.slack.payloads import Payload
from bot.slack.views import inputs_table as view

from .asked import Asked


async def inputs(asked: Asked) -> Payload:
    async with asked.alignbot.database.transaction() as uow:
        project = await asked.project(uow, asked.text)
        return view.panel(await service.panel(uow, asked.alignbot.bank, project, asked.user))
