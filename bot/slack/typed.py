"""What people type behind `/align`, read: from words to values, or to a sentence on how to write them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain import kickoff
from bot.domain.bank import Role
from bot.domain.errors import BotError
from bot.domain.escaping import escape, unescape
from bot.domain.helping import FUNCTIONS
from bot.domain.kickoff import Request
from bot.domain.project import DigestPlan, Part, Project

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PICK = "Type @ and pick the person from Slack's list."
_QUOTES = "\"'“”„‟‘’‚«»‹›"

_PERSON = re.compile(r"<@([UW]\w+)(?:\|[^>]*)?>")
_ROLE = re.compile(r"\b(pm|ml|eng)\s*:\s*<@([UW]\w+)(?:\|[^>]*)?>[,;]?", re.IGNORECASE)
_NOBODY = re.compile(r"\b(?:pm|ml|eng)\s*:\s*\S*", re.IGNORECASE)
_LAUNCH = re.compile(r"\blaunch\s*:\s*(\S*)", re.IGNORECASE)
_SPECIAL = re.compile(r"<!(?P<what>[^>|^]*)[^>|]*(?:\|(?P<label>[^>]*))?>")
_LINKED = re.compile(r"<(?:#\w+|(?P<url>https?://[^>|]*))(?:\|(?P<label>[^>]*))?>")


def request_of(text: str) -> Request:
    """`NAME pm:@a ml:@b eng:@c [launch:YYYY-MM-DD] [what people can do]`; quotes around the name are fine."""
    text = _SPECIAL.sub(lambda word: word["label"] or f"@{word['what']}", unescape(text))
    marks = [*_ROLE.finditer(text), *_LAUNCH.finditer(text)]
    first = min((mark.start() for mark in marks), default=len(text))
    name, rest = text[:first], _ROLE.sub("", _LAUNCH.sub("", text[first:]))
    _refuse_unclear(name, rest)
    launch = _LAUNCH.search(text)
    people = _people(text)
    return Request(
        _LINKED.sub(_as_words, name).strip().strip(_QUOTES).strip(),
        " ".join(rest.split()).strip(_QUOTES),
        {role: people.get(role) for role in Role},
        _date(launch[1].strip(_QUOTES + ",;.")) if launch else None,
    )


def _as_words(link: re.Match[str]) -> str:
    label = link["label"] or link["url"] or "channel"
    return label if link["url"] else f"#{label}"


def _people(text: str) -> dict[Role, str]:
    people: dict[Role, str] = {}
    for word, user in _ROLE.findall(text):
        role = Role(word.casefold())
        if people.get(role, user) != user:
            raise BotError(
                f"There are two people for `{role.value}`. Name one here; "
                f"`/align role {role.value} + @name` adds the other afterwards."
            )
        people[role] = user
    return people


def _refuse_unclear(name: str, rest: str) -> None:
    """People who were not picked from Slack's list, and people without a role."""
    nobody = _NOBODY.search(name) or _NOBODY.search(rest)
    if nobody:
        raise BotError(f"I can't tell who “{escape(nobody[0])}” is. {_PICK}")
    person = _PERSON.search(name)
    if person:
        raise BotError(f"I can't tell what <@{person[1]}> does here. Put `pm:`, `ml:` or `eng:` before each person.")


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BotError(f"I can't read “{escape(text)}” as a date. Write it like `launch:2027-02-01`.") from None


@dataclass(frozen=True, slots=True)
class RoleWish:
    """Who is to have which part in a role; without a part they leave it."""

    role: Role
    user: str
    part: Part | None
    project: str  # name of the project, if one was typed


_ROLE_LINE = re.compile(
    r"(?P<role>\w+)\s*:?\s*(?P<how>\+|[-–−]|backup\b)?\s*(?P<who><[^>]*>|[^\s,;]*)[,;.]?\s*(?P<project>.*)",
    re.IGNORECASE | re.DOTALL,
)
_PARTS = {"": Part.OWNER, "+": Part.CONTRIBUTOR, "backup": Part.BACKUP}
_HOW_TO_ROLE = (
    "Write it like `/align role eng @raj`: the roles are `pm`, `ml` and `eng`. With a `+` before the name they answer "
    "too, with `backup` they are next in line, with a `-` they leave the role. Others who may know can be named, too: "
    "`/align role legal @name`; also `sre`, `analyst`, `data-owner`, `pm-lead`, `ml-lead`, `eng-lead`."
)


def role_wish_of(text: str) -> RoleWish:
    """`ROLE @who`, `ROLE + @who` (answers too), `ROLE backup @who`, `ROLE - @who`, each with a project behind it."""
    line = _ROLE_LINE.match(unescape(text).strip())
    if line is None or line["role"].casefold() not in list(Role):
        raise BotError(_HOW_TO_ROLE)
    person = _PERSON.fullmatch(line["who"])
    if person is None:
        raise BotError(f"I can't tell who “{escape(line['who'])}” is. {_PICK}" if line["who"] else _HOW_TO_ROLE)
    part = _PARTS.get((line["how"] or "").casefold())
    return RoleWish(Role(line["role"].casefold()), person[1], part, line["project"])


@dataclass(frozen=True, slots=True)
class FunctionWish:
    """Who is to be asked about a matter outside the three roles; `leaves`: not any more."""

    function: str
    user: str
    leaves: bool
    project: str  # name of the project, if one was typed


