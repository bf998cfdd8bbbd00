"""Which events the app gets: subscribed, covered by a scope, and about a place it is in."""

import pytest
from ruamel.yaml import YAML
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import RefusedByClient, StandIn, User
from tests.sandbox.small_app import MANIFEST, people, plain, refusal, served


def types(heard: list[dict]) -> list[str]:
    return [event.get("subtype") or event["type"] for event in heard]


async def test_nothing_is_heard_from_a_channel_the_app_is_not_in(slack, heard, running):
    await slack.says("pm", "general", "hi")
    await slack.says("pm", "secret", "hi")
    assert heard == []


async def test_an_event_without_its_scope_is_not_delivered(slack, heard, running):
    slack.scopes.discard("channels:history")
    await slack.says("pm", "churn", "hi @testbot")
    await slack.says("pm", "plans", "hi")
    assert [(event["type"], event["channel"]) for event in heard] == [
        ("app_mention", "C_CHURN"),
        ("message", "C_PLANS"),
    ]


async def test_an_event_the_manifest_does_not_subscribe_to_is_not_delivered(app, clock, manifest, heard):
    manifest.write_text(MANIFEST.replace("message.groups, ", ""))
    async with StandIn(clock, manifest, "secret") as slack, served(app, slack):
        people(slack)
        await slack.says("pm", "plans", "hi")
        assert slack.deliveries == []


async def test_the_app_hears_of_its_own_arrival_and_removal(slack, heard, running):
    await slack.invites("pm", "general")
    await slack.kicks("ml", "general")
    joined, left, own = heard
    assert (joined["type"], joined["user"], joined["inviter"]) == ("member_joined_channel", "U0ALIGN", "U_PM")
    assert (left["type"], left["user"]) == ("member_left_channel", "U0ALIGN")
    assert (own["type"], own["actor_id"]) == ("channel_left", "U_ML")
    heard.clear()
    await slack.says("pm", "general", "still here?")
    assert heard == []


async def test_members_come_and_go(slack, heard, running):
    slack.add_user("eng", id="U_ENG")
    await slack.joins("eng", "churn")
    await slack.leaves("eng", "churn")
    await slack.invites("pm", "plans", "eng")
    await slack.kicks("pm", "plans", "eng")
    assert types(heard) == [
        *("member_joined_channel", "channel_join", "member_left_channel", "channel_leave"),
        *("member_joined_channel", "channel_join", "member_left_channel", "channel_leave"),
    ]
    with pytest.raises(RefusedByClient, match="invitation"):
        await slack.joins("eng", "plans")


@pytest.mark.parametrize(("channel", "prefix"), [("churn", "channel"), ("plans", "group")])
async def test_channels_are_archived_renamed_and_deleted(slack, heard, running, channel, prefix):
    await slack.renames("pm", channel, "new-name")
    await slack.archives("pm", "new-name")
    with pytest.raises(RefusedByClient, match="archived"):
        await slack.says("pm", "new-name", "hi")
    await slack.unarchives("pm", "new-name")
    await slack.deletes_channel("pm", "new-name")
    events = [kind for kind in types(heard) if kind != "channel_name"]
    assert events == [f"{prefix}_{what}" for what in ("rename", "archive", "unarchive", "deleted")]
    assert heard[0]["channel"]["name"] == "new-name"


async def test_a_channel_can_get_a_new_id(slack, client, heard, running):
    message = await slack.says("pm", "churn", "hi")
    await slack.changes_id("churn", "C_SHARED")
    assert (heard[-1]["old_channel_id"], heard[-1]["new_channel_id"]) == ("C_CHURN", "C_SHARED")
    assert slack.message(message).channel == "C_SHARED"
    await client.chat_postMessage(channel="C_SHARED", text="hi", thread_ts=message.ts)
    await slack.says("pm", "churn", "again")
    assert slack.deliveries[-1].payload["is_ext_shared_channel"] is True


async def test_a_channel_is_shared_with_another_company_and_not_any_more(slack, heard, running):
    await slack.shares("pm", "churn")
    assert (heard[-1]["type"], heard[-1]["channel"]) == ("channel_shared", "C_CHURN")
    await slack.says("pm", "churn", "hi")
    assert slack.deliveries[-1].payload["is_ext_shared_channel"] is True
    await slack.shares("pm", "churn", shared=False)
    assert (heard[-1]["type"], heard[-1]["is_ext_shared"]) == ("channel_unshared", False)


async def test_people_change(slack, heard, running):
    await slack.set_tz("pm", "Asia/Tokyo")
    await slack.becomes_guest("ml")
    await slack.sets_status("ml", "on holiday")
    await slack.deactivates("ml")
    await slack.joins_team(User("U_NEW", "new", "New Person"))
    users = [event["user"] for event in heard]
    assert types(heard) == ["user_change"] * 4 + ["team_join"]
    assert users[0]["tz_offset"] == 32_400
    assert [user["is_restricted"] for user in users[:2]] == [False, True]
    assert users[2]["profile"]["status_text"] == "on holiday"
    assert users[3]["deleted"] is True
    assert slack.world.workspace.channel("churn").members == ["U_PM", "U0ALIGN"]


async def test_posting_to_a_deactivated_person_succeeds_and_nobody_reads_it(slack, client):
    await slack.deactivates("ml")
    await client.chat_postMessage(channel="U_ML", text="hello?")
    assert len(slack.dm("ml")) == 1


