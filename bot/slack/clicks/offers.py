"""The buttons beside a hard input: use the simpler one, keep the original, agree that it stays."""

from bot.domain.commitments import Stand
from bot.services import offers
from bot.slack import controls
from bot.slack.payloads import Payload
from bot.slack.views import simpler as views

from .click import Click, once, open_form


async def use_simpler(one: Click) -> None:
    async with once(one) as uow:
        bank, key = one.alignbot.bank, one.control.extra
        await offers.take(uow, bank, one.project, key, saw=_saw(one), by=one.user, at=uow.now)


async def keep_original(one: Click) -> None:
    await open_form(one, "Keep the original", lambda: _keep_form(one))


async def _keep_form(one: Click) -> Payload:
    async with one.alignbot.database.transaction() as uow:
        offer = await offers.to_keep(uow, one.project, one.control.extra, saw=_saw(one), by=one.user)
    return views.keep_modal(one.project, one.control.extra, offer.input)


async def agree(one: Click) -> None:
    async with once(one) as uow:
        await offers.agree(uow, one.alignbot.bank, one.project, one.control.extra, by=one.user, at=uow.now)


def _saw(one: Click) -> Stand:
    """How it stood when the button was made."""
    if one.control.subject not in set(Stand):
        raise controls.OutOfDate
    return Stand(one.control.subject)
