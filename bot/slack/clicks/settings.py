"""The settings of a product, opened from the Home tab."""

from bot.services import settings as service
from bot.slack.payloads import Payload
from bot.slack.views import settings as view

from .click import Click, open_form


async def settings(one: Click) -> None:
    await open_form(one, "Settings", lambda: _form(one))


async def _form(one: Click) -> Payload:
    async with one.alignbot.database.transaction() as uow:
        project = await service.to_set(uow, one.project, one.user)
    return view.settings(project)
