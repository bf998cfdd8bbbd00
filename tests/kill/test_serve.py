"""`alignbot serve` as a real process: it drains, speaks Socket Mode, says whether it is well, or why not."""

import asyncio
import signal
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import psycopg
import pytest
from pydantic import SecretStr

from bot.config import Settings
from bot.db import Database
from bot.runtime import CannotStart
from bot.runtime import serve as run_bot
from bot.sandbox import Delay, StandIn
from bot.sandbox.demo.world import MANIFEST
from tests.conftest import POSTGRES, POSTGRES_ONLY
from tests.db.evidence import asked, doubled, the_project

from .processes import APP_TOKEN, SECRET, TOKEN, Serving, free_port

KICKOFF = "kickoff Ready-By pm:@pm ml:@ml eng:@eng"
TYPED = "The order screen shows guests a time, so couriers leave on time"
FIRST = {(1, question) for question in ("pm.user_decision", "ml.feasibility", "eng.serving")}
RETRIES = tuple(0.4 * n for n in range(1, 100))

Start = Callable[..., Awaitable[Serving]]


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def slack() -> AsyncIterator[StandIn]:
    async with StandIn(now, MANIFEST, SECRET, TOKEN, APP_TOKEN, retry_after=RETRIES) as slack:
        for handle in ("pm", "ml", "eng"):
            slack.add_user(handle, tz="Europe/Berlin")
        slack.add_channel("ready-by", id="C_READY", members=["pm", "ml", "eng"])
        yield slack


@pytest.fixture
async def serve(slack: StandIn, tmp_path: Path) -> AsyncIterator[Start]:
    """Start a bot on a database, with more settings if need be; it is gone in the end."""
    async with AsyncExitStack() as stack:

        async def start(url: str, **settings: str) -> Serving:
            serving = Serving(slack, url, free_port(), settings, tmp_path / "serve.log")
            await serving.start()
            stack.push_async_callback(serving.kill)
            if "SLACK_APP_TOKEN" not in settings:
                slack.deliver_to(f"{serving.url}/slack/events")
            return serving

        yield start


@pytest.fixture
async def database(migrated_url: str) -> AsyncIterator[Database]:
    database = Database(migrated_url, now)
    yield database
    await database.close()


async def get(serving: Serving, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"{serving.url}{path}") as answer:
        return answer.status, await answer.text()


async def becomes(serving: Serving, status: int) -> str:
    """Wait until readiness is so; what it says then."""
    async with asyncio.timeout(30):
        while True:
            with suppress(aiohttp.ClientError):
                found, says = await get(serving, "/readyz")
                if found == status:
                    return says
            await asyncio.sleep(0.05)


def cards(slack: StandIn) -> int:
    return len(slack.messages("ready-by"))


async def test_a_bot_that_is_asked_to_end_finishes_its_post_and_leaves_the_rest_to_the_next(
    slack, serve, migrated_url, database
):
    serving = await serve(migrated_url, ALIGNBOT_LEASE="30")
    slack.faults.next("chat.postMessage", Delay(1.0))  # Slack takes the first card, and answers late
    await slack.commands("pm", "ready-by", "/align", KICKOFF)
    await slack.until(lambda: cards(slack) == 1)

    assert await serving.stop() == 0
    assert cards(slack) == 1, "nothing new is begun"
    looks = len(slack.calls_of("conversations.history"))
    await serving.start()
    await slack.until(lambda: len(slack.everything("ready-by")) >= 7, within=30)

    assert set(await asked(database, slack, "ready-by")) == FIRST
    assert doubled(slack, "ready-by") == []
    assert len(slack.calls_of("conversations.history")) == looks, "the first post was settled before the end"
    assert await serving.stop() == 0
    assert "Traceback" not in serving.log.read_text()


async def test_socket_mode_from_hello_to_a_new_connection_loses_nothing(slack, serve, migrated_url, database):
    serving = await serve(migrated_url, SLACK_APP_TOKEN=APP_TOKEN)
    await slack.until(lambda: slack.world.post.sockets.connections, within=30)
    said = await slack.commands("pm", "ready-by", "/align", KICKOFF)
    assert said.ok
    assert "Ready-By" in said.text
    await slack.until(lambda: len(slack.everything("ready-by")) >= 7, within=30)

    await slack.disconnect()
    await slack.says("pm", "ready-by", TYPED, thread=slack.messages("ready-by")[1])
    await slack.until(lambda: len(slack.calls_of("apps.connections.open")) == 2, within=30)
    await slack.drop_sockets()
    await slack.says("pm", "ready-by", "And the kitchen sorts orders by it", thread=slack.messages("ready-by")[1])
    await slack.until(lambda: "pm.success_metric" in _open_question(slack), within=30)

    for path, status in (("/healthz", 200), ("/readyz", 200), ("/metrics", 200), ("/slack/events", 404)):
        assert (await get(serving, path))[0] == status, path
    answers = (await the_project(database, "C_READY")).answers
    assert TYPED in str(answers["pm.user_decision"].value)
    assert (slack.lost, doubled(slack, "ready-by")) == ([], [])
    assert await serving.stop() == 0


