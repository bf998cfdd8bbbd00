"""The V2 backlog: seen by everybody, changed by those who have a part in it."""

from datetime import datetime

from bot.db import UnitOfWork
from bot.domain import backlog
from bot.domain.backlog import Backlog
from bot.domain.bank import Bank
from bot.domain.commitments import Shelf
from bot.domain.errors import BotError
from bot.domain.escaping import escape
from bot.domain.project import Project

from .speaking import keep


async def revive(uow: UnitOfWork, bank: Bank, project_id: int, number: int, *, by: str, at: datetime) -> Backlog:
    """Bring an input back. Returns the list after it. Raises BotError."""
    project = await _open(uow, project_id)
    after = await keep(uow, project, bank, backlog.revive(project, bank, number, by=by, at=at), at)
    return backlog.of(after, at)


async def settle(
    uow: UnitOfWork, bank: Bank, project_id: int, number: int, shelf: Shelf, *, by: str, at: datetime
) -> Backlog:
    """Say that an entry is done, or dropped. Returns the list after it. Raises BotError."""
    project = await _open(uow, project_id)
    after = await keep(uow, project, bank, backlog.settle(project, number, shelf, by=by), at)
    return backlog.of(after, at)


async def _open(uow: UnitOfWork, project_id: int) -> Project:
    project = await uow.projects.get(project_id)
    if project is None or not project.open:
        name = f"*{escape(project.name)}*" if project else "This kickoff"
        raise BotError(f"{name} is closed, so its list for V2 stays as it is.")
    return project
