"""What whoever runs the bot does by hand: migrate, look ahead, deal with what failed."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.config import Settings
from bot.db import Database, migrate
from bot.db.failures import Failure
from bot.db.rehearsal import Rehearsal
from bot.domain.errors import BotError
from bot.domain.project import Project
from bot.jobs import Done, tick
from bot.packs.loader import load_bank
from bot.runtime import NotMigrated, build
from bot.services import briefs, exchange, undelivered
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


async def export(settings: Settings, called: str, form: str) -> str:
    """One project, by its number or name, as a snapshot in JSON or as its brief in Markdown."""
    async with build(settings) as runtime:
        await must_be_migrated(runtime.database)
        async with runtime.database.transaction() as uow:
            project = _only(await uow.projects.called(called), called)
            if form == "brief":
                return briefs.as_markdown(await briefs.brief(uow, runtime.bank, project))
            return json.dumps(await exchange.export(uow, runtime.bank, project), indent=2, ensure_ascii=False)


def _only(found: Sequence[Project], called: str) -> Project:
    if len(found) == 1:
        return found[0]
    if not found:
        raise BotError(f"There is no project {called!r} in this database. Its number or its name finds it.")
    listed = "; ".join(f"{p.id} in {p.channel} ({p.stage.value}, {p.started_at:%Y-%m-%d})" for p in found)
    raise BotError(f"There are several projects named {called!r}: {listed}. Say which by its number.")


async def take_in(settings: Settings, document: Any) -> Project:
    """Store an exported project in this database."""
    async with build(settings) as runtime:
        await must_be_migrated(runtime.database)
        async with runtime.database.transaction() as uow:
            return await exchange.take_in(uow, runtime.bank, document)


async def must_be_migrated(database: Database) -> None:
    """Raises NotMigrated, which says what to run."""
    revision = await migrate.current(database)
    if revision != migrate.newest():
        raise NotMigrated(revision)
