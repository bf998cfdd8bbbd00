"""What is to be said, written in the transaction of the change it reports; posted later by the relay."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, get_args
from uuid import uuid4

from pydantic import TypeAdapter
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.messages import Message, Place, Saying

from .keys import fitting
from .tables import job, lane
from .upsert import insert

SETTLE = timedelta(seconds=2)  # what replaces what stands already waits this long, so that a burst is one edit

_ADAPTERS: dict[str, TypeAdapter[Any]] = {
    kind.__name__: TypeAdapter(kind) for kind in (*get_args(Message), *get_args(Place))
}


@dataclass(frozen=True, slots=True)
class Queued:
    team: str
    lane: str
    saying: Saying
    due_at: datetime


def pack(saying: Saying) -> dict[str, Any]:
    """A saying as JSON for the queue."""
    return {name: _packed(part) for name, part in (("message", saying.message), ("to", saying.to))}


def unpack(args: dict[str, Any]) -> Saying:
    """Decoded only when it is posted, so that one unreadable row cannot stop the rest."""
    return Saying(_unpacked(args["message"]), _unpacked(args["to"]))


def _packed(part: Message | Place) -> dict[str, Any]:
    kind = type(part).__name__
    return {"kind": kind, **_ADAPTERS[kind].dump_python(part, mode="json")}


def _unpacked(packed: dict[str, Any]) -> Any:
    fields = {name: value for name, value in packed.items() if name != "kind"}
    return _ADAPTERS[packed["kind"]].validate_python(fields)


class Outbox:
    """Collects what a transaction says and writes it in one go before the commit."""

    def __init__(self, connection: AsyncConnection, now: datetime, lanes: Set[str] = frozenset()) -> None:
        self._connection, self._now, self._known = connection, now, lanes
        self.opened: set[str] = set()  # lanes that this transaction has made sure of
        self._queued: list[Queued] = []

    def say(self, saying: Saying, *, team: str, lane: str) -> None:
        """Say something: with a slot, instead of what still waits in it; with a once key, unless it was said before."""
        if saying.slot and saying.once:
            raise ValueError("what replaces something cannot be said only once")
        due = self._now + SETTLE if saying.slot and saying.slot.startswith("card:") else self._now
        self._queued.append(Queued(team, lane, saying, due))

    async def flush(self) -> bool:
        """Write what was said; True if there was something."""
        queued, self._queued = _newest_of_each_slot(self._queued), []
        if not queued:
            return False
        await self._open_lanes(sorted({q.lane for q in queued} - self._known))
        for only_once, some in groupby(queued, lambda q: q.saying.once is not None):
            await self._write(list(some), only_once=only_once)
        return True

    async def _write(self, queued: Sequence[Queued], *, only_once: bool) -> None:
        query = insert(self._connection, job)
        if only_once:
            query = query.on_conflict_do_nothing(index_elements=["key"])
        else:
            # The first due_at stays, so that a conversation that never pauses is shown all the same.
            waiting = (job.c.tried_at.is_(None)) & (job.c.done_at.is_(None))
            newest = {"args": query.excluded.args}
            query = query.on_conflict_do_update(index_elements=["slot"], index_where=waiting, set_=newest)
        await self._connection.execute(query, [_row(q) for q in queued])  # rows beside it: the statement is built once

    async def _open_lanes(self, lanes: Sequence[str]) -> None:
        if not lanes:
            return
        self.opened.update(lanes)
        rows = [{"key": key, "free_at": self._now} for key in lanes]  # sorted: two transactions wait in one order
        await self._connection.execute(insert(self._connection, lane).on_conflict_do_nothing(), rows)


def _newest_of_each_slot(queued: Iterable[Queued]) -> list[Queued]:
    """A statement may touch a slot only once: of two edits of one message in a transaction the later counts."""
    newest = {q.saying.slot or id(q): q for q in queued}
    return list(newest.values())


def _row(queued: Queued) -> dict[str, Any]:
    saying = queued.saying
    return {
        "team_id": queued.team,
        "enterprise_id": "",
        "key": fitting(saying.once or uuid4().hex),
        "slot": saying.slot,
        "lane": queued.lane,
        "kind": type(saying.message).__name__,
        "args": pack(saying),
        "due_at": queued.due_at,
        "tries": 0,
        "excused": 0,
    }


async def move_queued(connection: AsyncConnection, team: str, old: str, new: str) -> None:
    """Send what still waits for a channel to its new id, in the same lane, so that it keeps its place there."""
    query = select(job.c.id, job.c.args).where(job.c.lane == f"{team}:{old}", job.c.done_at.is_(None))
    for row in (await connection.execute(query.with_for_update())).all():
        if row.args.get("to", {}).get("channel") == old:
            args = {**row.args, "to": {**row.args["to"], "channel": new}}
            await connection.execute(update(job).where(job.c.id == row.id).values(args=args))
