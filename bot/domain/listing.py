"""The list of inputs as people shape it: read back after a reply, put into another order, made shorter."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from . import ratings, relisting
from .answers import VEILED, Answer, Value
from .bank import Bank, Question, Role
from .checking import missing
from .coverage import LISTED, SURVEY
from .inputs import Level
from .lists import LONGEST, partners, row_about, rows_of, same, surveys
from .messages import InputLine, Understood, UnderstoodRow
from .permissions import may_answer
from .project import Change, Project
from .ratings import Rating
from .wording import TEAM_OR_PERSON, name_of, said_of

Row = Mapping[str, Value]

_IMPORTANCE = {"must": "must-have", "should": "should-have", "nice": "nice-to-have"}


def is_read_back(bank: Bank, question: Question) -> bool:
    """Whether what was typed for a list is confirmed by a click, since another role builds on it row by row."""
    return bool(partners(bank, question)) and not surveys(question)


def understood(
    project: Project, question: Question, before: Answer | None = None, *, settled: bool = False
) -> Understood:
    """A list as it was understood, with what each row lacks; `before` is the answer before it was typed.

    What is blind and was not just typed for all to see stays closed: it may come from a form.
    """
    rows, known = rows_of(project, question.id), before.value if before and isinstance(before.value, list) else ()
    return Understood(
        project=project.id,
        role=question.role,
        question=question.id,
        rows=tuple(_read_back(question, row, known) for row in rows),
        shown=fingerprint(rows),
        half=next((n for n, row in enumerate(rows) if missing(question, [row])), None),
        room=len(rows) < (LONGEST if project.settled(question.id) else question.max_rows),
        settled=settled,
    )


def fingerprint(rows: Sequence[Value]) -> str:
    """Tells two states of a list apart, so that a click settles no other than the one it was shown under."""
    return sha256(json.dumps(rows, sort_keys=True, default=str).encode("utf-8", "replace")).hexdigest()[:16]


def _read_back(question: Question, row: Row, known: Sequence[Row]) -> UnderstoodRow:
    lacks = tuple(name_of(field) for field in missing(question, [row]))
    key = question.fields[0].name
    name = str(row.get(key) or "")
    place = row_about(known, name, key)
    before = {} if place is None else known[place]
    old = (f.name for f in question.fields if f.blind and f.name in before and before[f.name] == row.get(f.name))
    return UnderstoodRow(name, said_of(question, {**row, **dict.fromkeys(old, VEILED)}), lacks)


def lines(project: Project, bank: Bank, people: Mapping[str, str], now: datetime) -> tuple[InputLine, ...]:
    """All inputs at a glance, with people by their names: who reads it calls nobody."""
    return tuple(_line(rating, people) for rating in ratings.of(project, bank, now))


def _line(rating: Rating, people: Mapping[str, str]) -> InputLine:
    surveyed = rating.difficulty is not Level.UNKNOWN
    return InputLine(
        name=rating.name,
        importance=_IMPORTANCE.get(rating.importance, rating.importance),
        source=_named(rating.source, people) or rating.source_kind,
        in_production=rating.in_production,
        need=rating.need,
        offer=rating.offer,
        read_time=rating.read_ms,
        owner=_named(rating.owner, people),
        difficulty=rating.difficulty.label if surveyed else "not known yet",
        reasons="; ".join(reason.text for reason in rating.reasons),
        risk=rating.risk.value if surveyed else "",
        weeks=f"{rating.weeks}{rating.weeks.source}" if rating.weeks else "",
    )


def _named(text: str, people: Mapping[str, str]) -> str:
    whole = people.get(text.strip())  # what was picked is an id alone
    return whole or TEAM_OR_PERSON.sub(lambda one: people.get(one[1]) or "a person no longer here", text)


def names(project: Project) -> list[str]:
    """The inputs in the order of the list."""
    return [name for row in rows_of(project, LISTED) if (name := str(row.get("name") or ""))]


def questions_about(project: Project, bank: Bank, name: str, user: str) -> list[Question]:
    """The lists in which somebody says their part of an input: its row, or for the engineer the one still to come."""
    both = [bank[id] for id in (LISTED, SURVEY) if id in bank.by_id]
    own = [q for q in both if may_answer(project, q, user) and q.unlocked(project.answers)]
    told = [q for q in own if row_about(rows_of(project, q.id), name) is not None]
    return told or own[-1:]


def may_change(project: Project, bank: Bank, user: str) -> bool:
    """Whether somebody may make the list shorter, or put it into another order."""
    return LISTED in bank.by_id and may_answer(project, bank[LISTED], user)


def to_grow(project: Project, bank: Bank, user: str) -> str:
    """The list to which somebody may add an input; "" where there is none."""
    for id in (LISTED, SURVEY):
        if id in bank.by_id and may_answer(project, bank[id], user) and bank[id].unlocked(project.answers):
            return id
    return ""


def first_step(project: Project) -> str:
    """Who names the inputs, where there are none yet."""
    ml = project.owner(Role.ML)
    if ml is None:
        return "The ML person lists them, and nobody is named yet: `/align role ml @name` does."
    return f"<@{ml}> lists them in the thread, a line each: name, per what, how it is made, how fresh, must or not."


def drop(project: Project, bank: Bank, name: str, *, by: str, at: datetime) -> Change:
    """An input leaves the list and its survey in one step; without the last one the question is open again."""
    listed, surveyed = (relisting.without(rows_of(project, id), name) for id in (LISTED, SURVEY))
    return relisting.relist(project, bank, listed, surveyed, by=by, at=at)


def reorder(project: Project, bank: Bank, first: Sequence[str], *, by: str, at: datetime) -> Change:
    """The list with these inputs first, in this order; the others follow as they stood, and the survey as the list."""
    listed = _in_order(rows_of(project, LISTED), first)
    surveyed = _in_order(rows_of(project, SURVEY), [str(row.get("name") or "") for row in listed])
    return relisting.relist(project, bank, listed, surveyed, by=by, at=at)


def _in_order(rows: Sequence[Mapping[str, Value]], first: Sequence[str]) -> list[Mapping[str, Value]]:
    def place(row: Mapping[str, Value]) -> int:
        return next((n for n, name in enumerate(first) if same(row.get("name"), name)), len(first))

    return sorted(rows, key=place)
