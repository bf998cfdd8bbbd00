"""Who is reminded of what, when and why: pure decisions; sending is the outbox's work (alignment model, section 5).

For now the ladder of blocking questions and of questions that somebody was asked to help with; the caps hold over all
of a person's projects.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from . import calendar
from .bank import Bank, Question, Role
from .project import Project, Stage

LADDER = (1, 3, 5)  # working days after which a blocking question is brought up, each step once
HELP_LADDER = (0, 2)  # the same for somebody who was asked to help: the first step is the asking itself
PER_WEEK = 3
SHOWN = 5


@dataclass(frozen=True, slots=True)
class OpenItem:
    """A question that one person could settle now."""

    project: int
    question: str
    role: Role
    since: datetime
    asked_by: str | None = None  # set where the person was asked to help
    blocking: bool = True

    @property
    def ladder(self) -> tuple[int, ...]:
        return HELP_LADDER if self.asked_by else LADDER

    @property
    def rule(self) -> str:
        return "asked to help" if self.asked_by else "blocking question"


@dataclass(frozen=True, slots=True)
class Pinged:
    """A question that was in a reminder on a day, and the rule that put it there."""

    project: int
    question: str
    day: date
    rule: str


@dataclass(frozen=True, slots=True)
class Send:
    items: tuple[OpenItem, ...]  # the most urgent first
    rules: tuple[Pinged, ...]


@dataclass(frozen=True, slots=True)
class Wait:
    until: datetime | None  # None: until something changes
    rule: str


def open_items(project: Project, bank: Bank, user: str) -> list[OpenItem]:
    """What one person could settle in one project; nothing while it is a candidate, paused or closed."""
    if project.stage not in (Stage.ACTIVE, Stage.LAUNCHED) or not project.reachable:
        return []
    own = (_own(project, q) for q in project.blocking_open(bank) if _waits_for(project, q, user))
    helped = (
        OpenItem(project.id, id, role, handover.at, handover.by, bank[id].blocking)
        for role, interview in project.interviews.items()
        for id, handover in interview.handed.items()
        if handover.to == user and id in bank.by_id
    )
    return [*own, *helped]


def _waits_for(project: Project, question: Question, user: str) -> bool:
    """Whether a blocking question is this person's: unanswered, unlocked, and not with a helper."""
    handed = project.interviews[question.role].handed
    is_owner = project.owner(question.role) == user
    return (
        is_owner
        and not project.settled(question.id)
        and question.id not in handed
        and question.unlocked(project.answers)
    )


def _own(project: Project, question: Question) -> OpenItem:
    return OpenItem(project.id, question.id, question.role, asked_since(project, question))


def asked_since(project: Project, question: Question) -> datetime:
    """Since when a question can be answered: the start, or the answer that it builds on (alignment model, 1.1)."""
    opened_by = [q for q in (question.waits_for, question.when.parent if question.when else None) if q]
    return max([project.started_at, *(project.answers[q].at for q in opened_by if q in project.answers)])


def decide(items: Sequence[OpenItem], history: Iterable[Pinged], zone: ZoneInfo, now: datetime) -> Send | Wait:
    """Whether a person is written to now, and about what; else until when not, with the rule that says so."""
    if not items:
        return Wait(None, "nothing open")
    history = list(history)
    today = now.astimezone(zone).date()
    if not calendar.working_time(now, zone):
        return Wait(calendar.next_working_time(now, zone), "outside working hours")
    days = {p.day for p in history}
    if today in days:
        return Wait(calendar.next_working_day(now, zone), "one message a day")
    if sum(day > today - timedelta(days=7) for day in days) >= PER_WEEK:
        return Wait(calendar.next_working_day(now, zone), "three messages a week")
    due = [item for item in by_urgency(items) if _due(item, history, zone, now)]
    if not due:
        return Wait(_next_step(items, history, zone), "no step of the ladder reached")
    return Send(tuple(due), tuple(_as_pinged(item, today, zone) for item in due))


def by_urgency(items: Iterable[OpenItem]) -> list[OpenItem]:
    """Blocking questions first, of these the newest; of one moment in the order of the interview."""
    return sorted(items, key=lambda item: (not item.blocking, -item.since.timestamp()))


def _as_pinged(item: OpenItem, today: date, zone: ZoneInfo) -> Pinged:
    step = item.ladder[_steps(item, today, zone) - 1]
    return Pinged(item.project, item.question, today, f"{item.rule}, working day {step}")


def _due(item: OpenItem, history: Iterable[Pinged], zone: ZoneInfo, now: datetime) -> bool:
    return _steps(item, now.astimezone(zone).date(), zone) > _spent(item, history, zone)


def _steps(item: OpenItem, day: date, zone: ZoneInfo) -> int:
    """How many steps of its ladder an item has reached on a day."""
    return sum(calendar.waited_until(item.since, day, zone) >= days for days in item.ladder)


def _spent(item: OpenItem, history: Iterable[Pinged], zone: ZoneInfo) -> int:
    """How many steps are behind the person: one message makes up for all that were overslept before it."""
    days = [
        p.day
        for p in history
        if (p.project, p.question) == (item.project, item.question) and p.rule.startswith(item.rule)
    ]
    return max(len(days), max((_steps(item, day, zone) for day in days), default=0))


def _next_step(items: Iterable[OpenItem], history: Sequence[Pinged], zone: ZoneInfo) -> datetime | None:
    left = ((item, item.ladder[_spent(item, history, zone) :]) for item in items)
    return min((calendar.reaches(item.since, steps[0], zone) for item, steps in left if steps), default=None)
