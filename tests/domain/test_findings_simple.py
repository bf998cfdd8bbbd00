"""Detectors of the simple start and of the time until launch, row by row."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.detectors import Case
from bot.domain.detectors.registry import findings
from bot.domain.detectors.simple import (
    complex_first,
    launch_at_risk,
    ml_not_needed,
    no_baseline,
    realtime_not_needed,
    tradeoff_unspoken,
)
from bot.domain.findings import Severity
from bot.domain.snapshot import Event
from tests.domain.aligned import BANK, case, severities
from tests.domain.inputs import AVERAGE_LOCATION, plain, quantity

CRITICAL, HIGH, MEDIUM = Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM
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
    assert sign.say == "The PM can wait 1 day for a prediction; it is to be made on a stream of events."


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


IN_FOUR_WEEKS = "2026-03-30"


def launch(flexibility, date=IN_FOUR_WEEKS):
    return {"date": date, "flexibility": flexibility}


def weeks(likely, worst=None):
    return {"likely": likely, "worst": likely if worst is None else worst}


@pytest.mark.parametrize(
    ("flexibility", "model", "severity"),
    [
        ("fixed", weeks(4), None),
        ("fixed", weeks(4.1), HIGH),
        ("fixed", weeks(5), HIGH),
        ("fixed", weeks(5.1), CRITICAL),
        ("target", weeks(4.1), HIGH),
        ("target", weeks(40), HIGH),
        ("none", weeks(40), MEDIUM),
        ("fixed", weeks(2, 4), None),
        ("fixed", weeks(2, 4.1), MEDIUM),
        ("target", weeks(2, 40), MEDIUM),
        ("none", weeks(2, 40), None),
        ("fixed", {"likely": 3}, None),
        ("fixed", {"likely": 4.5}, HIGH),
        ("fixed", {"worst": 4.5}, MEDIUM),
    ],
)
def test_the_work_fits_before_the_launch(flexibility, model, severity):
    said = case(pm__launch=launch(flexibility), ml__effort=model)
    assert severities(launch_at_risk, said) == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("builds", "engineer", "severity"),
    [
        ([2], weeks(2), MEDIUM),
        ([2.1], weeks(2), HIGH),
        ([1, 1.5], weeks(2), HIGH),
        ([2], weeks(1), None),
        ([2], weeks(1, 1.1), MEDIUM),
        ([2], None, None),
        ([4.5], None, None),
        ([None], weeks(1.75), None),
        ([None], weeks(2), MEDIUM),
        ([None], weeks(2.6), HIGH),
    ],
)
def test_engineering_builds_the_inputs_before_it_launches(builds, engineer, severity):
    inputs = [plain(name=f"{n}", in_prod="raw", contract="no", build_weeks=weeks) for n, weeks in enumerate(builds)]
    said = case(inputs, pm__launch=launch("target"), **answers(eng__effort=engineer))
    assert severities(launch_at_risk, said) == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("facts", "severity"),
    [
        ({}, HIGH),
        ({"importance": "should"}, None),
        ({"in_prod": "served"}, None),
        ({"in_prod": "unknown"}, None),
        ({"source_kind": None}, None),
    ],
)
def test_only_must_haves_that_are_not_served_have_to_be_built(facts, severity):
    said = case([{**AVERAGE_LOCATION, **facts}], pm__launch=launch("target"), ml__effort=weeks(1), eng__effort=UNKNOWN)
    assert severities(launch_at_risk, said) == ([severity] if severity else [])


@pytest.mark.parametrize(
    "answers",
    [
        {"ml__effort": weeks(40)},
        {"ml__effort": weeks(40), "pm__launch": UNKNOWN},
        {"ml__effort": weeks(40), "pm__launch": {"flexibility": "none"}},
        {"ml__effort": UNKNOWN, "eng__effort": UNKNOWN, "pm__launch": launch("fixed")},
        {"pm__launch": launch("fixed")},
    ],
)
def test_no_launch_is_at_risk_without_a_date_and_an_effort(answers):
    assert severities(launch_at_risk, case([{**AVERAGE_LOCATION, "build_weeks": 30}], **answers)) == []


def test_a_live_product_has_no_launch_at_risk():
    said = case(pm__launch=launch("fixed"), ml__effort=weeks(40))
    live = replace(said.snapshot, events=(Event("launched", date(2026, 3, 1)),))
    assert severities(launch_at_risk, said) == [CRITICAL]
    assert severities(launch_at_risk, Case(live, BANK)) == []


@pytest.mark.parametrize(
    ("features", "efforts", "say"),
    [
        ([], {"ml__effort": weeks(9)}, "9 weeks of work, 5.4 weeks left until 9 Apr 2026: 9 weeks for the model."),
        (
            [AVERAGE_LOCATION],
            {"ml__effort": weeks(4), "eng__effort": weeks(3)},
            "9 weeks of work, 5.4 weeks left until 9 Apr 2026: 6 weeks to build 'average location, last 5 minutes' "
            "(default estimate), and 3 weeks to integrate and launch.",
        ),
        (
            [plain(name="a", in_prod="raw", build_weeks=2), plain(name="b", in_prod="raw", build_weeks=3)],
            {"eng__effort": weeks(1)},
            "6 weeks of work, 5.4 weeks left until 9 Apr 2026: 5 weeks to build 'b' and 'a', "
            "and 1 week to integrate and launch.",
        ),
        (
            [plain(name="a", in_prod="raw", build_weeks=3)],
            {"eng__effort": weeks(2, 3)},
            "If things go badly it is 7.5 weeks of work, 5.4 weeks left until 9 Apr 2026: 4.5 weeks to build 'a', "
            "and 3 weeks to integrate and launch.",
        ),
        (
            [],
            {"eng__effort": weeks(2, 6)},
            "If things go badly it is 6 weeks of work, 5.4 weeks left until 9 Apr 2026: "
            "6 weeks to integrate and launch.",
        ),
    ],
)
def test_the_weeks_are_told_with_what_takes_them(features, efforts, say):
    (sign,) = launch_at_risk(case(features, pm__launch=launch("target", "2026-04-09"), **efforts))
    assert sign.say == say


@pytest.mark.parametrize(
    ("date", "left"),
    [
        ("2026-03-09", "1 week left until 9 Mar 2026"),
        ("2026-03-08", "6 days left until 8 Mar 2026"),
        ("2026-03-03", "1 day left until 3 Mar 2026"),
        ("2026-03-02", "and the launch is today"),
        ("2026-03-01", "and the date, 1 Mar 2026, has passed"),
    ],
)
def test_what_is_left_is_told_down_to_the_day_and_beyond(date, left):
    (sign,) = launch_at_risk(case(pm__launch=launch("fixed", date), ml__effort=weeks(2)))
    assert sign.severity is CRITICAL
    assert sign.say == f"2 weeks of work, {left}: 2 weeks for the model."


def test_each_number_behind_a_late_launch_is_quoted():
    features = [plain(name="a", in_prod="raw", build_weeks=6)]
    efforts = {"ml__effort": UNKNOWN, "eng__effort": weeks(1, 2)}
    late = case(features, pm__launch=launch("fixed"), pm__decider="U0DEA", **efforts)
    (finding,) = (f for f in findings(late) if f.detector == "launch_at_risk")
    assert finding.who == ("U0DEA",)
    assert finding.reads == ("pm.launch", "eng.effort", "eng.input_survey", "ml.inputs")
    assert [str(quote) for quote in finding.quotes] == [
        "PM, launch date: 30 Mar 2026, Fixed (contract, season, law)",
        "Engineering, weeks to launch: likely 1 week, if things go badly 2 weeks",
        "Engineering, 'a', can production read it today: The data is in production, the value must be built",
        "Engineering, 'a', weeks to make it readable in production: 6",
    ]


def test_the_numbers_of_a_goal_are_quoted_with_their_names():
    aim = {"target": 9, "unit": "per 100 orders", "by": "2026-09-30"}
    (finding,) = (f for f in findings(case(pm__success_target=aim)) if f.detector == "no_baseline")
    assert str(finding.quotes[0]) == (
        "PM, success target: value that makes it worth the work 9, unit per 100 orders, by when 30 Sep 2026"
    )
