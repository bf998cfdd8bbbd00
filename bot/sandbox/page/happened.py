"""The drawer "What just happened": deliveries to the app and its calls, readable and without secrets."""

import json
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.sandbox.delivery.parcel import Delivery
from bot.sandbox.demo.world import APP_TOKEN, SECRET, TOKEN
from bot.sandbox.record import Call
from bot.sandbox.world import World

Json = dict[str, Any]
MOST = 300
LONGEST = 4000  # characters of the details of one entry
_KINDS = {"events_api": "event", "slash_commands": "command", "interactive": "interactive"}
_KEPT_BACK = {"token", "authorizations", "response_url", "response_urls", "trigger_id"}
_SECRETS = (APP_TOKEN, TOKEN, SECRET)
_DONE = {
    "block_actions": "uses a control",
    "view_submission": "sends a form",
    "view_closed": "closes a form",
    "message_action": "uses a shortcut",
    "shortcut": "uses a shortcut",
}


@dataclass(frozen=True, slots=True)
class Happening:
    number: int
    what: Json


class Drawer:
    """The newest things that happened, numbered in the order in which they became known."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._deliveries = self._calls = self._count = 0
        self._kept: deque[Happening] = deque(maxlen=MOST)

    def now(self) -> Sequence[Happening]:
        """With all that has happened since it was last opened."""
        deliveries, calls = self._world.post.deliveries, self._world.calls
        new: list[Delivery | Call] = [*deliveries[self._deliveries :], *calls[self._calls :]]
        self._deliveries, self._calls = len(deliveries), len(calls)
        for one in sorted(new, key=_order)[-MOST:]:
            self._count += 1
            what = _delivered(one, self._world) if isinstance(one, Delivery) else _called(one, self._world)
            self._kept.append(Happening(self._count, what))
        return tuple(self._kept)


def _order(one: Delivery | Call) -> tuple[datetime, int]:
    """What came at one moment, then what it caused, then the news of what the app had written itself."""
    if isinstance(one, Call):
        return one.at, 1
    return one.at, 2 if one.payload.get("event", {}).get("bot_id") else 0


def _delivered(delivery: Delivery, world: World) -> Json:
    status = str(delivery.status) if delivery.status else delivery.reason
    again = f" · attempt {delivery.attempt + 1}" if delivery.attempt else ""
    return {
        "at": delivery.at.isoformat(),
        "kind": _KINDS[delivery.kind],
        "title": _titles[delivery.kind](delivery.payload, world),
        "status": f"{status}{again}",
        "detail": _readable(delivery.payload),
    }


def _event(payload: Json, world: World) -> str:
    event = payload.get("event", payload)
    name = f"{event['type']}.{event['subtype']}" if event.get("subtype") else str(event["type"])
    return f"{name}{_where(event.get('channel'), world)}"


def _command(payload: Json, world: World) -> str:
    who = world.workspace.name_of(payload["user_id"])
    return f"{who}: {payload['command']} {payload['text']}".strip()[:120]


def _interactive(payload: Json, world: World) -> str:
    who, kind = world.workspace.name_of(payload["user"]["id"]), str(payload["type"])
    named = next((a.get("action_id") for a in payload.get("actions", ())), None)
    named = named or payload.get("callback_id") or payload.get("view", {}).get("callback_id") or ""
    return f"{who} {_DONE.get(kind, kind)}: {named}"


_titles = {"events_api": _event, "slash_commands": _command, "interactive": _interactive}


def _called(call: Call, world: World) -> Json:
    place = call.args.get("channel") or call.args.get("user_id") or call.args.get("users")
    answer = {"arguments": _opened(call.args), "answer": call.answer, "http": call.status}
    return {
        "at": call.at.isoformat(),
        "kind": "response_url" if call.method == "response_url" else "api",
        "title": f"{call.method}{_where(place, world)}",
        "status": "ok" if call.ok else str(call.error),
        "detail": _readable(answer),
    }


def _where(place: Any, world: World) -> str:
    if isinstance(place, Mapping):
        place = place.get("id")
    if not isinstance(place, str):
        return ""
    channel = world.workspace.channels.get(place)
    if channel and channel.kind == "im":
        return f" → @{world.workspace.name_of(channel.peer)}"
    return f" → {'#' if channel else '@' if place in world.workspace.users else ''}{world.workspace.name_of(place)}"


def _opened(arguments: Json) -> Json:
    """Blocks and views that were sent as JSON text, as what they are."""
    return {key: _parsed(value) if key in ("blocks", "view", "metadata") else value for key, value in arguments.items()}


def _parsed(value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _readable(value: Json) -> Json:
    """Without secrets, and short enough to be read."""
    clean: Json = _without_secrets(value)
    for depth in (9, 6, 5, 4, 3, 2):
        if len(json.dumps(clean)) <= LONGEST:
            break
        clean = _down_to(depth, clean)
    return clean


def _without_secrets(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _without_secrets(item) for key, item in value.items() if key not in _KEPT_BACK}
    if isinstance(value, list | tuple):
        return [_without_secrets(item) for item in value]
    if isinstance(value, str):
        for secret in _SECRETS:
            value = value.replace(secret, "…")
    return value


def _down_to(depth: int, value: Any) -> Any:
    """What lies deeper is only counted, and long texts are cut."""
    if isinstance(value, str):
        return value if len(value) <= 1000 else f"{value[:1000]}…"
    if not isinstance(value, dict | list) or not value:
        return value
    if depth == 0:
        return f"… {len(value)} more"
    if isinstance(value, dict):
        return {key: _down_to(depth - 1, item) for key, item in value.items()}
    return [_down_to(depth - 1, item) for item in value]
