"""Detectors of what the model learns from, and of how the inputs were checked as a whole, row by row."""

import pytest

from bot.domain.detectors.registry import findings
from bot.domain.detectors.training import (
    labels_missing,
    labels_proxy,
    limits_unchecked,
    skew_unplanned,
    survey_gap,
    train_prod_mismatch,
)
from bot.domain.findings import Severity
from tests.domain.aligned import case, severities
from tests.domain.inputs import AVERAGE_LOCATION, plain

CRITICAL, HIGH, MEDIUM = Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM
UNKNOWN = {"unknown": True}
RIGHTS = {"affects": ["rights_health_jobs"], "review": "person_decides"}
MONEY = {"affects": ["money", "public_brand"], "review": "person_decides"}


def answers(**given):
    """Without those that nobody gave."""
    return {id: value for id, value in given.items() if value is not None}


@pytest.mark.parametrize(
    ("labels", "plan", "severity"),
    [
        ({"source": "none"}, None, CRITICAL),
        ({"source": "none"}, {"how": "two agents", "by": "2026-04-01", "owner": "U0ANA"}, CRITICAL),
        ({"source": "must_collect"}, None, HIGH),
        ({"source": "must_collect"}, UNKNOWN, HIGH),
        ({"source": "must_collect"}, {"how": "two agents", "by": "2026-04-01", "owner": "U0ANA"}, MEDIUM),
        ({"source": "manual"}, None, None),
        ({"source": "trusted"}, None, None),
        ({"source": "proxy"}, None, None),
        (UNKNOWN, None, None),
        (None, None, None),
    ],
)
def test_there_are_true_answers_to_learn_from(labels, plan, severity):
    said = case(**answers(ml__labels=labels, ml__label_plan=plan))
    assert severities(labels_missing, said) == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("plan", "end"),
    [
        ({"how": "two agents", "by": "2026-04-01"}, "yet; they are to be collected by 1 Apr 2026."),
        ({"how": "two agents"}, "yet; there is a plan to collect them."),
        (None, "yet; they must be collected first."),
    ],
)
def test_a_plan_for_labels_is_told_with_its_date(plan, end):
    (sign,) = labels_missing(case(**answers(ml__labels={"source": "must_collect"}, ml__label_plan=plan)))
    assert sign.say == f"There are no true answers (labels) for the model to learn from {end}"
    assert sign.reads == (("ml.labels", "ml.label_plan") if plan else ("ml.labels",))


@pytest.mark.parametrize(
    ("source", "stakes", "severity"),
    [
        ("proxy", None, MEDIUM),
        ("proxy", MONEY, MEDIUM),
        ("proxy", UNKNOWN, MEDIUM),
        ("proxy", RIGHTS, HIGH),
        ("trusted", RIGHTS, None),
        ("none", RIGHTS, None),
    ],
)
def test_a_stand_in_weighs_more_where_people_are_judged(source, stakes, severity):
    said = case(**answers(ml__labels={"source": source}, pm__stakes=stakes))
    assert severities(labels_proxy, said) == ([severity] if severity else [])


def test_what_is_at_stake_is_told_and_read():
    (sign,) = labels_proxy(case(ml__labels={"source": "proxy"}, pm__stakes=RIGHTS))
    assert sign.say == (
        "The model learns from a stand-in for what you really want to know; "
        "someone's rights, health or job is at stake."
    )
    assert sign.reads == ("ml.labels", "pm.stakes")


@pytest.mark.parametrize(
    ("surveyed", "in_prod", "severity"),
    [
        ("warehouse_only", "served", HIGH),
        ("not_checked", "served", HIGH),
        ("partly", "served", MEDIUM),
        ("in_production_alone", "served", MEDIUM),
        ("in_production_with_engineer", "served", None),
        (UNKNOWN, "served", None),
        (None, "served", None),
        ("in_production_with_engineer", "unknown", HIGH),
        ("partly", "unknown", HIGH),
        (None, "unknown", HIGH),
        (None, None, None),
    ],
)
def test_the_inputs_were_checked_in_production_with_an_engineer(surveyed, in_prod, severity):
    inputs = [{"name": "load", "importance": "must", **answers(in_prod=in_prod)}]
    assert severities(survey_gap, case(inputs, **answers(ml__surveyed=surveyed))) == ([severity] if severity else [])


