"""Detectors of speed, service levels, monitoring and the way back."""

import pytest

from bot.domain.detectors.monitoring import (
    inputs_unmonitored,
    monitor_unowned,
    no_way_back,
    outcome_not_measured,
    outcome_unmonitored,
    truth_arrives_late,
)
from bot.domain.detectors.sla import sla_breached, sla_unmeasured
from bot.domain.detectors.speed import latency_expectation_gap, latency_unknown
from bot.domain.detectors.strengths import good_sla
from bot.domain.findings import Severity
from tests.domain.aligned import aligned, case, read, severities

CRITICAL, HIGH, MEDIUM = Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM
UNKNOWN = {"unknown": True}
LEVEL = {
    "sli": "time to answer",
    "target": "under 150 ms",
    "window": "28 days",
    "measured_in": "the dispatch dashboard",
    "live": True,
}
LIVE = {"type": "launched", "date": "2026-03-01"}


def ms(value):
    return {"value": value, "unit": "ms"}


def launch(day):
    return {"date": day, "flexibility": "target"}


def stakes(*affects):
    return {"affects": list(affects), "review": "person_decides"}


def one(severity):
    return [severity] if severity else []


@pytest.mark.parametrize(
    ("serving", "budget", "wait", "fires"),
    [
        ("request_time", ms(300), ms(200), True),
        ("person_tool", {"value": 2, "unit": "min"}, {"value": 1, "unit": "min"}, True),
        ("request_time", {"value": 0.2, "unit": "s"}, ms(200), False),
        ("batch", ms(300), ms(200), False),
        (None, ms(300), ms(200), False),
        ("request_time", UNKNOWN, ms(200), False),
        ("request_time", ms(300), {"na": True}, False),
    ],
)
def test_engineering_plans_a_longer_wait_than_the_pm_allows(serving, budget, wait, fires):
    answers = {
        "eng__latency_budget": budget,
        "pm__response_time": wait,
        **({"eng__serving": serving} if serving else {}),
    }
    assert severities(latency_expectation_gap, case(**answers)) == [HIGH] * fires


def test_both_times_are_told():
    (sign,) = latency_expectation_gap(
        case(eng__serving="request_time", eng__latency_budget=ms(1500), pm__response_time=ms(200))
    )
    assert sign.say == "The PM expects an answer within 200 ms; engineering plans with 1500 ms."


@pytest.mark.parametrize(
    ("answers", "severity"),
    [
        ({"ml__latency": {"not_measured": True}}, MEDIUM),
        ({"ml__latency": UNKNOWN}, MEDIUM),
        ({"ml__latency": ms(30), "eng__latency_budget": UNKNOWN}, MEDIUM),
        ({"ml__latency": UNKNOWN, "pm__launch": launch("2026-04-01")}, HIGH),  # 30 days
        ({"ml__latency": UNKNOWN, "pm__launch": launch("2026-04-02")}, MEDIUM),
        ({"ml__latency": UNKNOWN, "pm__launch": launch("2026-02-01")}, HIGH),  # the date has passed
        ({"ml__latency": UNKNOWN, "eng__serving": "person_tool"}, None),
        ({"ml__latency": UNKNOWN, "eng__serving": "batch"}, None),
        ({"ml__latency": {"na": True}}, None),
        ({"ml__latency": ms(30)}, None),
        ({}, None),
    ],
)
def test_nobody_knows_whether_it_is_fast_enough(answers, severity):
    assert severities(latency_unknown, case(**{"eng__serving": "on_device", **answers})) == one(severity)


def test_what_is_not_known_about_the_speed_is_told():
    (sign,) = latency_unknown(
        case(eng__serving="request_time", ml__latency={"not_measured": True}, eng__latency_budget=UNKNOWN)
    )
    assert sign.say == (
        "Nobody knows whether this is fast enough: the model has not been timed "
        "and the time that the product leaves is not known."
    )
    assert sign.reads == ("ml.latency", "eng.latency_budget", "eng.serving")


@pytest.mark.parametrize(
    ("row", "day", "live", "severity"),
    [
        ({}, None, False, None),
        ({"measured_in": ""}, None, False, MEDIUM),
        ({"measured_in": "tbd"}, None, False, MEDIUM),
        ({"measured_in": "https://board/7"}, None, False, None),
        ({"target": "fast"}, None, False, MEDIUM),
        ({"target": "fast"}, "2026-04-01", False, HIGH),
        ({"target": "fast"}, "2026-04-02", False, MEDIUM),
        ({"target": "fast"}, None, True, HIGH),
        ({"live": False}, None, False, None),
        ({"live": False}, "2026-03-16", False, HIGH),  # 14 days
        ({"live": False}, "2026-03-17", False, None),
        ({"live": False}, "2026-07-01", True, HIGH),
        ({"live": None}, "2026-03-16", False, None),
    ],
)
def test_a_service_level_is_promised_but_not_measured(row, day, live, severity):
    answers = {"eng__slos": [{**LEVEL, **row}], "pm__launch": launch(day) if day else None}
    document = {**aligned(**answers), "events": [LIVE] * live}
    assert severities(sla_unmeasured, read(document)) == one(severity)


def test_each_service_level_that_is_not_measured_is_told_once():
    rows = [{**LEVEL, "sli": "freshness", "target": "low", "measured_in": ""}, LEVEL, {**LEVEL, "measured_in": "none"}]
    said = read(aligned(eng__slos=[*rows, rows[0]]))
    assert [sign.say for sign in sla_unmeasured(said)] == [
        "'freshness' is promised but not measured: it lacks a number and a place where it is measured.",
        "'time to answer' is promised but not measured: it lacks a place where it is measured.",
    ]


