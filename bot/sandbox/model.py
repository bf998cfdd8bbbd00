"""People, channels and messages of the workspace, as Slack shows them."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from bot.sandbox.controls import Control, controls_in
from bot.sandbox.plain import blocks_as_text
from bot.sandbox.text import readable

Json = dict[str, Any]
Kind = Literal["public", "private", "im"]
Names = Callable[[str], str]

TEAM = "T0ACME"
FOREIGN_TEAM = "T0OTHER"


@dataclass
class User:
    id: str
    handle: str
    name: str
    tz: str = "UTC"
    admin: bool = False
    guest: bool = False
    single_channel: bool = False
    stranger: bool = False
    bot: bool = False
    deleted: bool = False
    status: str = ""

    @property
    def team(self) -> str:
        return FOREIGN_TEAM if self.stranger else TEAM

    @property
    def bot_id(self) -> str:
        return f"B{self.id[1:]}"


@dataclass
class Channel:
    id: str
    name: str
    kind: Kind
    created: int = 0
    creator: str = ""
    members: list[str] = field(default_factory=list)
    archived: bool = False
    ext_shared: bool = False
    peer: str = ""
    messages: dict[str, "Message"] = field(default_factory=dict)
    replies: dict[str, list[str]] = field(default_factory=dict)

    @property
    def type(self) -> str:
        return {"public": "channel", "private": "group", "im": "im"}[self.kind]

    def has(self, user: str) -> bool:
        return user in self.members

    def thread(self, ts: str) -> list["Message"]:
        """The replies, oldest first."""
        return [m for m in map(self.messages.__getitem__, self.replies.get(ts, ())) if not m.deleted]

    def add(self, message: "Message") -> None:
        self.messages[message.ts] = message
        if message.is_reply and message.thread_ts:
            self.replies.setdefault(message.thread_ts, []).append(message.ts)


@dataclass(frozen=True)
class Message:
    channel: str
    ts: str
    text: str
    user: str
    bot_id: str | None = None
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    edited: Json | None = None
    deleted: bool = False
    metadata: Json | None = None
    subtype: str | None = None
    ephemeral_to: str | None = None
    extra: Json = field(default_factory=dict)
    names: Names = field(default=str, repr=False, compare=False)

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts

    @property
    def by_bot(self) -> bool:
        return self.bot_id is not None

    @property
    def plain(self) -> str:
        """What a person reads on the screen."""
        if self.blocks and self.by_bot:
            return blocks_as_text(self.blocks, self.names)
        return readable(self.text, self.names)

    @property
    def controls(self) -> list[Control]:
        return controls_in(self.blocks)

    def changed(self, **changes: Any) -> "Message":
        return replace(self, **changes)


def user_json(user: User, at: datetime) -> Json:
    moment = at.astimezone(ZoneInfo(user.tz))
    offset = moment.utcoffset()
    return {
        "id": user.id,
        "team_id": user.team,
        "name": user.handle,
        "real_name": user.name,
        "deleted": user.deleted,
        "tz": user.tz,
        "tz_label": moment.tzname() or user.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": _profile(user),
        "is_admin": user.admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": user.guest or user.single_channel,
        "is_ultra_restricted": user.single_channel,
        "is_bot": user.bot,
        "is_app_user": False,
        "is_stranger": user.stranger,
        "updated": int(at.timestamp()),
    }


def _profile(user: User) -> Json:
    return {
        "real_name": user.name,
        "display_name": user.handle,
        "real_name_normalized": user.name,
        "display_name_normalized": user.handle,
        "status_text": user.status,
        "status_emoji": "",
        "team": user.team,
    }


def channel_json(channel: Channel, bot: str) -> Json:
    if channel.kind == "im":
        return {"id": channel.id, "created": channel.created, "is_im": True, "is_archived": False, "user": channel.peer}
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "created": channel.created,
        "creator": channel.creator,
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_private": channel.kind == "private",
        "is_im": False,
        "is_mpim": False,
        "is_archived": channel.archived,
        "is_general": False,
        "is_member": channel.has(bot),
        "is_shared": channel.ext_shared,
        "is_ext_shared": channel.ext_shared,
        "is_org_shared": False,
        "context_team_id": TEAM,
        "num_members": len(channel.members),
    }
