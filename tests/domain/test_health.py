"""State, score and their causes; and the promises that hold for every project."""

import random
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import rules
from bot.domain.bank import Pillar, Role
from bot.domain.health import Health, State, assess
from bot.services.snapshots import read_snapshot
from tests.domain.aligned import ALIGNED, BANK, aligned

ANSWERED = [(role, id) for role, answers in ALIGNED["answers"].items() for id in answers]
OPTIONAL = [q.id for q in BANK.questions if (q.role, q.id) in ANSWERED and not q.essential and not q.blocking]
MODEL_SCORE = {"pm__success_metric": {"metric": "AUC on live orders", "kind": "model_score"}}
TOO_MUCH_FIRST = {"ml__v1": "deep_or_ensemble", "ml__v1_gain": {"gain": "2 points fewer misses", "extra_weeks": 6}}
LEVEL = ALIGNED["answers"]["eng"]["eng.slos"][0]
LATE = {"eng__monitoring": {"when": "after_launch", "covers": ["business_metric", "input_freshness"]}}


def health(document: dict[str, Any]) -> Health:
    return assess(read_snapshot(document, BANK), BANK)


def without(*questions: str) -> dict[str, Any]:
    return aligned(**{id.replace(".", "__", 1): None for id in questions})


def with_inputs(document: dict[str, Any], **facts: Any) -> dict[str, Any]:
    """The must-have inputs, changed."""
    for record in document["features"]:
        record.update(facts if record["importance"] == "must" else {})
    return document


def drop_role(role: str) -> dict[str, Any]:
    document = aligned()
    document["answers"].pop(role)
    document["people"][role] = None
    return document


def test_an_aligned_project_has_full_points_and_no_finding():
    found = health(aligned())
    assert (found.state, found.because, found.score, found.provisional) == (State.ALIGNED, (), 100, None)
    assert found.findings == ()
    assert {"good_metric_link", "good_day_zero_monitoring"} <= {s.detector for s in found.strengths}
    assert (found.coverage.total.known, found.coverage.total.required) == (38, 38)
    assert (found.id, found.bank_version, found.rules_version) == ("ready-by", BANK.version, rules.RULES_VERSION)
    assert [i.name for i in found.inputs] == [record["name"] for record in aligned()["features"]]


def test_an_empty_project_is_not_enough_known():
    found = health({"id": "new", "as_of": "2026-03-02", "people": {}, "answers": {}})
    assert (found.state, found.score, found.provisional) == (State.NOT_ENOUGH_KNOWN, None, 0)
    assert found.because == ("blocking_open", "role_silent")
    assert (found.coverage.total.known, found.coverage.total.required) == (0, 36)


def test_a_project_of_honest_unknowns_is_not_enough_known():
    unknown = {role: {q.id: {"unknown": True} for q in BANK.of(role)} for role in Role}
    found = health({**aligned(), "answers": unknown, "features": []})
    assert (found.state, found.because) == (State.NOT_ENOUGH_KNOWN, ("blocking_open",))


@pytest.mark.parametrize("role", list(Role))
def test_an_aligned_project_without_one_role_is_not_enough_known(role):
    assert health(drop_role(role)).state is State.NOT_ENOUGH_KNOWN


@pytest.mark.parametrize(("role", "question"), ANSWERED)
def test_one_answer_less_never_makes_an_aligned_project_misaligned(role, question):
    for gone in (without(question), aligned(**{question.replace(".", "__", 1): {"unknown": True}})):
        found = health(gone)
        assert found.state is not State.MISALIGNED
        assert found.state is not State.ALIGNED or not BANK[question].essential


@given(st.sets(st.sampled_from([id for _, id in ANSWERED])), st.sets(st.integers(0, 4)))
@settings(deadline=None, max_examples=40)
def test_silence_is_never_misalignment(gone, without_inputs):
    document = without(*gone)
    document["features"] = [f for n, f in enumerate(document["features"]) if n not in without_inputs]
    assert health(document).state is not State.MISALIGNED


@given(st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=40)
def test_the_order_of_the_document_changes_nothing(shuffled):
    document = with_inputs(aligned(**MODEL_SCORE, **LATE), in_prod="no", build_weeks=2)
    first, other = health(document), health(in_another_order(document, shuffled))
    assert (other.state, other.because, other.score) == (first.state, first.because, first.score)
    assert (other.findings, other.strengths, other.pillars) == (first.findings, first.strengths, first.pillars)
    assert sorted(i.name for i in other.inputs) == sorted(i.name for i in first.inputs)


def in_another_order(document: dict[str, Any], shuffled: random.Random) -> dict[str, Any]:
    again = deepcopy(document)
    for role, answers in document["answers"].items():
        ids = list(answers)
        shuffled.shuffle(ids)
        again["answers"][role] = {id: answers[id] for id in ids}
    shuffled.shuffle(again["features"])
    return again


