"""`/align`: a dict from the first word to what it does. Every answer is for the one who asked only."""

import difflib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.db import UnitOfWork
from bot.domain.bank import Role
from bot.domain.errors import BotError, FieldErrors
from bot.domain.escaping import escape, unescape
from bot.domain.kickoff import check_place
from bot.domain.project import Part, Project
from bot.domain.roles import THE, is_now
from bot.services import digests, roles, status, steering

from . import facts, kickoffs, typed
from .alignbot import Alignbot
from .payloads import Payload, once_key, team_of, user_of
from .views import digest as digest_view
from .views import status as panels
from .views.text import listed, when


@dataclass(frozen=True, slots=True)
class Asked:
    """One use of the command."""

    alignbot: Alignbot
    client: AsyncWebClient
    body: Payload
    text: str  # what stands behind the subcommand

    @property
    def user(self) -> str:
        return user_of(self.body)

    @property
    def team(self) -> str:
        return team_of(self.body)

    @property
    def channel(self) -> str:
        return str(self.body["channel_id"])

    @property
    def channel_name(self) -> str:
        return str(self.body.get("channel_name", ""))

    @property
    def once(self) -> str:
        return once_key(self.body)

    async def project(self, uow: UnitOfWork, name: str) -> Project:
        """The channel's project that is meant; read only."""
        return typed.one_of(await uow.projects.open_in(self.team, self.channel), name)


Command = Callable[[Asked], Awaitable[Payload]]


async def align(body: Payload, ack: AsyncAck, client: AsyncWebClient, alignbot: Alignbot) -> None:
    """Every answer is ephemeral and comes with the acknowledgement."""
    word, *rest = (body.get("text") or "").split(maxsplit=1) or ["status"]
    command = COMMANDS.get(word.casefold())
    if command is None:
        raise BotError(_not_known(word))
    said = await command(Asked(alignbot, client, body, " ".join(rest).strip()))
    await ack(response_type="ephemeral", **said)


def _not_known(word: str) -> str:
    near = difflib.get_close_matches(word.casefold(), COMMANDS, n=1, cutoff=0.5)
    hint = f"Did you mean `/align {near[0]}`?" if near else "`/align help` lists what I do."
    return f"I don't know “{escape(unescape(word)[:40])}”. {hint}"


async def help(asked: Asked) -> Payload:
    return panels.help_text(HELP, MORE)


async def panel(asked: Asked) -> Payload:
    """The status of the channel's kickoff; without one, the first step."""
    async with asked.alignbot.database.transaction() as uow:
        if not await uow.projects.open_in(asked.team, asked.channel):
            return panels.sentence(
                "No kickoff runs in this channel yet. `/align kickoff` starts one: it takes a minute, "
                "then I ask the PM, the ML person and the engineer what only they know."
            )
        return panels.status(await status.panel(uow, asked.alignbot.bank, await asked.project(uow, asked.text)))


async def questions(asked: Asked) -> Payload:
    async with asked.alignbot.database.transaction() as uow:
        return panels.questions(await status.questions_of(uow, asked.alignbot.bank, asked.team, asked.user))


async def start(asked: Asked) -> Payload:
    """`kickoff` alone opens the form; with a name it starts at once."""
    if not asked.text:
        await kickoffs.open_form(asked.client, asked.body, asked.channel, asked.channel_name)
        return panels.sentence("A form is open for you: name the product and the three people, then press *Start*.")
    request = typed.request_of(asked.text)
    try:
        project = await kickoffs.start(
            asked.alignbot, asked.client, asked.body, request, asked.channel, asked.channel_name
        )
    except FieldErrors as wrong:
        raise BotError(escape("\n".join(wrong.fields.values()))) from None
    return panels.sentence(" ".join(filter(None, [_started(project), _by_dm(project), _vacant(project)])))


def _started(project: Project) -> str:
    return f"*{escape(project.name)}* is started: its card and the first questions come below in a moment."


def _by_dm(project: Project) -> str:
    away = dict.fromkeys(f"<@{project.owner(role)}>" for role, held in project.interviews.items() if held.by_dm)
    if not away:
        return ""
    return f"Not in this channel yet: {', '.join(away)}. I ask by direct message until you `/invite` them."


def _vacant(project: Project) -> str:
    vacant = [role for role in Role if project.owner(role) is None]
    if not vacant:
        return ""
    who = listed([THE[role] for role in vacant])
    return f"Nobody yet as {who}: `/align role {vacant[0].value} @name` names somebody."


async def digest(asked: Asked) -> Payload:
    """Shows the digest now; `off`, or a day and an hour, set when it comes."""
    plan, name = typed.digest_wish_of(asked.text)
    async with asked.alignbot.database.transaction(once=asked.once if plan else None) as uow:
        bank, project = asked.alignbot.bank, await asked.project(uow, name)
        if plan is None:
            return digest_view.digest(await digests.preview(uow, bank, project, uow.now))
        project = await steering.plan_digest(uow, bank, project.id, plan, by=asked.user, at=uow.now)
        next_at = await uow.projects.digest_due_at(project.id)
    if plan.day is None or next_at is None:
        return panels.sentence(
            "The weekly digest is off. `/align digest tuesday 10:00` turns it on again; "
            "`/align digest` shows it to you at any time."
        )
    day = typed.DAYS[plan.day - 1].capitalize()
    return panels.sentence(
        f"The digest of *{escape(project.name)}* now comes every {day} at {plan.hour}:00 ({project.zone} time), "
        f"next on {when(next_at)}."
    )


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


COMMANDS: dict[str, Command] = {
    "kickoff": start,
    "status": panel,
    "questions": questions,
    "digest": digest,
    "role": role,
    "pause": pause,
    "resume": resume,
    "close": close,
    "help": help,
}

HELP = {
    "kickoff": "starts one for a product: a form, or `kickoff NAME pm:@a ml:@b eng:@c`",
    "status": "where it stands, and why",
    "questions": "what waits for you, over all products, to answer right there",
    "digest": "this week's digest now, for you; `digest thursday 14:00` moves it, `digest off` stops it",
    "role": "names who speaks for `pm`, `ml` or `eng`: `role eng @raj`",
    "pause": "no reminders and no digest until `resume`",
    "close": "ends it; everything said is kept",
}
MORE = tuple(sorted(COMMANDS.keys() - HELP.keys()))
