"""What another role guessed is on record and counts for nothing."""

from dataclasses import replace

import pytest

from bot.domain.answers import Mark
from bot.domain.bank import Role
from bot.domain.coverage import Status
from bot.domain.detectors import Case
from bot.domain.detectors.gaps import role_silent
from bot.domain.detectors.registry import findings
from bot.domain.health import State, assess
from tests.domain.aligned import BANK, aligned, read

WEAK = {
    "eng__limits": "blocked",
    "ml__feasibility": "unlikely",
    "pm__success_metric": {"metric": "AUC of the ready time", "kind": "model_score"},
    "eng__monitor_owner": "none",
}
GUESSED = {name.replace("__", "."): {"by": "U0BOB", "marks": ["guess"]} for name in WEAK}


def fired(said):
    return {f.detector for f in findings(said)}


def test_no_detector_reads_a_guess():
    told = {"limits_unchecked", "feasibility_unproven", "success_is_model_metric", "monitor_unowned"}
    assert told & fired(read(aligned(**WEAK)))
    assert not told & fired(read({**aligned(**WEAK), "provenance": GUESSED}))


def test_a_guess_leaves_its_question_open():
    said = read({**aligned(**WEAK), "provenance": GUESSED})
    assert {said.coverage.status[id] for id in GUESSED} == {Status.GUESS}
    assert [q.id for q in said.coverage.blocking_open] == ["ml.feasibility"]
    assert {q.id for q in said.coverage.essential_open} == {"pm.success_metric", "eng.monitor_owner"}
    assert said.coverage.by_role[Role.ENG].known == said.coverage.by_role[Role.ENG].required - 2
    assert assess(said.given, BANK).state is State.NOT_ENOUGH_KNOWN


def test_an_open_question_says_that_somebody_guessed():
    found = {f.detector: f.message for f in findings(read({**aligned(**WEAK), "provenance": GUESSED}))}
    assert found["blocking_open"].endswith("Guessed by a colleague, to be confirmed: can ML do it (ML).")
    assert "to be confirmed: success metric (PM); who watches it (Engineering)." in found["essential_open"]


def test_a_guess_calls_for_no_further_question():
    said = read({**aligned(ml__feasibility="unlikely"), "provenance": {"ml.feasibility": {"marks": ["guess"]}}})
    assert "ml.feasibility_test" not in said.coverage.status


def test_what_is_guessed_of_inputs_is_left_out_of_their_records():
    document = aligned()
    document["features"][0] |= {"in_prod": "no"}
    assert "feature_not_in_prod" in fired(read(document))
    guessed = read({**document, "provenance": {"eng.input_survey": {"marks": ["guess"]}}})
    assert "feature_not_in_prod" not in fired(guessed)
    assert guessed.coverage.status["eng.input_survey"] is Status.GUESS
    assert [(i.name, i.input.must, i.input.in_prod) for i in guessed.inputs][:1] == [("home zip code", True, None)]


def test_a_list_of_inputs_that_was_guessed_keeps_what_engineering_says_of_them():
    said = read({**aligned(), "provenance": {"ml.inputs": {"marks": ["guess"]}}})
    assert said.coverage.status["ml.inputs"] is Status.GUESS
    assert [(i.name, i.input.must, i.input.in_prod) for i in said.inputs][:1] == [("home zip code", False, "served")]


def test_guesses_are_no_word_from_the_role_that_was_asked():
    guesses = {q.id: {"marks": ["guess"]} for q in BANK.of(Role.ENG)}
    (sign,) = role_silent(read({**aligned(), "provenance": guesses}))
    assert sign.say == "We have hardly heard from the product engineer yet (0 of 12 questions)."


def test_a_mark_of_the_live_bot_counts_the_same():
    said = read(aligned(ml__feasibility="unlikely"))
    marked = Case(replace(said.snapshot, marks={"ml.feasibility": frozenset({Mark.GUESS})}), BANK)
    assert marked.unknown("ml.feasibility") is False
    assert marked.said("ml.feasibility") is None
    assert marked.given.answers["ml.feasibility"] == "unlikely"


@pytest.mark.parametrize(
    ("by", "marks", "status"),
    [
        ("U0MEI", None, Status.GUESS),
        ("U0RAJ", None, Status.ANSWERED),
        ("U0BOB", None, Status.ANSWERED),
        (None, None, Status.ANSWERED),
        ("U0MEI", [], Status.ANSWERED),
        ("U0RAJ", ["guess"], Status.GUESS),
    ],
    ids=["another role", "own role", "a colleague", "nobody named", "another role, confirmed", "marked"],
)
def test_an_answer_by_the_person_of_another_role_is_a_guess_unless_its_marks_say_otherwise(by, marks, status):
    document = {**aligned(), "answer_meta": {"eng.limits": {"answered_at": "2026-02-20", "by": by}}}
    if marks is not None:
        document["provenance"] = {"eng.limits": {"by": by, "at": "2026-02-20T10:00:00Z", "marks": marks}}
    assert read(document).coverage.status["eng.limits"] is status
