"""What the Web API refuses: wrong tokens, missing scopes, channels the app is not in, threads that are none."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import RefusedByClient
from tests.sandbox.small_app import SECOND, refusal


@pytest.mark.parametrize(
    ("token", "error"), [("xoxb-other", "invalid_auth"), ("", "not_authed"), ("xapp-test", "not_allowed_token_type")]
)
async def test_a_wrong_token_is_refused(slack, token, error):
    stranger = AsyncWebClient(token=token, base_url=slack.api_url, retry_handlers=[])
    assert await refusal(stranger.auth_test()) == error


async def test_an_unknown_method_is_refused(client):
    assert await refusal(client.api_call("reminders.add")) == "unknown_method"


async def test_auth_test_says_who_the_app_is_and_what_it_may_do(client):
    answer = await client.auth_test()
    assert (answer["user_id"], answer["bot_id"], answer["team_id"]) == ("U0ALIGN", "B0ALIGN", "T0ACME")
    assert "chat:write" in answer.headers["x-oauth-scopes"]


async def test_a_form_a_json_body_and_json_inside_a_form_are_all_understood(slack):
    blocks = '[{"type": "divider"}]'
    headers = {"Authorization": "Bearer xoxb-test"}
    async with aiohttp.ClientSession() as http:
        await http.post(
            f"{slack.api_url}chat.postMessage",
            data={"token": "xoxb-test", "channel": "C_CHURN", "text": "hi", "blocks": blocks},
        )
        await http.post(
            f"{slack.api_url}chat.postMessage",
            json={"channel": "C_PLANS", "text": "hi", "blocks": [{"type": "divider"}]},
            headers=headers,
        )
    for channel in ("churn", "plans"):
        assert slack.messages(channel)[0].blocks[0]["type"] == "divider"


@pytest.mark.parametrize(
    ("scope", "method", "arguments"),
    [
        ("chat:write", "chat.postMessage", {"channel": "C_CHURN", "text": "hi"}),
        ("users:read", "users.info", {"user": "U_PM"}),
        ("im:write", "conversations.open", {"users": "U_PM"}),
        ("channels:read", "conversations.info", {"channel": "C_CHURN"}),
        ("groups:read", "conversations.members", {"channel": "C_PLANS"}),
        ("channels:history", "conversations.history", {"channel": "C_CHURN"}),
        ("groups:history", "conversations.replies", {"channel": "C_PLANS", "ts": "1.0"}),
        ("groups:read", "users.conversations", {"types": "public_channel,private_channel"}),
    ],
)
async def test_a_method_without_its_scope_is_refused(slack, client, scope, method, arguments):
    slack.scopes.discard(scope)
    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, json=arguments)
    answer = caught.value.response
    assert (answer["error"], answer["needed"]) == ("missing_scope", scope)
    assert scope not in answer["provided"]


async def test_reading_about_a_dm_needs_im_read_but_writing_in_it_does_not(slack, client):
    slack.scopes.difference_update({"im:read", "im:write"})
    posted = await client.chat_postMessage(channel="U_PM", text="hi")
    assert [m.text for m in slack.dm("pm")] == ["hi"]
    assert await refusal(client.conversations_info(channel=posted["channel"])) == "missing_scope"


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C_GENERAL", "not_in_channel"),
        ("C_SECRET", "channel_not_found"),
        ("C_NOWHERE", "channel_not_found"),
        ("churn", "channel_not_found"),
        ("C_OLD", "is_archived"),
        ("U_NOBODY", "channel_not_found"),
        ("U_GUEST_OF_ANOTHER", "channel_not_found"),
    ],
)
async def test_a_channel_the_app_cannot_write_to_is_refused(slack, client, channel, error):
    slack.add_channel("old", id="C_OLD", members=["pm"], archived=True)
    slack.add_user("other", id="U_GUEST_OF_ANOTHER", stranger=True)
    assert await refusal(client.chat_postMessage(channel=channel, text="hi")) == error


async def test_a_public_channel_can_be_written_to_from_outside_with_a_scope_for_it(slack, client):
    slack.scopes.add("chat:write.public")
    await client.chat_postMessage(channel="C_GENERAL", text="hi")
    assert len(slack.messages("general")) == 1


async def test_only_a_parent_names_a_thread(slack, client, clock):
    root = await slack.says("pm", "churn", "question")
    reply = await slack.says("ml", "churn", "answer", thread=root)
    post = client.chat_postMessage
    assert await refusal(post(channel="C_CHURN", text="x", thread_ts=reply.ts)) == "cannot_reply_to_message"
    clock.forward(SECOND)
    assert await refusal(post(channel="C_CHURN", text="x", thread_ts="1.000001")) == "thread_not_found"
    clock.forward(SECOND)
    await post(channel="C_CHURN", text="x", thread_ts=root.ts)
    assert [m.text for m in slack.messages("churn", root)] == ["answer", "x"]


async def test_a_reply_in_a_thread_whose_parent_was_deleted_is_refused(slack, client):
    root = await slack.says("pm", "churn", "question")
    await slack.deletes("pm", root)
    assert await refusal(client.chat_postMessage(channel="C_CHURN", text="x", thread_ts=root.ts)) == "thread_not_found"


async def test_only_own_messages_can_be_changed_or_deleted(slack, client):
    message = await slack.says("pm", "churn", "mine")
    about = {"channel": "C_CHURN", "ts": message.ts}
    assert await refusal(client.chat_update(**about, text="x")) == "cant_update_message"
    assert await refusal(client.chat_delete(**about)) == "cant_delete_message"
    assert await refusal(client.chat_update(channel="C_CHURN", ts="1.0", text="x")) == "message_not_found"


async def test_in_an_archived_channel_nothing_changes(slack, client):
    posted = await client.chat_postMessage(channel="C_CHURN", text="hi")
    await slack.archives("pm", "churn")
    assert await refusal(client.chat_update(channel="C_CHURN", ts=posted["ts"], text="x")) == "is_inactive"


async def test_an_update_without_blocks_takes_them_away_and_keeps_the_metadata(slack, client):
    metadata = {"event_type": "alignbot", "event_payload": {"id": 1}}
    blocks = [{"type": "divider"}]
    posted = await client.chat_postMessage(channel="C_CHURN", text="a", blocks=blocks, metadata=metadata)
    await client.chat_update(channel="C_CHURN", ts=posted["ts"], text="b")
    (message,) = slack.messages("churn")
    assert (message.text, message.blocks, message.metadata, message.edited) == ("b", [], metadata, None)
    await client.chat_update(channel="C_CHURN", ts=posted["ts"], text="b", metadata={})
    assert slack.message(message).metadata is None


async def test_a_message_needs_a_text_beside_its_blocks(client):
    with pytest.warns(UserWarning, match="text"):
        assert await refusal(client.chat_postMessage(channel="C_CHURN", blocks=[{"type": "divider"}])) == "no_text"
    assert await refusal(client.api_call("chat.postMessage", json={"channel": "C_PLANS"})) == "no_text"


async def test_a_long_text_is_cut_when_posted_and_refused_when_updated(slack, client):
    posted = await client.chat_postMessage(channel="C_CHURN", text="x" * 40_001)
    assert len(slack.messages("churn")[0].text) == 40_000
    long = client.chat_update(channel="C_CHURN", ts=posted["ts"], text="x" * 4_001)
    assert await refusal(long) == "msg_too_long"


@pytest.mark.parametrize(
    ("metadata", "error"),
    [
        ({"event_type": "x"}, "invalid_metadata_format"),
        ("{not json", "invalid_metadata_format"),
        ({"event_type": "x", "event_payload": {"a": "b" * 20_000}}, "metadata_too_large"),
    ],
)
async def test_wrong_metadata_is_refused(client, metadata, error):
    call = client.api_call("chat.postMessage", json={"channel": "C_CHURN", "text": "hi", "metadata": metadata})
    assert await refusal(call) == error


async def test_an_ephemeral_message_reaches_only_a_member(slack, client):
    await client.chat_postEphemeral(channel="C_CHURN", user="U_PM", text="psst")
    assert ([m.text for m in slack.ephemerals("pm")], slack.messages("churn")) == (["psst"], [])
    slack.add_user("eng", id="U_ENG")
    outside = client.chat_postEphemeral(channel="C_CHURN", user="U_ENG", text="psst")
    assert await refusal(outside) == "user_not_in_channel"


async def test_a_dm_is_opened_once_and_not_with_bots_or_the_deactivated(slack, client):
    first = await client.conversations_open(users="U_PM")
    again = await client.conversations_open(users="U_PM")
    assert first["channel"]["id"] == again["channel"]["id"]
    assert again["already_open"] is True
    slack.add_user("robot", id="U_ROBOT", bot=True)
    assert await refusal(client.conversations_open(users="U_ROBOT")) == "cannot_dm_bot"
    await slack.deactivates("ml")
    assert await refusal(client.conversations_open(users="U_ML")) == "user_disabled"


async def test_a_permalink_leads_to_the_message_and_into_its_thread(slack, client):
    root = await slack.says("pm", "churn", "root")
    reply = await slack.says("ml", "churn", "reply", thread=root)
    link = (await client.chat_getPermalink(channel="C_CHURN", message_ts=reply.ts))["permalink"]
    assert link.endswith(f"/C_CHURN/p{reply.ts.replace('.', '')}?thread_ts={root.ts}&cid=C_CHURN")
    assert await refusal(client.chat_getPermalink(channel="C_CHURN", message_ts="1.0")) == "message_not_found"


async def test_a_message_that_pings_everybody_is_noticed(slack, client, clock):
    raw = [{"type": "section", "text": {"type": "mrkdwn", "text": "<!channel> hello"}}]
    bare = [{"type": "section", "text": {"type": "mrkdwn", "text": "he said @here"}}]
    await client.chat_postMessage(channel="C_CHURN", text="hello", blocks=raw)
    await client.chat_postMessage(channel="C_PLANS", text="&lt;!here&gt; is harmless", blocks=bare)
    assert [broadcast.text for broadcast in slack.broadcasts] == ["<!channel> hello"]
    assert [broadcast.text for broadcast in slack.possible_broadcasts] == ["he said @here"]


async def test_people_cannot_do_what_slacks_client_does_not_offer(slack, client):
    with pytest.raises(RefusedByClient, match="not in #secret"):
        await slack.says("ml", "secret", "hi")
    with pytest.raises(RefusedByClient, match="not a valid command"):
        await slack.commands("pm", "churn", "/kickoff")
    message = await slack.says("pm", "churn", "mine")
    with pytest.raises(RefusedByClient, match="only their own"):
        await slack.edits("ml", message, "yours")
    with pytest.raises(RefusedByClient, match="nobody here"):
        await slack.says("eve", "churn", "hi")
    await slack.deactivates("ml")
    with pytest.raises(RefusedByClient, match="deactivated"):
        await slack.says("ml", "churn", "hi")
