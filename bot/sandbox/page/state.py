"""What one person sees of the workspace, as it is at one moment."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.sandbox.model import Channel, User
from bot.sandbox.views import View
from bot.sandbox.world import World

from .happened import Happening
from .messages import Key, Look, looks, unread
from .notes import Notes
from .people import CAST, SUBCOMMANDS

Json = dict[str, Any]
_ROLES = {actor.id: actor.role for actor in CAST}


@dataclass(frozen=True)
class Sight:
    """A moment, kept as it was: what changes afterwards does not change it."""

    version: int
    era: int  # counts the scenes that were started: with another one all is new
    me: str
    head: Json
    messages: dict[Key, Look]
    happened: Sequence[Happening]


def seen_by(
    world: World,
    notes: Notes,
    me: User,
    happened: Sequence[Happening],
    *,
    version: int,
    era: int,
    scene: str,
    busy: bool,
) -> Sight:
    messages = looks(world, notes, me)
    head: Json = {
        "now": world.clock().isoformat(),
        "scene": scene,
        "me": {key: value for key, value in _person(world, me).items() if key not in ("bot", "deleted", "color")},
        "people": {id: _person(world, user) for id, user in world.workspace.users.items()},
        "cast": [{"handle": a.handle, "id": a.id, "name": a.name, "role": a.role} for a in CAST],
        "channels": [_channel(world, me, c) | unread(messages, notes, me, c) for c in _visible(world, me)],
        "home": _view(world.views.homes.get(me.id), notes),
        "modals": [_view(view, notes) for view in world.views.stack(me.id)],
        **_offers(world),
        "busy": busy,
    }
    return Sight(version, era, me.id, head, messages, happened)


def _offers(world: World) -> Json:
    """What can be typed and chosen anywhere."""
    manifest = world.manifest
    return {
        "commands": [
            {"command": c.name, "description": c.description, "usage_hint": c.usage_hint}
            for c in manifest.commands.values()
        ],
        "subcommands": list(SUBCOMMANDS),
        "shortcuts": [{"name": s.name, "callback_id": s.callback_id} for s in manifest.shortcuts if s.on_message],
    }


def _person(world: World, user: User) -> Json:
    return {
        "id": user.id,
        "name": user.name,
        "handle": user.handle,
        "role": _ROLES.get(user.id, "the app" if user.bot else ""),
        "zone": user.tz,
        "color": list(world.workspace.users).index(user.id) % 8,
        "bot": user.bot,
        "deleted": user.deleted,
    }


def _visible(world: World, me: User) -> list[Channel]:
    return [c for c in world.workspace.channels.values() if c.has(me.id) or c.kind == "public"]


def _channel(world: World, me: User, channel: Channel) -> Json:
    direct = channel.kind == "im"
    bot = world.workspace.bot
    return {
        "id": channel.id,
        "name": bot.name if direct else channel.name,
        "kind": channel.kind,
        "member": channel.has(me.id),
        "archived": channel.archived,
        "peer": bot.id if direct else None,
    }


def _view(view: View | None, notes: Notes) -> Json | None:
    if view is None:
        return None
    texts = {key: (view.content.get(key) or {}).get("text") for key in ("title", "submit", "close")}
    return {
        "id": view.id,
        "type": view.content["type"],
        **texts,
        "blocks": view.blocks,
        "chosen": json.loads(json.dumps(view.chosen)),
        "errors": dict(notes.errors.get(view.id, {})),
        "callback_id": view.callback_id,
    }
