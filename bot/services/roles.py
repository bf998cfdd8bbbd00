"""Who speaks for which role: filled later, handed on, joined by contributors and backups."""

from dataclasses import replace
from datetime import datetime

from bot.db import UnitOfWork
from bot.domain import kickoff, telling
from bot.domain.bank import Bank, Role
from bot.domain.errors import BotError
from bot.domain.interview import advance
from bot.domain.messages import InInterview, Note, Saying
from bot.domain.people import Person
from bot.domain.permissions import must_steer
from bot.domain.project import Change, Member, Part, Project

from .speaking import keep


async def assign(
    uow: UnitOfWork,
    bank: Bank,
    project_id: int,
    role: Role,
    person: Person,
    part: Part,
    *,
    in_channel: bool,
    by: str,
    at: datetime,
) -> Project:
    """Give somebody a part in a role. A new accountable person takes the interview over where it stands."""
    project = await uow.projects.get(project_id)
    if project is None or not project.open:
        raise BotError("This kickoff is closed, so its roles stay as they are.")
    must_steer(project, by, "change its roles")
    problem = kickoff.person_problem(person.user, person)
    if problem:
        raise BotError(problem)
    await uow.people.save([person])
    change = _given(project, role, person.user, part)
    change = _reached(change, bank, role, in_channel=in_channel) if part is Part.OWNER else change
    change = change.then(lambda p: advance(p, bank, at, call=True))
    change = change.then(lambda p: Change(p, telling.cards(p, bank, role)))
    return await keep(uow, project, bank, change, at)


def _given(project: Project, role: Role, user: str, part: Part) -> Change:
    members = [m for m in project.members if (m.role, m.user) != (role, user)]
    if part is Part.OWNER:  # whoever spoke for the role so far goes on as a contributor
        members = [replace(m, part=Part.CONTRIBUTOR) if m.role is role and m.part is Part.OWNER else m for m in members]
    return Change(replace(project, members=(*members, Member(role, user, part))))


def _reached(change: Change, bank: Bank, role: Role, *, in_channel: bool) -> Change:
    """Where the new person is asked: in the card's thread, or by direct message if they are not in the channel."""
    project, interview = change.project, change.project.interviews[role]
    owner = project.owner(role)
    if in_channel or (interview.place is not None and not interview.by_dm and interview.trail):
        moved = replace(interview, by_dm=False, place=interview.card if interview.by_dm else interview.place)
        says = () if not interview.trail else (Saying(_handed_on(role, owner), InInterview(project.id, role)),)
        asked = replace(moved, asked=None) if interview.trail else moved
        return change.then(lambda p: Change(p.with_interview(asked), says))
    if interview.by_dm and interview.place is not None:
        moved = replace(interview, place=None, asked=None)
    else:
        moved = replace(interview, by_dm=True, place=None)
    fresh = project.with_interview(replace(moved, by_dm=True))
    return change.then(lambda p: Change(fresh, (kickoff.introduce(fresh, bank, role),)))


def _handed_on(role: Role, owner: str | None) -> Note:
    return Note(
        f"<@{owner}> now speaks for {role.label} here. Everything said so far stays; the next question follows."
    )


async def remove(
    uow: UnitOfWork, bank: Bank, project_id: int, role: Role, user: str, *, by: str, at: datetime
) -> Project:
    """Take somebody's part in a role away; a role without a person is shown as a gap."""
    project = await uow.projects.get(project_id)
    if project is None or not project.open:
        raise BotError("This kickoff is closed, so its roles stay as they are.")
    must_steer(project, by, "change its roles")
    if user not in project.people(role):
        raise BotError(f"<@{user}> has no part in {role.label} here, so there is nothing to take away.")
    members = tuple(m for m in project.members if (m.role, m.user) != (role, user))
    after = replace(project, members=members)
    change = Change(after).then(lambda p: Change(p, telling.cards(p, bank, role)))
    return await keep(uow, project, bank, change, at)
