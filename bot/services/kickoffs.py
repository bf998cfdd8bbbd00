"""Starting a kickoff."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.db import UnitOfWork
from bot.domain import calendar, kickoff
from bot.domain.bank import Bank
from bot.domain.interview import advance
from bot.domain.kickoff import Place, Request
from bot.domain.people import Person
from bot.domain.project import Project

from .digests import plan_next
from .speaking import keep


@dataclass(frozen=True, slots=True)
class Started:
    project: Project
    new: bool  # False: the same product was already being kicked off in this channel


async def start(
    uow: UnitOfWork,
    bank: Bank,
    request: Request,
    place: Place,
    starter: Person,
    people: Mapping[str, Person],
    at: datetime,
) -> Started:
    """Start a kickoff; the same name in the same channel, started twice, is one kickoff.

    Raises BotError, or FieldErrors where an input needs a correction.
    """
    kickoff.check_place(place)
    kickoff.check_starter(starter)
    today = at.astimezone(calendar.zone_of(starter.zone)).date()
    kickoff.check_request(request, people, today)
    slug = kickoff.slug(request.name)
    project = await uow.projects.start(kickoff.begin(request, place, starter, bank, at), slug)
    if project is None:
        running = await uow.projects.named(starter.team, place.id, slug)
        assert running is not None  # the unique name that refused ours
        return Started(running, new=False)
    await uow.people.save([starter, *(p for p in people.values() if p.user != starter.user)])
    change = kickoff.announce(project, bank).then(lambda p: advance(p, bank, at))
    project = await keep(uow, project, bank, change, at)
    await uow.projects.wake_pings(project.id, at)
    await plan_next(uow, project, at)
    return Started(project, new=True)
