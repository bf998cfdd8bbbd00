"""How long Slack waits for its 200, at a fixed rate whether or not answers come; the relay is kept out of it."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from . import deliveries, processes
from .client import at_once, at_rate
from .databases import KINDS, database
from .deliveries import Payload
from .figures import Figure, percentile
from .seeding import Seeded, seed

WARM_UP = 40


def talk(where: Seeded) -> Payload:
    """What most of a workspace's messages are: none of the bot's business."""
    return deliveries.said(where.channel, where.user, "Lunch?", thread_ts="1700000000.000001")


SENT: dict[str, Callable[[Seeded], Payload]] = {
    "talk": talk,
    "clicks": deliveries.click,
    "answers": deliveries.reply,
}


async def measure(quick: bool) -> Sequence[Figure]:
    rates, seconds = ((200,), 1) if quick else ((50, 200), 3)
    return [figure for kind in KINDS for figure in await _on(kind, rates, seconds)]


async def _on(kind: str, rates: Sequence[int], seconds: int) -> Sequence[Figure]:
    figures: list[Figure] = []
    with database(kind) as url:
        kickoffs = iter(await seed(url, len(SENT) * (WARM_UP + sum(rates) * seconds)))
        async with processes.slack() as slack, processes.bot(url, slack.port) as bot:
            for what, make in SENT.items():
                await at_once(bot.port, _requests(make, islice(kickoffs, WARM_UP)))
                for rate in rates:
                    sent = await at_rate(bot.port, _requests(make, islice(kickoffs, rate * seconds)), rate)
                    figures += _figures(what, f"{what}, {kind}, {rate}/s", [took * 1000 for took in sent.took])
    return figures


def _requests(make: Callable[[Seeded], Payload], kickoffs: Iterable[Seeded]) -> Sequence[bytes]:
    return [deliveries.request(make(one)) for one in kickoffs]


def _figures(what: str, name: str, took: Sequence[float]) -> Sequence[Figure]:
    p50, p99 = percentile(took, 0.5), percentile(took, 0.99)
    if what == "clicks":
        return Figure(f"{name}: p50", p50, "ms", must=8, proud=5), Figure(f"{name}: p99", p99, "ms")
    return Figure(f"{name}: p50", p50, "ms"), Figure(f"{name}: p99", p99, "ms", must=50, proud=15)
