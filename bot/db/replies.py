"""Typed replies and the questions they were filed under, so that an edited or deleted message can be followed."""

from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.bank import Role

from .tables import reply
from .upsert import insert


@dataclass(frozen=True, slots=True)
class FiledReply:
    project: int
    role: Role
    question: str | None
    by: str
    text: str


class Replies:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def file(self, channel: str, ts: str, filed: FiledReply) -> None:
        """Remember under which question a message went; again for one that was held first."""
        row = {
            "channel": channel,
            "ts": ts,
            "project_id": filed.project,
            "role": filed.role.value,
            "question": filed.question,
            "by": filed.by,
            "text": filed.text,
        }
        query = insert(self._connection, reply).values(row)
        await self._connection.execute(
            query.on_conflict_do_update(index_elements=["channel", "ts"], set_={"question": filed.question})
        )

    async def at(self, channel: str, ts: str) -> FiledReply | None:
        query = select(reply).where(reply.c.channel == channel, reply.c.ts == ts)
        row = (await self._connection.execute(query)).first()
        return FiledReply(row.project_id, Role(row.role), row.question, row.by, row.text) if row else None

    async def reword(self, channel: str, ts: str, text: str) -> None:
        here = (reply.c.channel == channel, reply.c.ts == ts)
        await self._connection.execute(update(reply).where(*here).values(text=text))

    async def remove(self, channel: str, ts: str) -> None:
        await self._connection.execute(delete(reply).where(reply.c.channel == channel, reply.c.ts == ts))