_FUNCTION_LINE = re.compile(
    rf"(?P<function>{'|'.join(name.replace('_', '[-_ ]') for name in FUNCTIONS)})\b"
    r"\s*:?\s*(?P<how>\+|[-–−]|backup\b)?\s*(?P<who><[^>]*>|[^\s,;]*)[,;.]?\s*(?P<project>.*)",
    re.IGNORECASE | re.DOTALL,
)


def function_wish_of(text: str) -> FunctionWish | None:
    """`legal @who`, `legal - @who`, each with a project behind it; None where the words are about something else."""
    line = _FUNCTION_LINE.match(unescape(text).strip())
    if line is None:
        return None
    function, how = re.sub("[- ]", "_", line["function"].casefold()), line["how"] or ""
    named = function.replace("_", "-")
    if how.casefold() in ("+", "backup"):
        raise BotError(f"One person is asked about that: `/align role {named} @name` names them.")
    person = _PERSON.fullmatch(line["who"])
    if person is None:
        how_to = f"Write it like `/align role {named} @name`, with a `-` before the name to take it back."
        raise BotError(f"I can't tell who “{escape(line['who'])}” is. {_PICK}" if line["who"] else how_to)
    return FunctionWish(function, person[1], bool(how), line["project"])


def asks_for_roles(projects: Sequence[Project], text: str) -> bool:
    """Whether nothing was typed, or nothing but a project's name."""
    word, *rest = text.split(maxsplit=1) or [""]
    if (rest and _PERSON.search(text)) or word.casefold().rstrip(":") in list(Role):
        return False
    name = kickoff.slug(unescape(text)) if text.strip() else ""
    return not name or any(kickoff.slug(project.name).startswith(name) for project in projects)


_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d\d)?)?(am|pm)?", re.IGNORECASE)


def digest_wish_of(text: str) -> tuple[DigestPlan | None, str]:
    """`off`, `thursday 14:00`, `friday`, each with a project behind it; no plan where the words set nothing."""
    first, *rest = text.split() or [""]
    word = first.casefold()
    if word in ("off", "now"):
        return DigestPlan(day=None) if word == "off" else None, " ".join(rest)
    day = next((n for n, name in enumerate(DAYS, 1) if len(word) > 2 and name.startswith(word)), None)
    if day is None:
        return None, text
    time = _TIME.fullmatch(rest[0]) if rest else None
    if time is None:
        return DigestPlan(day), " ".join(rest)
    return DigestPlan(day, _hour(time)), " ".join(rest[1:])


@dataclass(frozen=True, slots=True)
class LeadsWish:
    """When the leads of a workspace are told of all projects; without a plan they are not."""

    plan: DigestPlan | None


_HOW_TO_LEADS = (
    "Type `/align digest leads here` in the leads' channel, with a day and an hour if you like: "
    "`/align digest leads here tuesday 10:00`. `/align digest leads off` stops it."
)


def leads_wish_of(text: str) -> LeadsWish | None:
    """`leads here`, `leads here tuesday 10:00`, `leads off`; None where the words are about something else."""
    first, second, *rest = [*text.split(), "", ""]
    if first.casefold() != "leads" or second.casefold() not in ("here", "off", ""):
        return None
    if second.casefold() == "off":
        return LeadsWish(None)
    plan, more = digest_wish_of(" ".join(filter(None, rest)))
    if not second or more:
        raise BotError(_HOW_TO_LEADS)
    return LeadsWish(plan if plan and plan.day else DigestPlan())


def share_wish_of(text: str) -> tuple[bool, str] | None:
    """`share on`, `share off`, each with a project behind it; None where the words are about something else."""
    first, second, *rest = [*text.split(), "", ""]
    if first.casefold() != "share" or second.casefold() not in ("on", "off", ""):
        return None
    if not second:
        raise BotError("Type `/align digest share on` to let the leads' digest tell of this product, or `share off`.")
    return second.casefold() == "on", " ".join(filter(None, rest))


def _hour(time: re.Match[str]) -> int:
    hour, minutes, half = int(time[1]), int(time[2] or 0), (time[3] or "").casefold()
    if hour > (12 if half else 23) or (half and hour == 0) or minutes:
        raise BotError("Which hour? Write it like `/align digest thursday 14:00`; full hours only.")
    return hour % 12 + (12 if half == "pm" else 0) if half else hour


def one_of(projects: Sequence[Project], text: str) -> Project:
    """The project that is meant: the channel's only one, or the one whose name was typed."""
    wanted = kickoff.slug(unescape(text)) if text.strip() else ""
    named = [p for p in projects if kickoff.slug(p.name).startswith(wanted)]
    exact = [p for p in named if kickoff.slug(p.name) == wanted]
    for found in (exact, named):
        if len(found) == 1:
            return found[0]
    if not projects:
        raise BotError("No kickoff runs in this channel. `/align kickoff` starts one.")
    names = " · ".join(f"*{escape(p.name)}*" for p in projects)
    if len(projects) == 1:
        raise BotError(f"I know no “{escape(text[:80])}” here; the kickoff in this channel is {names}.")
    raise BotError(f"Which one? This channel has {names}. Type the same again with the name at the end.")
