"""What puts answers in question: age, and what happens to a project. Who is asked is their role's person."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from . import rules
from .answers import Value
from .as_snapshot import features, snapshot_of, today
from .bank import Bank
from .chronicle import EventType, Happened
from .coverage import LISTED, SURVEY, Status, status_of
from .events import to_recheck
from .project import Change, Project, Version
from .snapshot import Event
from .triggers import to_recheck as listed

SCOPE = ("pm.user_decision", "pm.success_metric", "ml.target")
"""The goal, its user and its entity: editing one puts in question what was built on it."""


@dataclass(frozen=True, slots=True)
class Recheck:
    """An answer that needs another look."""

    question: str
    since: datetime
    event: Happened | None  # None: only its age


def due(project: Project, bank: Bank, now: datetime) -> tuple[Recheck, ...]:
    """The answers that need another look, in the order of the interview."""
    events, snapshot = to_recheck(project), snapshot_of(project, today(project, now))
    found = []
    for question in project.required(bank):
        if question.id in events:
            found.append(Recheck(question.id, events[question.id].at, events[question.id]))
        elif status_of(question, snapshot) is Status.STALE:
            limit = project.answers[question.id].fresh_at + rules.CONFIRMED_FOR[question.kind]
            found.append(Recheck(question.id, min(limit, now), None))
    return tuple(found)


def confirm(project: Project, question: str, *, by: str, at: datetime) -> Change:
    """ "Still true": the answer stays as it is and is young again."""
    answer = project.answers[question]
    confirmed = replace(answer, confirmed_at=at)
    return Change(project.with_answer(question, confirmed), versions=(Version(question, confirmed, by, at),))


def happen(project: Project, bank: Bank, event: Happened) -> Project:
    """With an event, and the answers that it puts in question."""
    seen = Event(event.type.value, today(project, event.at), user=event.user)
    recheck = listed(seen, snapshot_of(project, seen.date), bank)
    return replace(project, events=(*project.events, replace(event, recheck=recheck)))


def notice(project: Project, bank: Bank, before: Project, versions: tuple[Version, ...], at: datetime) -> Change:
    """What a change of answers means for others: another launch date, another goal, another input."""
    change = Change(project)
    for event in _events(project, bank, before, versions, at):
        change = change.then(lambda p, event=event: Change(happen(p, bank, event)))
    return change


def _events(
    project: Project, bank: Bank, before: Project, versions: tuple[Version, ...], at: datetime
) -> Iterator[Happened]:
    by = {version.question: version.by for version in versions}
    old, new = _launch(before), _launch(project)
    if "pm.launch" in by and old and new and old != new:
        yield Happened(EventType.DATE_CHANGE, at, by["pm.launch"], before=old, after=new)
    if not before.complete(bank):
        return  # what is still being told for the first time is no change yet
    if any(id in by and _differs(before, project, id) for id in SCOPE):
        yield Happened(EventType.SCOPE_CHANGE, at, next(by[id] for id in SCOPE if id in by))
    if LISTED in by or SURVEY in by:
        known = {record["name"] for record in features(before)}
        for record in features(project):
            if record["name"] not in known:
                said_by = by.get(LISTED) or by[SURVEY]
                yield Happened(EventType.FEATURE_ADDED, at, said_by, input=str(record["name"]))


def _differs(before: Project, after: Project, question: str) -> bool:
    old, new = _said(before, question), _said(after, question)
    return old is not None and new is not None and old != new


def _said(project: Project, question: str) -> Value | None:
    answer = project.answers.get(question)
    return answer.value if answer and project.settled(question) else None


def _launch(project: Project) -> date | None:
    said = _said(project, "pm.launch")
    day = said.get("date") if isinstance(said, Mapping) else None
    return date.fromisoformat(day) if day else None
