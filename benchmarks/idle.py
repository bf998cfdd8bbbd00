"""A bot with nothing to do: processor time, and calls to Slack."""

import asyncio
import json
import time
from collections.abc import Sequence

from . import processes
from .client import get
from .databases import KINDS, database
from .figures import Figure
from .seeding import seed

SETTLED = 2.0  # seconds after the start


async def measure(quick: bool) -> Sequence[Figure]:
    return [figure for kind in KINDS for figure in await _on(kind, 3 if quick else 10)]


async def _on(kind: str, seconds: float) -> Sequence[Figure]:
    with database(kind) as url:
        await seed(url, 50)
        async with processes.slack() as slack, processes.bot(url, slack.port) as bot:
            await asyncio.sleep(SETTLED)
            started, before = time.monotonic(), bot.cpu()
            await asyncio.sleep(seconds)
            share = (bot.cpu() - before) / (time.monotonic() - started) * 100
            calls = len(json.loads(await get(slack.port, "/seen")))
    return (
        Figure(f"CPU, {kind}", share, "%", must=2, proud=0.5),
        Figure(f"calls to Slack, {kind}", calls, must=0, proud=0),
    )
