"""Asking somebody else: the person suggested, or one who is picked."""

from datetime import UTC, datetime

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.people import Person
from bot.domain.permissions import must_answer
from bot.services import handovers, interviews, status
from bot.slack import controls, facts
from bot.slack.alignbot import Alignbot
from bot.slack.payloads import Payload
from bot.slack.views import helping as views
from bot.slack.views import modals

from .click import Click, once, open_form, open_project_of


async def hand_over(one: Click) -> None:
    await open_form(one, "Hand over", lambda: _hand_over_form(one))


async def _hand_over_form(one: Click) -> Payload:
    async with one.alignbot.database.transaction() as uow:
        project = await open_project_of(uow, one.project)
    question = one.alignbot.bank[one.question]
    must_answer(project, question, one.user)
    suggested = status.suggested(project, question)
    say = "They get it in their one message of the day, with the context; you go on with the next question meanwhile."
    return modals.people_modal("Hand over", project=project.id, question=question.id, suggested=suggested, say=say)


async def ask_somebody(one: Click) -> None:
    """Ask the person suggested on the record, or the one who was picked there."""
    to = one.chosen or one.control.extra
    if not to:
        return  # the picker was emptied
    person = await helper(one.alignbot, one.client, one.team, to)
    async with once(one) as uow:
        bank, by, at = one.alignbot.bank, one.user, uow.now
        await interviews.hand_over(uow, bank, one.project, one.question, to=to, person=person, by=by, at=at)


async def agree(one: Click) -> None:
    """ "Works for me", of the time that stood beside the button."""
    if not one.control.extra.isdecimal() or len(one.control.extra) > _LONGEST_MOMENT:
        raise controls.OutOfDate
    slot, by = datetime.fromtimestamp(int(one.control.extra), UTC), one.user
    async with once(one) as uow:
        await handovers.agree(uow, one.alignbot.bank, one.project, one.question, slot=slot, by=by, at=uow.now)


_LONGEST_MOMENT = 11  # digits of seconds since 1970 that a date can hold


async def move(one: Click) -> None:
    await open_form(one, "Another time", lambda: _move_form(one))


async def _move_form(one: Click) -> Payload:
    bank = one.alignbot.bank
    async with one.alignbot.database.transaction() as uow:
        handover = await handovers.asking(uow, bank, one.project, one.question, by=one.user)
        slot = handover.slot if handover.slot and handover.slot > uow.now else None
    return views.move_modal(one.project, one.question, bank[one.question].title, slot)


async def not_me(one: Click) -> None:
    async with once(one) as uow:
        await handovers.refuse(uow, one.alignbot.bank, one.project, one.question, by=one.user, at=uow.now)


async def take_back(one: Click) -> None:
    async with once(one) as uow:
        await handovers.take_back(uow, one.alignbot.bank, one.project, one.question, by=one.user, at=uow.now)


async def helper(alignbot: Alignbot, client: AsyncWebClient, team: str, user: str) -> Person | None:
    """Who somebody is that is to be asked, as Slack knows them."""
    now = alignbot.database.clock()
    [found] = await facts.in_time(facts.person(client, team, user, now, alignbot.zone))
    return found if isinstance(found, Person) else None