def test_only_must_haves_have_to_be_known_in_production():
    unknown = [{"name": "load", "importance": "should", "in_prod": "unknown"}, {"name": "age", "in_prod": "unknown"}]
    assert severities(survey_gap, case(unknown)) == []


def test_inputs_that_nobody_has_found_are_told_before_anybody_says_where_they_were_checked():
    (sign,) = survey_gap(case([plain(name="a", in_prod="unknown")]))
    assert sign.say == "Nobody knows yet whether production has 'a'."
    assert sign.reads == ("eng.input_survey", "ml.inputs")


def test_permission_is_read_without_the_inputs_where_none_is_sensitive():
    (sign,) = limits_unchecked(case([plain()], eng__limits="not_checked", pm__stakes=MONEY))
    assert (sign.reads, sign.inputs) == (("eng.limits",), ())


def test_inputs_that_nobody_has_found_in_production_are_named_first():
    inputs = [plain(name=name, in_prod="unknown") for name in ("a", "b", "c", "d")]
    (finding,) = (f for f in findings(case(inputs, ml__surveyed="partly")) if f.detector == "survey_gap")
    assert finding.message == (
        "Nobody knows yet whether production has 'a', 'b', 'c' and 1 more. "
        "Only some of the inputs were checked in production so far."
    )
    assert finding.reads == ("eng.input_survey", "ml.inputs", "ml.surveyed")
    assert [str(quote) for quote in finding.quotes] == [
        "ML, where we checked: Some of them",
        "Engineering, 'a', can production read it today: I don't know",
        "Engineering, 'b', can production read it today: I don't know",
        "Engineering, 'c', can production read it today: I don't know",
    ]


HIGH_SKEW = {**AVERAGE_LOCATION, "train_from": "warehouse_copy"}
MEDIUM_SKEW = plain(train_from="warehouse_copy", preprocessing="light")


@pytest.mark.parametrize(
    ("plan", "inputs", "severity"),
    [
        ("reimplement_untested", [HIGH_SKEW], HIGH),
        ("not_decided", [HIGH_SKEW], HIGH),
        (UNKNOWN, [HIGH_SKEW], HIGH),
        ("not_decided", [{**HIGH_SKEW, "importance": "should"}], HIGH),
        ("not_decided", [{**HIGH_SKEW, "importance": "nice"}], None),
        ("not_decided", [{**HIGH_SKEW, "importance": "nice"}, MEDIUM_SKEW], MEDIUM),
        ("not_decided", [MEDIUM_SKEW], MEDIUM),
        ("not_decided", [MEDIUM_SKEW, HIGH_SKEW], HIGH),
        ("not_decided", [plain()], None),
        ("not_decided", [], None),
        ("not_decided", [{**HIGH_SKEW, "in_prod": None}], None),
        ("not_decided", [{**HIGH_SKEW, "in_prod": "unknown"}], None),
        ("reimplement_tested", [HIGH_SKEW], None),
        ("same_code", [HIGH_SKEW], None),
        (None, [HIGH_SKEW], None),
    ],
)
def test_training_and_production_compute_an_input_the_same_way(plan, inputs, severity):
    inputs = [{id: value for id, value in record.items() if value is not None} for record in inputs]
    assert severities(skew_unplanned, case(inputs, **answers(eng__skew_plan=plan))) == ([severity] if severity else [])


def test_a_high_risk_of_two_computations_is_gone_in_a_nightly_batch():
    inputs = [{**HIGH_SKEW, "preprocessing": "none"}]
    for serving, severity in (("batch", []), ("request_time", [HIGH])):
        said = case(inputs, eng__skew_plan="not_decided", eng__serving=serving)
        assert severities(skew_unplanned, said) == severity


