"""The built-in bank is what the alignment model says it is."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from bot.domain.answers import UNKNOWN, Answer
from bot.domain.bank import Role, Type
from bot.packs.loader import CORE, check_packs, load_bank

BANK = load_bank()
NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)


def test_the_built_in_pack_has_no_problem():
    assert check_packs(CORE.parent) == []


def test_every_role_is_asked_twelve_core_questions():
    assert Counter(q.role for q in BANK.questions if q.core) == {Role.PM: 12, Role.ML: 12, Role.ENG: 12}


def test_nine_core_questions_and_two_followups_are_blocking():
    assert Counter(q.core for q in BANK.questions if q.blocking) == {True: 9, False: 2}


def test_the_essential_questions_are_those_of_the_alignment_model():
    assert {q.id for q in BANK.questions if q.essential} == {
        "pm.success_metric", "pm.success_target", "pm.measure_how", "pm.ship_tradeoff", "ml.optimise", "ml.metric_link",
        "ml.v1", "eng.latency_budget", "eng.slos", "eng.monitoring", "eng.monitor_owner",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("followup", "parent"),
    [
        ("ml.feasibility_test", "ml.feasibility"),
        ("ml.metric_link", "ml.optimise"),
        ("ml.label_plan", "ml.labels"),
        ("ml.v1_gain", "ml.v1"),
        ("eng.volume", "eng.serving"),
    ],
)
def test_a_followup_stands_right_behind_its_parent(followup, parent):
    ids = [q.id for q in BANK.questions]
    assert ids.index(followup) == ids.index(parent) + 1


@pytest.mark.parametrize(
    ("followup", "parent", "value", "applies"),
    [
        ("ml.feasibility_test", "ml.feasibility", "unlikely", True),
        ("ml.feasibility_test", "ml.feasibility", "proven_here", False),
        ("ml.feasibility_test", "ml.feasibility", UNKNOWN, False),
        ("ml.label_plan", "ml.labels", {"source": "none"}, True),
        ("ml.label_plan", "ml.labels", {"source": "trusted"}, False),
        ("ml.metric_link", "ml.optimise", "recall at 5 % false alarms", True),
        ("ml.v1_gain", "ml.v1", "deep_or_ensemble", True),
        ("ml.v1_gain", "ml.v1", "rule", False),
        ("eng.volume", "eng.serving", "streaming", True),
        ("eng.volume", "eng.serving", "batch", False),
    ],
)
def test_a_followup_applies_when_its_parent_calls_for_it(followup, parent, value, applies):
    assert BANK[followup].applies({parent: Answer(value, "U1", NOW)}) is applies


def test_what_builds_on_another_roles_answer_waits_for_it():
    assert {q.id: q.waits_for for q in BANK.questions if q.waits_for} == {
        "ml.metric_link": "pm.success_metric",
        "eng.input_survey": "ml.inputs",
    }


@pytest.mark.parametrize("question", BANK.questions, ids=lambda q: q.id)
def test_every_question_can_be_shown_in_slack(question):
    labels = [o.label for part in (question, *question.fields) for o in part.options]
    assert all(len(label) <= 75 for label in labels)
    assert all(len(f.hint) <= 150 and f.label for f in question.fields)
    assert 0 < len(question.title) <= 24


@pytest.mark.parametrize("question", BANK.questions, ids=lambda q: q.id)
def test_what_is_typed_into_a_form_has_an_example(question):
    chosen = (Type.CHOICE, Type.MULTI, Type.BOOL, Type.USER)
    assert [f.name for f in question.fields if f.type not in chosen and not f.hint and f.label != "Input"] == []


def test_yes_and_no_stay_words():
    assert [o.id for o in BANK["eng.feasible"].field("verdict").options] == ["yes", "yes_if", "no", "not_sure"]
