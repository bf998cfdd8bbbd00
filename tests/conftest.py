"""Both databases for every test that stores something; each test has one of its own."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
import structlog
from psycopg import sql

from bot.db import Database, migrate
from bot.db.tables import metadata
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
POSTGRES_ONLY = [pytest.param("postgres", marks=pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT))]
DATABASES = ["sqlite", *POSTGRES_ONLY]


def url_of(name: str) -> str:
    return POSTGRES.rpartition("/")[0].replace("postgresql://", "postgresql+psycopg://") + f"/{name}"


def sqlite_url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


@contextmanager
def postgres_database() -> Iterator[str]:
    """A database of its own; dropping one makes the server write everything down, so tests share a few."""
    name = f"alignbot_{uuid4().hex}"
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield name
    finally:
        with psycopg.connect(POSTGRES, autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def clear(name: str, command: str) -> None:
    """Run something in a database in which nobody else is at work any more."""
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
    with psycopg.connect(POSTGRES.rpartition("/")[0] + f"/{name}", autocommit=True) as there:
        there.execute(others, [name])
        there.execute(command.encode())


def migrated(url: str) -> str:
    async def upgrade() -> None:
        database = Database(url, lambda: START)
        await migrate.upgrade(database)
        await database.close()

    asyncio.run(upgrade())
    return url


@pytest.fixture(scope="session")
def empty_postgres() -> Iterator[str]:
    with postgres_database() as name:
        yield name


@pytest.fixture(scope="session")
def migrated_postgres() -> Iterator[str]:
    with postgres_database() as name:
        migrated(url_of(name))
        yield name


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "alignbot.db"
    migrated(sqlite_url(path))
    return path


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, not migrated yet, of each kind in turn."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "alignbot.db")
    name: str = request.getfixturevalue("empty_postgres")
    clear(name, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    return url_of(name)


@pytest.fixture
def migrated_url(database_url: str, request: pytest.FixtureRequest) -> str:
    """The URL of a database of the same kind with the newest schema and nothing in it."""
    if database_url.startswith("sqlite"):
        shutil.copy(request.getfixturevalue("migrated_sqlite"), database_url.partition("///")[2])
        return database_url
    name: str = request.getfixturevalue("migrated_postgres")
    clear(name, f"TRUNCATE {', '.join(metadata.tables)} RESTART IDENTITY")
    return url_of(name)


@pytest.fixture(autouse=True)
def _plain_log() -> None:
    """Without pictures of tracebacks, which take seconds to draw."""
    structlog.reset_defaults()
    structlog.configure(processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()])


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(START)


@pytest.fixture
async def database(migrated_url: str, clock: SimulatedClock) -> AsyncIterator[Database]:
    database = Database(migrated_url, clock)
    yield database
    await database.close()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with a file in the folder `golden` beside the test; --rewrite-golden writes it instead."""

    def check(name: str, text: str) -> None:
        path = request.path.parent / "golden" / f"{name}.txt"
        lines = "\n".join(line.rstrip() for line in text.splitlines()) + "\n"
        if request.config.getoption("--rewrite-golden"):
            path.write_text(lines)
        assert lines == path.read_text()

    return check


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-golden", action="store_true", help="write the texts that tests compare with anew")
    parser.addoption("--every-death", action="store_true", help="let the bot die at every step, not at a part of them")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests measured, whichever process they ran in."""
    reports = [r for found in terminalreporter.stats.values() for r in found if isinstance(r, pytest.TestReport)]
    figures = [text for r in reports if r.when == "call" for name, text in r.user_properties if name == "figures"]
    for text in sorted(map(str, figures)):
        terminalreporter.write_line(text)
