"""Who speaks for which role: filled later, handed on, joined by contributors and backups."""

from datetime import datetime

from bot.db import UnitOfWork
from bot.domain import kickoff, rechecks, roles, telling
from bot.domain.bank import Bank, Role
from bot.domain.catching_up import join_in, take_over
from bot.domain.errors import BotError
from bot.domain.escaping import escape
from bot.domain.interview import advance
from bot.domain.people import Person
from bot.domain.permissions import must_steer
from bot.domain.project import Change, Part, Project

from .people import names_in
from .speaking import keep


async def assign(
    uow: UnitOfWork,
    bank: Bank,
    project_id: int,
    role: Role,
    person: Person | None,
    part: Part,
    *,
    in_channel: bool,
    by: str,
    at: datetime,
) -> Project:
    """Give somebody a part in a role. A new accountable person takes the interview over where it stands."""
    project = await _steered(uow, project_id, by)
    problem = kickoff.person_problem(role, person)
    if problem or person is None:
        raise BotError(escape(problem or ""))
    await uow.people.save([person])
    new = project.owner(role) != person.user
    change = Change(roles.give(project, role, person.user, part))
    if part is Part.OWNER:
        names = await names_in(uow, project)
        change = change.then(take_over, bank, role, names, in_channel=in_channel, new=new)
        if change == Change(project):
            raise BotError(f"{roles.is_now(person.user, part, role)} already.")
    if part is Part.CONTRIBUTOR:
        names = await names_in(uow, project)
        change = change.then(join_in, bank, role, person.user, names, in_channel=in_channel)
    return await _kept(uow, project, bank, change, role, at)


async def remove(
    uow: UnitOfWork, bank: Bank, project_id: int, role: Role, user: str, *, by: str, at: datetime
) -> Project:
    """Take somebody's part in a role away; a role without a person is shown as a gap."""
    project = await _steered(uow, project_id, by)
    if user not in project.people(role):
        raise BotError(f"<@{user}> has no part in {roles.THE[role]}'s questions here, so nothing was changed.")
    left = rechecks.leave(project, bank, user, [role], by=by, at=at)
    return await _kept(uow, project, bank, Change(roles.take(left, user, [role])), role, at)


async def _steered(uow: UnitOfWork, project_id: int, by: str) -> Project:
    project = await uow.projects.get(project_id)
    if project is None or not project.open:
        raise BotError("This kickoff is closed, so its roles stay as they are.")
    must_steer(project, by, "change its roles")
    return project


async def _kept(uow: UnitOfWork, before: Project, bank: Bank, change: Change, role: Role, at: datetime) -> Project:
    """Go on asking, and show who is who now."""
    change = change.then(lambda p: advance(p, bank, at, call=True))
    return await keep(uow, before, bank, change.then(lambda p: Change(p, telling.cards(p, bank, role))), at)
