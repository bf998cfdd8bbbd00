"""What the clock starts. Every replica ticks; the database lets each effect happen once. One item, one transaction."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.db import Database, UnitOfWork
from bot.db.clock import EVERY as CORRECTED
from bot.db.clock import DatabaseClock
from bot.db.lanes import Lanes
from bot.domain.bank import Bank
from bot.domain.reminders import Send
from bot.services import checks, digests, portfolio, reminders

log = structlog.get_logger(__name__)

KEPT = timedelta(days=35)  # Slack may deliver an event again for a day; keys and posted messages are kept longer
EVERY = timedelta(seconds=60)
CLEANING = timedelta(hours=6)

Id = TypeVar("Id")


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that a tick did: for the log and for `alignbot tick`."""

    what: str
    to: str
    rule: str


async def tick(database: Database, bank: Bank, now: datetime) -> Sequence[Done]:
    """Everything that is due at a moment, once; safe on several replicas and as often as one likes."""
    looked = await _look(database, bank, now)
    reported = [*await _digest(database, bank, now), *await _tell_leads(database, bank, now)]
    return [*looked, *await _remind(database, bank, now), *reported]


async def _look(database: Database, bank: Bank, now: datetime) -> Sequence[Done]:
    """Before the reminders: it finds what they are about."""
    async with database.transaction() as uow:
        due = await uow.projects.checks_due(now)
    told = await one_by_one(database, due, lambda uow, id: checks.look(uow, bank, id, now))
    return [Done("finding", title, "critical finding, daily look") for titles in told for title in titles]


async def _remind(database: Database, bank: Bank, now: datetime) -> Sequence[Done]:
    async with database.transaction() as uow:
        due = await uow.projects.pings_due(now)
    found = await one_by_one(database, due, lambda uow, id: reminders.remind_project(uow, bank, id, now))
    verdicts = [verdict for some in found for verdict in some if verdict.sent]
    return [
        Done("reminder", v.user, f"{rule.subject}: {rule.rule}")
        for v in verdicts
        if isinstance(v.decision, Send)
        for rule in v.decision.rules
    ]


async def _digest(database: Database, bank: Bank, now: datetime) -> Sequence[Done]:
    async with database.transaction() as uow:
        due = await uow.projects.digests_due(now)
    said = await one_by_one(database, due, lambda uow, id: digests.post_due(uow, bank, id, now))
    return [Done("digest", message.name, f"weekly digest {message.week}") for message in said if message]


async def _tell_leads(database: Database, bank: Bank, now: datetime) -> Sequence[Done]:
    async with database.transaction() as uow:
        due = await uow.workspaces.due(now)
    said = await one_by_one(database, due, lambda uow, team: portfolio.post_due(uow, bank, team, now))
    return [Done("leads' digest", message.team, f"weekly digest {message.week}") for message in said if message]


async def one_by_one(
    database: Database, ids: Iterable[Id], act: Callable[[UnitOfWork, Id], Awaitable[Any]]
) -> list[Any]:
    """Give each item a transaction of its own, so that one bad item spoils nothing else."""
    results = []
    for id in ids:
        try:
            async with database.transaction() as uow:
                results.append(await act(uow, id))
        except Exception:
            log.exception("an item failed", id=id)
    return results


async def purge(database: Database, lanes: Lanes, now: datetime) -> None:
    """Forget what only guards against repetition, once nothing can be repeated any more."""
    await lanes.purge(now - KEPT)
    async with database.transaction() as uow:
        await uow.forget_handled(now - KEPT)


class Heartbeat:
    """When the clock last ticked, for readiness."""

    def __init__(self) -> None:
        self.at: datetime | None = None


def create_scheduler(database: Database, bank: Bank, lanes: Lanes, heartbeat: Heartbeat) -> AsyncIOScheduler:
    """A clock that decides nothing: what is due is computed from rows, so a missed tick loses nothing."""

    async def beat() -> None:
        now = database.clock()
        heartbeat.at = now
        for done in await tick(database, bank, now):
            log.info("due", what=done.what, to=done.to, rule=done.rule)

    async def clean() -> None:
        await purge(database, lanes, database.clock())

    # Without a grace time a tick that comes late by more than a second would be left out.
    late = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=late)
    now = datetime.now(UTC)
    scheduler.add_job(until_stopped(beat), "interval", seconds=EVERY.total_seconds(), id="tick", next_run_time=now)
    scheduler.add_job(
        until_stopped(clean), "interval", seconds=CLEANING.total_seconds(), id="purge", next_run_time=now + EVERY
    )
    if isinstance(database.clock, DatabaseClock):
        scheduler.add_job(
            until_stopped(database.clock.synchronise), "interval", seconds=CORRECTED.total_seconds(), id="clock"
        )
    return scheduler


def until_stopped(job: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
    """A job that the end of the process may cut short: what it had not committed is done at the next start."""

    async def run() -> None:
        try:
            await job()
        except asyncio.CancelledError:
            log.info("stopped amid a tick")

    return run
