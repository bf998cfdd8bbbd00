"""Reminders: one message a person and day over all projects, none about what is settled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.db import UnitOfWork
from bot.domain import calendar
from bot.domain.bank import Bank, Question
from bot.domain.messages import Direct, Over, Ping, PingItem, Saying
from bot.domain.people import Person, PersonKind
from bot.domain.project import Change, Project
from bot.domain.reminders import SHOWN, OpenItem, Pinged, Send, Wait, asked_since, by_urgency, decide, open_items
from bot.domain.telling import filled


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
    people = sorted({m.user for m in project.members})
    verdicts = [await _remind(uow, bank, project, user, now) for user in people]
    await uow.projects.wake_pings(project.id, min((v.again for v in verdicts if v.again), default=None))
    return verdicts


async def _remind(uow: UnitOfWork, bank: Bank, project: Project, user: str, now: datetime) -> Verdict:
    person = await uow.people.get(project.team, user)
    if person and person.kind is PersonKind.GONE:
        return Verdict(user, Wait(None, "their account is deactivated"))
    zone = calendar.zone_of(person.zone if person else project.zone)
    projects = await uow.projects.of_person(project.team, user)
    items = [item for p in projects for item in open_items(p, bank, user)]
    decision = decide(items, await uow.pings.of(project.team, user) if items else (), zone, now)
    if isinstance(decision, Wait):
        return Verdict(user, decision, again=decision.until)
    today, again = now.astimezone(zone).date(), calendar.next_working_day(now, zone)
    if await uow.pings.add(project.team, user, today, now, decision.rules) is None:
        return Verdict(user, decision, again=again)
    message = _listed(user, today, decision.rules, projects, bank, person, now)
    uow.outbox.say(Saying(message, Direct(user)), team=project.team, lane=f"{project.team}:@{user}")
    return Verdict(user, decision, sent=True, again=again)


def _listed(
    user: str,
    day: date,
    pinged: Iterable[Pinged],
    projects: Iterable[Project],
    bank: Bank,
    person: Person | None,
    now: datetime,
) -> Ping:
    """A reminder as it reads now: what still waits, the most urgent first, then what was settled since.

    What neither waits for this person nor is settled (handed on, paused) is left out.
    """
    known = {p.id: p for p in projects}
    keys = {(p.project, p.question) for p in pinged if p.project in known and p.question in bank.by_id}
    open_now = by_urgency(item for p in known.values() for item in open_items(p, bank, user))
    waiting = [item for item in open_now if (item.project, item.question) in keys]
    done = sorted(keys - {(item.project, item.question) for item in waiting})
    shown = [_item(item, known[item.project], bank, person, now) for item in waiting[:SHOWN]]
    settled = [
        replace(item_of(known[project], bank, bank[question], person, now), done=True)
        for project, question in done
        if known[project].settled(question)
    ]
    return Ping(user, day, (*shown, *settled)[:SHOWN], more=len(waiting[SHOWN:]))


def item_of(project: Project, bank: Bank, question: Question, person: Person | None, now: datetime) -> PingItem:
    """An open question as a line of a list; a helper sees who asks."""
    handover = project.interviews[question.role].handed.get(question.id)
    asked_by = handover.by if handover and person and handover.to == person.user else None
    since = handover.at if handover else asked_since(project, question)
    return _item(OpenItem(project.id, question.id, question.role, since, asked_by), project, bank, person, now)


def _item(item: OpenItem, project: Project, bank: Bank, person: Person | None, now: datetime) -> PingItem:
    question = bank[item.question]
    zone = calendar.zone_of(person.zone if person else project.zone)
    return PingItem(
        project=project.id,
        name=project.name,
        question=question.id,
        title=question.title,
        text=filled(question.ask, project),
        role=item.role,
        secs=question.secs,
        waited=calendar.waited(item.since, now, zone),
        asked_by=item.asked_by,
        link=project.channel,
    )


async def show_settled(uow: UnitOfWork, before: Project, bank: Bank, change: Change) -> None:
    """Edit the reminders in place that show a question which has just been settled."""
    for version in change.versions:
        question = bank[version.question]
        handed = version.question in before.interviews[question.role].handed
        if not (question.blocking or handed) or not change.project.settled(version.question):
            continue
        for ping in await uow.pings.about(before.id, version.question):
            message = await still_open(
                uow, bank, ping.team, ping.user, ping.day, await uow.pings.items(ping.id), change.project
            )
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
    return _listed(user, day, pinged, projects.values(), bank, await uow.people.get(team, user), uow.now)
