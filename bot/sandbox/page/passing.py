"""How time passes on the page: only when somebody asks for it, and in steps that can be watched."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta

MORNING = time(9, 35)  # reminders come from half past nine
STEP = timedelta(days=1)


def steps(now: datetime, until: datetime) -> Iterator[datetime]:
    """The moments on the way at which the page shows what has happened, and the end."""
    while now + STEP < until:
        now += STEP
        yield now
    yield until


def _next_morning(now: datetime) -> datetime:
    return datetime.combine(now.date() + timedelta(days=1), MORNING, now.tzinfo)


TIMES: dict[str, Callable[[datetime], datetime]] = {
    "hour": lambda now: now + timedelta(hours=1),
    "morning": _next_morning,
    "day": lambda now: now + timedelta(days=1),
    "week": lambda now: now + timedelta(weeks=1),
}
