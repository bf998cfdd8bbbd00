"""Detectors of the product pillar, and of what PM and ML want to ship first, row by row."""

from dataclasses import replace

import pytest

from bot.domain import rules
from bot.domain.detectors import Case
from bot.domain.detectors.product import (
    errors_unpriced,
    feasibility_unproven,
    high_stakes_unreviewed,
    metric_unlinked,
    names_model_metric,
    success_is_model_metric,
    success_unmeasurable,
)
from bot.domain.detectors.registry import findings
from bot.domain.detectors.simple import tradeoff_conflict
from bot.domain.detectors.strengths import good_metric_link
from bot.domain.findings import Severity
from tests.domain.aligned import BANK, case, severities

CRITICAL, HIGH, MEDIUM = Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM
UNKNOWN = {"unknown": True}


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


def test_a_model_score_without_a_name_is_told_as_one():
    (sign,) = success_is_model_metric(case(pm__success_metric={"kind": "model_score"}))
    assert sign.say == "Success is stated as a model score."


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
    assert sign.say == (
        "ML optimises a metric not named yet; the goal is a number not named yet. What links the two: no known link."
    )


def test_an_outcome_that_nobody_will_see_is_told_with_the_missing_link():
    (sign,) = metric_unlinked(
        case(ml__metric_link={"unknown": True}, ml__optimise="AUC", pm__measure_how="not_decided")
    )
    assert sign.say == (
        "ML optimises 'AUC'; the goal is a number not named yet. What links the two: not known. "
        "Nor is there a plan to see the goal move in real use."
    )


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
    assert sign.say == "That ML can do this is plausible; a test is planned by 20 Mar 2026."
    (undated,) = feasibility_unproven(case(ml__feasibility="plausible_untested", ml__feasibility_test=UNKNOWN))
    assert (sign.reads, undated.reads) == (("ml.feasibility", "ml.feasibility_test"), ("ml.feasibility",))


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
    assert sign.say == "The PM would ship the simpler one first; ML plans to start with a deep model or an ensemble."


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


RENEWALS = {"metric": "renewals per account", "kind": "money"}
AIM = {"current": 80, "target": 90, "unit": "% of accounts"}


@pytest.mark.parametrize(
    ("metric", "target", "flaws"),
    [
        (RENEWALS, AIM, None),
        (RENEWALS, {**AIM, "target": 80}, "the target is today's value"),
        (RENEWALS, {**AIM, "target": 80.5}, None),
        (RENEWALS, {**AIM, "unit": " "}, "the target has no unit"),
        (RENEWALS, {"current": 80, "unit": "%"}, "the target has no number"),
        (RENEWALS, {"current": 80}, "the target has no number and no unit"),
        (RENEWALS, {**AIM, "current": None}, None),
        (RENEWALS, {**AIM, "target": 0, "current": None}, None),
        (RENEWALS, {"unknown": True}, None),
        (RENEWALS, None, None),
        ({"unknown": True}, None, None),
        (None, AIM, None),
        ({"metric": "better results", "kind": "money"}, AIM, "its wording leaves room"),
        ({"metric": "tbd", "kind": "money"}, None, "its wording leaves room"),
        ({"metric": "", "kind": "money"}, None, "it has no name"),
        (
            {"metric": "better results", "kind": "money"},
            {**AIM, "target": 80},
            "its wording leaves room and the target is today's value",
        ),
    ],
)
def test_success_is_a_number_that_can_be_checked(metric, target, flaws):
    answers = {"pm__success_metric": metric, "pm__success_target": target}
    said = case(**{id: value for id, value in answers.items() if value is not None})
    signs = list(success_unmeasurable(said))
    assert [sign.severity for sign in signs] == [HIGH] * bool(flaws)
    assert all(sign.say.endswith(f" was reached: {flaws}.") for sign in signs)


