"""How long Slack waits for its 200, at a fixed rate whether or not answers come; the relay is kept out of it."""

from collections.abc import Callable, Sequence

from . import deliveries, processes
from .databases import KINDS, database
from .deliveries import Payload
from .figures import Figure, percentile
from .client import at_rate
from .seeding import Seeded, seed

WARM_UP = 20


def talk(where: Seeded) -> Payload:
    """What most of a workspace's messages are: none of the bot's business."""
    return deliveries.said(where.channel, where.user, "Lunch?", thread_ts="1700000000.000001")


KINDS_OF_DELIVERY: dict[str, Callable[[Seeded], Payload]] = {
    "talk": talk,
    "answers": deliveries.reply,
    "clicks": deliveries.click,
}


async def measure(quick: bool) -> Sequence[Figure]:
    rates, seconds = ((200,), 1.5) if quick else ((50, 200), 4)
    return [
        figure
        for kind in KINDS
        for what in KINDS_OF_DELIVERY
        for rate in rates
        for figure in await _on(kind, what, rate, seconds)
    ]


async def _on(kind: str, what: str, rate: int, seconds: float) -> Sequence[Figure]:
    with database(kind) as url:
        waiting = await seed(url, WARM_UP + int(rate * seconds))
        async with processes.slack() as slack, processes.bot(url, slack.port) as bot:
            requests = [deliveries.request(KINDS_OF_DELIVERY[what](one)) for one in waiting]
            await at_rate(bot.port, requests[:WARM_UP], 20)
            sent = await at_rate(bot.port, requests[WARM_UP:], rate)
    return _figures(what, f"{what}, {kind}, {rate}/s", [took * 1000 for took in sent.took])


def _figures(what: str, name: str, took: Sequence[float]) -> Sequence[Figure]:
    p50, p99 = percentile(took, 0.5), percentile(took, 0.99)
    if what == "clicks":
        return Figure(f"{name}: p50", p50, "ms", must=8, proud=5), Figure(f"{name}: p99", p99, "ms")
    return Figure(f"{name}: p50", p50, "ms"), Figure(f"{name}: p99", p99, "ms", must=50, proud=15)
