"""What can be seen: channels, threads, DMs, views, and what was recorded."""

from collections.abc import Sequence

from bot.sandbox.acts.acting import Acting, Thread
from bot.sandbox.delivery.parcel import Delivery, Parcel
from bot.sandbox.model import Channel, Message
from bot.sandbox.record import Broadcast, Call
from bot.sandbox.views import View


class Looking(Acting):
    def messages(self, where: str, thread: Thread = None) -> list[Message]:
        """The channel as people see it; with a thread, its replies without the parent."""
        channel = self.world.workspace.channel(where)
        if thread is None:
            return [m for m in _present(channel) if not m.is_reply or m.subtype == "thread_broadcast"]
        return channel.thread(thread if isinstance(thread, str) else thread.ts)

    def everything(self, where: str) -> list[Message]:
        """Messages and replies together, in order of time."""
        return _present(self.world.workspace.channel(where))

    def dm(self, who: str) -> list[Message]:
        """A person's conversation with the app, replies included."""
        channel = self.world.workspace.im(self.world.workspace.user(who).id)
        return _present(channel) if channel else []

    def ephemerals(self, who: str) -> list[Message]:
        return list(self.world.ephemerals[self.world.workspace.user(who).id])

    def message(self, message: Message) -> Message:
        """The message as it is now."""
        return self._current(message)

    def name_of(self, id: str) -> str:
        """The name of a person or channel, for transcripts."""
        return self.world.workspace.name_of(id)

    def view_of(self, who: str) -> View | None:
        return self.world.views.top(self.world.workspace.user(who).id)

    def home_of(self, who: str) -> View | None:
        return self.world.views.homes.get(self.world.workspace.user(who).id)

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self.world.calls if call.method == method]

    @property
    def calls(self) -> list[Call]:
        return self.world.calls

    @property
    def broadcasts(self) -> list[Broadcast]:
        return self.world.broadcasts

    @property
    def possible_broadcasts(self) -> list[Broadcast]:
        """A bare @here or @channel in mrkdwn that is not `verbatim`: Slack may take it for a mention."""
        return self.world.possible_broadcasts

    @property
    def bot_faults(self) -> list[str]:
        return self.world.bot_faults

    @property
    def ratelimited(self) -> int:
        return self.world.ratelimited

    @property
    def deliveries(self) -> list[Delivery]:
        return self.world.post.deliveries

    @property
    def lost(self) -> Sequence[Parcel]:
        """Events that Slack gave up on."""
        return self.world.post.lost


def _present(channel: Channel) -> list[Message]:
    return [m for m in channel.messages.values() if not m.deleted]
