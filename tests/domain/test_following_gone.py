"""How a finding ends: solved, or only no longer seen; and what goes back and forth is not told each time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import following
from bot.domain.actors import who_acts
from bot.domain.answers import Answer, Source
from bot.domain.bank import Role
from bot.domain.chronicle import EventType, Happened, Status, finding_key
from bot.domain.deciding import may_live_with
from bot.domain.findings import Severity
from bot.domain.messages import FindingSolved
from bot.domain.project import Member, Part
from tests.domain.test_following import (
    BANK,
    BOSS,
    DAY,
    ENG,
    KEY,
    ML,
    NOW,
    PM,
    PROVEN,
    UNLIKELY,
    accepted,
    critical,
    said,
    saying,
    started,
)


def test_an_answer_that_goes_back_and_forth_in_a_day_fills_no_thread():
    project, said_of_it = critical(), []
    (posted,) = said(saying(started(), UNLIKELY))
    project = following.stands(project, project.followed[KEY], Source("C1", "9.0"), posted).project
    for values in [PROVEN, UNLIKELY] * 3:
        change = saying(project, values, NOW + timedelta(hours=1))
        project = change.project
        said_of_it += [s.message for s in change.says if s.slot is None]
    assert [type(message) for message in said_of_it] == [FindingSolved]
    assert project.followed[KEY].status is Status.OPEN

    morning = following.look_again(project, BANK, NOW + DAY)
    assert [card.status for card in said(morning)] == ["open"]
    assert said(following.look_again(morning.project, BANK, NOW + DAY)) == []


@pytest.mark.parametrize("taken_back", [None, {"unknown": True}])
def test_a_finding_whose_answer_was_taken_back_is_not_called_solved(taken_back):
    project = critical()
    if taken_back is None:
        bare = replace(project, answers={})
        change = following.follow(bare, BANK, project, NOW)
    else:
        change = saying(project, {"ml.feasibility": taken_back})

    (gone,) = said(change, FindingSolved)
    assert gone.unsettled == "An answer behind it was taken back, so nobody knows."
    assert change.project.followed[KEY].status is Status.RESOLVED
    (solved,) = said(saying(project, PROVEN), FindingSolved)
    assert solved.unsettled == ""


def test_what_only_waits_for_the_other_side_again_is_not_called_solved():
    """Three are asked how long it may take; when one of them takes back, the others' answers are blind again."""
    times = {"pm.response_time": 200, "ml.latency": 900, "eng.latency_budget": 150}
    values = {id: {"value": n, "unit": "ms"} for id, n in times.items()} | {"eng.serving": "request_time"}
    project = saying(started(), values).project
    assert project.followed["latency_over_budget"].severity is Severity.CRITICAL
    without = {id: answer for id, answer in project.answers.items() if id != "pm.response_time"}
    change = following.follow(replace(project, answers=without), BANK, project, NOW)
    assert [gone.unsettled for gone in said(change, FindingSolved)] == [
        "An answer behind it was taken back, so nobody knows."
    ]


def test_a_finding_about_an_input_that_is_listed_under_another_name_now_is_not_called_solved():
    listed = {"name": "zip", "importance": "must"}
    survey = {"name": "zip", "source_kind": "db", "in_prod": "no"}
    project = saying(started(), {"ml.inputs": [listed], "eng.input_survey": [survey]}).project
    assert "feature_not_in_prod:zip" in project.followed
    change = saying(project, {"ml.inputs": [{**listed, "name": "home zip"}]})
    assert "“zip” is no longer on the list of inputs." in [gone.unsettled for gone in said(change, FindingSolved)]


@pytest.mark.parametrize("length", [10, 185, 186, 10_000])
def test_the_key_of_a_finding_fits_wherever_it_is_kept(length):
    one, other = (finding_key("feature_hard", "名" * length + end) for end in "ab")
    assert len(one) <= 200
    assert one != other
    assert one.startswith("feature_hard:名")


def left(project, user):
    """Their account was deactivated: they have no part any more."""
    event = Happened(EventType.LEFT, NOW, user=user)
    members = tuple(member for member in project.members if member.user != user)
    return replace(project, events=(*project.events, event), members=members)


def test_nobody_who_is_gone_is_called_to_act():
    project = left(critical(), ML)
    assert who_acts(project, ["ml"]) == PM
    assert who_acts(left(project, PM), ["ml"]) == ENG
    assert who_acts(left(left(project, PM), ENG), ["ml"]) is None
    back = replace(left(project, PM), members=(Member(Role.PM, PM, Part.OWNER),))
    assert who_acts(back, ["ml"]) == PM


def test_when_the_one_who_decides_is_gone_the_other_roles_may_live_with_it():
    decided = critical(answers={"pm.decider": Answer(BOSS, PM, NOW)})
    assert may_live_with(decided, BANK, decided.followed[KEY]) == (BOSS,)
    gone = left(decided, BOSS)
    assert may_live_with(gone, BANK, gone.followed[KEY]) == (PM, ENG)


def test_what_became_milder_and_as_grave_again_is_still_what_they_agreed_to_live_with():
    project = accepted(saying(started(), {"ml.feasibility": "plausible_untested"}).project).project
    tested = {"ml.feasibility_test": {"test": "label 200 orders and try a tree", "by": "2026-04-01"}}
    milder = saying(project, tested).project
    without = {id: answer for id, answer in milder.answers.items() if id != "ml.feasibility_test"}
    change = following.follow(replace(milder, answers=without), BANK, milder, NOW)
    assert change.project.followed[KEY].status is Status.ACCEPTED

    over = following.look_again(milder, BANK, NOW + 31 * DAY).project.followed[KEY]
    assert (over.status, over.severity) == (Status.OPEN, Severity.MEDIUM)
