"""From what the rules say to the outbox: into which lane a saying goes, and what follows from a change."""

from collections.abc import Iterable
from datetime import datetime

from bot.db import UnitOfWork
from bot.domain.bank import Bank
from bot.domain.following import follow
from bot.domain.messages import Direct, InChannel, InInterview, InThread, Over, Saying
from bot.domain.offers import offer
from bot.domain.project import Change, Project
from bot.domain.rechecks import notice
from bot.domain.reminders import open_items
from bot.domain.slots import lapse
from bot.domain.tradeoff import weigh
from bot.domain.waiting import settled

from .reminders import show_settled


def speak(uow: UnitOfWork, project: Project, says: Iterable[Saying]) -> None:
    """Put sayings into the outbox, those of one conversation into one lane, so that they keep their order."""
    for saying in says:
        uow.outbox.say(saying, team=project.team, lane=lane_of(project, saying))


def lane_of(project: Project, saying: Saying) -> str:
    match saying.to:
        case Direct(user):
            return f"{project.team}:@{user}"
        case InChannel(channel) | InThread(channel, _) | Over(channel, _):
            return f"{project.team}:{_direct_to(project, channel) or channel}"
        case InInterview(_, role) if project.interviews[role].by_dm:
            return f"{project.team}:@{project.owner(role)}"
    return f"{project.team}:{project.channel}"


def _direct_to(project: Project, channel: str) -> str | None:
    """The person whose interview is held in that channel of direct messages: it has one lane for posts and edits."""
    held = (role for role, i in project.interviews.items() if i.by_dm and i.place and i.place.channel == channel)
    return next((f"@{project.owner(role)}" for role in held), None)


async def keep(uow: UnitOfWork, before: Project, bank: Bank, change: Change, at: datetime) -> Project:
    """Save a change with what follows from it, and say what it says. Returns the project after it.

    What follows: events that put other answers in question, findings that come and go, reminders that it touches.
    """
    change = change.then(notice, bank, before, change.versions, at).then(follow, bank, before, at).then(lapse, bank, at)
    change = change.then(offer, bank, before, at).then(weigh, bank, before)
    await uow.projects.save(before, change)
    speak(uow, change.project, change.says)
    waited, waits = _waiting(before, bank, at), _waiting(change.project, bank, at)
    gone = {subject for user, subject in waited - waits if settled(change.project, subject, user)}
    await show_settled(uow, change.project, bank, gone)
    if waits - waited:
        await uow.projects.wake_pings(before.id, at)
    return change.project


def _waiting(project: Project, bank: Bank, at: datetime) -> set[tuple[str, str]]:
    """What waits for whom: somebody who has something new there may be reminded of it."""
    users = {m.user for m in project.members} | {project.decider or project.started_by}
    return {(user, item.subject) for user in users for item in open_items(project, bank, user, at)}
