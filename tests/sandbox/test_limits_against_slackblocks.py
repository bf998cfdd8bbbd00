"""A second opinion: what the library slackblocks builds is taken as it is."""

import json

import pytest
import slackblocks as sb

from bot.sandbox.limits.surfaces import check_message_blocks, check_view

OPTIONS = [sb.Option(sb.Text(word, type_=sb.TextType.PLAINTEXT), word) for word in ("One", "Two")]
BLOCKS = [
    sb.HeaderBlock("Health"),
    sb.SectionBlock("*hello*", accessory=sb.Button("Go", "go", value="1")),
    sb.SectionBlock(fields=["a", "b"]),
    sb.ContextBlock([sb.Text("small")]),
    sb.DividerBlock(),
    sb.ActionsBlock([sb.Button("Go", "go"), sb.OverflowMenu("more", OPTIONS), sb.StaticSelectMenu("s", OPTIONS)]),
    sb.ActionsBlock([sb.RadioButtonGroup("r", OPTIONS), sb.CheckboxGroup("c", OPTIONS), sb.DatePicker("d")]),
    sb.MarkdownBlock("# hello"),
    sb.TableBlock([[sb.RawText("a"), sb.RawText("b")]]),
    sb.DataTableBlock([[sb.RawText("a")], [sb.RawNumber(1, "1")]], caption="Inputs"),
    sb.DataVisualizationBlock(title="Health", chart=sb.PieChart([sb.ChartSegment("a", 1)])),
]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)
def test_a_block_of_slackblocks_is_taken(block):
    check_message_blocks([json.loads(json.dumps(block._resolve(), default=str))])


def test_a_modal_of_slackblocks_is_taken():
    inputs = [
        sb.InputBlock("Name", sb.PlainTextInput(action_id="name", max_length=40), hint="Short"),
        sb.InputBlock("Who", sb.UserSelectMenu(action_id="who", placeholder="Someone"), optional=True),
        sb.InputBlock("How many", sb.NumberInput(action_id="n", is_decimal_allowed=False)),
    ]
    view = sb.ModalView(title="Kickoff", blocks=inputs, submit="Start", callback_id="k")
    check_view(json.loads(json.dumps(view._resolve(), default=str)), "modal")
