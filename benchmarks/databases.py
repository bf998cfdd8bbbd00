"""A database of its own for each run, gone afterwards: a SQLite file, or one on a PostgreSQL server."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
from psycopg import sql

from .figures import NotMeasured

KINDS = ("sqlite", "postgres")
SERVER = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")


@contextmanager
def database(kind: str) -> Iterator[str]:
    """The URL of an empty database."""
    with sqlite() if kind == "sqlite" else postgres() as url:
        yield url


@contextmanager
def sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="alignbot-bench-") as folder:
        yield f"sqlite+aiosqlite:///{folder}/alignbot.db"


@contextmanager
def postgres() -> Iterator[str]:
    name = f"alignbot_bench_{uuid4().hex[:12]}"
    _run("CREATE DATABASE {}", name)
    try:
        yield f"{SERVER.rpartition('/')[0].replace('postgresql://', 'postgresql+psycopg://')}/{name}"
    finally:
        _run("DROP DATABASE {} WITH (FORCE)", name)


def _run(statement: str, name: str) -> None:
    try:
        with psycopg.connect(SERVER, autocommit=True, connect_timeout=3) as server:
            server.execute(sql.SQL(statement).format(sql.Identifier(name)))
    except psycopg.OperationalError as error:
        raise NotMeasured(f"no PostgreSQL at {SERVER.rpartition('@')[2]}: {error}") from None
