"""Who speaks for whom, and whether a kickoff rests, runs or is closed."""

from collections.abc import Awaitable, Callable

from bot.domain.escaping import escape
from bot.domain.helping import FUNCTIONS
from bot.domain.kickoff import check_place
from bot.domain.people import Person
from bot.domain.project import Part, Project
from bot.domain.roles import THE, is_now
from bot.services import functions, roles, steering
from bot.slack import facts, typed
from bot.slack.payloads import Payload
from bot.slack.views import status as panels
from bot.slack.views.catching_up import who_is_who

from .asked import Asked


async def role(asked: Asked) -> Payload:
    """Alone it says who is who; with words behind it, it gives and takes parts."""
    async with asked.alignbot.database.transaction() as uow:
        here = await uow.projects.open_in(asked.team, asked.channel)
    if typed.asks_for_roles(here, asked.text):
        return who_is_who(typed.one_of(here, asked.text))
    return await _change_role(asked)


async def _change_role(asked: Asked) -> Payload:
    """`ROLE @who`, `ROLE + @who` (answers too), `ROLE backup @who`, `ROLE - @who`; `legal @who`, `legal - @who`."""
    if other := typed.function_wish_of(asked.text):
        return await _function(asked, other)
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


async def _function(asked: Asked, wish: typed.FunctionWish) -> Payload:
    """Somebody outside the three roles who may know."""
    now, about = asked.alignbot.database.clock(), FUNCTIONS[wish.function]
    [found] = await facts.in_time(facts.person(asked.client, asked.team, wish.user, now, asked.alignbot.zone))
    async with asked.alignbot.database.transaction(once=asked.once) as uow:
        project, bank = await asked.project(uow, wish.project), asked.alignbot.bank
        name = escape(project.name)
        if wish.leaves:
            await functions.remove(uow, bank, project.id, wish.function, wish.user, by=asked.user)
            return panels.sentence(f"<@{wish.user}> is not asked about {about} in *{name}* any more.")
        person = found if isinstance(found, Person) else None
        await functions.assign(uow, bank, project.id, wish.function, wish.user, person, by=asked.user)
    return panels.sentence(
        f"<@{wish.user}> is suggested first where somebody doesn't know about {about} in *{name}*. "
        "They hear of it only when they are asked."
    )


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
