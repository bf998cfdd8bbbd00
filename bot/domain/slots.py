"""A quarter of an hour for two: proposed where both work, agreed on, moved, over (alignment model, 1.1)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from . import calendar, telling
from .bank import Bank, Question
from .errors import BotError, FieldErrors
from .messages import InInterview, Saying, SlotAgreed
from .permissions import NotAllowed
from .project import Change, Handover, Project

LENGTH = timedelta(minutes=15)
_SOONEST, _LATEST = timedelta(hours=2), timedelta(days=30)
_MOST_WORKING_DAYS, _A_DAY = 5, timedelta(hours=12)
_GOOD_FROM, _GOOD_UNTIL = time(10), time(16)


def propose(now: datetime, one: ZoneInfo, other: ZoneInfo) -> datetime:
    """The next quarter of an hour that is working time for both, at a good hour for both if there is one.

    From their next working day to the fifth. If they never work at once: when the later one's day begins. In UTC.
    """
    both = (quarter for quarter in _quarters(now, one, other) if _works(quarter, one) and _works(quarter, other))
    first = next(both, None)
    if first is None:
        return _first(now, one, other)
    same_day = takewhile(lambda quarter: quarter < first + _A_DAY, both)  # a good hour is no reason to wait for days
    good = (quarter for quarter in (first, *same_day) if _good(quarter, one) and _good(quarter, other))
    return next(good, first)


def _first(now: datetime, *zones: ZoneInfo) -> datetime:
    return max(calendar.next_working_day(now, zone) for zone in zones)


def _quarters(now: datetime, *zones: ZoneInfo) -> Iterator[datetime]:
    quarter = max(_first(now, *zones), _next_quarter(now + _SOONEST))
    while all(days_ahead(now, quarter, zone) <= _MOST_WORKING_DAYS for zone in zones):
        yield quarter
        quarter += LENGTH


def _next_quarter(moment: datetime) -> datetime:
    start = datetime(2000, 1, 1, tzinfo=UTC)
    return start + -((start - moment) // LENGTH) * LENGTH


def days_ahead(now: datetime, then: datetime, zone: ZoneInfo) -> int:
    """How many working days after today a moment lies, on somebody's calendar."""
    today, day = (moment.astimezone(zone).date() for moment in (now, then))
    return sum(calendar.working_day(today + timedelta(days=n)) for n in range(1, (day - today).days + 1))


def _works(quarter: datetime, zone: ZoneInfo) -> bool:
    return calendar.working_time(quarter, zone) and calendar.working_time(quarter + LENGTH - timedelta(minutes=1), zone)


def _good(quarter: datetime, zone: ZoneInfo) -> bool:
    begins, ends = (moment.astimezone(zone).time() for moment in (quarter, quarter + LENGTH))
    return begins >= _GOOD_FROM and ends <= _GOOD_UNTIL


def agree(project: Project, bank: Bank, question: Question, *, slot: datetime, by: str, at: datetime) -> Change:
    """ "Works for me", of the time that was shown; said again it is no news. Raises BotError."""
    handover = of_two(project, question, by)
    if handover.slot is None or int(handover.slot.timestamp()) != int(slot.timestamp()):
        raise BotError("The time was moved meanwhile. Look at the new one, and press *Works for me* there.")
    if handover.slot <= at:
        raise BotError("That time has passed. *Another time* proposes a new one.")
    if by in handover.agreed:
        return Change(project)
    return _with(project, bank, question, replace(handover, agreed=(*handover.agreed, by)))


def move(project: Project, bank: Bank, question: Question, *, slot: datetime, by: str, at: datetime) -> Change:
    """Another time: it suits who proposes it, and the other is still to agree. Raises BotError, FieldErrors."""
    handover = of_two(project, question, by)
    if slot <= at:
        raise FieldErrors({"slot": "That time has passed. Pick one to come."})
    if slot > at + _LATEST:
        raise FieldErrors({"slot": "That is far away: pick a time within the next 30 days."})
    if handover.slot == slot and not handover.over:
        return agree(project, bank, question, slot=slot, by=by, at=at)
    return _with(project, bank, question, replace(handover, slot=slot, agreed=(by,), over=False))


def of_two(project: Project, question: Question, by: str) -> Handover:
    """The asking that stands, for one of its two. Raises BotError."""
    handover = project.interviews[question.role].handed.get(question.id)
    if handover is None:
        raise BotError("Nobody else is asked this any more, so there is nothing to meet about.")
    if by not in (handover.by, handover.to):
        raise NotAllowed(f"These 15 minutes are for <@{handover.by}> and <@{handover.to}>: one of them, please.")
    return handover


def _with(project: Project, bank: Bank, question: Question, handover: Handover) -> Change:
    interview = project.interviews[question.role]
    after = project.with_interview(replace(interview, handed={**interview.handed, question.id: handover}))
    change = Change(after).then(telling.refresh, bank, question.id)
    if not handover.both or handover.slot is None or handover.over:
        return change
    both = SlotAgreed(question.title, (handover.by, handover.to), handover.slot)
    return change.then(lambda p: Change(p, (Saying(both, InInterview(p.id, question.role)),)))


def lapse(project: Project, bank: Bank, at: datetime) -> Change:
    """Times that have passed are shown as past."""
    change = Change(project)
    for question, handover in passed(project, bank, at):
        change = change.then(_with, bank, question, replace(handover, over=True))
    return change


def passed(project: Project, bank: Bank, at: datetime) -> list[tuple[Question, Handover]]:
    handed = [(bank.by_id.get(id), one) for i in project.interviews.values() for id, one in i.handed.items()]
    return [(q, one) for q, one in handed if q and one.slot and not one.over and one.slot + LENGTH <= at]
