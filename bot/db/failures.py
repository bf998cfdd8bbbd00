"""What went wrong for a fault of our own, kept whole: a bug mended tomorrow must not lose what was said today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from .tables import failed, job, lane
from .upsert import insert


@dataclass(frozen=True, slots=True)
class Failure:
    """A delivery from Slack that we could not handle (`in`), or a message that Slack will not take (`out`)."""

    id: int
    direction: str
    kind: str
    key: str
    error: str
    at: datetime
    payload: dict[str, Any]


class Failures:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def keep(self, team: str, once: str, kind: str, payload: dict[str, Any], error: str, at: datetime) -> None:
        """One row for each delivery, however often it fails."""
        row = {"team_id": team, "enterprise_id": "", "once": once[:255], "kind": kind, "payload": payload}
        query = insert(self._connection, failed).values(**row, error=error, at=at, tries=1)
        again = {"error": error, "at": at, "tries": failed.c.tries + 1}
        await self._connection.execute(query.on_conflict_do_update(index_elements=["once"], set_=again))

    async def clear(self, once: str) -> None:
        await self._connection.execute(delete(failed).where(failed.c.once == once[:255]))

    async def all(self) -> Sequence[Failure]:
        """Everything given up on, in both directions, oldest first."""
        came = await self._connection.execute(select(failed).order_by(failed.c.id))
        gone = await self._connection.execute(
            select(job).where(job.c.error.is_not(None), job.c.done_at.is_not(None)).order_by(job.c.id)
        )
        return [
            *(Failure(r.id, "in", r.kind, r.once, r.error, r.at, r.payload) for r in came),
            *(Failure(r.id, "out", r.kind, r.key, r.error, r.done_at, r.args) for r in gone),
        ]

    async def post_again(self, now: datetime) -> int:
        """Queue every message that was given up on once more; how many there were."""
        gone = (job.c.error.is_not(None)) & (job.c.done_at.is_not(None))
        lanes = select(job.c.lane).where(gone)
        await self._connection.execute(update(lane).where(lane.c.key.in_(lanes)).values(free_at=now))
        again = update(job).where(gone).values(done_at=None, error=None, tries=0, due_at=now)
        return (await self._connection.execute(again)).rowcount
