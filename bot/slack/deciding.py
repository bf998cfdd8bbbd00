"""The form of a decision, filled from what was said: opened by a command, by a shortcut, or by a button of the list."""

import re

from bot.db import UnitOfWork
from bot.domain.decisions import LONGEST
from bot.domain.escaping import unescape
from bot.services import decisions as service

from .alignbot import Alignbot
from .payloads import Payload, storable
from .views.decision_form import Start, decision_form
from .views.text import cut

_PERSON = re.compile(r"<@([UW]\w+)(?:\|([^<>]*))?>", re.ASCII)
_ENTITY = re.compile(r"<(?:!|#)?(?P<id>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")


async def form_in(alignbot: Alignbot, team: str, channel: str, start: Start) -> Payload:
    """The form for the projects of a channel. Raises BotError where this person cannot log a decision there."""
    async with alignbot.database.transaction() as uow:
        projects = await service.to_log(uow, team, channel, start.user)
        what = await _in_words(uow, team, start.what)
    return decision_form(projects, Start(start.user, what, start.channel, start.ts))


async def _in_words(uow: UnitOfWork, team: str, text: str) -> str:
    """Text of Slack as people read it: names instead of ids, no entities."""
    names = await service.names_of(uow, team, {user for user, _ in _PERSON.findall(text)})

    def person(said: re.Match[str]) -> str:
        name = names.get(said[1]) or said[2]
        return f"@{name}" if name else said[0]

    pieces = _PERSON.split(text)
    between = [_without_entities(piece) for piece in pieces[::3]]
    people = [person(said) for said in _PERSON.finditer(text)]
    words = "".join(part for both in zip(between, [*people, ""], strict=True) for part in both)
    return cut(storable(unescape(words)).strip(), LONGEST)


def _without_entities(text: str) -> str:
    return _ENTITY.sub(_shown, text)


def _shown(entity: re.Match[str]) -> str:
    """A link by its label and address, a channel or a group by its name."""
    label, id = entity["label"], entity["id"]
    if id.startswith(("http://", "https://")):
        return f"{label} ({id})" if label and label != id else id
    sign = {"<#": "#", "<!": "@"}.get(entity[0][:2], "")
    return f"{sign}{(label or id).lstrip('#@')}" if label or sign else id
