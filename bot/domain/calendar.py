"""A person's time: working days and hours in their own zone, so that nobody is written to at night."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MONDAY, FRIDAY, SATURDAY = 0, 4, 5
_OPENS, _CLOSES = time(9, 30), time(16, 30)
_MONDAY_OPENS, _FRIDAY_CLOSES = time(10), time(15)


def zone_of(name: str, fallback: str = "UTC") -> ZoneInfo:
    """An IANA zone; the fallback where the name is unknown."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, IsADirectoryError):
        return ZoneInfo(fallback)


def working_day(day: date) -> bool:
    return day.weekday() < SATURDAY


def hours(day: date) -> tuple[time, time]:
    """When a person may be written to on a working day, local time (alignment model, section 5)."""
    opens = _MONDAY_OPENS if day.weekday() == MONDAY else _OPENS
    return opens, _FRIDAY_CLOSES if day.weekday() == FRIDAY else _CLOSES


def opening(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a working day at which a person may be written to, in UTC."""
    return datetime.combine(day, hours(day)[0], zone).astimezone(UTC)


def working_time(now: datetime, zone: ZoneInfo) -> bool:
    here = now.astimezone(zone)
    opens, closes = hours(here.date())
    return working_day(here.date()) and opens <= here.time().replace(tzinfo=None) < closes


def next_working_time(now: datetime, zone: ZoneInfo) -> datetime:
    """`now` if it is working time, else the next opening; in UTC."""
    if working_time(now, zone):
        return now
    day = now.astimezone(zone).date()
    return next(start for start in _openings(day, zone) if start > now)


def next_working_day(now: datetime, zone: ZoneInfo) -> datetime:
    """The opening of the next working day after today; in UTC."""
    today = now.astimezone(zone).date()
    return next(start for start in _openings(today + timedelta(days=1), zone) if start > now)


def _openings(first: date, zone: ZoneInfo) -> list[datetime]:
    days = (first + timedelta(days=n) for n in range(10))
    return [opening(day, zone) for day in days if working_day(day)]


def waited(since: datetime, now: datetime, zone: ZoneInfo) -> int:
    """Whole working days from one moment to another, in the person's zone.

    What came after hours counts from the next working day, so that a Friday evening question is new on Monday.
    """
    return waited_until(since, now.astimezone(zone).date(), zone)


def waited_until(since: datetime, day: date, zone: ZoneInfo) -> int:
    """The same, up to a day on the person's calendar."""
    start = _counted_from(since.astimezone(zone))
    days = (start + timedelta(days=n) for n in range(1, (day - start).days + 1))
    return sum(working_day(day) for day in days)


def reaches(since: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The opening of the day on which `waited` becomes `days`; in UTC."""
    day = _counted_from(since.astimezone(zone))
    while days > 0 or not working_day(day):
        day += timedelta(days=1)
        days -= working_day(day)
    return opening(day, zone)


def _counted_from(here: datetime) -> date:
    day = here.date()
    if working_day(day) and here.time() >= hours(day)[1]:
        day += timedelta(days=1)
    while not working_day(day):
        day += timedelta(days=1)
    return day
