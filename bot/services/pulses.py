"""The pulse: marked by one person of each role, opened and closed by the clock or by hand."""

from dataclasses import replace
from datetime import datetime

from bot.db import UnitOfWork
from bot.domain import pulse
from bot.domain.bank import Bank
from bot.domain.errors import BotError
from bot.domain.escaping import escape
from bot.domain.messages import Matter, PingItem
from bot.domain.permissions import must_steer
from bot.domain.project import Change, Project, Stage
from bot.domain.reminders import open_items
from bot.domain.waiting import item_of

from .reminders import show_settled
from .speaking import keep


async def mark(
    uow: UnitOfWork, bank: Bank, project_id: int, key: str, statement: str, value: int | None, *, by: str
) -> Project:
    """Keep what somebody makes of a statement: 1 to 5, or None for "can't say"."""
    project = await _project(uow, project_id)
    after = await keep(uow, project, bank, pulse.mark(project, key, statement, value, by=by, at=uow.now), uow.now)
    await show_settled(uow, after, bank, [key])  # the reminder shows what is marked so far
    return after


async def start(uow: UnitOfWork, bank: Bank, project_id: int, *, by: str) -> Project:
    """Open a round now."""
    project = await _steered(uow, project_id, by, "start a pulse")
    if project.stage not in (Stage.ACTIVE, Stage.LAUNCHED):
        raise BotError(f"*{escape(project.name)}* rests, and so does its pulse. `/align resume` wakes it up.")
    return await _kept(uow, bank, project, pulse.start(project, uow.now))


async def plan(uow: UnitOfWork, bank: Bank, project_id: int, weeks: int | None, *, by: str) -> Project:
    """Set how far the pulses are apart, or turn them off."""
    project = await _steered(uow, project_id, by, "change its pulse")
    return await _kept(uow, bank, project, Change(replace(project, pulse_weeks=weeks)))


async def _kept(uow: UnitOfWork, bank: Bank, project: Project, change: Change) -> Project:
    after = await keep(uow, project, bank, change, uow.now)
    await uow.projects.wake_check(project.id, uow.now)  # which plans when it closes, or when the next one opens
    return after


async def _steered(uow: UnitOfWork, project_id: int, by: str, what: str) -> Project:
    project = await _project(uow, project_id)
    must_steer(project, by, what)
    return project


async def _project(uow: UnitOfWork, project_id: int) -> Project:
    project = await uow.projects.get(project_id)
    if project is None or not project.open:
        raise BotError("This kickoff is closed, and its pulses with it.")
    return project


def waiting(project: Project, bank: Bank, user: str, now: datetime) -> PingItem | None:
    """The round that runs, while this person still has something to mark in it."""
    items = [item for item in open_items(project, bank, user, now) if item.matter is Matter.PULSE]
    return item_of(items[0], project, bank, None, now) if items else None
