"""Detectors of the simple start and of the time until launch, row by row."""

import pytest

from bot.domain.detectors.registry import findings
from bot.domain.detectors.simple import (
    complex_first,
    ml_not_needed,
    no_baseline,
    realtime_not_needed,
    tradeoff_unspoken,
)
from bot.domain.findings import Severity
from tests.domain.aligned import case, severities
from tests.domain.inputs import quantity

HIGH, MEDIUM = Severity.HIGH, Severity.MEDIUM
UNKNOWN = {"unknown": True}


def answers(**given):
    """Without those that nobody gave."""
    return {id: value for id, value in given.items() if value is not None}


@pytest.mark.parametrize(
    ("today", "fires"),
    [
        ({"now": "rule", "rule_tried": "good_enough"}, True),
        ({"now": "nothing", "rule_tried": "good_enough"}, True),
        ({"now": "rule", "rule_tried": "not_enough"}, False),
        ({"now": "rule", "rule_tried": "not_tried"}, False),
        ({"now": "rule"}, False),
        (UNKNOWN, False),
        (None, False),
    ],
)
def test_a_rule_that_is_good_enough_needs_no_model(today, fires):
    assert severities(ml_not_needed, case(**answers(pm__today=today))) == [HIGH] * fires


def test_whoever_decides_is_asked_whether_the_rule_is_shipped():
    said = case(pm__today={"now": "rule", "rule_tried": "good_enough"}, pm__decider="U0DEA")
    (finding,) = (f for f in findings(said) if f.detector == "ml_not_needed")
    assert finding.who == ("U0DEA",)


KNOWN = {"current": 14, "target": 9, "unit": "per 100 orders"}
NOT_KNOWN = {"target": 9, "unit": "per 100 orders"}
NOTHING = "there is nothing simple yet that the model must beat"
NO_SCORE = "what the model must beat (current rule) has no score yet"
NO_VALUE = "nobody knows today's value of the goal"


@pytest.mark.parametrize(
    ("baseline", "target", "severity", "which", "who"),
    [
        ({"kind": "none"}, KNOWN, HIGH, NOTHING, ("ml",)),
        ({"kind": "none", "score": "0.7"}, None, HIGH, NOTHING, ("ml",)),
        ({"kind": "current_rule"}, None, MEDIUM, NO_SCORE, ("ml",)),
        ({"kind": "current_rule", "score": None}, KNOWN, MEDIUM, NO_SCORE, ("ml",)),
        ({"kind": "current_rule", "score": "tbd"}, KNOWN, MEDIUM, NO_SCORE, ("ml",)),
        ({"kind": "current_rule", "score": "Not measured yet"}, KNOWN, MEDIUM, NO_SCORE, ("ml",)),
        ({"kind": "current_rule", "score": "0.71"}, NOT_KNOWN, MEDIUM, NO_VALUE, ("pm",)),
        (None, {**NOT_KNOWN, "current": None}, MEDIUM, NO_VALUE, ("pm",)),
        ({"kind": "none"}, NOT_KNOWN, HIGH, f"{NOTHING}, and {NO_VALUE}", ("ml", "pm")),
        ({"kind": "current_rule"}, NOT_KNOWN, MEDIUM, f"{NO_SCORE}, and {NO_VALUE}", ("ml", "pm")),
    ],
)
def test_without_a_baseline_nobody_can_say_what_the_model_adds(baseline, target, severity, which, who):
    (sign,) = no_baseline(case(**answers(ml__baseline=baseline, pm__success_target=target)))
    assert (sign.severity, sign.say, sign.who) == (severity, f"No agreed baseline: {which}.", who)
    assert sign.reads == tuple({"ml": "ml.baseline", "pm": "pm.success_target"}[role] for role in who)
    assert (
        sign.do
        == {
            ("ml",): "Measure the simple way this week.",
            ("pm",): "Find out today's value of the goal this week.",
            ("ml", "pm"): "Measure the simple way and find out today's value of the goal this week.",
        }[who]
    )


