"""A whole conversation between people and a real Bolt app."""

import asyncio
from datetime import date

import pytest

from bot.sandbox import FieldErrors, NoSuchControl, RefusedByClient

CARD = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "*What is success?* <@U_PM>"}},
    {
        "type": "actions",
        "block_id": "q1",
        "elements": [
            {"type": "button", "action_id": "answer", "text": {"type": "plain_text", "text": "Answer"}, "value": "7"},
            {
                "type": "overflow",
                "action_id": "more",
                "options": [
                    {"text": {"type": "plain_text", "text": "Skip for now"}, "value": "skip"},
                    {"text": {"type": "plain_text", "text": "Hand over"}, "value": "hand"},
                ],
            },
        ],
    },
]
FORM = {
    "type": "modal",
    "callback_id": "kickoff",
    "private_metadata": "C_CHURN",
    "title": {"type": "plain_text", "text": "Kickoff"},
    "submit": {"type": "plain_text", "text": "Start"},
    "blocks": [
        {
            "type": "input",
            "block_id": "name",
            "label": {"type": "plain_text", "text": "Product name"},
            "element": {"type": "plain_text_input", "action_id": "name", "max_length": 40},
        },
        {
            "type": "input",
            "block_id": "pm",
            "label": {"type": "plain_text", "text": "PM"},
            "element": {"type": "users_select", "action_id": "pm", "initial_user": "U_PM"},
        },
        {
            "type": "input",
            "block_id": "date",
            "optional": True,
            "label": {"type": "plain_text", "text": "Launch date"},
            "element": {"type": "datepicker", "action_id": "date"},
        },
    ],
}


async def test_a_command_is_answered_ephemerally_and_over_its_response_url(app, slack, running):
    @app.command("/test")
    async def test(ack, respond, command):
        await ack(f"You said {command['text']}")
        await respond("And more")

    said = await slack.commands("pm", "churn", "/test", "kickoff for @ml in #churn & #secret")
    assert said.ok
    assert {m.text for m in said.responses} == {
        "You said kickoff for <@U_ML> in <#C_CHURN|churn> &amp; <#C_SECRET|>",
        "And more",
    }
    assert slack.ephemerals("pm") == said.responses
    assert slack.messages("churn") == []


async def test_a_message_is_posted_clicked_and_changed(app, slack, client, running):
    @app.action("answer")
    async def answer(ack, body, client):
        await ack()
        await client.chat_update(
            channel=body["channel"]["id"], ts=body["message"]["ts"], text=f"Thanks, {body['user']['id']}"
        )

    await client.chat_postMessage(channel="C_CHURN", text="What is success?", blocks=CARD)
    (posted,) = slack.messages("churn")
    assert posted.plain == "What is success? @Ana Pavic\n[Answer] [… Skip for now | Hand over]"
    assert [tuple(control) for control in posted.controls] == [
        ("Answer", "answer", "button"),
        ("Skip for now", "more", "overflow option"),
        ("Hand over", "more", "overflow option"),
    ]
    assert (await slack.clicks("pm", posted, "Answer")).ok
    assert slack.message(posted).plain == "Thanks, U_PM"


async def test_a_control_that_is_not_there_names_those_that_are(slack, client):
    await client.chat_postMessage(channel="C_CHURN", text="What is success?", blocks=CARD)
    with pytest.raises(NoSuchControl, match="Skip for now"):
        await slack.clicks("pm", slack.messages("churn")[0], "Approve")


async def test_a_modal_is_opened_filled_in_corrected_and_sent(app, slack, running):
    seen = []

    @app.command("/test")
    async def test(ack, body, client):
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)
        await ack()

    @app.view("kickoff")
    async def submitted(ack, view):
        values = view["state"]["values"]
        if values["name"]["name"]["value"] == "taken":
            await ack(response_action="errors", errors={"name": "That name is taken"})
            return
        seen.append((view["private_metadata"], values))
        await ack()

    said = await slack.commands("ml", "churn", "/test")
    assert said.view is slack.view_of("ml")
    assert said.view.labels == ["Product name", "PM", "Launch date"]
    with pytest.raises(RefusedByClient, match="Product name"):
        await slack.submits("ml")
    with pytest.raises(FieldErrors, match="Product name: That name is taken"):
        await slack.submits("ml", {"Product name": "taken"})
    await slack.submits("ml", {"Product name": "Churn", "Launch date": date(2026, 5, 1)})
    assert slack.view_of("ml") is None
    ((metadata, values),) = seen
    assert metadata == "C_CHURN"
    assert values == {
        "name": {"name": {"type": "plain_text_input", "value": "Churn"}},
        "pm": {"pm": {"type": "users_select", "selected_user": "U_PM"}},
        "date": {"date": {"type": "datepicker", "selected_date": "2026-05-01"}},
    }
    assert slack.bot_faults == []


