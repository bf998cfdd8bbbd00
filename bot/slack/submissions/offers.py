"""The form that keeps the original of a hard input."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import FieldErrors
from bot.services import offers
from bot.slack import controls, forms
from bot.slack.alignbot import Alignbot
from bot.slack.payloads import Payload, once_key, user_of

from .wrong import Wrong


async def keep_original(body: Payload, client: AsyncWebClient, alignbot: Alignbot) -> None:
    ids, state = controls.read_metadata(body["view"]), body["view"]["state"]["values"]
    try:
        async with alignbot.database.transaction(once=once_key(body)) as uow:
            await offers.keep_original(
                uow,
                alignbot.bank,
                ids["project"],
                ids["offer"],
                reason=forms.words_of(state, "reason"),
                gain=forms.words_of(state, "gain"),
                by=user_of(body),
                at=uow.now,
            )
    except FieldErrors as wrong:
        raise Wrong(wrong.fields) from None
