"""Posts what waits in the outbox: in order, at Slack's pace, and again only after a look whether it stands there."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import metrics
from bot.db import Database, UnitOfWork
from bot.db.lanes import Job, Lanes, Nothing
from bot.db.outbox import unpack
from bot.domain.bank import Bank
from bot.domain.messages import Saying
from bot.services import delivery, undelivered
from bot.services.delivery import Needless, Nowhere, Target

from . import refusals
from .posting import Posting
from .refusals import Refusal
from .views import render

log = structlog.get_logger(__name__)

PACE = timedelta(seconds=1)  # one message a second and channel, as Slack allows
IDLE, SHORTEST = 5.0, 0.02  # seconds between looks when nothing wakes the relay, and when a lane is about to be free
TRIES, LONGEST_WAIT = 8, timedelta(minutes=10)
AFTER_SILENCE = timedelta(seconds=10)  # a call that was not answered in time may still be carried out
AT_ONCE = 8


class Relay:
    def __init__(self, database: Database, bank: Bank, client: AsyncWebClient, lanes: Lanes) -> None:
        self._database, self._bank, self._lanes = database, bank, lanes
        self._posting = Posting(database, client)
        self._wake = asyncio.Event()
        self._free = asyncio.Semaphore(AT_ONCE)
        self.pace = PACE
        self.looked_at: datetime | None = None

    def wake(self) -> None:
        self._wake.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Work until told to stop; what is under way then is finished."""
        async with asyncio.TaskGroup() as working:
            while not stop.is_set():
                await self._free.acquire()
                self._wake.clear()
                claimed = await self._claim()
                if isinstance(claimed, Job):
                    working.create_task(self._work(claimed))
                else:
                    self._free.release()
                    await self._rest(claimed, stop)

    async def _claim(self) -> Job | Nothing:
        try:
            claimed = await self._lanes.claim()
        except Exception:
            log.exception("the queue cannot be read")  # the database went away: the loop goes on
            return Nothing(None)
        self.looked_at = self._database.clock()
        return claimed

    async def _work(self, job: Job) -> None:
        try:
            await self.deliver(job)
        except Exception:
            log.exception("a delivery was left unfinished; its lease runs out", job=job.key, kind=job.kind)
        finally:
            self._free.release()
            self._wake.set()

    async def _rest(self, nothing: Nothing, stop: asyncio.Event) -> None:
        seconds = IDLE
        if nothing.until is not None:
            seconds = max(SHORTEST, min(IDLE, (nothing.until - self._database.clock()).total_seconds()))
        stopping, waking = (asyncio.ensure_future(event.wait()) for event in (stop, self._wake))
        await asyncio.wait({stopping, waking}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for task in (stopping, waking):
            task.cancel()

    async def step(self) -> Nothing | None:
        """Deliver one job; or say until when there is none. For a clock that is moved by hand."""
        claimed = await self._lanes.claim()
        if isinstance(claimed, Nothing):
            return claimed
        await self.deliver(claimed)
        return None

    async def deliver(self, job: Job) -> None:
        """Post a job's message, or say what becomes of it; only a database that fails is left to the lease."""
        try:
            await self._deliver(job)
        except Exception as error:
            log.exception("a delivery went wrong", job=job.key, kind=job.kind)
            await self._try_again(job, f"unexpected: {error!r}")

    async def _deliver(self, job: Job) -> None:
        try:
            saying = unpack(job.args)
        except Exception as error:
            await self._give_up(job, f"unreadable: {error!r}")
            return
        async with self._database.transaction() as uow:
            target = await delivery.target(uow, self._bank, job.team, saying)
        match target:
            case Needless():
                await self._lanes.done(job, pace=timedelta(0))
            case Nowhere(why):
                await self._give_up(job, why)
            case Target():
                await self._render_and_post(job, saying, target)

    async def _render_and_post(self, job: Job, saying: Saying, target: Target) -> None:
        try:
            post = render(target.message, self._bank)
        except Exception as error:
            log.exception("a message cannot be rendered", job=job.key, kind=job.kind)
            await self._give_up(job, f"cannot be rendered: {error!r}")
            return
        await self._post(job, saying, target, post)

    async def _post(self, job: Job, saying: Saying, target: Target, post: dict[str, Any]) -> None:
        left = job.mine_until - self._database.clock()
        try:
            async with asyncio.timeout(left.total_seconds()):
                channel, ts = await self._posting.send(job, target, post)
        except SlackApiError as error:
            await self._refused_by_slack(job, target, refusals.read(error))
        except TimeoutError as error:
            await self._try_again(job, repr(error), at_least=AFTER_SILENCE)
        except (aiohttp.ClientError, OSError) as error:
            await self._try_again(job, repr(error))
        else:
            await self._posted(job, saying, target, channel, ts)

    async def _posted(self, job: Job, saying: Saying, target: Target, channel: str, ts: str) -> None:
        metrics.POSTS.labels("edited" if target.over else "posted").inc()
        if target.over:
            await self._lanes.done(job, pace=timedelta(0))
            return

        async def keep(uow: UnitOfWork) -> None:
            await delivery.posted(uow, self._bank, job.team, saying, channel, ts)

        if not await self._lanes.done(job, pace=self.pace, effect=keep):
            log.warning("a lease was overrun; another relay has the message now", job=job.key, kind=job.kind)

    async def _refused_by_slack(self, job: Job, target: Target, refusal: Refusal) -> None:
        if refusal.asks_to_wait:
            metrics.RATE_LIMITED.inc()
            await self._lanes.later(job, timedelta(seconds=refusal.retry_after), why=str(refusal), counts=False)
        elif refusal.stops_the_bot:
            log.error("Slack does not let the bot in", error=refusal.code)
            await self._lanes.later(job, LONGEST_WAIT, why=str(refusal), counts=False)
        elif refusal.may_pass:
            await self._try_again(job, str(refusal))
        elif target.over and refusal.code == "message_not_found":
            log.info("what was to be edited has been deleted", job=job.key, kind=job.kind)
            await self._lanes.done(job, pace=timedelta(0))
        else:
            await self._give_up(job, f"Slack refused it: {refusal}")

    async def _try_again(self, job: Job, why: str, *, at_least: timedelta = timedelta(0)) -> None:
        if job.attempt >= TRIES:
            await self._give_up(job, f"gave up after {job.attempt} tries: {why}")
            return
        metrics.POSTS.labels("later").inc()
        wait = max(at_least, min(timedelta(seconds=2**job.attempt), LONGEST_WAIT))
        log.warning("not delivered yet", job=job.key, kind=job.kind, why=why, wait=wait.total_seconds())
        await self._lanes.later(job, wait, why=why)

    async def _give_up(self, job: Job, why: str) -> None:
        metrics.POSTS.labels("refused").inc()
        log.error("given up on a message; `alignbot failed list` shows it", job=job.key, kind=job.kind, why=why)

        async def go_on(uow: UnitOfWork) -> None:
            await undelivered.refused(uow, self._bank, unpack(job.args))

        try:
            await self._lanes.refused(job, why, go_on)
        except Exception:  # unreadable, or a project that is: the lane goes on all the same
            log.exception("nothing could be drawn from a message given up on", job=job.key, kind=job.kind)
            await self._lanes.refused(job, why)
