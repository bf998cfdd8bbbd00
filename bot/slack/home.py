"""The Home tab is drawn when somebody opens it, and again after what they do there."""

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.services import inputs, status

from . import refusals
from .alignbot import Alignbot
from .payloads import Payload, team_of
from .views.home import home

_REFUSED = ("invalid_blocks", "invalid_arguments")  # what a workspace says that knows no tables


async def opened(event: Payload, body: Payload, alignbot: Alignbot, client: AsyncWebClient) -> None:
    """Drawn anew each time, so it needs no once key: the newest drawing is the right one."""
    if event.get("tab") == "home":
        await draw(alignbot, client, team_of(body), event["user"])


async def draw(alignbot: Alignbot, client: AsyncWebClient, team: str, user: str) -> None:
    async with alignbot.database.transaction() as uow:
        items = await status.questions_of(uow, alignbot.bank, team, user)
        products = await status.panels_of(uow, alignbot.bank, team, user)
        tables = await inputs.tables_of(uow, alignbot.bank, team, user)
    try:
        await client.views_publish(user_id=user, view=home(items, products, tables))
    except SlackApiError as error:
        if not tables or refusals.read(error).code not in _REFUSED:
            raise
        await client.views_publish(user_id=user, view=home(items, products))


def shown_at(body: Payload) -> bool:
    """Whether a click was made on the Home tab."""
    return (body.get("view") or {}).get("type") == "home"
