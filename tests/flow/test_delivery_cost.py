"""What it costs: statements while nothing happens, statements of an answer, and no waiting between the two."""

import asyncio
from datetime import timedelta

import pytest

from bot.db.clock import DatabaseClock
from bot.db.lanes import Job, Nothing
from bot.domain.messages import InChannel, Note, Saying
from bot.jobs import EVERY, Heartbeat, create_scheduler, tick
from bot.slack import relay
from tests.conftest import POSTGRES_ONLY
from tests.db.evidence import Statements, asked
from tests.db.speaking import ANSWER, pm_card


async def test_an_idle_bot_asks_its_database_less_than_twice_a_second(kickoff, record_property):
    statements = Statements(kickoff.bot.database)
    assert isinstance(await kickoff.bot.relay.step(), Nothing)
    look = len(statements.seen)
    await tick(kickoff.bot.database, kickoff.bot.bank, kickoff.clock())
    minute = 60 / relay.IDLE * look + (len(statements.seen) - look) * 60 / EVERY.total_seconds() + 2  # the clock

    record_property("figures", f"idle: {minute:.0f} statements a minute")
    assert minute < 2 * 60


async def test_a_typed_answer_costs_few_statements(kickoff, record_property):
    statements = Statements(kickoff.bot.database)
    await kickoff.slack.says("pm", "ready-by", ANSWER, thread=pm_card(kickoff))
    answered = len(statements.seen)
    await kickoff.settle()

    told = (
        f"a typed answer: {answered} statements until it is acknowledged, {len(statements.seen)} with all that follows"
    )
    record_property("figures", told)
    assert answered <= 20
    assert len(statements.seen) <= 100


@pytest.fixture
async def running(kickoff, monkeypatch):
    """The relay works by itself, without pace, and never looks of its own accord."""
    monkeypatch.setattr(relay, "IDLE", 3600.0)
    kickoff.slack.world.pace.enabled = False
    kickoff.bot.relay.pace = timedelta(0)
    kickoff.clock.forward(timedelta(minutes=1))
    stop = asyncio.Event()
    task = asyncio.ensure_future(kickoff.bot.relay.run(stop))
    yield kickoff
    stop.set()
    await task


async def test_the_next_question_waits_for_no_look_at_the_queue(running):
    await running.slack.says("pm", "ready-by", ANSWER, thread=pm_card(running))

    await running.slack.until(lambda: len(running.slack.messages("ready-by", thread=pm_card(running))) == 3)
    assert (await asked(running.bot.database, running.slack, "ready-by"))[1, "pm.success_metric"] == 1


async def test_a_relay_without_work_stops_when_it_is_told_to(world):
    stop = asyncio.Event()
    resting = asyncio.create_task(world.bot.relay.run(stop))
    await asyncio.sleep(0)
    stop.set()

    ended, _ = await asyncio.wait({resting}, timeout=relay.IDLE / 2)  # it does not sleep out its rest

    assert ended == {resting}


async def test_a_relay_goes_on_after_its_database_was_away(running, monkeypatch):
    async def away() -> Nothing:
        raise ConnectionError("the database is away")

    with monkeypatch.context() as patched:
        patched.setattr(running.bot.lanes, "claim", away)
        running.bot.relay.wake()
        await asyncio.sleep(0.01)
    await running.slack.says("pm", "ready-by", ANSWER, thread=pm_card(running))

    await running.slack.until(lambda: len(running.slack.messages("ready-by", thread=pm_card(running))) == 3)
    assert (await asked(running.bot.database, running.slack, "ready-by"))[1, "pm.success_metric"] == 1


async def test_eight_messages_are_under_way_at_once_and_no_more(running):
    under_way: list[str] = []
    go_on, finish = asyncio.Event(), running.bot.relay.deliver

    async def slow(job: Job) -> None:
        under_way.append(job.lane)
        await go_on.wait()
        await finish(job)

    running.bot.relay.deliver = slow
    async with running.bot.database.transaction() as uow:
        for n in range(12):
            uow.outbox.say(Saying(Note(f"{n}"), InChannel("C_READY")), team="T0ACME", lane=f"T0ACME:{n}")
    await running.slack.until(lambda: len(under_way) == relay.AT_ONCE)
    running.bot.relay.wake()
    await asyncio.sleep(0.02)
    assert len(under_way) == relay.AT_ONCE

    go_on.set()
    await running.slack.until(lambda: sum(m.plain.isdecimal() for m in running.slack.messages("ready-by")) == 12)


@pytest.mark.parametrize("database_url", POSTGRES_ONLY, indirect=True)
async def test_a_clock_that_is_corrected_now_and_then_stays_that_of_the_database(kickoff):
    bot = kickoff.bot
    bot.database.clock = DatabaseClock(bot.database.engine)
    scheduler = create_scheduler(bot.database, bot.bank, bot.lanes, Heartbeat())

    assert {job.id for job in scheduler.get_jobs()} == {"tick", "purge", "clock"}
