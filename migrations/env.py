"""Runs migrations on the connection of whoever asks, or on the database of the settings for the alembic command."""

import asyncio

from alembic import context
from sqlalchemy import Connection

from bot.config import load_settings
from bot.db.engine import make_engine, restructuring
from bot.db.tables import metadata


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        compare_type=True,
        render_as_batch=True,
        transactional_ddl=True,
        user_module_prefix="tables.",
    )
    with context.begin_transaction():
        context.run_migrations()


async def run_on_settings() -> None:
    engine = make_engine(load_settings().database_url)
    async with restructuring(engine) as connection:
        await connection.run_sync(run)
    await engine.dispose()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    asyncio.run(run_on_settings())
