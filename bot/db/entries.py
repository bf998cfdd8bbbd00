"""The chronicle of a project as rows: one a thing, whose kind says which value its JSON holds."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import BindParameter, Row, Select, String, bindparam, cast, delete, literal, null, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chronicle import Followed, Happened, Pulse
from bot.domain.commitments import Decision, Function, Later, Offer
from bot.domain.project import Project

from .keys import fitting
from .tables import answer, entry
from .upsert import insert

_KINDS: Mapping[str, TypeAdapter[Any]] = {
    "event": TypeAdapter(Happened),
    "finding": TypeAdapter(Followed),
    "pulse": TypeAdapter(Pulse),
    "offer": TypeAdapter(Offer),
    "later": TypeAdapter(Later),
    "decision": TypeAdapter(Decision),
    "function": TypeAdapter(Function),
}

Key = tuple[str, str]
"""Kind, and key within it."""


def _said_and_happened() -> Select[Any]:
    ids: BindParameter[Any] = bindparam("ids", expanding=True)
    said = select(literal("answer", String).label("kind"), answer).where(answer.c.project_id.in_(ids))
    columns = {"kind": entry.c.kind, "project_id": entry.c.project_id, "question": entry.c.key, "value": entry.c.data}
    others = {c.name: cast(null(), c.type).label(c.name) for c in answer.c if c.name not in columns}
    in_order = [{**others, **columns}[column.name] for column in said.selected_columns]
    both = said.union_all(select(*in_order).where(entry.c.project_id.in_(ids))).subquery()
    return select(both).order_by(both.c.id)


SAID_AND_HAPPENED = _said_and_happened()
"""All versions of all answers of some projects (`ids`), oldest first, and their chronicles, with keys in `question`."""


def chronicle(rows: Iterable[Row[Any]]) -> dict[str, Any]:
    """The fields of a project that tell what happened to it."""
    found: dict[str, list[Any]] = {kind: [] for kind in _KINDS}
    for row in rows:
        if row.kind in found:
            found[row.kind].append(_KINDS[row.kind].validate_python(row.value))
    return {
        "events": tuple(sorted(found["event"], key=lambda event: event.key)),
        "followed": {finding.key: finding for finding in found["finding"]},
        "pulses": tuple(sorted(found["pulse"], key=lambda pulse: pulse.number)),
        "offers": {offer.input: offer for offer in found["offer"]},
        "later": tuple(sorted(found["later"], key=lambda later: later.number)),
        "decisions": tuple(sorted(found["decision"], key=lambda decision: decision.number)),
        "functions": {function.name: function.user for function in found["function"]},
    }


async def save_chronicle(connection: AsyncConnection, before: Project, after: Project) -> None:
    """Write what is new or different, and drop what is gone."""
    old, new = _entries(before), _entries(after)
    changed = {key: value for key, value in new.items() if old.get(key) != value}
    if changed:
        rows = [_row(after.id, key, value) for key, value in changed.items()]
        query = insert(connection, entry)
        replaced = {"data": query.excluded.data}
        same = ["project_id", "kind", "key"]
        await connection.execute(query.on_conflict_do_update(index_elements=same, set_=replaced), rows)
    for kind, key in old.keys() - new.keys():
        here = (entry.c.project_id == after.id, entry.c.kind == kind, entry.c.key == fitting(key))
        await connection.execute(delete(entry).where(*here))


def _entries(project: Project) -> Mapping[Key, Any]:
    of_kind: Mapping[str, Iterable[Any]] = {
        "event": project.events,
        "finding": project.followed.values(),
        "pulse": project.pulses,
        "offer": project.offers.values(),
        "later": project.later,
        "decision": project.decisions,
        "function": [Function(name, user) for name, user in project.functions.items()],
    }
    return {(kind, one.key): one for kind, some in of_kind.items() for one in some}


def _row(project: int, key: Key, value: Any) -> dict[str, Any]:
    kind, name = key
    data = _KINDS[kind].dump_python(value, mode="json")
    return {"project_id": project, "kind": kind, "key": fitting(name), "data": data}
