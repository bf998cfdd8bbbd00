"""Which events the app gets, and the envelope in which they come."""

from secrets import token_hex
from typing import Any

from bot.sandbox.delivery.parcel import Parcel
from bot.sandbox.model import TEAM, Channel
from bot.sandbox.payloads import APP
from bot.sandbox.scopes import OF_THE_CHANNEL, event_is_covered
from bot.sandbox.workspace import BOT_USER

Json = dict[str, Any]
_MESSAGES = {"public": "message.channels", "private": "message.groups", "im": "message.im"}
_FOR_MEMBERS = ("message", "app_mention", *OF_THE_CHANNEL)


def subscription(event: Json, channel: Channel | None) -> str:
    """The name under which the manifest subscribes to the event."""
    return _MESSAGES[channel.kind] if event["type"] == "message" and channel else str(event["type"])


def reaches(event: Json, channel: Channel | None, events: frozenset[str], scopes: set[str]) -> bool:
    name = subscription(event, channel)
    if name not in events or not event_is_covered(scopes, name, channel):
        return False
    if channel is None:
        return True
    about_the_bot = event.get("user") == BOT_USER or name in ("group_left", "channel_left")
    needs_membership = event["type"] in _FOR_MEMBERS or channel.kind == "private"
    return not needs_membership or channel.has(BOT_USER) or about_the_bot


def envelope(event: Json, channel: Channel | None, time: int) -> Parcel:
    event_id = f"Ev{token_hex(5).upper()}"
    payload = {
        "token": "verification",
        "team_id": TEAM,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": time,
        "authorizations": [_authorization()],
        "is_ext_shared_channel": bool(channel and channel.ext_shared),
        "event_context": f"4-{token_hex(8)}",
    }
    return Parcel(event_id, "events_api", payload)


def _authorization() -> Json:
    return {
        "enterprise_id": None,
        "team_id": TEAM,
        "user_id": BOT_USER,
        "is_bot": True,
        "is_enterprise_install": False,
    }
