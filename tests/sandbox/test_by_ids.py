"""Controls meant by block id and action id, with values as Slack's client holds them."""

import pytest

from bot.sandbox import FieldErrors
from bot.sandbox.errors import NoSuchControl, NotFilledIn, RefusedByClient
from tests.sandbox.small_app import field, modal, plain

NUMBERS = [{"text": plain(text), "value": value} for text, value in (("2", "1"), ("1", "2"))]


def button(value: str) -> dict:
    return {"type": "button", "action_id": "mark", "text": plain("5"), "value": value}


def actions(block_id: str, *elements: dict) -> dict:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


@pytest.fixture
async def used(app, running) -> list[dict]:
    """Every action that reached the app."""
    actions: list[dict] = []

    async def use(ack, action):
        actions.append(action)
        await ack()

    for action_id in ("mark", "pick", "more", "tick"):
        app.action(action_id)(use)
    return actions


@pytest.fixture
async def posted(slack, client, running):
    options = {"options": NUMBERS}
    blocks = [
        actions("first", button("a")),
        actions("second", button("b")),
        actions("menus", {"type": "static_select", "action_id": "pick", **options}),
        actions("dots", {"type": "overflow", "action_id": "more", **options}),
        actions("boxes", {"type": "checkboxes", "action_id": "tick", **options}),
    ]
    await client.chat_postMessage(channel="C_CHURN", text="Mark it", blocks=blocks)
    return slack.messages("churn")[-1]


async def test_two_buttons_with_one_label_are_two(slack, posted, used):
    for block_id in ("second", "first"):
        assert (await slack.clicks("pm", posted, (block_id, "mark"))).ok
    assert [action["value"] for action in used] == ["b", "a"]


async def test_an_option_is_meant_by_its_value_whatever_it_is_called(slack, posted, used):
    await slack.clicks("pm", posted, ("menus", "pick"), "1")
    await slack.clicks("pm", posted, ("dots", "more"), "1")
    await slack.clicks("pm", posted, ("boxes", "tick"), ["2", "1"])
    assert [used[n]["selected_option"]["text"]["text"] for n in (0, 1)] == ["2", "2"]
    assert [option["text"]["text"] for option in used[2]["selected_options"]] == ["1", "2"]
    await slack.clicks("pm", posted, ("boxes", "tick"), [])
    assert used[3]["selected_options"] == []


async def test_what_is_not_there_cannot_be_used(slack, posted, used):
    for place, value in (
        (("third", "mark"), None),
        (("first", "pick"), None),
        (("menus", "pick"), "9"),
        (("dots", "more"), None),
    ):
        with pytest.raises(NoSuchControl):
            await slack.clicks("pm", posted, place, value)
    for value in ({"value": "1"}, 1, True, ["1"]):
        with pytest.raises(RefusedByClient):
            await slack.clicks("pm", posted, ("menus", "pick"), value)
    assert used == []


FORM = modal(
    "Form",
    field("name", "Name", {"type": "plain_text_input", "action_id": "value", "max_length": 5}),
    field("twin", "Name", {"type": "plain_text_input", "action_id": "value"}, optional=True),
    field("who", "Who", {"type": "multi_users_select", "action_id": "value"}, optional=True),
    field("day", "Day", {"type": "datepicker", "action_id": "value"}),
    field("count", "Count", {"type": "number_input", "action_id": "value", "is_decimal_allowed": False}),
)


@pytest.fixture
async def sent(slack, app, opens, running) -> list[dict]:
    """The values of each submission; a twin that is called Bad is sent back."""
    opens(FORM)
    values: list[dict] = []

    @app.view("form")
    async def form(ack, view):
        state = view["state"]["values"]
        values.append({block: next(iter(actions.values())) for block, actions in state.items()})
        if state["twin"]["value"]["value"] == "Bad":
            await ack(response_action="errors", errors={"twin": "Not this"})
        else:
            await ack()

    await slack.commands("pm", "churn", "/test")
    return values


def filled(**values) -> dict:
    return {(block, "value"): value for block, value in values.items()}


async def test_a_form_is_sent_with_values_as_the_client_holds_them(slack, sent):
    whole = filled(name="Ana", who=["U_ML", "U_PM"], day="2026-05-01", count="3")
    await slack.submits("pm", {**whole, ("twin", "value"): ""})
    [values] = sent
    assert values["who"]["selected_users"] == ["U_ML", "U_PM"]
    assert values["day"]["selected_date"] == "2026-05-01"
    assert (values["name"]["value"], values["twin"]["value"], values["count"]["value"]) == ("Ana", None, "3")


async def test_all_that_the_client_marks_comes_at_once_by_block(slack, sent):
    with pytest.raises(NotFilledIn) as refused:
        await slack.submits("pm", filled(name="Anastasia", count="3.5"))
    assert refused.value.errors == {
        "name": "“Name” takes 0 to 5 characters, not 9",
        "day": "“Day” must be filled in",
        "count": "“Count” takes a whole number, not '3.5'",
    }
    assert sent == []


async def test_errors_of_the_app_come_by_block_as_well(slack, sent):
    with pytest.raises(FieldErrors) as refused:
        await slack.submits("pm", filled(name="Ana", day="2026-05-01", count=3, twin="Bad"))
    assert refused.value.by_block == {"twin": "Not this"}
    assert slack.view_of("pm").title == "Form"


@pytest.mark.parametrize(
    ("block", "value"), [("day", "tomorrow"), ("day", 5), ("who", "nobody"), ("name", {}), ("x", "")]
)
async def test_what_no_client_could_send_is_refused(slack, sent, block, value):
    with pytest.raises(RefusedByClient):
        await slack.fills("pm", filled(**{block: value}))
