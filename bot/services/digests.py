"""The weekly digest: once for each project and week, whoever's clock ticks first."""

from dataclasses import replace
from datetime import datetime

from bot.db import UnitOfWork
from bot.domain.bank import Bank
from bot.domain.digest import TOO_LATE, next_digest, tell, week_of
from bot.domain.messages import Digest, InChannel, Saying
from bot.domain.project import Project, Stage

from .speaking import speak


async def post_due(uow: UnitOfWork, bank: Bank, project_id: int, now: datetime) -> Digest | None:
    """Post a project's digest if it is due and was not posted for that week; plans the next. Returns what was said."""
    project = await uow.projects.get(project_id)
    due = await uow.projects.digest_due_at(project_id)
    if project is None or due is None or due > now:
        return None
    await plan_next(uow, project, now)
    if project.stage not in (Stage.ACTIVE, Stage.LAUNCHED) or not project.reachable or now - due > TOO_LATE:
        return None
    message, facts = tell(project, bank, await uow.digests.last_delivered(project.id), now)
    if not await uow.digests.add(project.id, week_of(due, project.zone), facts, now):
        return None
    message = replace(message, week=week_of(due, project.zone))
    speak(uow, project, [Saying(message, InChannel(project.channel))])
    return message


async def preview(uow: UnitOfWork, bank: Bank, project: Project, now: datetime) -> Digest:
    """The digest as it would read now."""
    return tell(project, bank, await uow.digests.last_delivered(project.id), now)[0]


async def plan_next(uow: UnitOfWork, project: Project, after: datetime) -> datetime | None:
    """Store when the next digest comes; None when it is off."""
    moment = next_digest(project.digest, project.zone, after)
    await uow.projects.wake_digest(project.id, moment)
    return moment
