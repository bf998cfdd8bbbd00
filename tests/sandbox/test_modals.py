"""Modals: triggers live three seconds and once, stacks are three deep, and errors belong to inputs."""

from datetime import timedelta

import pytest

from bot.sandbox import FieldErrors
from tests.sandbox.small_app import field, modal, plain, refusal

NAME = field("name", "Name", {"type": "plain_text_input", "action_id": "name", "min_length": 2, "max_length": 5})
GO = {"type": "actions", "elements": [{"type": "button", "action_id": "go", "text": plain("Go"), "value": "1"}]}


async def trigger(slack, app) -> str:
    seen = []

    @app.command("/test")
    async def test(ack, body):
        seen.append(body["trigger_id"])
        await ack()

    await slack.commands("pm", "churn", "/test")
    return seen[0]


async def test_a_trigger_is_worth_nothing_after_three_seconds(slack, app, client, clock, running):
    id = await trigger(slack, app)
    clock.forward(timedelta(seconds=3.1))
    assert await refusal(client.views_open(trigger_id=id, view=modal("A"))) == "expired_trigger_id"


async def test_a_trigger_opens_one_view(slack, app, client, running):
    id = await trigger(slack, app)
    await client.views_open(trigger_id=id, view=modal("A"))
    assert await refusal(client.views_open(trigger_id=id, view=modal("B"))) == "exchanged_trigger_id"


async def test_an_invented_trigger_is_refused(client):
    assert await refusal(client.views_open(trigger_id="1.2.3", view=modal("A"))) == "invalid_trigger_id"


async def test_a_view_that_is_refused_does_not_use_up_the_trigger(slack, app, client, running):
    id = await trigger(slack, app)
    assert await refusal(client.views_open(trigger_id=id, view=modal("A" * 25))) == "invalid_arguments"
    await client.views_open(trigger_id=id, view=modal("A"))


async def test_a_view_is_pushed_only_from_a_modal(slack, app, client, running):
    id = await trigger(slack, app)
    assert await refusal(client.views_push(trigger_id=id, view=modal("A"))) == "invalid_trigger_id"


async def test_an_external_id_belongs_to_one_view(slack, app, client, running):
    await client.views_open(trigger_id=await trigger(slack, app), view=modal("A", external_id="kickoff"))
    home = {"type": "home", "blocks": [], "external_id": "kickoff"}
    assert await refusal(client.views_publish(user_id="U_PM", view=home)) == "duplicate_external_id"
    await client.views_update(external_id="kickoff", view=modal("B"))
    assert slack.view_of("pm").title == "B"


async def test_a_stack_is_three_views_deep(slack, app, opens, running):
    opens(modal("One", GO))
    errors = []

    @app.action("go")
    async def go(ack, body, client):
        await ack()
        try:
            await client.views_push(trigger_id=body["trigger_id"], view=modal("More", GO))
        except Exception as error:
            errors.append(error.response["error"])

    await slack.commands("pm", "churn", "/test")
    for _ in range(3):
        await slack.clicks("pm", slack.view_of("pm"), "Go")
    assert errors == ["push_limit_reached"]
    await slack.closes("pm")
    await slack.closes("pm")
    assert slack.view_of("pm").title == "One"


async def test_a_stale_hash_is_refused_and_a_closed_view_not_found(slack, app, client, opens, running):
    opens(modal("One"))
    view = (await slack.commands("pm", "churn", "/test")).view
    old = view.hash
    await client.views_update(view_id=view.id, view=modal("Two"), hash=old)
    assert slack.view_of("pm").title == "Two"
    assert await refusal(client.views_update(view_id=view.id, view=modal("Three"), hash=old)) == "hash_conflict"
    await slack.closes("pm")
    assert await refusal(client.views_update(view_id=view.id, view=modal("Three"))) == "not_found"


async def test_what_was_typed_survives_an_update_of_the_view(slack, app, client, opens, running):
    opens(modal("One", NAME))
    view = (await slack.commands("pm", "churn", "/test")).view
    await slack.fills("pm", {"Name": "Ana"})
    await client.views_update(view_id=view.id, view=modal("Two", NAME))
    seen = []

    @app.view("two")
    async def two(ack, view):
        seen.append(view["state"]["values"]["name"]["name"]["value"])
        await ack()

    await slack.submits("pm")
    assert seen == ["Ana"]


async def test_a_test_may_send_what_the_client_would_refuse(slack, app, opens, running):
    opens(modal("One", NAME))

    @app.view("one")
    async def one(ack):
        await ack(response_action="errors", errors={"name": "Too long"})

    await slack.commands("pm", "churn", "/test")
    with pytest.raises(FieldErrors) as caught:
        await slack.submits("pm", {"Name": "abcdefgh"}, unchecked=True)
    assert caught.value.errors == {"Name": "Too long"}
    answer = await slack.submits("pm", unchecked=True, expect_errors=True)
    assert answer.errors == {"Name": "Too long"}


async def test_an_error_for_something_that_is_no_input_is_the_apps_fault(slack, app, opens, running):
    opens(modal("One", GO, NAME))

    @app.view("one")
    async def one(ack):
        await ack(response_action="errors", errors={"other": "What?"})

    await slack.commands("pm", "churn", "/test")
    await slack.submits("pm", {"Name": "Ana"}, expect_errors=True)
    assert slack.bot_faults == ["an error for 'other', which is no input block of “One”"]


async def test_a_submission_can_push_update_and_clear(slack, app, opens, running):
    opens(modal("One", NAME))

    @app.view("one")
    async def one(ack):
        await ack(response_action="push", view=modal("Two", NAME))

    @app.view("two")
    async def two(ack):
        await ack(response_action="update", view=modal("Three", NAME))

    @app.view("three")
    async def three(ack):
        await ack(response_action="clear")

    await slack.commands("pm", "churn", "/test")
    titles = []
    for _ in range(3):
        await slack.submits("pm", {"Name": "Ana"})
        view = slack.view_of("pm")
        titles.append(view and view.title)
    assert titles == ["Two", "Three", None]


async def test_a_view_in_an_answer_is_checked_like_any_other(slack, app, opens, running):
    opens(modal("One", NAME))

    @app.view("one")
    async def one(ack):
        await ack(response_action="update", view=modal("A title which is far too long", NAME))

    await slack.commands("pm", "churn", "/test")
    await slack.submits("pm", {"Name": "Ana"})
    (fault,) = slack.bot_faults
    assert "must be less than 25 characters" in fault


async def test_closing_is_told_only_to_an_app_that_asked(slack, app, opens, running):
    told = []

    @app.view_closed("one")
    async def closed(ack, body):
        told.append(body["is_cleared"])
        await ack()

    opens(modal("One", notify_on_close=True))
    await slack.commands("pm", "churn", "/test")
    await slack.closes("pm")
    await slack.commands("pm", "churn", "/test")
    await slack.closes("pm", everything=True)
    assert told == [False, True]
    assert slack.view_of("pm") is None
