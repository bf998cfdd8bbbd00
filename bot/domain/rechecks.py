"""What puts answers in question: age, and what happens to a project. Who is asked is their role's person."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from . import rules, telling
from .answers import Answer, Mark, Value
from .as_snapshot import features, snapshot_of, today
from .bank import Bank, Question, Role
from .chronicle import EventType, Happened
from .coverage import LISTED, SURVEY, Status, status_of
from .errors import BotError
from .escaping import escape
from .events import to_recheck
from .lists import renamed_to, rows_of
from .messages import InInterview, Note, Saying
from .project import Change, Project, Version
from .roles import THE
from .snapshot import Event
from .triggers import same_person
from .triggers import to_recheck as listed
from .wording import in_short

SCOPE = ("pm.user_decision", "pm.success_metric", "ml.target")
"""The goal, its user and its entity: editing one puts in question what was built on it."""


_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Recheck:
    """An answer that needs another look."""

    question: str
    since: datetime
    event: Happened | None  # None: only its age


def due(project: Project, bank: Bank, now: datetime) -> tuple[Recheck, ...]:
    """The answers that need another look, in the order of the interview."""
    events = to_recheck(project)
    old = {id for id, answer in project.answers.items() if id in bank.by_id and _aged(bank[id], answer, now)}
    if not events and not old:
        return ()
    snapshot = snapshot_of(project, today(project, now)) if old else None
    found = []
    for question in project.required(bank):
        if question.id in events:
            found.append(Recheck(question.id, events[question.id].at, events[question.id]))
        elif snapshot and question.id in old and status_of(question, snapshot) is Status.STALE:
            limit = project.answers[question.id].fresh_at + rules.CONFIRMED_FOR[question.kind]
            found.append(Recheck(question.id, min(limit, now), None))
    return tuple(found)


def _aged(question: Question, answer: Answer, now: datetime) -> bool:
    """Whether an answer may be stale: what is certain depends on the project's calendar, and takes longer to tell."""
    return Mark.STALE in answer.marks or now - answer.fresh_at >= rules.CONFIRMED_FOR[question.kind] - _DAY


def confirm(project: Project, bank: Bank, question: str, *, by: str, at: datetime) -> Change:
    """ "Still true": the answer stays as it is and is young again. Raises BotError where nobody doubts it."""
    if question not in {one.question for one in due(project, bank, at)}:
        raise BotError("Nobody doubts this one right now, so there is nothing to confirm. Thank you!")
    if names_the_gone(project, question):
        raise BotError("This names somebody who has left, so it needs another name: *Change it* takes one.")
    answer = project.answers[question]
    confirmed = replace(answer, confirmed_at=at, marks=answer.marks - {Mark.STALE})
    change = Change(project.with_answer(question, confirmed), versions=(Version(question, confirmed, by, at),))
    return change.then(telling.refresh, bank, question)


def names_the_gone(project: Project, question: str) -> bool:
    """Whether an answer still names somebody of whom the bot saw that they left: that cannot be true any more.

    Who only gave up a role may go on with what they own.
    """
    answer = project.answers.get(question)
    said = answer.value if answer else None
    names = [said] if isinstance(said, str) else list(said.values()) if isinstance(said, Mapping) else []
    gone = {event.user for event in project.events if event.user and not event.by and question in event.recheck}
    return any(isinstance(name, str) and same_person(name, user) for name in names for user in gone)


def happen(project: Project, bank: Bank, event: Happened, said: Collection[str] = ()) -> Project:
    """With an event, and the answers that it puts in question; not those that were said together with it."""
    seen = Event(event.type.value, today(project, event.at), user=event.user)
    recheck = tuple(id for id in listed(seen, snapshot_of(project, seen.date), bank) if id not in said)
    return replace(project, events=(*project.events, replace(event, recheck=recheck)))


def source_changed(project: Project, bank: Bank, input: str, *, by: str, at: datetime) -> Change:
    """What an input is read from is another now: said once in the engineer's thread, and asked about."""
    names = {str(record["name"]) for record in features(project)}
    if input not in names:
        raise BotError("That input is no longer on the list. `/align questions` shows what is open now.")
    after = happen(project, bank, Happened(EventType.SOURCE_CHANGE, at, by, input=input))
    looks = asked_of(bank, after.events[-1].recheck)
    look = f" Another look, please: {looks}." if looks else ""
    say = f"🔁 <@{by}> says that the source of “{escape(in_short(input))}” has changed.{look}"
    return Change(after, (Saying(Note(say), InInterview(project.id, Role.ENG)),))


def leave(project: Project, bank: Bank, user: str, roles: Collection[Role], *, by: str, at: datetime) -> Project:
    """Somebody is about to lose their part in some roles: what they own there is for others to look at again.

    Who keeps another role has not left; then only the answers of the roles given up are in question.
    """
    empty = tuple(role for role in Role if role in roles and project.owner(role) == user)
    stays = any(role not in roles for role in project.roles_of(user))
    left = happen(project, bank, Happened(EventType.LEFT, at, by, user=user, roles=empty))
    *before, event = left.events
    if stays:
        event = replace(event, user=None, recheck=tuple(id for id in event.recheck if bank[id].role in roles))
    return replace(project, events=(*before, event)) if event.recheck or empty else project


def asked_of(bank: Bank, questions: Iterable[str]) -> str:
    """Who looks at which answers again, as in "the ML person (Effort), the engineer (Latency budget)"."""
    titles: dict[Role, list[str]] = {}
    for id in dict.fromkeys(questions):
        titles.setdefault(bank[id].role, []).append(bank[id].title)
    return ", ".join(f"{THE[role]} ({', '.join(named)})" for role, named in titles.items())


def notice(project: Project, bank: Bank, before: Project, versions: tuple[Version, ...], at: datetime) -> Change:
    """What a change of answers means for others: another launch date, another goal, another input."""
    change, said = Change(project), {version.question for version in versions}
    for event in _events(project, bank, before, versions, at):
        change = change.then(lambda p, event=event: Change(happen(p, bank, event, said)))
    return change


def _events(
    project: Project, bank: Bank, before: Project, versions: tuple[Version, ...], at: datetime
) -> Iterator[Happened]:
    by = {version.question: version.by for version in versions}
    old, new = _launch(before), _launch(project)
    if "pm.launch" in by and old and old != new and project.settled("pm.launch"):
        yield Happened(EventType.DATE_CHANGE, at, by["pm.launch"], before=old, after=new)
    if not before.complete(bank):
        return  # what is still being told for the first time is no change yet
    if any(id in by and _differs(before, project, id) for id in SCOPE):
        yield Happened(EventType.SCOPE_CHANGE, at, next(by[id] for id in SCOPE if id in by))
    if LISTED in by or SURVEY in by:
        known = {record["name"] for record in features(before)} | _renamed(before, project)
        for record in features(project):
            if record["name"] not in known:
                said_by = by.get(LISTED) or by[SURVEY]
                yield Happened(EventType.FEATURE_ADDED, at, said_by, input=str(record["name"]))


def _renamed(before: Project, after: Project) -> set[str]:
    """New names of inputs that were listed before."""
    then, now = ([str(row.get("name")) for row in rows_of(project, LISTED)] for project in (before, after))
    return {new for name in then if (new := renamed_to(name, then, now)) is not None}


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
