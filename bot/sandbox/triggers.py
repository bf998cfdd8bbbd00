"""Short-lived permissions: trigger ids (3 seconds, once) and response URLs (30 minutes, five uses)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from secrets import token_hex

from bot.sandbox.clock import Clock
from bot.sandbox.errors import ApiError
from bot.sandbox.model import TEAM, Channel, Message

TRIGGER_LIVES = timedelta(seconds=3)
RESPONSE_URL_LIVES = timedelta(minutes=30)
RESPONSE_URL_USES = 5


@dataclass
class Trigger:
    id: str
    user: str
    issued: datetime
    in_view: str | None
    spent: bool = False
    opened: str | None = None


class Triggers:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: dict[str, Trigger] = {}
        self._numbers = count(1)

    def issue(self, user: str, in_view: str | None = None) -> Trigger:
        id = f"{next(self._numbers)}.{TEAM}.{token_hex(16)}"
        self._known[id] = Trigger(id, user, self._clock(), in_view)
        return self._known[id]

    def valid(self, id: str | None) -> Trigger:
        trigger = self._known.get(id or "")
        if trigger is None:
            raise ApiError("invalid_trigger_id")
        if trigger.spent:
            raise ApiError("exchanged_trigger_id")
        if self._clock() - trigger.issued > TRIGGER_LIVES:
            raise ApiError("expired_trigger_id")
        return trigger


@dataclass
class ResponseUrl:
    token: str
    user: str
    channel: Channel
    issued: datetime
    origin: Message | None = None
    uses: int = 0
    answers: list[Message] = field(default_factory=list)


class ResponseUrls:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: dict[str, ResponseUrl] = {}

    def issue(self, user: str, channel: Channel, origin: Message | None = None) -> ResponseUrl:
        token = token_hex(12)
        self._known[token] = ResponseUrl(token, user, channel, self._clock(), origin)
        return self._known[token]

    def use(self, token: str) -> ResponseUrl:
        url = self._known.get(token)
        if url is None or self._clock() - url.issued > RESPONSE_URL_LIVES:
            raise ApiError("expired_url")
        if url.uses >= RESPONSE_URL_USES:
            raise ApiError("used_url")
        url.uses += 1
        return url
