"""Shortcuts of messages: a dict from the callback id to what it does."""

from collections.abc import Awaitable, Callable

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import BotError

from . import controls, deciding
from .alignbot import Alignbot
from .clicks.click import show_in_time
from .payloads import Payload, team_of, user_of
from .views.decision_form import TITLE, Start

NOT_KNOWN = "I don't know this shortcut any more. `/align help` lists what I do."


async def shortcut(body: Payload, ack: AsyncAck, client: AsyncWebClient, alignbot: Alignbot) -> None:
    handler = SHORTCUTS.get(body["callback_id"])
    if handler is None:
        raise BotError(NOT_KNOWN)
    await handler(body, client, alignbot)
    await ack()


async def log_decision(body: Payload, client: AsyncWebClient, alignbot: Alignbot) -> None:
    """Opens the form with the words of a message as what was decided; the link to it is asked for when it is sent."""
    message, channel = body["message"], body["channel"]["id"]
    start = Start(user_of(body), message.get("text") or "", channel, message["ts"])
    building = deciding.form_in(alignbot, team_of(body), channel, start)
    await show_in_time(client, body["trigger_id"], TITLE, building)


SHORTCUTS: dict[str, Callable[[Payload, AsyncWebClient, Alignbot], Awaitable[None]]] = {
    controls.LOG_DECISION: log_decision,
}
