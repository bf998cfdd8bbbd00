"""Detectors that look at one input at a time, row by row."""

import pytest

from bot.domain.detectors.data import (
    feature_hard,
    feature_leaks,
    feature_unowned,
    freshness_gap,
    history_missing,
    source_unstable,
    untrusted_input,
)
from bot.domain.detectors.registry import findings
from bot.domain.findings import Severity
from tests.domain.aligned import case, severities
from tests.domain.inputs import AVERAGE_LOCATION, LATEST_LOCATION, plain, quantity

CRITICAL, HIGH, MEDIUM, LOW = Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW
HOUR, DAY = quantity(1, "h"), quantity(1, "d")


def of(detector, **facts):
    return severities(detector, case([{"name": "load", **facts}]))


@pytest.mark.parametrize(
    ("record", "severity"),
    [
        (AVERAGE_LOCATION, HIGH),
        ({**AVERAGE_LOCATION, "importance": "should"}, LOW),
        (plain(history="none"), MEDIUM),
        (plain(history="none", importance="nice"), LOW),
        ({"name": "x", "source_kind": "db", "in_prod": "served", "history": "none"}, LOW),
        (LATEST_LOCATION, None),
        (plain(), None),
        (plain(in_prod="unknown", history="none"), None),
        ({"name": "x", "importance": "must", "history": "none"}, None),
        (plain(history="none", access="blocked"), None),
    ],
    ids=lambda value: str(value)[:60],
)
def test_an_input_is_hard_to_have(record, severity):
    assert severities(feature_hard, case([record])) == ([severity] if severity else [])


@pytest.mark.parametrize(("serving", "severity"), [("request_time", [HIGH]), ("batch", [])])
def test_the_same_input_is_hard_on_request_and_not_in_a_nightly_batch(serving, severity):
    record = plain(transform="sequence", source_kind="client", in_prod="raw", preprocessing="heavy")
    assert severities(feature_hard, case([record], eng__serving=serving)) == severity


def test_a_hard_input_names_its_reasons_and_a_simpler_one_with_the_time_saved():
    (sign,) = feature_hard(case([AVERAGE_LOCATION]))
    assert sign.say == (
        "'average location, last 5 minutes' is very hard to have in production: a value over time to build from a "
        "stream of events; to be built so that it is never older than a minute; cleaning code to write twice; past "
        "values only in part. Simpler: use the latest value of the same signal, or last night's average for the same "
        "hour, about 2-7 weeks sooner (default estimate)."
    )
    assert sign.reads == ("eng.input_survey", "ml.inputs")
    assert sign.facts == ("transform", "source_kind", "in_prod", "freshness_needed", "importance")


def test_a_simpler_input_that_saves_no_time_promises_none():
    (sign,) = feature_hard(case([plain(history="none", build_weeks=1, in_prod="raw")]))
    assert sign.say.endswith(
        "Simpler: start logging it today; until it has a history, use a related input that has one."
    )


def test_where_nothing_simpler_is_known_somebody_has_to_look_for_it():
    slow = case([plain(read_ms=90)], eng__latency_budget=quantity(150, "ms"))
    (sign,) = feature_hard(slow)
    assert sign.say == "'x' is hard to have in production: reading it takes more than half of the time budget."
    assert sign.do == "Look for a simpler input, or keep it and say why."
    assert sign.reads == ("eng.input_survey", "ml.inputs", "eng.latency_budget")


def test_a_hard_input_quotes_the_facts_that_make_it_hard_and_where_the_prediction_is_made():
    record = plain(source_kind="warehouse", in_prod="raw", history="partial")
    (finding,) = (f for f in findings(case([record], eng__serving="request_time")) if f.detector == "feature_hard")
    assert finding.reads == ("eng.input_survey", "ml.inputs", "eng.serving")
    assert [str(quote) for quote in finding.quotes] == [
        "Engineering, where it runs: At request time",
        "Engineering, what kind of place it comes from: The warehouse (analytics data)",
        "Engineering, can production read it today: The data is in production, the value must be built",
        "ML, how much the first version needs it: Must have: pointless without it",
    ]


@pytest.mark.parametrize(
    ("facts", "severity"),
    [
        ({"importance": "must", "freshness_available": DAY, "freshness_needed": HOUR}, HIGH),
        ({"importance": "should", "freshness_available": DAY, "freshness_needed": HOUR}, MEDIUM),
        ({"importance": "nice", "freshness_available": DAY, "freshness_needed": HOUR}, None),
        ({"freshness_available": DAY, "freshness_needed": HOUR}, MEDIUM),
        ({"importance": "must", "freshness_available": quantity(60, "min"), "freshness_needed": HOUR}, None),
        ({"importance": "must", "freshness_available": quantity(61, "min"), "freshness_needed": HOUR}, HIGH),
        ({"importance": "must", "freshness_available": DAY}, None),
        ({"importance": "must", "freshness_needed": HOUR}, None),
    ],
)
def test_an_input_is_as_fresh_as_the_model_needs_it(facts, severity):
    assert of(freshness_gap, **facts) == ([severity] if severity else [])


def test_both_ages_are_told_in_the_units_people_chose():
    record = {"name": "load", "freshness_available": quantity(36, "h"), "freshness_needed": quantity(90, "min")}
    (sign,) = freshness_gap(case([record]))
    assert sign.say == "'load' is 36 h old when it is read; the model needs it no older than 90 min."


