"""One engine for both databases: an embedded SQLite file, or a PostgreSQL server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

PATIENCE = 30  # seconds until a transaction that gets no connection, or no turn, fails


def make_engine(url: str) -> AsyncEngine:
    """An async engine for `sqlite+aiosqlite:///…` or `postgresql+psycopg://…`."""
    if url.startswith("sqlite"):
        # One connection: transactions queue here, first come first served, instead of racing for the file's lock.
        engine = create_async_engine(url, pool_size=1, max_overflow=0, pool_timeout=PATIENCE)
        _one_writer_at_a_time(engine)
        return engine
    reaching = {"connect_timeout": 5}
    return create_async_engine(url, pool_pre_ping=True, pool_size=8, max_overflow=8, connect_args=reaching)


def _one_writer_at_a_time(engine: AsyncEngine) -> None:
    """SQLite: take the write lock at BEGIN, so that a transaction waits its turn instead of failing half-way."""

    @event.listens_for(engine.sync_engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not open transactions of its own
        settings = (f"busy_timeout={PATIENCE * 1000}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")
        for setting in settings:
            connection.execute(f"PRAGMA {setting}")

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


@asynccontextmanager
async def restructuring(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """One transaction in which tables may be rebuilt.

    SQLite changes a table by making a new one and dropping the old, and a drop deletes what refers to the rows: all
    answers of a project. So references are not enforced meanwhile, and looked at before the commit.
    """
    async with engine.connect() as connection:
        if engine.dialect.name != "sqlite":
            async with connection.begin():
                yield connection
            return
        raw: Any = (await connection.get_raw_connection()).driver_connection
        await raw.execute("PRAGMA foreign_keys=OFF")  # does nothing once a transaction has begun
        try:
            async with connection.begin():
                yield connection
                lost = (await connection.exec_driver_sql("PRAGMA foreign_key_check")).all()
                if lost:
                    raise RuntimeError(f"the migration would leave rows that refer to nothing: {lost[:3]}")
        finally:
            await raw.execute("PRAGMA foreign_keys=ON")
