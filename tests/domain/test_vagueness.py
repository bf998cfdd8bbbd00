"""A text that leaves room is asked about once, with a reason; a clear one never is."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain import vagueness
from bot.domain.vagueness import COPIED, ECHO, EMPTY, ONLY_GENERAL, PLACEHOLDER, TOO_SHORT, vague
from bot.packs.loader import load_bank
from tests.strategies import values

BANK = load_bank()
CLEAR = "Support agents see a late-risk flag on the order page and call those customers first."


def reason(id, value, others=None):
    return vague(BANK[id], value, others=others or {})


@pytest.mark.parametrize(
    "text", ["tbd", "TBD.", "n/a", "?", "-", "To be decided", "see doc", "👍", "https://wiki/x", "<https://wiki/x>"]
)
def test_a_placeholder_leaves_room(text):
    assert reason("pm.user_decision", text) == PLACEHOLDER
    assert reason("pm.success_metric", {"metric": text, "kind": "money"}) == PLACEHOLDER


@pytest.mark.parametrize(
    ("id", "value", "expected"),
    [
        ("pm.user_decision", "agents call customers", TOO_SHORT),
        ("pm.user_decision", CLEAR, None),
        ("pm.user_decision", "Agents call late customers first", None),  # five words
        ("pm.user_decision", "They will just get it shortly", ONLY_GENERAL),  # one word that says something
        ("pm.user_decision", "They will get it to couriers nightly", None),  # two
        ("ml.optimise", "better recall", None),
        ("pm.user_decision", "It will improve the experience of our users", ONLY_GENERAL),
        ("ml.optimise", "accuracy", TOO_SHORT),
        ("ml.optimise", "F1", None),
        ("ml.optimise", "recall at 5 % false alarms", None),
        ("pm.success_metric", {"metric": "revenue"}, TOO_SHORT),
        ("pm.success_metric", {"metric": "better user experience"}, ONLY_GENERAL),
        ("pm.success_metric", {"metric": "revenue per visit"}, None),
        ("pm.success_metric", {"metric": ""}, EMPTY),
        ("pm.error_cost", {"worse": "miss", "cost": "400"}, None),
        ("pm.error_cost", {"worse": "miss", "cost": "money and trust"}, ECHO),
        ("eng.feasible", {"verdict": "yes"}, None),
        ("eng.feasible", {"verdict": "not_sure"}, None),
        ("eng.feasible", {"verdict": "no"}, EMPTY),
        ("eng.feasible", {"verdict": "yes_if", "because": "soon"}, PLACEHOLDER),
        ("eng.feasible", {"verdict": "yes_if", "because": "location stream by May"}, None),
        ("ml.feasibility_test", {"test": "tbd", "by": "2027-03-01"}, PLACEHOLDER),
        ("ml.v1_gain", {"gain": "better quality", "extra_weeks": 4}, ONLY_GENERAL),
        ("ml.v1_gain", {"gain": "8 % more", "extra_weeks": 4}, None),
        ("ml.target", {"predicts": "churn", "per": "customer", "when": "each Monday"}, None),
        ("ml.target", {"predicts": "tbd"}, PLACEHOLDER),
        ("pm.user_decision", "カスタマーサポートが遅れそうな注文の顧客に先に電話する", None),
        ("pm.measure_how", "not_decided", None),
        ("pm.user_decision", {"unknown": True}, None),
    ],
)
def test_each_answer_is_judged_by_its_own_words(id, value, expected):
    assert reason(id, value) == expected


def test_the_same_four_words_under_two_questions_are_a_copy():
    others = {"ml.feasibility_test": {"test": CLEAR.upper(), "by": "2027-03-01"}}
    assert reason("pm.user_decision", CLEAR, others) == COPIED
    assert reason("ml.optimise", "late pickups per order", {"pm.x": "Late pickups per order!"}) == COPIED
    assert reason("ml.optimise", "today’s late pickups here", {"pm.x": "today's late pickups here"}) == COPIED
    assert reason("pm.success_metric", {"metric": "refunds per week"}, {"ml.optimise": "refunds per week"}) is None
    assert reason("pm.user_decision", CLEAR, {"pm.user_decision": CLEAR}) is None


def test_the_words_of_the_question_are_an_echo():
    assert reason("pm.user_decision", "The person or screen and the action of the product") == ECHO
    seven, eight = "person screen action product prediction name differently", "couriers zones hours"
    assert reason("pm.user_decision", f"{seven} {eight}") == ECHO  # 7 of 10 words
    assert reason("pm.user_decision", f"{seven} {eight} districts") is None


@pytest.mark.parametrize(
    ("id", "value", "why"),
    [
        ("pm.success_target", {"current": 4, "target": 4, "unit": "days"}, "the target is today's value"),
        ("pm.success_target", {"current": 90, "target": 120, "unit": "%"}, "a percentage lies between 0 and 100"),
        ("pm.success_target", {"current": 90, "target": 100.5, "unit": "%"}, "a percentage lies between 0 and 100"),
        ("pm.success_target", {"target": -5, "unit": "percent"}, "a percentage lies between 0 and 100"),
        ("ml.effort", {"likely": 5, "worst": 3}, "going badly cannot take less than what is likely"),
        ("ml.effort", {"likely": 0, "worst": 3}, "it must be more than zero weeks"),
        ("ml.latency", {"value": 0, "unit": "ms"}, "it must be more than zero"),
    ],
)
def test_an_impossible_number_leaves_room(id, value, why):
    assert reason(id, value) == why


@pytest.mark.parametrize(
    ("id", "value"),
    [
        ("pm.success_target", {"current": 90, "target": 95, "unit": "%"}),
        ("pm.success_target", {"current": 0, "target": 100, "unit": "%"}),
        ("pm.success_target", {"current": 3, "target": 0.5, "unit": "%"}),
        ("pm.success_target", {"target": 120, "unit": "% of last year"}),
        ("ml.effort", {"likely": 0.5, "worst": 0.5}),
        ("ml.latency", {"value": 0.5, "unit": "ms"}),
        ("pm.success_metric", {"unknown": True}),
        ("pm.success_target", {"current": None, "target": 4, "unit": "days"}),
        ("ml.effort", {"likely": 3, "worst": 5}),
        ("ml.latency", {"not_measured": True}),
    ],
)
def test_a_possible_number_does_not(id, value):
    assert reason(id, value) is None


@pytest.mark.parametrize(
    ("text", "nothing"),
    [("", True), (" tbd ", True), ("-", True), ("None.", True), ("https://board/7", False), ("the board", False)],
)
def test_a_part_that_only_has_to_be_there_may_be_a_bare_link(text, nothing):
    assert vagueness.says_nothing(text) == nothing


@pytest.mark.parametrize("id", vagueness.EXAMPLES)
def test_the_example_for_a_second_chance_is_itself_clear(id):
    example, question = vagueness.EXAMPLES[id], BANK[id]
    parts = vagueness.JOINED_PARTS.get(id) or (vagueness.CHECKED_PARTS.get(id),)
    value = {part: example for part in parts if part} if question.fields else example
    assert reason(id, value) is None


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(question=st.sampled_from(BANK.questions), data=st.data())
def test_judging_never_raises_and_a_reason_fits_a_sentence(question, data):
    said = vague(
        question, data.draw(values(question)), others={"pm.user_decision": CLEAR, "ml.inputs": [{"name": "zip"}]}
    )
    assert said is None or (said[0].islower() and said[-1] != ".")
