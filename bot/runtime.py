"""Where objects are made and put together: from settings to a running bot."""

import asyncio
import gc
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from aiohttp import web

from bot import metrics
from bot.config import Settings
from bot.db import Clock, Database, migrate
from bot.db.clock import DatabaseClock
from bot.db.lanes import Lanes
from bot.domain.bank import Bank
from bot.jobs import Heartbeat, create_scheduler
from bot.packs.loader import load_bank
from bot.slack.alignbot import Alignbot
from bot.slack.app import AsyncApp, create_app
from bot.slack.connection import AsyncWebClient, Socket, make_client, make_session, single_workspace
from bot.slack.relay import Relay
from bot.slack.web import create_web

log = structlog.get_logger(__name__)

STALLED = timedelta(minutes=3)
ANSWERS_WITHIN = 5.0  # seconds that readiness gives the database
DRAIN = 10.0  # seconds for requests under way when the bot is told to stop


class CannotStart(Exception):
    """Why the bot does not run, as a sentence for whoever started it."""


class NotMigrated(CannotStart):
    """The server database has another schema than this version needs."""

    def __init__(self, found: str | None) -> None:
        super().__init__(
            f"The database is at revision {found or 'none'}, this version needs {migrate.newest()}. "
            "Run `alignbot migrate` first."
        )


@dataclass
class Runtime:
    """A bot that is put together but not started: tests and the demo drive it by hand."""

    settings: Settings
    database: Database
    client: AsyncWebClient
    bank: Bank
    app: AsyncApp
    relay: Relay
    lanes: Lanes
    heartbeat: Heartbeat

    async def not_ready(self) -> str | None:
        """Why the bot cannot work now; None if it can."""
        try:
            async with asyncio.timeout(ANSWERS_WITHIN):
                revision = await migrate.current(self.database)
        except Exception as error:
            return f"The database cannot be reached: {type(error).__name__}."
        if revision != migrate.newest():
            return f"The database is at revision {revision or 'none'}; run `alignbot migrate`."
        now = self.database.clock()
        for what, at in (("relay", self.relay.looked_at), ("clock", self.heartbeat.at)):
            if at is None or now - at > STALLED:
                return f"The {what} has stalled."
        return None

    async def measure(self) -> None:
        count, oldest = await self.lanes.backlog()
        metrics.BACKLOG.set(count)
        age = (self.database.clock() - oldest).total_seconds() if oldest else 0
        metrics.BACKLOG_AGE.set(max(0.0, age))


@asynccontextmanager
async def build(settings: Settings, clock: Clock | None = None) -> AsyncIterator[Runtime]:
    """Everything a running bot is made of, closed again at the end. `clock`: simulated, for tests and the demo."""
    database = Database(settings.database_url, clock or _now)
    if clock is None and database.engine.dialect.name == "postgresql":
        database.clock = DatabaseClock(database.engine)
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
    secret = settings.slack_signing_secret.get_secret_value() if settings.slack_signing_secret else "unused"
    bank = load_bank(settings.alignbot_packs)
    async with make_session() as session:
        client = make_client(token, settings.slack_api_url, session)
        lanes = Lanes(database, timedelta(seconds=settings.alignbot_lease))
        relay = Relay(database, bank, client, lanes)
        database.said = relay.wake
        alignbot = Alignbot(database, bank, settings.alignbot_timezone, settings.alignbot_admins)
        without_token = make_client(None, settings.slack_api_url, session)  # each request brings its own
        app = create_app(alignbot, without_token, secret, lambda: single_workspace(token))
        try:
            yield Runtime(settings, database, client, bank, app, relay, lanes, Heartbeat())
        finally:
            await database.close()


def _now() -> datetime:
    return datetime.now(UTC)


async def serve(settings: Settings) -> None:
    """Run the bot until SIGTERM or SIGINT; what is under way then is finished."""
    settings = settings.for_serving()
    stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    async with build(settings) as runtime:
        await prepare(runtime)
        gc.collect()
        gc.freeze()
        await _run(runtime, stop)
    log.info("stopped")


async def prepare(runtime: Runtime) -> None:
    """A file of our own is migrated; a server's database is left to whoever runs it."""
    if runtime.database.engine.dialect.name == "sqlite":
        await migrate.upgrade(runtime.database)
    elif (found := await migrate.current(runtime.database)) != migrate.newest():
        raise NotMigrated(found)
    if isinstance(runtime.database.clock, DatabaseClock):
        await runtime.database.clock.synchronise()


async def _run(runtime: Runtime, stop: asyncio.Event) -> None:
    settings = runtime.settings
    site = await _listen(runtime)
    scheduler = create_scheduler(runtime.database, runtime.bank, runtime.lanes, runtime.heartbeat)
    async with asyncio.TaskGroup() as running:
        running.create_task(runtime.relay.run(stop))
        scheduler.start()
        socket = _socket(runtime) if settings.mode == "socket" else None
        connecting = running.create_task(socket.connect()) if socket else None
        log.info("running", mode=settings.mode, address=f"http://{settings.host}:{settings.port}")
        await stop.wait()
        log.info("stopping")
        if socket and connecting:
            connecting.cancel()
            await socket.close()
        await site.cleanup()
        scheduler.shutdown(wait=False)


async def _listen(runtime: Runtime) -> web.AppRunner:
    settings = runtime.settings
    by_http = runtime.app if settings.mode == "http" else None
    routes = create_web(by_http, runtime.not_ready, runtime.measure)
    site = web.AppRunner(routes, access_log=None, shutdown_timeout=DRAIN)
    await site.setup()
    try:
        await web.TCPSite(site, settings.host, settings.port).start()
    except OSError as error:
        await site.cleanup()
        where = f"{settings.host}:{settings.port}"
        raise CannotStart(f"Cannot listen on {where}: {error.strerror or error}. Change HOST or PORT.") from error
    return site


def _socket(runtime: Runtime) -> Socket:
    token = runtime.settings.slack_app_token
    assert token is not None  # for_serving has seen to it
    return Socket(runtime.app, token.get_secret_value())