@pytest.mark.parametrize(
    ("document", "state", "because"),
    [
        (aligned(ml__feasibility="unlikely"), "misaligned", ("feasibility_unproven", "feasibility_disputed")),
        (with_inputs(aligned(), in_prod="no"), "misaligned", ("feature_not_in_prod",)),
        (
            with_inputs(aligned(**MODEL_SCORE, **TOO_MUCH_FIRST, **LATE), in_prod="no", build_weeks=1),
            "misaligned",
            ("success_is_model_metric", "feature_not_in_prod", "tradeoff_conflict", "monitoring_late"),
        ),
        (
            aligned(**MODEL_SCORE, **TOO_MUCH_FIRST, **LATE),
            "at_risk",
            ("success_is_model_metric", "tradeoff_conflict", "monitoring_late"),
        ),
        (aligned(**LATE, eng__serving=None), "not_enough_known", ("blocking_open",)),
        (aligned(ml__feasibility="unlikely", eng__serving=None), "misaligned", None),
        (aligned(**LATE), "at_risk", ("monitoring_late",)),
        (aligned(pm__measure_how=None), "at_risk", ("essential_open",)),
        (aligned(**LATE, pm__measure_how=None), "at_risk", ("monitoring_late", "essential_open")),
        (aligned(ml__metric_link="reasoned_proxy"), "aligned", ()),
        (without(*OPTIONAL[:5]), "aligned", ()),
        (without(*OPTIONAL[:6]), "at_risk", ("coverage",)),
        (without(*OPTIONAL[:16]), "not_enough_known", None),
    ],
)
def test_the_first_of_four_words_that_fits_with_its_cause(document, state, because):
    found = health(document)
    assert found.state == state
    assert because is None or found.because == because
    assert len(found.causes) == len(found.because)


def test_four_high_findings_in_two_pillars_are_a_risk_and_no_misalignment():
    found = health(
        aligned(**LATE, eng__slos=[], ml__latency={"value": 150, "unit": "ms"}, ml__metric_link="not_linked")
    )
    high = {f.detector: f.pillar for f in found.findings if f.severity == "high"}
    assert (len(high), len(set(high.values())), found.state) == (4, 2, State.AT_RISK)


@pytest.mark.parametrize(("wish", "state"), [("wait_for_full", "at_risk"), ("simple_first", "aligned")])
def test_many_medium_findings_together_are_a_risk(wish, state):
    document = aligned(
        pm__success_metric={"metric": "AUC on live orders", "kind": "user_behaviour"},
        ml__metric_link="reasoned_proxy",
        pm__ship_tradeoff=wish,
    )
    found = health(with_inputs(document, in_prod="partial"))
    assert found.state == state
    assert len(found.because) == (4 if state == "at_risk" else 0)


def test_gaps_do_not_widen_four_high_findings_to_a_third_pillar():
    slow = {"ml__latency": {"value": 150, "unit": "ms"}, "ml__metric_link": "not_linked"}
    found = health(aligned(**LATE, **slow, eng__slos=[], eng__skew_plan=None, ml__surveyed=None))
    assert {f.pillar for f in found.findings if f.severity == "high"} == {Pillar.SLA, Pillar.PRODUCT, Pillar.DATA}
    assert (found.state, found.because) == (State.NOT_ENOUGH_KNOWN, ("blocking_open",))


def test_four_high_findings_in_exactly_three_pillars_are_misalignment():
    found = health(aligned(**LATE, **MODEL_SCORE, eng__slos=[], ml__surveyed="not_checked"))
    assert {f.pillar for f in found.findings if f.severity == "high"} == {Pillar.SLA, Pillar.PRODUCT, Pillar.DATA}
    assert found.state is State.MISALIGNED


PLANNED = {
    "ml__feasibility": "plausible_untested",
    "ml__feasibility_test": {"test": "label 200 orders, beat the rule", "by": "2026-03-20"},
    "ml__labels": {"source": "must_collect"},
    "ml__label_plan": {"how": "two agents label 50 orders a day", "by": "2026-04-01", "owner": "U0MEI"},
}


@pytest.mark.parametrize(("gone", "known", "state"), [(6, 34, State.ALIGNED), (7, 33, State.AT_RISK)])
def test_exactly_85_percent_known_are_enough(gone, known, state):
    found = health(aligned(**PLANNED, **{id.replace(".", "__", 1): None for id in OPTIONAL[:gone]}))
    assert (found.coverage.total.known, found.coverage.total.required, found.state) == (known, 40, state)


def test_less_known_without_any_other_gap_names_coverage_in_words():
    assert health(without(*OPTIONAL[:6])).causes == ("84 % of the questions have an answer",)


def test_causes_are_told_by_the_titles_of_what_was_found():
    found = health(aligned(**LATE, pm__measure_how=None))
    assert found.causes == ("monitoring comes late", "something essential is not said")
    assert [state.label for state in State] == ["Misaligned", "Not enough known", "At risk", "Aligned"]


