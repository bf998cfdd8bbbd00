"""The one chain of migrations, for both databases."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from .engine import restructuring
from .tables import metadata
from .unit_of_work import Database

SCRIPTS = Path(__file__).parents[2] / "migrations"  # beside the package, in a checkout and where it is installed


class NotReachable(Exception):
    """The database does not answer, or does not let us in."""


async def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the schema to a revision, the newest by default. Raises NotReachable."""
    async with _reachable(database), restructuring(database.engine) as connection:
        await connection.run_sync(lambda c: command.upgrade(_config(c), revision))


async def downgrade(database: Database, revision: str = "base") -> None:
    async with _reachable(database), restructuring(database.engine) as connection:
        await connection.run_sync(lambda c: command.downgrade(_config(c), revision))


async def current(database: Database) -> str | None:
    """The revision of the schema; None where there is none yet. Raises NotReachable."""
    async with _reachable(database), database.engine.begin() as connection:
        return await connection.run_sync(lambda c: MigrationContext.configure(c).get_current_revision())


@asynccontextmanager
async def _reachable(database: Database) -> AsyncIterator[None]:
    try:
        yield
    except (OperationalError, OSError) as error:
        url = database.engine.url.render_as_string(hide_password=True)
        why = str(getattr(error, "orig", error)).strip().splitlines()[0]
        raise NotReachable(f"The database {url} cannot be reached: {why}. Check DATABASE_URL.") from error


def newest() -> str | None:
    return ScriptDirectory(str(SCRIPTS)).get_current_head()


async def drift(database: Database) -> list[object]:
    """Where the schema differs from the tables in code; empty if nowhere."""

    def compare(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))

    async with database.engine.connect() as connection:
        return await connection.run_sync(compare)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
