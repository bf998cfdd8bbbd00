"""Who was asked to help, and a quarter of an hour for the two: agreed on, moved, refused, taken back."""

from collections.abc import Callable
from datetime import datetime

from bot.db import UnitOfWork
from bot.domain import calendar, detours, slots
from bot.domain.bank import Bank, Question
from bot.domain.errors import BotError
from bot.domain.escaping import escape
from bot.domain.project import Change, Handover, Project

from .reminders import show_settled
from .speaking import keep


async def slot_for(uow: UnitOfWork, project: Project, one: str, other: str, at: datetime) -> datetime:
    """When two people could talk; somebody whom we know nothing of works by the project's clock."""
    zones = {person.user: person.zone for person in await uow.people.of(project.team, [one, other])}
    mine, theirs = (calendar.zone_of(zones.get(user, project.zone)) for user in (one, other))
    return slots.propose(at, mine, theirs)


async def agree(
    uow: UnitOfWork, bank: Bank, project_id: int, question_id: str, *, slot: datetime, by: str, at: datetime
) -> None:
    """One of the two says that the time suits them."""
    await _step(uow, bank, project_id, question_id, at, lambda p, q: slots.agree(p, bank, q, slot=slot, by=by, at=at))


async def move(
    uow: UnitOfWork, bank: Bank, project_id: int, question_id: str, *, slot: datetime, by: str, at: datetime
) -> None:
    """One of the two proposes another time. Raises FieldErrors for one that lies in the past, or too far away."""
    await _step(uow, bank, project_id, question_id, at, lambda p, q: slots.move(p, bank, q, slot=slot, by=by, at=at))


async def refuse(uow: UnitOfWork, bank: Bank, project_id: int, question_id: str, *, by: str, at: datetime) -> None:
    """Who was asked can't help; who asked is told, and asks somebody else."""
    await _step(uow, bank, project_id, question_id, at, lambda p, q: detours.refuse(p, bank, q, by=by, at=at))


async def take_back(uow: UnitOfWork, bank: Bank, project_id: int, question_id: str, *, by: str, at: datetime) -> None:
    """The question is the role's again; it leaves the list of who was asked."""
    await _step(uow, bank, project_id, question_id, at, lambda p, q: detours.take_back(p, bank, q, by=by, at=at))


async def asking(uow: UnitOfWork, bank: Bank, project_id: int, question_id: str, *, by: str) -> Handover:
    """The asking that stands, for one of its two. Raises BotError."""
    project, question = await _open(uow, bank, project_id, question_id)
    return slots.of_two(project, question, by)


async def _step(
    uow: UnitOfWork,
    bank: Bank,
    project_id: int,
    question_id: str,
    at: datetime,
    step: Callable[[Project, Question], Change],
) -> None:
    """Keep what a step makes of the project; the reminder that shows the question follows."""
    project, question = await _open(uow, bank, project_id, question_id)
    change = step(project, question)
    if change == Change(project):
        return
    after = await keep(uow, project, bank, change, at)
    await show_settled(uow, after, bank, [question.id])


async def _open(uow: UnitOfWork, bank: Bank, project_id: int, question_id: str) -> tuple[Project, Question]:
    """The project, locked, and a question of it."""
    project, question = await uow.projects.get(project_id), bank.by_id.get(question_id)
    if project is None or question is None:
        raise BotError("This question is no longer asked. Nothing is lost; `/align questions` shows what is open.")
    if not project.open:
        raise BotError(f"*{escape(project.name)}* is closed, so nobody needs to meet about it.")
    return project, question
