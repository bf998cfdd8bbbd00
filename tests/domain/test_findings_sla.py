"""Detectors of speed and service levels."""

import pytest

from bot.domain.detectors.registry import findings
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
    ("model", "do"),
    [
        (ms(30), "Agree with engineering how long one prediction may take."),
        (UNKNOWN, "Time the model on the hardware that will serve it."),
    ],
)
def test_what_is_missing_about_the_speed_is_asked_for(model, do):
    said = case(eng__serving="request_time", ml__latency=model, eng__latency_budget=UNKNOWN)
    (finding,) = (f for f in findings(said) if f.detector == "latency_unknown")
    assert finding.action == do


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
        "'freshness' is promised but not measured: it has no number and no place of measurement.",
        "'time to answer' is promised but not measured: it has no place of measurement.",
    ]


@pytest.mark.parametrize(
    ("day", "events", "ending"),
    [
        ("2026-03-11", [], "yet, and the launch is 9 days away."),
        ("2026-03-04", [], "yet, and the launch is 2 days away."),
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
        ([breach("2026-03-02")], HIGH),  # today
        ([breach("2026-03-03")], None),
        ([breach("2026-02-20", resolved=True)], None),
        ([breach("2026-02-20"), breach("2026-02-27", "freshness")], CRITICAL),
        ([breach("2026-02-20"), breach("2026-02-27", resolved=True)], HIGH),
        ([breach("2026-02-01"), breach("2026-02-27")], HIGH),
        ([], None),
    ],
)
def test_a_missed_service_level_is_told_for_two_weeks(events, severity):
    assert severities(sla_breached, read({**aligned(), "events": events})) == one(severity)


def test_a_service_level_without_a_name_is_told_all_the_same():
    document = {**aligned(eng__slos=[{**LEVEL, "sli": "", "target": "fast"}]), "events": [breach("2026-02-27", None)]}
    (unmeasured,), (missed,) = sla_unmeasured(read(document)), sla_breached(read(document))
    assert unmeasured.say == "A service level without a name is promised but not measured: it has no number."
    assert missed.say == "A service level was missed on 27 Feb 2026."


@pytest.mark.parametrize(
    ("day", "events", "reads"),
    [
        ("2026-04-01", [], ("eng.slos", "pm.launch")),
        ("2026-04-02", [], ("eng.slos",)),
        ("2026-03-16", [LIVE], ("eng.slos",)),
    ],
)
def test_the_launch_is_read_where_it_makes_measuring_urgent(day, events, reads):
    document = {**aligned(eng__slos=[{**LEVEL, "target": "fast"}], pm__launch=launch(day)), "events": events}
    (sign,) = sla_unmeasured(read(document))
    assert sign.reads == reads


def test_all_missed_service_levels_are_told_together():
    events = [breach("2026-02-27", "freshness"), breach("2026-02-20")]
    (sign,) = sla_breached(read({**aligned(), "events": events}))
    assert sign.say == "'time to answer' was missed on 20 Feb 2026; 'freshness' was missed on 27 Feb 2026."


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
