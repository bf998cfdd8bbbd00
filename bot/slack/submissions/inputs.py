"""The inputs in another order."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import FieldErrors
from bot.services import inputs
from bot.slack import controls, forms
from bot.slack.alignbot import Alignbot
from bot.slack.payloads import Payload, once_key, user_of
from bot.slack.views.findings import named

from .wrong import Wrong


async def reorder(body: Payload, client: AsyncWebClient, alignbot: Alignbot) -> None:
    ids, picked = controls.read_metadata(body["view"]), forms.options_of(body["view"]["state"]["values"], "order")
    first = [lambda name, wanted=wanted: named(name) == wanted for wanted in picked]
    try:
        async with alignbot.database.transaction(once=once_key(body)) as uow:
            await inputs.reorder(uow, alignbot.bank, ids["project"], first, by=user_of(body), at=uow.now)
    except FieldErrors as wrong:
        raise Wrong(wrong.fields) from None
