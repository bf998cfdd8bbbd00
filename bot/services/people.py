"""Facts about people, kept fresh by Slack's events: their zone decides when they are written to."""

from bot.db import UnitOfWork
from bot.domain.people import Person


async def changed(uow: UnitOfWork, person: Person) -> None:
    """Follow a change of somebody whom we know; of all others we keep nothing."""
    if await uow.people.get(person.team, person.user) is not None:
        await uow.people.save([person])
