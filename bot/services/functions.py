"""Who is asked about legal, operations, the data …: people outside the three roles, named if a team likes to."""

from dataclasses import replace
from datetime import datetime

from bot.db import UnitOfWork
from bot.domain import helping, telling
from bot.domain.bank import Bank
from bot.domain.errors import BotError
from bot.domain.people import Person, PersonKind
from bot.domain.permissions import must_steer
from bot.domain.project import Change, Project

from .speaking import keep


async def assign(
    uow: UnitOfWork, bank: Bank, project_id: int, function: str, user: str, person: Person | None, *, by: str
) -> Project:
    """From now on somebody is suggested first for a matter."""
    project = await _steered(uow, project_id, by)
    if person is None or person.kind not in (PersonKind.MEMBER, PersonKind.GUEST):
        raise BotError(f"I can't ask <@{user}>: only people with an active account of this workspace can answer.")
    if project.functions.get(function) == user:
        raise BotError(f"<@{user}> is asked about {helping.FUNCTIONS[function]} already.")
    await uow.people.save([person])
    return await _kept(uow, project, bank, {**project.functions, function: user}, uow.now)


async def remove(uow: UnitOfWork, bank: Bank, project_id: int, function: str, user: str, *, by: str) -> Project:
    """Nobody in particular is asked about a matter any more."""
    project = await _steered(uow, project_id, by)
    if project.functions.get(function) != user:
        raise BotError(f"<@{user}> is not the one asked about {helping.FUNCTIONS[function]}, so nothing was changed.")
    others = {name: who for name, who in project.functions.items() if name != function}
    return await _kept(uow, project, bank, others, uow.now)


async def _steered(uow: UnitOfWork, project_id: int, by: str) -> Project:
    project = await uow.projects.get(project_id)
    if project is None or not project.open:
        raise BotError("This kickoff is closed, so nobody is asked anything any more.")
    must_steer(project, by, "change who is asked")
    return project


async def _kept(uow: UnitOfWork, before: Project, bank: Bank, functions: dict[str, str], at: datetime) -> Project:
    """Questions that nobody knows yet show who is suggested now."""
    after = replace(before, functions=functions)
    change = Change(after)
    for question in helping.resuggested(before, after, bank):
        change = change.then(telling.refresh, bank, question.id)
    return await keep(uow, before, bank, change, at)
