"""`/align settings`: a form with what the people of a product may set."""

from bot.services import settings as service
from bot.slack.payloads import Payload
from bot.slack.views import settings as view
from bot.slack.views import status as panels

from .asked import Asked


async def settings(asked: Asked) -> Payload:
    async with asked.alignbot.database.transaction() as uow:
        project = await service.to_set(uow, (await asked.project(uow, asked.text)).id, asked.user)
    await asked.client.views_open(trigger_id=asked.body["trigger_id"], view=view.settings(project))
    return panels.sentence("The settings are open for you.")
