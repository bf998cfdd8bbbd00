"""Gap detectors: answers that leave room, and answers that have grown old."""

from dataclasses import replace

import pytest

from bot.domain.answers import Mark
from bot.domain.coverage import Status
from bot.domain.detectors import Case
from bot.domain.detectors.gaps import blocking_open, stale_answer, vague_answer
from bot.domain.detectors.registry import findings
from bot.domain.findings import Severity
from bot.domain.vagueness import vague
from bot.services.snapshots import read_snapshot
from tests.domain.aligned import BANK, aligned


def of(document):
    return Case(read_snapshot(document, BANK), BANK)


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
            {"ml__target": {"predicts": "better result", "per": "user", "when": "use"}},
            "ml.target",
            Severity.MEDIUM,
            "'better result user use' leaves room: it has only general words so far (ML, what is predicted).",
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


@pytest.mark.parametrize(
    ("day", "age"),
    [("2026-03-01", "needs a fresh look"), ("2026-02-28", "was last confirmed 2 days ago")],
)
def test_an_answer_that_is_marked_as_old_says_how_old_it_is_from_two_days_on(day, age):
    document = {**aligned(), **answered("ml.v1", day), "provenance": {"ml.v1": {"marks": ["stale"]}}}
    (sign,) = stale_answer(of(document))
    assert sign.say == f"'First version' (ML) {age}."


@pytest.mark.parametrize("value", [{"unknown": True}, {"na": True}, None])
def test_what_nobody_knows_or_needs_does_not_grow_old(value):
    document = {**aligned(eng__latency_budget=value), **answered("eng.latency_budget", "2025-01-01", "U0RAJ")}
    assert [*stale_answer(of(document))] == []


def test_gaps_of_either_kind_are_told_and_cost_nothing():
    document = {**aligned(ml__effort={"likely": 5, "worst": 3}), **answered("ml.pairing", "2025-06-01")}
    told = {f.detector: (f.basis, f.quotes) for f in findings(of(document))}
    assert told["vague_answer"] == told["stale_answer"] == ("gap", ())


@pytest.mark.parametrize(("ending", "quoted"), [("use", "use"), ("user", "us…"), ("a user", "a…")])
def test_a_text_of_up_to_80_characters_is_quoted_whole(ending, quoted):
    words = "better " * 11
    (sign,) = vague_answer(of(aligned(pm__success_metric={"metric": words + ending, "kind": "money"})))
    assert sign.say.startswith(f"'{words}{quoted}' leaves room")


@pytest.mark.parametrize(
    ("by", "who"), [("U0ANA", "pm"), ("U0MEI", "ml"), ("U0BOB", "pm")], ids=["PM", "ML", "somebody else"]
)
def test_whoever_wrote_an_answer_is_asked_to_make_it_clear(by, who):
    document = aligned(pm__success_metric={"metric": "tbd", "kind": "money"})
    document["answer_meta"] = {"pm.success_metric": {"answered_at": "2026-03-01", "by": by}}
    document["provenance"] = {"pm.success_metric": {"marks": ["vague"]}}
    (sign,) = vague_answer(of(document))
    assert sign.who == (who,)


@pytest.mark.parametrize(
    ("helper", "action"),
    [("", "Answer it, or hand it over."), ("steering", "Answer, or hand over to steering.")],
)
def test_a_pack_may_name_other_helpers_or_none(helper, action):
    bank = type(BANK)(BANK.version, tuple(replace(q, helper=helper) for q in BANK.questions))
    found = findings(Case(of(aligned(pm__today=None)).snapshot, bank))
    assert next(f.action for f in found if f.detector == "blocking_open") == action


def test_somebody_with_two_roles_is_asked_as_the_one_that_was_asked():
    document = {**aligned(ml__optimise="tbd"), "people": {"pm": "U0ANA", "ml": "U0ANA", "eng": "U0RAJ"}}
    document["answer_meta"] = {"ml.optimise": {"answered_at": "2026-03-01", "by": "U0ANA"}}
    (sign,) = vague_answer(of(document))
    assert sign.who == ("ml",)