def _open_question(slack: StandIn) -> str:
    thread = slack.messages("ready-by", thread=slack.messages("ready-by")[1])
    return " ".join(control.block_id for message in thread for control in message.controls)


async def test_an_envelope_that_died_with_the_bot_is_delivered_again(slack, serve, migrated_url, database):
    serving = await serve(migrated_url, SLACK_APP_TOKEN=APP_TOKEN)
    await slack.until(lambda: slack.world.post.sockets.connections, within=30)
    await slack.commands("pm", "ready-by", "/align", KICKOFF)
    await slack.until(lambda: len(slack.everything("ready-by")) >= 7, within=30)
    serving.process.send_signal(signal.SIGSTOP)  # it hears nothing any more, and acknowledges nothing
    typing = asyncio.ensure_future(slack.says("pm", "ready-by", TYPED, thread=slack.messages("ready-by")[1]))
    await asyncio.sleep(0.1)
    await serving.kill()
    await typing
    await serving.start()
    await slack.until(lambda: "pm.success_metric" in _open_question(slack), within=30)

    assert (await the_project(database, "C_READY")).answers["pm.user_decision"].value == TYPED
    assert (slack.lost, doubled(slack, "ready-by")) == ([], [])


async def test_a_bot_that_runs_is_ready_and_counts_what_it_does(slack, serve, migrated_url):
    serving = await serve(migrated_url)
    assert await becomes(serving, 200) == "ready\n"
    await slack.commands("pm", "ready-by", "/align", KICKOFF)
    await slack.until(lambda: len(slack.everything("ready-by")) >= 7, within=30)

    async with asyncio.timeout(30):
        metrics = ""
        while "alignbot_backlog 0.0" not in metrics:
            _, metrics = await get(serving, "/metrics")
    assert 'alignbot_posts_total{outcome="posted"} 7.0' in metrics
    assert "alignbot_failed_deliveries_total 0.0" in metrics


@pytest.mark.parametrize("database_url", POSTGRES_ONLY, indirect=True)
async def test_an_unreachable_database_is_said_and_overcome(slack, serve, migrated_url):
    name = migrated_url.rpartition("/")[2]
    serving = await serve(migrated_url)
    await becomes(serving, 200)
    await _let_in(name, False)
    try:
        assert "cannot be reached" in await becomes(serving, 503)
        assert (await get(serving, "/healthz"))[0] == 200
        assert (await get(serving, "/metrics"))[0] == 200
    finally:
        await _let_in(name, True)
    await becomes(serving, 200)
    await slack.commands("pm", "ready-by", "/align", KICKOFF)
    await slack.until(lambda: len(slack.everything("ready-by")) >= 7, within=30)
    assert await serving.stop() == 0


async def _let_in(name: str, yes: bool) -> None:
    async with await psycopg.AsyncConnection.connect(POSTGRES, autocommit=True) as server:
        await server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS {yes}'.encode())
        if not yes:
            await server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


@pytest.mark.parametrize("database_url", POSTGRES_ONLY, indirect=True)
async def test_a_server_database_that_is_not_migrated_is_refused_with_what_to_run(slack, database_url, tmp_path):
    bot = Serving(slack, database_url, free_port(), {}, tmp_path / "serve.log")
    options = {"cwd": tmp_path, "env": bot.environment, "capture_output": True, "text": True, "timeout": 60}
    done = await asyncio.to_thread(subprocess.run, bot.command, **options)

    said = [line for line in done.stderr.splitlines() if not line.startswith("{")]
    assert (done.returncode, len(said)) == (1, 1)
    assert "alignbot migrate" in said[0]


async def test_a_port_that_is_taken_is_named(slack, migrated_url):
    secret, token = SecretStr(SECRET), SecretStr(TOKEN)
    settings = Settings(
        slack_bot_token=token, slack_signing_secret=secret, slack_api_url=slack.api_url, database_url=migrated_url
    )
    port = int(slack.api_url.split(":")[2].partition("/")[0])  # where the stand-in itself listens

    with pytest.raises(CannotStart, match=f"Cannot listen on 127.0.0.1:{port}"):
        await run_bot(settings.model_copy(update={"port": port}))
