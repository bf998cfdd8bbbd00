"""Answers a second, and processor time for each, against bare Bolt that runs the same statements by hand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from bot.db.tables import answer

from . import deliveries, processes
from .client import at_once
from .databases import KINDS, database
from .figures import Figure, NotMeasured
from .processes import Service
from .seeding import Seeded, count, seed

CONNECTIONS = 8
WARM_UP = 40


@dataclass
class Side:
    """One of the two that take turns, with what it has measured so far."""

    service: Service
    waiting: Iterator[Seeded]
    rates: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)  # milliseconds an answer

    async def play(self, answers: int, *, counts: bool = True) -> None:
        requests = [deliveries.request(deliveries.reply(next(self.waiting))) for _ in range(answers)]
        before = self.service.cpu()
        sent = await at_once(self.service.port, requests, CONNECTIONS)
        if counts:
            self.rates.append(sent.rate)
            self.cpu.append((self.service.cpu() - before) / answers * 1000)


async def measure(quick: bool) -> Sequence[Figure]:
    rounds, answers = (5, 40) if quick else (7, 150)
    return [figure for kind in KINDS for figure in await _on(kind, rounds, answers)]


async def _on(kind: str, rounds: int, answers: int) -> Sequence[Figure]:
    with database(kind) as url, database(kind) as url_of_bare:
        total = WARM_UP + rounds * answers
        waiting, waiting_of_bare = await seed(url, total), await seed(url_of_bare, total)
        async with (
            processes.slack() as slack,
            processes.bot(url, slack.port) as bot,
            processes.bare(url_of_bare) as bare,
        ):
            sides = Side(bot, iter(waiting)), Side(bare, iter(waiting_of_bare))
            await _take_turns(sides, rounds, answers)
        if await count(url, answer) != total:
            raise NotMeasured(f"of {total} replies only {await count(url, answer)} became answers")
    return _figures(kind, *sides)


async def _take_turns(sides: Sequence[Side], rounds: int, answers: int) -> None:
    for side in sides:
        await side.play(WARM_UP, counts=False)
    for _ in range(rounds):
        for side in sides:
            await side.play(answers)


def _figures(kind: str, bot: Side, bare: Side) -> Sequence[Figure]:
    rates, cpu = (median(bot.rates), median(bare.rates)), (median(bot.cpu), median(bare.cpu))
    return (
        Figure(f"answers a second, {kind}", rates[0], "/s", rates[1], must=0.5, proud=0.85, at_least=True),
        Figure(f"CPU an answer, {kind}", cpu[0], "ms", cpu[1], must=2.0, proud=1.2),
    )
