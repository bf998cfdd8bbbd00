"""Cached facts about people."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.people import Person, PersonKind

from .tables import person
from .upsert import insert


class People:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, team: str, user: str) -> Person | None:
        found = await self.of(team, [user])
        return found[0] if found else None

    async def of(self, team: str, users: Iterable[str]) -> Sequence[Person]:
        query = select(person).where(person.c.team_id == team, person.c.user_id.in_(list(users)))
        return [_to_person(row) for row in await self._connection.execute(query)]

    async def save(self, people: Sequence[Person]) -> None:
        """Store facts as they are now; a known direct message channel is kept."""
        for one in people:
            row = _row(one)
            fresh = {name: value for name, value in row.items() if name not in ("team_id", "user_id", "dm")}
            query = insert(self._connection, person).values(row)
            await self._connection.execute(
                query.on_conflict_do_update(index_elements=["team_id", "user_id"], set_=fresh)
            )

    async def remember_dm(self, team: str, user: str, channel: str) -> None:
        query = update(person).where(person.c.team_id == team, person.c.user_id == user)
        await self._connection.execute(query.values(dm=channel))


def _row(one: Person) -> dict[str, Any]:
    return {
        "enterprise_id": "",
        "team_id": one.team,
        "user_id": one.user,
        "name": one.name,
        "zone": one.zone,
        "kind": one.kind.value,
        "admin": one.admin,
        "seen_at": one.seen_at,
        "dm": one.dm,
    }


def _to_person(row: Row[Any]) -> Person:
    return Person(
        team=row.team_id,
        user=row.user_id,
        name=row.name,
        zone=row.zone,
        kind=PersonKind(row.kind),
        admin=row.admin,
        seen_at=row.seen_at,
        dm=row.dm,
    )
