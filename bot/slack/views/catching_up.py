"""What somebody new to a role reads first, and who is who."""

from collections.abc import Iterator

from bot.domain.bank import Role
from bot.domain.messages import CatchUp
from bot.domain.project import Part, Project
from bot.domain.roles import THE
from bot.slack import controls
from bot.slack.controls import Control

from . import blocks as b
from .digest import quiet
from .screen import joined
from .text import Json, escape, harmless, line, mention

_LINE = 240  # characters: four lines on a phone
_HOW = (
    "To change it: `/align role eng @name` names the one who speaks for a role (`pm`, `ml`, `eng`), a `+` before the "
    "name adds somebody who answers too, `backup` somebody who is next in line, and `-` takes somebody out. "
    "`/align role legal @name` names somebody who may know besides."
)


def catch_up(m: CatchUp) -> Json:
    """On one screen: what was said, what is open, who else there is, what was found."""
    lines = [harmless(m.first), *_lines(m)]
    see = Control(controls.SEE_ALL, m.project, "", "catch_up")
    return b.post(lines, [b.section(b.mrkdwn("\n".join(lines))), b.actions(see, b.button("See all", see))])


def _lines(m: CatchUp) -> Iterator[str]:
    said = [f"{title}: {quiet(value)}" for title, value in m.said]
    yield f"*Answered* {m.answered} of {m.total}" + (f": {_joined(said)}" if said else "")
    if m.still_open:
        yield f"*Still open* {_joined(m.still_open)}"
    yield f"*The others* {_joined([_other(role, name) for role, name in m.others])}"
    if m.findings:
        yield f"*What I see* {_joined([quiet(one) for one in m.findings], '; ')}"


def _joined(parts: list[str] | tuple[str, ...], between: str = " · ") -> str:
    return escape(joined([line(part, 200) for part in parts], _LINE, longest=80, between=between))


def _other(role: Role, name: str) -> str:
    return f"{THE[role]} is {name}" if name else f"nobody is {THE[role]} yet"


_LABELS = {Role.PM: "PM", Role.ML: "ML person", Role.ENG: "Product engineer"}
_PARTS = {Part.CONTRIBUTOR: "answers too", Part.BACKUP: "backup", Part.HELPER: "asked to help"}


def who_is_who(project: Project) -> Json:
    """Everybody's part, for the one who asked."""
    title = f"*{escape(line(project.name, 100))}*: who is who"
    lines = [*(_role(project, role) for role in Role), *_beside(project)]
    return b.post([title, *lines, _HOW], [b.section(b.mrkdwn("\n".join([title, *lines]))), b.context(b.mrkdwn(_HOW))])


def _role(project: Project, role: Role) -> str:
    owner = project.owner(role)
    parts = [mention(owner) if owner else f"nobody yet, `/align role {role.value} @name` names somebody"]
    for part, label in _PARTS.items():
        if users := [m.user for m in project.members if (m.role, m.part) == (role, part)]:
            more = f" and {len(users) - 10} more" if len(users) > 10 else ""
            parts.append(f"{label}: {', '.join(mention(user) for user in users[:10])}{more}")
    return f"*{_LABELS[role]}* {' · '.join(parts)}"


def _beside(project: Project) -> Iterator[str]:
    if project.decider:
        yield f"*Makes the call* {mention(project.decider)}"
    if project.functions:
        known = (f"{name.replace('_', ' ')}: {mention(user)}" for name, user in project.functions.items())
        yield f"*May know, too* {' · '.join(known)}"
