"""People talk: messages, replies, edits and deletions."""

from typing import Any
from uuid import uuid4

from bot.sandbox.acts.acting import Acting, Thread
from bot.sandbox.errors import RefusedByClient
from bot.sandbox.limits.surfaces import LONGEST_TEXT
from bot.sandbox.model import Channel, Message, User
from bot.sandbox.payloads import message_json
from bot.sandbox.text import rich_text, typed
from bot.sandbox.web.chat import taken_away

Json = dict[str, Any]


class Talking(Acting):
    async def says(
        self,
        who: str,
        where: str,
        text: str,
        thread: Thread = None,
        *,
        files: tuple[str, ...] = (),
        broadcast: bool = False,
        subtype: str | None = None,
    ) -> Message:
        """Type a message; `broadcast` shows a reply in the channel as well, `files` are names of files."""
        user = self._person(who)
        channel = self._writable(user, where)
        if not 0 < len(text) + len(files) <= LONGEST_TEXT:
            raise RefusedByClient(f"a message has 1 to {LONGEST_TEXT} characters, not {len(text)}")
        root = self._root(channel, thread)
        kind = subtype or ("file_share" if files else "thread_broadcast" if broadcast and root else None)
        message = self._typed(user, channel, text, thread_ts=root, subtype=kind, extra=_extra(user, files))
        self.world.workspace.post(message)
        await self._announce(message, channel)
        return message

    async def edits(self, who: str, message: Message, text: str) -> Message:
        user, now = self._person(who), self._current(message)
        self._own(user, now)
        written = typed(text, self.world.workspace)
        edited = {"user": user.id, "ts": self.world.workspace.next_ts()}
        return await self._change(now, now.changed(text=written, blocks=rich_text(written), edited=edited))

    async def unfurls(self, message: Message) -> Message:
        """Slack adds a preview of a link: a change that nobody made, with the same text."""
        now = self._current(message)
        preview = {"attachments": [{"id": 1, "title": "A page", "from_url": "https://example.com/"}]}
        return await self._change(now, now.changed(extra=now.extra | preview))

    async def deletes(self, who: str, message: Message) -> None:
        user, now = self._person(who), self._current(message)
        if not user.admin:
            self._own(user, now)
        channel = self.world.workspace.channels[now.channel]
        await self.world.tell(taken_away(self.world, channel, now), channel)

    def _typed(self, user: User, channel: Channel, text: str, **fields: Any) -> Message:
        written = typed(text, self.world.workspace)
        return self.world.workspace.message(channel, user, written, blocks=rich_text(written), **fields)

    def _root(self, channel: Channel, thread: Thread) -> str | None:
        """People answer in a thread wherever in it they look."""
        if thread is None:
            return None
        first = channel.messages.get(thread if isinstance(thread, str) else thread.ts)
        if first is None or first.subtype == "tombstone" or (first.deleted and not channel.thread(first.ts)):
            raise RefusedByClient("there is no such message to reply to")
        return first.thread_ts if first.is_reply else first.ts

    async def _announce(self, message: Message, channel: Channel) -> None:
        event = self.world.message_event(message, channel)
        await self.world.tell(event, channel)
        if f"<@{self.world.workspace.bot.id}>" in message.text and channel.kind != "im" and not message.by_bot:
            mention = {k: v for k, v in event.items() if k not in ("channel_type", "subtype", "parent_user_id")}
            await self.world.tell(mention | {"type": "app_mention"}, channel)

    async def _change(self, before: Message, after: Message) -> Message:
        channel = self.world.workspace.channels[before.channel]
        old, new = message_json(before, self.world.workspace), message_json(after, self.world.workspace)
        channel.messages[before.ts] = after
        event = self.world.change_event("message_changed", channel, message=new, previous_message=old)
        await self.world.tell(event, channel)
        return after

    def _own(self, user: User, message: Message) -> None:
        if message.user != user.id or message.deleted:
            raise RefusedByClient(f"{user.handle} can change only their own messages")


def _extra(user: User, files: tuple[str, ...]) -> Json:
    extra: Json = {} if user.bot else {"client_msg_id": str(uuid4())}
    if files:
        extra |= {
            "files": [{"id": f"F{i:08d}", "name": name, "title": name} for i, name in enumerate(files, 1)],
            "upload": False,
        }
    return extra
