"""`/align`: a dict from the first word to what it does. Every answer is for the one who asked only."""

import difflib
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain import kickoff
from bot.domain.bank import Role
from bot.domain.errors import BotError, FieldErrors
from bot.domain.escaping import escape, unescape
from bot.domain.kickoff import Request
from bot.domain.project import DigestPlan, Part, Project
from bot.services import digests, roles, status, steering

from . import facts, kickoffs
from .alignbot import Alignbot
from .payloads import Payload, once_key, team_of, user_of
from .views import digest as digest_view
from .views import modals
from .views import status as panels

PERSON = re.compile(r"<@([UW]\w+)(?:\|[^>]*)?>")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


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
    def once(self) -> str:
        return once_key(self.body)


Command = Callable[[Asked], Awaitable[Payload]]


async def align(body: Payload, ack: AsyncAck, client: AsyncWebClient, alignbot: Alignbot) -> None:
    """Every answer is ephemeral and comes with the acknowledgement."""
    word, _, rest = (body.get("text") or "").strip().partition(" ")
    command = COMMANDS.get(word.casefold()) if word else panel
    if command is None:
        raise BotError(_not_known(word))
    said = await command(Asked(alignbot, client, body, rest.strip()))
    await ack(response_type="ephemeral", **said)


def _not_known(word: str) -> str:
    near = difflib.get_close_matches(word.casefold(), COMMANDS, n=1, cutoff=0.5)
    hint = f"Did you mean `/align {near[0]}`?" if near else "`/align help` lists what I do."
    return f"I don't know “{escape(word[:40])}”. {hint}"


async def help(asked: Asked) -> Payload:
    return panels.help_text({usage: what for usage, what in HELP.items()}, [*MORE])


async def panel(asked: Asked) -> Payload:
    """The status of the channel's kickoff; without one, the first step."""
    async with asked.alignbot.database.transaction() as uow:
        projects = await uow.projects.open_in(asked.team, asked.channel)
        if not projects:
            return panels.sentence(
                "No kickoff runs in this channel yet. `/align kickoff` starts one: it takes a minute, "
                "and asks the PM, the ML person and the engineer what only they know."
            )
        return panels.status(await status.panel(uow, asked.alignbot.bank, _one_of(projects, asked.text)))


async def questions(asked: Asked) -> Payload:
    async with asked.alignbot.database.transaction() as uow:
        return panels.questions(await status.questions_of(uow, asked.alignbot.bank, asked.team, asked.user))


async def start(asked: Asked) -> Payload:
    """`kickoff` alone opens the form; with a name it starts at once."""
    name = str(asked.body.get("channel_name", ""))
    if not asked.text:
        (place,) = await facts.in_time(facts.place(asked.client, asked.channel, name, members=False))
        kickoff.check_place(place)
        await asked.client.views_open(trigger_id=asked.body["trigger_id"], view=modals.kickoff_modal(asked.channel))
        return panels.sentence("A form is open for you: name the product and the three people, then press *Start*.")
    try:
        started = await kickoffs.start(
            asked.alignbot, asked.client, asked.body, request_of(asked.text), asked.channel, name
        )
    except FieldErrors as wrong:
        raise BotError(str(wrong)) from None
    project = started.project
    if not started.new:
        return panels.sentence(
            f"*{escape(project.name)}* is being kicked off here already. `/align status` shows where."
        )
    vacant = [role for role in Role if project.owner(role) is None]
    gap = f" Still nobody for: {', '.join(r.label for r in vacant)}; `/align role` names them." if vacant else ""
    return panels.sentence(f"*{escape(project.name)}* is started. The cards and questions are coming below.{gap}")


def request_of(text: str) -> Request:
    """`NAME pm:@a ml:@b eng:@c [launch:YYYY-MM-DD] [what people can do]`; quotes around the name are fine."""
    text = unescape(text)
    roles = {Role(m[1].casefold()): m[2] for m in _ROLE.finditer(text)}
    wrong = _WRONG_ROLE.search(_ROLE.sub(" ", text))
    if wrong:
        raise BotError(f"I can't tell who “{escape(wrong[0])}” is. Type @ and pick the person from Slack's list.")
    launch = _LAUNCH.search(text)
    marks = [m for pattern in (_ROLE, _LAUNCH) for m in pattern.finditer(text)]
    first, last = min((m.start() for m in marks), default=len(text)), max((m.end() for m in marks), default=len(text))
    name = text[:first].strip().strip("\"'“”„‘’«»").strip()
    return Request(
        name, text[last:].strip(), {role: roles.get(role) for role in Role}, _date(launch[1]) if launch else None
    )


_ROLE = re.compile(r"\b(pm|ml|eng):\s*<@([UW]\w+)(?:\|[^>]*)?>", re.IGNORECASE)
_WRONG_ROLE = re.compile(r"\b(pm|ml|eng):\s*\S*", re.IGNORECASE)
_LAUNCH = re.compile(r"\blaunch:\s*(\S+)", re.IGNORECASE)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BotError(f"I can't read “{escape(text)}” as a date. Write it like `launch:2027-02-01`.") from None


async def digest(asked: Asked) -> Payload:
    """Shows the digest now; `off`, or a day and an hour, set when it comes."""
    words = asked.text.casefold().split()
    plan = plan_of(words)
    async with asked.alignbot.database.transaction(once=asked.once if plan else None) as uow:
        rest = "" if plan else asked.text
        project = _one_of(await uow.projects.open_in(asked.team, asked.channel), rest)
        if plan is None:
            return digest_view.digest(await digests.preview(uow, asked.alignbot.bank, project, uow.now))
        after = await steering.plan_digest(uow, asked.alignbot.bank, project.id, plan, by=asked.user, at=uow.now)
        return panels.sentence(_planned(after))


