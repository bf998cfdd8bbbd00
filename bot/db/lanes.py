"""The delivery queue: lanes of jobs, one lane a conversation, worked by any number of relays at once.

`lane.free_at` is at once the lease of the relay that works the lane, the pace that Slack asks for and the Retry-After
that it sent. A relay that died leaves its lease to run out; another one goes on. Jobs of a lane go in the order in
which they were written, once they are due.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, case, delete, func, select, update

from .tables import job, lane
from .unit_of_work import Database, UnitOfWork

SHARE = 0.8  # of a lease: how long its relay may talk to Slack

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
    attempt: int  # 1 for the first; tries that the far side turned away with a wait do not count
    tried_at: datetime  # the first time
    mine_until: datetime  # well before the lease ends, so that what was sent by then has come to an end, too


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
            row = (await uow.connection.execute(_first_due(now))).first()
            if row is None:
                return Nothing(await self._next(uow))
            taken = await self._take(uow, row)
            if taken is None:  # finished by another relay between our look and our lock: look again
                return Nothing(now)
            await uow.connection.execute(update(lane).where(lane.c.key == row.lane).values(free_at=now + self._lease))
            return taken

    async def _take(self, uow: UnitOfWork, row: Row[Any]) -> Job | None:
        """The job as it is once it is ours: what it says may have been replaced a moment ago."""
        same = (job.c.id == row.id, job.c.done_at.is_(None), job.c.tries == row.tries)
        mine = update(job).where(*same).values(tries=row.tries + 1, tried_at=func.coalesce(job.c.tried_at, uow.now))
        taken = (await uow.connection.execute(mine.returning(job))).first()
        return _to_job(taken, uow.now + SHARE * self._lease) if taken else None

    async def _next(self, uow: UnitOfWork) -> datetime | None:
        ready = case((job.c.due_at > lane.c.free_at, job.c.due_at), else_=lane.c.free_at)
        query = select(func.min(ready, type_=job.c.due_at.type)).join(lane, job.c.lane == lane.c.key)
        until: datetime | None = await uow.connection.scalar(query.where(job.c.done_at.is_(None)))
        return until

    async def done(self, claimed: Job, *, pace: timedelta, effect: Effect | None = None) -> bool:
        """Finish a job together with what follows from it; False if the lease was overrun and nothing was written."""
        return await self._settle(claimed, pace, {"error": None}, effect, finished=True)

    async def refused(self, claimed: Job, why: str, effect: Effect | None = None) -> bool:
        """Give a job up that can never succeed: it leaves the lane and is listed as failed."""
        return await self._settle(claimed, timedelta(0), {"error": why}, effect, finished=True)

    async def later(self, claimed: Job, wait: timedelta, *, why: str, counts: bool = True) -> bool:
        """Hold the lane back and try again; a wait that the far side asked for does not count as a failure."""
        return await self._settle(claimed, wait, {"error": why, "excused": job.c.excused + (0 if counts else 1)})

    async def _settle(
        self, claimed: Job, hold: timedelta, outcome: Any, effect: Effect | None = None, *, finished: bool = False
    ) -> bool:
        async with self._database.transaction() as uow:
            mine = update(job).where(job.c.id == claimed.id, job.c.tries == claimed.tries, job.c.done_at.is_(None))
            settled = mine.values({**outcome, "done_at": uow.now if finished else None})
            if (await uow.connection.execute(settled)).rowcount == 0:
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


def _first_due(now: datetime) -> Any:
    """Its lane is locked, though not against those who only add to it: `key_share` keeps the two from a deadlock."""
    return (
        select(job.c.id, job.c.lane, job.c.tries)
        .join(lane, job.c.lane == lane.c.key)
        .where(job.c.done_at.is_(None), job.c.due_at <= now, lane.c.free_at <= now)
        .order_by(job.c.id)
        .limit(1)
        .with_for_update(of=lane, skip_locked=True, key_share=True)
    )


def _to_job(row: Row[Any], mine_until: datetime) -> Job:
    return Job(
        id=row.id,
        key=row.key,
        team=row.team_id,
        lane=row.lane,
        kind=row.kind,
        args=row.args,
        tries=row.tries,
        attempt=row.tries - row.excused,
        tried_at=row.tried_at,
        mine_until=mine_until,
    )
