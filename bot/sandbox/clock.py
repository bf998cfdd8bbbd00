"""Time that moves only when somebody moves it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


class SimulatedClock:
    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def __call__(self) -> datetime:
        return self._now

    def forward(self, delta: timedelta) -> datetime:
        return self.move_to(self._now + delta)

    def move_to(self, moment: datetime) -> datetime:
        if moment < self._now:
            raise ValueError(f"time does not run backwards: {moment} is before {self._now}")
        self._now = moment.astimezone(UTC)
        return self._now


def wall_clock() -> datetime:
    return datetime.now(UTC)
