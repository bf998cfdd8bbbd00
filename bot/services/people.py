"""Facts about people, kept fresh by Slack's events: their zone decides when they are written to."""

from datetime import datetime

from bot.db import UnitOfWork
from bot.domain import rechecks, roles, telling
from bot.domain.bank import Bank, Role
from bot.domain.chronicle import EventType
from bot.domain.interview import advance
from bot.domain.messages import Note, Saying, UnderCard
from bot.domain.people import Person, PersonKind
from bot.domain.project import Change, Project

from .speaking import keep


async def changed(uow: UnitOfWork, bank: Bank, person: Person, at: datetime) -> None:
    """Follow a change of somebody whom we know; of all others we keep nothing."""
    before = await uow.people.get(person.team, person.user)
    if before is not None:
        await uow.people.save([person])
    if person.kind is PersonKind.GONE:
        await _gone(uow, bank, person, at)
    elif before is not None and before.zone != person.zone:  # their working hours are others now
        for project in await uow.projects.of_person(person.team, person.user):
            await uow.projects.wake_pings(project.id, at)


async def _gone(uow: UnitOfWork, bank: Bank, person: Person, at: datetime) -> None:
    """Somebody's account was deactivated: their roles are vacant, what they own is looked at again by others.

    Whoever steers is told once.
    """
    for found in await uow.projects.open_of(person.team):
        project = await uow.projects.get(found.id) if _concerns(found, bank, person.user, at) else None
        if project is None or not _concerns(project, bank, person.user, at):
            continue
        change = Change(roles.take(_left(project, bank, person.user, at), person.user))
        lead = await _lead(uow, change.project)
        says = roles.vacated(project, person.user, lead)
        change = change.then(lambda p, says=says: Change(p, (Saying(Note(says), UnderCard(p.id)),) if says else ()))
        change = change.then(lambda p: advance(p, bank, at, call=True))
        change = change.then(lambda p: Change(p, telling.cards(p, bank, *p.interviews)))
        await keep(uow, project, bank, change, at)


def _concerns(project: Project, bank: Bank, user: str, at: datetime) -> bool:
    """Whether they have a part in it, or own something of it and have not been missed yet."""
    has_part = any(member.user == user for member in project.members)
    missed = any(event.type is EventType.LEFT and event.user == user for event in project.events)
    return project.open and (has_part or (not missed and _left(project, bank, user, at) is not project))


def _left(project: Project, bank: Bank, user: str, at: datetime) -> Project:
    return rechecks.leave(project, bank, user, tuple(Role), by="", at=at)


async def _lead(uow: UnitOfWork, project: Project) -> str | None:
    """Who is told: the decider, the one who started it, or anybody who is left; nobody who is gone."""
    asked = [project.decider, project.started_by, *(member.user for member in project.members)]
    wanted = [user for user in asked if user]
    gone = {one.user for one in await uow.people.of(project.team, wanted) if one.kind is PersonKind.GONE}
    return next((user for user in wanted if user not in gone), None)