def plan_of(words: list[str]) -> DigestPlan | None:
    """`off`, `thursday 14:00`, `friday`; None where the words set nothing."""
    if words == ["off"]:
        return DigestPlan(day=None)
    day = next((n for n, name in enumerate(DAYS, 1) if words and len(words[0]) > 2 and name.startswith(words[0])), None)
    if day is None:
        return None
    hour = re.fullmatch(r"(\d{1,2})(?::00)?(am|pm)?", words[1]) if len(words) > 1 else None
    if len(words) > 1 and (hour is None or int(hour[1]) > 23):
        raise BotError("Which hour? Write it like `/align digest thursday 14:00`; full hours only.")
    return DigestPlan(day, _hour(hour) if hour else 10)


def _hour(match: re.Match[str]) -> int:
    hour = int(match[1])
    return hour % 12 + (12 if match[2] == "pm" else 0) if match[2] else hour


def _planned(project: Project) -> str:
    plan = project.digest
    if plan.day is None:
        return "The weekly digest is off. `/align digest tuesday 10:00` turns it on; `/align digest` shows it any time."
    return f"The digest now comes every {DAYS[plan.day - 1].capitalize()} at {plan.hour}:00 ({project.zone})."


async def role(asked: Asked) -> Payload:
    """`ROLE @who`, `ROLE + @who` (answers too), `ROLE backup @who`, `ROLE - @who`."""
    match = _ROLE_WORDS.match(unescape(asked.text))
    if match is None or match["role"].casefold() not in list(Role):
        raise BotError(
            "Write it like `/align role eng @raj`. With a `+` before the name they answer too, with `backup` they step "
            "in, with a `-` they leave the role. Roles are `pm`, `ml` and `eng`."
        )
    which, how, user = Role(match["role"].casefold()), (match["how"] or "").casefold(), match["user"]
    place, people = await facts.in_time(
        facts.place(asked.client, asked.channel),
        facts.people(asked.client, asked.team, [user], asked.alignbot.database.clock(), asked.alignbot.zone),
    )
    if user not in people and how != "-":
        raise BotError(f"I can't find <@{user}> in this workspace. Type @ and pick the person from Slack's list.")
    async with asked.alignbot.database.transaction(once=asked.once) as uow:
        project = _one_of(await uow.projects.open_in(asked.team, asked.channel), match["rest"])
        bank, at = asked.alignbot.bank, uow.now
        if how == "-":
            await roles.remove(uow, bank, project.id, which, user, by=asked.user, at=at)
            return panels.sentence(f"<@{user}> has left {which.label} of *{escape(project.name)}*.")
        part = {"+": Part.CONTRIBUTOR, "backup": Part.BACKUP}.get(how, Part.OWNER)
        inside = user in place.members
        await roles.assign(uow, bank, project.id, which, people[user], part, in_channel=inside, by=asked.user, at=at)
        return panels.sentence(_named(project, which, user, part, inside))


_ROLE_WORDS = re.compile(
    r"(?P<role>\w+)\s+(?:(?P<how>\+|-|backup)\s*)?<@(?P<user>[UW]\w+)(?:\|[^>]*)?>\s*(?P<rest>.*)", re.I
)


def _named(project: Project, which: Role, user: str, part: Part, inside: bool) -> str:
    does = {Part.OWNER: "speaks for", Part.CONTRIBUTOR: "answers too for", Part.BACKUP: "is the backup of"}[part]
    away = "" if inside else " They are not in this channel yet: `/invite` them; until then I write by direct message."
    return f"<@{user}> {does} {which.label} of *{escape(project.name)}*.{away}"


async def pause(asked: Asked) -> Payload:
    project = await _steer(asked, steering.pause)
    return panels.sentence(f"*{escape(project.name)}* is paused. `/align resume` wakes it up.")


async def resume(asked: Asked) -> Payload:
    project = await _steer(asked, steering.resume)
    return panels.sentence(f"*{escape(project.name)}* goes on. `/align questions` shows what waits for you.")


async def close(asked: Asked) -> Payload:
    project = await _steer(asked, steering.close)
    return panels.sentence(f"*{escape(project.name)}* is closed. Everything said is kept.")


Steer = Callable[..., Awaitable[Project]]


async def _steer(asked: Asked, act: Steer) -> Project:
    async with asked.alignbot.database.transaction(once=asked.once) as uow:
        project = _one_of(await uow.projects.open_in(asked.team, asked.channel), asked.text)
        after: Project = await act(uow, asked.alignbot.bank, project.id, by=asked.user, at=uow.now)
        return after


def _one_of(projects: Sequence[Project], text: str) -> Project:
    """The project that is meant: the channel's only one, or the one whose name was typed."""
    found = list(projects)
    wanted = kickoff.slug(unescape(text)) if text.strip() else ""
    if wanted:
        named = [p for p in found if kickoff.slug(p.name).startswith(wanted)]
        exact = [p for p in named if kickoff.slug(p.name) == wanted]
        if len(exact or named) == 1:
            return (exact or named)[0]
    elif len(found) == 1:
        return found[0]
    if not found:
        raise BotError("No kickoff runs in this channel. `/align kickoff` starts one.")
    names = ", ".join(f"*{escape(p.name)}*" for p in found)
    raise BotError(f"Which one? This channel has {names}. Put the name behind the command.")


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
    "digest": "this week's digest now; `digest thursday 14:00` moves it, `digest off` stops it",
    "role": "names who speaks for `pm`, `ml` or `eng`: `role eng @raj`",
    "pause": "no reminders and no digest until `resume`",
    "close": "ends it; everything said is kept",
}
MORE = ("resume", "help")
