"""What the people of a product set for it."""

from dataclasses import dataclass, replace

from bot.db import UnitOfWork
from bot.domain.bank import Bank
from bot.domain.errors import BotError
from bot.domain.permissions import must_steer
from bot.domain.project import Change, DigestPlan, Project

from .digests import plan_next
from .speaking import keep


@dataclass(frozen=True, slots=True)
class Settings:
    digest: DigestPlan
    pulse_weeks: int | None
    shared: bool  # told of in the leads' digest; never where the channel is private


async def to_set(uow: UnitOfWork, project_id: int, by: str) -> Project:
    """A project whose settings this person may change, locked. Raises BotError otherwise."""
    project = await uow.projects.get(project_id)
    if project is None or not project.open:
        raise BotError("This kickoff is closed, so there is nothing to set any more.")
    must_steer(project, by, "change its settings")
    return project


async def change(uow: UnitOfWork, bank: Bank, project_id: int, settings: Settings, *, by: str) -> Project:
    project = await to_set(uow, project_id, by)
    shared = settings.shared and not project.private
    after = replace(project, digest=settings.digest, pulse_weeks=settings.pulse_weeks, shared=shared)
    after = await keep(uow, project, bank, Change(after), uow.now)
    await plan_next(uow, after, uow.now)
    await uow.projects.wake_check(project.id, uow.now)
    return after
