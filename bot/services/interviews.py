"""Answers given by a control or a form, and the ways around them: skipped, not known, handed over."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.db import UnitOfWork
from bot.domain import detours, lists, survey_pages
from bot.domain import interview as rules
from bot.domain.answers import Answer, State, Value, is_unknown
from bot.domain.bank import Bank, Field, Question
from bot.domain.checking import check, missing
from bot.domain.errors import BotError, FieldErrors
from bot.domain.escaping import escape
from bot.domain.people import Person, PersonKind
from bot.domain.permissions import must_answer
from bot.domain.project import Change, Project
from bot.domain.wording import name_of

from .handovers import slot_for
from .speaking import keep


async def answer(
    uow: UnitOfWork, bank: Bank, project_id: int, question_id: str, value: Value, *, by: str, at: datetime
) -> None:
    """Keep a value given by a control or a form. Raises FieldErrors for a value that needs a correction."""
    project, question = await _open(uow, bank, project_id, question_id, by)
    _refuse_wrong(question, value, at)
    await keep(uow, project, bank, rules.take(project, bank, question, Answer(value, by, at)), at)


async def answer_many(
    uow: UnitOfWork, bank: Bank, project_id: int, values: Mapping[str, Value], *, by: str, at: datetime
) -> Project:
    """Keep several values given in one form, shown in the thread as one record. Returns the project after it."""
    project = await _project(uow, project_id)
    for id, value in values.items():
        must_answer(project, bank[id], by)
        _refuse_wrong(bank[id], value, at)
    answers = {id: Answer(value, by, at) for id, value in values.items()}
    return await keep(uow, project, bank, rules.settle_several(project, bank, answers, at), at)


def _refuse_wrong(question: Question, value: Value, at: datetime) -> None:
    problems = check(question, value, today=at.date())
    if problems:
        raise FieldErrors({f"{question.id}{p.pointer}": p.say for p in problems})


async def add_row(
    uow: UnitOfWork,
    bank: Bank,
    project_id: int,
    question_id: str,
    said: Mapping[str, Value],
    *,
    page: Sequence[Field] = (),
    about: str = "",
    by: str,
    at: datetime,
) -> Project:
    """Keep what one page of a row's form says, of the row `about` is the name of; without one it is a new row.

    The question stays open until "That's all". Returns the project after it.
    """
    project, question = await _open(uow, bank, project_id, question_id, by)
    kept = survey_pages.keep(project, question, page or question.fields, said, about)
    if kept.twin:
        raise FieldErrors({f"{question.id}/{question.fields[0].name}": f"There is already one called “{kept.twin}”."})
    _refuse_wrong(question, [kept.row], at)
    change = Change(project)
    if kept.renamed:
        change = change.then(rules.rename, bank, question, about, kept.name)
    closed = project.state(question_id) is State.ANSWERED or lists.surveys(question)
    keeping = rules.take if closed else rules.keep_part
    return await keep(uow, project, bank, change.then(keeping, bank, question, Answer(kept.rows, by, at)), at)


def may_grow(project: Project, question: Question) -> None:
    """Raises where a list is long enough for now."""
    rows, settled = lists.rows_of(project, question.id), project.settled(question.id)
    if lists.left_to_survey(project, question, rows):
        return
    if len(rows) >= (lists.LONGEST if settled else question.max_rows):
        more = "Press *Edit* on a line to change it." if settled else "Press *That's all*; more can be added later."
        raise BotError(f"{len(rows)} are enough for now. {more}")


async def finish_rows(
    uow: UnitOfWork, bank: Bank, project_id: int, question_id: str, *, none: bool, by: str, at: datetime
) -> None:
    """ "That's all": the rows so far are the answer; or the honest "none yet"."""
    project, question = await _open(uow, bank, project_id, question_id, by)
    rows = lists.rows_of(project, question_id)
    if none and rows:
        raise BotError("There is something in the list by now. Press *That's all* to leave it at that.")
    if not rows and not none:
        raise BotError("There is nothing in the list yet. Press *Answer* to add the first one.")
    if rows and (lacking := missing(question, rows)):
        raise BotError(_lines_lack([name_of(field) for field in lacking]))
    _refuse_wrong(question, rows, at)
    await keep(uow, project, bank, rules.settle(project, bank, question, Answer(rows, by, at)), at)


def _lines_lack(labels: list[str]) -> str:
    named = ", ".join(f"“{escape(label)}”" for label in labels)
    return f"Almost: some lines still lack {named}. Press *Answer* to fill them in, then *That's all*."


async def say_plainly(
    uow: UnitOfWork, bank: Bank, project_id: int, question_id: str, value: Value, *, by: str, at: datetime
) -> None:
    """One of the three honest ways of not giving a value: not known, not applicable, not measured."""
    project, question = await _open(uow, bank, project_id, question_id, by)
    _refuse_wrong(question, value, at)
    kept = project.answers.get(question_id)
    if kept is None or kept.value != value:  # a second click on the same button is no news
        _refuse_over_answer(project, question)
    step = detours.unknown if is_unknown(value) else rules.settle
    await keep(uow, project, bank, step(project, bank, question, Answer(value, by, at)), at)


async def skip(uow: UnitOfWork, bank: Bank, project_id: int, question_id: str, *, by: str, at: datetime) -> None:
    """Leave a question for the end of the interview."""
    project, question = await _open(uow, bank, project_id, question_id, by)
    if question.blocking:
        raise BotError("This one holds the kickoff up, so it can't be skipped. *I don't know* is a good answer, too.")
    _refuse_over_answer(project, question)
    await keep(uow, project, bank, detours.skip(project, bank, question, at), at)


async def hand_over(
    uow: UnitOfWork,
    bank: Bank,
    project_id: int,
    question_id: str,
    *,
    to: str,
    person: Person | None,
    by: str,
    at: datetime,
) -> None:
    """Ask somebody else; they hear of it in their one message of the day."""
    project, question = await _open(uow, bank, project_id, question_id, by)
    if to == by:
        raise BotError("That would be you again. Pick somebody who may know, or press *I don't know*.")
    if person is None or person.kind not in (PersonKind.MEMBER, PersonKind.GUEST):
        raise BotError(f"I can't ask <@{to}>: only people with an active account of this workspace can answer.")
    _refuse_over_answer(project, question)
    await uow.people.save([person])
    slot = await slot_for(uow, project, by, to, at)
    await keep(uow, project, bank, detours.hand_over(project, bank, question, to=to, by=by, at=at, slot=slot), at)


def _refuse_over_answer(project: Project, question: Question) -> None:
    """An old control must not wipe out an answer that stands."""
    if project.state(question.id) in (State.ANSWERED, State.NOT_APPLICABLE):
        raise BotError("This one is answered already. *Edit* on it changes the answer.")


async def _open(uow: UnitOfWork, bank: Bank, project_id: int, question_id: str, by: str) -> tuple[Project, Question]:
    """The project, locked, and a question of it that this person may answer."""
    project = await _project(uow, project_id)
    question = bank.by_id.get(question_id)
    if question is None:
        raise BotError("This question is no longer asked. Nothing is lost; the thread goes on below.")
    must_answer(project, question, by)
    return project, question


async def _project(uow: UnitOfWork, project_id: int) -> Project:
    project = await uow.projects.get(project_id)
    if project is None:
        raise BotError("This kickoff is gone. `/align kickoff` starts a new one.")
    if not project.open:
        raise BotError(f"*{escape(project.name)}* is closed, so its answers stay as they are.")
    return project
