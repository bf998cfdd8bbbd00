"""Answers that need another look: still true, or changed; and what people say has happened."""

from collections.abc import Sequence
from datetime import datetime

from bot.db import UnitOfWork
from bot.domain import deciding, rechecks
from bot.domain.bank import Bank, Question
from bot.domain.coverage import SURVEY
from bot.domain.deciding import Edit
from bot.domain.errors import BotError
from bot.domain.escaping import escape
from bot.domain.events import to_recheck
from bot.domain.lists import rows_of
from bot.domain.permissions import must_answer, must_steer
from bot.domain.project import Project

from .speaking import keep


async def confirm(uow: UnitOfWork, bank: Bank, project_id: int, question_id: str, *, by: str, at: datetime) -> None:
    """ "Still true": the answer is young again, its record and the reminder say so."""
    project, question = await _answered(uow, bank, project_id, question_id, by)
    await keep(uow, project, bank, rechecks.confirm(project, bank, question.id, by=by, at=at), at)


async def to_change(uow: UnitOfWork, bank: Bank, project_id: int, question_id: str, *, by: str) -> Sequence[Edit]:
    """The answer to change; of a list the line of the input that is in question, else each line."""
    project, question = await _answered(uow, bank, project_id, question_id, by)
    event = to_recheck(project).get(question.id)
    return deciding.edits(project, question, event.input if event else None)


async def _answered(
    uow: UnitOfWork, bank: Bank, project_id: int, question_id: str, by: str
) -> tuple[Project, Question]:
    project, question = await _open(uow, project_id), bank.by_id.get(question_id)
    if question is None:
        raise BotError("This question is no longer asked. Nothing is lost.")
    must_answer(project, question, by)
    return project, question


async def surveyed(uow: UnitOfWork, project_id: int, *, by: str) -> Sequence[str]:
    """The inputs whose source may have changed, for whoever may say so. Raises BotError."""
    project = await _open(uow, project_id)
    must_steer(project, by, "say that a source has changed")
    names = [str(row.get("name") or "") for row in rows_of(project, SURVEY)]
    if not any(names):
        raise BotError("No input is surveyed yet, so there is no source that could have changed.")
    return list(dict.fromkeys(filter(None, names)))


async def source_changed(uow: UnitOfWork, bank: Bank, project_id: int, input: str, *, by: str, at: datetime) -> None:
    """What an input is read from is another now: its row and what builds on it are asked about again."""
    project = await _open(uow, project_id)
    must_steer(project, by, "say that a source has changed")
    await keep(uow, project, bank, rechecks.source_changed(project, bank, input, by=by, at=at), at)


async def _open(uow: UnitOfWork, project_id: int) -> Project:
    project = await uow.projects.get(project_id)
    if project is None or not project.open:
        name = f"*{escape(project.name)}*" if project else "This kickoff"
        raise BotError(f"{name} is closed, so its answers stay as they are.")
    return project
