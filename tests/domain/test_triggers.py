"""Which answers an event puts in question."""

from datetime import date

import pytest

from bot.domain.bank import Role
from bot.domain.snapshot import Event
from bot.domain.triggers import RECHECK, same_person, to_recheck
from tests.domain.aligned import BANK, aligned, read
from tests.domain.inputs import plain

STREAM = {
    "name": "load",
    "importance": "must",
    "transform": "window_agg",
    "window": {"value": 5, "unit": "min"},
    "source_kind": "stream",
    "in_prod": "raw",
}


def rechecked(type, user=None, document=None):
    snapshot = read(document or aligned()).snapshot
    return to_recheck(Event(type, date(2026, 2, 20), user=user), snapshot, BANK)


@pytest.mark.parametrize("event", RECHECK)
def test_every_listed_question_is_in_the_bank(event):
    assert set(RECHECK[event]) <= BANK.by_id.keys()


@pytest.mark.parametrize(
    ("event", "questions"),
    [
        ("date_change", ("pm.ship_tradeoff", "ml.effort", "eng.feasible", "eng.effort")),
        ("source_change", ("ml.representative", "eng.input_survey", "eng.latency_budget", "eng.skew_plan")),
        ("feature_added", ("ml.latency", "eng.input_survey", "eng.limits", "eng.effort")),
        ("sla_breach", ("pm.response_time", "ml.latency", "eng.latency_budget", "eng.slos")),
        ("launched", ("eng.slos", "eng.monitoring", "eng.monitor_owner")),
        ("party", ()),
    ],
)
def test_an_event_puts_the_listed_answers_in_question_in_interview_order(event, questions):
    assert rechecked(event) == questions


def test_another_goal_puts_success_and_evidence_in_question():
    assert set(rechecked("scope_change")) == set(RECHECK["scope_change"])


def test_another_date_concerns_inputs_only_where_one_is_hard():
    hard = {**aligned(), "features": [STREAM]}
    assert "eng.input_survey" in rechecked("date_change", document=hard)
    assert "eng.input_survey" not in rechecked("date_change")


@pytest.mark.parametrize(
    ("input", "answers", "hard"),
    [
        (STREAM, {"eng__serving": "batch"}, False),
        (STREAM, {"eng__serving": {"unknown": True}}, True),
        (STREAM, {"eng__serving": None}, True),
        (plain(read_ms=90), {}, True),
        (plain(read_ms=90), {"eng__latency_budget": {"value": 1, "unit": "s"}}, False),
    ],
)
def test_where_and_how_fast_the_prediction_is_made_tells_which_input_is_hard(input, answers, hard):
    document = {**aligned(**answers), "features": [input]}
    assert ("eng.input_survey" in rechecked("date_change", document=document)) == hard


def test_nobody_is_the_same_person_as_nobody():
    assert same_person("<@U0BOB|bob>", "U0BOB")
    assert not any(same_person(named, user) for named, user in ((None, "U0BOB"), ("U0BOB", None), (None, None)))


def test_what_nobody_answered_is_not_asked_again():
    assert "ml.effort" not in rechecked("date_change", document=aligned(ml__effort=None))
    assert "eng.input_survey" not in rechecked("source_change", document={**aligned(), "features": []})


def test_whoever_leaves_leaves_their_answers():
    given = {q.id for q in BANK.of(Role.ML)} & {"ml.inputs", *aligned()["answers"]["ml"]}
    assert set(rechecked("left", "U0MEI")) == given


def test_whoever_leaves_leaves_what_names_them_and_what_they_answered_for_others():
    document = aligned(pm__decider="U0BOB", eng__monitor_owner="U0BOB")
    document["answer_meta"] = {"ml.v1": {"answered_at": "2026-02-01", "by": "U0BOB"}}
    document["features"][0]["owner"] = "<@U0BOB>"
    assert rechecked("left", "U0BOB", document) == ("pm.decider", "ml.v1", "eng.input_survey", "eng.monitor_owner")
    assert "ml.v1" not in rechecked("left", "U0MEI", document)


def test_the_owner_of_a_plan_leaves_the_plan():
    plan = {"how": "two agents label 50 tickets a day", "by": "2026-04-01", "owner": "U0BOB"}
    document = aligned(ml__labels={"source": "must_collect"}, ml__label_plan=plan)
    assert rechecked("left", "U0BOB", document) == ("ml.label_plan",)


@pytest.mark.parametrize("user", [None, "U0NEW"])
def test_a_stranger_leaves_nothing(user):
    assert rechecked("left", user) == ()
