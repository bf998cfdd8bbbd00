"""Everything the stand-in knows, shared by the Web API and the people's acts."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from bot.sandbox import news
from bot.sandbox.clock import Clock
from bot.sandbox.delivery.http import HttpCarrier
from bot.sandbox.delivery.parcel import Parcel
from bot.sandbox.delivery.post import Post
from bot.sandbox.delivery.socket import SocketHub
from bot.sandbox.faults import Faults
from bot.sandbox.inputs import Values
from bot.sandbox.manifest import Manifest
from bot.sandbox.model import Channel, Message
from bot.sandbox.pace import Pace
from bot.sandbox.payloads import message_json
from bot.sandbox.record import Broadcast, Call
from bot.sandbox.text import may_ping_everyone, pings_everyone
from bot.sandbox.triggers import ResponseUrls, Triggers
from bot.sandbox.views import Views
from bot.sandbox.workspace import Workspace

Json = dict[str, Any]


class World:
    def __init__(
        self, clock: Clock, manifest: Manifest, signing_secret: str, answer_within: float, retry_after: Sequence[float]
    ) -> None:
        self.clock, self.manifest = clock, manifest
        self.scopes = set(manifest.scopes)
        self.workspace = Workspace(clock, manifest.display_name)
        self.views = Views(self.workspace.name_of)
        self.triggers, self.response_urls = Triggers(clock), ResponseUrls(clock)
        self.post = Post(clock, HttpCarrier(signing_secret, answer_within), SocketHub(answer_within), retry_after)
        self.faults = Faults(clock, lambda name: self.workspace.channel(name).id)
        self.pace = Pace(clock)
        self.token_error: str | None = None
        self.refuse_charts = False
        self.base_url = ""
        self.calls: list[Call] = []
        self.broadcasts: list[Broadcast] = []
        self.possible_broadcasts: list[Broadcast] = []
        self.bot_faults: list[str] = []
        self.ratelimited = 0
        self.ephemerals: dict[str, list[Message]] = defaultdict(list)
        self.chosen: dict[tuple[str, str, str], Values] = defaultdict(dict)

    def event(self, event: Json, channel: Channel | None = None) -> Parcel | None:
        """The delivery of an event, if the app gets it at all."""
        if self.token_error and event["type"] not in ("app_uninstalled", "tokens_revoked"):
            return None
        event.setdefault("event_ts", event.get("ts") or self.workspace.next_ts())
        if not news.reaches(event, channel, self.manifest.events, self.scopes):
            return None
        return news.envelope(event, channel, int(self.clock().timestamp()))

    async def tell(self, event: Json, channel: Channel | None = None) -> None:
        parcel = self.event(event, channel)
        if parcel:
            await self.post.deliver(parcel)

    def tell_later(self, event: Json, channel: Channel | None = None) -> None:
        """Deliver without waiting: the app is still busy with the call that caused the event."""
        parcel = self.event(event, channel)
        if parcel:
            self.post.in_background(self.post.deliver(parcel))

    def message_event(self, message: Message, channel: Channel) -> Json:
        body = message_json(message, self.workspace)
        return {**body, "channel": channel.id, "channel_type": channel.type, "event_ts": message.ts}

    def change_event(self, subtype: str, channel: Channel, **details: Any) -> Json:
        """`message_changed` or `message_deleted`, an event with a time of its own."""
        ts = self.workspace.next_ts()
        head = {"type": "message", "subtype": subtype, "channel": channel.id, "channel_type": channel.type}
        return {**head, "hidden": True, "ts": ts, "event_ts": ts, **details}

    def note_broadcasts(self, method: str, channel: str, text: str, blocks: list[Json]) -> None:
        for piece in [text, *mrkdwn_in(blocks)]:
            if pings_everyone(piece):
                self.broadcasts.append(Broadcast(method, channel, piece))
        for piece in mrkdwn_in(blocks, parsed_only=True):
            if may_ping_everyone(piece):
                self.possible_broadcasts.append(Broadcast(method, channel, piece, certain=False))


def mrkdwn_in(value: Any, *, parsed_only: bool = False) -> list[str]:
    """Every text in which Slack looks for mentions; `parsed_only` leaves out what is marked verbatim."""
    if isinstance(value, list):
        return [text for item in value for text in mrkdwn_in(item, parsed_only=parsed_only)]
    if not isinstance(value, dict):
        return []
    if value.get("type") == "broadcast":
        return [f"<!{value.get('range')}>"]
    looked_at = value.get("type") in ("mrkdwn", "markdown") and not (parsed_only and value.get("verbatim"))
    own = [value["text"]] if looked_at and isinstance(value.get("text"), str) else []
    return own + [text for item in value.values() for text in mrkdwn_in(item, parsed_only=parsed_only)]
