"""The real bot and the stand-in for Slack in one process, on one clock that is moved by hand."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from aiohttp import web
from pydantic import SecretStr

from bot.config import Settings
from bot.db import migrate
from bot.jobs import Done, tick
from bot.runtime import Runtime, build
from bot.sandbox import SimulatedClock, StandIn
from bot.slack.web import create_web

MANIFEST = Path(__file__).parents[3] / "manifest.yml"
SECRET, TOKEN, APP_TOKEN = "sandbox-signing-secret", "xoxb-sandbox", "xapp-sandbox"
PATIENCE = timedelta(seconds=90)


@dataclass
class World:
    slack: StandIn
    bot: Runtime
    clock: SimulatedClock
    url: str  # of the bot

    async def settle(self, patience: timedelta = PATIENCE) -> None:
        """Let everything happen that is under way, moving the clock only as far as Slack's pace asks."""
        limit = self.clock() + patience
        while True:
            nothing = await self.bot.relay.step()
            if nothing is None:
                continue
            await self.slack.settled()
            waiting = [moment for moment in (nothing.until, self.slack.next_due()) if moment is not None]
            if not waiting or min(waiting) > limit:
                return
            if min(waiting) > self.clock():
                self.clock.move_to(min(waiting))
            await self.slack.run_due()

    async def tick(self) -> Sequence[Done]:
        """What the clock starts, now; and everything that follows from it."""
        done = await tick(self.bot.database, self.bot.bank, self.clock())
        await self.settle()
        return done

    async def move_to(self, moment: datetime) -> Sequence[Done]:
        """Live through the time until a moment: each thing happens when it is due."""
        done, last = list(await self.tick()), None
        while (due := await self._next_due()) is not None and due < moment:
            if due == last:
                raise RuntimeError(f"something has been due since {due} and does not get done")
            if due > self.clock():
                self.clock.move_to(due)
            done += await self.tick()
            last = due
        if moment > self.clock():
            self.clock.move_to(moment)
        return [*done, *await self.tick()]

    async def _next_due(self) -> datetime | None:
        async with self.bot.database.transaction() as uow:
            moments = (await uow.projects.next_due(), await uow.workspaces.next_due())
            return min((moment for moment in moments if moment is not None), default=None)


@asynccontextmanager
async def open_world(database_url: str, clock: SimulatedClock, *, manifest: Path = MANIFEST) -> AsyncIterator[World]:
    """A bot on an HTTP port of its own and a workspace without people or channels yet."""
    async with (
        StandIn(clock, manifest, SECRET, TOKEN, APP_TOKEN) as slack,
        open_bot(database_url, clock, slack) as (runtime, url),
    ):
        slack.deliver_to(f"{url}/slack/events")
        yield World(slack, runtime, clock, url)


@asynccontextmanager
async def open_bot(database_url: str, clock: SimulatedClock, slack: StandIn) -> AsyncIterator[tuple[Runtime, str]]:
    """One replica of the real bot, served on a free port; nothing of it runs by itself."""
    settings = Settings(
        slack_bot_token=SecretStr(TOKEN),
        slack_signing_secret=SecretStr(SECRET),
        slack_api_url=slack.api_url,
        database_url=database_url,
    )
    async with build(settings, clock) as runtime:
        await migrate.upgrade(runtime.database)
        site = web.AppRunner(create_web(runtime.app, runtime.not_ready, runtime.measure), access_log=None)
        await site.setup()
        await web.TCPSite(site, "127.0.0.1", 0).start()
        host, port = site.addresses[0][:2]
        try:
            yield runtime, f"http://{host}:{port}"
        finally:
            await site.cleanup()