def test_each_detector_of_a_pillar_takes_its_own_points():
    found = health(aligned(**LATE, eng__monitor_owner="none", eng__slos=[{**LEVEL, "live": None, "target": "fast"}]))
    assert {d.detector: d.points for d in found.pillars[Pillar.SLA].deductions} == {
        "monitoring_late": 8,
        "monitor_unowned": 8,
        "sla_unmeasured": 3,
    }


def test_a_finding_costs_by_its_severity_and_the_weakest_pillar_rules():
    found = health(aligned(**LATE))
    assert {pillar: score.points for pillar, score in found.pillars.items()} == {
        Pillar.PRODUCT: 20,
        Pillar.DATA: 20,
        Pillar.SIMPLE: 20,
        Pillar.PARTNER: 20,
        Pillar.SLA: 12,
    }
    assert found.score == (92 + 5 * 12) / 2


def test_each_further_input_with_the_same_finding_costs_one_point():
    (deduction,) = (
        d
        for d in health(with_inputs(aligned(), in_prod="no", build_weeks=2)).pillars[Pillar.DATA].deductions
        if d.detector == "feature_not_in_prod"
    )
    assert deduction.points == 8 + 1 + 1
    assert deduction.reason == (
        "high: V1 needs 'home zip code'; production does not have it yet. Also: items in order, kitchen id."
    )


def test_an_input_listed_twice_costs_once():
    document = with_inputs(aligned(), in_prod="no", build_weeks=2)
    document["features"].append(document["features"][0])
    by_detector = {d.detector: d.points for d in health(document).pillars[Pillar.DATA].deductions}
    assert by_detector["feature_not_in_prod"] == 8 + 1 + 1


def test_service_levels_that_fail_alike_are_one_weakness():
    level = {"target": "fast", "window": "28 days", "measured_in": "board", "live": True}
    found = health(aligned(eng__slos=[{"sli": "time to answer", **level}, {"sli": "freshness", **level}]))
    assert [f.detector for f in found.findings] == ["sla_unmeasured", "sla_unmeasured"]
    assert [d.points for d in found.pillars[Pillar.SLA].deductions] == [3]


def test_a_pillar_never_goes_below_zero():
    data = health(with_inputs(aligned(), in_prod="no")).pillars[Pillar.DATA]
    assert sum(d.points for d in data.deductions) > data.known
    assert data.points == 0


@pytest.mark.parametrize(
    ("until", "points"), [("2026-03-02", 4), (None, 4), ("2026-03-01", 8)], ids=["last day", "for good", "expired"]
)
def test_a_finding_the_team_lives_with_costs_half_and_stays_visible(until, points):
    accepted = [{"detector": "monitoring_late", "input": None, "status": "accepted", "until": until}]
    found = health({**aligned(**LATE), "findings": accepted})
    (deduction,) = found.pillars[Pillar.SLA].deductions
    half = " Accepted: half counts." if points == 4 else ""
    assert deduction.points == points
    assert deduction.reason == (
        f"high: Monitoring comes after launch: whatever goes wrong in the first days goes unseen.{half}"
    )
    assert [f.detector for f in found.findings] == ["monitoring_late"]
    assert found.state is State.AT_RISK


def test_accepting_one_input_does_not_accept_another():
    document = with_inputs(aligned(), in_prod="no", build_weeks=2)
    document["findings"] = [{"detector": "feature_not_in_prod", "input": "home zip code", "status": "accepted"}]
    found = health(document)
    assert found.accepted == {("feature_not_in_prod", "home zip code")}
    by_detector = {d.detector: d.points for d in found.pillars[Pillar.DATA].deductions}
    assert by_detector["feature_not_in_prod"] == 8 + 0.5 + 1


@pytest.mark.parametrize("status", ["open", "resolved", "pending confirmation"])
def test_only_accepted_findings_cost_half(status):
    document = {**aligned(**LATE), "findings": [{"detector": "monitoring_late", "status": status}]}
    assert health(document).pillars[Pillar.SLA].deductions[0].points == 8


def test_an_answer_that_nobody_confirmed_for_long_counts_half():
    meta = {"ml.surveyed": {"answered_at": "2026-01-11", "by": "U0MEI"}}  # 50 days before
    data = health({**aligned(), "answer_meta": meta}).coverage.by_pillar[Pillar.DATA]
    assert (data.known, data.required) == (6.5, 7)


def test_an_answer_confirmed_45_days_ago_is_as_good_as_new():
    meta = {"ml.surveyed": {"answered_at": "2026-01-16", "by": "U0MEI"}}
    assert (date(2026, 3, 2) - date(2026, 1, 16)).days == 45
    assert health({**aligned(), "answer_meta": meta}).score == 100