@pytest.mark.parametrize(
    ("day", "events", "ending"),
    [
        ("2026-03-11", [], "yet, and the launch is 9 days away."),
        ("2026-03-03", [], "yet, and the launch is tomorrow."),
        ("2026-03-02", [], "yet, and the launch is today."),
        ("2026-03-01", [], "yet, and the launch date has passed."),
        ("2026-07-01", [LIVE], "yet, and this is live."),
    ],
)
def test_why_measuring_is_urgent_is_told(day, events, ending):
    document = {**aligned(eng__slos=[{**LEVEL, "live": False}], pm__launch=launch(day)), "events": events}
    (sign,) = sla_unmeasured(read(document))
    assert sign.say == f"'time to answer' is promised but not measured {ending}"


def breach(day, sli="time to answer", resolved=False):
    return {"type": "sla_breach", "date": day, "sli": sli, "resolved": resolved}


@pytest.mark.parametrize(
    ("events", "severity"),
    [
        ([breach("2026-02-16")], HIGH),  # 14 days
        ([breach("2026-02-15")], None),
        ([breach("2026-02-20", resolved=True)], None),
        ([breach("2026-02-20"), breach("2026-02-27", "freshness")], CRITICAL),
        ([breach("2026-02-20"), breach("2026-02-27", resolved=True)], HIGH),
        ([breach("2026-02-01"), breach("2026-02-27")], HIGH),
        ([], None),
    ],
)
def test_a_missed_service_level_is_told_for_two_weeks(events, severity):
    assert severities(sla_breached, read({**aligned(), "events": events})) == one(severity)


def test_all_missed_service_levels_are_told_together():
    events = [breach("2026-02-27", "freshness"), breach("2026-02-20")]
    (sign,) = sla_breached(read({**aligned(), "events": events}))
    assert sign.say == ("'time to answer' was missed on 20 Feb 2026 and 'freshness' was missed on 27 Feb 2026.")


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
    assert "the PM's number" in unnamed.say
    assert unnamed.reads == ("pm.measure_how",)


def labels(value, unit):
    return {"source": "trusted", "delay": {"value": value, "unit": unit}}


@pytest.mark.parametrize(
    ("delay", "monitoring", "affects", "severity"),
    [
        (labels(31, "d"), {"when": "at_launch", "covers": ["latency_errors"]}, (), MEDIUM),
        (labels(30, "d"), {"when": "at_launch", "covers": ["latency_errors"]}, (), None),
        (labels(5, "w"), {"when": "none"}, (), MEDIUM),
        (labels(31, "d"), {"when": "at_launch", "covers": ["drift"]}, ("money",), None),
        (labels(31, "d"), {"when": "at_launch", "covers": []}, ("money",), HIGH),
        (labels(31, "d"), {"when": "at_launch", "covers": []}, ("rights_health_jobs",), HIGH),
        (labels(31, "d"), {"when": "at_launch", "covers": []}, ("public_brand",), MEDIUM),
        (labels(31, "d"), UNKNOWN, (), None),
        ({"source": "trusted"}, {"when": "none"}, (), None),
    ],
)
def test_the_truth_comes_late_and_nothing_watches_before(delay, monitoring, affects, severity):
    said = case(ml__labels=delay, eng__monitoring=monitoring, **({"pm__stakes": stakes(*affects)} if affects else {}))
    assert severities(truth_arrives_late, said) == one(severity)


def test_how_late_the_truth_comes_is_told_as_it_was_said():
    (sign,) = truth_arrives_late(case(ml__labels=labels(45, "d"), eng__monitoring={"when": "none"}))
    assert sign.say == "You learn the truth 45 days after a prediction, and nothing watches for earlier signs."


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
        [(HIGH, "The board will not show 'renewals'.")] * fires
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


@pytest.mark.parametrize(("owner", "fires"), [("none", True), (UNKNOWN, True), ("U0RAJ", False), (None, False)])
def test_somebody_acts_when_it_goes_red(owner, fires):
    said = case(**({"eng__monitor_owner": owner} if owner else {}))
    assert severities(monitor_unowned, said) == [HIGH] * fires


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
    assert sign.say == "The way back: no way yet. Without a prediction: not decided."
    assert sign.reads == ("eng.rollback", "pm.fallback")
    (half,) = no_way_back(case(pm__fallback="none"))
    assert half.say == "The way back: not said yet. Without a prediction: nothing planned."
    assert half.reads == ("pm.fallback",)


@pytest.mark.parametrize(
    ("rows", "events", "good"),
    [
        ([LEVEL], [], True),
        ([LEVEL, {**LEVEL, "sli": "freshness", "live": False}], [], False),
        ([{**LEVEL, "window": ""}], [], False),
        ([{**LEVEL, "target": "fast"}], [], False),
        ([{**LEVEL, "measured_in": "later"}], [], False),
        ([], [], False),
        ([LEVEL], [breach("2025-12-01")], False),
        ([LEVEL], [breach("2026-02-27", resolved=True)], True),
    ],
)
def test_service_levels_that_are_defined_and_measured_are_praised(rows, events, good):
    assert bool(good_sla(read({**aligned(eng__slos=rows), "events": events}))) == good
