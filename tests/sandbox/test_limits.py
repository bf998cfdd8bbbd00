"""Every limit of Block Kit has a row here: the block that just fits, and the one that does not."""

import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.limits.surfaces import check_message_blocks, check_view
from tests.sandbox.small_app import mrkdwn, plain


def option(text: str = "One", value: str = "one", **more) -> dict:
    return {"text": plain(text), "value": value, **more}


def section(**fields) -> dict:
    return {"type": "section", **fields}


def actions(*elements: dict) -> dict:
    return {"type": "actions", "elements": list(elements)}


def button(text: str = "Go", **fields) -> dict:
    return {"type": "button", "text": plain(text), **fields}


def static(options: list, **fields) -> dict:
    return actions({"type": "static_select", "options": options, **fields})


def chart(chart: dict, title: str = "Health") -> dict:
    return {"type": "data_visualization", "title": title, "chart": chart}


def pie(*segments: tuple[str, float]) -> dict:
    return chart({"type": "pie", "segments": [{"label": label, "value": value} for label, value in segments]})


def bars(names: list, categories: list, **axis) -> dict:
    series = [{"name": name, "data": [{"label": c, "value": -1.5} for c in categories]} for name in names]
    return chart({"type": "bar", "series": series, "axis_config": {"categories": categories, **axis}})


def table(rows: int, columns: int, text: str = "x") -> dict:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": text}] * columns for _ in range(rows)]}


def data_table(rows: int, columns: int = 1, **fields) -> dict:
    return {**table(rows, columns), "type": "data_table", "caption": "Inputs", **fields}


def problems(blocks) -> list[str]:
    with pytest.raises(ApiError) as caught:
        check_message_blocks(blocks)
    return caught.value.details.get("response_metadata", {}).get("messages", [caught.value.code])


