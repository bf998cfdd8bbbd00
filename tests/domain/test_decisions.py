"""Decisions: which hold, which are about one subject, who may take one back, how they are told of."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import decisions
from bot.domain.answers import Answer
from bot.domain.commitments import Decision
from bot.domain.decisions import Wish
from bot.domain.errors import BotError, FieldErrors
from bot.domain.messages import DecisionLogged, Note, UnderCard
from bot.domain.permissions import NotAllowed
from tests.domain.projects import MONDAY, started

NAMES = {"ANA": "Ana", "MEI": "Mei", "RAJ": "Raj"}
LATER = MONDAY + timedelta(days=8)


def wish(what="We launch in May", about="launch date", **more):
    return Wish(what, more.pop("why", "The contract says so"), about, **more)


def decided(*wishes, by="ANA"):
    project = started()
    for day, one in enumerate(wishes):
        project = decisions.log(project, one, NAMES, by=by, at=MONDAY + timedelta(days=day)).project
    return project


def numbers(some):
    return [one.number for one in some]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("launch date", "Launch date"),
        ("launch date", "the launch dates!"),
        ("launch date", "  LAUNCH—DATE "),
        ("a café", "cafe"),
        ("price", "prices"),
        ("the", "The"),
        ("🚀", "🚀"),
    ],
)
def test_the_same_subject_in_other_words_is_one(one, other):
    assert decisions.subject(one) == decisions.subject(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("launch date", "launch place"),
        ("loss", "los"),
        ("a", "the"),
        ("か", "が"),
        ("🚀", "🔥"),
        ("C", "C1"),
    ],
)
def test_other_subjects_stay_apart(one, other):
    assert decisions.subject(one) != decisions.subject(other)


@given(st.text(max_size=100))
def test_a_subject_compared_is_never_empty_unless_nothing_was_said(about):
    assert bool(decisions.subject(about)) is bool(about.split())


def test_the_first_is_number_one_and_is_told_in_the_cards_thread_by_name():
    change = decisions.log(started(), wish(who=("MEI", "GONE"), link="https://x"), NAMES, by="ANA", at=MONDAY)

    assert change.project.decisions == (
        Decision(1, "We launch in May", "The contract says so", "", ("MEI", "GONE"), "launch date", "https://x", "ANA",
                 MONDAY),
    )  # fmt: skip
    (saying,) = change.says
    assert saying.to == UnderCard(1)
    assert saying.message == DecisionLogged(
        1, 1, "We launch in May", "The contract says so", "", "launch date", ("Mei", "a person no longer here"),
        "https://x",
    )  # fmt: skip


def test_without_deciders_it_is_the_one_who_logs_it():
    assert decided(wish()).decisions[0].who == ("ANA",)


@pytest.mark.parametrize("field", ["what", "why", "about"])
def test_what_why_and_subject_are_needed(field):
    with pytest.raises(FieldErrors) as wrong:
        decisions.log(started(), replace(wish(), **{field: " \n "}), NAMES, by="ANA", at=MONDAY)
    assert list(wrong.value.fields) == [field]


def test_a_later_one_takes_the_place_of_an_earlier_one_that_stays_on_record():
    project = decided(wish(), wish("We launch in June", supersedes=1))

    assert numbers(decisions.active(project)) == [2]
    assert numbers(decisions.newest_first(project)) == [2, 1]
    assert decisions.conflicts(project) == ()
    assert decisions.superseded_by(project) == {1: 2}


def test_what_was_superseded_meanwhile_cannot_be_superseded_again_and_its_successor_is_named():
    project = decided(wish(), wish("June", supersedes=1))
    with pytest.raises(FieldErrors) as wrong:
        decisions.log(project, wish("July", supersedes=1), NAMES, by="MEI", at=LATER)
    assert wrong.value.fields["supersedes"].startswith("#1 was superseded by #2 meanwhile.")


@pytest.mark.parametrize("number", [1, 7])
def test_what_was_withdrawn_or_never_was_cannot_be_superseded(number):
    project = decisions.withdraw(decided(wish()), 1, by="ANA").project
    with pytest.raises(FieldErrors, match=f"#{number} was withdrawn meanwhile"):
        decisions.log(project, wish(supersedes=number), NAMES, by="MEI", at=LATER)


def test_two_that_hold_about_one_subject_are_pointed_out_when_the_second_is_logged():
    project = decided(wish(), wish("Two people", about="team"))
    change = decisions.log(project, wish("June", about="The Launch Dates"), NAMES, by="ANA", at=LATER)

    assert change.says[0].message.beside == (1,)
    assert [numbers(group) for group in decisions.conflicts(change.project)] == [[1, 3]]


def test_what_is_superseded_or_withdrawn_stands_beside_nothing():
    project = decided(wish(), wish("June", supersedes=1), wish("July"))
    assert [numbers(group) for group in decisions.conflicts(project)] == [[2, 3]]
    assert decisions.conflicts(decisions.withdraw(project, 3, by="ANA").project) == ()


def test_what_a_withdrawn_one_had_superseded_holds_again():
    change = decisions.withdraw(decided(wish(), wish("June", supersedes=1)), 2, by="MEI")

    assert numbers(decisions.active(change.project)) == [1]
    assert numbers(decisions.newest_first(change.project)) == [1]
    assert [type(saying.message) for saying in change.says] == [Note]
    assert change.says[0].message.text == "↩️ <@MEI> withdrew decision #2 about launch date: “June”. #1 holds again."


def test_only_what_holds_can_be_withdrawn():
    project = decided(wish(), wish("June", supersedes=1))
    with pytest.raises(BotError, match="#1 was superseded by #2"):
        decisions.withdraw(project, 1, by="ANA")
    with pytest.raises(BotError, match="#2 is withdrawn already"):
        decisions.withdraw(decisions.withdraw(project, 2, by="ANA").project, 2, by="ANA")
    with pytest.raises(BotError, match="don't see this decision"):
        decisions.withdraw(project, 9, by="ANA")


def test_the_three_roles_people_and_the_decider_log_and_others_are_told_whom_to_ask():
    project = started().with_answer("pm.decider", Answer("DEE", "ANA", MONDAY))
    for user in ("ANA", "MEI", "RAJ", "DEE"):
        decisions.must_log(project, user)
    with pytest.raises(NotAllowed, match="log its decisions: <@ANA>, <@MEI>, <@RAJ>"):
        decisions.must_log(project, "BOB")


def test_who_logged_it_who_decided_it_and_who_steers_may_withdraw_and_nobody_else():
    one = replace(decided(wish(who=("BOB",))).decisions[0], by="SUE")
    for user in ("SUE", "BOB", "ANA", "RAJ"):
        decisions.must_withdraw(started(), one, user)
    with pytest.raises(NotAllowed, match="<@SUE> logged it"):
        decisions.must_withdraw(started(), one, "EVE")


def test_earlier_subjects_are_offered_once_each_the_newest_first_in_their_latest_words():
    project = decided(wish(about="launch date"), wish(about="team"), wish(about="Launch Dates"))
    assert decisions.subjects(project) == ("Launch Dates", "team")


def test_the_page_shows_what_holds_the_newest_first_with_names_and_marks_doubt():
    project = decided(wish(), wish("Two people", about="team", why="One is ill"), wish("June", who=("MEI",)))
    assert [(line.title, line.text) for line in decisions.brief_lines(project, NAMES)] == [
        ("#3 launch date", "⚠️ one of several: June (The contract says so; Mei)"),
        ("#2 team", "Two people (One is ill; Ana)"),
        ("#1 launch date", "⚠️ one of several: We launch in May (The contract says so; Ana)"),
    ]


def test_the_week_tells_what_was_decided_in_it_and_always_what_does_not_go_together():
    project = decided(wish(), wish("Two people.", about="team"), wish("June", supersedes=1), wish("July"))
    since = MONDAY + timedelta(days=1)

    assert decisions.digest_lines(project, since, LATER) == (
        "#3 June (instead of #1)",
        "#4 July",
        "Two decisions about “launch date”: #3 and #4. Which one holds?",
    )
    assert decisions.digest_lines(project, None, LATER)[0] == "#2 Two people"
    assert decisions.digest_lines(started(), None, LATER) == ()


ANY = st.text(max_size=40)


@given(st.lists(st.tuples(ANY, ANY, st.none() | st.integers(1, 6), st.booleans()), max_size=8))
def test_whatever_is_done_numbers_stay_and_each_is_superseded_by_one_at_most(steps):
    project = started()
    for what, about, earlier, back in steps:
        try:
            if back:
                project = decisions.withdraw(project, earlier or 1, by="ANA").project
            else:
                said = Wish(what, "why", about, supersedes=earlier)
                project = decisions.log(project, said, NAMES, by="ANA", at=MONDAY).project
        except BotError:
            continue
    assert numbers(project.decisions) == list(range(1, len(project.decisions) + 1))
    replaced = [one.supersedes for one in project.decisions if one.supersedes and not one.withdrawn]
    assert len(replaced) == len(set(replaced))
    assert all(len(group) > 1 for group in decisions.conflicts(project))