@pytest.mark.parametrize(
    ("act", "event", "error"),
    [("uninstalls", "app_uninstalled", "account_inactive"), ("revokes_tokens", "tokens_revoked", "token_revoked")],
)
async def test_after_an_uninstallation_the_token_is_worth_nothing(slack, client, heard, running, act, event, error):
    await getattr(slack, act)()
    await slack.says("pm", "churn", "anybody?")
    assert types(heard) == [event]
    assert await refusal(client.chat_postMessage(channel="C_CHURN", text="hi")) == error
    with pytest.raises(RefusedByClient, match="not installed"):
        await slack.commands("pm", "churn", "/test")


async def test_files_broadcasts_and_other_bots_are_told_by_subtype(slack, heard, running):
    slack.add_user("robot", id="U_ROBOT", bot=True)
    slack.world.workspace.channel("churn").members.append("U_ROBOT")
    root = await slack.says("pm", "churn", "here", files=("plan.pdf",))
    await slack.says("ml", "churn", "for all", thread=root, broadcast=True)
    await slack.says("robot", "churn", "beep")
    await slack.says("robot", "churn", "boop", subtype="bot_message")
    assert types(heard) == ["file_share", "thread_broadcast", "message", "bot_message"]
    assert heard[0]["files"][0]["name"] == "plan.pdf"
    assert heard[2]["bot_id"] == heard[3]["bot_id"] == "B_ROBOT"
    assert "user" not in heard[3]
    assert [m.text for m in slack.messages("churn")] == ["here", "for all", "beep", "boop"]


async def test_a_person_of_another_company_is_marked(slack, client, heard, running):
    slack.add_user("guest", id="U_GUEST", stranger=True)
    await slack.invites("pm", "churn", "guest")
    await slack.says("guest", "churn", "hi")
    assert heard[-1]["team"] == "T0OTHER"
    assert (await client.users_info(user="U_GUEST"))["user"]["is_stranger"] is True


async def test_the_home_and_messages_tabs_are_as_the_manifest_has_them(app, clock, manifest, slack, heard, running):
    await slack.opens_home("pm")
    await slack.opens_home("pm", tab="messages")
    assert [(event["tab"], "view" in event) for event in heard] == [("home", False), ("messages", False)]
    document = YAML(typ="safe").load(MANIFEST)
    document["features"]["app_home"] = {"messages_tab_enabled": True, "messages_tab_read_only_enabled": True}
    with manifest.open("w") as file:
        YAML().dump(document, file)
    async with StandIn(clock, manifest, "secret") as other:
        people(other)
        client = AsyncWebClient(token="xoxb-test", base_url=other.api_url)
        home = {"type": "home", "blocks": []}
        assert await refusal(client.views_publish(user_id="U_PM", view=home)) == "not_enabled"
        with pytest.raises(RefusedByClient, match="no home tab"):
            await other.opens_home("pm")
        with pytest.raises(RefusedByClient, match="read-only"):
            await other.says("pm", "dm", "hi")


async def test_without_a_messages_tab_there_are_no_dms(clock, manifest):
    manifest.write_text(MANIFEST.replace("messages_tab_enabled: true", "messages_tab_enabled: false"))
    async with StandIn(clock, manifest, "secret") as slack:
        people(slack)
        client = AsyncWebClient(token="xoxb-test", base_url=slack.api_url)
        dm = (await client.conversations_open(users="U_PM"))["channel"]["id"]
        for channel in ("U_ML", dm):
            assert await refusal(client.chat_postMessage(channel=channel, text="hi")) == "messages_tab_disabled"


async def test_commands_and_shortcuts_need_a_scope(slack):
    slack.scopes.discard("commands")
    with pytest.raises(RefusedByClient, match="`commands`"):
        await slack.commands("pm", "churn", "/test")
    with pytest.raises(RefusedByClient, match="`commands`"):
        await slack.shortcut("pm", None, "Start here")


async def test_a_command_is_passed_on_raw_unless_the_manifest_escapes_it(app, slack, running):
    texts = []

    async def test(ack, command):
        texts.append(command["text"])
        await ack()

    app.command("/test")(test)
    app.command("/raw")(test)
    for command in ("/test", "/raw"):
        await slack.commands("pm", "churn", command, "  pm:@ml & #churn <b> ")
    assert texts == ["pm:<@U_ML> &amp; <#C_CHURN|churn> &lt;b&gt;", "pm:@ml & #churn <b>"]


async def test_a_click_on_a_message_as_it_was_before(app, slack, client, running):
    block = {
        "type": "actions",
        "elements": [{"type": "button", "action_id": "go", "text": plain("Go")}],
    }
    posted = await client.chat_postMessage(channel="C_CHURN", text="Ready?", blocks=[block])
    clicked = []

    @app.action("go")
    async def go(ack, body):
        clicked.append(body["message"]["text"])
        await ack()

    (before,) = slack.messages("churn")
    await client.chat_update(channel="C_CHURN", ts=posted["ts"], text="Done")
    with pytest.raises(RefusedByClient, match="no controls at all"):
        await slack.clicks("pm", before, "Go")
    await slack.clicks("pm", before, "Go", stale=True)
    assert clicked == ["Ready?"]


async def test_a_global_shortcut_has_no_channel(app, slack, running):
    seen = []

    @app.shortcut("start_here")
    async def start(ack, shortcut):
        seen.append("channel" in shortcut)
        await ack()

    await slack.shortcut("pm", None, "Start here")
    assert seen == [False]
    with pytest.raises(RefusedByClient, match="Log decision"):
        await slack.shortcut("pm", await slack.says("pm", "churn", "hi"), "Remember")
