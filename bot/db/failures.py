"""What went wrong for a fault of our own, kept whole: a bug mended tomorrow must not lose what was said today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from .keys import fitting
from .tables import failed, job
from .upsert import insert

QUESTIONS = ("Ask", "Done")  # what moves an interview on


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
        row = {"team_id": team, "enterprise_id": "", "once": fitting(once), "kind": kind, "payload": payload}
        query = insert(self._connection, failed).values(**row, error=error, at=at, tries=1)
        again = {"error": error, "at": at, "tries": failed.c.tries + 1}
        await self._connection.execute(query.on_conflict_do_update(index_elements=["once"], set_=again))

    async def clear(self, once: str) -> None:
        await self._connection.execute(delete(failed).where(failed.c.once == fitting(once)))

    async def all(self) -> Sequence[Failure]:
        """Everything given up on, in both directions, oldest first."""
        came = await self._connection.execute(select(failed).order_by(failed.c.id))
        gone = await self._connection.execute(select(job).where(_given_up).order_by(job.c.id))
        return [
            *(Failure(r.id, "in", r.kind, r.once, r.error, r.at, r.payload) for r in came),
            *(Failure(r.id, "out", r.kind, r.key, r.error, r.done_at, r.args) for r in gone),
        ]

    async def post_again(self, now: datetime) -> int:
        """Queue every message that was given up on once more, except for questions; how many there were.

        Its lane is left alone, since a relay may be at work in it. Of the tries one is left standing: an earlier one
        may have reached Slack, so that the next begins with a look.
        """
        fresh = {"done_at": None, "error": None, "due_at": now, "excused": job.c.tries - 1}
        again = update(job).where(_given_up, job.c.kind.not_in(QUESTIONS)).values(fresh)
        return (await self._connection.execute(again)).rowcount

    async def take_questions(self) -> Sequence[dict[str, Any]]:
        """Remove the questions that were given up on: what an interview says next is decided anew, not repeated."""
        gone = delete(job).where(_given_up, job.c.kind.in_(QUESTIONS)).returning(job.c.args)
        return [row.args for row in await self._connection.execute(gone)]


_given_up = and_(job.c.error.is_not(None), job.c.done_at.is_not(None))
