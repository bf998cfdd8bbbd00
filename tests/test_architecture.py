"""What import-linter, ruff and mypy cannot see of docs/architecture.md."""

import ast
import inspect
import os
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.db import migrate
from bot.db.unit_of_work import Database
from bot.slack import clicks, commands, events, messages, shortcuts, submissions

ROOT = Path(__file__).parent.parent
BOT = ROOT / "bot"
DOMAIN = sorted((BOT / "domain").rglob("*.py"))

# Standard, and yet the world outside: files, clocks, chance, other tasks.
OUTSIDE = {
    "asyncio",
    "logging",
    "multiprocessing",
    "os",
    "pathlib",
    "random",
    "secrets",
    "shutil",
    "socket",
    "sqlite3",
    "subprocess",
    "tempfile",
    "threading",
    "time",
}
CLOCKS = {"now", "utcnow", "today"}


def path_in_bot(path: Path) -> str:
    return str(path.relative_to(BOT))


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "bot.domain" if node.level else str(node.module)


@pytest.mark.parametrize("path", DOMAIN, ids=path_in_bot)
def test_the_domain_imports_only_itself_and_harmless_parts_of_the_standard_library(path):
    allowed = sys.stdlib_module_names - OUTSIDE
    names = imported(ast.parse(path.read_text()))

    assert [
        name for name in names if name.split(".")[0] not in allowed and not f"{name}.".startswith("bot.domain.")
    ] == []


@pytest.mark.parametrize("path", DOMAIN, ids=path_in_bot)
def test_the_domain_waits_for_nothing_and_reads_no_clock(path):
    nodes = list(ast.walk(ast.parse(path.read_text())))

    assert [node.lineno for node in nodes if isinstance(node, ast.Await | ast.AsyncFunctionDef)] == []
    assert [node.lineno for node in nodes if isinstance(node, ast.Attribute) and node.attr in CLOCKS] == []


def test_every_part_of_the_bot_has_its_place_in_the_import_rules():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    placed = {name.strip(" ()") for layer in layers for name in layer.split("|")} | {"bot.sandbox"}
    parts = {f"bot.{path.stem}" for path in BOT.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}

    assert parts - {"bot.__init__"} <= placed


def test_every_folder_of_code_is_a_package_so_that_the_import_rules_see_it():
    folders = {path.parent for path in BOT.rglob("*.py")}

    assert [path_in_bot(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_no_module_is_named_for_nothing():
    nothing = {"common", "core", "helpers", "manager", "misc", "utils"}

    assert [path_in_bot(path) for path in BOT.rglob("*.py") if path.stem in nothing] == []


@pytest.mark.parametrize(
    "listener",
    [clicks.click, commands.align, events.happened, messages.message, shortcuts.shortcut, submissions.submit],
    ids=lambda listener: listener.__name__,
)
def test_bolt_can_fill_every_argument_of_a_listener(listener):
    known = set(inspect.signature(AsyncArgs).parameters) | {"alignbot"}
    spec = inspect.getfullargspec(listener)

    assert set(spec.args) <= known, "Bolt passes None for a name that it does not know"
    assert not spec.kwonlyargs, "Bolt does not fill keyword-only arguments"


@pytest.fixture
def sqlite(tmp_path):
    return f"sqlite+aiosqlite:///{tmp_path}/empty.db"


@pytest.fixture
def postgresql():
    url = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
    try:
        server = psycopg.connect(url, autocommit=True, connect_timeout=5)
    except psycopg.OperationalError:
        if "TEST_POSTGRES_URL" in os.environ:
            raise
        pytest.skip("no PostgreSQL: set TEST_POSTGRES_URL, or start a server on 127.0.0.1:5432")
    name = f"alignbot_{uuid4().hex}"
    with server:
        server.execute(f"CREATE DATABASE {name}".encode())
        yield urlsplit(url)._replace(scheme="postgresql+psycopg", path=f"/{name}").geturl()
        server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.mark.parametrize("empty", ["sqlite", "postgresql"])
async def test_the_migrations_make_exactly_the_tables_of_the_code_without_drift(empty, request):
    database = Database(request.getfixturevalue(empty), lambda: datetime.now(UTC))

    await migrate.upgrade(database)

    assert await migrate.drift(database) == []
    await database.close()
