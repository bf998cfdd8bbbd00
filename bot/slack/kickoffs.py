"""A kickoff from the command line or from the form: facts from Slack first, then one transaction."""

import re

from slack_sdk.web.async_client import AsyncWebClient

from bot.db import AlreadyHandled
from bot.domain import kickoff
from bot.domain.errors import BotError, FieldErrors
from bot.domain.escaping import unescape
from bot.domain.kickoff import Request
from bot.domain.project import Project
from bot.services import kickoffs

from . import facts
from .alignbot import Alignbot
from .payloads import Payload, once_key, team_of, user_of
from .views import modals


async def open_form(client: AsyncWebClient, body: Payload, channel: str, name: str) -> None:
    """Open the form, unless a kickoff cannot live here anyway."""
    await facts.in_time(_open_form(client, body, channel, name))


async def _open_form(client: AsyncWebClient, body: Payload, channel: str, name: str) -> None:
    kickoff.check_place(await facts.place(client, channel, name))
    await client.views_open(trigger_id=body["trigger_id"], view=modals.kickoff_modal(channel))


async def start(
    alignbot: Alignbot, client: AsyncWebClient, body: Payload, request: Request, channel: str, name: str = ""
) -> Project:
    """Start what was asked for in a channel. Raises BotError, or FieldErrors at the inputs of a form.

    In a form every error stands at an input, so that nothing typed there is lost.
    """
    try:
        return await _start(alignbot, client, body, request, channel, name)
    except (AlreadyHandled, FieldErrors):
        raise
    except BotError as error:
        if body.get("type") != "view_submission":
            raise
        raise FieldErrors({"name": _plain(str(error))}) from None


async def _start(
    alignbot: Alignbot, client: AsyncWebClient, body: Payload, request: Request, channel: str, name: str
) -> Project:
    now, user, team = alignbot.database.clock(), user_of(body), team_of(body)
    wanted = [user, *request.people.values()]
    place, people = await facts.in_time(
        facts.place(client, channel, name, looking_for=wanted),
        facts.people(client, team, wanted, now, alignbot.zone),
    )
    kickoff.check_place(place)
    if user not in people:
        raise BotError("I can't find you in this workspace, so I can't start a kickoff for you.")
    async with alignbot.database.transaction(once=once_key(body)) as uow:
        return await kickoffs.start(uow, alignbot.bank, request, place, people[user], people, uow.now)


def _plain(mrkdwn: str) -> str:
    """Our own sentence for a place that shows plain text."""
    return unescape(re.sub(r"[`*]", "", mrkdwn))
