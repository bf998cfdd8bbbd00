"""A bot that dies at a given step and is built anew on the same database, beside a Slack that has seen it all."""

import contextlib
from collections.abc import Awaitable, Callable
from datetime import timedelta

from aiohttp import web
from pydantic import SecretStr

from bot.config import Settings
from bot.jobs import tick
from bot.runtime import Runtime, build
from bot.sandbox import SimulatedClock, StandIn
from bot.sandbox.acts.answers import Answer
from bot.sandbox.demo.world import SECRET, TOKEN, World
from bot.slack.web import create_web

from .crashing import Crash, Hazard


class Lives:
    """The bot, life after life; the first one may end at the step that its hazard says."""

    def __init__(self, slack: StandIn, url: str, clock: SimulatedClock, hazard: Hazard) -> None:
        self.slack, self.clock, self.hazard, self.deaths = slack, clock, hazard, 0
        self._settings = Settings(
            slack_bot_token=SecretStr(TOKEN),
            slack_signing_secret=SecretStr(SECRET),
            slack_api_url=slack.api_url,
            database_url=url,
        )
        self._life = contextlib.AsyncExitStack()
        self.world: World

    async def begin(self) -> None:
        runtime = await self._life.enter_async_context(build(self._settings, self.clock))
        self.hazard.in_database(runtime.database)
        self.hazard.in_calls(runtime.client.session)
        url = await self._life.enter_async_context(served(runtime))
        self.slack.deliver_to(f"{url}/slack/events")
        self.world = World(self.slack, runtime, self.clock, url)

    async def end(self) -> None:
        self.slack.deliver_to(None)
        await self._life.aclose()

    async def _born_again(self) -> None:
        await self.end()
        self.hazard, self.deaths = Hazard(), self.deaths + 1
        await self.begin()
        self.clock.forward(timedelta(seconds=30))  # the lease of whoever died

    async def until_it_holds(self, act: Callable[[], Awaitable[object]]) -> None:
        """Do something of the bot's own, and once more if it died of it."""
        try:
            await act()
        except Crash:
            await self._born_again()
            await act()
        if self.hazard.dead:  # in a delivery meanwhile
            await self._born_again()
            await act()

    async def insist(self, act: Callable[[], Awaitable[Answer]]) -> Answer:
        """A person does something, and does it again if Slack says that it did not work."""
        answer = await act()
        if self.hazard.dead:
            await self._born_again()
        return answer if answer.ok else await act()

    async def settle(self) -> None:
        await self.until_it_holds(lambda: self.world.settle())

    async def ticks(self) -> None:
        bot = self.world.bot
        await self.until_it_holds(lambda: tick(self.world.bot.database, bot.bank, self.clock()))
        await self.settle()


@contextlib.asynccontextmanager
async def served(runtime: Runtime):
    """The bot's HTTP server; a request in which it dies is never answered."""

    @web.middleware
    async def dying(request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]):
        try:
            return await handler(request)
        except Crash:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()

    site = create_web(runtime.app, runtime.not_ready, runtime.measure)
    site.middlewares.append(dying)
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
