"""Standing by another's answer: its words are clear, or what was guessed is right."""

from collections.abc import Callable

from bot.db import UnitOfWork
from bot.domain import vouching
from bot.domain.bank import Bank
from bot.domain.errors import BotError
from bot.domain.project import Change, Project

from .speaking import keep


async def clear(uow: UnitOfWork, bank: Bank, project_id: int, question_id: str, *, by: str) -> Project:
    """A person of another role finds the words clear."""
    return await _vouch(uow, bank, project_id, question_id, by, vouching.clear)


async def confirm(uow: UnitOfWork, bank: Bank, project_id: int, question_id: str, *, by: str) -> Project:
    """The role that can know it says that a guess is right."""
    return await _vouch(uow, bank, project_id, question_id, by, vouching.confirm)


async def _vouch(
    uow: UnitOfWork, bank: Bank, project_id: int, question_id: str, by: str, step: Callable[..., Change]
) -> Project:
    project = await uow.projects.get(project_id)
    if project is None or not project.open or question_id not in bank.by_id:
        raise BotError("This kickoff is closed, so its answers stay as they are.")
    change = step(project, bank, bank[question_id], by=by, at=uow.now)
    return await keep(uow, project, bank, change, uow.now)
