"""Posts what waits in the outbox: in order, at Slack's pace, and again only after a look whether it stands there."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
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
from bot.services import delivery
from bot.services.delivery import Needless, Nowhere, Target

from .posting import Posting
from .views import render

log = structlog.get_logger(__name__)

PACE = timedelta(seconds=1)  # one message a second and channel, as Slack allows
IDLE = 5.0  # seconds between looks when nothing wakes the relay
TRIES, LONGEST_WAIT = 8, timedelta(minutes=10)
AT_ONCE = 8

_LATER = {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"}
_STOPPED = {"token_revoked", "token_expired", "account_inactive", "invalid_auth", "not_authed", "missing_scope"}


class Relay:
    def __init__(self, database: Database, bank: Bank, client: AsyncWebClient, lanes: Lanes) -> None:
        self._database, self._bank, self._lanes = database, bank, lanes
        self._posting = Posting(database, client)
        self._wake = asyncio.Event()
        self._free = asyncio.Semaphore(AT_ONCE)
        self.looked_at: datetime | None = None

    def wake(self) -> None:
        self._wake.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Work until told to stop; what is under way then is finished."""
        async with asyncio.TaskGroup() as working:
            while not stop.is_set():
                async with self._free:
                    self._wake.clear()
                    claimed = await self._claim()
                if isinstance(claimed, Job):
                    await self._free.acquire()
                    working.create_task(self._work(claimed))
                else:
                    await self._rest(claimed, stop)

    async def _claim(self) -> Job | Nothing:
        try:
            claimed = await self._lanes.claim()
            self.looked_at = self._database.clock()
            return claimed
        except Exception:
            log.exception("the queue cannot be read")  # the database went away: the loop goes on
            return Nothing(None)

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
            seconds = max(0.01, min(IDLE, (nothing.until - self._database.clock()).total_seconds()))
        stopping = asyncio.ensure_future(stop.wait())
        waking = asyncio.ensure_future(self._wake.wait())
        _, pending = await asyncio.wait({stopping, waking}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()

    async def step(self) -> Nothing | None:
        """Deliver one job; or say until when there is none. For a clock that is moved by hand."""
        claimed = await self._lanes.claim()
        if isinstance(claimed, Nothing):
            return claimed
        await self.deliver(claimed)
        return None

    async def deliver(self, job: Job) -> None:
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
                await self._post(job, saying, target)

    async def _post(self, job: Job, saying: Saying, target: Target) -> None:
        try:
            post = render(target.message, self._bank)
        except Exception as error:
            log.exception("a message cannot be rendered", job=job.key, kind=job.kind)
            await self._give_up(job, f"cannot be rendered: {error!r}")
            return
        try:
            channel, ts = await self._posting.send(job, target, post)
        except SlackApiError as error:
            await self._refused_by_slack(job, error)
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            await self._try_again(job, repr(error))
        else:
            metrics.POSTS.labels("edited" if target.over else "posted").inc()
            pace = timedelta(0) if target.over else PACE
            await self._lanes.done(job, pace=pace, effect=self._effect(job, saying, target, channel, ts))

    def _effect(
        self, job: Job, saying: Saying, target: Target, channel: str, ts: str
    ) -> Callable[[UnitOfWork], Awaitable[None]] | None:
        if target.over:
            return None

        async def keep(uow: UnitOfWork) -> None:
            await delivery.posted(uow, self._bank, job.team, saying, channel, ts)

        return keep

    async def _refused_by_slack(self, job: Job, error: SlackApiError) -> None:
        code, status = str(error.response.get("error") or ""), error.response.status_code
        if status == 429 or code in ("ratelimited", "rate_limited", "message_limit_exceeded"):
            metrics.RATE_LIMITED.inc()
            wait = timedelta(seconds=float(error.response.headers.get("Retry-After", 30)))
            await self._lanes.later(job, wait, why=code, counts=False)
        elif code in _STOPPED:
            log.error("Slack does not let the bot in", error=code)
            await self._lanes.later(job, LONGEST_WAIT, why=code, counts=False)
        elif status >= 500 or code in _LATER:
            await self._try_again(job, code or f"HTTP {status}")
        else:
            await self._give_up(job, f"Slack refused it: {code} {_details(error)}".strip())

    async def _try_again(self, job: Job, why: str) -> None:
        if job.tries >= TRIES:
            await self._give_up(job, f"gave up after {job.tries} tries: {why}")
            return
        metrics.POSTS.labels("later").inc()
        wait = min(timedelta(seconds=2**job.tries), LONGEST_WAIT)
        log.warning("not delivered yet", job=job.key, kind=job.kind, why=why, wait=wait.total_seconds())
        await self._lanes.later(job, wait, why=why)

    async def _give_up(self, job: Job, why: str) -> None:
        metrics.POSTS.labels("refused").inc()
        log.error("given up on a message; `alignbot failed list` shows it", job=job.key, kind=job.kind, why=why)
        await self._lanes.refused(job, why)


def _details(error: SlackApiError) -> str:
    with contextlib.suppress(Exception):
        messages: Any = error.response["response_metadata"]["messages"]
        return "; ".join(map(str, messages))[:500]
    return ""
