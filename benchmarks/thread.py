"""From a reply in a thread to the next question at Slack, with the relay at work and a Slack without a pace."""

import asyncio
import json
import time
from collections.abc import Mapping, Sequence

from . import deliveries, processes
from .client import Sent, at_rate, get
from .databases import KINDS, database
from .figures import Figure, percentile
from .seeding import Seeded, seed

PATIENCE = 20.0  # seconds for the last of them
Thread = tuple[str, str]


async def measure(quick: bool) -> Sequence[Figure]:
    rates, seconds = ((50,), 2) if quick else ((20, 50), 8)
    return [figure for kind in KINDS for rate in rates for figure in await _on(kind, rate, seconds)]


async def _on(kind: str, rate: int, seconds: int) -> Sequence[Figure]:
    with database(kind) as url:
        waiting = await seed(url, rate * seconds, held=False)
        async with processes.slack() as slack, processes.bot(url, slack.port) as bot:
            requests = [deliveries.request(deliveries.reply(one)) for one in waiting]
            sent = await at_rate(bot.port, requests, rate)
            asked = await _asked(slack.port, waiting)
    return _figures(f"{kind}, {rate}/s", sent, waiting, asked)


async def _asked(port: int, waiting: Sequence[Seeded]) -> Mapping[Thread, float]:
    """When the first post came into each thread."""
    asked: dict[Thread, float] = {}
    deadline = time.monotonic() + PATIENCE
    while len(asked) < len(waiting) and time.monotonic() < deadline:
        for call in json.loads(await get(port, "/seen")):
            if call["method"] == "chat.postMessage" and call["thread"]:
                asked.setdefault((call["channel"], call["thread"]), call["at"])
        await asyncio.sleep(0.2)
    return asked


def _figures(what: str, sent: Sent, waiting: Sequence[Seeded], asked: Mapping[Thread, float]) -> Sequence[Figure]:
    never = sent.at[-1] + PATIENCE
    came = [asked.get((one.channel, one.thread), never) for one in waiting]
    took = [(there - due) * 1000 for there, due in zip(came, sent.at, strict=True)]
    acknowledged = [seconds * 1000 for seconds in sent.took]
    return (
        Figure(f"next question, {what}: p50", percentile(took, 0.5), "ms", must=100, proud=15),
        Figure(f"next question, {what}: p99", percentile(took, 0.99), "ms", must=500, proud=60),
        Figure(f"acknowledged meanwhile, {what}: p99", percentile(acknowledged, 0.99), "ms"),
    )
