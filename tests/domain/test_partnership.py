"""How early and how much engineering is in it, in one line."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import interview as rules
from bot.domain import partnership, vouching
from bot.domain.answers import UNKNOWN, Answer, Mark
from bot.domain.bank import Role
from bot.domain.project import Interview, Stage
from bot.packs.loader import load_bank
from tests.domain.projects import MONDAY, started

BANK = load_bank()
DAY = timedelta(days=1)
ROWS = [{"name": name, "source": "a table", "source_kind": "db", "in_prod": "served"} for name in ("zip", "load")]


def settle(project, id, value, by, at=MONDAY + DAY):
    return rules.settle(project, BANK, BANK[id], Answer(value, by, at)).project


def line(project, after=3):
    return partnership.digest_line(project, BANK, MONDAY + after * DAY)


def asked():
    """The questions are asked at once."""
    return rules.advance(started(), BANK, MONDAY).project


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (0, ""),
        (1, "Engineering's first answer is still to come, 1 working day in."),
        (4, "Engineering's first answer is still to come, 4 working days in."),
        (6, "Engineering's first answer is still to come, 4 working days in."),  # a Sunday
    ],
)
def test_engineering_that_says_nothing_is_missed_in_working_days(after, said):
    assert line(asked(), after) == said


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (0, "Engineering answered on the first day."),
        (1, "Engineering's first answer came after 1 working day."),
        (3, "Engineering's first answer came after 3 working days."),
    ],
)
def test_the_first_answer_is_told_from_the_first_question_on(after, said):
    assert line(settle(asked(), "eng.serving", "batch", "RAJ", MONDAY + after * DAY), 10) == said


def test_a_later_edit_does_not_make_the_first_answer_later():
    early = settle(asked(), "eng.serving", "batch", "RAJ", MONDAY + DAY)
    assert (
        partnership.first_answer_time(settle(early, "eng.serving", "request_time", "RAJ", MONDAY + 9 * DAY), BANK) == 1
    )


def test_what_others_say_for_engineering_is_not_its_first_answer():
    guessed = settle(asked(), "eng.limits", "checked_none", "MEI")
    assert partnership.first_answer_time(guessed, BANK) is None
    right = vouching.confirm(guessed, BANK, BANK["eng.limits"], by="RAJ", at=MONDAY + 2 * DAY).project
    assert partnership.first_answer_time(right, BANK) == 2


def test_an_engineer_who_is_named_later_is_not_late():
    nobody = replace(started(), members=tuple(m for m in started().members if m.role is not Role.ENG))
    waiting = rules.advance(nobody, BANK, MONDAY).project
    named = rules.advance(replace(waiting, members=started().members), BANK, MONDAY + 7 * DAY).project
    assert partnership.first_answer_time(settle(named, "eng.serving", "batch", "RAJ", MONDAY + 8 * DAY), BANK) == 1


def test_of_a_project_from_before_the_answers_tell():
    old = settle(asked(), "eng.serving", "batch", "RAJ", MONDAY + 2 * DAY)
    old = replace(old, interviews={role: Interview(role) for role in Role})
    assert partnership.first_answer_time(old, BANK) == 2


def test_each_row_of_the_survey_is_a_production_fact():
    listed = settle(asked(), "ml.inputs", [{"name": "zip"}, {"name": "load"}], "MEI")
    surveyed = settle(listed, "eng.input_survey", ROWS, "RAJ")
    all_said = settle(settle(surveyed, "eng.limits", "checked_none", "MEI"), "eng.skew_plan", "log_at_serving", "RAJ")
    assert partnership.share_from_engineering(all_said, BANK) == (3, 4)
    assert line(all_said).endswith("; 3 of 4 facts about production came from them.")


def test_a_fact_that_is_not_known_is_none():
    project = settle(asked(), "eng.limits", dict(UNKNOWN), "RAJ")
    assert partnership.share_from_engineering(project, BANK) == (0, 0)
    assert line(project) == "Engineering's first answer came after 1 working day."


def test_one_fact_is_one():
    assert line(settle(asked(), "eng.limits", "checked_none", "RAJ")).endswith(
        "; 1 of 1 fact about production came from them."
    )


def test_rows_said_so_far_count_by_who_said_them():
    for by, theirs in (("RAJ", 2), ("MEI", 0)):
        half = asked().with_answer("eng.input_survey", Answer(ROWS, by, MONDAY, marks=frozenset({Mark.PARTIAL})))
        assert partnership.share_from_engineering(half, BANK) == (theirs, 2)


@pytest.mark.parametrize("stage", [Stage.CANDIDATE, Stage.PAUSED, Stage.CLOSED])
def test_where_nothing_runs_nothing_is_said(stage):
    assert line(replace(asked(), stage=stage), 9) == ""
