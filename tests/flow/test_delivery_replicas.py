"""Several replicas on one database: whatever all of them see to is done once."""

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta

from bot.db import Database
from bot.jobs import tick
from bot.sandbox.demo.world import open_bot
from tests.db.evidence import doubled, failures


async def tick_everywhere(world, replicas: int = 3) -> None:
    """The clocks of all replicas tick at the same moment."""
    async with AsyncExitStack() as stack:
        databases = [Database(world.bot.settings.database_url, world.clock) for _ in range(replicas)]
        for database in databases:
            stack.push_async_callback(database.close)
        await asyncio.gather(*(tick(database, world.bot.bank, world.clock()) for database in databases))
    await world.settle()


async def test_three_replicas_post_one_digest_and_remind_each_person_once(kickoff):
    kickoff.clock.move_to(kickoff.clock() + timedelta(days=1, hours=2))  # Tuesday
    before = len(kickoff.slack.messages("ready-by"))
    for _ in range(3):
        await tick_everywhere(kickoff)
        kickoff.clock.forward(timedelta(hours=1))

    assert len(kickoff.slack.messages("ready-by")) == before + 1
    assert len(kickoff.slack.dm("ml")) == 1
    assert all(len(kickoff.slack.dm(who)) <= 1 for who in ("pm", "eng"))
    assert doubled(kickoff.slack, "ready-by") == []
    assert await failures(kickoff.bot.database) == []


async def test_several_relays_post_one_conversation_once_and_in_order(kickoff):
    card = kickoff.slack.messages("ready-by")[1]
    for text in (
        "The order screen shows guests a time, so couriers leave on time",
        "And the kitchen sorts orders by it",
    ):
        await kickoff.slack.says("pm", "ready-by", text, thread=card)
    async with AsyncExitStack() as stack:
        url = kickoff.bot.settings.database_url
        others = [await stack.enter_async_context(open_bot(url, kickoff.clock, kickoff.slack)) for _ in range(3)]
        relays = [kickoff.bot.relay, *(other.relay for other, _ in others)]
        for _ in range(20):
            await asyncio.gather(*(relay.step() for relay in relays))
            kickoff.clock.forward(timedelta(seconds=1))
        await kickoff.slack.settled()
    await kickoff.settle()

    thread = [m.plain for m in kickoff.slack.messages("ready-by", thread=card) if m.by_bot]
    assert doubled(kickoff.slack, "ready-by") == []
    assert sum(text.startswith("Question") for text in thread) == 1
    assert kickoff.slack.ratelimited == 0
