"""Clear to me; That's right."""

from bot.services import vouching

from .click import Click, once


async def clear(one: Click) -> None:
    async with once(one) as uow:
        await vouching.clear(uow, one.alignbot.bank, one.project, one.question, by=one.user)


async def confirm(one: Click) -> None:
    async with once(one) as uow:
        await vouching.confirm(uow, one.alignbot.bank, one.project, one.question, by=one.user)
