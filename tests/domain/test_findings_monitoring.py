"""Detectors of monitoring and the way back."""

import pytest

from bot.domain.detectors.monitoring import (
    inputs_unmonitored,
    monitor_unowned,
    monitoring_late,
    no_way_back,
    outcome_not_measured,
    outcome_unmonitored,
    truth_arrives_late,
)
from bot.domain.findings import Severity
from tests.domain.aligned import aligned, case, read, severities

HIGH, MEDIUM = Severity.HIGH, Severity.MEDIUM
UNKNOWN = {"unknown": True}
LIVE = {"type": "launched", "date": "2026-03-01"}


def ms(value):
    return {"value": value, "unit": "ms"}


def stakes(*affects):
    return {"affects": list(affects), "review": "person_decides"}


def one(severity):
    return [severity] if severity else []


@pytest.mark.parametrize(
    ("how", "fires"),
    [("offline_only", True), ("not_decided", True), ("before_after", False), (UNKNOWN, False), (None, False)],
)
def test_the_outcome_is_seen_in_real_use(how, fires):
    assert severities(outcome_not_measured, read(aligned(pm__measure_how=how))) == [HIGH] * fires


def test_the_outcome_is_named():
    (sign,) = outcome_not_measured(read(aligned(pm__measure_how="offline_only")))
    assert sign.say == (
        "There is no plan to see 'late pickups per 100 orders' move in real use: offline test results only."
    )
    assert sign.reads == ("pm.measure_how", "pm.success_metric")
    (unnamed,) = outcome_not_measured(case(pm__measure_how="not_decided"))
    assert unnamed.say == "There is no plan to see the PM's number move in real use: not decided."
    assert unnamed.reads == ("pm.measure_how",)


def labels(value, unit):
    return {"source": "trusted", "delay": {"value": value, "unit": unit}}


@pytest.mark.parametrize(
    ("delay", "monitoring", "affects", "severity"),
    [
        (labels(31, "d"), {"when": "at_launch", "covers": ["latency_errors"]}, (), MEDIUM),
        (labels(30, "d"), {"when": "at_launch", "covers": ["latency_errors"]}, (), None),
        (labels(5, "w"), {"when": "none"}, (), MEDIUM),
        (labels(2_592_001, "s"), {"when": "none"}, (), MEDIUM),
        (labels(31, "d"), {"when": "at_launch", "covers": ["drift"]}, ("money",), None),
        (labels(31, "d"), {"when": "at_launch", "covers": []}, ("money",), HIGH),
        (labels(31, "d"), {"when": "at_launch", "covers": []}, ("rights_health_jobs",), HIGH),
        (labels(31, "d"), {"when": "at_launch", "covers": []}, ("public_brand",), MEDIUM),
        (labels(31, "d"), UNKNOWN, (), None),
        (labels(31, "d"), {"covers": ["latency_errors"]}, (), None),
        ({"source": "trusted"}, {"when": "none"}, (), None),
    ],
)
def test_the_truth_comes_late_and_nothing_watches_before(delay, monitoring, affects, severity):
    said = case(ml__labels=delay, eng__monitoring=monitoring, **({"pm__stakes": stakes(*affects)} if affects else {}))
    assert severities(truth_arrives_late, said) == one(severity)


def test_how_late_the_truth_comes_is_told_as_it_was_said():
    (sign,) = truth_arrives_late(case(ml__labels=labels(45, "d"), eng__monitoring={"when": "none"}))
    assert sign.say == "Whether a prediction was right is known 45 days later, and nothing watches for earlier signs."


@pytest.mark.parametrize(
    ("monitoring", "fires"),
    [
        ({"when": "before_launch", "covers": ["drift"]}, True),
        ({"when": "after_launch", "covers": []}, True),
        ({"when": "before_launch", "covers": ["business_metric"]}, False),
        ({"when": "none"}, False),
        (UNKNOWN, False),
    ],
)
def test_the_board_shows_the_outcome(monitoring, fires):
    said = case(eng__monitoring=monitoring, pm__success_metric={"metric": "renewals", "kind": "money"})
    assert [(sign.severity, sign.say) for sign in outcome_unmonitored(said)] == (
        [(HIGH, "Monitoring will not show 'renewals'.")] * fires
    )


