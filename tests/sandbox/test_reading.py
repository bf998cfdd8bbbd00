"""What the app reads: history, replies, members, people."""

from tests.sandbox.small_app import SECOND, refusal


async def test_metadata_comes_back_only_when_asked_for(client):
    metadata = {"event_type": "alignbot", "event_payload": {"id": 1}}
    await client.chat_postMessage(channel="C_CHURN", text="a", metadata=metadata)
    without = await client.conversations_history(channel="C_CHURN")
    assert "metadata" not in without["messages"][0]
    answer = await client.conversations_history(channel="C_CHURN", include_all_metadata=True)
    assert answer["messages"][0]["metadata"] == metadata


async def test_history_is_paged_newest_first_and_has_no_replies(slack, client):
    said = [await slack.says("pm", "churn", f"{number}") for number in range(5)]
    await slack.says("ml", "churn", "reply", thread=said[0])
    first = await client.conversations_history(channel="C_CHURN", limit=3, oldest=said[0].ts)
    assert [m["text"] for m in first["messages"]] == ["4", "3", "2"]
    await slack.says("pm", "churn", "meanwhile")
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_history(channel="C_CHURN", limit=3, oldest=said[0].ts, cursor=cursor)
    assert ([m["text"] for m in second["messages"]], second["has_more"]) == (["1"], False)


async def test_replies_come_in_order_after_their_parent_on_every_page(slack, client):
    root = await slack.says("pm", "churn", "root")
    for number in range(3):
        await slack.says("ml", "churn", f"{number}", thread=root)
    first = await client.conversations_replies(channel="C_CHURN", ts=root.ts, limit=2)
    assert [m["text"] for m in first["messages"]] == ["root", "0", "1"]
    assert first["messages"][0]["reply_count"] == 3
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_replies(channel="C_CHURN", ts=root.ts, limit=2, cursor=cursor)
    assert [m["text"] for m in second["messages"]] == ["root", "2"]
    assert await refusal(client.conversations_replies(channel="C_CHURN", ts="1.0")) == "thread_not_found"


async def test_history_needs_membership(client):
    assert await refusal(client.conversations_history(channel="C_GENERAL")) == "not_in_channel"
    assert await refusal(client.conversations_history(channel="C_SECRET")) == "channel_not_found"


async def test_channels_and_members_are_listed_as_the_app_may_see_them(client):
    listed = await client.users_conversations(types="public_channel,private_channel")
    assert [channel["id"] for channel in listed["channels"]] == ["C_CHURN", "C_PLANS"]
    of_pm = await client.users_conversations(user="U_PM", types="public_channel,private_channel")
    assert [channel["id"] for channel in of_pm["channels"]] == ["C_CHURN", "C_GENERAL", "C_PLANS"]
    members = await client.conversations_members(channel="C_CHURN", limit=2)
    assert members["members"] == ["U_PM", "U_ML"]
    more = await client.conversations_members(channel="C_CHURN", cursor=members["response_metadata"]["next_cursor"])
    assert more["members"] == ["U0ALIGN"]
    assert (await client.conversations_info(channel="C_GENERAL"))["channel"]["is_member"] is False


async def test_a_person_has_a_zone_whose_offset_follows_the_clock(slack, client, clock):
    winter = (await client.users_info(user="U_PM"))["user"]
    clock.forward(SECOND * 86_400 * 60)
    summer = (await client.users_info(user="U_PM"))["user"]
    assert (winter["tz"], winter["tz_offset"], summer["tz_offset"]) == ("Europe/Zagreb", 3600, 7200)
    assert await refusal(client.users_info(user="U_NOBODY")) == "user_not_found"
