"""The Home tab is drawn when somebody opens it."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.services import status

from .alignbot import Alignbot
from .payloads import Payload, team_of
from .views.home import home


async def opened(event: Payload, body: Payload, alignbot: Alignbot, client: AsyncWebClient) -> None:
    """Drawn anew each time, so it needs no once key: the newest drawing is the right one."""
    if event.get("tab") != "home":
        return
    user = event["user"]
    async with alignbot.database.transaction() as uow:
        items = await status.questions_of(uow, alignbot.bank, team_of(body), user)
        panels = await status.panels_of(uow, alignbot.bank, team_of(body), user)
    await client.views_publish(user_id=user, view=home(items, panels))
