"""The lanes: first in, first out; one relay in each; who died is replaced; who overran is not heard."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.db import Database
from bot.db.lanes import SHARE, Job, Lanes, Nothing
from bot.db.tables import job, lane
from tests.conftest import POSTGRES_ONLY

from .queueing import say, saying, take, text_of, waiting

LEASE, SECOND, NOTHING = timedelta(seconds=30), timedelta(seconds=1), timedelta(0)


@pytest.fixture
def lanes(database):
    return Lanes(database, LEASE)


async def test_a_lane_goes_in_the_order_in_which_it_was_written(database, lanes):
    await say(database, "a", "b", "c")
    said = []
    while isinstance(claimed := await lanes.claim(), Job):
        said.append(text_of(claimed))
        await lanes.done(claimed, pace=NOTHING)

    assert said == ["a", "b", "c"]


async def test_a_clock_that_runs_late_on_one_replica_changes_no_order(database, lanes, clock, migrated_url):
    behind = Database(migrated_url, lambda: clock() - SECOND)
    await say(database, "a")
    await say(behind, "b")
    await behind.close()

    assert text_of(await lanes.claim()) == "a"


async def test_only_one_relay_works_a_lane_and_others_work_other_lanes(database, lanes):
    await say(database, "a1", "a2", lane="T1:A")
    await say(database, "b1", lane="T1:B")

    assert [text_of(await lanes.claim()) for _ in range(2)] == ["a1", "b1"]
    assert isinstance(await lanes.claim(), Nothing)


async def test_pace_holds_a_lane_back_and_no_other(database, lanes, clock):
    await say(database, "a1", "a2", lane="T1:A")
    await lanes.done(await take(lanes), pace=SECOND)
    await say(database, "b1", lane="T1:B")

    assert text_of(await lanes.claim()) == "b1"
    assert await lanes.claim() == Nothing(clock() + SECOND)
    clock.forward(SECOND)
    assert text_of(await lanes.claim()) == "a2"


async def test_it_is_known_when_the_next_one_can_be_worked(database, lanes, clock):
    assert await lanes.claim() == Nothing(None)
    await say(database, "card", slot="card:1")
    assert await lanes.claim() == Nothing(clock() + 2 * SECOND)
    await say(database, "a")
    await take(lanes)
    assert await lanes.claim() == Nothing(clock() + LEASE)


async def test_the_lane_of_a_dead_relay_is_taken_over_when_its_lease_ends(database, lanes, clock):
    await say(database, "a", "b")
    first = await take(lanes)
    clock.forward(LEASE - SECOND)
    assert isinstance(await lanes.claim(), Nothing)

    clock.forward(SECOND)
    second = await take(lanes)

    assert (text_of(second), first.attempt, second.attempt) == ("a", 1, 2)
    assert second.tried_at == first.tried_at  # from there on a search for the first try begins


async def test_a_relay_stops_talking_to_slack_before_its_lease_ends(database, lanes, clock):
    await say(database, "a")

    assert (await take(lanes)).mine_until == clock() + SHARE * LEASE


async def test_what_an_overrun_relay_brings_is_dropped(database, lanes, clock):
    await say(database, "a", "b")
    late = await take(lanes)
    clock.forward(LEASE)
    current, effects = await take(lanes), []

    async def effect(uow) -> None:
        effects.append(uow.now)

    assert not await lanes.done(late, pace=NOTHING, effect=effect)
    assert not await lanes.later(late, SECOND, why="503")
    assert not await lanes.refused(late, "is_archived")
    assert (effects, await waiting(database)) == ([], ["a", "b"])
    assert isinstance(await lanes.claim(), Nothing), "the lease of the one at work still holds"
    assert await lanes.done(current, pace=NOTHING, effect=effect)
    assert len(effects) == 1


async def test_an_excused_try_does_not_make_an_overrun_one_current_again(database, lanes, clock):
    await say(database, "a")
    late = await take(lanes)
    clock.forward(LEASE)
    await lanes.later(await take(lanes), SECOND, why="ratelimited", counts=False)

    assert not await lanes.done(late, pace=NOTHING)


async def test_the_effect_and_the_end_of_a_job_happen_together_or_not_at_all(database, lanes, clock):
    await say(database, "a")

    async def effect(uow) -> None:
        await uow.failures.keep("T1", "x", "x", {}, "x", uow.now)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await lanes.done(await take(lanes), pace=NOTHING, effect=effect)

    async with database.transaction() as uow:
        assert await uow.failures.all() == []
    clock.forward(LEASE)
    assert text_of(await lanes.claim()) == "a"


async def test_a_wait_that_slack_asked_for_is_no_failed_try(database, lanes, clock):
    await say(database, "a")
    attempts = []
    for _ in range(3):
        claimed = await take(lanes)
        attempts.append(claimed.attempt)
        await lanes.later(claimed, 7 * SECOND, why="ratelimited", counts=False)
        assert await lanes.claim() == Nothing(clock() + 7 * SECOND)
        clock.forward(7 * SECOND)

    assert attempts == [1, 1, 1]


async def test_a_failed_try_counts_and_holds_the_lane(database, lanes, clock):
    await say(database, "a", "b")
    for attempt in (1, 2, 3):
        claimed = await take(lanes)
        assert (text_of(claimed), claimed.attempt) == ("a", attempt)
        await lanes.later(claimed, SECOND, why="HTTP 503")
        assert isinstance(await lanes.claim(), Nothing)
        clock.forward(SECOND)


async def test_the_backlog_is_counted_with_the_age_of_its_oldest(database, lanes, clock):
    assert await lanes.backlog() == (0, None)
    began = clock()
    await say(database, "a", "b")
    clock.forward(SECOND)
    await lanes.done(await take(lanes), pace=NOTHING)

    assert await lanes.backlog() == (1, began)


async def test_four_competing_relays_post_everything_once_and_in_order(migrated_url, clock):
    databases = [Database(migrated_url, clock) for _ in range(4)]
    names, posted = [f"T1:C{n}" for n in range(5)], []
    for n in range(8):
        await asyncio.gather(*(say(databases[0], f"{name} {n}", lane=name) for name in names))

    async def relay(database: Database) -> None:
        lanes = Lanes(database, LEASE)
        while len(posted) < 40:
            claimed = await lanes.claim()
            if isinstance(claimed, Job):
                posted.append(text_of(claimed))
                await lanes.done(claimed, pace=NOTHING)

    async with asyncio.timeout(30):
        await asyncio.gather(*map(relay, databases))
    for database in databases:
        await database.close()

    for name in names:
        assert [text for text in posted if text.startswith(f"{name} ")] == [f"{name} {n}" for n in range(8)]


async def test_a_lane_with_thousands_waiting_stops_no_other(database, lanes, clock):
    async with database.transaction() as uow:
        await uow.connection.execute(lane.insert(), [{"key": "T1:A", "free_at": clock() + LEASE}])
        row = {"team_id": "T1", "enterprise_id": "", "lane": "T1:A", "kind": "Note", "args": {}, "due_at": clock()}
        rows = [{**row, "key": f"{n}", "tries": 0, "excused": 0} for n in range(3000)]
        await uow.connection.execute(job.insert(), rows)
    await say(database, "b", lane="T1:B")

    assert text_of(await lanes.claim()) == "b"


@pytest.mark.parametrize("database_url", POSTGRES_ONLY, indirect=True)
async def test_whoever_adds_to_a_lane_does_not_hide_it_from_the_relays(database, lanes):
    """A job that is being written holds a key lock on its lane until its transaction ends."""
    await say(database, "a")
    async with database.transaction() as uow:
        uow.outbox.say(saying("b"), team="T1", lane="T1:C1")
        await uow.outbox.flush()
        assert text_of(await lanes.claim()) == "a"


@pytest.mark.parametrize("database_url", POSTGRES_ONLY, indirect=True)
async def test_a_job_that_another_relay_finishes_between_look_and_lock_is_not_worked_again(database, lanes, clock):
    """The look is a snapshot of the past; the lock and the try number are of now."""
    await say(database, "a")
    rival = Lanes(database, LEASE)
    take_it, lanes._take = lanes._take, None

    async def too_late(uow, row) -> Job | None:
        await uow.connection.execute(update(lane).values(free_at=clock()))
        mine = update(job).where(job.c.id == row.id).values(done_at=clock(), tries=row.tries + 1)
        await uow.connection.execute(mine)
        return await take_it(uow, row)

    lanes._take = too_late

    assert await lanes.claim() == Nothing(clock())
    assert await rival.claim() == Nothing(None)
