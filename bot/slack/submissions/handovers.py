"""The form in which one of the two proposes another time."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import FieldErrors
from bot.services import handovers
from bot.slack import controls, forms
from bot.slack.alignbot import Alignbot
from bot.slack.payloads import Payload, once_key, user_of

from .wrong import Wrong


async def another_time(body: Payload, client: AsyncWebClient, alignbot: Alignbot) -> None:
    ids, slot = controls.read_metadata(body["view"]), forms.moment_of(body["view"]["state"]["values"], "slot")
    if slot is None:
        raise Wrong({"slot": "Please pick a day and a time."})
    bank, by = alignbot.bank, user_of(body)
    try:
        async with alignbot.database.transaction(once=once_key(body)) as uow:
            await handovers.move(uow, bank, ids["project"], ids["question"], slot=slot, by=by, at=uow.now)
    except FieldErrors as wrong:
        raise Wrong(wrong.fields) from None
