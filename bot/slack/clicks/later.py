"""The buttons of an entry of the V2 backlog: bring it back, say that it is done, drop it."""

from bot.domain.backlog import Backlog
from bot.domain.commitments import Shelf
from bot.services import backlog
from bot.slack import controls
from bot.slack.payloads import Payload
from bot.slack.views import backlog as views

from .click import Click, once

_SHELVES = {controls.LATER_DONE: Shelf.DONE, controls.LATER_DROP: Shelf.DROPPED}


async def revive(one: Click) -> Payload:
    async with once(one) as uow:
        now = await backlog.revive(uow, one.alignbot.bank, one.project, _number(one), by=one.user, at=uow.now)
    return _shown_again(one, now)


async def settle(one: Click) -> Payload:
    shelf = _SHELVES[one.control.action]
    async with once(one) as uow:
        bank, number = one.alignbot.bank, _number(one)
        now = await backlog.settle(uow, bank, one.project, number, shelf, by=one.user, at=uow.now)
    return _shown_again(one, now)


def _number(one: Click) -> int:
    if not one.control.subject.isdecimal():
        raise controls.OutOfDate
    return int(one.control.subject)


def _shown_again(one: Click, now: Backlog) -> Payload:
    """The list that was clicked shows what became of it."""
    return {**views.backlog(now), "replace_original": bool((one.body.get("container") or {}).get("is_ephemeral"))}
