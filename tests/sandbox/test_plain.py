"""How blocks and texts read on the screen."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox import SimulatedClock
from bot.sandbox.plain import blocks_as_text
from bot.sandbox.text import readable
from tests.sandbox.small_app import mrkdwn, plain

NAMES = {"U_PM": "Ana Pavic", "C_CHURN": "churn"}


def name_of(id: str) -> str:
    return NAMES.get(id, id)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<@U_PM> and <@U_PM|pm> in <#C_CHURN|churn>", "@Ana Pavic and @Ana Pavic in #churn"),
        ("*bold* _slanted_ ~gone~ *_both_*", "bold slanted gone both"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("<https://x.io|the page> <https://y.io>", "the page https://y.io"),
        ("&lt;!channel&gt; &amp;amp;", "<!channel> &amp;"),
        ("<!here> <!date^1763884800^{date}|Nov 23>", "@here Nov 23"),
    ],
)
def test_mrkdwn_reads_as_on_the_screen(text, shown):
    assert readable(text, name_of) == shown


def cell(text: str) -> dict:
    return {"type": "raw_text", "text": text}


@pytest.mark.parametrize(
    ("block", "shown"),
    [
        ({"type": "section", "text": plain("*as typed*"), "fields": [mrkdwn("*a*"), plain("b")]}, "*as typed*\na\nb"),
        ({"type": "context", "elements": [mrkdwn("one"), plain("two")]}, "one · two"),
        ({"type": "divider"}, "———"),
        ({"type": "table", "rows": [[cell("a"), cell("b")], [cell("1"), cell("2")]]}, "a | b\n1 | 2"),
        (
            {
                "type": "data_table",
                "caption": "Inputs",
                "rows": [[cell("a")], [{"type": "raw_number", "value": 5, "text": "5 ms"}]],
            },
            "Inputs\na\n5 ms",
        ),
        (
            {
                "type": "data_visualization",
                "title": "Findings",
                "chart": {"type": "pie", "segments": [{"label": "Data", "value": 2}]},
            },
            "Findings\nData: 2",
        ),
        (
            {
                "type": "data_visualization",
                "title": "Score",
                "chart": {
                    "type": "line",
                    "series": [{"name": "Health", "data": [{"label": "W1", "value": 4}, {"label": "W2", "value": 5}]}],
                    "axis_config": {"categories": ["W1", "W2"]},
                },
            },
            "Score\nHealth: W1 4, W2 5",
        ),
        (
            {
                "type": "rich_text",
                "elements": [
                    {
                        "type": "rich_text_section",
                        "elements": [{"type": "user", "user_id": "U_PM"}, {"type": "text", "text": " said "}],
                    },
                    {"type": "rich_text_quote", "elements": [{"type": "text", "text": "*no* <b>"}]},
                    {
                        "type": "rich_text_list",
                        "style": "bullet",
                        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]}],
                    },
                ],
            },
            "@Ana Pavic said \n> *no* <b>\n• one",
        ),
        (
            {
                "type": "input",
                "label": plain("Name"),
                "element": {"type": "plain_text_input", "placeholder": plain("Yours")},
            },
            "Name:\n[Yours]",
        ),
    ],
)
def test_a_block_reads_as_on_the_screen(block, shown):
    assert blocks_as_text([block], name_of) == shown


def test_simulated_time_moves_only_forward():
    clock = SimulatedClock(datetime(2026, 3, 2, tzinfo=UTC))
    clock.forward(timedelta(hours=1))
    assert clock() == datetime(2026, 3, 2, 1, tzinfo=UTC)
    with pytest.raises(ValueError, match="backwards"):
        clock.move_to(datetime(2026, 3, 2, tzinfo=UTC))
