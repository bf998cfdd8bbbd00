"""The settings of a product."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.project import DigestPlan
from bot.services import settings as service
from bot.slack import controls
from bot.slack.alignbot import Alignbot
from bot.slack.forms import option_of, ticked
from bot.slack.payloads import Payload, once_key, user_of
from bot.slack.views.settings import OFF


async def settings(body: Payload, client: AsyncWebClient, alignbot: Alignbot) -> None:
    state, ids = body["view"]["state"]["values"], controls.read_metadata(body["view"])
    wanted = service.Settings(
        DigestPlan(_number(option_of(state, "day")), _number(option_of(state, "hour")) or 0),
        _number(option_of(state, "pulse")),
        ticked(state, "share"),
    )
    async with alignbot.database.transaction(once=once_key(body)) as uow:
        await service.change(uow, alignbot.bank, ids["project"], wanted, by=user_of(body))


def _number(chosen: str | None) -> int | None:
    return None if chosen in (None, OFF) else int(chosen)
