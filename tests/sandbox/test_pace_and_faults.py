"""How fast the app may call, and the faults a test can order."""

import asyncio
from datetime import timedelta

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import AcceptThenDrop, Delay, RateLimited, Refuse, Reset, ServerError, StandIn
from tests.sandbox.small_app import SECOND, people, refusal


@pytest.fixture
def post(client):
    async def post(channel: str = "C_CHURN", text: str = "hi"):
        return await client.chat_postMessage(channel=channel, text=text)

    return post


async def test_a_second_message_within_a_second_waits_for_its_turn(slack, post, clock):
    await post()
    with pytest.raises(SlackApiError) as caught:
        await post()
    answer = caught.value.response
    assert (answer.status_code, answer["error"], answer.headers["Retry-After"]) == (429, "ratelimited", "1")
    await post("C_PLANS")
    clock.forward(SECOND)
    await post()
    assert (slack.ratelimited, len(slack.messages("churn"))) == (1, 2)


async def test_a_person_and_the_dm_with_them_are_one_place(slack, post):
    dm = (await post("U_PM"))["channel"]
    assert await refusal(post(dm)) == "ratelimited"


async def test_a_method_is_limited_by_the_minute_with_some_tolerance(client, clock):
    for _ in range(100):
        await client.conversations_info(channel="C_CHURN")
    assert await refusal(client.conversations_info(channel="C_CHURN")) == "ratelimited"
    await client.users_info(user="U_PM")
    clock.forward(timedelta(minutes=1))
    await client.conversations_info(channel="C_CHURN")


async def test_pace_can_be_switched_off(clock, manifest):
    async with StandIn(clock, manifest, pace=False) as slack:
        people(slack)
        client = AsyncWebClient(token="xoxb-test", base_url=slack.api_url)
        await asyncio.gather(*(client.chat_postMessage(channel="C_CHURN", text="hi") for _ in range(9)))
        assert len(slack.messages("churn")) == 9


async def test_a_refusal_comes_as_often_as_ordered_and_only_where_ordered(slack, post, clock):
    slack.faults.next("chat.postMessage", Refuse("channel_not_found"), times=2, channel="churn")
    await post("C_PLANS")
    for _ in range(2):
        assert await refusal(post()) == "channel_not_found"
    await post()
    assert slack.faults.pending == 0


async def test_a_server_error_has_no_json(slack, client):
    slack.faults.next("chat.postMessage", ServerError(503))
    async with aiohttp.ClientSession() as http:
        answer = await http.post(f"{slack.api_url}chat.postMessage", json={"token": "xoxb-test"})
    assert (answer.status, answer.content_type) == (503, "text/html")
    assert slack.messages("churn") == []


async def test_a_server_error_may_come_after_the_message_was_posted(slack, post):
    slack.faults.next("chat.postMessage", ServerError(500, accepted=True))
    with pytest.raises(SlackApiError):
        await post()
    assert [m.text for m in slack.messages("churn")] == ["hi"]


async def test_accepted_but_unanswered_means_posted(slack, post):
    slack.faults.next("chat.postMessage", AcceptThenDrop())
    with pytest.raises(aiohttp.ClientError):
        await post()
    assert [m.text for m in slack.messages("churn")] == ["hi"]


async def test_a_connection_that_is_reset_means_not_posted(slack, post):
    slack.faults.next("chat.postMessage", Reset())
    with pytest.raises(aiohttp.ClientError):
        await post()
    assert slack.messages("churn") == []
    await post()


@pytest.mark.parametrize(("before", "posted"), [(False, 1), (True, 0)])
async def test_a_delay_comes_after_the_act_or_before_it(slack, before, posted):
    slack.faults.next("chat.postMessage", Delay(0.6, before=before))
    hurried = aiohttp.ClientTimeout(total=0.2)
    body = {"token": "xoxb-test", "channel": "C_CHURN", "text": "hi"}
    async with aiohttp.ClientSession(timeout=hurried) as http:
        with pytest.raises(TimeoutError):
            await http.post(f"{slack.api_url}chat.postMessage", json=body)
    assert len(slack.messages("churn")) == posted


async def test_after_a_429_the_method_stays_closed_until_the_time_is_over(slack, post, client, clock):
    slack.faults.next("chat.postMessage", RateLimited(30))
    assert await refusal(post()) == "ratelimited"
    clock.forward(SECOND * 20)
    with pytest.raises(SlackApiError) as caught:
        await post("C_PLANS")
    assert caught.value.response.headers["Retry-After"] == "10"
    await client.users_info(user="U_PM")
    clock.forward(SECOND * 10)
    await post()
    assert slack.ratelimited == 2


async def test_a_mixture_of_faults_is_the_same_for_a_seed(clock, manifest):
    async def run() -> list[int]:
        async with StandIn(clock, manifest, pace=False) as slack:
            people(slack)
            slack.faults.rate("*", {ServerError(500): 0.2, Refuse("fatal_error"): 0.1}, seed=7)
            async with aiohttp.ClientSession() as http:
                for _ in range(60):
                    await http.post(f"{slack.api_url}auth.test", data={"token": "xoxb-test"})
            return [call.status for call in slack.calls if not call.ok]

    first, second = await run(), await run()
    assert first == second
    assert {200, 500} == set(first)
    assert 8 < len(first) < 30
