"""What the engine promises on either database."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select, text, update
from sqlalchemy.exc import IntegrityError, StatementError

from bot.db.clock import DatabaseClock
from bot.db.tables import UtcDateTime, member
from tests.conftest import POSTGRES_ONLY

scratch = MetaData()
counter = Table("counter", scratch, Column("id", Integer, primary_key=True), Column("value", Integer))
moment = Table("moment", scratch, Column("id", Integer, primary_key=True), Column("at", UtcDateTime))


@pytest.fixture
async def tables(database):
    async with database.engine.begin() as connection:
        await connection.run_sync(scratch.create_all)
        await connection.execute(insert(counter).values(id=1, value=0))
    yield
    async with database.engine.begin() as connection:
        await connection.run_sync(scratch.drop_all)


async def test_eight_tasks_lose_no_change_of_a_row_that_they_read_first(database, tables):
    async def count_up() -> None:
        for _ in range(100):
            async with database.transaction() as uow:
                value = await uow.connection.scalar(select(counter.c.value).with_for_update())
                await uow.connection.execute(update(counter).values(value=value + 1))

    await asyncio.gather(*(count_up() for _ in range(8)))

    async with database.transaction() as uow:
        assert await uow.connection.scalar(select(counter.c.value)) == 800


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("foreign_keys", 1), ("busy_timeout", 30000), ("synchronous", 2)]
)
async def test_sqlite_is_set_up_for_one_writer_and_power_cuts(database, pragma, value):
    async with database.transaction() as uow:
        assert await uow.connection.scalar(text(f"PRAGMA {pragma}")) == value


async def test_a_row_without_its_project_is_refused(database):
    with pytest.raises(IntegrityError):
        async with database.transaction() as uow:
            await uow.connection.execute(insert(member).values(project_id=7, role="pm", user_id="U_PM", part="owner"))


async def test_nothing_of_a_transaction_that_fails_is_kept(database, tables):
    async def fail() -> None:
        async with database.transaction() as uow:
            await uow.connection.execute(update(counter).values(value=5))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    async with database.transaction() as uow:
        assert await uow.connection.scalar(select(counter.c.value)) == 0


async def test_a_naive_moment_is_refused_before_it_is_stored(database, tables):
    with pytest.raises(StatementError, match="naive datetime"):
        async with database.transaction() as uow:
            await uow.connection.execute(insert(moment).values(at=datetime(2026, 3, 2, 9)))  # noqa: DTZ001 - the point


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=5, minutes=30)), timezone(timedelta(hours=-8))])
async def test_a_moment_comes_back_as_the_same_one_in_utc(database, tables, zone):
    stored = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=zone)
    async with database.transaction() as uow:
        await uow.connection.execute(insert(moment).values(at=stored))
        loaded = await uow.connection.scalar(select(moment.c.at))

    assert (loaded, loaded.utcoffset()) == (stored, timedelta(0))


@pytest.mark.parametrize("database_url", POSTGRES_ONLY, indirect=True)
async def test_the_database_s_clock_is_followed_however_wrong_this_machine_s_is(database):
    clock = DatabaseClock(database.engine)
    clock._ahead = timedelta(hours=3)

    await clock.synchronise()

    assert abs(clock() - datetime.now(UTC)) < timedelta(seconds=5)  # the server of the tests runs on this machine
