"""Socket Mode: everything goes over the app's sockets, and what was not acknowledged comes again."""

from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.errors import SlackApiError

from tests.sandbox.small_app import plain, refusal


@pytest.fixture
async def connected(app, slack) -> AsyncIterator[AsyncSocketModeHandler]:
    handler = AsyncSocketModeHandler(app, "xapp-test")
    await handler.connect_async()
    await slack.until(lambda: slack.world.post.sockets.connections)
    yield handler
    await handler.close_async()
    await handler.client.aiohttp_client_session.close()


class Socket:
    """A socket without a library, which acknowledges what it likes."""

    def __init__(self, http: aiohttp.ClientSession, slack) -> None:
        self._http, self._slack = http, slack

    async def open(self) -> dict:
        headers = {"Authorization": "Bearer xapp-test"}
        async with self._http.post(f"{self._slack.api_url}apps.connections.open", headers=headers) as answer:
            self.url = (await answer.json())["url"]
        self.link = await self._http.ws_connect(self.url)
        return await self.link.receive_json()

    async def receive(self) -> dict:
        return await self.link.receive_json(timeout=5)

    async def acknowledge(self, envelope: dict, **payload) -> None:
        await self.link.send_json({"envelope_id": envelope["envelope_id"], **payload})


@pytest.fixture
async def sockets(slack) -> AsyncIterator[Callable[[], Socket]]:
    kept: list[Socket] = []

    def make() -> Socket:
        kept.append(Socket(http, slack))
        return kept[-1]

    async with aiohttp.ClientSession() as http:
        yield make


async def test_a_bolt_app_talks_over_a_socket(app, slack, heard, connected):
    @app.command("/test")
    async def test(ack, body, client):
        await client.views_open(
            trigger_id=body["trigger_id"],
            view={"type": "modal", "title": plain("Hello"), "blocks": [{"type": "divider"}]},
        )
        await ack("Done")

    await slack.says("pm", "churn", "hi")
    assert [event["text"] for event in heard] == ["hi"]
    said = await slack.commands("pm", "churn", "/test")
    assert (said.text, said.view.title) == ("Done", "Hello")


async def test_opening_a_connection_needs_the_apps_token(client):
    assert await refusal(client.apps_connections_open(app_token="xoxb-test")) == "not_allowed_token_type"
    with pytest.raises(SlackApiError, match="invalid_auth"):
        await client.apps_connections_open(app_token="xapp-other")


async def test_a_socket_is_greeted_and_its_address_works_once(slack, sockets):
    first, second = sockets(), sockets()
    assert [(await socket.open())["num_connections"] for socket in (first, second)] == [1, 2]
    async with aiohttp.ClientSession() as http:
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await http.ws_connect(first.url)


async def test_payloads_go_over_any_of_the_sockets(slack, sockets):
    both = [sockets(), sockets()]
    for socket in both:
        await socket.open()
    for _ in both:
        slack.world.post.in_background(slack.says("pm", "churn", "hi"))
    for socket in both:
        envelope = await socket.receive()
        assert (envelope["type"], envelope["accepts_response_payload"]) == ("events_api", False)
        await socket.acknowledge(envelope)
    await slack.settled()
    assert [delivery.status for delivery in slack.deliveries] == [200, 200]


async def test_what_a_closed_socket_did_not_acknowledge_comes_over_the_next(slack, sockets):
    first, second = sockets(), sockets()
    await first.open()
    slack.world.post.in_background(slack.says("pm", "churn", "hi"))
    lost = await first.receive()
    await first.link.close()
    await slack.until(slack.next_due)
    await second.open()
    again = await second.receive()
    assert again["payload"]["event_id"] == lost["payload"]["event_id"]
    assert (again["retry_attempt"], again["retry_reason"]) == (1, "connection_closed")
    await second.acknowledge(again)
    await slack.settled()


async def test_an_event_that_is_never_acknowledged_is_due_again(slack, sockets):
    slack.waits_for_answers(0.05)
    await sockets().open()
    await slack.says("pm", "churn", "hi")
    assert [delivery.reason for delivery in slack.deliveries] == ["timeout"]
    assert slack.next_due() == slack.world.clock()


async def test_an_app_that_was_on_a_socket_gets_nothing_while_it_is_away(slack, sockets):
    socket = sockets()
    await socket.open()
    await socket.link.close()
    await slack.until(lambda: not slack.world.post.sockets.connections)
    await slack.says("pm", "churn", "hi")
    assert [delivery.reason for delivery in slack.deliveries] == ["connection_failed"]
    later = sockets()
    await later.open()
    envelope = await later.receive()
    assert envelope["payload"]["event"]["text"] == "hi"
    await later.acknowledge(envelope)
    await slack.settled()


async def test_slack_asks_to_connect_anew(slack, sockets):
    old, new = sockets(), sockets()
    await old.open()
    await slack.disconnect("refresh_requested")
    assert (await old.receive())["reason"] == "refresh_requested"
    await new.open()
    slack.world.post.in_background(slack.says("pm", "churn", "hi"))
    await new.acknowledge(await new.receive())
    await slack.settled()


async def test_an_eleventh_socket_is_refused(slack, sockets):
    for _ in range(10):
        await sockets().open()
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await sockets().open()
