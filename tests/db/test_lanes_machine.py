"""Any mixture of speaking, claiming, crashing, refusing and waiting: nothing lost, nothing doubled, order kept.

Two relays on one clock that is moved by hand, over a database that dies at any statement, against a Slack that takes a
message and loses the answer. A relay follows the two rules that make this hold: it talks to Slack only while the job
is its own, and it looks for its message before it posts it again.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import delete

from bot.db import Database
from bot.db.lanes import Job, Lanes
from bot.db.tables import job, lane
from bot.sandbox import SimulatedClock
from tests.conftest import START

from .crashing import Crash, Hazard
from .queueing import say, text_of

LEASE, PACE = timedelta(seconds=30), timedelta(seconds=1)
LANES = st.sampled_from(["T1:A", "T1:B", "T1:C"])
RELAYS = st.sampled_from([0, 1])
STEPS = st.none() | st.integers(1, 8)  # at which step of a transaction its process dies, if it does


class Machine(RuleBasedStateMachine):
    def __init__(self, url: str, run: Callable[[Coroutine[Any, Any, Any]], Any]) -> None:
        super().__init__()
        self.url, self.run = url, run
        self.clock = SimulatedClock(START)
        self.database = Database(url, self.clock)
        self.lanes = Lanes(self.database, LEASE)
        self.at_work: dict[int, Job] = {}
        self.said: dict[str, list[str]] = defaultdict(list)
        self.slack: dict[str, list[str]] = defaultdict(list)
        self.last_claim: dict[str, int] = {}
        self.numbers = 0

    def teardown(self) -> None:
        """Everything is delivered in the end; then the database is emptied for the next example."""
        self.at_work.clear()
        for _ in range(200):
            self.clock.forward(LEASE)
            if isinstance(claimed := self.run(self.lanes.claim()), Job):
                self._post(claimed)
                assert self.run(self.lanes.done(claimed, pace=PACE))
            elif not self.run(self.lanes.backlog())[0]:  # else a server lets go of what a dead process held
                break
        assert self.slack == self.said
        self.run(self._emptied())

    async def _emptied(self) -> None:
        async with self.database.transaction() as uow:
            await uow.connection.execute(delete(job))
            await uow.connection.execute(delete(lane))
        await self.database.close()

    def _dying(self, work: Callable[[Database], Coroutine[Any, Any, Any]], at: int | None) -> Any:
        """Run something in a process of its own that may die at a step of it; None if it did."""

        async def lived() -> Any:
            database = Database(self.url, self.clock)
            Hazard(at).in_database(database)
            try:
                return await work(database)
            except Crash:
                return None
            finally:
                await database.close()

        return self.run(lived())

    def _post(self, claimed: Job) -> None:
        here = self.slack[claimed.lane]
        if claimed.attempt > 1 and text_of(claimed) in here:
            return
        here.append(text_of(claimed))

    @rule(name=LANES, dies=STEPS)
    def speak(self, name: str, dies: int | None) -> None:
        self.numbers += 1
        text, before = f"{self.numbers}", self.run(self.lanes.backlog())[0]
        self._dying(lambda database: say(database, text, lane=name), dies)
        if self.run(self.lanes.backlog())[0] > before:  # it may have died after the commit
            self.said[name].append(text)

    @rule(relay=RELAYS, dies=STEPS)
    def claim(self, relay: int, dies: int | None) -> None:
        self.at_work.pop(relay, None)
        claimed = self._dying(lambda database: Lanes(database, LEASE).claim(), dies)
        if isinstance(claimed, Job):
            others = [other for other in self.at_work.values() if other.lane == claimed.lane]
            assert all(other.mine_until < self.clock() for other in others), "two relays in one lane"
            self.at_work[relay] = claimed

    @precondition(lambda self: self.at_work)
    @rule(relay=RELAYS, dies=STEPS, answered=st.booleans())
    def post(self, relay: int, dies: int | None, answered: bool) -> None:
        claimed = self.at_work.pop(relay, None)
        if claimed is None or self.clock() >= claimed.mine_until:
            return  # a relay that is too late does not talk to Slack any more
        self._post(claimed)
        if answered:
            self._dying(lambda database: Lanes(database, LEASE).done(claimed, pace=PACE), dies)
        else:
            self._dying(lambda database: Lanes(database, LEASE).later(claimed, 2 * PACE, why="dropped"), dies)

    @precondition(lambda self: self.at_work)
    @rule(relay=RELAYS, dies=STEPS, counts=st.booleans(), wait=st.integers(1, 60))
    def turned_away(self, relay: int, dies: int | None, counts: bool, wait: int) -> None:
        """429 or 503: nothing stands in Slack of this try. It may be noted late, when another has the job already."""
        if claimed := self.at_work.pop(relay, None):
            lasting = timedelta(seconds=wait)
            self._dying(lambda db: Lanes(db, LEASE).later(claimed, lasting, why="no", counts=counts), dies)

    @rule(relay=RELAYS)
    def die(self, relay: int) -> None:
        self.at_work.pop(relay, None)

    @rule(seconds=st.sampled_from([0.5, 1, 5, 24, 30, 60]))
    def wait(self, seconds: float) -> None:
        self.clock.forward(timedelta(seconds=seconds))

    @invariant()
    def in_order_and_once(self) -> None:
        for name, posted in self.slack.items():
            assert posted == self.said[name][: len(posted)]


def test_nothing_is_lost_doubled_or_overtaken_whatever_happens(migrated_url):
    with asyncio.Runner() as runner:
        run_state_machine_as_test(
            lambda: Machine(migrated_url, runner.run),
            settings=settings(
                max_examples=40 if migrated_url.startswith("sqlite") else 15,
                stateful_step_count=30,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
