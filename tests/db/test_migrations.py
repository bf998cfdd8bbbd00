"""The migrations: up, down and up again, without drift, on either database."""

import pytest
from sqlalchemy import inspect, text

from bot.db import Database, migrate
from bot.db.tables import metadata


@pytest.fixture
async def empty(database_url, clock):
    database = Database(database_url, clock)
    yield database
    await database.close()


async def tables_of(database: Database) -> set[str]:
    async with database.engine.connect() as connection:
        return set(await connection.run_sync(lambda c: inspect(c).get_table_names())) - {"alembic_version"}


async def test_up_down_and_up_again_leaves_exactly_the_tables_of_the_code(empty):
    assert await migrate.current(empty) is None

    await migrate.upgrade(empty)
    assert (await migrate.current(empty), await tables_of(empty)) == (migrate.newest(), set(metadata.tables))

    await migrate.downgrade(empty)
    assert (await migrate.current(empty), await tables_of(empty)) == (None, set())

    await migrate.upgrade(empty)
    assert await migrate.drift(empty) == []


async def test_upgrading_twice_changes_nothing(empty):
    await migrate.upgrade(empty)
    await migrate.upgrade(empty)
    assert (await migrate.current(empty), await migrate.drift(empty)) == (migrate.newest(), [])


async def test_a_column_that_no_migration_made_is_drift(empty):
    await migrate.upgrade(empty)
    async with empty.engine.begin() as connection:
        await connection.execute(text("ALTER TABLE person ADD COLUMN mood VARCHAR(8)"))

    assert await migrate.drift(empty) != []


async def test_a_migration_that_fails_leaves_nothing_half_done(empty):
    async with empty.engine.begin() as connection:
        await connection.execute(text("CREATE TABLE project (id INTEGER)"))  # in the way of the first migration

    with pytest.raises(Exception, match="project"):
        await migrate.upgrade(empty)

    assert (await migrate.current(empty), await tables_of(empty)) == (None, {"project"})
