"""Pausing, resuming and closing a kickoff, when its digest comes, when it launches and that it did."""

from dataclasses import replace
from datetime import date, datetime

from bot.db import UnitOfWork
from bot.domain import launch, telling
from bot.domain.bank import Bank
from bot.domain.errors import BotError
from bot.domain.escaping import escape
from bot.domain.interview import advance
from bot.domain.messages import Note, Saying, UnderCard
from bot.domain.permissions import must_steer
from bot.domain.project import Change, DigestPlan, Project, Stage

from . import checks
from .digests import plan_next
from .speaking import keep


async def pause(uow: UnitOfWork, bank: Bank, project_id: int, *, by: str, at: datetime) -> Project:
    """Hold reminders and digests; answers are still welcome."""
    project = await _steered(uow, project_id, by, "pause it")
    if project.stage is Stage.PAUSED:
        raise BotError(f"*{escape(project.name)}* is paused already. `/align resume` wakes it up.")
    said = f"<@{by}> paused this kickoff: no reminders, no digest, until `/align resume`. Answers are still welcome."
    return await _to_stage(uow, bank, project, Stage.PAUSED, said, at)


async def resume(uow: UnitOfWork, bank: Bank, project_id: int, *, by: str, at: datetime) -> Project:
    project = await _steered(uow, project_id, by, "resume it")
    if project.stage is not Stage.PAUSED:
        raise BotError(
            f"*{escape(project.name)}* isn't paused; everything runs. `/align status` shows where it stands."
        )
    stage = Stage.LAUNCHED if launch.went_live(project) else Stage.ACTIVE
    after = await _to_stage(uow, bank, project, stage, f"<@{by}> resumed this kickoff. It goes on where it stood.", at)
    after = await keep(uow, after, bank, advance(after, bank, at), at)  # a question that Slack refused is asked again
    await uow.projects.wake_pings(project.id, at)
    await plan_next(uow, after, at)
    await checks.plan_next(uow, after, at)
    return after


async def close(uow: UnitOfWork, bank: Bank, project_id: int, *, by: str, at: datetime) -> Project:
    """End a kickoff: everything said is kept, nothing more is asked."""
    project = await _steered(uow, project_id, by, "close it")
    said = f"<@{by}> closed this kickoff. Everything said is kept; nothing more is asked or posted."
    after = await _to_stage(uow, bank, project, Stage.CLOSED, said, at)
    await uow.projects.wake_pings(project.id, None)
    await uow.projects.wake_digest(project.id, None)
    await uow.projects.wake_check(project.id, None)
    return after


async def set_date(
    uow: UnitOfWork, bank: Bank, project_id: int, day: date | None, *, because: str, by: str, at: datetime
) -> Project:
    """Move the launch, or drop its date; what was estimated for the old one is asked about again."""
    project = await _steered(uow, project_id, by, "move its launch")
    return await keep(uow, project, bank, launch.move(project, bank, day, because=because, by=by, at=at), at)


async def launched(uow: UnitOfWork, bank: Bank, project_id: int, day: date | None, *, by: str, at: datetime) -> Project:
    """It went live: what was promised for that is looked at again, and looked after from now on."""
    project = await _steered(uow, project_id, by, "say that it is live")
    return await keep(uow, project, bank, launch.launched(project, bank, day, by=by, at=at), at)


async def plan_digest(
    uow: UnitOfWork, bank: Bank, project_id: int, plan: DigestPlan, *, by: str, at: datetime
) -> Project:
    """Set day and hour of the digest, or turn it off."""
    project = await _steered(uow, project_id, by, "move its digest")
    after = await keep(uow, project, bank, Change(replace(project, digest=plan)), at)
    await plan_next(uow, after, at)
    return after


async def _steered(uow: UnitOfWork, project_id: int, by: str, what: str) -> Project:
    project = await uow.projects.get(project_id)
    if project is None or not project.open:
        raise BotError("This kickoff is closed. `/align kickoff` starts a new one.")
    must_steer(project, by, what)
    return project


async def _to_stage(uow: UnitOfWork, bank: Bank, project: Project, stage: Stage, said: str, at: datetime) -> Project:
    after = replace(project, stage=stage)
    note = Saying(Note(said), UnderCard(project.id))
    return await keep(uow, project, bank, Change(after, (note, *telling.cards(after, bank, *after.interviews))), at)
