"""What was given up on: out of the lane, listed, kept by the purge, and posted again on request."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.db.lanes import Lanes, Nothing
from bot.db.tables import job

from .queueing import say, take, text_of

NOTHING = timedelta(0)


@pytest.fixture
def lanes(database):
    return Lanes(database)


async def test_what_is_refused_leaves_the_lane_and_is_listed_as_failed(database, lanes):
    await say(database, "a", "b")
    await lanes.refused(await take(lanes), "is_archived")

    assert text_of(await lanes.claim()) == "b"
    async with database.transaction() as uow:
        assert [(f.direction, f.kind, f.error) for f in await uow.failures.all()] == [("out", "Note", "is_archived")]


async def test_a_message_given_up_on_is_posted_again_after_a_look(database, lanes, clock):
    await say(database, "a")
    await lanes.refused(await take(lanes), "is_archived")

    async with database.transaction() as uow:
        assert await uow.failures.post_again(uow.now) == 1
        assert await uow.failures.all() == []

    claimed = await take(lanes)
    assert (text_of(claimed), claimed.attempt) == ("a", 2)
    await lanes.done(claimed, pace=NOTHING)
    async with database.transaction() as uow:
        assert await uow.failures.all() == []


async def test_posting_again_takes_no_lane_from_the_relay_at_work_in_it(database, lanes):
    await say(database, "a", "b")
    await lanes.refused(await take(lanes), "is_archived")
    at_work = await take(lanes)

    async with database.transaction() as uow:
        await uow.failures.post_again(uow.now)

    assert isinstance(await lanes.claim(), Nothing)
    assert await lanes.done(at_work, pace=NOTHING)
    assert text_of(await lanes.claim()) == "a"


async def test_purging_forgets_what_was_done_and_keeps_what_failed_or_waits(database, lanes, clock):
    await say(database, "done", "failed", "waits")
    await lanes.done(await take(lanes), pace=NOTHING)
    await lanes.refused(await take(lanes), "is_archived")
    clock.forward(timedelta(days=40))

    await lanes.purge(clock() - timedelta(days=35))

    async with database.transaction() as uow:
        rows = await uow.connection.execute(select(job.c.args).order_by(job.c.id))
        assert [row.args["message"]["text"] for row in rows] == ["failed", "waits"]
