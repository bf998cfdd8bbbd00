"""Response URLs: five uses in thirty minutes, and what they can and cannot replace."""

from datetime import timedelta

import aiohttp
import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.sandbox import RefusedByClient
from tests.sandbox.small_app import plain

BUTTON = {"type": "actions", "elements": [{"type": "button", "action_id": "go", "text": plain("Go")}]}


@pytest.fixture
async def webhook(app, slack, running) -> AsyncWebhookClient:
    urls = []

    @app.command("/test")
    async def test(ack, body):
        urls.append(body["response_url"])
        await ack()

    await slack.commands("pm", "churn", "/test")
    return AsyncWebhookClient(urls[0], retry_handlers=[])


async def test_the_sixth_use_is_refused(slack, webhook):
    answers = [await webhook.send(text=f"{number}") for number in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert "used_url" in answers[-1].body
    assert len(slack.ephemerals("pm")) == 5


async def test_after_thirty_minutes_it_is_worth_nothing(webhook, clock):
    clock.forward(timedelta(minutes=31))
    assert "expired_url" in (await webhook.send(text="late")).body


async def test_an_answer_in_the_channel_is_seen_by_everybody(slack, webhook):
    root = await slack.says("pm", "churn", "root")
    await webhook.send(text="for all", response_type="in_channel")
    await webhook.send_dict({"text": "in thread", "response_type": "in_channel", "thread_ts": root.ts})
    assert [m.text for m in slack.messages("churn")] == ["root", "for all"]
    assert [m.text for m in slack.messages("churn", root)] == ["in thread"]


async def test_blocks_are_checked_there_too(webhook):
    refused = await webhook.send(text="x", blocks=[{"type": "chart"}])
    assert (refused.status_code, "invalid_blocks" in refused.body) == (400, True)


async def test_a_click_can_replace_or_delete_the_message_it_was_in(app, slack, client, running):
    answers = iter(({"text": "Done", "replace_original": True}, {"delete_original": True}))

    @app.action("go")
    async def go(ack, body):
        await ack()
        async with aiohttp.ClientSession() as http:
            await http.post(body["response_url"], json=next(answers))

    await client.chat_postMessage(channel="C_CHURN", text="Ready?", blocks=[BUTTON])
    await client.chat_postMessage(channel="C_PLANS", text="Ready?", blocks=[BUTTON])
    await slack.clicks("pm", slack.messages("churn")[0], "Go")
    assert [m.text for m in slack.messages("churn")] == ["Done"]
    await slack.clicks("pm", slack.messages("plans")[0], "Go")
    assert slack.messages("plans") == []


async def test_deleting_the_original_is_asked_for_alone(app, slack, client, running):
    statuses = []

    @app.action("go")
    async def go(ack, body):
        await ack()
        async with aiohttp.ClientSession() as http:
            answer = await http.post(body["response_url"], json={"delete_original": True, "text": "bye"})
            statuses.append(answer.status)

    await client.chat_postMessage(channel="C_CHURN", text="Ready?", blocks=[BUTTON])
    await slack.clicks("pm", slack.messages("churn")[0], "Go")
    assert (statuses, len(slack.messages("churn"))) == ([400], 1)


async def test_nobody_clicks_in_what_only_another_sees(slack, client):
    await client.chat_postEphemeral(channel="C_CHURN", user="U_PM", text="Ready?", blocks=[BUTTON])
    with pytest.raises(RefusedByClient, match="ml does not see"):
        await slack.clicks("ml", slack.ephemerals("pm")[0], "Go")


async def test_an_ephemeral_message_is_clicked_without_its_content_and_replaced(app, slack, client, running):
    seen = []

    @app.action("go")
    async def go(ack, body, respond):
        seen.append((body["container"]["is_ephemeral"], "message" in body))
        await ack()
        await respond(text="Done", replace_original=True)

    await client.chat_postEphemeral(channel="C_CHURN", user="U_PM", text="Ready?", blocks=[BUTTON])
    await slack.clicks("pm", slack.ephemerals("pm")[0], "Go")
    assert seen == [(True, False)]
    assert [m.text for m in slack.ephemerals("pm")] == ["Done"]
