"""What happens to a channel happens to its projects: archived, renamed, left, joined again. Nothing is lost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.db import UnitOfWork
from bot.domain import kickoff, roles, telling
from bot.domain.bank import Bank
from bot.domain.interview import advance
from bot.domain.messages import Note, Saying, UnderCard
from bot.domain.project import Change, Project

from .speaking import keep


async def unreachable(uow: UnitOfWork, bank: Bank, team: str, channel: str, at: datetime) -> None:
    """The channel was archived or deleted, or the bot was removed: nothing is asked or posted until it is back."""
    for id in await uow.projects.in_channel(team, channel):
        project = await uow.projects.get(id)
        if project is not None and project.open and project.reachable:
            await keep(uow, project, bank, Change(replace(project, reachable=False)), at)


async def reachable(uow: UnitOfWork, bank: Bank, team: str, channel: str, at: datetime) -> None:
    """The channel is back: every kickoff in it goes on where it stood, and says so once."""
    for id in await uow.projects.in_channel(team, channel):
        project = await uow.projects.get(id)
        if project is not None and project.open and not project.reachable:
            await keep(uow, project, bank, _back(replace(project, reachable=True), bank, at), at)
            await uow.projects.wake_pings(id, at)


def _back(project: Project, bank: Bank, at: datetime) -> Change:
    """What Slack refused meanwhile is said now; what is on its way arrives by itself."""
    text = "I'm back in this channel. Nothing was lost; the interviews go on in their threads."
    change = Change(project, (*kickoff.first_cards(project, bank), Saying(Note(text), UnderCard(project.id))))
    return change.then(lambda p: advance(p, bank, at)).then(lambda p: Change(p, telling.cards(p, bank, *p.interviews)))


async def converted(uow: UnitOfWork, bank: Bank, team: str, channel: str, *, private: bool) -> None:
    """What was public is private now, so nobody else is told of it any more; or the other way round."""
    for id in await uow.projects.in_channel(team, channel):
        project = await uow.projects.get(id)
        if project is not None and project.private is not private:
            after = replace(project, private=private, shared=project.shared and not private)
            await keep(uow, project, bank, Change(after, _note(project, _converted(project, private=private))), uow.now)


def _converted(project: Project, *, private: bool) -> str:
    if not private:
        return "This channel is public now: everybody in this workspace can read what is said in these threads."
    leads = ", and the leads' weekly digest tells of it no more" if project.shared else ""
    return f"This channel is private now: only its members read what is said here{leads}."


async def shared(uow: UnitOfWork, bank: Bank, team: str, channel: str, *, still: bool) -> None:
    """Another company's people can read a channel now, or no more."""
    say = _SHARED if still else "This channel isn't shared with another company any more: only people of ours read it."
    for id in await uow.projects.in_channel(team, channel):
        project = await uow.projects.get(id)
        if project is not None:
            await keep(uow, project, bank, Change(project, _note(project, say)), uow.now)


_SHARED = (
    "This channel is shared with another company now: its people can read these threads. "
    "I go on asking only the people named here."
)


def _note(project: Project, say: str) -> tuple[Saying, ...]:
    """In the card's thread, while there is somebody to read it."""
    return (Saying(Note(say), UnderCard(project.id)),) if project.open and project.reachable else ()


async def left(uow: UnitOfWork, bank: Bank, team: str, channel: str, user: str, at: datetime) -> None:
    """Somebody left a channel: who speaks for a role is asked in direct messages from now on."""
    await _moved_along(uow, bank, team, channel, user, at, roles.go_out)


async def joined(uow: UnitOfWork, bank: Bank, team: str, channel: str, user: str, at: datetime) -> None:
    """Somebody came into a channel: who was asked in direct messages until now goes on in the thread."""
    await _moved_along(uow, bank, team, channel, user, at, roles.come_in)


async def _moved_along(
    uow: UnitOfWork,
    bank: Bank,
    team: str,
    channel: str,
    user: str,
    at: datetime,
    move: Callable[[Project, Bank, str], Change],
) -> None:
    """Move somebody's interviews in every kickoff of a channel, and go on asking where they are now."""
    for id in await uow.projects.in_channel(team, channel):
        project = await uow.projects.get(id)
        if project is None or not project.open or not project.reachable:
            continue
        change = move(project, bank, user)
        if change != Change(project):
            change = change.then(lambda p: advance(p, bank, at, call=True))
            change = change.then(lambda p: Change(p, telling.cards(p, bank, *p.interviews)))
            await keep(uow, project, bank, change, at)
