"""New rows for the lists of inputs by somebody who need not be their author: who said them stays on record."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from . import telling
from .answers import Answer, Mark
from .bank import Bank, Question
from .coverage import LISTED, SURVEY
from .interview import advance, whole
from .lists import left_to_survey, rows_of, same, surveys
from .project import Change, Project, Version

Row = Mapping[str, Any]


def relist(
    project: Project, bank: Bank, listed: Sequence[Row], surveyed: Sequence[Row], *, by: str, at: datetime
) -> Change:
    """Both lists with these rows. What the engineer has not seen yet is asked about, and the interviews go on."""
    change = Change(project)
    for id, rows in ((LISTED, listed), (SURVEY, surveyed)):
        if id in bank.by_id:
            change = change.then(_with_rows, bank[id], [dict(row) for row in rows], project, by, at)
    for id in (LISTED, SURVEY):
        if id in {version.question for version in change.versions}:
            change = change.then(telling.refresh, bank, id)
    return change.then(advance, bank, at)


def _with_rows(project: Project, question: Question, rows: list[Row], before: Project, by: str, at: datetime) -> Change:
    """The newest version of a list. Its author stays, and so do the marks: a click of one role's person makes no guess
    of what another has said."""
    known, open = project.answers.get(question.id), _open(project, question, rows, before)
    if rows == rows_of(project, question.id) and (not rows or (known and known.partial == open)):
        return Change(project)
    said = known if known and isinstance(known.value, list) else _by(project, question, by, at)
    if not rows:
        taken_back = Version(question.id, None, said.by, at)
        return Change(project.with_answer(question.id, None), versions=(taken_back,))
    marks = frozenset({Mark.PARTIAL}) if open else said.marks - {Mark.PARTIAL}
    answer = replace(said, value=rows, at=at, marks=marks)
    return Change(_edited(project, question, answer), versions=(Version(question.id, answer, answer.by, at),))


def _open(project: Project, question: Question, rows: list[Row], before: Project) -> bool:
    """A survey is open until it has seen each input, or while one is new to a survey that was settled without some;
    any other list stays as settled as it was.
    """
    known = project.answers.get(question.id)
    settled = known is not None and not known.partial and isinstance(known.value, list)
    if not surveys(question) or whole(project, question, rows):
        return not surveys(question) and not settled
    left_out = left_to_survey(before, question, rows_of(before, question.id))
    return not (settled and set(left_to_survey(project, question, rows)) <= set(left_out))


def _by(project: Project, question: Question, by: str, at: datetime) -> Answer:
    """Of what nobody has said yet, the author is who is to say it."""
    return Answer([], project.owner(question.role) or by, at)


def _edited(project: Project, question: Question, answer: Answer) -> Project:
    before, interview = project.answers.get(question.id), project.interviews[question.role]
    if before and not before.partial:
        interview = interview.with_edit(question.id)
    if not answer.partial:
        interview = interview.without(question.id)
    return project.with_interview(interview).with_answer(question.id, answer)


def named(rows: Sequence[Row], name: str) -> Row | None:
    """The row of an input, however its name is written."""
    return next((row for row in rows if same(row.get("name"), name)), None)


def without(rows: Sequence[Row], name: str) -> list[Row]:
    return [row for row in rows if not same(row.get("name"), name)]
