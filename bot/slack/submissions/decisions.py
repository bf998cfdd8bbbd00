"""A decision as it was filled in: the link to its message and the deciders' names are asked of Slack, if it answers."""

import asyncio
import re
from collections.abc import Awaitable, Collection
from typing import TypeVar

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.db import AlreadyHandled, UnitOfWork
from bot.domain import decisions as rules
from bot.domain.decisions import Wish
from bot.domain.errors import BotError, FieldErrors
from bot.domain.escaping import unescape
from bot.domain.people import Person, PersonKind
from bot.domain.permissions import NotAllowed
from bot.services import decisions
from bot.slack import controls, facts, forms
from bot.slack.alignbot import Alignbot
from bot.slack.payloads import Payload, once_key, team_of, user_of
from bot.slack.views.decision_form import subject_key

from .wrong import Wrong

T = TypeVar("T")


async def decision(body: Payload, client: AsyncWebClient, alignbot: Alignbot) -> None:
    """In a form every error stands at an input, so that nothing typed there is lost."""
    try:
        await _log(body, client, alignbot)
    except (AlreadyHandled, NotAllowed):
        raise
    except FieldErrors as wrong:
        raise Wrong(wrong.fields) from None
    except BotError as error:
        raise Wrong({"what": unescape(re.sub(r"[`*]", "", str(error)))}) from None


async def _log(body: Payload, client: AsyncWebClient, alignbot: Alignbot) -> None:
    state, ids = body["view"]["state"]["values"], controls.read_metadata(body["view"])
    who, now = forms.people_of(state, "who"), alignbot.database.clock()
    link, deciders = await asyncio.gather(
        _if_in_time(_link(client, ids), ""),
        _if_in_time(facts.people(client, team_of(body), who, now, alignbot.zone), dict[str, Person]()),
    )
    _refuse_apps(deciders.values())
    id = ids.get("project") or int(forms.option_of(state, "project") or 0)
    async with alignbot.database.transaction(once=once_key(body)) as uow:
        wish = Wish(
            what=forms.words_of(state, "what"),
            why=forms.words_of(state, "why"),
            about=await _about(uow, id, state),
            alternatives=forms.words_of(state, "alternatives"),
            who=who,
            link=link,
            supersedes=_superseded(forms.option_of(state, "supersedes"), id),
        )
        by, bank = user_of(body), alignbot.bank
        await decisions.log(uow, bank, id, wish, deciders.values(), by=by, at=uow.now)


async def _if_in_time(wanted: Awaitable[T], otherwise: T) -> T:
    """A fact that a decision can do without."""
    try:
        found: list[T] = await facts.in_time(wanted)
    except (BotError, SlackApiError):
        return otherwise
    return found[0]


async def _link(client: AsyncWebClient, ids: Payload) -> str:
    if not ids.get("ts"):
        return ""
    answer = await client.chat_getPermalink(channel=ids["channel"], message_ts=ids["ts"])
    return str(answer["permalink"])


def _refuse_apps(deciders: Collection[Person]) -> None:
    app = next((one for one in deciders if one.kind is PersonKind.BOT), None)
    if app is not None:
        raise FieldErrors({"who": f"{app.name} is an app. Pick the people who decided; left empty, it is you."})


async def _about(uow: UnitOfWork, project_id: int, state: forms.State) -> str:
    """The subject that was picked, else the one that was typed."""
    picked = forms.option_of(state, "subject")
    project = await uow.projects.get(project_id) if picked else None
    here = await uow.projects.open_in(project.team, project.channel) if project else ()
    earlier = (about for one in here for about in rules.subjects(one))
    return next((about for about in earlier if subject_key(about) == picked), forms.words_of(state, "about"))


def _superseded(picked: str | None, project_id: int) -> int | None:
    """The number of a decision. Raises FieldErrors where it is another product's."""
    if picked is None:
        return None
    project, _, number = picked.partition("|")
    if int(project) != project_id:
        raise FieldErrors({"supersedes": "That one belongs to another product. Pick one of this product, or none."})
    return int(number)
