"""The migrations: up, down and up again, without drift, on either database."""

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from bot.db import Database, migrate
from bot.db.tables import metadata
from bot.domain.bank import Role


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


STORED = (
    "INSERT INTO project (id, enterprise_id, team_id, channel, private, name, slug, summary, started_by, started_at, "
    "zone, stage, reachable, bank_version, digest_day, digest_hour) VALUES (1, '', 'T1', 'C1', false, 'Ready-By', "
    "'ready-by', '', 'U1', '2026-03-02 09:00:00', 'UTC', 'active', true, 1, 2, 10)",
    "INSERT INTO member (project_id, role, user_id, part) VALUES (1, 'pm', 'U1', 'owner')",
    *(f"INSERT INTO interview (project_id, role, progress) VALUES (1, '{role}', '{{}}')" for role in Role),
    "INSERT INTO answer (project_id, question, value, withdrawn, by, at, marks, note) VALUES (1, 'pm.decider', "
    "'\"U1\"', false, 'U1', '2026-03-02 09:00:00', '[]', '')",
    "INSERT INTO digest (project_id, week, facts, at, ts) VALUES (1, '2026-W09', '{}', '2026-03-02 09:00:00', '1')",
    "INSERT INTO ping (id, enterprise_id, team_id, user_id, day, at) VALUES (1, '', 'T1', 'U1', '2026-03-02', "
    "'2026-03-02 09:00:00')",
    "INSERT INTO ping_item (ping_id, project_id, question, rule) VALUES (1, 1, 'pm.today', 'question, working day 1')",
)


async def test_what_the_first_release_stored_is_all_there_afterwards(empty):
    await migrate.upgrade(empty, "0001")
    async with empty.engine.begin() as connection:
        for statement in STORED:
            await connection.exec_driver_sql(statement)

    await migrate.upgrade(empty)

    async with empty.transaction() as uow:
        project = await uow.projects.get(1)
        assert project.answers["pm.decider"].value == "U1"
        assert (project.owner(Role.PM), project.pulse_weeks, project.shared) == ("U1", 2, False)
        assert [p.subject for p in await uow.pings.of("T1", "U1")] == ["pm.today"]
        assert await uow.digests.history(1, 5) == [{}]


async def test_after_a_migration_rows_still_go_with_their_project(empty):
    await migrate.upgrade(empty)
    async with empty.engine.begin() as connection:
        with pytest.raises(IntegrityError):
            await connection.exec_driver_sql(STORED[1])
