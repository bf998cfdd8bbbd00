"""The inputs at a glance: within Slack's limits however many and however long, and never a call to anybody."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.bank import Role
from bot.domain.messages import InputLine, InputsPanel, StatusPanel, Understood, UnderstoodRow
from bot.domain.messages.talking import InputRating
from bot.sandbox.limits.surfaces import check_message_blocks, check_view
from bot.slack.views import charts, inputs_table, ratings
from bot.slack.views.home import home
from bot.slack.views.inputs_table import panel, reorder_modal, table
from bot.slack.views.understood import understood
from tests.slack.hostile import said

ZIP = InputLine(
    name="home zip code",
    importance="must-have",
    source="table users",
    in_production="A service can read the finished value today",
    need="1 day",
    offer="1 h",
    read_time="5 ms",
    owner="Raj",
    difficulty="easy",
    risk="low",
)


def panel_of(*inputs, **more):
    return InputsPanel(1, "Ready-By", inputs, **more)


def cells(block):
    return [[cell["text"] for cell in row] for row in block["rows"]]


def test_the_table_says_of_each_input_what_matters():
    header, row = cells(table("Ready-By", [ZIP]))
    assert header == list(inputs_table.HEADER)
    assert row == [
        *("home zip code", "must-have", "table users", "A service can read the finished value today"),
        *("1 day → 1 h", "5 ms", "Raj", "easy", "low", "–"),
    ]


def test_a_difficulty_comes_with_its_reasons():
    _, row = cells(table("Ready-By", [InputLine("load", difficulty="hard", reasons="made of events; too old")]))
    assert row[7] == "hard: made of events; too old"


@pytest.mark.parametrize("number", [1, 20, 100, 200, 300])
def test_any_number_of_long_inputs_fits(number):
    long = [InputLine(f"{n} " + "x" * 3000, *["words & <more> " * 200] * 11) for n in range(number)]
    post = panel(panel_of(*long, add_to="ml.inputs", may_edit=True, may_change=True))
    check_message_blocks(post["blocks"])
    plain = charts.without_charts(post)
    check_message_blocks(plain["blocks"])
    assert len(post["text"]) <= 3900
    assert len(post["blocks"][1]["rows"]) == min(number, inputs_table.MOST_ROWS) + 1
    check_view(reorder_modal(1, [one.name for one in long]), "modal")


def test_a_workspace_without_tables_reads_lines():
    post = charts.without_charts(panel(panel_of(ZIP, InputLine("load"))))
    assert not charts.may_be_refused(post)
    assert post["blocks"][1]["text"]["text"] == (
        "• home zip code: importance must-have · source table users · in production A service can read the finished "
        "value today · how old: may be → is 1 day → 1 h · read time 5 ms · owner Raj · difficulty easy · "
        "risk that training differs low\n"
        "• load"
    )
    assert "• home zip code: importance must-have" in post["text"]


def test_without_inputs_it_says_the_first_step():
    post = panel(panel_of(first_step="<@U0MEI> lists them in the thread."))
    assert post["text"] == "*Ready-By* has no inputs yet. <@U0MEI> lists them in the thread."
    assert len(post["blocks"]) == 1


def labels(post):
    return [
        element.get("text", element.get("placeholder"))["text"]
        for block in post["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
    ]


def test_controls_are_for_those_who_may():
    assert labels(panel(panel_of(ZIP))) == []
    assert labels(panel(panel_of(ZIP, add_to="eng.input_survey", may_edit=True))) == ["Add an input", "Edit …"]
    two = panel_of(ZIP, InputLine("load"), add_to="ml.inputs", may_edit=True, may_change=True)
    assert labels(panel(two)) == ["Add an input", "Reorder", "Edit …", "Drop …"]


def test_dropping_is_asked_twice():
    post = panel(panel_of(ZIP, may_change=True))
    [drop] = post["blocks"][-1]["elements"]
    assert drop["confirm"]["confirm"]["text"] == "Drop it"


LINES = st.builds(InputLine, *[said()] * 12)


@settings(max_examples=15, deadline=None)
@given(st.lists(LINES, max_size=8), said(), st.booleans())
def test_hostile_words_neither_break_the_table_nor_call_anybody(inputs, name, may):
    post = panel(InputsPanel(1, name, tuple(inputs), "first", "ml.inputs" if may else "", may, may))
    for shown in (post, charts.without_charts(post)):
        check_message_blocks(shown["blocks"])
        assert "<!" not in shown["text"]
        assert "<@" not in shown["text"]


@settings(max_examples=15, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=3).map(lambda few: few * 10))
def test_two_tables_fit_on_the_home_tab(inputs):
    panels = [StatusPanel(n, f"P{n}", "active", "at_risk", ("late",), 55, "31 of 36", (), (), (), None) for n in (1, 2)]
    check_view(home([], panels, {1: inputs, 2: inputs}), "home")


ROWS = st.builds(
    UnderstoodRow, said(), st.lists(said(), max_size=5).map(tuple), st.lists(said(), max_size=4).map(tuple)
)


@settings(max_examples=15, deadline=None)
@given(st.lists(ROWS, max_size=20).map(tuple), st.booleans(), st.none() | st.just(0))
def test_what_was_understood_fits_and_calls_nobody(rows, settled, half):
    post = understood(Understood(1, Role.ML, "ml.inputs", rows, "abc", half, settled=settled))
    check_message_blocks(post["blocks"])
    assert "<!" not in post["text"]
    assert "<@" not in post["text"]


def test_ratings_without_room_for_their_reasons_still_say_how_hard_each_is():
    rated = [InputRating(name, "hard", "too old for its use", need="30 s", offer="2 h") for name in ("load", "rain")]
    rows = [{"name": "load"}, {"name": "rain"}]
    assert ratings.of_rows(rows, rated, 200).splitlines() == [
        "load → hard: too old for its use · may be 30 s old, is 2 h old",
        "rain → hard: too old for its use · may be 30 s old, is 2 h old",
    ]
    assert ratings.of_rows(rows, rated, 50) == "load → hard\nrain → hard"
