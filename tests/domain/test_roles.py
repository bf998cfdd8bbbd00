"""Whatever is done to the roles of a project, each has at most one accountable person, who is asked in one place."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import roles
from bot.domain.bank import Role
from bot.domain.errors import BotError
from bot.domain.messages import DirectIntro, InInterview, Note
from bot.domain.project import Change, Handover, Interview, Member, Part, Project
from bot.packs.loader import load_bank

BANK = load_bank()
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PEOPLE = ("A", "B", "C")
PROJECT = Project(
    1, "T1", "C1", False, "Ready-By", "", "A", NOW, "UTC", interviews={role: Interview(role) for role in Role}
)

steps = st.lists(
    st.tuples(st.sampled_from(Role), st.sampled_from(PEOPLE), st.sampled_from([*[*Part][:3], None])), max_size=12
)


def after(project, todo):
    for role, user, part in todo:
        with suppress(BotError):
            project = roles.give(project, role, user, part) if part else roles.take(project, user, [role])
    return project


@given(steps)
def test_a_role_has_at_most_one_accountable_person_and_everybody_one_part(todo):
    project = after(PROJECT, todo)
    for role in Role:
        parts = [m.part for m in project.members if m.role is role]
        assert parts.count(Part.OWNER) <= 1
    keys = [(m.role, m.user) for m in project.members]
    assert len(keys) == len(set(keys))


@given(steps, st.sampled_from(PEOPLE))
def test_whoever_is_gone_has_no_part_and_holds_no_question(todo, user):
    project = after(PROJECT, todo)
    handed = {"ml.v1": Handover(user, "X", NOW), "ml.labels": Handover("X", user, NOW)}
    project = project.with_interview(replace(project.interviews[Role.ML], handed=handed))
    left = roles.take(project, user)
    assert all(m.user != user for m in left.members)
    assert list(left.interviews[Role.ML].handed) == ["ml.labels"]
    assert {m for m in project.members if m.user != user} == set(left.members)


@given(steps, st.sampled_from(Role), st.sampled_from(PEOPLE))
def test_a_new_accountable_person_pushes_nobody_out(todo, role, user):
    project = after(PROJECT, todo)
    given_ = roles.give(project, role, user, Part.OWNER)
    assert given_.owner(role) == user
    assert set(given_.people(role)) == {*project.people(role), user}


@pytest.mark.parametrize("part", [Part.CONTRIBUTOR, Part.BACKUP])
def test_the_accountable_person_is_not_demoted_by_accident(part):
    project = roles.give(PROJECT, Role.ML, "A", Part.OWNER)
    with pytest.raises(BotError, match="is the ML person and answers already"):
        roles.give(project, Role.ML, "A", part)


ASKED = Interview(Role.ML, trail=(("1.0", "ml.feasibility"),), asked="ml.feasibility")


@pytest.mark.parametrize(
    ("interview", "in_channel", "by_dm", "says"),
    [
        (Interview(Role.ML), True, False, []),
        (Interview(Role.ML), False, True, [DirectIntro]),
        (ASKED, True, False, [Note]),
        (ASKED, False, True, [DirectIntro]),
        (replace(ASKED, by_dm=True), True, False, []),
        (replace(ASKED, by_dm=True), False, True, [DirectIntro]),
    ],
)
def test_a_new_person_is_asked_where_they_can_see_it(interview, in_channel, by_dm, says):
    project = roles.give(PROJECT.with_interview(interview), Role.ML, "A", Part.OWNER)
    change = roles.reach(project, BANK, Role.ML, in_channel=in_channel)
    assert change.project.interviews[Role.ML].by_dm is by_dm
    assert [type(saying.message) for saying in change.says] == says
    assert change.project.interviews[Role.ML].asked is None or not interview.trail
    assert all(saying.to == InInterview(1, Role.ML) for saying in change.says if isinstance(saying.message, Note))


def test_whoever_comes_into_the_channel_is_told_once_and_only_if_questions_are_left():
    both = PROJECT
    for role in (Role.ML, Role.ENG):
        both = roles.give(both, role, "A", Part.OWNER).with_interview(Interview(role, by_dm=True))
    assert [type(s.message) for s in roles.come_in(both, BANK, "A").says] == [Note]
    done = both
    for role in (Role.ML, Role.ENG):
        done = done.with_interview(Interview(role, by_dm=True, done=True))
    assert roles.come_in(done, BANK, "A").says == ()
    assert roles.come_in(both, BANK, "B").project == both


def test_a_vacancy_says_who_is_missing_or_who_steps_in_and_how_the_role_is_filled():
    project = replace(PROJECT, members=(Member(Role.ML, "A", Part.OWNER), Member(Role.ENG, "A", Part.OWNER)))
    both = roles.vacated(project, "A", "C", {Role.ML: "B"})
    assert both == (
        "<@C>, <@A>'s account was deactivated, so the product engineer of this kickoff is missing now. "
        "Everything said stays, and nobody is reminded in their place. "
        "<@B> was the backup and is the ML person from now on. `/align role eng @name` names somebody. "
        "The questions go on where they stopped."
    )
    assert roles.vacated(project, "B", "C", {}) == ""
    assert roles.vacated(project, "A", None, {}).startswith("<@A>'s account")


def test_the_first_backup_who_is_still_here_is_next_in_line():
    parts = (("A", Part.OWNER), ("B", Part.BACKUP), ("C", Part.BACKUP))
    project = replace(PROJECT, members=tuple(Member(Role.ML, user, part) for user, part in parts))
    assert roles.next_in_line(project, Role.ML, {"A"}) == "B"
    assert roles.next_in_line(project, Role.ML, {"A", "B"}) == "C"
    assert roles.next_in_line(project, Role.ENG, ()) is None


@pytest.mark.parametrize(
    ("interview", "moves"),
    [
        (ASKED, True),
        (Interview(Role.ML), True),
        (Interview(Role.ML, done=True), False),
        (replace(ASKED, by_dm=True), False),
    ],
)
def test_whoever_leaves_the_channel_is_asked_directly_and_the_others_hear_of_it_once(interview, moves):
    project = roles.give(PROJECT.with_interview(interview), Role.ML, "A", Part.OWNER)
    change = roles.go_out(project, BANK, "A")
    away, told = interview.by_dm, [type(s.message) for s in change.says]
    assert change.project.interviews[Role.ML].by_dm is (moves or away)
    assert told == ([] if away else [DirectIntro, Note] if moves else [Note])
    assert roles.go_out(project, BANK, "B") == Change(project)
