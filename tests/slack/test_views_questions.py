"""Questions and records as people see them: a change of wording shows here."""

import pytest

from bot.domain.answers import NOT_APPLICABLE, UNKNOWN, State
from bot.domain.bank import Role
from bot.domain.messages import (
    Record,
)
from bot.sandbox.controls import controls_in
from bot.slack.controls import Control, chosen, read
from bot.slack.views import render
from tests.slack.seeing import BANK, asked, labels, lines, recorded, seen, shown, told


def test_a_question_says_where_we_are_what_and_why():
    assert shown(asked("pm.user_decision", mention=True)) == lines("""
        Question 3 of 12 · about 6 min left
        @ana Who will use the prediction, and what will they (or the product) do differently because of it? Name the person or screen and the action.
        Why we ask: A model that changes no decision changes no result.
        Reply in this thread, or press Answer.
        [Answer] [I don't know] [… Skip for now | Hand over]
    """)  # fmt: skip  # noqa: E501


def test_the_plain_version_of_a_choice_numbers_the_options():
    assert render(asked("pm.ship_tradeoff"), BANK)["text"] == lines("""
        Question 3 of 12 · about 6 min left
        If a simpler version could go live weeks earlier but be a little less accurate, what would you choose?
        Why we ask: The earlier, simpler version is nearly always the better choice; it helps to say so out loud now.
        1. Ship the simpler one first
        2. Depends how big the gap is
        3. Wait for the full version
        4. We haven't discussed it
    """)


def test_a_blind_question_asks_for_the_button():
    said = shown(asked("ml.latency"))
    assert "Three of you are asked this; use the button, so that nobody sees another's answer first." in said
    assert "[… Skip for now | Not applicable | Not measured yet | Hand over]" in said
    pick = shown(asked("ml.pairing"))
    assert "Two of you are asked this; pick below, so that nobody sees the other's answer first." in pick


def test_a_blocking_question_cannot_be_skipped():
    assert "Skip for now" not in shown(asked("ml.feasibility"))


def test_a_half_filled_form_shows_what_is_kept_and_what_is_missing():
    said = shown(asked("pm.success_metric", so_far={"metric": "late orders"}))
    assert "late orders" in said
    assert "Still missing: What kind of number it is." in said


def test_words_that_could_not_be_read_are_kept_in_sight():
    assert "Kept: “about a blink”" in shown(asked("pm.response_time", note="about a blink"))


@pytest.mark.parametrize(
    ("message", "controls"),
    [
        (asked("ml.inputs"), ["Answer", "I don't know", "Hand over"]),
        (asked("ml.inputs", so_far=[{"name": "zip"}]), ["Answer", "Add another", "That's all"]),
        (asked("eng.input_survey", subject="home zip"), ["Survey: home zip", "I don't know", "Hand over"]),
        (asked("eng.slos"), ["Answer", "None yet", "I don't know", "Skip for now", "Hand over"]),
        (asked("eng.slos", so_far=[dict.fromkeys(("sli", "target", "window", "measured_in"), "x") | {"live": True}]),
         ["Add another", "That's all", "I don't know"]),
    ],
)  # fmt: skip
def test_a_list_grows_row_by_row(message, controls):
    assert labels(message)[: len(controls)] == controls


def test_the_row_that_was_only_named_is_filled_in_first():
    [answer] = [c for c in controls_in(render(asked("ml.inputs", so_far=[{"name": "zip"}]), BANK)["blocks"])][:1]
    assert read(answer.element) == Control("answer", 7, "ml.inputs", "0")


def test_a_record_reads_like_a_document():
    answer = told("pm.user_decision", State.ANSWERED, "The shift lead moves a cook", edited=True)
    assert shown(recorded(answer)) == lines("""
        Who acts on it
        [Edit]
        Who will use the prediction, and what will they (or the product) do differently because of it? Name the person or screen and the action.
        > The shift lead moves a cook
        @ana · edited
    """)  # fmt: skip  # noqa: E501


def test_what_people_typed_is_shown_as_they_typed_it_and_calls_nobody():
    post = render(recorded(told("pm.user_decision", State.ANSWERED, "*We* ask <!channel> & <@U2>")), BANK)
    assert "> *We* ask <!channel> & @mei" in seen(post)
    assert post["text"].splitlines()[-1] == "> *We* ask &lt;!channel&gt; &amp; <@U2> (<@U1>)"


def test_a_hidden_answer_shows_neither_value_nor_note():
    post = render(
        recorded(told("pm.response_time", State.ANSWERED, {"value": 77, "unit": "s"}, note="77", hidden=True)), BANK
    )
    assert "Answered, shown when both sides are in." in seen(post)
    assert "77" not in str(post)


def test_i_dont_know_offers_the_one_who_may():
    message = recorded(told("pm.today", State.UNKNOWN, UNKNOWN, suggested="U2"))
    assert "@ana doesn't know yet, and that helps too. @mei may know." in shown(message)
    assert labels(message) == ["Edit", "Ask them", "Someone else who may know"]
    ask, other = controls_in(render(message, BANK)["blocks"])[1:]
    assert read(ask.element) == Control("ask_suggested", 7, "pm.today", "U2")
    picked = other.element | {"block_id": other.block_id, "selected_user": "U3"}
    assert (read(picked), chosen(picked)) == (Control("ask_other", 7, "pm.today"), "U3")


def test_a_question_handed_over_says_who_is_asked():
    assert "@raj is asked; @ana stays in the loop." in shown(
        recorded(told("pm.today", State.UNKNOWN, UNKNOWN, helper="U3"))
    )


def test_a_skipped_question_can_be_answered_at_once():
    message = recorded(told("pm.fallback", State.SKIPPED))
    assert "Skipped for now; it comes back at the end." in shown(message)
    assert labels(message) == ["Answer"]


def test_not_applicable_says_who_said_so():
    assert "Not applicable here.\n@ana" in shown(
        recorded(told("pm.response_time", State.NOT_APPLICABLE, NOT_APPLICABLE))
    )


def test_each_row_of_a_list_has_its_own_edit():
    message = Record(7, Role.ML, (told("ml.inputs", State.ANSWERED, [{"name": "zip"}, {"name": "load"}]),))
    edits = [c for c in controls_in(render(message, BANK)["blocks"]) if c.label == "Edit"]
    assert [read(edit.element).extra for edit in edits] == ["0", "1"]
    assert labels(message) == ["Add another", "Edit", "Edit"]
