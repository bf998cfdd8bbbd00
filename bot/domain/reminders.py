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

    @property
    def ladder(self) -> tuple[int, ...]:
        return HELP_LADDER if self.asked_by else LADDER


@dataclass(frozen=True, slots=True)
class Pinged:
    """A question that was in a reminder on a day, and the rule that put it there."""

    project: int
    question: str
    day: date
    rule: str


@dataclass(frozen=True, slots=True)
class Send:
    items: tuple[OpenItem, ...]  # most urgent first
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
        OpenItem(project.id, id, role, handover.at, handover.by)
        for role, interview in project.interviews.items()
        for id, handover in interview.handed.items()
        if handover.to == user
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
    due = [(item, rule) for item in items if (rule := _due(item, history, zone, now))]
    if not due:
        return Wait(_next_step(items, history, zone), "no step of the ladder reached")
    due.sort(key=lambda pair: (pair[0].since, pair[0].question), reverse=True)
    rules = tuple(Pinged(item.project, item.question, today, rule) for item, rule in due)
    return Send(tuple(item for item, _ in due), rules)


def _due(item: OpenItem, history: Iterable[Pinged], zone: ZoneInfo, now: datetime) -> str | None:
    reached = [days for days in item.ladder if calendar.waited(item.since, now, zone) >= days]
    if len(reached) <= _times(item, history):
        return None
    return f"{'asked to help' if item.asked_by else 'blocking question'}, {reached[-1]} working days"


def _next_step(items: Iterable[OpenItem], history: Sequence[Pinged], zone: ZoneInfo) -> datetime | None:
    left = ((item, item.ladder[_times(item, history) :]) for item in items)
    return min((calendar.reaches(item.since, steps[0], zone) for item, steps in left if steps), default=None)


def _times(item: OpenItem, history: Iterable[Pinged]) -> int:
    """How many steps are spent; one that was overslept is not made up for by a second message."""
    return sum((p.project, p.question) == (item.project, item.question) for p in history)
