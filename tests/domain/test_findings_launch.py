"""The detector of work that does not fit before the launch."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.detectors import Case
from bot.domain.detectors.registry import findings
from bot.domain.detectors.simple import (
    launch_at_risk,
)
from bot.domain.findings import Severity
from bot.domain.snapshot import Event
from tests.domain.aligned import BANK, case, severities
from tests.domain.inputs import AVERAGE_LOCATION, plain

CRITICAL, HIGH, MEDIUM = Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM
UNKNOWN = {"unknown": True}


def answers(**given):
    """Without those that nobody gave."""
    return {id: value for id, value in given.items() if value is not None}


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
            "If things go badly, it is 7.5 weeks of work, 5.4 weeks left until 9 Apr 2026: 4.5 weeks to build 'a', "
            "and 3 weeks to integrate and launch.",
        ),
        (
            [plain(name="a", in_prod="raw", build_weeks=6)],
            {"ml__effort": weeks(1)},
            "6 weeks of work, 5.4 weeks left until 9 Apr 2026: 6 weeks to build 'a'.",
        ),
        (
            [],
            {"eng__effort": weeks(2, 6)},
            "If things go badly, it is 6 weeks of work, 5.4 weeks left until 9 Apr 2026: "
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
