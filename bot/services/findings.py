"""What people do about a finding: talk it over, change what they said, live with it."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.db import UnitOfWork
from bot.domain import deciding
from bot.domain.as_snapshot import today
from bot.domain.bank import Bank
from bot.domain.chronicle import Followed
from bot.domain.deciding import Edit
from bot.domain.errors import BotError
from bot.domain.escaping import escape
from bot.domain.project import Project

from .speaking import keep

_LONG = 500  # characters: a shorter key is a whole one


async def talk(uow: UnitOfWork, bank: Bank, project_id: int, key: str, *, at: datetime) -> None:
    """Call everybody concerned together in the card's thread, once a day."""
    project, finding = await _found(uow, project_id, key)
    await keep(uow, project, bank, deciding.talk(project, bank, finding, at), at)


async def to_change(uow: UnitOfWork, bank: Bank, project_id: int, key: str, *, by: str) -> Sequence[Edit]:
    """The answers of this person on which a finding rests. Raises BotError where there are none."""
    project, finding = await _found(uow, project_id, key)
    return deciding.to_change(project, bank, finding, by)


async def to_live_with(
    uow: UnitOfWork, bank: Bank, project_id: int, key: str, *, by: str, at: datetime
) -> tuple[Followed, date]:
    """The finding, for whoever may say that the team lives with it, and the project's day. Raises BotError."""
    project, finding = await _found(uow, project_id, key)
    deciding.must_live_with(project, bank, finding, by)
    return finding, today(project, at)


async def live_with(
    uow: UnitOfWork, bank: Bank, project_id: int, key: str, *, reason: str, until: date | None, by: str, at: datetime
) -> None:
    """Keep a finding without asking about it. Raises FieldErrors at `reason` and `until`."""
    project, finding = await _found(uow, project_id, key)
    await keep(
        uow, project, bank, deciding.live_with(project, bank, finding, by=by, reason=reason, until=until, at=at), at
    )


async def _found(uow: UnitOfWork, project_id: int, key: str) -> tuple[Project, Followed]:
    project = await uow.projects.get(project_id)
    if project is None or not project.open:
        name = f"*{escape(project.name)}*" if project else "This kickoff"
        raise BotError(f"{name} is closed, so its findings stay as they are.")
    finding = project.followed.get(key) or _beginning_with(project, key)
    if finding is None:
        raise BotError("I don't see this one any more. `/align status` shows where it stands now.")
    return project, finding


def _beginning_with(project: Project, start: str) -> Followed | None:
    """A control holds no more of a key than fits into it."""
    found = [finding for key, finding in project.followed.items() if key.startswith(start)]
    return found[0] if len(start) > _LONG and len(found) == 1 else None
