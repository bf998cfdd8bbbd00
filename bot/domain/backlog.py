"""The V2 backlog: what was left out of the first version, what it would bring, and when to look at it again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from . import relisting
from .actors import in_words
from .answers import State, Value
from .bank import Bank
from .commitments import Later, Shelf
from .coverage import LISTED, SURVEY
from .errors import BotError
from .escaping import escape
from .events import live_since
from .inputs import Weeks
from .lists import LONGEST, rows_of
from .messages import Note, Saying, UnderCard
from .permissions import must_steer
from .project import Change, Project
from .wording import in_short

LIVE_FOR = timedelta(days=14)
_SHOWS_THE_NUMBER = ("experiment", "staged_rollout", "before_after")
_BECAME = {
    Shelf.REVIVED: "is back on the list of inputs",
    Shelf.DONE: "is done",
    Shelf.DROPPED: "was dropped",
}


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as people see it."""

    entry: Later
    ready: bool


@dataclass(frozen=True, slots=True)
class Backlog:
    project: int
    name: str
    items: tuple[Item, ...]  # what waits first, of that what is ready first


def of(project: Project, now: datetime) -> Backlog:
    items = [Item(entry, ready(project, entry, now)) for entry in project.later]
    items.sort(key=lambda item: (item.entry.status is not Shelf.WAITING, not item.ready, item.entry.number))
    return Backlog(project.id, project.name, tuple(items))


def ready(project: Project, entry: Later, now: datetime) -> bool:
    """V1 has been live for two weeks, and the PM's number is measured (alignment model, 2.4)."""
    live = live_since(project)
    if entry.status is not Shelf.WAITING or live is None or now - live < LIVE_FOR:
        return False
    monitoring, how = _said(project, "eng.monitoring"), _said(project, "pm.measure_how")
    if not isinstance(monitoring, Mapping) or monitoring.get("when") in (None, "none"):
        return False
    return "business_metric" in (monitoring.get("covers") or ()) and how in _SHOWS_THE_NUMBER


def _said(project: Project, question: str) -> Value | None:
    answer = project.answers.get(question)
    return answer.value if answer and project.state(question) is State.ANSWERED else None


def digest_lines(project: Project, now: datetime) -> tuple[str, ...]:
    """What waits for V2, in plain words that call nobody."""
    waiting = [item for item in of(project, now).items if item.entry.status is Shelf.WAITING]
    if not waiting:
        return ()
    low, high = (sum(item.entry.saved_weeks[n] for item in waiting) for n in (0, 1))
    kept_out = f": about {Weeks(low, high)} of work kept out of the first version" if high else ""
    return (
        f"{len(waiting)} {'item waits' if len(waiting) == 1 else 'items wait'} for V2{kept_out}",
        *(f"⏰ Ready to revisit: {_with_owner(project, item.entry)}" for item in waiting if item.ready),
    )


def _with_owner(project: Project, entry: Later) -> str:
    owner = f" → {in_words(project, [entry.owner])}" if entry.owner else ""
    return f"{in_short(entry.title.removeprefix('V2: '))}{owner}"


def settle(project: Project, number: int, shelf: Shelf, *, by: str) -> Change:
    """It is done, or nobody wants it any more. Raises BotError."""
    entry = _waiting(project, number, by, "say what becomes of it")
    return Change(_with(project, replace(entry, status=shelf)))


def revive(project: Project, bank: Bank, number: int, *, by: str, at: datetime) -> Change:
    """The input is back on the list, beside the simpler one. Raises BotError."""
    entry = _waiting(project, number, by, "bring it back")
    inputs, survey = rows_of(project, LISTED), rows_of(project, SURVEY)
    name = escape(in_short(entry.input))
    if relisting.named(inputs, entry.input):
        raise BotError(f"“{name}” is on the list of inputs already. *Done* or *Drop* takes it off this one.")
    if len(inputs) >= LONGEST:
        raise BotError(f"The list of inputs holds {LONGEST} already. Take one off it first, then press this again.")
    kept = relisting.without(survey, entry.input)
    surveyed = [*kept, entry.surveyed] if entry.surveyed else kept
    change = Change(_with(project, replace(entry, status=Shelf.REVIVED)))
    change = change.then(relisting.relist, bank, [*inputs, entry.listed], surveyed, by=by, at=at)
    say = f"♻️ <@{by}> brought “{name}” back from the list for V2: it is among the inputs again."
    return change.then(lambda p: Change(p, (Saying(Note(say), UnderCard(p.id)),)))


def _waiting(project: Project, number: int, by: str, what: str) -> Later:
    """An entry that waits, for somebody who may say what becomes of it."""
    must_steer(project, by, what)
    entry = next((later for later in project.later if later.number == number), None)
    if entry is None:
        raise BotError("This one is no longer on the list. `/align later` shows what is.")
    if entry.status is not Shelf.WAITING:
        raise BotError(
            f"“{escape(in_short(entry.title))}” {_BECAME[entry.status]} already. `/align later` shows the list."
        )
    return entry


def _with(project: Project, entry: Later) -> Project:
    others: Sequence[Later] = [entry if later.number == entry.number else later for later in project.later]
    return replace(project, later=tuple(others))
