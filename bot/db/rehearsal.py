"""A database on which everything is tried and nothing is kept."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from .unit_of_work import Database, UnitOfWork


class Rehearsal(Database):
    """Each transaction sees what is stored and its own changes, and is rolled back at its end."""

    @asynccontextmanager
    async def transaction(self, *, once: str | None = None) -> AsyncIterator[UnitOfWork]:
        async with self.engine.connect() as connection:
            yield UnitOfWork(connection, self.clock())
            await connection.rollback()