@pytest.mark.parametrize(
    ("plan", "end"),
    [
        ("reimplement_untested", "and no test compares the two."),
        ("not_decided", "and it is not decided how to keep the two alike."),
        (UNKNOWN, "and nobody knows how to keep the two alike."),
    ],
)
def test_the_inputs_that_may_drift_apart_are_named(plan, end):
    drifting = case([HIGH_SKEW, MEDIUM_SKEW], eng__skew_plan=plan, eng__serving="request_time")
    (finding,) = (f for f in findings(drifting) if f.detector == "skew_unplanned")
    assert finding.message == (
        f"Training and production are likely to compute 'average location, last 5 minutes' in two ways, {end}"
    )
    assert finding.reads == ("eng.skew_plan", "ml.inputs", "eng.input_survey", "eng.serving")
    assert "ML, 'average location, last 5 minutes', where the value comes from in training: " in finding.full_message


@pytest.mark.parametrize(
    ("compared", "evidence", "stakes", "severity"),
    [
        ("known_different", None, None, HIGH),
        ("some_gaps", None, None, MEDIUM),
        ("some_gaps", "proven_elsewhere", RIGHTS, MEDIUM),
        ("not_checked", None, None, MEDIUM),
        ("not_checked", "promising_prototype", MONEY, MEDIUM),
        ("not_checked", "proven_elsewhere", None, HIGH),
        ("not_checked", None, RIGHTS, HIGH),
        ("checked_similar", "proven_elsewhere", RIGHTS, None),
        (UNKNOWN, "proven_elsewhere", RIGHTS, None),
        (None, "proven_elsewhere", RIGHTS, None),
    ],
)
def test_the_training_data_is_like_live_data(compared, evidence, stakes, severity):
    said = case(**answers(ml__representative=compared, ml__feasibility=evidence, pm__stakes=stakes))
    assert severities(train_prod_mismatch, said) == ([severity] if severity else [])


def test_known_gaps_of_the_training_data_are_told():
    (sign,) = train_prod_mismatch(case(ml__representative="some_gaps"))
    assert sign.say == "The training data has known gaps against what production will send."
    assert sign.reads == ("ml.representative",)


def test_why_a_missing_comparison_weighs_more_is_told():
    (sign,) = train_prod_mismatch(
        case(ml__representative="not_checked", ml__feasibility="proven_elsewhere", pm__stakes=RIGHTS)
    )
    assert sign.say == (
        "Nobody has compared the training data with what production will send, and the evidence comes from elsewhere; "
        "someone's rights, health or job is at stake."
    )
    assert sign.reads == ("ml.representative", "ml.feasibility", "pm.stakes")


@pytest.mark.parametrize(
    ("limits", "facts", "stakes", "severity"),
    [
        ("blocked", {}, None, CRITICAL),
        ("not_checked", {}, None, MEDIUM),
        (UNKNOWN, {}, None, MEDIUM),
        ("not_checked", {}, MONEY, MEDIUM),
        ("not_checked", {}, RIGHTS, HIGH),
        (UNKNOWN, {}, RIGHTS, HIGH),
        ("not_checked", {"pii": "sensitive"}, None, HIGH),
        ("not_checked", {"pii": "personal"}, None, MEDIUM),
        ("not_checked", {"pii": "sensitive", "importance": "should"}, None, MEDIUM),
        ("checked_ok_with_limits", {"pii": "sensitive"}, RIGHTS, None),
        ("checked_none", {"pii": "sensitive"}, RIGHTS, None),
        (None, {"pii": "sensitive"}, RIGHTS, None),
    ],
)
def test_somebody_has_checked_whether_the_inputs_may_be_used(limits, facts, stakes, severity):
    said = case([plain(**facts)], **answers(eng__limits=limits, pm__stakes=stakes))
    assert severities(limits_unchecked, said) == ([severity] if severity else [])


@pytest.mark.parametrize(("limits", "nobody"), [("not_checked", "has checked"), (UNKNOWN, "knows")])
def test_sensitive_inputs_without_permission_are_named(limits, nobody):
    unchecked = case([plain(name="diagnosis", pii="sensitive")], eng__limits=limits)
    (finding,) = (f for f in findings(unchecked) if f.detector == "limits_unchecked")
    assert finding.message == (
        f"Nobody {nobody} yet whether privacy, law and security allow these inputs; 'diagnosis' is sensitive."
    )
    assert finding.reads == ("eng.limits", "eng.input_survey", "ml.inputs")
    assert str(finding.quotes[1]) == "Engineering, 'diagnosis', personal data: Sensitive (health, exact place, ...)"