WORDS = {"type": "rich_text_section", "elements": [{"type": "text", "text": "hi", "style": {"bold": True}}]}
LIMITS = [
    ("section text", section(text=mrkdwn("x" * 3000)), section(text=mrkdwn("x" * 3001)), "3001 characters"),
    ("section text is not empty", section(text=mrkdwn("x")), section(text=mrkdwn("")), "more than 0"),
    ("section needs something", section(text=plain("x")), section(), "missing required field"),
    ("fields", section(fields=[plain("x")] * 10), section(fields=[plain("x")] * 11), "no more than 10 items"),
    ("field", section(fields=[plain("x" * 2000)]), section(fields=[plain("x" * 2001)]), "2001 characters"),
    ("header", {"type": "header", "text": plain("x" * 150)}, {"type": "header", "text": plain("x" * 151)}, "151"),
    ("header is plain", {"type": "header", "text": plain("x")}, {"type": "header", "text": mrkdwn("x")}, "unsupported"),
    ("button text", actions(button("x" * 75)), actions(button("x" * 76)), "76 characters"),
    ("button value", actions(button(value="x" * 2000)), actions(button(value="x" * 2001)), "2001 characters"),
    ("button style", actions(button(style="danger")), actions(button(style="red")), "one of primary, danger"),
    ("actions", actions(*[button()] * 25), actions(*[button()] * 26), "no more than 25 items"),
    ("action ids", actions(button(action_id="a")), actions(*[button(action_id="a")] * 2), "already exists"),
    ("action id", actions(button(action_id="a" * 255)), actions(button(action_id="a" * 256)), "256 characters"),
    ("option text", static([option("x" * 75)]), static([option("x" * 76)]), "76 characters"),
    ("option value", static([option(value="x" * 150)]), static([option(value="x" * 151)]), "151 characters"),
    ("description", static([option(description=plain("x" * 75))]), static([option(description=plain("x" * 76))]), "76"),
    ("select options", static([option()] * 100), static([option()] * 101), "no more than 100 items"),
    ("placeholder", static([option()], placeholder=plain("x" * 150)), static([option()], placeholder=plain("x" * 151)), "151"),  # noqa: E501
    (
        "initial option",
        static([option()], initial_option=option()),
        static([option()], initial_option=option("Two", "two")),
        "one of the options",
    ),
    (
        "overflow",
        actions({"type": "overflow", "options": [option()] * 5}),
        actions({"type": "overflow", "options": [option()] * 6}),
        "no more than 5 items",
    ),
    (
        "radio buttons",
        actions({"type": "radio_buttons", "options": [option()] * 10}),
        actions({"type": "radio_buttons", "options": [option()] * 11}),
        "no more than 10 items",
    ),
    (
        "checkboxes",
        actions({"type": "checkboxes", "options": [option()] * 10}),
        actions({"type": "checkboxes", "options": []}),
        "no fewer than 1 items",
    ),
    (
        "confirm",
        actions(button(confirm={"title": plain("x" * 100), "text": plain("x"), "confirm": plain("x"), "deny": plain("x")})),  # noqa: E501
        actions(button(confirm={"title": plain("x" * 101), "text": plain("x"), "confirm": plain("x"), "deny": plain("x")})),  # noqa: E501
        "101 characters",
    ),
    (
        "context",
        {"type": "context", "elements": [mrkdwn("x")] * 10},
        {"type": "context", "elements": [mrkdwn("x")] * 11},
        "no more than 10 items",
    ),
    (
        "image",
        {"type": "image", "image_url": "https://x.io/a.png", "alt_text": "a"},
        {"type": "image", "image_url": "https://x.io/a.png"},
        "alt_text",
    ),
    ("block id", {"type": "divider", "block_id": "x" * 255}, {"type": "divider", "block_id": "x" * 256}, "256"),
    ("unknown block", {"type": "divider"}, {"type": "chart"}, "unsupported type: chart"),
    ("unknown field", {"type": "divider"}, {"type": "divider", "colour": "red"}, "invalid additional property: colour"),
    ("button in section", section(text=plain("x"), accessory=button()), section(text=plain("x"), accessory={"type": "plain_text_input"}), "unsupported element"),  # noqa: E501
    ("alert is for modals", {"type": "divider"}, {"type": "alert", "text": plain("x")}, "not allowed in a message"),
    ("rich text", {"type": "rich_text", "elements": [WORDS]}, {"type": "rich_text", "elements": [{"type": "text"}]}, "rich text part"),  # noqa: E501
    ("markdown", {"type": "markdown", "text": "x" * 12_000}, {"type": "markdown", "text": "x" * 12_001}, "12001"),
    ("pie segments", pie(*[("a", 1)] * 12), pie(*[("a", 1)] * 13), "no more than 12 items"),
    ("pie value", pie(("a", 0.1)), pie(("a", 0)), "more than 0"),
    ("pie label", pie(("x" * 20, 1)), pie(("x" * 21, 1)), "21 characters"),
    ("chart title", chart(pie(("a", 1))["chart"], "x" * 50), chart(pie(("a", 1))["chart"], "x" * 51), "51 characters"),
    ("series", bars([f"s{i}" for i in range(12)], ["a"]), bars([f"s{i}" for i in range(13)], ["a"]), "12 items"),
    ("categories", bars(["s"], [f"c{i}" for i in range(20)]), bars(["s"], [f"c{i}" for i in range(21)]), "20 items"),
    ("category names", bars(["s"], ["a", "b"]), bars(["s"], ["a", "a"]), "categories must be unique"),
    ("series names", bars(["s", "t"], ["a"]), bars(["s", "s"], ["a"]), "series names must be unique"),
    ("axis label", bars(["s"], ["a"], x_label="x" * 50), bars(["s"], ["a"], x_label="x" * 51), "51 characters"),
    (
        "one point for each category",
        bars(["s"], ["a"]),
        chart(
            {
                "type": "line",
                "series": [{"name": "s", "data": [{"label": "a", "value": 1}]}],
                "axis_config": {"categories": ["a", "b"]},
            }
        ),
        "exactly one point",
    ),
    ("chart type", pie(("a", 1)), chart({"type": "donut"}), "unsupported chart type"),
    ("table rows", table(100, 1), table(101, 1), "no more than 100 items"),
    ("table columns", table(1, 20), table(1, 21), "no more than 20 items"),
    ("table text", table(100, 10, "x" * 10), table(100, 10, "x" * 11), "10001 characters"),
    ("data table rows", data_table(201), data_table(202), "no more than 201 items"),
    ("data table has a header and a row", data_table(2), data_table(1), "no fewer than 2 items"),
    ("data table caption", data_table(2), {**data_table(2), "caption": ""}, "more than 0"),
    ("data table page", data_table(2, page_size=100), data_table(2, page_size=101), "at most 100"),
    (
        "container has no chart",
        {"type": "container", "child_blocks": [{"type": "divider"}]},
        {"type": "container", "child_blocks": [pie(("a", 1))]},
        "unsupported child block",
    ),
    (
        "number input is for modals",
        {"type": "input", "label": plain("x"), "element": {"type": "plain_text_input"}},
        {"type": "input", "label": plain("x"), "element": {"type": "number_input", "is_decimal_allowed": True}},
        "not allowed in a message",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("fits", "too_much", "says"), [pytest.param(*row[1:], id=row[0]) for row in LIMITS])
def test_a_block_within_its_limits_is_taken_and_one_beyond_is_refused(fits, too_much, says):
    check_message_blocks([fits])
    assert any(says in problem for problem in problems([too_much]))


def test_a_problem_names_the_place():
    found = problems([{"type": "divider"}, actions(button(), button("x" * 76))])
    assert found == ["[ERROR] must be less than 76 characters [json-pointer:/blocks/1/elements/1/text/text]"]


@pytest.mark.parametrize(
    ("fits", "too_many", "says"),
    [
        ([{"type": "divider"}] * 50, [{"type": "divider"}] * 51, "no more than 50 items"),
        ([pie(("a", 1))] * 2, [pie(("a", 1))] * 3, "no more than 2 data_visualization"),
        ([table(1, 1)], [table(1, 1)] * 2, "only_one_table_allowed"),
        ([section(text=plain("x" * 3000))] * 4, [section(text=plain("x" * 3000))] * 4 + [section(text=plain("x"))], "msg_blocks_too_long"),  # noqa: E501
        ([{"type": "divider", "block_id": "a"}], [{"type": "divider", "block_id": "a"}] * 2, "already exists"),
        ([{"type": "markdown", "text": "x" * 6000}] * 2, [{"type": "markdown", "text": "x" * 6001}] * 2, "together"),
    ],
)  # fmt: skip
def test_a_message_has_limits_of_its_own(fits, too_many, says):
    check_message_blocks(fits)
    assert any(says in problem for problem in problems(too_many))


@pytest.mark.parametrize("blocks", ["text", 7, {}, [1], [None], [{}], [{"type": 1}], [{"type": "actions"}], []])
def test_what_is_no_list_of_blocks_is_refused_and_breaks_nothing(blocks):
    assert problems(blocks)


def modal(**fields) -> dict:
    return {"type": "modal", "title": plain("Title"), "blocks": [{"type": "divider"}], **fields}


INPUT = {"type": "input", "label": plain("Name"), "element": {"type": "plain_text_input"}}


@pytest.mark.parametrize(
    ("fits", "too_much", "says"),
    [
        (modal(title=plain("x" * 24)), modal(title=plain("x" * 25)), "25 characters"),
        (modal(submit=plain("x" * 24)), modal(submit=plain("x" * 25)), "25 characters"),
        (modal(close=plain("x" * 24)), modal(close=plain("x" * 25)), "25 characters"),
        (modal(private_metadata="x" * 3000), modal(private_metadata="x" * 3001), "3001 characters"),
        (modal(callback_id="x" * 255), modal(callback_id="x" * 256), "256 characters"),
        (modal(blocks=[{"type": "divider"}] * 100), modal(blocks=[{"type": "divider"}] * 101), "100 items"),
        (modal(blocks=[INPUT], submit=plain("Go")), modal(blocks=[INPUT]), "missing required field: submit"),
        (modal(), modal(blocks=[pie(("a", 1))]), "not allowed in a modal"),
        (modal(), modal(blocks=[data_table(2)]), "not allowed in a modal"),
        (modal(), modal(blocks=[{"type": "markdown", "text": "x"}]), "not allowed in a modal"),
        (modal(), {"type": "home", "blocks": []}, "must be modal"),
    ],
)
def test_a_modal_has_limits_of_its_own(fits, too_much, says):
    check_view(fits, "modal")
    with pytest.raises(ApiError) as caught:
        check_view(too_much, "modal")
    assert caught.value.code == "invalid_arguments"
    assert says in str(caught.value.details)


def test_a_view_of_more_than_250_kilobytes_is_refused():
    text = [section(fields=[plain("x" * 2000)] * 10)] * 13
    with pytest.raises(ApiError, match="view_too_large"):
        check_view(modal(blocks=text), "modal")


def test_the_home_tab_may_be_empty_and_shows_charts():
    check_view({"type": "home", "blocks": []}, "home")
    check_view({"type": "home", "blocks": [pie(("a", 1)), data_table(2)]}, "home")


def test_a_workspace_without_charts_refuses_the_message_and_says_which_block():
    blocks = [section(text=mrkdwn("x")), pie(("One", 1))]
    check_message_blocks(blocks)
    with pytest.raises(ApiError) as caught:
        check_message_blocks(blocks, charts=False)
    assert caught.value.code == "invalid_blocks"
    assert "/blocks/1/type" in str(caught.value.details)
