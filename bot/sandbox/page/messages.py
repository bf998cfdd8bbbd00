"""Messages as one person sees them: what decides how a message looks, and its form for the page."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from bot.sandbox.model import Channel, Message, User
from bot.sandbox.world import World

from .notes import Notes

Json = dict[str, Any]
Key = tuple[str, str]
"""Channel and ts: no two messages have the same, ephemeral ones included."""


class Look(NamedTuple):
    """All that the page shows of a message. Two that are equal look the same, so nothing needs to be sent."""

    message: Message
    answered_at: str | None
    answered_by: tuple[str, ...]  # one entry for each reply
    chosen: str
    reactions: tuple[tuple[str, tuple[str, ...]], ...]


def looks(world: World, notes: Notes, me: User) -> dict[Key, Look]:
    """Everything said where this person is, and what the app says to them alone."""
    channels = {channel.id: channel for channel in world.workspace.joined_by(me.id)}
    found = [(channel, message) for channel in channels.values() for message in _there(channel)]
    whispers = [m for m in world.ephemerals[me.id] if (me.id, m.ts) not in notes.dismissed]
    found += [(channels[m.channel], m) for m in whispers if m.channel in channels]
    return {(channel.id, message.ts): _look(world, notes, me, channel, message) for channel, message in found}


def _there(channel: Channel) -> Iterator[Message]:
    """A deleted parent stays as long as there are replies to it."""
    return (m for m in channel.messages.values() if not m.deleted or m.subtype == "tombstone")


def _look(world: World, notes: Notes, me: User, channel: Channel, message: Message) -> Look:
    replies = channel.thread(message.ts) if message.ts in channel.replies else []
    chosen = world.chosen.get((me.id, channel.id, message.ts))
    reactions = notes.reactions.get((channel.id, message.ts), {})
    return Look(
        message,
        replies[-1].ts if replies else None,
        tuple(reply.user for reply in replies),
        json.dumps(chosen) if chosen else "{}",
        tuple((name, tuple(who)) for name, who in reactions.items()),
    )


def written(look: Look, me: str) -> Json:
    """The message in the form of the page's protocol."""
    message = look.message
    return {
        "channel": message.channel,
        "ts": message.ts,
        "thread_ts": message.thread_ts,
        "user": message.user,
        "text": message.text,
        "blocks": message.blocks or None,
        "edited": message.edited is not None,
        "ephemeral": message.ephemeral_to is not None,
        "by_bot": message.by_bot,
        "subtype": message.subtype,
        "broadcast": message.subtype == "thread_broadcast",
        "replies": len(look.answered_by),
        "last_reply": look.answered_at,
        "reply_users": list(dict.fromkeys(look.answered_by)),
        "chosen": json.loads(look.chosen),
        "reactions": [{"name": name, "users": list(who)} for name, who in look.reactions],
        "mine": message.user == me and message.subtype in (None, "thread_broadcast", "file_share"),
    }


def unread(all: dict[Key, Look], notes: Notes, me: User, channel: Channel) -> Json:
    """How much is new for this person, and how much of it is about them. A reply is new to those it concerns."""
    read = notes.read.get((me.id, channel.id), "")
    new = [
        look.message
        for (where, ts), look in all.items()
        if where == channel.id and ts > read and look.message.user != me.id and look.message.subtype != "tombstone"
    ]
    mine = [channel.kind == "im" or m.ephemeral_to is not None or f"<@{me.id}>" in m.text for m in new]
    aloud = [not m.is_reply or m.subtype == "thread_broadcast" for m in new]
    return {"unread": sum(map(max, mine, aloud)), "mentions": sum(mine)}
