"""Answers that are lists: their rows, which input a survey asks about next, and when it has asked about all."""

from collections.abc import Sequence

from .answers import Value
from .bank import Question
from .project import Project
from .reading.words import bare

LONGEST = 20  # rows that a list can grow to once its question is settled


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


def _key(name: Value) -> str:
    return bare(str(name or "")) or str(name or "")
