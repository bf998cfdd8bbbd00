"""Kickoffs that wait for an answer: one is started through the services, the others are copies of its rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Table, delete, func, insert, select

from bot.db import Database, UnitOfWork, migrate
from bot.db.outbox import unpack
from bot.db.tables import interview, job, lane, member, metadata, person, project
from bot.domain.bank import Bank, Role
from bot.domain.kickoff import Place, Request
from bot.domain.people import Person, PersonKind
from bot.packs.loader import load_bank
from bot.services import delivery, kickoffs

from .workspace import TEAM

HELD_BACK = timedelta(days=1)  # a lane that is free only then keeps the relay out of what is measured
BATCH = 500


@dataclass(frozen=True, slots=True)
class Seeded:
    """The first open question of one role in one kickoff."""

    project: int
    channel: str
    user: str
    thread: str
    asked_at: str  # ts of the question


async def seed(url: str, count: int, role: Role = Role.PM, *, held: bool = True) -> list[Seeded]:
    """Migrate an empty database and put in that many kickoffs, each in a channel of its own."""
    now = datetime.now(UTC)
    database = Database(url, lambda: now)
    try:
        await migrate.upgrade(database)
        async with database.transaction() as uow:
            await _first_kickoff(uow, load_bank(), now)
        async with database.transaction() as uow:
            await _post_everything(uow, load_bank(), now)
        async with database.transaction() as uow:
            await _copy(uow, count, now, held=held)
            return await _waiting(uow, role)
    finally:
        await database.close()


async def _first_kickoff(uow: UnitOfWork, bank: Bank, now: datetime) -> None:
    people = {user: _person(user, now) for user in (f"U{role.upper()}1" for role in Role)}
    request = Request("Ready By", "See when food is ready", {role: f"U{role.upper()}1" for role in Role})
    place = Place("C1", "ready-by", members=frozenset(people))
    await kickoffs.start(uow, bank, request, place, people["UPM1"], people, now)


def _person(user: str, now: datetime) -> Person:
    return Person(team=TEAM, user=user, name=user, zone="UTC", kind=PersonKind.MEMBER, admin=False, seen_at=now)


async def _post_everything(uow: UnitOfWork, bank: Bank, now: datetime) -> None:
    """What the relay does once Slack has taken a message, without Slack."""
    queued = (await uow.connection.execute(select(job).order_by(job.c.id))).all()
    for number, row in enumerate(queued):
        ts = f"{now.timestamp() - 60 + number / 1000:.6f}"
        await delivery.posted(uow, bank, TEAM, unpack(row.args), "C1", ts)
    await uow.outbox.flush()
    await uow.connection.execute(delete(job))


async def _copy(uow: UnitOfWork, count: int, now: datetime, *, held: bool) -> None:
    later = now + HELD_BACK
    await uow.connection.execute(project.update().values(next_ping_at=later, next_digest_at=later))
    await uow.connection.execute(delete(lane))
    for table in (project, person, *(t for t in metadata.sorted_tables if "project_id" in t.c)):
        rows = [row._asdict() for row in await uow.connection.execute(select(table))]
        await _insert(uow, table, (_as_of(row, n) for n in range(2, count + 1) for row in rows))
    lanes = [{"key": f"{TEAM}:C{n}", "free_at": later if held else now} for n in range(1, count + 1)]
    await _insert(uow, lane, lanes)


def _as_of(row: dict[str, Any], number: int) -> dict[str, Any]:
    """The row of the first kickoff as that of another one: everything that names it or its people is renamed."""
    changed = {
        "project_id": number,
        "channel": f"C{number}",
        "place_channel": f"C{number}",
        "slug": f"product {number}",
    }
    users = {name: f"{row[name][:-1]}{number}" for name in ("user_id", "started_by") if row.get(name)}
    ids = {"id": number} if "slug" in row else {}
    return {**row, **{name: value for name, value in changed.items() if name in row}, **users, **ids}


async def _insert(uow: UnitOfWork, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    rows = list(rows)
    for start in range(0, len(rows), BATCH):
        await uow.connection.execute(insert(table), rows[start : start + BATCH])


async def _waiting(uow: UnitOfWork, role: Role) -> list[Seeded]:
    query = (
        select(interview, member.c.user_id)
        .join(member, (member.c.project_id == interview.c.project_id) & (member.c.role == interview.c.role))
        .where(interview.c.role == role.value)
        .order_by(interview.c.project_id)
    )
    rows = await uow.connection.execute(query)
    return [Seeded(r.project_id, r.place_channel, r.user_id, r.place_ts, r.progress["trail"][-1][0]) for r in rows]


async def count(url: str, table: Table) -> int:
    """How many rows a table has."""
    database = Database(url, lambda: datetime.now(UTC))
    try:
        async with database.engine.connect() as connection:
            return int(await connection.scalar(select(func.count()).select_from(table)) or 0)
    finally:
        await database.close()