@pytest.mark.parametrize(
    ("facts", "fires"),
    [
        ({"importance": "must", "owner": ""}, True),
        ({"importance": "must", "owner": None}, True),
        ({"importance": "must", "owner": "Nobody yet"}, True),
        ({"importance": "must", "owner": "-"}, True),
        ({"importance": "must", "owner": "orders team"}, False),
        ({"importance": "must", "owner": "none of your business team"}, False),
        ({"importance": "must"}, False),
        ({"importance": "should", "owner": ""}, False),
        ({"owner": ""}, False),
    ],
)
def test_somebody_owns_each_must_have(facts, fires):
    assert of(feature_unowned, **facts) == [MEDIUM] * fires


def test_a_missing_owner_is_quoted():
    unowned = case([{"name": "load", "importance": "must", "owner": ""}])
    (finding,) = (f for f in findings(unowned) if f.detector == "feature_unowned")
    assert [str(quote) for quote in finding.quotes] == ["Engineering, who answers for it: nobody"]


@pytest.mark.parametrize(
    ("facts", "severity"),
    [
        ({"importance": "must", "at_prediction": "no"}, CRITICAL),
        ({"importance": "must", "source_kind": "label"}, CRITICAL),
        ({"importance": "nice", "at_prediction": "no"}, HIGH),
        ({"source_kind": "label", "at_prediction": "yes"}, HIGH),
        ({"importance": "must", "at_prediction": "yes"}, None),
        ({"importance": "must", "at_prediction": "unknown"}, None),
        ({"importance": "must", "source_kind": "db"}, None),
    ],
)
def test_an_input_is_known_before_the_decision(facts, severity):
    assert of(feature_leaks, **facts) == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("facts", "fact", "reads"),
    [
        ({"at_prediction": "no", "source_kind": "label"}, "at_prediction", ("ml.inputs", "eng.input_survey")),
        ({"source_kind": "label"}, "source_kind", ("eng.input_survey", "ml.inputs")),
    ],
)
def test_what_gives_the_outcome_away_is_read_first(facts, fact, reads):
    (sign,) = feature_leaks(case([{"name": "refund", **facts}]))
    assert (sign.facts, sign.reads) == ((fact, "importance"), reads)
    assert sign.say == "'refund' is only known after the decision it should trigger."


@pytest.mark.parametrize(
    ("facts", "severity"),
    [
        ({"importance": "must", "history": "none"}, HIGH),
        ({"importance": "should", "history": "none"}, MEDIUM),
        ({"importance": "nice", "history": "none"}, None),
        ({"importance": "must", "history": "partial"}, None),
        ({"importance": "must", "history": "unknown"}, None),
        ({"importance": "must"}, None),
    ],
)
def test_an_input_has_past_values_to_learn_from(facts, severity):
    assert of(history_missing, **facts) == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("facts", "severity"),
    [
        ({"importance": "must", "contract": "no", "owner": ""}, HIGH),
        ({"importance": "must", "contract": "no", "owner": "orders team"}, MEDIUM),
        ({"importance": "must", "contract": "no"}, MEDIUM),
        ({"importance": "should", "contract": "no", "owner": ""}, MEDIUM),
        ({"importance": "nice", "contract": "no", "owner": ""}, None),
        ({"importance": "must", "contract": "unknown", "owner": ""}, None),
        ({"importance": "must", "contract": "yes", "owner": ""}, None),
        ({"importance": "must", "owner": ""}, None),
    ],
)
def test_an_input_does_not_change_without_notice(facts, severity):
    assert of(source_unstable, **facts) == ([severity] if severity else [])


def test_an_input_adrift_says_both():
    (sign,) = source_unstable(case([{"name": "load", "importance": "must", "contract": "no", "owner": "none"}]))
    assert sign.say == "'load' can change without notice, and nobody owns it."
    assert sign.facts == ("contract", "owner")


@pytest.mark.parametrize(
    ("facts", "fires"),
    [
        ({"importance": "must", "untrusted": "not_handled"}, True),
        ({"importance": "nice", "untrusted": "not_handled"}, True),
        ({"untrusted": "not_handled"}, True),
        ({"importance": "must", "untrusted": "handled"}, False),
        ({"importance": "must", "source_kind": "client"}, False),
    ],
)
def test_what_users_send_is_filtered(facts, fires):
    assert of(untrusted_input, **facts) == [HIGH] * fires


@pytest.mark.parametrize(
    ("detector", "facts"),
    [
        (feature_hard, {"source_kind": "db", "in_prod": "served", "history": "none"}),
        (freshness_gap, {"freshness_available": DAY, "freshness_needed": HOUR}),
        (feature_unowned, {"owner": ""}),
        (feature_leaks, {"at_prediction": "no"}),
        (history_missing, {"history": "none"}),
        (source_unstable, {"contract": "no"}),
        (untrusted_input, {"untrusted": "not_handled"}),
    ],
)
def test_each_input_is_a_finding_of_its_own_and_quotes_its_facts(detector, facts):
    bad = {"importance": "must", **facts}
    found = [
        f
        for f in findings(case([{"name": "b", **bad}, {"name": "a", **bad}, {"name": "c", "importance": "must"}]))
        if f.detector == detector.__name__
    ]
    assert [f.input for f in found] == ["a", "b"]
    assert all(f.quotes and f"'{f.input}'" in f.message for f in found)
