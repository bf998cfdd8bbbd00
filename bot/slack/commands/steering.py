"""Who speaks for whom, and whether a kickoff rests, runs or is closed."""

from collections.abc import Awaitable, Callable

from bot.domain.escaping import escape
from bot.domain.kickoff import check_place
from bot.domain.project import Part, Project
from bot.domain.roles import THE, is_now
from bot.services import roles, steering
from bot.slack import facts, typed
from bot.slack.payloads import Payload
from bot.slack.views import status as panels

from .asked import Asked


async def role(asked: Asked) -> Payload:
    """`ROLE @who`, `ROLE + @who` (answers too), `ROLE backup @who`, `ROLE - @who`."""
    wish = typed.role_wish_of(asked.text)
    now = asked.alignbot.database.clock()
    place, person = await facts.in_time(
        facts.place(asked.client, asked.channel, asked.channel_name, looking_for=[wish.user]),
        facts.person(asked.client, asked.team, wish.user, now, asked.alignbot.zone),
    )
    check_place(place)
    async with asked.alignbot.database.transaction(once=asked.once) as uow:
        project, bank = await asked.project(uow, wish.project), asked.alignbot.bank
        if wish.part is None:
            after = await roles.remove(uow, bank, project.id, wish.role, wish.user, by=asked.user, at=uow.now)
            return panels.sentence(_left(after, wish))
        inside = wish.user in place.members
        after = await roles.assign(
            uow, bank, project.id, wish.role, person, wish.part, in_channel=inside, by=asked.user, at=uow.now
        )
        return panels.sentence(_named(after, wish, wish.part, inside))


def _named(project: Project, wish: typed.RoleWish, part: Part, inside: bool) -> str:
    said = f"{is_now(wish.user, part, wish.role)} of *{escape(project.name)}*."
    if inside:
        return said
    until = "I ask by direct message until you `/invite` them." if part is Part.OWNER else "`/invite` them to see it."
    return f"{said} They are not in this channel yet: {until}"


def _left(project: Project, wish: typed.RoleWish) -> str:
    said = f"<@{wish.user}> has no part in {THE[wish.role]}'s questions of *{escape(project.name)}* any more."
    if project.owner(wish.role):
        return said
    return f"{said} Nobody answers them now: `/align role {wish.role.value} @name` names somebody."


async def pause(asked: Asked) -> Payload:
    project = await _steer(asked, steering.pause)
    return panels.sentence(f"*{escape(project.name)}* is paused. `/align resume` wakes it up.")


async def resume(asked: Asked) -> Payload:
    project = await _steer(asked, steering.resume)
    return panels.sentence(f"*{escape(project.name)}* goes on. `/align questions` shows what waits for you.")


async def close(asked: Asked) -> Payload:
    project = await _steer(asked, steering.close)
    return panels.sentence(f"*{escape(project.name)}* is closed. Everything said is kept in its threads.")


async def _steer(asked: Asked, act: Callable[..., Awaitable[Project]]) -> Project:
    async with asked.alignbot.database.transaction(once=asked.once) as uow:
        project = await asked.project(uow, asked.text)
        return await act(uow, asked.alignbot.bank, project.id, by=asked.user, at=uow.now)
