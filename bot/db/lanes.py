"""The delivery queue: lanes of jobs, one lane a conversation, worked by any number of relays at once.

`lane.free_at` is at once the lease of the relay that works the lane, the pace that Slack asks for and the Retry-After
that it sent. A relay that died leaves its lease to run out; another one goes on. Jobs of a lane go in order.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, delete, func, select, update

from .tables import job, lane
from .unit_of_work import Database, UnitOfWork

Effect = Callable[[UnitOfWork], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed job; `tries` is its fencing token: whoever overran the lease finds it changed."""

    id: int
    key: str
    team: str
    lane: str
    kind: str
    args: dict[str, Any]
    tries: int
    tried_at: datetime


@dataclass(frozen=True, slots=True)
class Nothing:
    """No job can be worked now; `until`: when the next one can, if one waits at all."""

    until: datetime | None


class Lanes:
    def __init__(self, database: Database, lease: timedelta = timedelta(seconds=30)) -> None:
        self._database, self._lease = database, lease

    async def claim(self) -> Job | Nothing:
        """Take the first due job of a free lane; nobody else gets that lane while the lease holds."""
        async with self._database.transaction() as uow:
            now = uow.now
            query = (
                select(*_columns)
                .join(job, job.c.lane == lane.c.key)
                .where(job.c.done_at.is_(None), job.c.due_at <= now, lane.c.free_at <= now)
                .order_by(job.c.due_at, job.c.id)
                .limit(1)
                .with_for_update(of=lane, skip_locked=True)
            )
            row = (await uow.connection.execute(query)).first()
            if row is None:
                return Nothing(await self._next(uow))
            tried_at = row.tried_at or now
            claimed = update(job).where(job.c.id == row.id, job.c.done_at.is_(None), job.c.tries == row.tries)
            taken = await uow.connection.execute(claimed.values(tries=row.tries + 1, tried_at=tried_at))
            if taken.rowcount == 0:  # done by another relay between our look and our lock
                return Nothing(now)
            await uow.connection.execute(update(lane).where(lane.c.key == row.lane).values(free_at=now + self._lease))
            return Job(row.id, row.key, row.team_id, row.lane, row.kind, row.args, row.tries + 1, tried_at)

    async def _next(self, uow: UnitOfWork) -> datetime | None:
        ready = case((job.c.due_at > lane.c.free_at, job.c.due_at), else_=lane.c.free_at)
        query = select(func.min(ready, type_=job.c.due_at.type)).join(lane, job.c.lane == lane.c.key)
        until: datetime | None = await uow.connection.scalar(query.where(job.c.done_at.is_(None)))
        return until

    async def done(self, claimed: Job, *, pace: timedelta, effect: Effect | None = None) -> bool:
        """Finish a job together with what follows from it; False if the lease was overrun and nothing was written."""
        return await self._settle(claimed, pace, effect, done_at=True)

    async def refused(self, claimed: Job, why: str, effect: Effect | None = None) -> bool:
        """Give a job up that can never succeed: it leaves the lane and is listed as failed."""
        return await self._settle(claimed, timedelta(0), effect, done_at=True, error=why)

    async def later(self, claimed: Job, wait: timedelta, *, why: str, counts: bool = True) -> bool:
        """Hold the lane back and try again; a wait that the far side asked for does not count as a failure."""
        values: dict[str, Any] = {"error": why} if counts else {"error": why, "tries": job.c.tries - 1}
        return await self._settle(claimed, wait, None, **values)

    async def _settle(
        self, claimed: Job, hold: timedelta, effect: Effect | None, *, done_at: bool = False, **values: Any
    ) -> bool:
        async with self._database.transaction() as uow:
            mine = update(job).where(job.c.id == claimed.id, job.c.tries == claimed.tries, job.c.done_at.is_(None))
            fresh = {"done_at": uow.now if done_at else None, "error": None, **values}
            if (await uow.connection.execute(mine.values(fresh))).rowcount == 0:
                return False
            await uow.connection.execute(update(lane).where(lane.c.key == claimed.lane).values(free_at=uow.now + hold))
            if effect:
                await effect(uow)
            return True

    async def backlog(self) -> tuple[int, datetime | None]:
        """How many jobs wait, and since when the oldest one has been due."""
        async with self._database.transaction() as uow:
            query = select(func.count(), func.min(job.c.due_at, type_=job.c.due_at.type)).where(job.c.done_at.is_(None))
            count, oldest = (await uow.connection.execute(query)).one()
            return count, oldest

    async def purge(self, before: datetime) -> None:
        """Forget jobs that were done before a moment; what failed stays until somebody deals with it."""
        async with self._database.transaction() as uow:
            await uow.connection.execute(delete(job).where(job.c.done_at < before, job.c.error.is_(None)))


_columns = [job.c[name] for name in ("id", "key", "team_id", "lane", "kind", "args", "tries", "tried_at")]
