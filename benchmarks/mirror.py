"""The statements of a typed answer, written by hand: the least that storing the same costs with SQLAlchemy Core.

`python -m benchmarks statements` says so when the bot's statements are no longer these.
"""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.entries import SAID_AND_HAPPENED
from bot.db.tables import answer, failed, handled, interview, job, member, project, reply
from bot.db.upsert import insert

QUESTION, NEXT = "pm.user_decision", "pm.success_metric"
_SAID = {"message": {"kind": "Record", "project": 1, "text": "x" * 480}, "to": {"kind": "OverCard", "project": 1}}
_PARTS = [column.label(f"i_{column.name}") for column in interview.c if column.name != "project_id"]
_MEMBERS = [member.c[name].label(f"m_{name}") for name in ("role", "user_id", "part")]


async def store_answer(connection: AsyncConnection, body: dict[str, Any]) -> None:
    """One reply, in the transaction of this connection."""
    event, now = body["event"], datetime.now(UTC)
    key = f"event:{body['event_id']}"
    once = insert(connection, handled).values(once=key, at=now).on_conflict_do_nothing()
    await connection.scalar(once.returning(handled.c.once))
    await connection.execute(delete(failed).where(failed.c.once == key))
    rows = await _project(connection, event["channel"], event["thread_ts"])
    id = rows[0].id
    (await connection.execute(SAID_AND_HAPPENED, {"ids": [id]})).all()
    await connection.execute(answer.insert(), [_answer(id, event, now)])
    held = next(row for row in rows if row.i_role == "pm")
    this = (interview.c.project_id == id, interview.c.role == "pm")
    await connection.execute(update(interview).where(*this).values(_interview(held, now)))
    filed = insert(connection, reply).values(_reply(id, event))
    await connection.execute(filed.on_conflict_do_update(index_elements=["channel", "ts"], set_={"question": QUESTION}))
    await _say(connection, id, event["channel"], body["team_id"], now)


async def _project(connection: AsyncConnection, channel: str, ts: str) -> Any:
    here = select(interview.c.project_id).where(interview.c.place_channel == channel, interview.c.place_ts == ts)
    if connection.dialect.name != "sqlite":
        lock = select(project.c.id).where(project.c.id.in_(here)).order_by(project.c.id)
        await connection.execute(lock.with_for_update())
    query = (
        select(project, *_PARTS, *_MEMBERS)
        .join(interview, interview.c.project_id == project.c.id)
        .outerjoin(member, member.c.project_id == project.c.id)
        .where(project.c.id.in_(here))
        .order_by(project.c.id)
    )
    return (await connection.execute(query)).all()


def _answer(id: int, event: dict[str, Any], now: datetime) -> dict[str, Any]:
    said = {"project_id": id, "question": QUESTION, "value": event["text"], "withdrawn": False, "by": event["user"]}
    return {
        **said,
        "at": now,
        "channel": event["channel"],
        "ts": event["ts"],
        "marks": [],
        "note": "",
        "confirmed_at": None,
    }


def _interview(held: Any, now: datetime) -> dict[str, Any]:
    place = {"card_ts": held.i_card_ts, "place_channel": held.i_place_channel, "place_ts": held.i_place_ts}
    progress = {**held.i_progress, "posting": True}
    return {"role": "pm", **place, "asked": NEXT, "asked_at": now, "progress": progress}


def _reply(id: int, event: dict[str, Any]) -> dict[str, Any]:
    place = {"channel": event["channel"], "ts": event["ts"]}
    return {**place, "project_id": id, "role": "pm", "question": QUESTION, "by": event["user"], "text": event["text"]}


async def _say(connection: AsyncConnection, id: int, channel: str, team: str, now: datetime) -> None:
    key = f"{team}:{channel}"
    slots = (None, f"message:{channel}:{json.dumps(id)}", f"card:{id}:pm", f"card:{id}")
    shared = {"team_id": team, "enterprise_id": "", "lane": key, "kind": "Record", "args": _SAID, "due_at": now}
    rows = [{**shared, "key": uuid4().hex, "slot": slot, "tries": 0, "excused": 0} for slot in slots]
    query = insert(connection, job)
    waiting = (job.c.tried_at.is_(None)) & (job.c.done_at.is_(None))
    newest = {"args": query.excluded.args}
    query = query.on_conflict_do_update(index_elements=["slot"], index_where=waiting, set_=newest)
    await connection.execute(query, rows)
