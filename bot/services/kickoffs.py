"""Starting a kickoff."""

from collections.abc import Mapping
from datetime import datetime

from bot.db import UnitOfWork
from bot.domain import calendar, kickoff
from bot.domain.bank import Bank
from bot.domain.interview import advance
from bot.domain.kickoff import Place, Request
from bot.domain.people import Person
from bot.domain.project import Project

from . import checks
from .digests import plan_next
from .speaking import keep


async def start(
    uow: UnitOfWork,
    bank: Bank,
    request: Request,
    place: Place,
    starter: Person,
    people: Mapping[str, Person],
    at: datetime,
) -> Project:
    """Start a kickoff. Raises BotError, or FieldErrors where an input needs a correction."""
    request = request.tidy
    kickoff.check_place(place)
    kickoff.check_starter(starter, place)
    kickoff.check_request(request, people, at.astimezone(calendar.zone_of(starter.zone)).date())
    slug = kickoff.slug(request.name)
    project = await uow.projects.start(kickoff.begin(request, place, starter, bank, at), slug)
    if project is None:
        running = await uow.projects.named(starter.team, place.id, slug)
        raise kickoff.running_already(running.name if running else request.name)
    known = {person.user: person for person in (*people.values(), starter)}
    await uow.people.save([known[user] for user in sorted(known)])  # in one order: two kickoffs at once take turns
    return await _announced(uow, bank, project, at)


async def _announced(uow: UnitOfWork, bank: Bank, project: Project, at: datetime) -> Project:
    change = kickoff.announce(project, bank).then(advance, bank, at)
    project = await keep(uow, project, bank, change, at)
    await uow.projects.wake_pings(project.id, at)
    await plan_next(uow, project, at)
    await checks.plan_next(uow, project, at)
    return project
