"""What waits for V2: when to look at it again, what becomes of it, and what the digest says of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import backlog, choosing
from bot.domain.answers import Answer, Mark
from bot.domain.bank import Role
from bot.domain.chronicle import EventType, Happened
from bot.domain.commitments import Later, Shelf, Stand
from bot.domain.errors import BotError
from bot.domain.lists import LONGEST
from bot.domain.permissions import NotAllowed
from bot.domain.project import Stage
from tests.domain.hard_inputs import BANK, ENG, ML, NAME, NOW, PM, ZIP, hard, lists, posted, saying, started

ON_A_BOARD = {"pm.measure_how": "experiment", "eng.monitoring": {"when": "at_launch", "covers": ["business_metric"]}}
ENTRY = Later(
    number=1,
    title="V2: avg load instead of latest load",
    input=NAME,
    simpler="latest load",
    reason="H1 a value over time",
    gain="not measured",
    cost_weeks=(4, 8),
    saved_weeks=(2, 7),
    revisit_when="V1 live 2+ weeks and the PM's number measured",
    owner=ML,
    by=ENG,
    at=NOW,
    listed=hard()[0],
    surveyed=hard()[1],
)


def with_entries(*entries, **more):
    return started(**{"later": entries or (ENTRY,), **more})


def live(days, *entries, **said):
    project = with_entries(*entries, stage=Stage.LAUNCHED)
    for id, value in {**ON_A_BOARD, **said}.items():
        if value is not None:
            project = project.with_answer(id, Answer(value, PM, NOW))
    return replace(project, events=(Happened(EventType.LAUNCHED, NOW - timedelta(days=days), PM),))


def parked():
    project = posted(saying(started(), lists(hard())))
    return choosing.take(project, BANK, project.offers[NAME], saw=Stand.OFFERED, by=ENG, at=NOW).project


@pytest.mark.parametrize(
    ("days", "said", "ready"),
    [
        (14, {}, True),
        (400, {"pm.measure_how": "staged_rollout"}, True),
        (14, {"pm.measure_how": "before_after"}, True),
        (13, {}, False),
        (14, {"pm.measure_how": "offline_only"}, False),
        (14, {"pm.measure_how": None}, False),
        (14, {"pm.measure_how": {"unknown": True}}, False),
        (14, {"eng.monitoring": {"when": "none", "covers": ["business_metric"]}}, False),
        (14, {"eng.monitoring": {"when": "before_launch", "covers": ["latency_errors"]}}, False),
        (14, {"eng.monitoring": {"when": "before_launch"}}, False),
        (14, {"eng.monitoring": {"unknown": True}}, False),
        (14, {"eng.monitoring": None}, False),
    ],
)
def test_it_is_ready_two_weeks_after_the_launch_once_the_number_is_on_a_board(days, said, ready):
    assert backlog.ready(live(days, **said), ENTRY, NOW) is ready


def test_what_does_not_run_or_does_not_wait_is_never_ready():
    assert not backlog.ready(with_entries(), ENTRY, NOW)
    for shelf in (Shelf.REVIVED, Shelf.DONE, Shelf.DROPPED):
        assert not backlog.ready(live(30), replace(ENTRY, status=shelf), NOW)


def test_what_waits_comes_first():
    entries = (replace(ENTRY, number=1, status=Shelf.DONE), replace(ENTRY, number=2), replace(ENTRY, number=3))
    items = backlog.of(live(30, *entries), NOW).items
    assert [(item.entry.number, item.ready) for item in items] == [(2, True), (3, True), (1, False)]


@pytest.mark.parametrize(
    ("entries", "lines"),
    [
        ((), ()),
        ((replace(ENTRY, status=Shelf.DONE),), ()),
        ((ENTRY,), ("1 item waits for V2: about 2-7 weeks of work kept out of the first version",)),
        (
            (ENTRY, replace(ENTRY, number=2, saved_weeks=(4, 4)), replace(ENTRY, number=3, status=Shelf.DROPPED)),
            ("2 items wait for V2: about 6-11 weeks of work kept out of the first version",),
        ),
        (
            (replace(ENTRY, saved_weeks=(6, 6)),),
            ("1 item waits for V2: about 6 weeks of work kept out of the first version",),
        ),
        ((replace(ENTRY, saved_weeks=(0, 0)),), ("1 item waits for V2",)),
    ],
)
def test_the_digest_says_how_much_is_kept_out(entries, lines):
    assert backlog.digest_lines(replace(with_entries(), later=entries), NOW) == lines


def test_the_digest_says_what_is_ready_and_whose_it_is_and_calls_nobody():
    ready = "⏰ Ready to revisit: avg load instead of latest load"
    assert backlog.digest_lines(live(14), NOW)[1:] == (f"{ready} → the ML person",)
    assert backlog.digest_lines(live(14, replace(ENTRY, owner="")), NOW)[1:] == (ready,)
    assert "<@" not in "".join(backlog.digest_lines(live(14, replace(ENTRY, owner="U0GONE")), NOW))


@pytest.mark.parametrize("shelf", [Shelf.DONE, Shelf.DROPPED])
def test_an_entry_is_settled_once(shelf):
    project = backlog.settle(with_entries(), 1, shelf, by=PM).project
    assert project.later[0].status is shelf
    for again in (
        lambda: backlog.settle(project, 1, Shelf.DONE, by=PM),
        lambda: backlog.revive(project, BANK, 1, by=PM, at=NOW),
    ):
        with pytest.raises(BotError, match="already"):
            again()


def test_only_the_people_of_the_project_settle_one_that_is_there():
    with pytest.raises(NotAllowed):
        backlog.settle(with_entries(), 1, Shelf.DONE, by="OLA")
    with pytest.raises(NotAllowed):
        backlog.revive(with_entries(), BANK, 1, by="OLA", at=NOW)
    with pytest.raises(BotError, match="no longer on the list"):
        backlog.settle(with_entries(), 7, Shelf.DONE, by=PM)


def test_revived_it_is_back_with_both_rows_and_both_authors():
    project = parked()
    change = backlog.revive(project, BANK, 1, by=PM, at=NOW)
    after = change.project

    assert [row["name"] for row in after.answers["ml.inputs"].value] == ["zip", "latest load", NAME]
    assert (after.answers["ml.inputs"].value[-1], after.answers["eng.input_survey"].value[-1]) == hard()
    assert (after.answers["ml.inputs"].by, after.answers["eng.input_survey"].by) == (ML, ENG)
    assert not after.answers["ml.inputs"].marks | after.answers["eng.input_survey"].marks
    assert after.later[0].status is Shelf.REVIVED


def test_it_is_not_offered_away_again():
    project = parked()
    after = backlog.revive(project, BANK, 1, by=PM, at=NOW).project
    again = saying(after, {"ml.latency": {"value": 5, "unit": "ms"}}, at=NOW + timedelta(days=3)).project
    assert again.offers[NAME].stand is Stand.TAKEN


def test_what_the_engineer_has_not_seen_opens_the_survey():
    project = replace(parked(), later=(replace(ENTRY, surveyed={}),))
    after = backlog.revive(project, BANK, 1, by=ML, at=NOW).project
    assert after.answers["eng.input_survey"].marks == {Mark.PARTIAL}
    assert after.settled("ml.inputs")


@pytest.mark.parametrize("answer", [None, Answer({"unknown": True}, ML, NOW)])
def test_where_nothing_is_listed_it_is_the_beginning_of_a_list(answer):
    project = with_entries().with_answer("ml.inputs", answer)
    after = backlog.revive(project, BANK, 1, by=PM, at=NOW).project
    assert after.answers["ml.inputs"].value == [ENTRY.listed]
    assert (after.answers["ml.inputs"].by, after.settled("ml.inputs")) == (ML, False)


def test_it_is_not_brought_back_twice_nor_into_a_full_list():
    there = saying(with_entries(), lists(hard(NAME.upper()))).project
    with pytest.raises(BotError, match="on the list of inputs already"):
        backlog.revive(there, BANK, 1, by=ML, at=NOW)
    full = saying(with_entries(), {"ml.inputs": [{**ZIP, "name": f"zip {n}"} for n in range(LONGEST)]}).project
    with pytest.raises(BotError, match=f"holds {LONGEST} already"):
        backlog.revive(full, BANK, 1, by=ML, at=NOW)


def test_a_vacant_role_leaves_the_author_to_who_brings_it_back():
    members = tuple(member for member in started().members if member.role is not Role.ML)
    after = backlog.revive(with_entries(members=members), BANK, 1, by=PM, at=NOW).project
    assert after.answers["ml.inputs"].by == PM
