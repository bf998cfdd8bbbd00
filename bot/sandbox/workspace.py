"""The workspace: who is there, which channels they have, and what was said in them."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from bot.sandbox.clock import Clock
from bot.sandbox.errors import RefusedByClient
from bot.sandbox.model import Channel, Kind, Message, User

BOT_USER = "U0ALIGN"


class Workspace:
    def __init__(self, clock: Clock, bot_name: str) -> None:
        self.clock = clock
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self._ims = count(1)
        self._last_ts = 0
        self.bot = self.add_user(User(BOT_USER, _handle(bot_name), bot_name, bot=True))

    def add_user(self, user: User) -> User:
        self.users[user.id] = user
        return user

    def add_channel(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        return channel

    def user(self, who: str) -> User:
        """A person by id, handle or name."""
        if who in self.users:
            return self.users[who]
        wanted = who.removeprefix("@").lower()
        for user in self.users.values():
            if wanted in (user.handle.lower(), user.name.lower()):
                return user
        raise RefusedByClient(f"nobody here is called {who}; there are {sorted(u.handle for u in self.users.values())}")

    def channel(self, where: str) -> Channel:
        """A channel by id or name."""
        if where in self.channels:
            return self.channels[where]
        wanted = where.removeprefix("#")
        for channel in self.channels.values():
            if channel.name == wanted and channel.kind != "im":
                return channel
        raise RefusedByClient(f"there is no channel {where}")

    def im(self, user: str) -> Channel | None:
        return next((c for c in self.channels.values() if c.kind == "im" and c.peer == user), None)

    def open_im(self, user: str) -> Channel:
        opened = self.im(user)
        if opened is None:
            opened = self.new_channel(f"D{next(self._ims):08d}", "", "im", [user, self.bot.id])
            opened.peer = user
        return opened

    def new_channel(self, id: str, name: str, kind: Kind, members: list[str]) -> Channel:
        creator = members[0] if members else ""
        made = Channel(id, name, kind, int(self.clock().timestamp()), creator, list(dict.fromkeys(members)))
        return self.add_channel(made)

    def bot_is_in(self, channel: Channel) -> bool:
        return channel.has(self.bot.id)

    def next_ts(self) -> str:
        """The time as Slack writes it; no two messages have the same."""
        now = self.clock()
        micros = int(now.timestamp()) * 1_000_000 + now.microsecond
        self._last_ts = max(micros, self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def message(self, channel: Channel, user: User, text: str, **fields: Any) -> Message:
        bot_id = user.bot_id if user.bot else None
        return Message(channel.id, self.next_ts(), text, user.id, bot_id, names=self.name_of, **fields)

    def post(self, message: Message) -> Message:
        self.channels[message.channel].add(message)
        return message

    def name_of(self, id: str) -> str:
        if id in self.users:
            return self.users[id].name
        return self.channels[id].name if id in self.channels else id

    def mention(self, handle: str) -> str | None:
        found = next((u for u in self.users.values() if u.handle.lower() == handle.lower()), None)
        return f"<@{found.id}>" if found else None

    def channel_link(self, name: str) -> str | None:
        found = next((c for c in self.channels.values() if c.name == name and c.kind != "im"), None)
        if found is None:
            return None
        return f"<#{found.id}|{found.name if found.kind == 'public' else ''}>"

    def joined_by(self, user: str) -> Iterator[Channel]:
        return (channel for channel in self.channels.values() if channel.has(user))


def _handle(name: str) -> str:
    return name.lower().replace(" ", "_")
