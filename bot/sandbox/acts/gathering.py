"""People come and go, and channels change."""

from typing import Any

from bot.sandbox.acts.acting import Acting
from bot.sandbox.errors import RefusedByClient
from bot.sandbox.model import FOREIGN_TEAM, TEAM, Channel, User

Json = dict[str, Any]


class Gathering(Acting):
    async def invites(self, by: str, where: str, whom: str = "bot") -> None:
        inviter = self._person(by)
        await self._enters(self._anybody(whom), self._place(inviter, where), inviter)

    async def joins(self, who: str, where: str) -> None:
        channel = self.world.workspace.channel(where)
        if channel.kind != "public":
            raise RefusedByClient(f"nobody joins #{channel.name} without an invitation")
        await self._enters(self._person(who), channel, None)

    async def leaves(self, who: str, where: str) -> None:
        user = self._person(who)
        await self._exits(user, self._place(user, where), user)

    async def kicks(self, by: str, where: str, whom: str = "bot") -> None:
        remover = self._person(by)
        await self._exits(self._anybody(whom), self._place(remover, where), remover)

    async def archives(self, by: str, where: str) -> None:
        user = self._person(by)
        channel = self._place(user, where)
        channel.archived = True
        await self._about(channel, "archive", {"channel": channel.id, "user": user.id})

    async def unarchives(self, by: str, where: str) -> None:
        user, channel = self._person(by), self.world.workspace.channel(where)
        channel.archived = False
        await self._about(channel, "unarchive", {"channel": channel.id, "user": user.id})

    async def renames(self, by: str, where: str, name: str) -> None:
        user = self._person(by)
        channel = self._place(user, where)
        old, channel.name = channel.name, name
        brief = {"id": channel.id, "name": name, "created": channel.created}
        await self._about(channel, "rename", {"channel": brief})
        await self._notice(
            channel, user, "channel_name", f"has renamed the channel from “{old}” to “{name}”", old_name=old, name=name
        )

    async def converts(self, by: str, where: str, *, private: bool) -> None:
        """A public channel becomes a private one, or the other way round."""
        user = self._person(by)
        channel = self._place(user, where)
        channel.kind = "private" if private else "public"
        await self._notice(channel, user, f"channel_convert_to_{channel.kind}", f"made this channel *{channel.kind}*.")

    async def deletes_channel(self, by: str, where: str) -> None:
        channel = self._place(self._person(by), where)
        event = self.world.event({"type": _named(channel, "deleted"), "channel": channel.id}, channel)
        del self.world.workspace.channels[channel.id]
        if event:
            await self.world.post.deliver(event)

    async def changes_id(self, where: str, new_id: str) -> None:
        """A channel gets a new id, as when it is shared with another company."""
        channel = self.world.workspace.channel(where)
        old_id, channel.id, channel.ext_shared = channel.id, new_id, True
        channels = self.world.workspace.channels
        channels[new_id] = channels.pop(old_id)
        channel.messages = {ts: message.changed(channel=new_id) for ts, message in channel.messages.items()}
        await self.world.tell(
            {"type": "channel_id_changed", "old_channel_id": old_id, "new_channel_id": new_id}, channel
        )

    async def shares(self, by: str, where: str, *, shared: bool = True) -> None:
        """A channel is shared with another company, or not any more."""
        channel = self._place(self._person(by), where)
        channel.ext_shared = shared
        if shared:
            event: Json = {"type": "channel_shared", "connected_team_id": FOREIGN_TEAM, "channel": channel.id}
        else:
            event = {"type": "channel_unshared", "previously_connected_team_id": FOREIGN_TEAM, "channel": channel.id}
            event["is_ext_shared"] = False
        await self.world.tell({**event, "event_ts": self.world.workspace.next_ts()}, channel)

    async def _enters(self, user: User, channel: Channel, inviter: User | None) -> None:
        if channel.archived or channel.has(user.id):
            raise RefusedByClient(f"{user.handle} cannot be added to #{channel.name}")
        channel.members.append(user.id)
        invited: Json = {"inviter": inviter.id} if inviter else {}
        await self.world.tell({**_membership("member_joined_channel", user, channel), **invited}, channel)
        await self._notice(channel, user, "channel_join", "has joined the channel", **invited)

    async def _exits(self, user: User, channel: Channel, actor: User) -> None:
        if not channel.has(user.id):
            raise RefusedByClient(f"{user.handle} is not in #{channel.name}")
        channel.members.remove(user.id)
        await self.world.tell(_membership("member_left_channel", user, channel), channel)
        if user is self.world.workspace.bot:
            await self._about(channel, "left", {"channel": channel.id, "actor_id": actor.id})
        await self._notice(channel, user, "channel_leave", "has left the channel")

    async def _about(self, channel: Channel, what: str, details: Json) -> None:
        await self.world.tell({"type": _named(channel, what), **details}, channel)

    async def _notice(self, channel: Channel, user: User, subtype: str, text: str, **extra: Any) -> None:
        """The grey line that Slack writes into the channel."""
        workspace = self.world.workspace
        message = workspace.message(channel, user, f"<@{user.id}> {text}", subtype=subtype, extra=extra)
        message = workspace.post(message.changed(bot_id=None))
        await self.world.tell(self.world.message_event(message, channel), channel)


def _named(channel: Channel, what: str) -> str:
    return f"{'group' if channel.kind == 'private' else 'channel'}_{what}"


def _membership(type: str, user: User, channel: Channel) -> Json:
    kind = "G" if channel.kind == "private" else "C"
    return {"type": type, "user": user.id, "channel": channel.id, "channel_type": kind, "team": TEAM}
