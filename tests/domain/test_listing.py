"""The list of inputs as people shape it: told at a glance, made shorter, put into another order, read back."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain import listing
from bot.domain.answers import Answer, Mark
from bot.domain.bank import Role
from bot.domain.messages import Understood
from bot.domain.project import Member, Part, Reply
from bot.domain.ratings import VEILED
from bot.domain.replies import take
from bot.packs.loader import load_bank
from tests.domain.projects import started

BANK = load_bank()
LISTED, SURVEY = BANK["ml.inputs"], BANK["eng.input_survey"]
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PEOPLE = {"U0ANA": "Ana", "U0MEI": "Mei", "U0RAJ": "Raj"}
ZIP = {
    "name": "home zip code",
    "entity": "user",
    "transform": "lookup",
    "freshness_needed": {"value": 1, "unit": "d"},
    "importance": "must",
}
LOAD = {
    "name": "Kitchen load",
    "entity": "kitchen",
    "transform": "window_agg",
    "window": {"value": 5, "unit": "min"},
    "freshness_needed": {"value": 30, "unit": "s"},
    "importance": "nice",
}
AGE = {**ZIP, "name": "age"}
ZIP_SAID = {
    "name": "home zip code",
    "source": "table users",
    "source_kind": "db",
    "in_prod": "served",
    "owner": "U0RAJ",
}
LOAD_SAID = {"name": "Kitchen load", "source_kind": "stream", "in_prod": "raw", "owner": "<@U0RAJ> and friends"}


def project_of(listed=(ZIP, LOAD, AGE), surveyed=(ZIP_SAID, LOAD_SAID), *, partly=False):
    marks = frozenset({Mark.PARTIAL}) if partly else frozenset()
    answers = {}
    if listed:
        answers["ml.inputs"] = Answer(list(listed), "U0MEI", NOW, marks=marks)
    if surveyed:
        answers["eng.input_survey"] = Answer(list(surveyed), "U0RAJ", NOW, marks=frozenset({Mark.PARTIAL}))
    members = tuple(map(Member, Role, PEOPLE, [Part.OWNER] * 3))
    return replace(started(NOW, "UTC", members=members), answers=answers)


def names(project, question="ml.inputs"):
    answer = project.answers.get(question)
    return [row["name"] for row in answer.value] if answer else None


# ------------------------------------------------------------------ at a glance


def test_a_person_who_owns_an_input_is_shown_by_name():
    zip, load, _ = listing.lines(project_of(), BANK, PEOPLE, NOW)
    assert zip.owner == "Raj"
    assert load.owner == "Raj and friends"
    gone, *_ = listing.lines(project_of(surveyed=[{**ZIP_SAID, "owner": "<@U0GONE>"}]), BANK, PEOPLE, NOW)
    assert gone.owner == "a person no longer here"


def test_what_nobody_has_said_stays_open_and_what_is_blind_stays_closed():
    zip, _, age = listing.lines(project_of(), BANK, PEOPLE, NOW)
    assert (zip.importance, zip.source, zip.need, zip.difficulty) == ("must-have", "table users", "1 day", "easy")
    assert (age.difficulty, age.risk, age.weeks) == ("not known yet", "", "")
    assert age.need == VEILED


def test_without_a_place_the_kind_of_place_is_shown():
    _, load, _ = listing.lines(project_of(), BANK, PEOPLE, NOW)
    assert load.source == "A stream of events"


# ------------------------------------------------------------------ shorter, in another order


def drop(project, name):
    return listing.drop(project, BANK, name, by="U0MEI", at=NOW)


def test_an_input_leaves_both_lists_in_one_step():
    change = drop(project_of(), "Kitchen load")
    assert names(change.project) == ["home zip code", "age"]
    assert names(change.project, "eng.input_survey") == ["home zip code"]
    assert {version.question for version in change.versions} == {"ml.inputs", "eng.input_survey"}


def test_without_the_unsurveyed_one_the_survey_is_whole():
    after = drop(project_of(), "age").project
    assert after.settled("eng.input_survey")
    assert after.settled("ml.inputs")


def test_without_the_last_one_the_question_is_open_again():
    after = drop(project_of([ZIP], [ZIP_SAID]), "home zip code").project
    assert after.answers == {}


def test_what_is_on_no_list_changes_nothing():
    assert drop(project_of(), "nothing of the kind").versions == ()


@pytest.mark.parametrize(
    ("first", "order"),
    [
        (["age"], ["age", "home zip code", "Kitchen load"]),
        (["kitchen load", "age", "home zip code"], ["Kitchen load", "age", "home zip code"]),
        ([], ["home zip code", "Kitchen load", "age"]),
    ],
)
def test_those_that_are_picked_come_first_and_the_others_follow(first, order):
    after = listing.reorder(project_of(), BANK, first, by="U0MEI", at=NOW).project
    assert names(after) == order


def test_the_survey_follows_the_list():
    after = listing.reorder(project_of(), BANK, ["Kitchen load"], by="U0MEI", at=NOW).project
    assert names(after, "eng.input_survey") == ["Kitchen load", "home zip code"]


def test_the_order_it_has_is_no_change():
    assert listing.reorder(project_of(), BANK, ["home zip code"], by="U0MEI", at=NOW).versions == ()


# ------------------------------------------------------------------ who may


def test_who_may_change_edit_and_add():
    project = project_of()
    assert [listing.may_change(project, BANK, user) for user in PEOPLE] == [False, True, False]
    assert [listing.to_grow(project, BANK, user) for user in PEOPLE] == ["", "ml.inputs", "eng.input_survey"]
    assert listing.to_grow(project_of(()), BANK, "U0RAJ") == ""


def test_each_role_edits_its_own_row():
    project = project_of()
    assert listing.questions_about(project, BANK, "kitchen load", "U0MEI") == [LISTED]
    assert listing.questions_about(project, BANK, "Kitchen load", "U0RAJ") == [SURVEY]
    assert listing.questions_about(project, BANK, "age", "U0RAJ") == [SURVEY]  # its row is still to come
    assert listing.questions_about(project, BANK, "age", "U0ANA") == []


def test_the_first_step_names_who_lists_them():
    assert "<@U0MEI> lists them" in listing.first_step(project_of())
    assert "/align role ml @name" in listing.first_step(replace(project_of(), members=()))


# ------------------------------------------------------------------ read back


def test_a_row_is_read_back_in_plain_words():
    zip, load, _ = listing.understood(project_of(), LISTED).rows
    must, nice = "Must have: pointless without it", "Nice to have"
    assert sorted(zip.said) == sorted(("per user", "Looked up as it is stored", "at most 1 day old", must))
    average = "Average, sum or similar over a time window"
    assert sorted(load.said) == sorted(("per kitchen", average, "over 5 min", "at most 30 s old", nice))
    assert zip.lacks == load.lacks == ()


def test_what_a_row_lacks_is_named_and_the_first_such_row_is_filled_in_first():
    half = listing.understood(project_of([ZIP, {"name": "age", "entity": "user"}]), LISTED)
    assert half.half == 1
    assert half.rows[1].said == ("per user",)
    assert len(half.rows[1].lacks) == 3


def test_any_other_state_of_a_list_has_another_fingerprint():
    states = [[], [ZIP], [ZIP, AGE], [AGE, ZIP], [{**ZIP, "entity": "household"}]]
    assert len({listing.fingerprint(state) for state in states}) == len(states)
    assert listing.fingerprint([ZIP]) == listing.fingerprint([dict(reversed(ZIP.items()))])


def test_only_the_list_that_others_build_on_is_read_back():
    assert [q.id for q in BANK.questions if listing.is_read_back(BANK, q)] == ["ml.inputs"]


def asked(project, question):
    interview = project.interviews[Role.ML]
    return project.with_interview(replace(interview, asked=question, trail=(("1.000001", question),), posting=False))


def test_a_reply_is_read_back_once_and_settles_nothing():
    project = asked(project_of((), ()), "ml.inputs")
    reply = Reply("2.000001", "U0MEI", "age, per user, lookup, 1 d, must", NOW)
    change, question = take(project, BANK, Role.ML, reply)
    assert question == "ml.inputs"
    assert [s.message.rows[0].name for s in change.says if isinstance(s.message, Understood)] == ["age"]
    assert not change.project.settled("ml.inputs")
    again, _ = take(change.project, BANK, Role.ML, replace(reply, ts="3.000001"))
    assert not any(isinstance(s.message, Understood) for s in again.says)
