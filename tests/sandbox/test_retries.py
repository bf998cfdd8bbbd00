"""Events that the app does not accept come again: at once, after a minute, after five."""

import asyncio
import hashlib
import hmac
import time
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import web

from bot.sandbox import StandIn, wall_clock
from tests.sandbox.small_app import people


class Endpoint:
    """An app that keeps what it gets and answers as it is told."""

    def __init__(self) -> None:
        self.answers: list[web.Response] = []
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.busy = 0.0

    async def take(self, request: web.Request) -> web.Response:
        self.requests.append((dict(request.headers), await request.read()))
        await asyncio.sleep(self.busy)
        return self.answers.pop(0) if self.answers else web.Response()

    def retries(self) -> list[tuple[str | None, str | None]]:
        return [(h.get("X-Slack-Retry-Num"), h.get("X-Slack-Retry-Reason")) for h, _ in self.requests]


@pytest.fixture
async def endpoint(slack) -> AsyncIterator[Endpoint]:
    endpoint = Endpoint()
    async with served(endpoint) as url:
        slack.deliver_to(url)
        yield endpoint


class served:
    def __init__(self, endpoint: Endpoint) -> None:
        app = web.Application()
        app.router.add_post("/slack/events", endpoint.take)
        self.runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)

    async def __aenter__(self) -> str:
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self.runner.addresses[0][1]}/slack/events"

    async def __aexit__(self, *_: object) -> None:
        await self.runner.cleanup()


async def test_a_delivery_is_signed_by_the_wall_clock(slack, endpoint):
    await slack.says("pm", "churn", "hi")
    headers, body = endpoint.requests[0]
    stamp = headers["X-Slack-Request-Timestamp"]
    expected = hmac.new(b"secret", f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    assert headers["X-Slack-Signature"] == f"v0={expected}"
    assert abs(int(stamp) - time.time()) < 60


async def test_a_refused_event_comes_three_times_more_and_is_then_lost(slack, endpoint, clock):
    endpoint.answers = [web.Response(status=500) for _ in range(4)]
    started = clock()
    await slack.says("pm", "churn", "hi")
    waits = []
    while due := slack.next_due():
        waits.append((due - started).total_seconds())
        clock.move_to(due)
        await slack.run_due()
    assert waits == [0, 60, 300]
    assert endpoint.retries() == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]
    assert [parcel.type for parcel in slack.lost] == ["message"]
    assert len({delivery.event_id for delivery in slack.deliveries}) == 1


async def test_an_event_accepted_at_the_second_try_is_not_lost(slack, endpoint):
    endpoint.answers = [web.Response(status=503)]
    await slack.says("pm", "churn", "hi")
    assert await slack.run_due() == 1
    assert ([delivery.status for delivery in slack.deliveries], slack.lost) == ([503, 200], [])
    assert slack.next_due() is None


async def test_an_app_can_ask_for_no_retry(slack, endpoint):
    endpoint.answers = [web.Response(status=500, headers={"x-slack-no-retry": "1"})]
    await slack.says("pm", "churn", "hi")
    assert (slack.next_due(), len(slack.lost)) == (None, 1)


async def test_an_app_that_is_slow_or_away_gets_the_event_again(slack, endpoint, clock):
    slack.waits_for_answers(0.05)
    endpoint.busy = 0.2
    await slack.says("pm", "churn", "slow")
    slack.waits_for_answers(3)
    slack.deliver_to("http://127.0.0.1:1/")
    await slack.says("pm", "churn", "away")
    assert [delivery.reason for delivery in slack.deliveries] == ["http_timeout", "connection_failed"]
    assert slack.next_due() == clock()


async def test_commands_and_clicks_are_not_tried_again(slack, endpoint):
    endpoint.answers = [web.Response(status=500)]
    answer = await slack.commands("pm", "churn", "/test")
    assert (answer.ok, answer.status, slack.next_due()) == (False, 500, None)


async def test_what_is_not_due_yet_waits(slack, endpoint, clock):
    endpoint.answers = [web.Response(status=500) for _ in range(2)]
    await slack.says("pm", "churn", "hi")
    await slack.run_due()
    clock.forward(timedelta(seconds=59))
    assert await slack.run_due() == 0
    clock.forward(timedelta(seconds=1))
    assert await slack.run_due() == 1


async def test_with_the_real_clock_events_come_again_by_themselves(manifest):
    endpoint = Endpoint()
    endpoint.answers = [web.Response(status=500)]
    async with StandIn(wall_clock, manifest) as slack, served(endpoint) as url:
        people(slack)
        slack.deliver_to(url)
        await slack.says("pm", "churn", "hi")
        await slack.until(lambda: len(endpoint.requests) == 2)
    assert endpoint.retries()[1] == ("1", "http_error")


async def test_the_request_url_gives_back_a_challenge(app, slack, running):
    assert await slack.verifies_url()
    slack.deliver_to("http://127.0.0.1:1/")
    assert not await slack.verifies_url()
