"""Detectors of production data, speed, service levels and monitoring, row by row."""

import pytest

from bot.domain.detectors.data import feature_not_in_prod
from bot.domain.detectors.registry import findings
from bot.domain.detectors.sla import sla_missing
from bot.domain.detectors.speed import latency_over_budget
from bot.domain.detectors.strengths import good_day_zero_monitoring
from bot.domain.findings import Severity
from tests.domain.aligned import case, severities

CRITICAL, HIGH, MEDIUM = Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM


def ms(value):
    return {"value": value, "unit": "ms"}


def must(name, **facts):
    return {"name": name, "importance": "must", **facts}


@pytest.mark.parametrize(
    ("facts", "severity"),
    [
        ({"importance": "must", "in_prod": "no"}, CRITICAL),
        ({"importance": "must", "in_prod": "no", "build_weeks": None}, CRITICAL),
        ({"importance": "must", "in_prod": "no", "build_weeks": 3}, HIGH),
        ({"importance": "must", "in_prod": "no", "build_weeks": 3, "access": "blocked"}, CRITICAL),
        ({"importance": "must", "in_prod": "served", "access": "blocked"}, CRITICAL),
        ({"importance": "must", "in_prod": "partial"}, MEDIUM),
        ({"importance": "should", "in_prod": "no"}, MEDIUM),
        ({"importance": "should", "in_prod": "partial"}, None),
        ({"importance": "should", "in_prod": "served", "access": "blocked"}, None),
        ({"importance": "nice", "in_prod": "no"}, None),
        ({"importance": "must", "in_prod": "raw"}, None),
        ({"importance": "must", "in_prod": "unknown"}, None),
        ({"importance": "must"}, None),
        ({"in_prod": "no"}, None),
    ],
)
def test_production_lacks_an_input(facts, severity):
    said = case([{"name": "load", **facts}])
    assert severities(feature_not_in_prod, said) == ([severity] if severity else [])


def test_each_missing_input_is_a_finding_of_its_own():
    missing = feature_not_in_prod(case([must("a", in_prod="no"), must("b"), must("c", in_prod="partial")]))
    assert [(s.input.name, s.severity) for s in missing] == [("a", CRITICAL), ("c", MEDIUM)]


@pytest.mark.parametrize(
    ("facts", "fact"),
    [
        ({"importance": "must", "in_prod": "no"}, "in_prod"),
        ({"importance": "must", "in_prod": "no", "build_weeks": 2}, "in_prod"),
        ({"importance": "must", "in_prod": "partial"}, "in_prod"),
        ({"importance": "must", "in_prod": "served", "access": "blocked"}, "access"),
        ({"importance": "should", "in_prod": "no"}, "in_prod"),
    ],
)
def test_a_missing_input_reads_the_fact_that_says_so(facts, fact):
    (sign,) = feature_not_in_prod(case([{"name": "load", **facts}]))
    assert sign.facts == (fact, "build_weeks")


@pytest.mark.parametrize(
    ("model", "reads", "limits", "severity"),
    [
        (80, [20], {"eng__latency_budget": ms(100)}, None),
        (80, [20.5], {"eng__latency_budget": ms(100)}, HIGH),
        (100, [20], {"eng__latency_budget": ms(100)}, HIGH),
        (101, [20], {"eng__latency_budget": ms(100)}, CRITICAL),
        (50, [10, 90, 20], {"eng__latency_budget": ms(100)}, CRITICAL),
        (120, [], {"eng__latency_budget": ms(100)}, HIGH),
        (120, [], {"eng__latency_budget": {"value": 0.1, "unit": "s"}}, HIGH),
        (120, [], {"pm__response_time": ms(100)}, HIGH),
        (120, [], {"eng__latency_budget": {"na": True}, "pm__response_time": ms(100)}, HIGH),
        (120, [], {"eng__latency_budget": ms(200), "pm__response_time": ms(100)}, None),
        (120, [], {}, None),
    ],
)
def test_the_model_and_its_slowest_input_fit_into_the_budget(model, reads, limits, severity):
    inputs = [must(f"input {n}", read_ms=read) for n, read in enumerate(reads)]
    said = case(inputs, eng__serving="request_time", ml__latency=ms(model), **limits)
    assert severities(latency_over_budget, said) == ([severity] if severity else [])


@pytest.mark.parametrize("serving", ["request_time", "streaming", "on_device", "person_tool"])
def test_every_path_on_which_somebody_waits_has_a_budget(serving):
    said = case(eng__serving=serving, ml__latency=ms(500), eng__latency_budget=ms(100))
    assert severities(latency_over_budget, said) == [CRITICAL]


