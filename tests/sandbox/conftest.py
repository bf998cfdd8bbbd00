"""A small real Bolt app against the stand-in, and a clock that stands still."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import SimulatedClock, StandIn
from tests.sandbox.small_app import MANIFEST, START, people, served


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(START)


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    path = tmp_path / "manifest.yml"
    path.write_text(MANIFEST)
    return path


@pytest.fixture
async def slack(clock: SimulatedClock, manifest: Path) -> AsyncIterator[StandIn]:
    async with StandIn(clock, manifest, "secret") as slack:
        people(slack)
        yield slack


@pytest.fixture
def client(slack: StandIn) -> AsyncWebClient:
    return AsyncWebClient(token="xoxb-test", base_url=slack.api_url, retry_handlers=[])


@pytest.fixture
def app(client: AsyncWebClient) -> AsyncApp:
    return AsyncApp(client=client, signing_secret="secret", process_before_response=True)


@pytest.fixture
def heard(app: AsyncApp) -> list[dict]:
    """Every event that reached the app, as its payload."""
    events: list[dict] = []

    async def hear(event: dict) -> None:
        events.append(event)

    for kind in ("app_mention", "app_home_opened", "app_uninstalled", "tokens_revoked", "user_change", "team_join"):
        app.event(kind)(hear)
    for kind in ("archive", "deleted", "left", "rename", "unarchive"):
        app.event(f"channel_{kind}")(hear)
        app.event(f"group_{kind}")(hear)
    for kind in ("channel_id_changed", "channel_shared", "channel_unshared"):
        app.event(kind)(hear)
    for kind in ("member_joined_channel", "member_left_channel", "message"):
        app.event(kind)(hear)
    return events


@pytest.fixture
async def running(app: AsyncApp, slack: StandIn) -> AsyncIterator[None]:
    async with served(app, slack):
        yield
        await slack.settled()


@pytest.fixture
def opens(app):
    """Let /test open this modal."""

    def opens(view: dict) -> None:
        @app.command("/test")
        async def test(ack, body, client):
            await client.views_open(trigger_id=body["trigger_id"], view=view)
            await ack()

    return opens
