"""Filling in: values are checked and chosen as Slack's client does."""

import re

import pytest

from bot.sandbox import NoSuchControl, RefusedByClient
from tests.sandbox.small_app import field, modal, plain


@pytest.mark.parametrize(
    ("element", "value", "message"),
    [
        ({"type": "plain_text_input"}, "", "must be filled in"),
        ({"type": "plain_text_input", "min_length": 2}, "a", "2 to 3000 characters"),
        ({"type": "plain_text_input", "max_length": 3}, "abcd", "0 to 3 characters"),
        ({"type": "number_input", "is_decimal_allowed": False}, "2.5", "whole number"),
        ({"type": "number_input", "is_decimal_allowed": True}, "a few", "takes a number"),
        ({"type": "number_input", "is_decimal_allowed": True, "max_value": "10"}, "11", "to 10"),
        ({"type": "email_text_input"}, "me", "e-mail"),
        ({"type": "url_text_input"}, "x.io", "link"),
        ({"type": "multi_users_select", "max_selected_items": 1}, ["pm", "ml"], "at most 1"),
    ],
)
async def test_slacks_client_refuses_wrong_values_before_they_are_sent(slack, opens, running, element, value, message):
    opens(modal("One", field("it", "It", {**element, "action_id": "it"})))
    await slack.commands("pm", "churn", "/test")
    with pytest.raises(RefusedByClient, match=message):
        await slack.submits("pm", {"It": value})


async def test_options_are_chosen_by_label_and_several_can_be(slack, app, opens, running):
    options = [{"text": plain(label), "value": label.lower()} for label in ("Fast", "Cheap", "Good")]
    opens(
        modal(
            "One",
            field("one", "One of", {"type": "radio_buttons", "action_id": "one", "options": options}),
            field("many", "Some of", {"type": "checkboxes", "action_id": "many", "options": options}),
            field(
                "select",
                "Start",
                {"type": "static_select", "action_id": "s", "options": options, "initial_option": options[1]},
            ),
        )
    )
    seen = {}

    @app.view("one")
    async def one(ack, view):
        seen.update(view["state"]["values"])
        await ack()

    view = (await slack.commands("pm", "churn", "/test")).view
    assert [(entry.label, entry.options, entry.shown) for entry in view.inputs] == [
        ("One of", ["Fast", "Cheap", "Good"], None),
        ("Some of", ["Fast", "Cheap", "Good"], []),
        ("Start", ["Fast", "Cheap", "Good"], "Cheap"),
    ]
    with pytest.raises(RefusedByClient, match="no option 'Slow'"):
        await slack.submits("pm", {"One of": "Slow"})
    await slack.submits("pm", {"One of": "Fast", "Some of": ["Cheap", "Good"]})
    assert seen["one"]["one"]["selected_option"]["value"] == "fast"
    assert [o["value"] for o in seen["many"]["many"]["selected_options"]] == ["cheap", "good"]
    assert seen["select"]["s"]["selected_option"]["value"] == "cheap"


async def test_choices_in_a_message_are_remembered_in_its_state(slack, app, client, running):
    options = [{"text": plain(label), "value": label.lower()} for label in ("Fast", "Good")]
    block = {"type": "actions", "block_id": "b"}
    elements = [
        {"type": "checkboxes", "action_id": "many", "options": options},
        {"type": "users_select", "action_id": "who", "placeholder": plain("Who helps?")},
    ]
    await client.chat_postMessage(channel="C_CHURN", text="Choose", blocks=[{**block, "elements": elements}])
    (message,) = slack.messages("churn")
    states = []

    async def chosen(ack, body):
        states.append((body["actions"][0], body["state"]["values"]["b"]))
        await ack()

    app.action("many")(chosen)
    app.action("who")(chosen)
    await slack.clicks("pm", message, "Fast")
    await slack.clicks("pm", message, "Who helps?", value="ml")
    await slack.clicks("pm", message, "Fast")
    first, second, third = states
    assert [o["value"] for o in first[0]["selected_options"]] == ["fast"]
    assert second[0]["selected_user"] == "U_ML"
    assert [o["value"] for o in second[1]["many"]["selected_options"]] == ["fast"]
    assert (third[0]["selected_options"], third[1]["who"]["selected_user"]) == ([], "U_ML")


async def test_of_buttons_with_one_label_the_value_says_which(slack, app, client, running):
    def button(value: str) -> dict:
        return {"type": "button", "action_id": f"edit_{value}", "text": plain("Edit"), "value": value}

    more = {"type": "overflow", "action_id": "more", "options": [{"text": plain("Skip"), "value": "skip"}]}
    blocks = [{"type": "actions", "elements": [button("q1"), button("q2"), more]}]
    await client.chat_postMessage(channel="C_CHURN", text="Answers", blocks=blocks)
    (message,) = slack.messages("churn")
    seen = []

    @app.action(re.compile("edit_.*|more"))
    async def edit(ack, action):
        seen.append(action.get("value") or action["selected_option"]["value"])
        await ack()

    with pytest.raises(NoSuchControl, match="2 'Edit'"):
        await slack.clicks("pm", message, "Edit")
    await slack.clicks("pm", message, "Edit", value="q2")
    await slack.clicks("pm", message, "Edit", nth=0)
    await slack.clicks("pm", message, "more", value="skip")
    assert seen == ["q2", "q1", "skip"]
