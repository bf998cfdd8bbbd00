"""The daily look: what time alone has changed, found on the morning of the project's own day."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta

from bot.db import UnitOfWork
from bot.domain import calendar, following, pulse
from bot.domain.bank import Bank
from bot.domain.messages import FindingCard
from bot.domain.project import Change, Project, Stage
from bot.domain.reminders import open_items

from .speaking import keep

OPENS = time(9)

STEPS: tuple[Callable[[Project, Bank, datetime], Change], ...] = (
    lambda project, _, now: pulse.look(project, now),
    following.look_again,
)
"""What each look does, in this order."""


async def look(uow: UnitOfWork, bank: Bank, project_id: int, now: datetime) -> Sequence[str]:
    """Look at a project that is due, and plan the next look. Returns the titles of the findings that were told."""
    project = await uow.projects.get(project_id)
    if project is None:
        return ()
    if not _runs(project):
        await plan_next(uow, project, now)
        return ()
    change = Change(project)
    for step in STEPS:
        change = change.then(step, bank, now)
    after = await keep(uow, project, bank, change, now)
    await plan_next(uow, after, now)
    people = {member.user for member in after.members} | {after.decider or after.started_by}
    if any(open_items(after, bank, user, now) for user in people):
        await uow.projects.wake_pings(after.id, now)
    return [say.message.title for say in change.says if isinstance(say.message, FindingCard)]


async def plan_next(uow: UnitOfWork, project: Project, after: datetime) -> None:
    """Store when a project is looked at next: at nine, or when its pulse closes; never while it rests."""
    await uow.projects.wake_check(project.id, _next(project, after) if _runs(project) else None)


def _runs(project: Project) -> bool:
    return project.stage in (Stage.ACTIVE, Stage.LAUNCHED)


def _next(project: Project, after: datetime) -> datetime:
    zone = calendar.zone_of(project.zone)
    day = after.astimezone(zone).date()
    mornings = (datetime.combine(day + timedelta(days=n), OPENS, zone).astimezone(UTC) for n in range(2))
    moments = [*mornings, *([running.closes_at] if (running := pulse.running(project)) else [])]
    return min(moment for moment in moments if moment > after)
