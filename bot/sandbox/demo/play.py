"""The demo: three people, three simulated weeks, the real bot. It fails loudly when something did not happen."""

import logging
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.sandbox import SimulatedClock

from .cast import CHANNEL, PEOPLE
from .stage import DemoFailed, Stage
from .story import tell
from .world import open_world

START = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday, 10:00 in Berlin


async def main() -> int:
    """Play the whole story and print it; 0 if everything happened as it should, else 1."""
    logging.getLogger("bot").setLevel(logging.WARNING)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        clock = SimulatedClock(START)
        async with open_world(f"sqlite+aiosqlite:///{Path(folder) / 'demo.db'}", clock) as world:
            for handle, (id, name, zone) in PEOPLE.items():
                world.slack.add_user(handle, id=id, name=name, tz=zone)
            world.slack.add_channel(CHANNEL, id="C0READYBY", members=list(PEOPLE))
            stage = Stage(world)
            try:
                await tell(stage)
            except DemoFailed as failure:
                print(f"\nThe demo failed: {failure}", file=sys.stderr)
                return 1
    print(f"\n{stage.summary()} Played in {time.monotonic() - began:.0f} s.")
    print("`make sandbox` opens the same workspace as a page, on which you play every role yourself.")
    return 0
