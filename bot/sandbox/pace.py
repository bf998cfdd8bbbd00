"""How often the app may call: one message a second and channel, and a tier for each method."""

from collections import defaultdict, deque
from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

from bot.sandbox.clock import Clock

BETWEEN_POSTS = timedelta(seconds=0.95)
MINUTE = timedelta(minutes=1)
TOLERANCE = 2
TIER_2, TIER_3, TIER_4, SPECIAL = 20, 50, 100, 300

PER_MINUTE = {
    "apps.connections.open": 10,
    "auth.test": SPECIAL,
    "chat.delete": TIER_3,
    "chat.getPermalink": SPECIAL,
    "chat.postEphemeral": TIER_4,
    "chat.postMessage": SPECIAL,
    "chat.update": TIER_3,
    "conversations.history": TIER_3,
    "conversations.info": TIER_3,
    "conversations.members": TIER_4,
    "conversations.open": TIER_3,
    "conversations.replies": TIER_3,
    "users.conversations": TIER_3,
    "users.info": TIER_4,
    "views.open": TIER_4,
    "views.publish": TIER_4,
    "views.push": TIER_4,
    "views.update": TIER_4,
}


class Pace:
    def __init__(self, clock: Clock, enabled: bool = True) -> None:
        self._clock = clock
        self.enabled = enabled
        self._posted: dict[str, datetime] = {}
        self._calls: dict[str, deque[datetime]] = defaultdict(deque)

    def wait(self, method: str, channel: str) -> int:
        """Seconds the app has to wait before this call; 0 if it may go on."""
        if not self.enabled:
            return 0
        return (
            self._too_soon(channel)
            if method == "chat.postMessage" and self._hot(channel)
            else self._too_many(method, channel)
        )

    def _hot(self, channel: str) -> bool:
        last = self._posted.get(channel)
        return last is not None and self._clock() - last < BETWEEN_POSTS

    def _too_soon(self, channel: str) -> int:
        return ceil(BETWEEN_POSTS.total_seconds())

    def _too_many(self, method: str, channel: str) -> int:
        now, calls = self._clock(), self._calls[method]
        while calls and now - calls[0] >= MINUTE:
            calls.popleft()
        if len(calls) >= PER_MINUTE.get(method, TIER_3) * TOLERANCE:
            return _until_free(calls, now)
        calls.append(now)
        if method == "chat.postMessage":
            self._posted[channel] = now
        return 0


def _until_free(calls: Sequence[datetime], now: datetime) -> int:
    return max(1, ceil((calls[0] + MINUTE - now).total_seconds()))
