"""The clock of a server database, so that replicas agree on the time whatever their machines think."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

EVERY = timedelta(minutes=1)


class DatabaseClock:
    """This machine's clock, put right by how far it is from the database's; measured anew now and then."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine, self._ahead = engine, timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    async def synchronise(self) -> None:
        """Measure the difference; half the time of the question is taken to be the way back."""
        async with self._engine.connect() as connection:
            await connection.execute(text("SELECT 1"))  # so that connecting is not measured
            before = datetime.now(UTC)
            there = await connection.scalar(text("SELECT clock_timestamp()"))
            after = datetime.now(UTC)
        self._ahead = there.astimezone(UTC) - (before + (after - before) / 2)
