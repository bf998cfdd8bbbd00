"""What happens to a channel happens to its projects: archived, renamed, left, joined again. Nothing is lost."""

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
        if project is not None:
            after = replace(project, private=private, shared=project.shared and not private)
            await keep(uow, project, bank, Change(after), uow.now)


async def joined(uow: UnitOfWork, bank: Bank, team: str, channel: str, user: str, at: datetime) -> None:
    """Somebody came into a channel: who was asked in direct messages until now goes on in the thread."""
    for id in await uow.projects.in_channel(team, channel):
        project = await uow.projects.get(id)
        if project is None or not project.open or not project.reachable:
            continue
        change = roles.come_in(project, bank, user)
        if change.project != project:
            change = change.then(lambda p: advance(p, bank, at, call=True))
            change = change.then(lambda p: Change(p, telling.cards(p, bank, *p.interviews)))
            await keep(uow, project, bank, change, at)
