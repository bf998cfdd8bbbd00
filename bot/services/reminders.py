"""Reminders: one message a person and day over all projects, none about what is settled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.db import UnitOfWork
from bot.domain import calendar
from bot.domain.bank import Bank
from bot.domain.messages import Direct, Over, Ping, Saying
from bot.domain.people import PersonKind
from bot.domain.project import Project
from bot.domain.reminders import Pinged, Send, Wait, decide, open_items
from bot.domain.waiting import listed


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided about one person, for the log and for `alignbot tick`; and when to look at them again."""

    user: str
    decision: Send | Wait
    sent: bool = False
    again: datetime | None = None


async def remind_project(uow: UnitOfWork, bank: Bank, project_id: int, now: datetime) -> Sequence[Verdict]:
    """Remind everybody of a project who is due, over all their projects; safe to run twice or on two replicas.

    Stores when the project is to be looked at next.
    """
    project = await uow.projects.get(project_id)
    if project is None:
        return ()
    people = sorted({m.user for m in project.members} | {project.decider or project.started_by})
    verdicts = [await _remind(uow, bank, project, user, now) for user in people]
    await uow.projects.wake_pings(project.id, min((v.again for v in verdicts if v.again), default=None))
    return verdicts


async def _remind(uow: UnitOfWork, bank: Bank, project: Project, user: str, now: datetime) -> Verdict:
    person = await uow.people.get(project.team, user)
    if person and person.kind is PersonKind.GONE:
        return Verdict(user, Wait(None, "their account is deactivated"))
    zone = calendar.zone_of(person.zone if person else project.zone)
    projects = {p.id: p for p in (*await uow.projects.of_person(project.team, user), project)}
    items = [item for p in projects.values() for item in open_items(p, bank, user, now)]
    decision = decide(items, await uow.pings.of(project.team, user) if items else (), zone, now)
    if isinstance(decision, Wait):
        return Verdict(user, decision, again=decision.until)
    today, again = now.astimezone(zone).date(), calendar.next_working_day(now, zone)
    if await uow.pings.add(project.team, user, today, now, decision.rules) is None:
        return Verdict(user, decision, again=again)
    keys = {(p.project, p.subject) for p in decision.rules}
    message = listed(user, today, keys, projects.values(), bank, person, now)
    uow.outbox.say(Saying(message, Direct(user)), team=project.team, lane=f"{project.team}:@{user}")
    return Verdict(user, decision, sent=True, again=again)


async def show_settled(uow: UnitOfWork, project: Project, bank: Bank, subjects: Iterable[str]) -> None:
    """Edit the reminders in place that show something of a project which has just been settled."""
    for subject in sorted(subjects):
        for ping in await uow.pings.about(project.id, subject):
            items = await uow.pings.items(ping.id)
            message = await still_open(uow, bank, ping.team, ping.user, ping.day, items, project)
            where = Over(ping.channel or "", ping.ts or "")
            saying = Saying(message, where, slot=f"message:{where.channel}:{where.ts}")
            uow.outbox.say(saying, team=ping.team, lane=f"{ping.team}:@{ping.user}")


async def still_open(
    uow: UnitOfWork,
    bank: Bank,
    team: str,
    user: str,
    day: date,
    pinged: Iterable[Pinged],
    newest: Project | None = None,
) -> Ping:
    """A reminder as it should read now: what was settled since is marked as done."""
    projects = {p.id: p for p in await uow.projects.of_person(team, user)}
    if newest is not None:
        projects[newest.id] = newest
    keys = {(p.project, p.subject) for p in pinged}
    return listed(user, day, keys, projects.values(), bank, await uow.people.get(team, user), uow.now)
