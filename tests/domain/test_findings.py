"""What detectors have in common: how they are written down, quoted, ordered and addressed."""

from dataclasses import replace

import pytest

from bot.domain.bank import Pillar
from bot.domain.detectors import DETECTORS, STRENGTHS, Case
from bot.domain.detectors.product import feasibility_unproven
from bot.domain.detectors.quoting import mid_sentence, names
from bot.domain.detectors.registry import findings
from bot.domain.findings import Basis, Severity
from tests.domain.aligned import BANK, case

SEED_SIGNS = {"P1", "P2", "P3", "P4", "G1", "G2", "G3", "G4"}
WHO_DEPENDS = {"pulse_split", "pulse_drop", "said_vs_felt", "reconfirm_due"}


def finding(detector, of):
    return next(f for f in findings(of) if f.detector == detector)


@pytest.mark.parametrize("row", [row for row, _ in DETECTORS + STRENGTHS], ids=lambda row: row.id)
def test_a_row_says_what_it_is_about_and_which_sign_it_stands_for(row):
    assert row.title
    assert set(row.seed) <= SEED_SIGNS
    assert row.basis is Basis.STRENGTH or row.do
    assert row.basis in (Basis.STRENGTH, Basis.GAP) or row.id in WHO_DEPENDS or row.who


def test_ids_are_unique():
    ids = [row.id for row, _ in DETECTORS + STRENGTHS]
    assert len(ids) == len(set(ids))


def test_nothing_said_fires_only_gaps():
    assert {f.basis for f in findings(case())} == {Basis.GAP}


def test_the_most_severe_finding_comes_first():
    found = findings(
        case(
            ml__feasibility="unlikely",
            eng__slos=[],
            eng__monitoring={"when": "none"},
            pm__ship_tradeoff="wait_for_full",
            ml__v1="rule",
        )
    )
    ranks = [f.severity.rank for f in found]
    assert ranks == sorted(ranks, reverse=True)
    assert found[0].detector == "feasibility_unproven"


def test_findings_of_one_detector_stand_in_the_order_of_the_inputs_names():
    missing = {"importance": "must", "source_kind": "db", "in_prod": "no"}
    found = findings(case([{"name": "b", **missing}, {"name": "a", **missing}]))
    assert [f.input for f in found if f.detector == "feature_not_in_prod"] == ["a", "b"]


def test_a_message_ends_with_the_answers_it_read():
    unlinked = finding(
        "metric_unlinked",
        case(
            ml__metric_link="reasoned_proxy",
            ml__optimise="AUC",
            pm__success_metric={"metric": "renewals per account", "kind": "money"},
        ),
    )
    assert unlinked.message == (
        "ML optimises 'AUC'; the goal is 'renewals per account'. What links the two: reasonable guess, untested."
    )
    assert unlinked.full_message.endswith(
        '(ML, link to success: Reasonable guess, untested · ML, model metric: "AUC"'
        " · PM, success metric: renewals per account, Money (revenue, cost, margin))"
    )


def test_a_finding_about_an_input_quotes_its_facts_and_who_said_them():
    missing = finding(
        "feature_not_in_prod",
        case([{"name": "load", "importance": "must", "source_kind": "stream", "in_prod": "no", "build_weeks": 3}]),
    )
    assert [str(quote) for quote in missing.quotes] == [
        "Engineering, can production read it today: Production does not have it",
        "Engineering, weeks to make it readable in production: 3",
    ]


def test_people_are_quoted_as_they_wrote():
    text = "<script> *bold* & `AUC`"
    model_score = finding("success_is_model_metric", case(pm__success_metric={"metric": text, "kind": "model_score"}))
    assert f"'{text}'" in model_score.message


def test_the_decider_acts_where_a_decision_is_needed():
    disputed = {"ml__feasibility": "proven_here", "eng__feasible": {"verdict": "no", "because": "no GPU"}}
    assert finding("feasibility_disputed", case(**disputed, pm__decider="U0DEA")).who == ("U0DEA",)


