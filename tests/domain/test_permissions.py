"""Who may do what, as the table of the contract has it, over every kind of person."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.answers import Answer
from bot.domain.bank import Role
from bot.domain.errors import BotError
from bot.domain.kickoff import Place, check_starter
from bot.domain.people import Person, PersonKind
from bot.domain.permissions import NotAllowed, may_answer, may_steer, must_answer, must_steer
from bot.domain.project import Handover, Interview, Member, Part, Project
from bot.packs.loader import load_bank

BANK = load_bank()
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MEMBERS = (
    Member(Role.PM, "PM", Part.OWNER),
    Member(Role.ML, "ML", Part.OWNER),
    Member(Role.ML, "ALSO_ML", Part.CONTRIBUTOR),
    Member(Role.ML, "BACKUP", Part.BACKUP),
    Member(Role.ML, "HELPER", Part.HELPER),
    Member(Role.ENG, "ENG", Part.OWNER),
)
INTERVIEWS = {role: Interview(role) for role in Role}
INTERVIEWS[Role.ML] = replace(INTERVIEWS[Role.ML], handed={"ml.labels": Handover("HELPER", "ML", NOW)})
PROJECT = Project(
    1, "T1", "C1", False, "Ready-By", "", "STARTER", NOW, "UTC", members=MEMBERS, interviews=INTERVIEWS,
    answers={"pm.decider": Answer("DECIDER", "PM", NOW)},
)  # fmt: skip

#            answers pm.launch, ml.labels, ml.v1; steers
TABLE = {
    "PM": (True, False, False, True),
    "ML": (False, True, True, True),
    "ALSO_ML": (False, True, True, True),
    "BACKUP": (False, True, True, True),
    "HELPER": (False, True, False, False),
    "ENG": (False, False, False, True),
    "DECIDER": (False, False, False, True),
    "STARTER": (False, False, False, False),
    "ANYBODY": (False, False, False, False),
}


@pytest.mark.parametrize(("user", "row"), TABLE.items(), ids=TABLE)
def test_who_answers_and_who_steers(user, row):
    answers = [may_answer(PROJECT, BANK[id], user) for id in ("pm.launch", "ml.labels", "ml.v1")]
    assert (*answers, may_steer(PROJECT, user)) == row


@pytest.mark.parametrize("user", [user for user, row in TABLE.items() if not row[3]])
def test_whoever_may_not_steer_is_told_whom_to_ask(user):
    with pytest.raises(
        NotAllowed, match=r"Only the people of \*Ready-By\* can pause it: <@PM>, <@ML>, <@ENG>. Ask one"
    ):
        must_steer(PROJECT, user, "pause it")


def test_whoever_may_not_answer_is_told_whose_question_it_is_and_how_to_join():
    with pytest.raises(NotAllowed, match=r"for <@ML>, the ML person. To answer as well, .*`/align role ml \+ @you`"):
        must_answer(PROJECT, BANK["ml.v1"], "PM")
    vacant = replace(PROJECT, members=())
    with pytest.raises(NotAllowed, match=r"for the ML person, and nobody is named yet: `/align role ml @name`"):
        must_answer(vacant, BANK["ml.v1"], "PM")


def test_a_kickoff_in_which_nobody_has_a_role_is_steered_by_who_started_it():
    vacant = replace(PROJECT, members=(), answers={})
    must_steer(vacant, "STARTER", "pause it")
    with pytest.raises(NotAllowed, match="<@STARTER>"):
        must_steer(vacant, "ANYBODY", "pause it")


def test_a_name_in_a_refusal_is_harmless():
    with pytest.raises(NotAllowed, match="&lt;!channel&gt;"):
        must_steer(replace(PROJECT, name="<!channel>"), "ANYBODY", "pause it")


@pytest.mark.parametrize("kind", PersonKind)
@pytest.mark.parametrize("inside", [True, False])
def test_only_a_full_member_of_the_channel_starts_a_kickoff(kind, inside):
    person = Person("T1", "U1", "Ana", "UTC", kind, False, NOW)
    place = Place("C1", members=frozenset(["U1"] if inside else []))
    if kind is PersonKind.MEMBER and inside:
        check_starter(person, place)
    else:
        with pytest.raises(BotError):
            check_starter(person, place)
