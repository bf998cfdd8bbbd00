"""What is set for a whole workspace: where its leads read of all projects, when, and what they have read."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.portfolio import DAY, Leads

from .tables import workspace
from .upsert import insert


class Workspaces:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, team: str) -> Leads | None:
        """A workspace's settings, locked until commit."""
        query = select(workspace).where(workspace.c.team_id == team).with_for_update()
        row = (await self._connection.execute(query)).one_or_none()
        return _to_leads(row) if row else None

    async def due(self, now: datetime) -> Sequence[str]:
        """The workspaces whose leads are to be told something now."""
        query = select(workspace.c.team_id).where(workspace.c.next_leads_at <= now).order_by(workspace.c.team_id)
        return (await self._connection.scalars(query)).all()

    async def next_due(self) -> datetime | None:
        moment: datetime | None = await self._connection.scalar(select(func.min(workspace.c.next_leads_at)))
        return moment

    async def save(self, leads: Leads) -> None:
        row = _row(leads)
        query = insert(self._connection, workspace).values({"team_id": leads.team, "enterprise_id": "", **row})
        await self._connection.execute(query.on_conflict_do_update(index_elements=["team_id"], set_=row))

    async def delivered(self, team: str, week: str) -> None:
        """Slack has the digest of a week: the next one says what is new since."""
        leads = await self.get(team)
        if leads is not None and leads.week == week:
            told = {**_told(leads), "read": dict(leads.queued)}
            await self._connection.execute(update(workspace).where(workspace.c.team_id == team).values(told=told))


def _row(leads: Leads) -> dict[str, Any]:
    return {
        "leads_channel": leads.channel,
        "leads_day": leads.day,
        "leads_hour": leads.hour,
        "next_leads_at": leads.next_at,
        "told": _told(leads),
    }


def _told(leads: Leads) -> dict[str, Any]:
    return {"zone": leads.zone, "week": leads.week, "queued": dict(leads.queued), "read": dict(leads.read)}


def _to_leads(row: Row[Any]) -> Leads:
    return Leads(
        team=row.team_id,
        channel=row.leads_channel,
        day=row.leads_day or DAY,
        hour=row.leads_hour,
        zone=row.told.get("zone", "UTC"),
        next_at=row.next_leads_at,
        week=row.told.get("week", ""),
        queued=row.told.get("queued", {}),
        read=row.told.get("read", {}),
    )
