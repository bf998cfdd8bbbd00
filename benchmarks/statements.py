"""SQL statements, counted in this process: of an answer, a click, a command; and of a bot with nothing to do."""

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from pydantic import SecretStr
from slack_bolt.request.async_request import AsyncBoltRequest
from sqlalchemy import Engine, event

from bot import log
from bot.config import Settings
from bot.domain.messages import InChannel, Note, Saying
from bot.runtime import Runtime, build, serve

from . import deliveries, mirror, processes
from .databases import KINDS, database
from .deliveries import Payload
from .figures import Figure, NotMeasured
from .seeding import seed
from .workspace import HOST, SECRET, TEAM, TOKEN


async def measure(quick: bool) -> Sequence[Figure]:
    log.configure("error")
    figures = [figure for kind in KINDS for figure in await _of_deliveries(kind)]
    kinds, seconds = (KINDS[:1], 5) if quick else (KINDS, 10)  # the relay looks every five seconds
    return [*figures, *[await _idle(kind, seconds) for kind in kinds]]


async def _of_deliveries(kind: str) -> Sequence[Figure]:
    with database(kind) as url:
        one, two, three, *_ = await seed(url, 3)
        async with build(_settings(url)) as runtime:
            await _open_lanes(runtime, one.channel, two.channel)
            answered = await _texts(runtime, deliveries.reply(one))
            by_hand = await _mirrored(runtime, deliveries.reply(three))
            clicked = await _texts(runtime, deliveries.click(two))
            commands = [len(await _texts(runtime, deliveries.command(text, two.channel, two.user))) for text in ASKED]
    different = set(answered) ^ set(by_hand)
    for text in sorted(different):
        print(f"only {'the bot' if text in answered else 'mirror.py'}, {kind}: {text}")
    return (
        Figure(f"a typed answer, {kind}", len(answered), must=10, proud=6),
        Figure(f"a click, {kind}", len(clicked), must=5, proud=4),
        *(Figure(f"/align {text}, {kind}", n, must=5, proud=4) for text, n in zip(ASKED, commands, strict=True)),
        Figure(f"of an answer, only here or only in mirror.py, {kind}", len(different), must=0),
    )


SETTLED = 1.5
ASKED = ("status", "questions", "help")


def _settings(url: str, slack: int = 9, port: int = 3000) -> Settings:
    return Settings(
        slack_bot_token=SecretStr(TOKEN),
        slack_signing_secret=SecretStr(SECRET),
        slack_api_url=f"http://{HOST}:{slack}/api/",
        alignbot_mode="http",
        database_url=url,
        port=port,
    )


@contextmanager
def _counted() -> Iterator[list[str]]:
    """The statements that every engine of this process runs meanwhile, without those that begin a transaction."""
    texts: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            texts.append(" ".join(statement.split()))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield texts
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def _open_lanes(runtime: Runtime, *channels: str) -> None:
    """A process makes sure of a lane once: what is counted is not the first thing said there."""
    async with runtime.database.transaction() as uow:
        for channel in channels:
            uow.outbox.say(Saying(Note("…"), InChannel(channel)), team=TEAM, lane=f"{TEAM}:{channel}")


async def _texts(runtime: Runtime, payload: Payload) -> list[str]:
    with _counted() as texts:
        answer = await runtime.app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=payload))
    if answer.status != 200:
        raise NotMeasured(f"a delivery was answered {answer.status}")
    return texts


async def _mirrored(runtime: Runtime, payload: Payload) -> list[str]:
    with _counted() as texts:
        async with runtime.database.engine.begin() as connection:
            await mirror.store_answer(connection, payload)
    return texts


async def _idle(kind: str, seconds: float) -> Figure:
    with database(kind) as url:
        await seed(url, 50)
        async with processes.slack() as slack, _served(_settings(url, slack.port, processes.free_port())):
            await asyncio.sleep(SETTLED)
            with _counted() as texts:
                await asyncio.sleep(seconds)
    return Figure(f"idle, a second, {kind}", len(texts) / seconds, must=2, proud=0.5)


@asynccontextmanager
async def _served(settings: Settings) -> AsyncIterator[None]:
    """The bot, running in this process until it is asked to stop in the way an operator does it."""
    serving = asyncio.create_task(serve(settings))
    try:
        yield
    finally:
        if not serving.done():
            signal.raise_signal(signal.SIGTERM)
        await serving
