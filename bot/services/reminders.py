"""Reminders: one message a person and day over all projects, none about what is settled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.db import UnitOfWork
from bot.domain import calendar
from bot.domain.bank import Bank, Question
from bot.domain.messages import Direct, Over, Ping, PingItem, Saying
from bot.domain.people import Person
from bot.domain.project import Change, Project
from bot.domain.reminders import SHOWN, OpenItem, Pinged, Send, Wait, asked_since, decide, open_items


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided about one person, for the log and for `alignbot tick`."""

    user: str
    decision: Send | Wait
    sent: bool = False


async def remind_project(uow: UnitOfWork, bank: Bank, project_id: int, now: datetime) -> Sequence[Verdict]:
    """Remind everybody of a project who is due, over all their projects; safe to run twice or on two replicas.

    Stores when the project is to be looked at next.
    """
    project = await uow.projects.get(project_id)
    if project is None:
        return ()
    people = sorted({m.user for m in project.members})
    verdicts = [await _remind(uow, bank, project, user, now) for user in people]
    waits = [v.decision.until for v in verdicts if isinstance(v.decision, Wait) and v.decision.until]
    again = [calendar.next_working_day(now, calendar.zone_of(project.zone)) for v in verdicts if v.sent]
    await uow.projects.wake_pings(project.id, min([*waits, *again], default=None))
    return verdicts


async def _remind(uow: UnitOfWork, bank: Bank, project: Project, user: str, now: datetime) -> Verdict:
    person = await uow.people.get(project.team, user)
    zone = calendar.zone_of(person.zone if person else project.zone)
    projects = await uow.projects.of_person(project.team, user)
    items = [item for p in projects for item in open_items(p, bank, user)]
    decision = decide(items, await uow.pings.of(project.team, user) if items else (), zone, now)
    if isinstance(decision, Wait):
        return Verdict(user, decision)
    today = now.astimezone(zone).date()
    if await uow.pings.add(project.team, user, today, now, decision.rules) is None:
        return Verdict(user, decision)
    message = _message(user, today, decision.items, {p.id: p for p in projects}, bank, person, now)
    uow.outbox.say(Saying(message, Direct(user)), team=project.team, lane=f"{project.team}:@{user}")
    return Verdict(user, decision, sent=True)


def _message(
    user: str,
    today: date,
    items: Sequence[OpenItem],
    projects: dict[int, Project],
    bank: Bank,
    person: Person | None,
    now: datetime,
) -> Ping:
    shown = tuple(_item(i, projects[i.project], bank, person, now) for i in items[:SHOWN])
    return Ping(user, today, shown, more=len(items) - len(shown))


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
        text=question.ask,
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
    pinged = list(pinged)
    projects = {p.id: p for p in await uow.projects.of_person(team, user)}
    if newest is not None:
        projects[newest.id] = newest
    person = await uow.people.get(team, user)
    shown = [p for p in pinged if p.project in projects and p.question in bank.by_id][:SHOWN]
    items = [_as_it_stands(p, projects[p.project], bank, user, person, uow.now) for p in shown]
    return Ping(user, day, tuple(items), more=len(pinged) - len(items))


def _as_it_stands(
    pinged: Pinged, project: Project, bank: Bank, user: str, person: Person | None, now: datetime
) -> PingItem:
    waiting = {i.question: i for i in open_items(project, bank, user)}
    question = bank[pinged.question]
    item = waiting.get(pinged.question) or OpenItem(project.id, question.id, question.role, now)
    shown = _item(item, project, bank, person, now)
    return replace(shown, done=pinged.question not in waiting)