@pytest.mark.parametrize(
    ("metric", "target", "reads"),
    [
        ("better results", AIM, ("pm.success_metric",)),
        ("better results", {**AIM, "target": 80}, ("pm.success_metric", "pm.success_target")),
        ("renewals per account", {**AIM, "target": 80}, ("pm.success_target", "pm.success_metric")),
        ("", None, ("pm.success_metric",)),
    ],
)
def test_what_cannot_be_checked_is_read_first(metric, target, reads):
    answers = {"pm__success_target": target} if target else {}
    (sign,) = success_unmeasurable(case(**answers, pm__success_metric={"metric": metric, "kind": "money"}))
    assert sign.reads == reads


def test_a_goal_without_a_name_can_still_have_a_target_that_cannot_be_checked():
    (sign,) = success_unmeasurable(case(pm__success_target={**AIM, "target": 80}))
    assert sign.say == "Nobody could tell whether the goal was reached: the target is today's value."
    assert sign.reads == ("pm.success_target",)


@pytest.mark.parametrize("word", rules.MODEL_METRICS)
def test_each_listed_word_names_a_model_score(word):
    assert names_model_metric(f"the {word.upper()} of last month")
    assert not names_model_metric(f"the {word}ish of last month")


def test_a_metric_that_a_colleague_called_clear_can_be_told():
    said = case(pm__success_metric={"metric": "better results", "kind": "money"})
    cleared = Case(replace(said.snapshot, marks={}), BANK)
    assert severities(success_unmeasurable, said) == [HIGH]
    assert severities(success_unmeasurable, cleared) == []


@pytest.mark.parametrize(
    ("answer", "say"),
    [
        ({"unknown": True}, "The cost of a wrong prediction is not known."),
        (
            {"worse": "miss", "cost": "customer satisfaction"},
            "The cost of a wrong prediction is not known: 'customer satisfaction' leaves room.",
        ),
        ({"worse": "miss", "cost": ""}, "The cost of a wrong prediction is not known."),
        ({"worse": "miss", "cost": "20 euros"}, None),
        ({"worse": "equal", "cost": "one angry call to support"}, None),
        (None, None),
    ],
)
def test_somebody_knows_what_a_mistake_costs(answer, say):
    signs = list(errors_unpriced(case(**{"pm__error_cost": answer} if answer else {})))
    assert [(sign.severity, sign.say) for sign in signs] == ([(MEDIUM, say)] if say else [])


@pytest.mark.parametrize(
    ("affects", "review", "severity"),
    [
        (["rights_health_jobs"], "automatic_no_appeal", HIGH),
        (["money", "rights_health_jobs"], "automatic_no_appeal", HIGH),
        (["money"], "automatic_no_appeal", MEDIUM),
        (["money", "public_brand"], "automatic_no_appeal", MEDIUM),
        (["public_brand"], "automatic_no_appeal", None),
        (["nobody_much"], "automatic_no_appeal", None),
        (["rights_health_jobs"], "automatic_with_appeal", None),
        (["rights_health_jobs"], "person_decides", None),
    ],
)
def test_what_matters_to_people_can_be_appealed(affects, review, severity):
    said = case(pm__stakes={"affects": affects, "review": review})
    assert severities(high_stakes_unreviewed, said) == ([severity] if severity else [])


@pytest.mark.parametrize("stakes", [None, {"unknown": True}, {"review": "automatic_no_appeal"}])
def test_stakes_that_nobody_named_need_no_appeal(stakes):
    assert severities(high_stakes_unreviewed, case(**{"pm__stakes": stakes} if stakes else {})) == []


def test_the_people_who_could_not_object_are_named_in_the_words_of_the_choices():
    stakes = {"affects": ["money", "rights_health_jobs", "public_brand"], "review": "automatic_no_appeal"}
    (sign,) = high_stakes_unreviewed(case(pm__stakes=stakes))
    assert sign.say == (
        "The decision on someone's money and on someone's rights, health or job is automatic, with no real appeal."
    )


def test_a_list_of_choices_is_quoted_so_that_its_end_is_seen():
    stakes = {"affects": ["money", "public_brand"], "review": "automatic_no_appeal"}
    (finding,) = (f for f in findings(case(pm__stakes=stakes)) if f.detector == "high_stakes_unreviewed")
    assert [str(quote) for quote in finding.quotes] == [
        "PM, who feels a mistake: Someone's money, Public / brand; Automatic, no real appeal"
    ]
