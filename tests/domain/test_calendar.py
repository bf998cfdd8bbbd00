"""A person's working time, in every zone there is, and over every change of the clocks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import calendar

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
zones = st.sampled_from(ZONES).map(ZoneInfo)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2034, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001


def at(zone, text):
    """A moment on the clocks of a zone, such as "2026-03-02 09:30"."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def here(zone, moment):
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("local", "works"),
    [
        ("2026-03-02 09:59", False),  # Monday begins at ten
        ("2026-03-02 10:00", True),
        ("2026-03-02 16:29", True),
        ("2026-03-02 16:30", False),
        ("2026-03-03 09:29", False),
        ("2026-03-03 09:30", True),
        ("2026-03-06 14:59", True),
        ("2026-03-06 15:00", False),  # Friday ends at three
        ("2026-03-07 12:00", False),
        ("2026-03-08 12:00", False),
    ],
)
@pytest.mark.parametrize(
    "zone", ["Pacific/Pago_Pago", "America/St_Johns", "UTC", "Asia/Kathmandu", "Pacific/Kiritimati"]
)
def test_working_time_is_that_of_the_persons_own_clock(zone, local, works):
    assert calendar.working_time(at(zone, local), ZoneInfo(zone)) is works


@pytest.mark.parametrize(
    ("zone", "now", "opens", "utc"),
    [
        ("Europe/Zagreb", "2026-03-27 15:00", "2026-03-30 10:00", "2026-03-30 08:00"),  # summer time began on Sunday
        ("Europe/Zagreb", "2026-10-23 15:00", "2026-10-26 10:00", "2026-10-26 09:00"),  # and ended
        ("America/New_York", "2026-03-06 15:00", "2026-03-09 10:00", "2026-03-09 14:00"),
        ("America/New_York", "2026-10-30 15:00", "2026-11-02 10:00", "2026-11-02 15:00"),
        ("Australia/Lord_Howe", "2026-04-03 15:00", "2026-04-06 10:00", "2026-04-05 23:30"),  # by half an hour
        ("America/Santiago", "2026-09-04 15:00", "2026-09-07 10:00", "2026-09-07 13:00"),  # midnight did not exist
        ("Africa/Cairo", "2026-04-23 16:30", "2026-04-24 09:30", "2026-04-24 06:30"),  # on that very night
        ("Pacific/Pago_Pago", "2026-03-02 09:00", "2026-03-02 10:00", "2026-03-02 21:00"),
        ("Pacific/Kiritimati", "2026-03-02 09:00", "2026-03-02 10:00", "2026-03-01 20:00"),
        ("Pacific/Kiritimati", "2026-03-03 16:30", "2026-03-04 09:30", "2026-03-03 19:30"),
    ],
)
def test_the_next_opening_is_the_one_on_the_wall(zone, now, opens, utc):
    found = calendar.next_working_time(at(zone, now), ZoneInfo(zone))
    assert (here(zone, found), f"{found:%Y-%m-%d %H:%M}") == (opens, utc)


@pytest.mark.parametrize(
    ("since", "now", "days"),
    [
        ("2026-03-02 12:00", "2026-03-02 16:00", 0),
        ("2026-03-02 12:00", "2026-03-03 09:30", 1),
        ("2026-03-02 17:00", "2026-03-03 09:30", 0),  # after hours: new on Tuesday
        ("2026-03-02 17:00", "2026-03-04 09:30", 1),
        ("2026-03-06 14:00", "2026-03-09 10:00", 1),
        ("2026-03-06 18:00", "2026-03-09 10:00", 0),  # a Friday evening is new on Monday
        ("2026-03-07 12:00", "2026-03-09 10:00", 0),
        ("2026-03-07 12:00", "2026-03-10 10:00", 1),
        ("2026-03-02 12:00", "2026-03-09 12:00", 5),
        ("2026-03-27 12:00", "2026-03-30 10:00", 1),
        ("2026-03-05 12:00", "2026-03-02 12:00", 0),
    ],
)
@pytest.mark.parametrize("zone", ["Europe/Zagreb", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_waiting_is_counted_in_working_days(zone, since, now, days):
    assert calendar.waited(at(zone, since), at(zone, now), ZoneInfo(zone)) == days


@given(moments, zones)
def test_the_next_working_time_is_soon_open_and_never_before_now(now, zone):
    soon = calendar.next_working_time(now, zone)
    assert now <= soon <= now + timedelta(days=4)
    assert calendar.working_time(soon, zone)


@given(moments, zones)
def test_the_next_working_day_is_another_day_and_open(now, zone):
    then = calendar.next_working_day(now, zone)
    assert then > now
    assert calendar.working_time(then, zone)
    assert then.astimezone(zone).date() > now.astimezone(zone).date()


@given(moments, st.integers(0, 10), zones)
def test_what_is_reached_has_been_waited_for_and_not_a_day_before(since, days, zone):
    reached = calendar.reaches(since, days, zone)
    assert calendar.waited(since, reached, zone) == days
    if days:
        assert calendar.waited(since, reached - timedelta(days=1), zone) < days


@given(moments, zones, st.lists(st.integers(0, 20), min_size=2, max_size=2).map(sorted))
def test_waiting_never_runs_backwards(since, zone, hours):
    early, late = (since + timedelta(hours=h * 5) for h in hours)
    assert calendar.waited(since, early, zone) <= calendar.waited(since, late, zone)


def test_an_unknown_zone_falls_back():
    assert calendar.zone_of("Mars/Olympus", "Europe/Zagreb") == ZoneInfo("Europe/Zagreb")
    assert calendar.zone_of("", "UTC") == ZoneInfo("UTC") == calendar.zone_of("../etc/passwd")


@given(st.dates(date(2024, 1, 1), date(2034, 1, 1)))
def test_five_days_of_seven_are_worked(day):
    assert sum(calendar.working_day(day + timedelta(days=n)) for n in range(7)) == 5
