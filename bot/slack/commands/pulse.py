"""`/align pulse`: your part of the round that runs, or the last result; and when the next one comes."""

from bot.domain import pulse as rules
from bot.domain.escaping import escape
from bot.domain.project import Project
from bot.services import pulses
from bot.slack.payloads import Payload
from bot.slack.views import pulse as view
from bot.slack.views import status as panels
from bot.slack.views.blocks import post
from bot.slack.views.text import when

from .asked import Asked

_EVERY = {"weekly": 1, "on": 2, "monthly": 4, "off": None}


async def pulse(asked: Asked) -> Payload:
    """`now` starts a round; `weekly`, `on` (every two weeks), `monthly` and `off` set how often; a project behind."""
    word, _, name = asked.text.partition(" ")
    if word.casefold() == "now":
        return await _start(asked, name)
    if word.casefold() in _EVERY:
        return await _plan(asked, _EVERY[word.casefold()], name)
    async with asked.alignbot.database.transaction() as uow:
        project = await asked.project(uow, asked.text)
        mine = pulses.waiting(project, asked.alignbot.bank, asked.user, uow.now)
    if mine:
        return post([view.to_mark_text(mine)], view.to_mark(mine))
    return _last(project)


async def _start(asked: Asked, name: str) -> Payload:
    async with asked.alignbot.database.transaction(once=asked.once) as uow:
        project = await asked.project(uow, name)
        after = await pulses.start(uow, asked.alignbot.bank, project.id, by=asked.user)
    people = ", ".join(dict.fromkeys(f"<@{user}>" for user in after.pulses[-1].asked.values()))
    return panels.sentence(f"The pulse of *{escape(after.name)}* is open: {people} get it in their next message.")


async def _plan(asked: Asked, weeks: int | None, name: str) -> Payload:
    async with asked.alignbot.database.transaction(once=asked.once) as uow:
        project = await asked.project(uow, name)
        after = await pulses.plan(uow, asked.alignbot.bank, project.id, weeks, by=asked.user)
    return panels.sentence(f"*{escape(after.name)}*: {_next(after)}")


def _last(project: Project) -> Payload:
    if running := rules.running(project):
        answered = sum(running.answered(role) for role in running.asked)
        return panels.sentence(
            f"Pulse {running.number} of *{escape(project.name)}* is open: {answered} of {len(running.asked)} roles "
            f"have answered. It closes {when(running.closes_at)} at the latest; until then nobody sees a mark."
        )
    closed = [pulse for pulse in project.pulses if pulse.answers]
    if not closed:
        return panels.sentence(f"*{escape(project.name)}* has had no pulse yet. {_next(project)}")
    shown = view.result(rules.result(project, closed[-1]))
    say = _next(project)
    return post([shown["text"], say], [*shown["blocks"], *panels.sentence(say)["blocks"]])


def _next(project: Project) -> str:
    coming = rules.next_at(project)
    if project.pulse_weeks is None:
        return "The pulse is off. `/align pulse on` asks every two weeks."
    if coming is None:
        return "It rests now, and so does its pulse. `/align resume` wakes it up."
    return f"The next pulse opens on {when(coming)}. `/align pulse now` opens one at once, `/align pulse off` stops it."
