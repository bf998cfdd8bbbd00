"""Asking somebody else: the person suggested, or one who is picked."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.people import Person
from bot.domain.permissions import must_answer
from bot.services import interviews, status
from bot.slack import facts
from bot.slack.alignbot import Alignbot
from bot.slack.payloads import Payload
from bot.slack.views import modals

from .click import Click, once, open_form, project_of


async def hand_over(one: Click) -> None:
    await open_form(one, "Hand over", lambda: _hand_over_form(one))


async def _hand_over_form(one: Click) -> Payload:
    async with one.alignbot.database.transaction() as uow:
        project = await project_of(uow, one.project)
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


async def helper(alignbot: Alignbot, client: AsyncWebClient, team: str, user: str) -> Person | None:
    """Who somebody is that is to be asked, as Slack knows them."""
    now = alignbot.database.clock()
    [found] = await facts.in_time(facts.person(client, team, user, now, alignbot.zone))
    return found if isinstance(found, Person) else None
