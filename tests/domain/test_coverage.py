"""How much is known: the status of a question, and what each status counts for."""

from dataclasses import replace

import pytest

from bot.domain.answers import Mark
from bot.domain.bank import Pillar, Role
from bot.domain.coverage import Share, Status, coverage, status_of
from tests.domain.aligned import BANK, aligned, case, read
from tests.domain.inputs import plain

UNKNOWN = {"unknown": True}


def known(**changes):
    return coverage(read(aligned(**changes)).snapshot, BANK)


def marked(question, mark):
    return replace(read(aligned()).snapshot, marks={question: frozenset({mark})})


def test_of_nothing_that_is_required_all_is_known():
    assert (Share(0, 0).share, Share(3, 4).share) == (1.0, 0.75)


def test_what_is_known_is_counted_by_role_and_by_pillar():
    found = known(eng__pairing=None, eng__limits=UNKNOWN, ml__pairing={"unknown": True, "ask": "U0RAJ"})
    assert (found.total.known, found.total.required) == (35, 38)
    assert {role: (s.known, s.required) for role, s in found.by_role.items()} == {
        Role.PM: (12, 12),
        Role.ML: (12, 13),
        Role.ENG: (11, 13),
    }
    assert (found.by_pillar[Pillar.PARTNER].known, found.by_pillar[Pillar.PARTNER].required) == (2, 4)


@pytest.mark.parametrize(
    ("question", "mark", "counts"),
    [
        ("ml.optimise", Mark.VAGUE, 0.5),
        ("ml.optimise", Mark.STALE, 0.5),
        ("ml.optimise", Mark.GUESS, 0),
        ("ml.surveyed", Mark.VAGUE, 0),  # everything else stands on it
        ("ml.surveyed", Mark.STALE, 0.5),
    ],
)
def test_an_answer_counts_by_what_lessens_it(question, mark, counts):
    assert coverage(marked(question, mark), BANK).total.known == 37 + counts


@pytest.mark.parametrize(
    ("said", "inputs", "listed", "surveyed"),
    [
        ({}, [], "unanswered", "unanswered"),
        ({"ml__inputs": UNKNOWN, "eng__input_survey": UNKNOWN}, [], "unknown", "unknown"),
        ({"ml__inputs": UNKNOWN, "eng__input_survey": UNKNOWN}, [plain()], "answered", "answered"),
        ({}, [plain(in_prod="unknown")], "answered", "unanswered"),
        ({"eng__input_survey": UNKNOWN}, [plain(in_prod="unknown")], "answered", "unknown"),
        ({}, [plain(), plain(name="y", in_prod=None)], "answered", "unanswered"),
        ({}, [plain(), plain(name="y", in_prod=None, importance="nice")], "answered", "answered"),
        ({}, [plain(importance="nice"), plain(name="y", in_prod=None, importance="nice")], "answered", "unanswered"),
    ],
)
def test_lists_of_inputs_are_read_from_the_records(said, inputs, listed, surveyed):
    found = case(inputs, **said).coverage.status
    assert (found["ml.inputs"], found["eng.input_survey"]) == (listed, surveyed)


@pytest.mark.parametrize(
    ("question", "value", "status"),
    [
        ("pm.today", {"now": "rule", "rule_tried": "not_tried"}, Status.ANSWERED),
        ("pm.today", {"now": "rule"}, Status.UNANSWERED),
        ("pm.today", UNKNOWN, Status.UNKNOWN),
        ("pm.response_time", {"na": True}, Status.ANSWERED),
        ("pm.measure_how", "experiment", Status.ANSWERED),
        ("ml.baseline", {"kind": "none"}, Status.ANSWERED),
        ("ml.feasibility_test", {"test": "label 200 orders, beat the rule"}, Status.ANSWERED),
        ("eng.feasible", {"verdict": "not_sure", "because": "the gateway may not allow it"}, Status.UNKNOWN),
    ],
)
def test_a_form_is_answered_once_each_of_its_choices_is_made(question, value, status):
    said = case(**{question.replace(".", "__", 1): value})
    assert status_of(BANK[question], said.snapshot) is status
