"""A kickoff from the command line or from the form: facts from Slack first, then one transaction."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain import kickoff
from bot.domain.errors import BotError
from bot.domain.kickoff import Request
from bot.services import kickoffs
from bot.services.kickoffs import Started

from . import facts
from .alignbot import Alignbot
from .payloads import Payload, once_key, team_of, user_of


async def start(
    alignbot: Alignbot, client: AsyncWebClient, body: Payload, request: Request, channel: str, name: str = ""
) -> Started:
    """Start what was asked for in a channel. Raises BotError, or FieldErrors at the inputs of a form."""
    now, user = alignbot.database.clock(), user_of(body)
    known = facts.people(client, team_of(body), [user, *request.people.values()], now, alignbot.zone)
    place, people = await facts.in_time(facts.place(client, channel, name), known)
    kickoff.check_place(place)
    if user not in people:
        raise BotError("I can't find you in this workspace, so I can't start a kickoff for you.")
    async with alignbot.database.transaction(once=once_key(body)) as uow:
        return await kickoffs.start(uow, alignbot.bank, request, place, people[user], people, uow.now)
