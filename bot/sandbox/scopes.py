"""Which scope a method or an event needs; of several, any one suffices."""

from collections.abc import Collection

from bot.sandbox.errors import ApiError
from bot.sandbox.model import Channel

METHODS: dict[str, tuple[str, ...]] = {
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "chat.delete": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "conversations.open": ("im:write",),
    "conversations.info": ("channels:read", "groups:read", "im:read"),
    "conversations.members": ("channels:read", "groups:read", "im:read"),
    "conversations.history": ("channels:history", "groups:history", "im:history"),
    "conversations.replies": ("channels:history", "groups:history", "im:history"),
    "users.info": ("users:read",),
    "users.conversations": ("channels:read", "groups:read", "im:read"),
}

READ = {"public": "channels:read", "private": "groups:read", "im": "im:read"}
HISTORY = {"public": "channels:history", "private": "groups:history", "im": "im:history"}

EVENTS: dict[str, tuple[str, ...]] = {
    "app_mention": ("app_mentions:read",),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "user_change": ("users:read",),
    "team_join": ("users:read",),
    **{f"channel_{what}": ("channels:read",) for what in ("archive", "unarchive", "rename", "deleted", "left")},
    **{f"group_{what}": ("groups:read",) for what in ("archive", "unarchive", "rename", "deleted", "left")},
    "channel_id_changed": ("channels:read", "groups:read"),
    "channel_shared": ("channels:read", "groups:read"),
    "channel_unshared": ("channels:read", "groups:read"),
}
OF_THE_CHANNEL = ("member_joined_channel", "member_left_channel")


def require(granted: Collection[str], *any_of: str) -> None:
    if any_of and not set(any_of) & set(granted):
        raise ApiError("missing_scope", needed=",".join(any_of), provided=",".join(sorted(granted)))


def event_is_covered(granted: Collection[str], name: str, channel: Channel | None) -> bool:
    needed = EVENTS.get(name, ())
    if name in OF_THE_CHANNEL and channel is not None:
        needed = (READ[channel.kind],)
    return not needed or bool(set(needed) & set(granted))
