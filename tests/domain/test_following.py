"""Findings over time: seen, told once, lived with for a while, solved, and seen again."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import deciding, following
from bot.domain.answers import Answer, Source
from bot.domain.bank import Role
from bot.domain.chronicle import Status
from bot.domain.errors import BotError, FieldErrors
from bot.domain.findings import Severity
from bot.domain.messages import FindingCard, FindingSolved, Note
from bot.domain.permissions import NotAllowed
from bot.domain.project import Change, Interview, Member, Part, Stage
from bot.packs.loader import load_bank
from tests.domain import projects

BANK = load_bank()
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
PM, ML, ENG, BOSS = "U0ANA", "U0MEI", "U0RAJ", "U0BOSS"
KEY = "feasibility_unproven"
UNLIKELY, PROVEN = {"ml.feasibility": "unlikely"}, {"ml.feasibility": "proven_here"}


def started(**more):
    members = tuple(Member(role, user, Part.OWNER) for role, user in zip(Role, (PM, ML, ENG), strict=True))
    held = {role: Interview(role, place=Source("C1", f"{n}.0")) for n, role in enumerate(Role, 1)}
    return projects.started(NOW, **{"started_by": PM, "members": members, "interviews": held, **more})


def saying(project, values, at=NOW):
    """Somebody says something, and the rules look."""
    after = project
    for id, value in values.items():
        after = after.with_answer(id, Answer(value, project.owner(BANK[id].role) or PM, at))
    return following.follow(after, BANK, project, at)


def said(change, kind=FindingCard):
    return [saying.message for saying in change.says if isinstance(saying.message, kind)]


def critical(**more):
    return saying(started(**more), UNLIKELY).project


def accepted(project, *, days=30, by=PM, at=NOW, key=KEY):
    until = at.date() + timedelta(days=days)
    return deciding.live_with(
        project, BANK, project.followed[key], by=by, reason="A pilot says more in May", until=until, at=at
    )


def test_a_critical_finding_is_told_once_with_the_one_who_acts():
    change = saying(started(), UNLIKELY)
    (card,) = said(change)

    assert (card.key, card.severity, card.person, card.status) == (KEY, "critical", ML, "open")
    assert said(saying(change.project, {"ml.v1": "boosted_trees"})) == []


def test_what_is_not_critical_is_kept_and_told_by_the_digest():
    change = saying(started(), {"ml.feasibility": "plausible_untested"})

    assert change.project.followed[KEY].severity is Severity.HIGH
    assert change.says == ()


def test_a_change_that_rules_do_not_read_is_not_looked_at():
    before = started()
    change = following.follow(replace(before, name="Other"), BANK, before, NOW)
    assert change == Change(replace(before, name="Other"))


@pytest.mark.parametrize(
    ("stage", "told"), [(Stage.ACTIVE, 1), (Stage.LAUNCHED, 1), (Stage.PAUSED, 0), (Stage.CLOSED, 0)]
)
def test_only_a_project_that_runs_is_told(stage, told):
    assert len(said(saying(started(stage=stage), UNLIKELY))) == told


@pytest.mark.parametrize(
    ("away", "back"), [({"stage": Stage.PAUSED}, {"stage": Stage.ACTIVE}), ({"reachable": False}, {"reachable": True})]
)
def test_what_was_found_while_nobody_could_be_told_is_told_when_it_goes_on(away, back):
    found = saying(started(**away), UNLIKELY)
    change = following.follow(replace(found.project, **back), BANK, found.project, NOW)
    assert (len(said(found)), len(said(change))) == (0, 1)


def test_a_solved_finding_says_so_once_and_its_card_shows_it():
    project = critical()
    project = following.stands(
        project, project.followed[KEY], Source("C1", "9.0"), said(saying(started(), UNLIKELY))[0]
    )
    assert project.says == (), "a card that is right is not written again"
    change = saying(project.project, PROVEN)

    assert [card.status for card in said(change)] == ["resolved"]
    assert len(said(change, FindingSolved)) == 1
    assert said(following.look_again(change.project, BANK, NOW + DAY), FindingSolved) == []


def test_a_card_that_was_overtaken_on_its_way_is_put_right():
    (posted,) = said(saying(started(), UNLIKELY))
    solved = saying(critical(), PROVEN).project
    change = following.stands(solved, solved.followed[KEY], Source("C1", "9.0"), posted)
    assert [card.status for card in said(change)] == ["resolved"]


def test_what_nobody_was_told_of_ends_in_silence():
    project = saying(started(), {"ml.feasibility": "plausible_untested"}).project
    change = saying(project, PROVEN)
    assert change.project.followed[KEY].status is Status.RESOLVED
    assert change.says == ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["unlikely", "proven_here", "plausible_untested"]), min_size=1, max_size=8))
def test_whatever_is_said_a_finding_keeps_when_it_was_first_seen_and_each_telling_is_solved_once(answers):
    project, first, announced, solved = started(), None, 0, 0
    for n, value in enumerate(answers):
        at = NOW + n * DAY
        change = saying(project, {"ml.feasibility": value}, at)
        cards = [card for card in said(change) if card.status == "open"]
        announced, solved = announced + len(cards), solved + len(said(change, FindingSolved))
        project = change.project
        seen = project.followed.get(KEY)
        first = first or (seen and seen.first_seen)
        assert (seen and seen.first_seen) == first
        assert solved in (announced, announced - 1)
        assert (seen is not None and seen.status is Status.OPEN) == (value != "proven_here")
    assert announced - solved == (project.followed[KEY].announced if KEY in project.followed else 0)


def test_a_finding_that_comes_back_is_told_again_and_counts_from_then():
    project = saying(critical(), PROVEN, NOW + DAY).project
    change = saying(project, UNLIKELY, NOW + 2 * DAY)
    found = change.project.followed[KEY]

    assert len(said(change)) == 1
    assert (found.first_seen, found.open_since) == (NOW, NOW + 2 * DAY)


def test_living_with_it_is_said_once_and_shown():
    change = accepted(critical())
    (note,) = said(change, Note)

    assert change.project.followed[KEY].status is Status.ACCEPTED
    assert f"*: <@{PM}> says that you live with it until 1 Apr 2026, because: " in note.text
    assert "“A pilot says more in May”" in note.text
    assert [each.until for each in following.lived_with(change.project)] == [date(2026, 4, 1)]


@pytest.mark.parametrize(
    ("days", "status"), [(1, Status.ACCEPTED), (30, Status.ACCEPTED), (31, Status.OPEN), (90, Status.OPEN)]
)
def test_the_time_to_live_with_it_ends_by_itself(days, status):
    project = accepted(critical()).project
    change = following.look_again(project, BANK, NOW + days * DAY)

    assert change.project.followed[KEY].status is status
    assert len(said(change, Note)) == (status is Status.OPEN)
    assert said(following.look_again(change.project, BANK, NOW + days * DAY), Note) == []


def test_what_became_worse_is_no_longer_what_they_agreed_to_live_with():
    project = saying(started(), {"ml.feasibility": "plausible_untested"}).project
    change = saying(accepted(project).project, UNLIKELY)

    assert change.project.followed[KEY].status is Status.OPEN
    assert len(said(change)) == 1
    assert said(change, Note) == [], "its card calls whoever acts"


def test_what_is_lived_with_may_be_solved_meanwhile():
    change = saying(accepted(critical()).project, PROVEN)
    assert change.project.followed[KEY].status is Status.RESOLVED
    assert len(said(change, FindingSolved)) == 1


DECIDES = {"pm.decider": Answer(BOSS, PM, NOW)}
ML_DECIDES = {"pm.decider": Answer(ML, PM, NOW)}
HIGH, CRITICAL = {"ml.feasibility": "plausible_untested"}, UNLIKELY
MAY_NOT = "You are the one who acts on it"


@pytest.mark.parametrize(
    ("values", "answers", "user", "refused"),
    [
        (CRITICAL, DECIDES, BOSS, ""),
        (CRITICAL, DECIDES, ML, MAY_NOT),
        (CRITICAL, DECIDES, ENG, "Not yours to say"),
        (CRITICAL, DECIDES, "U0STRANGE", "Only the people of"),
        (CRITICAL, ML_DECIDES, ML, MAY_NOT),
        (CRITICAL, ML_DECIDES, PM, ""),
        (CRITICAL, {}, ML, MAY_NOT),
        (CRITICAL, {}, PM, ""),
        (CRITICAL, {}, ENG, ""),
        (HIGH, ML_DECIDES, ML, ""),
        (HIGH, DECIDES, BOSS, ""),
        (HIGH, DECIDES, ML, MAY_NOT),
        (HIGH, {}, PM, ""),
    ],
)
def test_who_may_say_that_they_live_with_it(values, answers, user, refused):
    project = saying(started(answers=answers), values).project
    if not refused:
        assert accepted(project, by=user).project.followed[KEY].status is Status.ACCEPTED
        return
    with pytest.raises(NotAllowed, match=refused):
        accepted(project, by=user)


def test_the_other_role_of_a_finding_may_and_whoever_has_no_part_in_it_may_not():
    project = saying(started(), {"ml.labels": {"source": "none", "delay": {"value": 1, "unit": "h"}}}).project
    assert project.followed["labels_missing"].who == ("ml", "pm")
    assert accepted(project, key="labels_missing", by=PM).project.followed["labels_missing"].status is Status.ACCEPTED
    with pytest.raises(NotAllowed, match=f"<@{PM}> can"):
        accepted(project, key="labels_missing", by=ENG)


def test_one_person_alone_cannot_agree_with_themselves():
    members = tuple(Member(role, ML, Part.OWNER) for role in Role)
    project = saying(replace(started(), members=members), UNLIKELY).project
    with pytest.raises(NotAllowed, match="takes a second person"):
        accepted(project, by=ML)


@pytest.mark.parametrize(
    ("reason", "days", "wrong"),
    [
        (" \n", 30, {"reason"}),
        ("ok", 0, {"until"}),
        ("ok", -3, {"until"}),
        ("ok", 181, {"until"}),
        ("", 400, {"reason", "until"}),
    ],
)
def test_a_reason_and_a_day_to_come_are_needed(reason, days, wrong):
    project = critical()
    until = date(2026, 3, 2) + timedelta(days=days)
    with pytest.raises(FieldErrors) as raised:
        deciding.live_with(project, BANK, project.followed[KEY], by=PM, reason=reason, until=until, at=NOW)
    assert set(raised.value.fields) == wrong


@pytest.mark.parametrize("days", [1, 180])
def test_the_first_and_the_last_day_possible(days):
    assert accepted(critical(), days=days).project.followed[KEY].status is Status.ACCEPTED


def test_an_old_button_does_nothing_to_what_is_settled():
    project = accepted(critical()).project
    with pytest.raises(BotError, match="said that you live with"):
        accepted(project)
    solved = saying(project, PROVEN).project
    with pytest.raises(BotError, match="is solved already"):
        deciding.talk(solved, BANK, solved.followed[KEY], NOW)


def test_talking_calls_those_who_act_and_those_whose_answers_it_rests_on():
    project = saying(
        started(), {"ml.feasibility": "proven_here", "eng.feasible": {"verdict": "no", "because": "no events at night"}}
    ).project
    change = deciding.talk(project, BANK, project.followed["feasibility_disputed"], NOW)
    (saying_,) = change.says

    assert saying_.message.text.startswith(f"💬 <@{PM}>, <@{ML}>, <@{ENG}>: ")
    assert saying_.once == "discuss:1:2026-03-02:feasibility_disputed"


def test_words_that_were_quoted_call_nobody():
    project = saying(
        started(),
        {
            "ml.feasibility": "proven_here",
            "eng.feasible": {"verdict": "no", "because": f"ask <@{BOSS}> and <!channel>"},
        },
    ).project
    finding = project.followed["feasibility_disputed"]
    card, note = following.card(project, finding), deciding.talk(project, BANK, finding, NOW).says[0].message

    assert f"<@{BOSS}>" not in card.text + note.text
    assert "<!channel>" not in note.text


def test_each_may_change_their_own_answers_and_others_hear_whose_they_are():
    project = saying(
        started(), {"ml.feasibility": "proven_here", "eng.feasible": {"verdict": "no", "because": "no events at night"}}
    ).project
    finding = project.followed["feasibility_disputed"]

    assert [edit.question for edit in deciding.to_change(project, BANK, finding, ML)] == ["ml.feasibility"]
    assert [edit.question for edit in deciding.to_change(project, BANK, finding, ENG)] == ["eng.feasible"]
    with pytest.raises(NotAllowed, match=f"<@{ML}>, the ML person.*<@{ENG}>, the product engineer"):
        deciding.to_change(project, BANK, finding, PM)


def test_of_a_list_the_line_about_the_input_is_changed():
    rows = [{"name": "zip", "in_prod": "served"}, {"name": "place", "in_prod": "no"}]
    project = started().with_answer("eng.input_survey", Answer(rows, ENG, NOW))
    question = BANK["eng.input_survey"]

    assert [edit.row for edit in deciding.edits(project, question, "place")] == [1]
    assert [edit.row for edit in deciding.edits(project, question)] == [0, 1]
    assert [edit.row for edit in deciding.edits(started(), question)] == [None]
