"""The form of one row in two pages: what is always asked, and what only matters for some (alignment model, 1.3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .answers import Value
from .as_snapshot import merged
from .bank import Bank, Field, Question
from .lists import as_listed, partners, row_about, rows_of, same
from .project import Project

MOST = 8  # fields on the further page

Row = Mapping[str, Value]


def first_page(question: Question, *, known: bool = False) -> tuple[Field, ...]:
    """What is always asked; an input that somebody has listed has its name already."""
    fields = tuple(field for field in question.fields if not field.further)
    return fields[1:] if known else fields


def further_page(question: Question, project: Project, bank: Bank, row: Row) -> tuple[Field, ...]:
    """What else matters for this row, after what both roles have said of it; often nothing."""
    others = _of_others(project, bank, question, row)
    asked = [f for f in question.fields if f.further and f.asked(merged(others, _without(row, f.name)))]
    if all(field.rides for field in asked):
        return ()
    return tuple(sorted(asked, key=lambda field: field.rides)[:MOST])


def _of_others(project: Project, bank: Bank, question: Question, row: Row) -> dict[str, Value]:
    """What the other role says of the same input."""
    said: dict[str, Value] = {}
    for partner in partners(bank, question):
        rows = rows_of(project, partner.id)
        said |= next((kept for kept in rows if same(kept.get("name"), row.get("name"))), {})
    return said


def _without(row: Row, name: str) -> dict[str, Value]:
    return {key: value for key, value in row.items() if key != name}


def put(row: Row, page: Sequence[Field], said: Row) -> dict[str, Value]:
    """A row after a page of its form: what was emptied there is gone, what stands on no page stays."""
    shown = {field.name for field in page}
    kept = {name: value for name, value in row.items() if name not in shown}
    return kept | {name: value for name, value in said.items() if name in shown}


@dataclass(frozen=True, slots=True)
class Kept:
    """A list after one page of one row's form."""

    rows: list[Value]
    row: dict[str, Value]
    name: str  # of the row
    renamed: bool = False
    twin: str = ""  # another row that has this name already


def keep(project: Project, question: Question, page: Sequence[Field], said: Row, about: str) -> Kept:
    """Put a page over the row that it is about, wherever that stands by now; else add a row.

    A page of a new row goes over the row of its name, if there is one.
    """
    rows, key = rows_of(project, question.id), question.fields[0].name
    index = row_about(rows, about or str(said.get(key) or ""), key)
    before = {} if index is None else rows[index]
    row = put(before or ({key: about} if about else {}), page, said)
    [row] = as_listed(project, question, [row])
    name = str(row.get(key) or "")
    others = [kept for n, kept in enumerate(rows) if n != index]
    twin = row_about(others, name, key) if about else None
    place = len(rows) if index is None else index
    return Kept(
        rows=[*rows[:place], row, *rows[place + 1 :]],
        row=row,
        name=name,
        renamed=index is not None and bool(about) and name != before.get(key),
        twin="" if twin is None else str(others[twin].get(key)),
    )
