"""Detectors of the product, simple and partnership pillars, row by row."""

import pytest

from bot.domain.detectors.partner import feasibility_disputed
from bot.domain.detectors.product import feasibility_unproven, metric_unlinked, success_is_model_metric
from bot.domain.detectors.simple import tradeoff_conflict
from bot.domain.detectors.strengths import good_metric_link
from bot.domain.findings import Severity
from tests.domain.aligned import case, severities

CRITICAL, HIGH, MEDIUM = Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM


@pytest.mark.parametrize(
    ("metric", "kind", "severity"),
    [
        ("AUC above 0.9", "model_score", HIGH),
        ("renewals per account", "model_score", HIGH),
        ("accuracy of the forecast", "user_behaviour", MEDIUM),
        ("ROC-AUC on last month", "money", MEDIUM),
        ("f1-score", "money", MEDIUM),
        ("concordance with experts", "safety_or_quality", MEDIUM),
        ("renewals per account", "money", None),
        ("accurately filled forms", "time_or_effort", None),
    ],
)
def test_success_is_a_model_score_by_kind_or_by_name(metric, kind, severity):
    said = case(pm__success_metric={"metric": metric, "kind": kind})
    assert severities(success_is_model_metric, said) == ([severity] if severity else [])


@pytest.mark.parametrize("answer", [{"unknown": True}, None])
def test_a_success_metric_nobody_knows_is_no_model_score(answer):
    assert severities(success_is_model_metric, case(**{"pm__success_metric": answer} if answer else {})) == []


@pytest.mark.parametrize(
    ("link", "measured", "severity"),
    [
        ("reasoned_proxy", "experiment", MEDIUM),
        ("reasoned_proxy", "not_decided", HIGH),
        ("not_linked", "before_after", HIGH),
        ("not_linked", "offline_only", CRITICAL),
        ({"unknown": True}, "experiment", HIGH),
        ({"unknown": True}, "offline_only", CRITICAL),
        ("not_linked", {"unknown": True}, HIGH),
        ("past_data", "offline_only", None),
        ("same_metric", "not_decided", None),
    ],
)
def test_an_unknown_link_weighs_more_when_the_outcome_will_not_be_measured(link, measured, severity):
    said = case(ml__metric_link=link, pm__measure_how=measured)
    assert severities(metric_unlinked, said) == ([severity] if severity else [])


def test_an_unlinked_metric_is_told_even_before_both_numbers_have_a_name():
    (sign,) = metric_unlinked(case(ml__metric_link="not_linked"))
    assert "a metric not named yet" in sign.say
    assert "a number not named yet" in sign.say


@pytest.mark.parametrize(
    ("answers", "severity"),
    [
        ({"ml__feasibility": "unlikely"}, CRITICAL),
        ({"ml__feasibility": "plausible_untested"}, HIGH),
        ({"ml__feasibility": "plausible_untested", "ml__feasibility_test": {"unknown": True}}, HIGH),
        (
            {"ml__feasibility": "plausible_untested", "ml__feasibility_test": {"test": "50 rows", "by": "2026-03-20"}},
            MEDIUM,
        ),
        ({"ml__feasibility": "proven_elsewhere", "ml__representative": "not_checked"}, HIGH),
        ({"ml__feasibility": "proven_elsewhere", "ml__representative": "known_different"}, HIGH),
        ({"ml__feasibility": "proven_elsewhere", "ml__representative": "some_gaps"}, None),
        ({"ml__feasibility": "proven_elsewhere"}, None),
        ({"ml__feasibility": "promising_prototype", "ml__representative": "not_checked"}, None),
        ({"ml__feasibility": {"unknown": True}}, None),
    ],
)
def test_feasibility_is_unproven_by_the_strongest_evidence_there_is(answers, severity):
    assert severities(feasibility_unproven, case(**answers)) == ([severity] if severity else [])


def test_a_dated_test_is_named():
    planned = {"test": "50 labelled rows", "by": "2026-03-20"}
    (sign,) = feasibility_unproven(case(ml__feasibility="plausible_untested", ml__feasibility_test=planned))
    assert sign.say == "Evidence today that ML can do this: plausible, not tested. A test is planned by 2026-03-20."


@pytest.mark.parametrize(
    ("evidence", "verdict", "fires"),
    [
        ("proven_here", "no", True),
        ("promising_prototype", "no", True),
        ("proven_elsewhere", "no", True),
        ("unlikely", "yes", True),
        ("plausible_untested", "no", False),
        ("unlikely", "no", False),
        ("unlikely", "yes_if", False),
        ("proven_here", "not_sure", False),
        ("proven_here", "yes", False),
    ],
)
def test_ml_and_engineering_contradict_each_other(evidence, verdict, fires):
    said = case(ml__feasibility=evidence, eng__feasible={"verdict": verdict, "because": "no room on the device"})
    assert severities(feasibility_disputed, said) == [CRITICAL] * fires


def test_one_voice_alone_is_no_dispute():
    assert severities(feasibility_disputed, case(eng__feasible={"verdict": "no", "because": "no GPU"})) == []


def test_a_dispute_quotes_the_blocker():
    disputed = case(ml__feasibility="proven_here", eng__feasible={"verdict": "no", "because": "the app can't call out"})
    (sign,) = feasibility_disputed(disputed)
    assert sign.say == "ML says 'works on our own data'; engineering says 'no': 'the app can't call out'."


@pytest.mark.parametrize(
    ("wish", "plan", "severity"),
    [
        ("simple_first", "deep_or_ensemble", HIGH),
        ("wait_for_full", "rule", MEDIUM),
        ("wait_for_full", "pretrained_api", MEDIUM),
        ("wait_for_full", "deep_or_ensemble", None),
        ("wait_for_full", "not_decided", None),
        ("simple_first", "boosted_trees", None),
        ("depends_on_gap", "deep_or_ensemble", None),
        ({"unknown": True}, "deep_or_ensemble", None),
    ],
)
def test_pm_and_ml_plan_different_first_versions(wish, plan, severity):
    assert severities(tradeoff_conflict, case(pm__ship_tradeoff=wish, ml__v1=plan)) == ([severity] if severity else [])


def test_the_first_versions_are_quoted_in_the_words_people_saw():
    (sign,) = tradeoff_conflict(case(pm__ship_tradeoff="simple_first", ml__v1="deep_or_ensemble"))
    assert sign.say == (
        "The PM would ship the simpler one first; ML plans to start with: deep model or ensemble we train."
    )


@pytest.mark.parametrize(
    ("link", "measured", "good"),
    [
        ("same_metric", "experiment", True),
        ("experiment", "staged_rollout", True),
        ("past_data", "before_after", True),
        ("past_data", "offline_only", False),
        ("reasoned_proxy", "experiment", False),
        ("past_data", {"unknown": True}, False),
    ],
)
def test_a_metric_tied_to_a_goal_that_will_be_seen_is_praised(link, measured, good):
    goal = {"metric": "renewals", "kind": "money"}
    praise = good_metric_link(case(ml__metric_link=link, pm__measure_how=measured, pm__success_metric=goal))
    assert praise == ("ML's metric is tied to 'renewals' and will be measured live." if good else None)
