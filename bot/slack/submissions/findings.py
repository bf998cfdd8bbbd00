"""Forms about what was found: how long a team lives with it and why, and which source has changed."""

from datetime import date

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import FieldErrors
from bot.services import findings, rechecks
from bot.slack import controls, forms
from bot.slack.alignbot import Alignbot
from bot.slack.payloads import Payload, once_key, user_of
from bot.slack.views.findings import named

from .wrong import Wrong


async def live_with(body: Payload, client: AsyncWebClient, alignbot: Alignbot) -> None:
    ids, state = controls.read_metadata(body["view"]), body["view"]["state"]["values"]
    until = forms.day_of(state, "until")
    try:
        async with alignbot.database.transaction(once=once_key(body)) as uow:
            await findings.live_with(
                uow,
                alignbot.bank,
                ids["project"],
                ids["finding"],
                reason=forms.words_of(state, "reason"),
                until=date.fromisoformat(until) if until else None,
                by=user_of(body),
                at=uow.now,
            )
    except FieldErrors as wrong:
        raise Wrong(wrong.fields) from None


async def source_changed(body: Payload, client: AsyncWebClient, alignbot: Alignbot) -> None:
    ids, picked = controls.read_metadata(body["view"]), forms.option_of(body["view"]["state"]["values"], "input")
    async with alignbot.database.transaction(once=once_key(body)) as uow:
        inputs = await rechecks.surveyed(uow, ids["project"], by=user_of(body))
        input = next((name for name in inputs if named(name) == picked), None)
        if input is None:
            raise Wrong({"input": "This one is no longer on the list. Pick another, or close the form."})
        await rechecks.source_changed(uow, alignbot.bank, ids["project"], input, by=user_of(body), at=uow.now)
