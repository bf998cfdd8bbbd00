"""The digests of each project and week, with the facts they told: the next one says what changed since."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from .tables import digest
from .upsert import insert


class Digests:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, project: int, week: str, facts: dict[str, Any], at: datetime) -> bool:
        """Take a project's digest of a week; False if it was taken before."""
        row = {"project_id": project, "week": week, "facts": facts, "at": at}
        query = insert(self._connection, digest).values(row).on_conflict_do_nothing()
        return await self._connection.scalar(query.returning(digest.c.project_id)) is not None

    async def last_delivered(self, project: int) -> dict[str, Any] | None:
        """The facts of the newest digest that Slack has; what failed to be posted told nobody anything."""
        query = select(digest.c.facts).where(digest.c.project_id == project, digest.c.ts.is_not(None))
        facts: dict[str, Any] | None = await self._connection.scalar(query.order_by(digest.c.at.desc()).limit(1))
        return facts

    async def history(self, project: int, n: int) -> Sequence[dict[str, Any]]:
        """The facts of the last `n` digests that Slack has, the oldest first."""
        query = select(digest.c.facts).where(digest.c.project_id == project, digest.c.ts.is_not(None))
        newest = (await self._connection.scalars(query.order_by(digest.c.at.desc()).limit(n))).all()
        return list(reversed(newest))

    async def place_of(self, project: int, week: str) -> str | None:
        """The ts of a digest's post, once Slack has it."""
        this = (digest.c.project_id == project, digest.c.week == week)
        ts: str | None = await self._connection.scalar(select(digest.c.ts).where(*this))
        return ts

    async def stands_at(self, project: int, week: str, ts: str) -> None:
        this = (digest.c.project_id == project, digest.c.week == week)
        await self._connection.execute(update(digest).where(*this).values(ts=ts))
