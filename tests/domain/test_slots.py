"""A quarter of an hour for two: proposed where both work, agreed on, moved, over."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import calendar, detours, slots
from bot.domain.bank import Role
from bot.domain.errors import BotError, FieldErrors
from bot.domain.messages import SlotAgreed
from bot.domain.permissions import NotAllowed
from bot.packs.loader import load_bank
from tests.domain.projects import MONDAY, started

BANK = load_bank()
ZONES = sorted(available_timezones() - {"localtime", "Factory"})
zones = st.sampled_from(ZONES).map(ZoneInfo)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2034, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001
QUESTION = BANK["pm.user_decision"]
SLOT = datetime(2026, 3, 3, 10, tzinfo=UTC)


def at(zone, text):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def here(zone, moment):
    return f"{moment.astimezone(ZoneInfo(zone)):%a %Y-%m-%d %H:%M}"


def quarters_in_which_both_work(now, one, other):
    """Each quarter of the next five working days of both, found the slow way."""
    start = max(calendar.next_working_day(now, zone) for zone in (one, other))
    every = (start + n * timedelta(minutes=15) for n in range(4 * 24 * 10))
    near = (q for q in every if all(slots.days_ahead(now, q, zone) <= 5 for zone in (one, other)))
    return [q for q in near if calendar.working_time(q, one) and calendar.working_time(q, other)]


@given(moments, zones, zones)
def test_the_proposed_time_is_working_time_for_both_where_their_days_overlap(now, one, other):
    slot = slots.propose(now, one, other)
    assert slot >= now + timedelta(hours=2)
    assert all(slots.days_ahead(now, slot, zone) >= 1 for zone in (one, other))
    if quarters_in_which_both_work(now, one, other):
        ends = slot + timedelta(minutes=14)
        assert all(calendar.working_time(moment, zone) for zone in (one, other) for moment in (slot, ends))
        assert all(slots.days_ahead(now, slot, zone) <= 5 for zone in (one, other))
        assert slot.astimezone(one).minute % 15 == 0
    else:
        assert slot == max(calendar.next_working_day(now, zone) for zone in (one, other))


@given(moments, zones, zones)
def test_it_is_the_same_whoever_asks(now, one, other):
    assert slots.propose(now, one, other) == slots.propose(now, other, one)


@pytest.mark.parametrize(
    ("now", "one", "other", "slot"),
    [
        ("2026-03-02 12:00", "Europe/Berlin", "Europe/Berlin", "Tue 2026-03-03 10:00"),
        ("2026-03-02 23:50", "Europe/Berlin", "Europe/Berlin", "Tue 2026-03-03 10:00"),
        ("2026-03-06 12:00", "Europe/Berlin", "Europe/Berlin", "Mon 2026-03-09 10:00"),
        ("2026-03-07 12:00", "Europe/Berlin", "Europe/Berlin", "Mon 2026-03-09 10:00"),
        ("2026-03-02 12:00", "Europe/Berlin", "Asia/Kolkata", "Tue 2026-03-03 10:00"),
        ("2026-03-02 12:00", "Europe/Berlin", "America/New_York", "Tue 2026-03-03 15:30"),  # good for one of them only
        ("2026-03-27 12:00", "Europe/Berlin", "Europe/London", "Mon 2026-03-30 11:00"),  # summer time began between
        ("2026-10-23 12:00", "Europe/Berlin", "Europe/London", "Mon 2026-10-26 11:00"),  # and ended
        ("2026-03-06 12:00", "America/New_York", "Europe/London", "Mon 2026-03-09 10:00"),  # only one of them changed
        ("2026-03-02 12:00", "Europe/Berlin", "America/Los_Angeles", "Tue 2026-03-03 18:30"),  # never at once
        ("2026-03-02 12:00", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Tue 2026-03-03 11:00"),  # a day apart
    ],
)
def test_the_next_good_time_on_the_wall_of_who_asks(now, one, other, slot):
    assert here(one, slots.propose(at(one, now), ZoneInfo(one), ZoneInfo(other))) == slot


def asked(**handover):
    project = detours.hand_over(started(), BANK, QUESTION, to="LEA", by="ANA", at=MONDAY, slot=SLOT).project
    return with_handover(project, **handover) if handover else project


def with_handover(project, **handover):
    interview = project.interviews[Role.PM]
    changed = replace(interview.handed[QUESTION.id], **handover)
    return project.with_interview(replace(interview, handed={**interview.handed, QUESTION.id: changed}))


def handed(project):
    return project.interviews[Role.PM].handed[QUESTION.id]


def agree(project, by, slot=SLOT, at=MONDAY):
    return slots.agree(project, BANK, QUESTION, slot=slot, by=by, at=at)


def move(project, by, slot, at=MONDAY):
    return slots.move(project, BANK, QUESTION, slot=slot, by=by, at=at)


def said(change):
    return [say.message for say in change.says if isinstance(say.message, SlotAgreed)]


@pytest.mark.parametrize("order", [("ANA", "LEA"), ("LEA", "ANA")])
def test_once_it_suits_both_the_thread_says_so_once(order):
    first = agree(asked(), order[0])
    second = agree(first.project, order[1])
    assert (handed(first.project).both, handed(second.project).both) == (False, True)
    assert (said(first), said(second)) == ([], [SlotAgreed(QUESTION.title, ("ANA", "LEA"), SLOT)])
    assert said(agree(second.project, order[0])) == []


def test_saying_yes_twice_is_no_news():
    once = agree(asked(), "ANA").project
    again = agree(once, "ANA")
    assert (again.project, again.says) == (once, ())


def test_only_the_two_say_when_they_talk():
    for act in (lambda: agree(asked(), "MEI"), lambda: move(asked(), "MEI", SLOT + timedelta(days=1))):
        with pytest.raises(NotAllowed, match="These 15 minutes are for <@ANA> and <@LEA>"):
            act()


def test_a_time_that_was_moved_meanwhile_is_not_agreed_on_by_an_old_button():
    moved = move(asked(), "LEA", SLOT + timedelta(hours=1)).project
    with pytest.raises(BotError, match="moved meanwhile"):
        agree(moved, "ANA")


def test_a_time_that_has_passed_is_not_agreed_on():
    with pytest.raises(BotError, match=r"passed\. \*Another time\* proposes a new one"):
        agree(asked(), "ANA", at=SLOT)


def test_a_question_that_nobody_else_is_asked_has_no_time():
    with pytest.raises(BotError, match="Nobody else is asked this any more"):
        agree(started(), "ANA")


def test_another_time_suits_who_proposes_it_and_the_other_is_still_to_agree():
    both = agree(agree(asked(), "ANA").project, "LEA").project
    moved = move(both, "LEA", SLOT + timedelta(days=1))
    assert (handed(moved.project).slot, handed(moved.project).agreed) == (SLOT + timedelta(days=1), ("LEA",))
    assert said(moved) == []


def test_the_time_that_stands_proposed_again_is_a_yes_to_it():
    assert handed(move(agree(asked(), "ANA").project, "LEA", SLOT).project).both


@pytest.mark.parametrize(
    ("slot", "problem"),
    [
        (MONDAY, "That time has passed"),
        (MONDAY - timedelta(days=1), "That time has passed"),
        (MONDAY + timedelta(days=30, seconds=1), "within the next 30 days"),
    ],
)
def test_another_time_lies_ahead_and_not_too_far(slot, problem):
    with pytest.raises(FieldErrors, match=problem) as raised:
        move(asked(), "ANA", slot)
    assert list(raised.value.fields) == ["slot"]


def test_thirty_days_ahead_is_near_enough():
    assert handed(move(asked(), "ANA", MONDAY + timedelta(days=30)).project).slot == MONDAY + timedelta(days=30)


@pytest.mark.parametrize(("after", "over"), [(0, False), (14, False), (15, True), (3000, True)])
def test_a_time_is_over_when_its_quarter_of_an_hour_is(after, over):
    project = slots.lapse(asked(), BANK, SLOT + timedelta(minutes=after)).project
    assert handed(project).over is over
    assert slots.lapse(project, BANK, SLOT + timedelta(days=9)).project == with_handover(project, over=True)


def test_a_time_that_is_over_can_be_moved():
    project = move(
        asked(over=True, agreed=("ANA",)), "LEA", SLOT + timedelta(days=2), at=SLOT + timedelta(days=1)
    ).project
    assert (handed(project).over, handed(project).agreed) == (False, ("LEA",))


def test_when_it_is_over_nothing_is_said_twice():
    both = agree(agree(asked(), "ANA").project, "LEA").project
    assert said(slots.lapse(both, BANK, SLOT + timedelta(hours=1))) == []
