"""Who speaks for which role, and where they are asked: given, taken away, moved. Pure steps of one project."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from . import kickoff, telling
from .bank import Bank, Role
from .errors import BotError
from .messages import Direct, InInterview, Note, Saying, UnderCard
from .project import Change, Member, Part, Project

THE = {Role.PM: "the PM", Role.ML: "the ML person", Role.ENG: "the product engineer"}
_IS = {Part.OWNER: "is", Part.CONTRIBUTOR: "answers too as", Part.BACKUP: "is the backup of"}


def is_now(user: str, part: Part, role: Role) -> str:
    """As in "@raj is the product engineer"."""
    return f"<@{user}> {_IS[part]} {THE[role]}"


def part_of(project: Project, role: Role, user: str) -> Part | None:
    return next((m.part for m in project.members if (m.role, m.user) == (role, user)), None)


def give(project: Project, role: Role, user: str, part: Part) -> Project:
    """Somebody takes a part; whoever spoke for the role so far goes on as a contributor."""
    held = part_of(project, role, user)
    if held is Part.OWNER and part is not Part.OWNER:
        raise BotError(
            f"{is_now(user, Part.OWNER, role)} and answers already. "
            f"To change that, name somebody else first: `/align role {role.value} @name`."
        )
    if held is part is Part.OWNER:
        return project
    if held is part:
        raise BotError(f"{is_now(user, part, role)} already.")
    others = (m for m in project.members if (m.role, m.user) != (role, user))
    if part is Part.OWNER:
        others = (_steps_back(m) if m.role is role else m for m in others)
    return replace(project, members=(*others, Member(role, user, part)))


def _steps_back(member: Member) -> Member:
    return replace(member, part=Part.CONTRIBUTOR) if member.part is Part.OWNER else member


def take(project: Project, user: str, roles: Iterable[Role] = tuple(Role)) -> Project:
    """Somebody has no part any more; what was handed to them comes back to the role's person."""
    for role in roles:
        interview = project.interviews[role]
        handed = {id: handover for id, handover in interview.handed.items() if handover.to != user}
        project = project.with_interview(replace(interview, handed=handed))
    members = tuple(m for m in project.members if m.user != user or m.role not in roles)
    return replace(project, members=members)


def reach(project: Project, bank: Bank, role: Role, *, in_channel: bool, new: bool = True) -> Change:
    """Ask a role's person where they can see it: in the card's thread, else in direct messages."""
    interview = project.interviews[role]
    if in_channel is interview.by_dm:
        return _move(project, bank, role, in_channel=in_channel)
    if not in_channel and new:
        return _move(project, bank, role, in_channel=False)
    if not new or not (interview.trail or interview.posting):
        return Change(project)
    text = f"{is_now(project.owner(role) or '', Part.OWNER, role)} from now on. Everything said so far stays."
    asked = interview if interview.posting else replace(interview, asked=None)
    return Change(project.with_interview(asked), (Saying(Note(text), InInterview(project.id, role)),))


def _move(project: Project, bank: Bank, role: Role, *, in_channel: bool) -> Change:
    """Go on in another place. What was asked in the old one stays there, and counts."""
    moved = replace(
        project.interviews[role],
        by_dm=not in_channel,
        place=project.interviews[role].card if in_channel else None,
        asked=None,
        asked_at=None,
        posting=False,
        trail=(),
        records={},
    )
    after = project.with_interview(moved)
    return Change(after, () if in_channel else (kickoff.introduce(after, bank, role),))


def come_in(project: Project, bank: Bank, user: str) -> Change:
    """Somebody joined the channel: whoever was asked in direct messages is asked in the thread from now on."""
    change = Change(project)
    away = [r for r in Role if project.owner(r) == user and project.interviews[r].by_dm]
    for role in away:
        change = change.then(lambda p, role=role: reach(p, bank, role, in_channel=True, new=False))
    if away and not all(project.interviews[role].done for role in away):
        text = f"You are in <#{project.channel}> now, so the questions go on there, in your card's thread."
        change = change.then(lambda p: Change(p, (Saying(Note(text), Direct(user)),)))
    return change


def go_out(project: Project, bank: Bank, user: str) -> Change:
    """Somebody left the channel: they are asked in direct messages, and whoever stays hears of it once."""
    held = [role for role in Role if project.owner(role) == user and not project.interviews[role].by_dm]
    if not held:
        return Change(project)
    change, asked = Change(project), [role for role in held if not _is_over(project, bank, role)]
    for role in asked:
        change = change.then(lambda p, role=role: reach(p, bank, role, in_channel=False, new=False))
    say = Saying(Note(_left_channel(user, held, asked)), UnderCard(project.id))
    return change.then(lambda p: Change(p, (say,)))


def _is_over(project: Project, bank: Bank, role: Role) -> bool:
    """Whether nothing more is asked, as far as is known now: then there is nothing to move."""
    return project.interviews[role].done and not telling.locked_title(project, bank, role)


def _left_channel(user: str, held: Sequence[Role], asked: Sequence[Role]) -> str:
    they = " and ".join(THE[role] for role in held)
    where = " The questions to them go on by direct message." if asked else ""
    others = " or ".join(f"`/align role {role.value} @name`" for role in held)
    return f"<@{user}>, {they}, left this channel.{where} `/invite` <@{user}> brings them back; {others} names another."


def next_in_line(project: Project, role: Role, gone: Collection[str]) -> str | None:
    """The first backup of a role who is still here."""
    backups = (m.user for m in project.members if (m.role, m.part) == (role, Part.BACKUP))
    return next((user for user in backups if user not in gone), None)


def vacated(project: Project, user: str, lead: str | None, successors: Mapping[Role, str]) -> str:
    """What is said when somebody's account is gone; nothing where they were not the one asked."""
    left = [role for role in Role if project.owner(role) == user]
    if not left:
        return ""
    to = f"<@{lead}>, " if lead else ""
    empty = " and ".join(THE[role] for role in left if role not in successors)
    so = f", so {empty} of this kickoff is missing now" if empty else ""
    stays = "Everything said stays, and nobody is reminded in their place." if empty else "Everything said stays."
    how = " ".join(_instead(role, successors.get(role)) for role in left)
    return f"{to}<@{user}>'s account was deactivated{so}. {stays} {how} The questions go on where they stopped."


def _instead(role: Role, successor: str | None) -> str:
    if successor:
        return f"<@{successor}> was the backup and is {THE[role]} from now on."
    return f"`/align role {role.value} @name` names somebody."
