"""Logging what a team decides, taking it back, and what a form for it is filled with."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.db import UnitOfWork
from bot.domain import decisions as rules
from bot.domain.bank import Bank
from bot.domain.decisions import Wish
from bot.domain.errors import BotError
from bot.domain.escaping import escape
from bot.domain.people import Person
from bot.domain.permissions import NotAllowed
from bot.domain.project import Project

from .speaking import keep


async def to_log(uow: UnitOfWork, team: str, channel: str, by: str) -> Sequence[Project]:
    """The projects of a channel in which this person may log a decision. Raises BotError where there is none."""
    here = await uow.projects.open_in(team, channel)
    if not here:
        raise BotError("No kickoff runs in this channel, so a decision has no place here. `/align kickoff` starts one.")
    may = [project for project in here if _may_log(project, by)]
    if not may:
        rules.must_log(here[0], by)
    return may


def _may_log(project: Project, by: str) -> bool:
    try:
        rules.must_log(project, by)
    except NotAllowed:
        return False
    return True


async def to_supersede(uow: UnitOfWork, project_id: int, number: int, by: str) -> Project:
    """The project of a decision that this person may put another in the place of. Raises BotError otherwise."""
    project = await _open(uow, project_id)
    rules.must_log(project, by)
    rules.must_be_active(project, number)
    return project


async def log(
    uow: UnitOfWork, bank: Bank, project_id: int, wish: Wish, deciders: Collection[Person], *, by: str, at: datetime
) -> Project:
    """Keep a decision. Raises NotAllowed, FieldErrors at its inputs, or BotError where the kickoff is closed."""
    project = await _open(uow, project_id)
    names = await names_of(uow, project.team, wish.who or (by,))
    names |= {one.user: one.name for one in deciders}
    change = rules.log(project, wish, names, by=by, at=at)
    await uow.people.save(sorted(deciders, key=lambda one: one.user))
    return await keep(uow, project, bank, change, at)


async def withdraw(uow: UnitOfWork, bank: Bank, project_id: int, number: int, *, by: str, at: datetime) -> Project:
    project = await _open(uow, project_id)
    return await keep(uow, project, bank, rules.withdraw(project, number, by=by), at)


async def names_of(uow: UnitOfWork, team: str, users: Collection[str]) -> dict[str, str]:
    """The names by which people are spoken of where nobody is to be called."""
    return {one.user: one.name for one in await uow.people.of(team, users)}


async def _open(uow: UnitOfWork, project_id: int) -> Project:
    project = await uow.projects.get(project_id)
    if project is None or not project.open:
        name = f"*{escape(project.name)}*" if project else "This kickoff"
        raise BotError(f"{name} is closed, so its decisions stay as they are.")
    return project
