"""The pulse: when it comes, what it asks, who sees it when (alignment model, 3.6)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain import pulse, rules
from bot.domain.answers import Answer
from bot.domain.bank import Role
from bot.domain.chronicle import Pulse
from bot.domain.errors import BotError
from bot.domain.messages import PulseResult, UnderCard
from bot.domain.project import Member, Part, Stage
from tests.domain.projects import MONDAY, started

START = MONDAY
PROJECT = started()
OTHERS = [id for id in rules.PULSE if id not in rules.PULSE_EVERY_TIME]


def day(moment):
    return moment and f"{moment:%m-%d %H:%M}"


def launching(on):
    return replace(PROJECT, answers={"pm.launch": Answer({"date": on, "flexibility": "fixed"}, "ANA", START)})


def opened(project=PROJECT, at=START):
    return pulse.start(project, at).project


def marked(project, by, value=4, at=START, but=()):
    change = None
    for statement in pulse.running(project).statements:
        if statement not in but:
            change = pulse.mark(project, project.pulses[-1].key, statement, value, by=by, at=at)
            project = change.project
    return change


@pytest.mark.parametrize(
    ("project", "comes"),
    [
        pytest.param(PROJECT, "03-16 08:00", id="two weeks after the start, in the morning of the project"),
        pytest.param(replace(PROJECT, pulse_weeks=1), "03-09 08:00", id="weekly when the team wants that"),
        pytest.param(replace(PROJECT, started_at=START - timedelta(days=2)), "03-16 08:00", id="not on a Saturday"),
        pytest.param(launching("2026-04-30"), "03-16 08:00", id="a launch far away changes nothing"),
        pytest.param(launching("2026-04-06"), "03-09 08:00", id="weekly in the last four weeks before launch"),
        pytest.param(launching("2026-03-08"), "03-16 08:00", id="and no longer after the date is past"),
        pytest.param(replace(PROJECT, pulse_weeks=None), None, id="off"),
        pytest.param(replace(PROJECT, stage=Stage.PAUSED), None, id="not while it rests"),
        pytest.param(replace(PROJECT, stage=Stage.CANDIDATE), None, id="not for a candidate"),
    ],
)
def test_the_next_round_opens(project, comes):
    assert day(pulse.next_at(project)) == comes


def test_the_goal_and_the_date_are_asked_every_time_and_the_others_in_turn():
    rounds = [pulse.statements(n) for n in range(1, 6)]
    assert all(said[:2] == ("pulse.goal", "pulse.date") and len(set(said)) == 4 for said in rounds)
    assert sorted(id for said in rounds for id in said[2:]) == sorted(OTHERS * 2)


def test_a_live_product_is_not_asked_about_its_launch_date():
    assert all("pulse.date" not in pulse.statements(n, live=True) for n in range(1, 8))
    assert len(pulse.statements(3, live=True)) == 4


def test_nothing_is_shown_before_all_have_answered():
    project = opened()
    for by in ("ANA", "MEI"):
        change = marked(project, by)
        assert not change.says
        project = change.project
    assert pulse.running(project)

    last = marked(project, "RAJ", value=2)
    [saying] = last.says
    assert isinstance(saying.message, PulseResult)
    assert saying.to == UnderCard(1)
    assert pulse.running(last.project) is None
    assert last.project.pulses[-1].closed_at == START


def test_the_result_names_who_reads_the_widest_spread_lowest():
    project = marked(marked(opened(), "ANA", 4).project, "MEI", 3).project
    result = marked(project, "RAJ", 2).says[0].message
    assert [line.spread for line in result.lines] == [2, 2, 2, 2]
    assert (result.explains, result.silent) == ("RAJ", ())


def test_nobody_has_to_explain_a_spread_of_one():
    project = marked(marked(opened(), "ANA", 4).project, "MEI", 3).project
    assert marked(project, "RAJ", 4).says[0].message.explains is None


def test_cant_say_is_an_answer_and_no_mark():
    project = marked(marked(opened(), "ANA", 5).project, "MEI", None).project
    result = marked(project, "RAJ", 5).says[0].message
    assert result.lines[0].marks == ((Role.PM, 5), (Role.ML, None), (Role.ENG, 5))
    assert result.lines[0].spread == 0


def test_whoever_speaks_for_two_roles_marks_once_for_both():
    people = {Role.PM: "ANA", Role.ML: "ANA", Role.ENG: "RAJ"}
    two = replace(PROJECT, members=tuple(Member(role, user, Part.OWNER) for role, user in people.items()))
    project = marked(opened(two), "ANA").project
    assert [pulse.running(project).answered(role) for role in Role] == [True, True, False]
    assert len(marked(project, "RAJ").says) == 1


def test_it_closes_after_three_working_days_and_shows_what_there_is():
    project = marked(opened(), "ANA", 4).project
    assert day(pulse.running(project).closes_at) == "03-05 08:30"
    assert pulse.look(project, datetime(2026, 3, 5, 8, 29, tzinfo=UTC)).project == project

    change = pulse.look(project, datetime(2026, 3, 5, 8, 30, tzinfo=UTC))
    assert change.says[0].message.silent == (Role.ML, Role.ENG)
    assert pulse.running(change.project) is None


def test_a_round_that_nobody_answered_closes_without_a_word():
    change = pulse.look(opened(), START + timedelta(days=7))
    assert not change.says
    assert change.project.pulses[0].closed_at


def test_a_late_look_closes_the_old_round_and_opens_the_next():
    change = pulse.look(opened(), START + timedelta(days=15))
    assert [p.number for p in change.project.pulses] == [1, 2]
    assert pulse.running(change.project).number == 2


def test_a_single_role_is_not_asked_for_there_is_nobody_to_differ():
    alone = replace(PROJECT, members=PROJECT.members[:1])
    assert pulse.look(alone, START + timedelta(days=30)).project == alone
    with pytest.raises(BotError, match="compares roles"):
        pulse.start(alone, START)


def test_one_person_in_all_roles_is_not_asked_either():
    alone = replace(PROJECT, members=tuple(Member(role, "ANA", Part.OWNER) for role in Role))
    assert pulse.look(alone, START + timedelta(days=30)).project == alone
    with pytest.raises(BotError, match="fewer than two people"):
        pulse.start(alone, START)


@pytest.mark.parametrize(
    ("by", "key", "statement", "says"),
    [
        pytest.param("EVE", "00001", "pulse.goal", "you are not one of them", id="a stranger"),
        pytest.param("ANA", "00009", "pulse.goal", "closed", id="a round that is over"),
        pytest.param("ANA", "00001", "pulse.simple", "closed", id="a statement that it does not ask"),
    ],
)
def test_a_mark_is_refused(by, key, statement, says):
    project = opened()
    if statement == "pulse.simple":
        assert statement not in pulse.running(project).statements
    with pytest.raises(BotError, match=says):
        pulse.mark(project, key, statement, 3, by=by, at=START)


def test_a_second_round_while_one_runs_is_refused():
    with pytest.raises(BotError, match="running already"):
        pulse.start(opened(), START)


def test_rounds_sort_by_their_keys():
    keys = [Pulse(n, START, START, ()).key for n in (2, 10, 100)]
    assert keys == sorted(keys)
