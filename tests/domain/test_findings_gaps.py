"""Gap detectors: what nobody has said."""

from dataclasses import replace

import pytest

from bot.domain.answers import Mark
from bot.domain.coverage import Status
from bot.domain.detectors import Case
from bot.domain.detectors.gaps import blocking_open, essential_open, role_silent, stale_answer, vague_answer
from bot.domain.detectors.registry import findings
from bot.domain.findings import Severity
from bot.domain.vagueness import vague
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


@pytest.mark.parametrize(
    ("changes", "question", "severity", "say"),
    [
        (
            {"pm__success_metric": {"metric": "tbd", "kind": "money"}},
            "pm.success_metric",
            Severity.MEDIUM,
            "'tbd' leaves room: it is still a placeholder (PM, success metric).",
        ),
        (
            {"eng__feasible": {"verdict": "yes_if", "because": "soon"}},
            "eng.feasible",
            Severity.MEDIUM,
            "'soon' leaves room: it is still a placeholder (Engineering, can we build it).",
        ),
        (
            {"eng__feasible": {"verdict": "no"}},
            "eng.feasible",
            Severity.MEDIUM,
            "An answer leaves room: it is still empty (Engineering, can we build it).",
        ),
        (
            {"pm__error_cost": {"worse": "miss", "cost": "a lot"}},
            "pm.error_cost",
            Severity.LOW,
            "'a lot' leaves room: it has only general words so far (PM, cost of mistakes).",
        ),
        (
            {"ml__effort": {"likely": 5, "worst": 3}},
            "ml.effort",
            Severity.LOW,
            "An answer leaves room: going badly cannot take less than what is likely (ML, weeks for the model).",
        ),
        (
            {"pm__success_target": {"current": 9, "target": 9, "unit": "per 100 orders"}},
            "pm.success_target",
            Severity.MEDIUM,
            "An answer leaves room: the target is today's value (PM, success target).",
        ),
    ],
)
def test_an_answer_that_leaves_room_is_told_with_its_reason(changes, question, severity, say):
    (sign,) = vague_answer(of(aligned(**changes)))
    assert (sign.reads, sign.severity, sign.say) == ((question,), severity, say)
    assert sign.who == (question.split(".")[0],)


def test_each_of_two_answers_with_the_same_words_is_told():
    same = "late pickups per 100 orders"
    said = of(aligned(ml__optimise=same))
    assert [(sign.reads, "word for word" in sign.say) for sign in vague_answer(said)] == [
        (("pm.success_metric",), True),
        (("ml.optimise",), True),
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"pm__user_decision": {"unknown": True}},
        {"pm__success_metric": {"kind": "money"}, "ml__metric_link": None},
        {"eng__latency_budget": {"na": True}},
        {"ml__v1_gain": {"gain": "better", "extra_weeks": 4}},
    ],
    ids=["clear", "unknown", "partial", "not applicable", "not asked"],
)
def test_what_is_clear_or_not_there_leaves_no_room(changes):
    partial = {"provenance": {"pm.success_metric": {"marks": ["partial"]}}} if "pm__success_metric" in changes else {}
    assert [*vague_answer(of({**aligned(**changes), **partial}))] == []


def test_words_that_a_colleague_called_clear_leave_no_room():
    document = aligned(eng__feasible={"verdict": "yes_if", "because": "soon"})
    document["provenance"] = {"eng.feasible": {"by": "U0RAJ", "at": "2026-02-20T10:00:00Z", "marks": ["clear"]}}
    said = of(document)
    assert vague(BANK["eng.feasible"], said.said("eng.feasible"), others={}) is not None
    assert said.coverage.status["eng.feasible"] is Status.ANSWERED
    assert not [*vague_answer(said), *blocking_open(said)]


def test_a_mark_decides_where_the_words_say_nothing_against_them():
    said = of(aligned())
    marked = Case(replace(said.snapshot, marks={"ml.optimise": frozenset({Mark.VAGUE})}), BANK)
    (sign,) = vague_answer(marked)
    assert sign.say == (
        "'mean absolute error of the ready time in minutes' leaves room: "
        "one concrete detail would make it clear (ML, model metric)."
    )


def test_a_long_text_is_quoted_by_its_beginning():
    document = aligned(pm__user_decision="the users will get a better and faster experience " * 9)
    (sign,) = vague_answer(of(document))
    assert sign.say.startswith("'the users will get a better")
    assert "…' leaves room: it has only general words so far (PM, who acts on it)." in sign.say
    assert len(sign.say) < 180


def answered(question, day, by="U0MEI"):
    return {"answer_meta": {question: {"answered_at": day, "by": by}}}


@pytest.mark.parametrize(
    ("question", "day", "severity"),
    [
        ("ml.surveyed", "2026-01-11", Severity.MEDIUM),  # 50 days, blocking
        ("ml.surveyed", "2026-01-16", None),  # 45 days
        ("ml.surveyed", "2026-01-15", Severity.MEDIUM),
        ("ml.pairing", "2025-12-31", Severity.LOW),  # 61 days, ownership
        ("ml.pairing", "2026-01-01", None),
        ("ml.optimise", "2025-12-02", None),  # 90 days, success
        ("ml.optimise", "2025-12-01", Severity.LOW),
    ],
)
def test_an_answer_grows_old_by_its_kind(question, day, severity):
    signs = [*stale_answer(of({**aligned(), **answered(question, day)}))]
    assert [(sign.reads, sign.severity, sign.who) for sign in signs] == (
        [((question,), severity, ("ml",))] * bool(severity)
    )


def test_an_old_answer_says_how_old_it_is():
    (sign,) = stale_answer(of({**aligned(), **answered("ml.surveyed", "2026-01-11")}))
    assert sign.say == "'Where we checked' (ML) was last confirmed 50 days ago."


def test_an_answer_can_be_marked_as_old_at_any_age():
    (sign,) = stale_answer(of({**aligned(), "provenance": {"ml.v1": {"marks": ["stale"]}}}))
    assert (sign.reads, sign.say) == (("ml.v1",), "'First version' (ML) needs a fresh look.")


@pytest.mark.parametrize("value", [{"unknown": True}, {"na": True}, None])
def test_what_nobody_knows_or_needs_does_not_grow_old(value):
    document = {**aligned(eng__latency_budget=value), **answered("eng.latency_budget", "2025-01-01", "U0RAJ")}
    assert [*stale_answer(of(document))] == []


def test_gaps_of_either_kind_are_told_and_cost_nothing():
    document = {**aligned(ml__effort={"likely": 5, "worst": 3}), **answered("ml.pairing", "2025-06-01")}
    told = {f.detector: (f.basis, f.quotes) for f in findings(of(document))}
    assert told["vague_answer"] == told["stale_answer"] == ("gap", ())
