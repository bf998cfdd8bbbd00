"""Where the page begins: an empty channel, a finished kickoff, or six weeks of a product in trouble."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from bot.sandbox import SimulatedClock
from bot.sandbox.demo.cast import ANA, KICKOFF, MEI, RAJ, Answer, Fills
from bot.sandbox.demo.stage import Stage, expect
from bot.sandbox.demo.transcript import Transcript
from bot.sandbox.demo.world import World, open_world

from .people import LEADS, move_in

SURE_MEI: Mapping[str, Answer] = {
    **MEI,
    "ml.baseline": Fills(
        {
            "What the model must beat": "Current rule",
            "What it scores today (leave empty if not measured)": "6.1 minutes off",
        }
    ),
}
"""As in the demo, but she knows the baseline: nothing waits for anybody when the kickoff is over."""


@dataclass(frozen=True, slots=True)
class Scene:
    starts: datetime
    play: Callable[[Stage], Awaitable[None]]


@asynccontextmanager
async def open_scene(name: str, folder: Path) -> AsyncIterator[World]:
    """A workspace and a bot of their own, with a new database in this folder, lived through to where the scene begins.

    Raises DemoFailed where something did not happen that the scene tells of.
    """
    scene = SCENES[name]
    clock = SimulatedClock(scene.starts)
    async with open_world(f"sqlite+aiosqlite:///{folder / f'{uuid4().hex}.db'}", clock) as world:
        await _keep_nothing(world)
        world.slack.waits_for_answers(10)
        move_in(world.slack)
        stage = Stage(world)
        stage.print = Transcript(world.slack, clock, lambda _: None)
        await scene.play(stage)
        yield world


async def _keep_nothing(world: World) -> None:
    """Nobody needs this database after a power cut, and not waiting for the disk halves the start."""
    async with world.bot.database.engine.connect() as connection:
        raw: Any = (await connection.get_raw_connection()).driver_connection
        await raw.execute("PRAGMA synchronous=OFF")


async def _empty(stage: Stage) -> None:
    """Nothing has been said."""


async def _kickoff(stage: Stage) -> None:
    await _begin(stage)
    await stage.interview("raj", RAJ)
    expect(stage.under_kickoff(), "no finding was told of")


async def _begin(stage: Stage) -> None:
    """The kickoff, what leads read, and the first two interviews."""
    expect("Ready-By" in await stage.types("ana", KICKOFF), "the kickoff was not confirmed")
    await stage.types("ana", "digest share on")
    said = await stage.slack.commands("lea", LEADS, "/align", "digest leads here")
    expect("comes here" in said.text, "the leads' digest was not set")
    await stage.interview("ana", ANA)
    await stage.interview("mei", SURE_MEI)


async def _trouble(stage: Stage) -> None:
    """One hard input waits for a later version, the other still has to be chosen; the contradictions stay."""
    await _kickoff(stage)
    await stage.until(2026, 3, 5, 11, 0)
    courier = next(m for m in stage.under_kickoff() if "courier location" in m.plain and m.controls)
    await stage.presses("mei", courier, "Use the simpler one")
    await stage.until(2026, 3, 12, 11, 0)
    said = await stage.says_under_kickoff(
        "raj", "We call the model from the order service, not from the kitchen screens."
    )
    why = {"Why?": "one team owns that service, and it has the order already", "About": "where the model runs"}
    await stage.logs("raj", said, why)
    await _pulse(stage)
    await stage.until(2026, 3, 26, 15, 0)
    await stage.types("ana", "date 2026-06-22 because the order service is in a freeze until May")
    await stage.until(2026, 4, 9, 16, 0)
    await stage.types("ana", "date 2026-07-13 because nobody has settled how fast the model must answer")
    await stage.until(2026, 4, 14, 10, 5)
    expect(len(stage.digests()) >= 6, "there were not six digests")


async def _pulse(stage: Stage) -> None:
    """The PM sees no trouble, the engineer sees a lot."""
    await stage.until(2026, 3, 18, 15, 0)
    for who, mark in {"ana": "5", "mei": "4", "raj": "2"}.items():
        await stage.marks(who, mark)
    expect("by role" in stage.under_kickoff()[-1].plain, "the pulse was not shown")


SCENES: dict[str, Scene] = {
    "empty": Scene(datetime(2026, 3, 2, 9, tzinfo=UTC), _empty),  # a Monday, 10:00 in Berlin
    "kickoff": Scene(datetime(2026, 3, 2, 9, tzinfo=UTC), _kickoff),
    "trouble": Scene(datetime(2026, 3, 4, 9, tzinfo=UTC), _trouble),  # a Wednesday: six digests until 14 April
}
