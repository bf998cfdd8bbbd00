"""Facts about people, kept fresh by Slack's events: their zone decides when they are written to."""

from collections.abc import Collection, Mapping
from datetime import datetime

from bot.db import UnitOfWork
from bot.domain import helping, rechecks, roles, telling
from bot.domain.bank import Bank, Role
from bot.domain.catching_up import Names, take_over
from bot.domain.chronicle import EventType
from bot.domain.interview import advance
from bot.domain.messages import Note, Saying, UnderCard
from bot.domain.people import Person, PersonKind
from bot.domain.project import Change, Part, Project

from .speaking import keep

Inside = Collection[tuple[str, str]]
"""Who is in which channel, as far as was asked: (channel, user)."""


async def changed(uow: UnitOfWork, bank: Bank, person: Person, at: datetime, inside: Inside = ()) -> None:
    """Follow a change of somebody whom we know; of all others we keep nothing."""
    before = await uow.people.get(person.team, person.user)
    if before is not None:
        await uow.people.save([person])
    if person.kind is PersonKind.GONE:
        await _gone(uow, bank, person, at, inside)
    elif before is not None and before.zone != person.zone:  # their working hours are others now
        for project in await uow.projects.of_person(person.team, person.user):
            await uow.projects.wake_pings(project.id, at)


async def next_in_line(uow: UnitOfWork, team: str, user: str) -> Mapping[str, Collection[str]]:
    """Who would step in if somebody were gone, by channel; their channels are looked into before they do."""
    found: dict[str, set[str]] = {}
    for project in await uow.projects.of_person(team, user):
        if project.reachable and (backups := (await _successors(uow, project, user)).values()):
            found.setdefault(project.channel, set()).update(backups)
    return found


async def _gone(uow: UnitOfWork, bank: Bank, person: Person, at: datetime, inside: Inside) -> None:
    """Somebody's account was deactivated: backups step in for them, what they own is looked at again by others.

    Whoever steers is told once.
    """
    for found in await uow.projects.open_of(person.team):
        project = await uow.projects.get(found.id) if _concerns(found, bank, person.user, at) else None
        if project is None or not _concerns(project, bank, person.user, at):
            continue
        successors = await _successors(uow, project, person.user)
        left = helping.without(_left(project, bank, person.user, at), person.user)
        change = Change(roles.take(left, person.user))
        lead = await _lead(uow, change.project)
        says = roles.vacated(project, person.user, lead, successors)
        change = change.then(lambda p, says=says: Change(p, (Saying(Note(says), UnderCard(p.id)),) if says else ()))
        change = change.then(_step_in, bank, successors, await names_in(uow, project), inside)
        change = change.then(lambda p: advance(p, bank, at, call=True))
        change = change.then(lambda p: Change(p, telling.cards(p, bank, *p.interviews)))
        await keep(uow, project, bank, change, at)


async def _successors(uow: UnitOfWork, project: Project, user: str) -> Mapping[Role, str]:
    """The backup who takes over each role that somebody speaks for; not one whose account is gone as well."""
    gone = await _absent(uow, project.team, [member.user for member in project.members]) | {user}
    found = {role: roles.next_in_line(project, role, gone) for role in Role if project.owner(role) == user}
    return {role: backup for role, backup in found.items() if backup}


def _step_in(project: Project, bank: Bank, successors: Mapping[Role, str], names: Names, inside: Inside) -> Change:
    """In a channel that cannot be written to, everybody is asked where their role was asked before."""
    change = Change(project)
    for role, user in successors.items():
        by_dm = project.interviews[role].by_dm
        in_channel = (project.channel, user) in inside if project.reachable else not by_dm
        change = change.then(lambda p, role=role, user=user: Change(roles.give(p, role, user, Part.OWNER)))
        change = change.then(take_over, bank, role, names, in_channel=in_channel)
    return change


async def names_in(uow: UnitOfWork, project: Project) -> Names:
    """The names of those who have a part in a project."""
    people = await uow.people.of(project.team, sorted({member.user for member in project.members}))
    return {one.user: one.name for one in people}


def _concerns(project: Project, bank: Bank, user: str, at: datetime) -> bool:
    """Whether they have a part or a function in it, or own something of it and have not been missed yet."""
    has_part = any(member.user == user for member in project.members) or user in project.functions.values()
    missed = any(event.type is EventType.LEFT and event.user == user for event in project.events)
    return project.open and (has_part or (not missed and _left(project, bank, user, at) is not project))


def _left(project: Project, bank: Bank, user: str, at: datetime) -> Project:
    return rechecks.leave(project, bank, user, tuple(Role), by="", at=at)


async def _lead(uow: UnitOfWork, project: Project) -> str | None:
    """Who is told: the decider, the one who started it, or anybody who is left; nobody who is gone."""
    asked = [project.decider, project.started_by, *(member.user for member in project.members)]
    wanted = [user for user in asked if user]
    gone = await _absent(uow, project.team, wanted)
    return next((user for user in wanted if user not in gone), None)


async def _absent(uow: UnitOfWork, team: str, users: Collection[str]) -> set[str]:
    return {one.user for one in await uow.people.of(team, users) if one.kind is PersonKind.GONE}