@pytest.mark.parametrize(
    "answers",
    [
        {"eng__serving": "batch", "ml__latency": ms(500)},
        {"ml__latency": ms(500)},
        {"eng__serving": "request_time", "ml__latency": {"not_measured": True}},
        {"eng__serving": "request_time", "ml__latency": {"unknown": True}},
    ],
)
def test_no_budget_is_broken_where_nobody_waits_or_nobody_has_timed_it(answers):
    assert severities(latency_over_budget, case(**answers, eng__latency_budget=ms(100))) == []


def test_inputs_that_v1_can_do_without_do_not_count_into_the_time():
    slow = [{"name": "slow", "importance": "should", "read_ms": 900}]
    said = case(slow, eng__serving="request_time", ml__latency=ms(50), eng__latency_budget=ms(100))
    assert severities(latency_over_budget, said) == []


def test_the_parts_of_the_time_are_told():
    said = case(
        [must("kitchen load", read_ms=940)],
        eng__serving="request_time",
        ml__latency=ms(80),
        eng__latency_budget=ms(150),
    )
    (sign,) = latency_over_budget(said)
    assert sign.say == (
        "The model takes 80 ms and reading 'kitchen load' 940 ms, 1.02 s together; the budget is 150 ms."
    )
    (finding,) = (f for f in findings(said) if f.detector == "latency_over_budget")
    assert str(finding.quotes[-1]) == "Engineering, 'kitchen load', time to read it in production, slow end, in ms: 940"


def test_without_a_budget_the_wait_of_the_pm_is_told():
    slow = case(eng__serving="request_time", ml__latency=ms(80), pm__response_time=ms(50))
    (sign,) = latency_over_budget(slow)
    assert sign.say == "The model takes 80 ms; the PM can wait 50 ms."
    assert (sign.reads, sign.inputs) == (("ml.latency", "pm.response_time", "eng.serving"), ())


@pytest.mark.parametrize(
    ("answers", "severity"),
    [
        ({"eng__slos": [], "eng__serving": "request_time"}, HIGH),
        ({"eng__slos": [], "eng__serving": "batch"}, MEDIUM),
        ({"eng__slos": [], "eng__serving": "person_tool"}, MEDIUM),
        ({"eng__slos": []}, MEDIUM),
        ({"eng__slos": [], "pm__stakes": {"affects": ["public_brand"], "review": "suggestion_only"}}, HIGH),
        ({"eng__slos": [], "pm__stakes": {"affects": ["nobody_much"], "review": "suggestion_only"}}, MEDIUM),
        ({"eng__slos": [{"sli": "time to answer"}], "eng__serving": "request_time"}, None),
        ({"eng__slos": {"unknown": True}, "eng__serving": "request_time"}, None),
        ({"eng__serving": "request_time"}, None),
    ],
)
def test_no_service_levels_weigh_more_where_people_wait_or_much_is_at_stake(answers, severity):
    assert severities(sla_missing, case(**answers)) == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("serving", "affects", "reads"),
    [
        ("request_time", "nobody_much", ("eng.serving",)),
        ("batch", "money", ("pm.stakes",)),
        ("streaming", "public_brand", ("eng.serving", "pm.stakes")),
        ("batch", "nobody_much", ()),
    ],
)
def test_what_makes_missing_service_levels_worse_is_read(serving, affects, reads):
    stakes = {"affects": [affects], "review": "person_decides"}
    (sign,) = sla_missing(case(eng__slos=[], eng__serving=serving, pm__stakes=stakes))
    assert sign.reads == ("eng.slos", *reads)


@pytest.mark.parametrize(
    ("changes", "good"),
    [
        ({}, True),
        ({"eng__monitoring": {"when": "at_launch", "covers": ["business_metric"]}}, False),
        ({"eng__monitoring": {"when": "before_launch", "covers": ["drift"]}}, False),
        ({"eng__monitor_owner": "none"}, False),
        ({"eng__monitor_owner": {"unknown": True}}, False),
        ({"pm__measure_how": "offline_only"}, False),
    ],
)
def test_an_outcome_watched_from_day_zero_is_praised(changes, good):
    answers = {
        "eng__monitoring": {"when": "before_launch", "covers": ["business_metric", "drift"]},
        "eng__monitor_owner": "U0RAJ",
        "pm__measure_how": "staged_rollout",
    }
    assert bool(good_day_zero_monitoring(case(**{**answers, **changes}))) == good
