"""Both databases for every test that stores something; each test has one of its own."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from bot.db import Database, migrate
from bot.sandbox import SimulatedClock

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
START = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday


def _why_not() -> str:
    """Why PostgreSQL cannot be used; empty if it can. A server that was named must answer."""
    try:
        psycopg.connect(POSTGRES, connect_timeout=5).close()
    except psycopg.OperationalError:
        if "TEST_POSTGRES_URL" in os.environ:
            raise
        return "no PostgreSQL: set TEST_POSTGRES_URL, or start a server on 127.0.0.1:5432"
    return ""


WHY_NOT = _why_not()
DATABASES = ["sqlite", pytest.param("postgres", marks=pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT))]


def create_database(template: str = "template1") -> str:
    name = f"alignbot_{uuid4().hex}"
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        command = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        server.execute(command.format(sql.Identifier(name), sql.Identifier(template)))
    return name


def drop_database(name: str) -> None:
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def url_of(name: str) -> str:
    return POSTGRES.rpartition("/")[0].replace("postgresql://", "postgresql+psycopg://") + f"/{name}"


def sqlite_url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


def _migrate(url: str) -> None:
    async def upgraded() -> None:
        database = Database(url, lambda: START)
        await migrate.upgrade(database)
        await database.close()

    asyncio.run(upgraded())


@pytest.fixture(params=DATABASES)
def kind(request: pytest.FixtureRequest) -> str:
    """Which database a test runs on: each of them in turn."""
    return str(request.param)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "alignbot.db"
    _migrate(sqlite_url(path))
    return path


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[str]:
    name = create_database()
    _migrate(url_of(name))
    yield name
    drop_database(name)


@pytest.fixture
def empty_database_url(kind: str, tmp_path: Path) -> Iterator[str]:
    """The URL of a database that is not migrated yet."""
    if kind == "sqlite":
        yield sqlite_url(tmp_path / "alignbot.db")
        return
    name = create_database()
    yield url_of(name)
    drop_database(name)


@pytest.fixture
def database_url(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a database with the newest schema and nothing in it."""
    if kind == "sqlite":
        path = tmp_path / "alignbot.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield sqlite_url(path)
        return
    name = create_database(request.getfixturevalue("postgres_template"))
    yield url_of(name)
    drop_database(name)


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(START)


@pytest.fixture
async def database(database_url: str, clock: SimulatedClock) -> AsyncIterator[Database]:
    database = Database(database_url, clock)
    yield database
    await database.close()
