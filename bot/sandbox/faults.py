"""Faults on demand: what a test lets go wrong in Slack's answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from random import Random

from bot.sandbox.clock import Clock


@dataclass(frozen=True)
class Delay:
    """The answer comes late, by real time; `before` delays the acting on it as well."""

    seconds: float
    before: bool = False


@dataclass(frozen=True)
class ServerError:
    """An HTTP error without JSON; with `accepted` the call was carried out all the same."""

    status: int = 503
    accepted: bool = False


@dataclass(frozen=True)
class AcceptThenDrop:
    """The call is carried out, and the connection closed without an answer."""


@dataclass(frozen=True)
class Reset:
    """The connection is reset before anything is done."""


@dataclass(frozen=True)
class RateLimited:
    """429; further calls of the method are refused until the time is over."""

    retry_after: int = 1


@dataclass(frozen=True)
class Refuse:
    error: str


Fault = Delay | ServerError | AcceptThenDrop | Reset | RateLimited | Refuse


@dataclass
class _Planned:
    method: str
    channel: str | None
    fault: Fault
    times: int


@dataclass
class _Mixture:
    method: str
    shares: tuple[tuple[Fault, float], ...]
    random: Random


@dataclass
class _Closed:
    method: str
    channel: str | None
    until: datetime


class Faults:
    def __init__(self, clock: Clock, channel_id: Callable[[str], str]) -> None:
        self._clock, self._channel_id = clock, channel_id
        self._planned: list[_Planned] = []
        self._mixtures: list[_Mixture] = []
        self._closed: list[_Closed] = []

    def next(self, method: str, fault: Fault, *, times: int = 1, channel: str | None = None) -> None:
        """Let the next calls of a method fail, in a channel or everywhere."""
        self._planned.append(_Planned(method, channel, fault, times))

    def rate(self, method: str, shares: Mapping[Fault, float], *, seed: int) -> None:
        """Let a share of the calls of a method ("*" for all) fail, always the same ones for a seed."""
        self._mixtures.append(_Mixture(method, tuple(shares.items()), Random(seed)))

    def clear(self) -> None:
        self._planned.clear()
        self._mixtures.clear()
        self._closed.clear()

    @property
    def pending(self) -> int:
        return sum(planned.times for planned in self._planned)

    def draw(self, method: str, channel: str) -> Fault | None:
        return self._still_closed(method, channel) or self._next_planned(method, channel) or self._by_chance(method)

    def _still_closed(self, method: str, channel: str) -> RateLimited | None:
        now = self._clock()
        self._closed = [closed for closed in self._closed if closed.until > now]
        for closed in self._closed:
            if closed.method == method and closed.channel in (None, channel):
                return RateLimited(ceil((closed.until - now).total_seconds()))
        return None

    def _next_planned(self, method: str, channel: str) -> Fault | None:
        for planned in self._planned:
            if planned.method in (method, "*") and self._meant(planned.channel, channel):
                planned.times -= 1
                self._planned = [p for p in self._planned if p.times > 0]
                return self._closing(method, planned.channel, channel, planned.fault)
        return None

    def _meant(self, wanted: str | None, channel: str) -> bool:
        return wanted is None or self._channel_id(wanted) == channel

    def _by_chance(self, method: str) -> Fault | None:
        for mixture in self._mixtures:
            if mixture.method in (method, "*"):
                drawn = _drawn(mixture)
                if drawn:
                    return self._closing(method, None, "", drawn)
        return None

    def _closing(self, method: str, wanted: str | None, channel: str, fault: Fault) -> Fault:
        if isinstance(fault, RateLimited):
            until = self._clock() + timedelta(seconds=fault.retry_after)
            self._closed.append(_Closed(method, channel if wanted else None, until))
        return fault


def _drawn(mixture: _Mixture) -> Fault | None:
    at = mixture.random.random()
    for fault, share in mixture.shares:
        at -= share
        if at < 0:
            return fault
    return None
