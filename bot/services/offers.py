"""What people do about the offer of a simpler input: use it, or keep the original and say why."""

from datetime import datetime

from bot.db import UnitOfWork
from bot.domain import choosing
from bot.domain.bank import Bank
from bot.domain.commitments import Offer, Stand
from bot.domain.errors import BotError
from bot.domain.escaping import escape
from bot.domain.offer_cards import key_of
from bot.domain.project import Project

from .speaking import keep


async def take(uow: UnitOfWork, bank: Bank, project_id: int, key: str, *, saw: Stand, by: str, at: datetime) -> None:
    """Put the simpler one into the first version. Raises BotError."""
    project, offer = await _found(uow, project_id, key)
    await keep(uow, project, bank, choosing.take(project, bank, offer, saw=saw, by=by, at=at), at)


async def to_keep(uow: UnitOfWork, project_id: int, key: str, *, saw: Stand, by: str) -> Offer:
    """The offer, for whoever may say that the original stays. Raises BotError."""
    project, offer = await _found(uow, project_id, key)
    choosing.may_keep(project, offer, saw=saw, by=by)
    return offer


async def keep_original(
    uow: UnitOfWork, bank: Bank, project_id: int, key: str, *, reason: str, gain: str, by: str, at: datetime
) -> None:
    """Raises FieldErrors at `reason` and `gain`, BotError."""
    project, offer = await _found(uow, project_id, key)
    change = choosing.keep(project, offer, reason=reason, gain=gain, saw=Stand.OFFERED, by=by, at=at)
    await keep(uow, project, bank, change, at)


async def agree(uow: UnitOfWork, bank: Bank, project_id: int, key: str, *, by: str, at: datetime) -> None:
    """Agree that the original stays. Raises BotError."""
    project, offer = await _found(uow, project_id, key)
    await keep(uow, project, bank, choosing.agree(project, offer, by=by, at=at), at)


async def _found(uow: UnitOfWork, project_id: int, key: str) -> tuple[Project, Offer]:
    project = await uow.projects.get(project_id)
    if project is None or not project.open:
        name = f"*{escape(project.name)}*" if project else "This kickoff"
        raise BotError(f"{name} is closed, so its inputs stay as they are.")
    offer = next((offer for offer in project.offers.values() if key_of(offer.input) == key), None)
    if offer is None:
        raise BotError("I don't know this input any more. `/align status` shows where it stands now.")
    return project, offer
