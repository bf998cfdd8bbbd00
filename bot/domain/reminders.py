"""Who is reminded of what, when and why: pure decisions; sending is the outbox's work (alignment model, section 5).

The caps hold over all of a person's projects and all that waits for them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from . import calendar
from .actors import who_acts
from .bank import Bank, Question, Role
from .chronicle import Followed, Status
from .findings import Severity
from .messages import Matter
from .project import Project, Stage
from .rechecks import due as rechecks_due

LADDERS: Mapping[Matter, tuple[int, ...]] = {  # working days after which a thing is brought up, each step once
    Matter.QUESTION: (1, 3, 5),
    Matter.HELP: (0, 2),  # the first step is the asking itself
    Matter.CONFIRM: (0, 2),
    Matter.RECHECK: (0,),
    Matter.CRITICAL: (0, 2),
    Matter.HIGH: (5,),
    Matter.PULSE: (0, 1),
}
PER_WEEK = 3
SHOWN = 5
_URGENCY = (Matter.CRITICAL, Matter.QUESTION, Matter.HELP, Matter.CONFIRM, Matter.RECHECK, Matter.PULSE, Matter.HIGH)


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One thing that one person could settle now."""

    project: int
    subject: str  # question, finding's key or pulse's key
    matter: Matter
    since: datetime
    role: Role = Role.PM  # of a question or a pulse
    asked_by: str | None = None  # set where the person was asked to help
    blocking: bool = True

    @property
    def ladder(self) -> tuple[int, ...]:
        return LADDERS[self.matter]


@dataclass(frozen=True, slots=True)
class Pinged:
    """A thing that was in a reminder on a day, and the rule that put it there."""

    project: int
    subject: str
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


def open_items(project: Project, bank: Bank, user: str, now: datetime) -> list[OpenItem]:
    """What one person could settle in one project; nothing while it is a candidate, paused or closed."""
    if project.stage not in (Stage.ACTIVE, Stage.LAUNCHED) or not project.reachable:
        return []
    own = (_own(project, q) for q in project.blocking_open(bank) if _waits_for(project, q, user))
    return [
        *own,
        *_helped(project, bank, user),
        *_guesses(project, bank, user),
        *_rechecks(project, bank, user, now),
        *_findings(project, user),
        *_pulse(project, user),
    ]


def _helped(project: Project, bank: Bank, user: str) -> Iterator[OpenItem]:
    for role, interview in project.interviews.items():
        for id, handover in interview.handed.items():
            if handover.to == user and id in bank.by_id:
                yield OpenItem(project.id, id, Matter.HELP, handover.at, role, handover.by, bank[id].blocking)


def _guesses(project: Project, bank: Bank, user: str) -> Iterator[OpenItem]:
    """What somebody else said for this person's role: it counts for nothing before they have looked at it."""
    for id, answer in project.answers.items():
        if project.guessed(id) and id in bank.by_id and project.owner(bank[id].role) == user:
            yield OpenItem(project.id, id, Matter.CONFIRM, answer.at, bank[id].role, answer.by, bank[id].blocking)


def _rechecks(project: Project, bank: Bank, user: str, now: datetime) -> Iterator[OpenItem]:
    for recheck in rechecks_due(project, bank, now):
        question = bank[recheck.question]
        if project.owner(question.role) == user:
            yield OpenItem(project.id, question.id, Matter.RECHECK, recheck.since, question.role, None, False)


def _findings(project: Project, user: str) -> Iterator[OpenItem]:
    for finding in project.followed.values():
        if finding.status is Status.OPEN and finding.severity in _MATTERS and who_acts(project, finding.who) == user:
            yield OpenItem(project.id, finding.key, _matter(finding), finding.open_since, blocking=False)


_MATTERS = {Severity.CRITICAL: Matter.CRITICAL, Severity.HIGH: Matter.HIGH}


def _matter(finding: Followed) -> Matter:
    return _MATTERS[finding.severity]


def _pulse(project: Project, user: str) -> Iterator[OpenItem]:
    """The round that runs, for those who have not answered it; one person of two roles answers once for both."""
    pulse = project.pulses[-1] if project.pulses else None
    if pulse is None or pulse.closed_at:
        return
    waiting = [role for role, asked in pulse.asked.items() if asked == user and not pulse.answered(role)]
    if waiting:
        yield OpenItem(project.id, pulse.key, Matter.PULSE, pulse.opened_at, waiting[0], blocking=False)


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
    return OpenItem(project.id, question.id, Matter.QUESTION, asked_since(project, question), question.role)


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
    """What holds the project up first, of these the newest; of one moment in the order of the interview."""
    return sorted(items, key=lambda i: (not _holds_up(i), _URGENCY.index(i.matter), -i.since.timestamp()))


def _holds_up(item: OpenItem) -> bool:
    return item.blocking or item.matter is Matter.CRITICAL


def _as_pinged(item: OpenItem, today: date, zone: ZoneInfo) -> Pinged:
    step = item.ladder[_steps(item, today, zone) - 1]
    return Pinged(item.project, item.subject, today, f"{item.matter}, working day {step}")


def _due(item: OpenItem, history: Iterable[Pinged], zone: ZoneInfo, now: datetime) -> bool:
    return _steps(item, now.astimezone(zone).date(), zone) > _spent(item, history, zone)


def _steps(item: OpenItem, day: date, zone: ZoneInfo) -> int:
    """How many steps of its ladder an item has reached on a day."""
    return sum(calendar.waited_until(item.since, day, zone) >= days for days in item.ladder)


def _spent(item: OpenItem, history: Iterable[Pinged], zone: ZoneInfo) -> int:
    """How many steps are behind the person: one message makes up for all that were overslept before it."""
    asked_on = item.since.astimezone(zone).date()
    days = [
        p.day
        for p in history
        if (p.project, p.subject) == (item.project, item.subject)
        and p.rule.startswith(item.matter)
        and p.day >= asked_on
    ]
    return max(len(days), max((_steps(item, day, zone) for day in days), default=0))


def _next_step(items: Iterable[OpenItem], history: Sequence[Pinged], zone: ZoneInfo) -> datetime | None:
    left = ((item, item.ladder[_spent(item, history, zone) :]) for item in items)
    return min((calendar.reaches(item.since, steps[0], zone) for item, steps in left if steps), default=None)
