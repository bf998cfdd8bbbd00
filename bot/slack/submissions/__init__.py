"""Submitted forms: read, call the service, close or go on; what needs a correction is answered at its input."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import controls, home
from bot.slack.alignbot import Alignbot
from bot.slack.payloads import Payload, team_of, user_of

from . import decisions, findings, handovers, inputs, offers, settings, telling
from .wrong import Wrong


async def submit(body: Payload, ack: AsyncAck, client: AsyncWebClient, alignbot: Alignbot) -> None:
    handler = VIEWS.get(body["view"]["callback_id"])
    if handler is None:
        raise controls.OutOfDate
    try:
        answer = await handler(body, client, alignbot)
    except Wrong as wrong:
        await ack(response_action="errors", errors=wrong.errors)
        return
    await ack(**answer) if answer else await ack()
    if not answer and controls.read_metadata(body["view"]).get("home"):
        await home.draw(alignbot, client, team_of(body), user_of(body))


VIEWS: dict[str, Callable[[Payload, AsyncWebClient, Alignbot], Awaitable[dict[str, Any] | None]]] = {
    controls.KICKOFF_VIEW: telling.kickoff,
    controls.ANSWER_VIEW: telling.answer,
    controls.ONE_GO_VIEW: telling.one_go,
    controls.HAND_OVER_VIEW: telling.hand_over,
    controls.SLOT_VIEW: handovers.another_time,
    controls.LIVE_WITH_VIEW: findings.live_with,
    controls.SOURCE_VIEW: findings.source_changed,
    controls.KEEP_ORIGINAL_VIEW: offers.keep_original,
    controls.SETTINGS_VIEW: settings.settings,
    controls.REORDER_VIEW: inputs.reorder,
    controls.DECISION_VIEW: decisions.decision,
}
