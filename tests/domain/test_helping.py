"""Who may know: functions, partner roles, owners of sources, who decides; and who is not asked again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import detours, helping, telling
from bot.domain import interview as rules
from bot.domain.answers import UNKNOWN, Answer, Mark, State
from bot.domain.bank import Role
from bot.domain.chronicle import EventType, Happened
from bot.domain.errors import BotError
from bot.domain.messages import WhoElse
from bot.domain.permissions import NotAllowed
from bot.domain.project import Member, Part
from bot.packs.loader import load_bank
from tests.domain.projects import MONDAY, started

BANK = load_bank()
LISTED = [{"name": "zip"}, {"name": "load"}]


def survey(*owners):
    rows = [{"name": row["name"], "owner": owner} for row, owner in zip(LISTED, owners, strict=True)]
    listed = started().with_answer("ml.inputs", Answer(LISTED, "MEI", MONDAY))
    return listed.with_answer("eng.input_survey", Answer(rows, "RAJ", MONDAY))


def may_know(project, id):
    return helping.suggested(project, BANK[id])


@pytest.mark.parametrize(
    ("id", "who"),
    [
        ("pm.user_decision", "MEI"),  # its helper: ml
        ("pm.response_time", "RAJ"),  # eng
        ("pm.success_target", None),  # the analyst is nobody, and the PM is who was asked
        ("ml.labels", "ANA"),  # pm
        ("ml.inputs", "RAJ"),  # eng
        ("ml.feasibility", None),  # ml_lead
        ("eng.input_survey", None),  # data_owner
        ("eng.latency_budget", "ANA"),  # pm
        ("eng.limits", "ANA"),  # legal_or_lead: the PM's side
        ("eng.skew_plan", "MEI"),  # ml
    ],
)
def test_a_question_leads_to_the_partner_who_may_know(id, who):
    assert may_know(started(), id) == who


@pytest.mark.parametrize(
    ("id", "functions", "who"),
    [
        ("eng.limits", {"legal": "LEX"}, "LEX"),
        ("eng.limits", {"pm_lead": "PIA"}, "PIA"),
        ("eng.limits", {"legal": "LEX", "pm_lead": "PIA"}, "LEX"),
        ("eng.limits", {"legal": "RAJ", "pm_lead": "PIA"}, "PIA"),  # never who was asked
        ("pm.success_target", {"analyst": "ALI"}, "ALI"),
        ("ml.feasibility", {"ml_lead": "MAX"}, "MAX"),
        ("ml.feasibility", {"eng_lead": "EVA"}, None),
        ("eng.input_survey", {"data_owner": "DOT"}, "DOT"),
        ("eng.slos", {"sre": "SUE"}, "SUE"),
        ("pm.user_decision", {"ml_lead": "MAX"}, "MEI"),  # it asks for the ML person, not for a lead
    ],
)
def test_somebody_named_for_the_matter_comes_first(id, functions, who):
    assert may_know(started(functions=functions), id) == who


def test_without_anybody_else_who_decides_may_know():
    decided = started().with_answer("pm.decider", Answer("DAN", "ANA", MONDAY))
    assert may_know(decided, "ml.feasibility") == "DAN"
    assert may_know(decided, "ml.inputs") == "RAJ"


@pytest.mark.parametrize("helper", sorted({q.helper for q in BANK.questions}))
def test_every_helper_of_the_bank_leads_somewhere(helper):
    everybody = started(functions=dict.fromkeys(helping.FUNCTIONS, "FAY")).with_answer(
        "pm.decider", Answer("DAN", "ANA", MONDAY)
    )
    question = next(q for q in BANK.questions if q.helper == helper)
    expected = {"pm": "ANA", "ml": "MEI", "eng": "RAJ", "decider": "DAN"}.get(helper, "FAY")
    assert helping.suggested(everybody, question) == expected


@pytest.mark.parametrize(
    ("owners", "who"),
    [(("the accounts team", ""), None), (("<@U0OLA>", ""), "U0OLA"), (("team", " <@U0OLA|ola> "), "U0OLA")],
)
def test_what_production_has_is_asked_of_the_engineer_then_of_who_owns_the_source(owners, who):
    assert may_know(survey(*owners), "ml.inputs") == "RAJ"
    assert may_know(survey(*owners), "eng.input_survey") == who


def test_an_owner_is_not_asked_about_anything_else():
    assert may_know(survey("<@U0OLA>", ""), "pm.success_target") is None


def left(user):
    return Happened(EventType.LEFT, MONDAY, user=user)


def test_somebody_who_has_left_is_not_suggested():
    project = started(functions={"legal": "LEX"}, events=(left("LEX"),))
    assert may_know(project, "eng.limits") == "ANA"


def test_whoever_just_said_that_they_dont_know_is_not_suggested():
    project = started().with_answer("ml.labels", Answer(dict(UNKNOWN), "ANA", MONDAY))
    assert may_know(project, "ml.labels") is None


def test_nobody_is_asked_about_a_matter_any_more_once_they_have_left():
    project = started(functions={"legal": "LEX", "sre": "SUE", "data_owner": "LEX"})
    assert helping.without(project, "LEX").functions == {"sre": "SUE"}
    assert helping.without(project, "ANA") is project


def test_a_question_that_nobody_knows_is_shown_anew_where_somebody_else_is_suggested_now():
    before = started().with_answer("eng.limits", Answer(dict(UNKNOWN), "RAJ", MONDAY))
    after = replace(before, functions={"legal": "LEX", "sre": "SUE"})
    assert [q.id for q in helping.resuggested(before, after, BANK)] == ["eng.limits"]


QUESTION = BANK["ml.inputs"]


def asked(project=None, to="RAJ", by="MEI"):
    return detours.hand_over(project or started(), BANK, QUESTION, to=to, by=by, at=MONDAY).project


def refuse(project, by="RAJ"):
    return detours.refuse(project, BANK, QUESTION, by=by, at=MONDAY)


def take_back(project, by):
    return detours.take_back(project, BANK, QUESTION, by=by, at=MONDAY)


def unknown(project):
    return detours.unknown(project, BANK, QUESTION, Answer(dict(UNKNOWN), "MEI", MONDAY)).project


def test_who_can_not_help_is_not_suggested_again_and_who_asked_is_told():
    decided = started().with_answer("pm.decider", Answer("DAN", "ANA", MONDAY))
    change = refuse(asked(decided))
    assert [say.message for say in change.says if isinstance(say.message, WhoElse)] == [
        WhoElse(1, "ml.inputs", "MEI", "RAJ", "DAN")
    ]
    assert not change.project.interviews[Role.ML].handed
    assert telling.suggested_helper(change.project, QUESTION) == "DAN"


def test_an_i_dont_know_stays_one_when_the_helper_can_not_help():
    change = refuse(asked(unknown(started())))
    assert change.project.answers["ml.inputs"].value == dict(UNKNOWN)
    assert change.project.answers["ml.inputs"].by == "MEI"


def test_only_who_is_asked_can_refuse():
    with pytest.raises(NotAllowed, match="<@RAJ> is asked this one"):
        refuse(asked(), by="MEI")
    with pytest.raises(NotAllowed, match="Nobody else is asked this any more"):
        refuse(started())


def test_somebody_who_is_asked_again_after_all_has_not_refused():
    again = asked(refuse(asked()).project)
    assert again.interviews[Role.ML].handed["ml.inputs"].to == "RAJ"
    assert not again.interviews[Role.ML].refused


def test_a_helper_who_doesnt_know_either_can_not_help():
    change = detours.unknown(asked(to="LEA"), BANK, QUESTION, Answer(dict(UNKNOWN), "LEA", MONDAY))
    assert change.project.state("ml.inputs") is State.UNANSWERED
    assert change.project.interviews[Role.ML].refused == {"ml.inputs": ("LEA",)}


@pytest.mark.parametrize("by", ["MEI", "MAX"])
def test_who_asked_and_the_people_of_the_role_take_a_question_back(by):
    project = started().with_member(Member(Role.ML, "MAX", Part.CONTRIBUTOR))
    change = take_back(asked(unknown(project)), by)
    assert not change.project.interviews[Role.ML].handed
    assert change.project.state("ml.inputs") is State.UNANSWERED
    assert [version.answer for version in change.versions] == [None]


def test_a_question_that_is_taken_back_is_asked_anew():
    alone = started()
    others = {q.id: Answer(dict(UNKNOWN), "MEI", MONDAY) for q in BANK.of(Role.ML) if q.id != "ml.inputs"}
    alone = replace(alone, answers=others)
    project = rules.advance(asked(alone), BANK, MONDAY).project
    assert project.interviews[Role.ML].done
    assert take_back(project, "MEI").project.interviews[Role.ML].asked == "ml.inputs"


def test_nobody_else_takes_a_question_back():
    with pytest.raises(NotAllowed, match="<@MEI> or the ML person can take it back"):
        take_back(asked(), "ANA")
    with pytest.raises(BotError, match="nothing to take back"):
        take_back(started(), "MEI")


@pytest.mark.parametrize("leave", [refuse, lambda project: take_back(project, "MEI")])
def test_who_helps_with_nothing_else_has_no_part_in_it_any_more(leave):
    helper = Member(Role.ML, "LEA", Part.HELPER)
    one = asked(to="LEA")
    two = detours.hand_over(one, BANK, BANK["ml.labels"], to="LEA", by="MEI", at=MONDAY).project
    act = leave if leave is not refuse else lambda project: refuse(project, by="LEA")
    assert helper not in act(one).project.members
    assert helper in act(two).project.members


def answered(project, by, value="many", id="ml.feasibility"):
    return rules.settle(project, BANK, BANK[id], Answer(value, by, MONDAY + timedelta(days=1))).project


FEASIBILITY = BANK["ml.feasibility"]


def helped():
    project = detours.hand_over(started(), BANK, FEASIBILITY, to="LEA", by="MEI", at=MONDAY).project
    return answered(project, "LEA", "proven_here")


def test_what_a_helper_said_keeps_both_names():
    told = telling.told(helped(), BANK, FEASIBILITY)
    assert (told.by, told.asked_by, told.guess) == ("LEA", "MEI", True)


def test_what_the_role_says_itself_is_its_own():
    own = answered(helped(), "MEI", "unlikely")
    assert telling.told(own, BANK, FEASIBILITY).asked_by == ""
    assert Mark.GUESS not in own.answers["ml.feasibility"].marks


def test_what_is_taken_back_was_nobodys_help():
    gone = detours.withdraw(helped(), BANK, FEASIBILITY, by="MEI", at=MONDAY).project
    assert not gone.interviews[Role.ML].helped


def test_engineering_is_first_heard_when_one_of_its_own_people_says_something():
    by_another = answered(started(), "MEI", "batch", "eng.serving")
    assert by_another.interviews[Role.ENG].first_at is None
    own = answered(by_another, "RAJ", "request_time", "eng.serving")
    assert own.interviews[Role.ENG].first_at == MONDAY + timedelta(days=1)
    later = rules.settle(own, BANK, BANK["eng.serving"], Answer("batch", "RAJ", MONDAY + timedelta(days=9))).project
    assert later.interviews[Role.ENG].first_at == MONDAY + timedelta(days=1)


def test_of_the_others_it_is_not_kept_how_soon_they_were_heard():
    assert answered(started(), "MEI", "unlikely").interviews[Role.ML].first_at is None
