"""What all acts share: finding people and places, and handing parcels to the app."""

from typing import Any

from bot.sandbox.acts.answers import Answer
from bot.sandbox.delivery.parcel import Parcel, ParcelKind
from bot.sandbox.errors import RefusedByClient
from bot.sandbox.model import Channel, Message, User
from bot.sandbox.triggers import ResponseUrl, Trigger
from bot.sandbox.world import World

Json = dict[str, Any]
Thread = Message | str | None


class Acting:
    world: World

    def _person(self, who: str) -> User:
        user = self.world.workspace.user(who)
        if user.deleted:
            raise RefusedByClient(f"{user.handle} is deactivated and cannot do anything")
        return user

    def _anybody(self, who: str) -> User:
        return self.world.workspace.bot if who == "bot" else self.world.workspace.user(who)

    def _place(self, user: User, where: str) -> Channel:
        """A channel the person is in; "dm" is their conversation with the app."""
        workspace = self.world.workspace
        if where in ("dm", f"@{workspace.bot.handle}"):
            return workspace.open_im(user.id)
        channel = workspace.channel(where)
        if not channel.has(user.id):
            raise RefusedByClient(f"{user.handle} is not in #{channel.name}")
        return channel

    def _writable(self, user: User, where: str) -> Channel:
        channel = self._place(user, where)
        if channel.archived:
            raise RefusedByClient(f"#{channel.name} is archived")
        if channel.kind == "im" and not self.world.manifest.people_can_write:
            raise RefusedByClient("the Messages tab of the app is read-only or off")
        return channel

    def _current(self, message: Message) -> Message:
        """The message as it is now; a test may hold an older one."""
        if message.ephemeral_to:
            return next((m for m in self.world.ephemerals[message.ephemeral_to] if m.ts == message.ts), message)
        for channel in self.world.workspace.channels.values():
            if message.ts in channel.messages:
                return channel.messages[message.ts]
        raise RefusedByClient("that message is not there")

    def _response_url(self, url: ResponseUrl) -> str:
        return f"{self.world.base_url}/response/{url.token}"

    async def _hand_over(
        self, kind: ParcelKind, payload: Json, user: User, trigger: Trigger | None, url: ResponseUrl | None
    ) -> Answer:
        """Deliver a command or an interaction; nobody tries a second time."""
        answer = Answer(self.world, user.id, trigger=trigger, url=url)
        answer.heard_before = len(self.world.ephemerals[user.id])
        if self.world.token_error:
            raise RefusedByClient("the app is not installed any more")
        parcel = Parcel(trigger.id if trigger else self.world.workspace.next_ts(), kind, payload)
        outcome = await self.world.post.deliver(parcel)
        answer.status, answer.body, answer.reason = outcome.status, outcome.body, outcome.reason
        return answer
