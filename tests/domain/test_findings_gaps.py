"""Gap detectors: what nobody has said."""

from dataclasses import replace

import pytest

from bot.domain.answers import Mark
from bot.domain.detectors import Case
from bot.domain.detectors.gaps import blocking_open, essential_open, role_silent
from bot.domain.detectors.registry import findings
from bot.services.snapshots import read_snapshot
from tests.domain.aligned import BANK, aligned, case


def of(document):
    return Case(read_snapshot(document, BANK), BANK)


def opened(detector, of):
    return [question for sign in detector(of) for question in sign.reads]


def test_nothing_is_open_in_an_aligned_project():
    assert not any([*blocking_open(of(aligned())), *essential_open(of(aligned())), *role_silent(of(aligned()))])


@pytest.mark.parametrize(
    ("changes", "open"),
    [
        ({"pm__today": None}, ["pm.today"]),
        ({"pm__today": {"unknown": True}}, ["pm.today"]),
        ({"pm__today": {"now": "rule"}}, ["pm.today"]),
        ({"eng__feasible": {"verdict": "not_sure", "because": "the gateway may not allow it"}}, ["eng.feasible"]),
        ({"ml__feasibility": "plausible_untested"}, ["ml.feasibility_test"]),
        ({"ml__labels": {"source": "must_collect"}}, ["ml.label_plan"]),
        ({"pm__fallback": None}, []),
    ],
)
def test_a_blocking_question_is_open_until_somebody_knows(changes, open):
    assert opened(blocking_open, of(aligned(**changes))) == open


def test_a_vague_answer_leaves_a_blocking_question_open_and_a_stale_one_does_not():
    said = of(aligned())
    marked = {"ml.labels": frozenset({Mark.VAGUE}), "ml.baseline": frozenset({Mark.STALE})}
    assert opened(blocking_open, Case(replace(said.snapshot, marks=marked), BANK)) == ["ml.labels"]


@pytest.mark.parametrize(
    ("change", "open"),
    [
        ({"features": []}, ["ml.inputs", "eng.input_survey"]),
        ({"features": [{"name": "a", "importance": "must", "in_prod": "raw"}]}, ["eng.input_survey"]),
        (
            {"features": [{"name": "a", "importance": "must", "source_kind": "db", "in_prod": "unknown"}]},
            ["eng.input_survey"],
        ),
        ({"features": [{"name": "a", "importance": "must", "source_kind": "db", "in_prod": "no"}]}, []),
        (
            {
                "features": [
                    {"name": "a", "importance": "must", "source_kind": "db", "in_prod": "raw"},
                    {"name": "b", "importance": "nice"},
                ]
            },
            [],
        ),
        ({"features": [{"name": "a", "importance": "nice"}]}, ["eng.input_survey"]),
    ],
)
def test_the_survey_is_answered_when_each_must_have_is(change, open):
    assert opened(blocking_open, of({**aligned(), **change})) == open


def test_open_questions_are_told_by_role_with_who_could_help():
    document = aligned(pm__today=None, ml__labels=None, eng__serving=None)
    (finding,) = (f for f in findings(of(document)) if f.detector == "blocking_open")
    assert finding.message == (
        "3 feasibility and data questions are open: how it works today (PM); true answers (ML); "
        "where it runs (Engineering). The kickoff cannot close before they are answered."
    )
    assert finding.who == ("pm", "ml", "eng")
    assert finding.action == "Answer, or hand over to the ML person and the PM."
    assert finding.quotes == ()


def test_one_open_question_is_told_as_one():
    (blocking,), (essential,) = blocking_open(of(aligned(pm__today=None))), essential_open(of(aligned(eng__slos=None)))
    assert blocking.say == (
        "1 question about feasibility or data is open: how it works today (PM). "
        "The kickoff cannot close before it is answered."
    )
    assert essential.say == "Not said yet: service levels (Engineering). Nobody can call this aligned without it."


@pytest.mark.parametrize(
    ("changes", "open"),
    [
        ({"pm__measure_how": None}, ["pm.measure_how"]),
        ({"eng__slos": {"unknown": True}}, ["eng.slos"]),
        ({"ml__optimise": None, "ml__metric_link": None}, ["ml.optimise"]),
        ({"ml__metric_link": None}, ["ml.metric_link"]),
        ({"eng__latency_budget": {"na": True}}, []),
        ({"eng__slos": []}, []),
        ({"pm__fallback": None}, []),
    ],
)
def test_an_essential_question_is_open_without_a_word_on_it(changes, open):
    assert opened(essential_open, of(aligned(**changes))) == open


def test_a_role_without_a_person_is_silent_whatever_is_answered():
    document = {**aligned(), "people": {"pm": "U0ANA", "ml": "U0MEI", "eng": None}}
    assert [sign.say for sign in role_silent(of(document))] == ["Nobody is named as the product engineer yet."]


@pytest.mark.parametrize(("reactions", "silent"), [(0, True), (2, True), (3, False), (12, False)])
def test_a_role_is_silent_below_a_quarter_of_its_questions(reactions, silent):
    core = [q.id for q in BANK.questions if q.role == "pm" and q.core]
    said = case(**{id.replace(".", "__"): {"unknown": True} for id in core[:reactions]})
    says = [sign.say for sign in role_silent(said)]
    assert (f"We have hardly heard from the PM yet ({reactions} of 12 questions)." in says) == silent


def test_listing_and_surveying_inputs_are_reactions():
    features = [{"name": "a", "source_kind": "db"}]
    engineer = case(features, eng__serving={"unknown": True}, eng__feasible={"unknown": True})
    assert "We have hardly heard from the product engineer yet" not in " ".join(s.say for s in role_silent(engineer))
    assert "the ML person yet (1 of 12 questions)" in " ".join(s.say for s in role_silent(engineer))