async def test_what_people_type_reaches_the_app_escaped_and_with_mentions(app, slack, heard, running):
    root = await slack.says("pm", "churn", "2 < 3 & @ml, see https://x.io/?a=1&b=2 @here")
    await slack.says("ml", "churn", "ok @testbot", thread=root)
    first, reply, mention = heard
    assert first["text"] == "2 &lt; 3 &amp; <@U_ML>, see <https://x.io/?a=1&amp;b=2> <!here>"
    assert (first["channel"], first["user"], first["channel_type"]) == ("C_CHURN", "U_PM", "channel")
    assert (reply["thread_ts"], reply["parent_user_id"]) == (root.ts, "U_PM")
    assert (mention["type"], mention["text"]) == ("app_mention", "ok <@U0ALIGN>")
    assert root.plain == "2 < 3 & @Max Lund, see https://x.io/?a=1&b=2 @here"
    assert slack.broadcasts == []


async def test_edits_unfurls_and_deletions_are_told_apart(slack, heard, running):
    message = await slack.says("pm", "churn", "2 %")
    await slack.edits("pm", message, "3 %")
    await slack.unfurls(message)
    await slack.deletes("pm", message)
    _, edit, unfurl, deletion = heard
    assert (edit["message"]["text"], edit["previous_message"]["text"]) == ("3 %", "2 %")
    assert edit["message"]["edited"]["user"] == "U_PM"
    assert unfurl["message"]["text"] == unfurl["previous_message"]["text"]
    assert unfurl["message"]["edited"] == unfurl["previous_message"]["edited"]
    assert (deletion["subtype"], deletion["deleted_ts"]) == ("message_deleted", message.ts)
    assert slack.messages("churn") == []


async def test_deleting_a_parent_with_replies_leaves_a_tombstone(slack, heard, running):
    root = await slack.says("pm", "churn", "a question")
    await slack.says("ml", "churn", "an answer", thread=root)
    await slack.deletes("pm", root)
    assert heard[-1]["subtype"] == "message_changed"
    assert heard[-1]["message"]["subtype"] == "tombstone"
    assert [m.text for m in slack.messages("churn", root)] == ["an answer"]


async def test_the_home_tab_is_published_and_clicked(app, slack, running):
    home = {"type": "home", "blocks": [{"type": "actions", "elements": [CARD[1]["elements"][0]]}]}
    clicked = []

    @app.event("app_home_opened")
    async def opened(event, client):
        await client.views_publish(user_id=event["user"], view=home)

    @app.action("answer")
    async def answer(ack, body):
        clicked.append(body["container"]["type"])
        await ack()

    await slack.opens_home("pm")
    await slack.clicks("pm", slack.home_of("pm"), "Answer")
    assert clicked == ["view"]


async def test_a_message_shortcut_carries_the_message(app, slack, running):
    seen = []

    @app.shortcut("log_decision")
    async def log(ack, shortcut):
        seen.append((shortcut["message"]["text"], shortcut["channel"]["id"]))
        await ack()

    message = await slack.says("pm", "churn", "We ship in May")
    await slack.shortcut("ml", message, "Log decision")
    assert seen == [("We ship in May", "C_CHURN")]


async def test_people_write_to_the_app_in_a_dm_and_the_app_answers(app, slack, running):
    @app.event("message")
    async def answer(event, say):
        assert event["channel_type"] == "im"
        await say("Hello")

    await slack.says("pm", "dm", "hi")
    assert [m.text for m in slack.dm("pm")] == ["hi", "Hello"]


async def test_the_apps_own_messages_are_events_which_bolt_ignores(slack, client, heard, running):
    await client.chat_postMessage(channel="C_CHURN", text="hi")
    await slack.settled()
    (delivery,) = slack.deliveries
    assert (delivery.type, delivery.payload["event"]["bot_id"], delivery.status) == ("message", "B0ALIGN", 200)
    assert heard == []


async def test_one_event_delivered_four_times_at_once_has_one_id(slack, heard, running):
    await slack.says("pm", "churn", "2 %")
    assert await slack.redeliver(slack.deliveries[0].event_id, times=4, at_once=True) == [200] * 4
    assert len({delivery.event_id for delivery in slack.deliveries}) == 1
    assert len(heard) == 5


async def test_ids_and_times_are_never_given_twice(slack, client):
    posts = [client.chat_postMessage(channel=c, text="hi") for c in ("C_CHURN", "C_PLANS", "U_PM", "U_ML")]
    answers = await asyncio.gather(*posts)
    assert len({answer["ts"] for answer in answers}) == 4
