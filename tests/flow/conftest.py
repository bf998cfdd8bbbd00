"""A workspace with three people and a channel, the real bot beside it, on a clock that is moved by hand."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.sandbox import SimulatedClock
from bot.sandbox.demo.world import World, open_world

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
KICKOFF = "kickoff Ready-By pm:<@U_PM> ml:<@U_ML> eng:<@U_ENG> launch:2026-06-01 See when food is ready"


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(MONDAY)


@pytest.fixture
async def world(migrated_url: str, clock: SimulatedClock) -> AsyncIterator[World]:
    async with open_world(migrated_url, clock) as world:
        add_people(world)
        yield world
        assert world.slack.broadcasts == []
        assert world.slack.bot_faults == []


def add_people(world: World) -> None:
    world.slack.add_user("pm", id="U_PM", name="Ana", tz="Europe/Zagreb")
    world.slack.add_user("ml", id="U_ML", name="Mei", tz="Europe/Berlin")
    world.slack.add_user("eng", id="U_ENG", name="Raj", tz="Asia/Kolkata")
    world.slack.add_channel("ready-by", id="C_READY", members=["pm", "ml", "eng"])


@pytest.fixture
async def kickoff(world: World) -> World:
    await world.slack.commands("pm", "ready-by", "/align", KICKOFF)
    await world.settle()
    return world
