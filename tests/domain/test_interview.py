"""The rules of an interview as plain values: which question a reply answers, what comes next, what is whole."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain import detours, lists, replies, telling
from bot.domain import interview as rules
from bot.domain.answers import UNKNOWN, Answer, Mark, Source, State
from bot.domain.bank import Role
from bot.domain.messages import Ask, Record, SecondChance
from bot.domain.project import Interview, Member, Part, Project, Reply, Version
from bot.packs.loader import load_bank

BANK = load_bank()
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ANA, MEI, RAJ, LEA = "U0ANA", "U0MEI", "U0RAJ", "U0LEA"
DECISION = "Dispatchers hold a courier back when the order will be ready late."


def started():
    """A kickoff whose first three questions are on their way."""
    members = tuple(
        Member(role, user, Part.OWNER) for role, user in zip((Role.PM, Role.ML, Role.ENG), (ANA, MEI, RAJ), strict=True)
    )
    held = {role: Interview(role, place=Source("C1", f"{n}.0")) for n, role in enumerate(Role, 1)}
    fresh = Project(1, "T1", "C1", False, "Ready-By", "", ANA, NOW, "Europe/Zagreb", members=members, interviews=held)
    return rules.advance(fresh, BANK, NOW).project


def posted(project, role, ts):
    asked = project.interviews[role].asked
    return detours.posted(project, BANK, role, asked, Source("C1", ts)).project


def typed(project, role, words, ts, by=ANA):
    reply = Reply(ts, by, words, NOW)
    change, question = replies.take(project, BANK, role, reply)
    return change, question


def settled(project, id, value, by=ANA):
    return rules.settle(project, BANK, BANK[id], Answer(value, by, NOW)).project


def said(change, kind):
    return [saying.message for saying in change.says if isinstance(saying.message, kind)]


@pytest.mark.parametrize(
    ("ts", "question"),
    [("9.999999", None), ("10.000000", None), ("10.000001", "pm.user_decision"), ("19.9", "pm.user_decision"),
     ("20.000001", "pm.success_metric"), ("30.5", None)],
)  # fmt: skip
def test_a_reply_answers_the_newest_question_posted_before_it(ts, question):
    trail = (("10.000000", "pm.user_decision"), ("20.000000", "pm.success_metric"), ("30.000000", None))
    assert Interview(Role.PM, trail=trail).asked_before(ts) == question


def test_what_is_typed_while_the_next_question_is_on_its_way_waits_for_it():
    project = posted(started(), Role.PM, "10.0")
    change, question = typed(project, Role.PM, DECISION, "11.0")
    assert question == "pm.user_decision"
    change, question = typed(change.project, Role.PM, "late pickups", "12.0")
    assert question is None
    assert [reply.text for reply in change.project.interviews[Role.PM].held] == ["late pickups"]


@pytest.mark.parametrize(("at", "question"), [("11.5", "pm.success_metric"), ("13.5", "pm.user_decision")])
def test_a_reply_that_waited_is_filed_by_when_the_question_was_posted(at, question):
    project = typed(posted(started(), Role.PM, "10.0"), Role.PM, DECISION, "11.0")[0].project
    project = typed(project, Role.PM, "late pickups", "12.0")[0].project
    _, [(_, filed)] = replies.take_held(posted(project, Role.PM, at), BANK, Role.PM)
    assert filed == question


def test_another_question_still_on_its_way_keeps_replies_waiting():
    project = settled(started(), "pm.user_decision", DECISION)
    project = detours.posted(project, BANK, Role.PM, "pm.user_decision", Source("C1", "10.0")).project
    assert project.interviews[Role.PM].posting
    assert not posted(project, Role.PM, "11.0").interviews[Role.PM].posting


def test_an_answer_is_shown_then_followed_up_and_only_then_comes_the_next_question():
    change, _ = typed(posted(started(), Role.PM, "10.0"), Role.PM, "Better experience for users", "11.0")
    kinds = [type(s.message) for s in change.says if isinstance(s.message, Ask | Record | SecondChance)]
    assert kinds == [Record, SecondChance, Ask]


def test_a_follow_up_to_a_vague_answer_comes_once():
    project = posted(started(), Role.PM, "10.0")
    first = rules.settle(project, BANK, BANK["pm.user_decision"], Answer("asap", ANA, NOW))
    again = rules.settle(first.project, BANK, BANK["pm.user_decision"], Answer("soon", ANA, NOW))
    assert (len(said(first, SecondChance)), len(said(again, SecondChance))) == (1, 0)


def test_several_vague_answers_of_one_form_get_one_follow_up():
    answers = {id: Answer("asap", ANA, NOW) for id in ("pm.user_decision",)}
    answers["pm.error_cost"] = Answer({"worse": "miss", "cost": "tbd"}, ANA, NOW)
    change = rules.settle_several(posted(started(), Role.PM, "10.0"), BANK, answers, NOW)
    [chance] = said(change, SecondChance)
    assert "“Who acts on it” and “Cost of mistakes”" in chance.say
    assert [ask.question for ask in said(change, Ask) if not ask.so_far] == ["pm.success_metric"]


def test_saying_the_same_again_is_no_new_version():
    project = settled(posted(started(), Role.PM, "10.0"), "pm.user_decision", DECISION)
    change = rules.settle(project, BANK, BANK["pm.user_decision"], Answer(DECISION, ANA, NOW + timedelta(days=1)))
    assert (change.says, change.versions) == ((), ())


def test_an_answer_given_by_another_role_is_a_guess_until_the_role_confirms_it():
    project = settled(started(), "pm.user_decision", DECISION, by=RAJ)
    assert Mark.GUESS in project.answers["pm.user_decision"].marks
    confirmed = settled(project, "pm.user_decision", DECISION, by=ANA).answers["pm.user_decision"]
    assert (confirmed.by, confirmed.marks) == (ANA, frozenset())


def test_what_the_kickoff_needs_is_not_skipped():
    project = started()
    change = detours.skip(project, BANK, BANK["ml.feasibility"], NOW)
    assert (change.project, change.says) == (project, ())


def test_all_skipped_questions_come_back_once_and_then_it_is_over():
    project = settled(posted(started(), Role.PM, "10.0"), "pm.today", {"now": "rule", "rule_tried": "not_enough"})
    order = []
    for n in range(11, 60):
        asked = project.interviews[Role.PM].asked
        if asked is None:
            break
        order.append(asked)
        project = posted(detours.skip(project, BANK, BANK[asked], NOW).project, Role.PM, f"{n}.0")
    once = [q.id for q in BANK.of(Role.PM) if not q.blocking]
    assert order == once * 2
    assert project.interviews[Role.PM].done


def test_handing_over_and_back_to_the_owner():
    question = BANK["pm.user_decision"]
    there = detours.hand_over(posted(started(), Role.PM, "10.0"), BANK, question, to=LEA, by=ANA, at=NOW).project
    assert there.interviews[Role.PM].asked == "pm.success_metric"
    assert there.people(Role.PM) == (ANA,)
    back = detours.hand_over(there, BANK, question, to=ANA, by=LEA, at=NOW).project
    assert not back.interviews[Role.PM].handed
    assert rules.next_question(back, BANK, Role.PM) == question


def test_a_record_of_what_is_handed_over_names_who_stays_accountable():
    question = BANK["pm.user_decision"]
    project = detours.hand_over(started(), BANK, question, to=LEA, by=ANA, at=NOW).project
    half = rules.keep_part(project, BANK, question, Answer(None, LEA, NOW, note="let me see")).project
    told = telling.told(half, BANK, question)
    assert (told.helper, told.by) == (LEA, ANA)


@pytest.mark.parametrize(
    ("role", "helper", "suggested"),
    [("pm", "ml", MEI), ("ml", "eng", RAJ), ("eng", "pm", ANA), ("eng", "eng_lead", None)],
)
def test_who_may_know_is_the_partner_and_never_the_person_asked(role, helper, suggested):
    question = next(q for q in BANK.of(Role(role)) if q.helper == helper)
    assert telling.suggested_helper(started(), question) == suggested


def test_nobody_is_suggested_who_has_the_role_themselves():
    project = replace(started(), members=(Member(Role.PM, ANA, Part.OWNER), Member(Role.ML, ANA, Part.OWNER)))
    assert telling.suggested_helper(project, BANK["pm.user_decision"]) is None


ROWS = [{"name": "home zip code"}, {"name": "average location"}]


@pytest.mark.parametrize(
    ("row", "index", "names"),
    [
        ({"name": "load"}, None, ["home zip code", "average location", "load"]),
        ({"name": "Home ZIP code"}, None, ["Home ZIP code", "average location"]),
        ({"name": "load"}, 1, ["home zip code", "load"]),
        ({"name": "load"}, 7, ["home zip code", "average location", "load"]),
    ],
)
def test_a_row_is_added_or_put_over_one(row, index, names):
    assert [r["name"] for r in lists.with_row(ROWS, BANK["ml.inputs"], row, index)] == names


def surveyed(*rows):
    complete = [{**row, "source": "a table", "source_kind": "db", "in_prod": "served"} for row in rows]
    project = started().with_answer("ml.inputs", Answer(ROWS, MEI, NOW))
    return project, complete


@pytest.mark.parametrize(
    ("rows", "left", "whole"),
    [
        ([], ["home zip code", "average location"], False),
        ([{"name": "home zip code"}], ["average location"], False),
        ([{"name": "HOME zip-code"}, {"name": "average location"}], [], True),
        ([{"name": "average location"}, {"name": "home zip code"}, {"name": "load"}], [], True),
    ],
)
def test_a_survey_is_whole_once_each_listed_input_is_described(rows, left, whole):
    survey = BANK["eng.input_survey"]
    project, complete = surveyed(*rows)
    assert lists.left_to_survey(project, survey, complete) == left
    assert rules.whole(project, survey, complete) is whole


def version(value, ts=None, note=""):
    source = Source("C1", ts) if ts else None
    return Version("pm.user_decision", value and Answer(value, ANA, NOW, source, note=note), ANA, NOW)


@pytest.mark.parametrize(
    ("versions", "ts", "base", "made_of"),
    [
        ([version("a", "1.0")], "1.0", None, ["1.0"]),
        ([version("a", "1.0"), version("a\nb", "2.0")], "1.0", None, ["1.0", "2.0"]),
        ([version("form"), version("form\nb", "2.0")], "2.0", "form", ["2.0"]),
        ([version("a", "1.0"), version(None)], "1.0", None, ["1.0"]),
        ([], "3.0", None, ["3.0"]),
    ],
)
def test_an_edited_reply_is_read_again_with_the_others_that_count(versions, ts, base, made_of):
    before, since = replies.typed_since(versions, ts)
    assert (before and before.value, since) == (base, made_of)


def test_an_edited_reply_no_longer_counts_once_a_form_said_something_else():
    assert replies.typed_since([version("a", "1.0"), version("form")], "1.0") is None


def test_a_closed_fact_is_shown_to_nobody_before_all_have_answered_it():
    question = BANK["ml.pairing"]
    project = settled(started(), question.id, "weekly", by=MEI)
    assert telling.told(project, BANK, question).value is None
    both = settled(project, "eng.pairing", "monthly", by=RAJ)
    assert telling.told(both, BANK, question).value == "weekly"


def test_not_knowing_a_closed_fact_is_open():
    project = settled(started(), "ml.pairing", dict(UNKNOWN), by=MEI)
    told = telling.told(project, BANK, BANK["ml.pairing"])
    assert (told.hidden, told.state, told.suggested) == (False, State.UNKNOWN, RAJ)


def test_today_is_the_projects_day():
    project = posted(started(), Role.PM, "10.0")
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # in Zagreb it is the next day already
    heard = replies.hear(project, BANK["pm.launch"], None, Reply("11.0", ANA, "tomorrow, fixed", late))
    assert heard.answer.value == {"date": "2026-03-04", "flexibility": "fixed"}
