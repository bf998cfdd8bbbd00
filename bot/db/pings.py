"""Which reminder went to whom on which day, and about what: the caps and the ladder are read from here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.reminders import Pinged

from .tables import ping, ping_item
from .upsert import insert


@dataclass(frozen=True, slots=True)
class SentPing:
    id: int
    team: str
    user: str
    day: date
    channel: str | None
    ts: str | None


class Pings:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, team: str, user: str, day: date, at: datetime, items: Iterable[Pinged]) -> int | None:
        """Take a person's one message of a day; None if somebody (another replica) took it before."""
        row = {"team_id": team, "enterprise_id": "", "user_id": user, "day": day, "at": at}
        query = insert(self._connection, ping).values(row).on_conflict_do_nothing().returning(ping.c.id)
        id: int | None = await self._connection.scalar(query)
        if id is not None:
            rows = [{"ping_id": id, "project_id": i.project, "subject": i.subject, "rule": i.rule} for i in items]
            await self._connection.execute(ping_item.insert(), rows)
        return id

    async def of(self, team: str, user: str) -> Sequence[Pinged]:
        """All that a person was reminded of so far, oldest first."""
        query = (
            select(ping_item, ping.c.day)
            .join(ping, ping.c.id == ping_item.c.ping_id)
            .where(ping.c.team_id == team, ping.c.user_id == user)
            .order_by(ping.c.day)
        )
        return [Pinged(r.project_id, r.subject, r.day, r.rule) for r in await self._connection.execute(query)]

    async def about(self, project: int, subject: str) -> Sequence[SentPing]:
        """The reminders in Slack that show a thing."""
        query = (
            select(ping)
            .join(ping_item, ping_item.c.ping_id == ping.c.id)
            .where(ping_item.c.project_id == project, ping_item.c.subject == subject, ping.c.ts.is_not(None))
            .order_by(ping.c.id)  # two transactions that edit the same reminders take them in one order
        )
        rows = await self._connection.execute(query)
        return [SentPing(r.id, r.team_id, r.user_id, r.day, r.channel, r.ts) for r in rows]

    async def items(self, id: int) -> Sequence[Pinged]:
        query = select(ping_item, ping.c.day).join(ping).where(ping.c.id == id).order_by(ping_item.c.subject)
        return [Pinged(r.project_id, r.subject, r.day, r.rule) for r in await self._connection.execute(query)]

    async def stands_at(self, team: str, user: str, day: date, channel: str, ts: str) -> None:
        here = (ping.c.team_id == team, ping.c.user_id == user, ping.c.day == day)
        await self._connection.execute(update(ping).where(*here).values(channel=channel, ts=ts))

    async def drop(self, team: str, user: str, day: date) -> None:
        """A reminder that turned out to be needless at the moment of sending does not count."""
        here = (ping.c.team_id == team, ping.c.user_id == user, ping.c.day == day, ping.c.ts.is_(None))
        mine = select(ping.c.id).where(*here)
        await self._connection.execute(delete(ping_item).where(ping_item.c.ping_id.in_(mine)))
        await self._connection.execute(delete(ping).where(*here))

    async def count(self) -> int:
        return await self._connection.scalar(select(func.count()).select_from(ping)) or 0