@pytest.mark.parametrize("decider", [{"unknown": True}, "none"])
def test_the_pm_acts_where_nobody_decides(decider):
    disputed = {"ml__feasibility": "proven_here", "eng__feasible": {"verdict": "no", "because": "no GPU"}}
    assert finding("feasibility_disputed", case(**disputed, pm__decider=decider)).who == ("pm",)


@pytest.mark.parametrize(
    ("detector", "answers", "who"),
    [
        ("no_decider", {"pm__decider": "none"}, ("pm",)),
        ("pairing_gap", {"ml__pairing": "never", "pm__decider": "U0DEA"}, ("ml", "eng")),
        (
            "high_stakes_unreviewed",
            {"pm__stakes": {"affects": ["money"], "review": "automatic_no_appeal"}, "pm__decider": "U0DEA"},
            ("pm", "legal"),
        ),
    ],
)
def test_whoever_can_mend_it_acts_the_first_one_first(detector, answers, who):
    assert finding(detector, case(**answers)).who == who


def test_an_option_that_the_bank_does_not_know_is_told_by_its_id():
    said = case(pm__measure_how="not_decided", pm__response_time={"na": True})
    older = Case(replace(said.snapshot, answers={"pm.measure_how": "gut_feeling"}), BANK)
    assert (said.label("pm.measure_how"), older.label("pm.measure_how")) == ("Not decided", "gut feeling")
    assert (said.label("pm.fallback"), said.quantity("pm.response_time"), said.quantity("ml.latency")) == ("", "", "")
    assert case(ml__latency={"not_measured": True}).quantity("ml.latency") == ""


@pytest.mark.parametrize(
    ("label", "within"),
    [
        ("Works elsewhere", "works elsewhere"),
        ("A guess", "a guess"),
        ("SLO", "SLO"),
        ("It IS", "it IS"),
        ("PM's number", "PM's number"),
        ("", ""),
    ],
)
def test_a_label_within_a_sentence_begins_small_unless_it_is_an_abbreviation(label, within):
    assert mid_sentence(label) == within


@pytest.mark.parametrize(
    ("inputs", "told"),
    [
        (["a"], "'a'"),
        (["a", "b"], "'a' and 'b'"),
        (["a", "b", "c"], "'a', 'b' and 'c'"),
        (["a", "b", "c", "d"], "'a', 'b', 'c' and 1 more"),
        (["a", "b", "c", "d", "e"], "'a', 'b', 'c' and 2 more"),
    ],
)
def test_three_inputs_are_named_and_the_others_counted(inputs, told):
    assert names(case([{"name": name} for name in inputs]).inputs) == told


def test_a_number_beside_words_is_quoted_without_its_name():
    said = case(
        ml__v1="deep_or_ensemble",
        ml__baseline={"kind": "current_rule", "score": "0.71"},
        ml__v1_gain={"gain": "better", "extra_weeks": 6},
    )
    assert "ML, gain over simple: better, 6" in map(str, finding("complex_first", said).quotes)


def test_a_severity_has_no_level_above_critical():
    assert Severity.CRITICAL.raised is Severity.CRITICAL
    assert Severity.MEDIUM.raised is Severity.HIGH


def test_a_finding_across_pillars_belongs_to_the_first_question_it_reads():
    assert finding("blocking_open", case()).pillar is Pillar.SIMPLE  # "How it works today" is asked first


def test_a_bank_without_a_question_that_a_detector_reads_breaks_nothing():
    small = type(BANK)(7, tuple(q for q in BANK.questions if q.id in ("ml.metric_link", "ml.feasibility")))
    missing = {"name": "load", "importance": "must", "in_prod": "no"}
    unknown = case([missing], ml__metric_link="not_linked", ml__feasibility="unlikely")
    found = findings(type(unknown)(unknown.snapshot, small))
    assert {"metric_unlinked", "feasibility_unproven"} <= {f.detector for f in found}
    (missing,) = (f for f in found if f.detector == "feature_not_in_prod")
    assert missing.quotes == ()
    assert next(feasibility_unproven(unknown)).severity is Severity.CRITICAL
