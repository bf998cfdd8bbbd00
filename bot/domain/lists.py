"""Answers that are lists: their rows, which input a survey asks about next, and when it has asked about all."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from .answers import Value
from .bank import Bank, Question
from .project import Project
from .reading.words import bare

LONGEST = 100  # rows that a list can grow to once its question is settled


def rows_of(project: Project, question: str) -> list[dict[str, Value]]:
    answer = project.answers.get(question)
    return list(answer.value) if answer and isinstance(answer.value, list) else []


def surveys(question: Question) -> bool:
    """Whether a list describes, row by row, what another role has listed."""
    return question.waits_for is not None and bool(question.fields) and question.fields[0].name == "name"


def left_to_survey(project: Project, question: Question, rows: Sequence[Value]) -> list[str]:
    """The listed inputs that these rows say nothing about, in the order of the list."""
    if not surveys(question):
        return []
    described = {_key(row.get("name")) for row in rows}
    listed = (str(row.get("name") or "") for row in rows_of(project, question.waits_for or ""))
    return [name for name in listed if name and _key(name) not in described]


def next_subject(project: Project, question: Question) -> str:
    """The input that a survey asks about next."""
    return next(iter(left_to_survey(project, question, rows_of(project, question.id))), "")


def as_listed(project: Project, question: Question, rows: Sequence[Value]) -> list[Value]:
    """A survey's rows under the names that the list has for them: "Home ZIP code" is "home zip code"."""
    if not surveys(question):
        return list(rows)
    names = {_key(row.get("name")): row.get("name") for row in rows_of(project, question.waits_for or "")}
    return [{**row, "name": names.get(_key(row.get("name")), row.get("name"))} for row in rows]


def with_row(rows: Sequence[Value], question: Question, row: Value, index: int | None = None) -> list[Value]:
    """A list with a row put over the one at an index, else over the one of the same name, else added to it."""
    if index is None or not 0 <= index < len(rows):
        name = question.fields[0].name
        index = next((n for n, kept in enumerate(rows) if _key(kept.get(name)) == _key(row.get(name))), len(rows))
    return [*rows[:index], row, *rows[index + 1 :]]


SAME_SOURCE = ("source_kind", "read_ms", "freshness_available", "owner", "access", "source", "pii", "contract")
"""What the engineer says of a source, and not of the one value that is read from it."""


def partners(bank: Bank, question: Question) -> tuple[Question, ...]:
    """The lists in which another role says its part of the same rows."""
    if surveys(question):
        return tuple(q for q in bank.questions if q.id == question.waits_for)
    return tuple(q for q in bank.questions if q.waits_for == question.id and surveys(q))


def names_of(project: Project, question: Question) -> list[str]:
    """What a list is about, in its order: of a survey first what is listed, then what the engineer added."""
    key = question.fields[0].name if question.fields else ""
    own = [str(row.get(key) or "") for row in rows_of(project, question.id)]
    listed = [str(row.get("name") or "") for row in rows_of(project, question.waits_for or "")]
    names = [*listed, *own] if surveys(question) else own
    return [name for n, name in enumerate(names) if name and not any(same(name, other) for other in names[:n])]


def is_listed(project: Project, survey: Question, name: str) -> bool:
    """Whether another role has listed an input, so that its name is known."""
    return row_about(rows_of(project, survey.waits_for or ""), name) is not None


def same(one: Value, other: Value) -> bool:
    """Whether two names are one, however they are written."""
    return _key(one) == _key(other)


def row_about(rows: Sequence[Mapping[str, Value]], name: str, key: str = "name") -> int | None:
    """Where the row of that name stands."""
    return next((n for n, row in enumerate(rows) if same(row.get(key), name)), None)


def renamed_to(subject: str, then: Sequence[str], now: Sequence[str]) -> str | None:
    """What something in a list is called now; None where it is gone.

    A list grows at its end and is changed in place: what stands where it stood, while all others stayed where they
    were, is the same thing under another name.
    """
    if subject in now:
        return subject
    stayed = len(now) >= len(then) and all(now[n] == name for n, name in enumerate(then) if name in now)
    there = now[then.index(subject)] if stayed and subject in then else None
    return None if there in then else there


def as_same_source(project: Project, question: Question, name: str) -> dict[str, Value]:
    """What an earlier survey said of its source, to start another input of the same source with."""
    rows = rows_of(project, question.id)
    known = row_about(rows, name)
    row = {} if known is None else rows[known]
    return {fact: row[fact] for fact in SAME_SOURCE if fact in row}


def with_names(rows: Sequence[Mapping[str, Value]], names: Mapping[str, str]) -> list[Value]:
    """Rows under other names."""
    new = {_key(old): name for old, name in names.items()}
    return [{**row, "name": new.get(_key(row.get("name")), row.get("name"))} for row in rows]


def _key(name: Value) -> str:
    return _bare(str(name or ""))


@lru_cache(maxsize=1024)
def _bare(name: str) -> str:
    """Names are compared each with each: a hundred of them make ten thousand pairs."""
    return bare(name) or name
