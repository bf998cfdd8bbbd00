"""From the start of the process to its first acknowledgement; memory then, and what a thousand events add to it."""

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from statistics import median

from . import deliveries, processes
from .client import Connection, at_once
from .databases import database
from .figures import Figure, NotMeasured
from .processes import Service
from .seeding import Seeded, seed

PATIENCE = 30.0
EVENTS = 2400
Launch = Callable[[], AbstractAsyncContextManager[Service]]


async def measure(quick: bool) -> Sequence[Figure]:
    with database("sqlite") as url:
        waiting = await seed(url, EVENTS // 2)
        async with processes.slack() as slack:
            figures = await _starts(url, slack.port, 3 if quick else 5)
            if quick:  # too few events fill caches, and would look like growth
                return figures
            grown = await _growth(url, slack.port, waiting)
    return *figures, Figure("memory per 1,000 events", grown, "KB", must=300, proud=120)


async def _starts(url: str, slack: int, rounds: int) -> Sequence[Figure]:
    launches: Sequence[Launch] = (lambda: processes.launch_bot(url, slack), lambda: processes.launch_bare())
    seen = [[await _first(launch) for launch in launches] for _ in range(rounds)]
    (took, memory), (took_bare, memory_bare) = (
        tuple(median(one[side][n] for one in seen) for n in range(2)) for side in range(2)
    )
    return (
        Figure("start to first acknowledgement", took, "s", took_bare, must=2.2, proud=1.6),
        Figure("memory after it", memory, "MB", memory_bare, must=60, proud=30, difference=True),
    )


async def _first(launch: Launch) -> tuple[float, float]:
    """Seconds until a message is acknowledged, and megabytes then."""
    request = deliveries.request(deliveries.said("C1", "U1", "Good morning"))
    started = time.monotonic()
    async with launch() as service:
        while time.monotonic() < started + PATIENCE:
            connection = Connection(service.port)
            try:
                await connection.send(request)
                return time.monotonic() - started, service.memory()
            except OSError:
                await asyncio.sleep(0.002)
            finally:
                connection.close()
    raise NotMeasured(f"no acknowledgement within {PATIENCE:.0f} s of the start")


async def _growth(url: str, slack: int, waiting: Sequence[Seeded]) -> float:
    """Kilobytes per thousand events, once caches and connections are filled: half of them answers."""
    events = [make(one) for one in waiting for make in (deliveries.reply, _talk)]
    requests = [deliveries.request(event) for event in events]
    warm_up, measured = requests[: len(requests) // 2], requests[len(requests) // 2 :]
    async with processes.bot(url, slack) as bot:
        await at_once(bot.port, warm_up)
        before = bot.memory()
        await at_once(bot.port, measured)
        return (bot.memory() - before) * 1024 / len(measured) * 1000


def _talk(where: Seeded) -> deliveries.Payload:
    return deliveries.said(where.channel, where.user, "Lunch?", thread_ts="1700000000.000001")
