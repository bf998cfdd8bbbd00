"""The weekly digest: once for each project and week, whoever's clock ticks first."""

from dataclasses import replace
from datetime import datetime

from bot.db import UnitOfWork
from bot.domain.bank import Bank
from bot.domain.details import worth_saying
from bot.domain.digest import TOO_LATE, after_week, next_digest, tell, week_of
from bot.domain.messages import Digest, DigestThread, InChannel, Saying, UnderDigest
from bot.domain.project import Project, Stage

from .speaking import speak

TREND = 52  # digests of which the next one is told: the weeks in a row, the strip, the chart


async def post_due(uow: UnitOfWork, bank: Bank, project_id: int, now: datetime) -> Digest | None:
    """Post a project's digest if it is due and was not posted for that week; plans the next. Returns what was said."""
    project = await uow.projects.get(project_id)
    due = await uow.projects.digest_due_at(project_id)
    if project is None or due is None or due > now:
        return None
    await plan_next(uow, project, now)
    if project.stage not in (Stage.ACTIVE, Stage.LAUNCHED) or not project.reachable or now - due > TOO_LATE:
        return None
    week = week_of(due, project.zone)
    post, thread, facts = tell(project, bank, await uow.digests.history(project.id, TREND), now, week)
    if not await uow.digests.add(project.id, week, facts, now):
        return None
    speak(uow, project, [Saying(post, InChannel(project.channel))])
    if not post.nothing_new and worth_saying(thread):
        speak(uow, project, [Saying(thread, UnderDigest(project.id, week))])
    return post


async def preview(uow: UnitOfWork, bank: Bank, project: Project, now: datetime) -> DigestThread:
    """The digest as it would read now, post and thread; whoever asks for it sees it whole, be there news or not."""
    post, thread, _ = tell(project, bank, await uow.digests.history(project.id, TREND), now)
    return replace(thread, post=replace(post, nothing_new=False))


async def plan_next(uow: UnitOfWork, project: Project, after: datetime) -> datetime | None:
    """Store when the next digest comes, in a week that has had none yet; None when it is off."""
    moment = next_digest(project.digest, project.zone, after)
    last = await uow.digests.last_delivered(project.id)
    if moment and last and last.get("week") == week_of(moment, project.zone):
        moment = next_digest(project.digest, project.zone, after_week(moment, project.zone))
    await uow.projects.wake_digest(project.id, moment)
    return moment
