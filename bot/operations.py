"""What whoever runs the bot does by hand: migrate, look ahead, deal with what failed."""

from collections.abc import Sequence
from datetime import datetime

from bot.config import Settings
from bot.db import Database, migrate
from bot.db.failures import Failure
from bot.db.rehearsal import Rehearsal
from bot.jobs import Done, tick
from bot.packs.loader import load_bank
from bot.runtime import NotMigrated, build
from bot.services import undelivered
from bot.slack import redelivery


async def migrate_database(settings: Settings) -> str | None:
    """Bring the database to the newest schema; the revision it is at then."""
    async with build(settings) as runtime:
        await migrate.upgrade(runtime.database)
        return await migrate.current(runtime.database)


async def tick_once(settings: Settings, at: datetime, *, rehearsal: bool) -> Sequence[Done]:
    """Everything that is due at a moment; in a rehearsal nothing of it is kept."""
    database = (Rehearsal if rehearsal else Database)(settings.database_url, lambda: at)
    try:
        await must_be_migrated(database)
        return await tick(database, load_bank(settings.alignbot_packs), at)
    finally:
        await database.close()


async def list_failed(settings: Settings) -> Sequence[Failure]:
    async with build(settings) as runtime:
        await must_be_migrated(runtime.database)
        async with runtime.database.transaction() as uow:
            return await uow.failures.all()


async def retry_failed(settings: Settings) -> tuple[int, int, int]:
    """How many events were handled, how many messages were queued again, and how much is left."""
    async with build(settings) as runtime:
        await must_be_migrated(runtime.database)
        async with runtime.database.transaction() as uow:
            came = [failure for failure in await uow.failures.all() if failure.direction == "in"]
        handled = sum([await redelivery.retry(runtime.app, runtime.database, failure) for failure in came])
        async with runtime.database.transaction() as uow:
            queued = await undelivered.post_again(uow, runtime.bank)
            return handled, queued, len(await uow.failures.all())


async def must_be_migrated(database: Database) -> None:
    """Raises NotMigrated, which says what to run."""
    revision = await migrate.current(database)
    if revision != migrate.newest():
        raise NotMigrated(revision)