@pytest.mark.parametrize(
    ("baseline", "target"),
    [
        ({"kind": "current_rule", "score": "0.71"}, KNOWN),
        ({"kind": "human", "score": "finds nearly all of them"}, {**KNOWN, "current": 0}),
        (UNKNOWN, UNKNOWN),
        (None, {"unit": "per 100 orders"}),
        ({"score": ""}, None),
        (None, None),
    ],
)
def test_a_baseline_that_is_measured_or_not_spoken_of_is_no_finding(baseline, target):
    assert severities(no_baseline, case(**answers(ml__baseline=baseline, pm__success_target=target))) == []


@pytest.mark.parametrize(
    ("wait", "serving", "fires"),
    [
        (quantity(1, "h"), "request_time", True),
        (quantity(60, "min"), "streaming", True),
        (quantity(59, "min"), "request_time", False),
        (quantity(1, "d"), "on_device", False),
        (quantity(1, "d"), "person_tool", False),
        (quantity(1, "d"), "batch", False),
        (quantity(1, "d"), None, False),
        (None, "request_time", False),
        ({"na": True}, "request_time", False),
        (UNKNOWN, "request_time", False),
        (quantity(1, "d"), UNKNOWN, False),
    ],
)
def test_who_can_wait_an_hour_needs_no_real_time(wait, serving, fires):
    said = case(**answers(pm__response_time=wait, eng__serving=serving))
    assert severities(realtime_not_needed, said) == [MEDIUM] * fires


def test_the_wait_and_the_place_are_told_as_people_said_them():
    (sign,) = realtime_not_needed(case(pm__response_time=quantity(1, "d"), eng__serving="streaming"))
    assert sign.say == "The PM can wait 1 day for a prediction, yet it is to be made on a stream of events."


SCORED = {"kind": "current_rule", "score": "0.71"}


@pytest.mark.parametrize(
    ("v1", "baseline", "gain", "severity"),
    [
        ("deep_or_ensemble", {"kind": "none"}, {"gain": "8 % more found", "extra_weeks": 6}, HIGH),
        ("deep_or_ensemble", {"kind": "current_rule"}, {"gain": "8 % more found", "extra_weeks": 6}, HIGH),
        ("deep_or_ensemble", {"kind": "current_rule", "score": "?"}, None, HIGH),
        ("deep_or_ensemble", SCORED, None, MEDIUM),
        ("deep_or_ensemble", SCORED, UNKNOWN, MEDIUM),
        ("deep_or_ensemble", SCORED, {"gain": "better", "extra_weeks": 6}, MEDIUM),
        ("deep_or_ensemble", SCORED, {"gain": "8 % more found", "extra_weeks": 6}, None),
        ("deep_or_ensemble", SCORED, {"gain": "8 % more found"}, None),
        ("deep_or_ensemble", UNKNOWN, None, None),
        ("deep_or_ensemble", None, None, None),
        ("boosted_trees", {"kind": "none"}, None, None),
        ("not_decided", {"kind": "none"}, None, None),
        ("deep_or_ensemble", {"score": "0.71"}, None, None),
        (UNKNOWN, {"kind": "none"}, None, None),
    ],
)
def test_a_large_first_version_shows_what_it_gains_over_a_simple_one(v1, baseline, gain, severity):
    said = case(**answers(ml__v1=v1, ml__baseline=baseline, ml__v1_gain=gain))
    assert severities(complex_first, said) == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("wish", "fires"),
    [
        ("not_discussed", True),
        (UNKNOWN, True),
        ("simple_first", False),
        ("depends_on_gap", False),
        ("wait_for_full", False),
        (None, False),
    ],
)
def test_whether_earlier_wins_has_been_said(wish, fires):
    assert severities(tradeoff_unspoken, case(**answers(pm__ship_tradeoff=wish))) == [MEDIUM] * fires


def test_the_numbers_of_a_goal_are_quoted_with_their_names():
    aim = {"target": 9, "unit": "per 100 orders", "by": "2026-09-30"}
    (finding,) = (f for f in findings(case(pm__success_target=aim)) if f.detector == "no_baseline")
    assert str(finding.quotes[0]) == (
        "PM, success target: value that makes it worth the work 9, unit per 100 orders, by when 30 Sep 2026"
    )
