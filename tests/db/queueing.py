"""Short words for tests of the queue: messages that are only a text, said into lanes."""

from typing import Any

from sqlalchemy import select

from bot.db import Database
from bot.db.lanes import Job, Lanes, Nothing
from bot.db.outbox import unpack
from bot.db.tables import job
from bot.domain.messages import InChannel, Note, Over, Saying


async def say(database: Database, *texts: str, lane: str = "T1:C1", **options: Any) -> None:
    """Each text in a transaction of its own."""
    for text in texts:
        async with database.transaction() as uow:
            uow.outbox.say(saying(text, **options), team="T1", lane=lane)


def saying(text: str, *, slot: str | None = None, once: str | None = None) -> Saying:
    return Saying(Note(text), Over("C1", "1.0") if slot else InChannel("C1"), once=once, slot=slot)


def text_of(claimed: Job | Nothing) -> str:
    assert isinstance(claimed, Job), "nothing could be claimed"
    message = unpack(claimed.args).message
    assert isinstance(message, Note)
    return message.text


async def take(lanes: Lanes) -> Job:
    claimed = await lanes.claim()
    assert isinstance(claimed, Job), "nothing could be claimed"
    return claimed


async def waiting(database: Database) -> list[str]:
    """The texts that are not done, in the order in which they were written."""
    async with database.transaction() as uow:
        rows = await uow.connection.execute(select(job.c.args).where(job.c.done_at.is_(None)).order_by(job.c.id))
        return [row.args["message"]["text"] for row in rows]