@pytest.mark.parametrize(
    ("covers", "facts", "live", "severity"),
    [
        (["business_metric"], {"contract": "yes"}, False, MEDIUM),
        (["business_metric"], {"contract": "yes"}, True, HIGH),
        (["business_metric"], {"contract": "no"}, False, HIGH),
        (["business_metric"], {"contract": "no", "importance": "nice"}, False, MEDIUM),
        (["business_metric"], {"contract": "unknown"}, False, MEDIUM),
        (["drift"], {"contract": "no"}, True, None),
        (["input_freshness"], {"contract": "no"}, True, None),
    ],
)
def test_a_broken_input_goes_unnoticed(covers, facts, live, severity):
    document = aligned(eng__monitoring={"when": "at_launch", "covers": covers})
    document["features"] = [{"name": "load", "importance": "must", **facts}]
    document["events"] = [LIVE] * live
    assert severities(inputs_unmonitored, read(document)) == one(severity)


def test_no_board_at_all_is_another_finding_than_one_that_shows_too_little():
    said = case(eng__monitoring={"when": "none"})
    assert [*outcome_unmonitored(said), *inputs_unmonitored(said)] == []


def test_what_is_live_does_not_show_the_outcome_today():
    document = {**aligned(eng__monitoring={"when": "at_launch", "covers": ["drift"]}), "events": [LIVE]}
    (sign,) = outcome_unmonitored(read(document))
    assert sign.say == "Monitoring does not show 'late pickups per 100 orders'."


@pytest.mark.parametrize(
    ("when", "say"),
    [
        ("after_launch", "Monitoring comes after launch: whatever goes wrong in the first days goes unseen."),
        ("none", "Monitoring is not planned: whatever goes wrong goes unseen."),
        ("at_launch", None),
        ("before_launch", None),
        (None, None),
    ],
)
def test_somebody_looks_before_users_are_hurt(when, say):
    said = case(**({"eng__monitoring": {"when": when, "covers": []}} if when else {}))
    assert [(sign.severity, sign.say) for sign in monitoring_late(said)] == ([(HIGH, say)] if say else [])


@pytest.mark.parametrize(
    ("owner", "say"),
    [
        ("none", "When monitoring goes red, nobody acts."),
        (UNKNOWN, "When monitoring goes red, nobody knows who acts."),
        ("U0RAJ", None),
        (None, None),
    ],
)
def test_somebody_acts_when_it_goes_red(owner, say):
    said = case(**({"eng__monitor_owner": owner} if owner else {}))
    assert [(sign.severity, sign.say) for sign in monitor_unowned(said)] == ([(HIGH, say)] if say else [])


@pytest.mark.parametrize(
    ("rollback", "fallback", "affects", "severity"),
    [
        ("none", "default_or_rule", ("money",), HIGH),
        ("hard", "default_or_rule", ("public_brand",), HIGH),
        ("hard", None, ("nobody_much",), MEDIUM),
        ("none", None, (), MEDIUM),
        ("switch_minutes", "none", ("money",), MEDIUM),
        (None, "not_decided", (), MEDIUM),
        ("redeploy_hours", "hide_feature", ("money",), None),
        (UNKNOWN, UNKNOWN, (), None),
    ],
)
def test_there_is_a_way_back(rollback, fallback, affects, severity):
    given = {
        "eng__rollback": rollback,
        "pm__fallback": fallback,
        "pm__stakes": stakes(*affects) if affects else None,
    }
    said = case(**{name: value for name, value in given.items() if value})
    assert severities(no_way_back, said) == one(severity)


def test_both_halves_of_the_way_back_are_told():
    (sign,) = no_way_back(case(eng__rollback="none", pm__fallback="not_decided"))
    assert sign.say == (
        "The way back if predictions go wrong: no way yet. What users get without a prediction: not decided."
    )
    assert sign.reads == ("eng.rollback", "pm.fallback")
    (half,) = no_way_back(case(pm__fallback="none"))
    assert half.say == (
        "The way back if predictions go wrong: not said yet. What users get without a prediction: nothing planned."
    )
    assert half.reads == ("pm.fallback",)
