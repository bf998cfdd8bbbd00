"""What waits for a person, as they read it: in a reminder, in a list, on the Home tab."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from . import calendar
from .bank import Bank, Question, Role
from .chronicle import EventType, Happened, Pulse, Status
from .events import to_recheck
from .lists import left_to_survey, rows_of
from .messages import Matter, Ping, PingItem
from .people import Person
from .project import Project
from .rechecks import names_the_gone
from .reminders import SHOWN, OpenItem, asked_since, by_urgency, open_items
from .slots import LENGTH
from .telling import filled
from .wording import short

_SECS_A_RECHECK, _SECS_A_FINDING, _SECS_A_STATEMENT = 5, 60, 5

_BECAUSE = {
    EventType.LAUNCHED: "it is live now",
    EventType.DATE_CHANGE: "the launch date moved",
    EventType.LEFT: "somebody left",
    EventType.SOURCE_CHANGE: "the source of '{input}' changed",
    EventType.SCOPE_CHANGE: "the goal was changed",
    EventType.FEATURE_ADDED: "'{input}' is a new input",
    EventType.SLA_BREACH: "a promised service level was missed",
}


def listed(
    user: str,
    day: date,
    keys: Collection[tuple[int, str]],
    projects: Iterable[Project],
    bank: Bank,
    person: Person | None,
    now: datetime,
) -> Ping:
    """A reminder of some things, by project and subject, as it reads now: what still waits, then what is done.

    What neither waits for this person nor is done (handed on, paused, closed without them) is left out.
    """
    known = {p.id: p for p in projects}
    open_now = by_urgency(item for p in known.values() for item in open_items(p, bank, user, now))
    waiting = [item for item in open_now if (item.project, item.subject) in keys]
    left = sorted(set(keys) - {(item.project, item.subject) for item in waiting})
    shown = [item_of(item, known[item.project], bank, person, now) for item in _first(waiting)]
    over = [(id, subject) for id, subject in left if id in known and settled(known[id], subject, user)]
    done = [_done(known[id], bank, subject) for id, subject in over if not _missed(known[id], subject, user)]
    return Ping(user, day, (*shown, *filter(None, done))[:SHOWN], more=len(waiting[SHOWN:]))


def _first(waiting: Sequence[OpenItem]) -> list[OpenItem]:
    """The most urgent; a pulse is always among them, for it closes soon and takes seconds."""
    pulses = [item for item in waiting if item.matter is Matter.PULSE][:1]
    others = [item for item in waiting if item not in pulses]
    return [*others[: SHOWN - len(pulses)], *pulses]


def settled(project: Project, subject: str, user: str) -> bool:
    """Whether a thing does not wait for a person any more; a pulse for them is over when they have marked it."""
    if finding := project.followed.get(subject):
        return finding.status is not Status.OPEN
    if pulse := _pulse(project, subject):
        return bool(pulse.closed_at) or all(
            pulse.answered(role) for role, asked in pulse.asked.items() if asked == user
        )
    return refused(project, subject, user) or (project.settled(subject) and subject not in to_recheck(project))


def refused(project: Project, subject: str, user: str) -> bool:
    """Whether they were asked to help with it and said that they can't."""
    return any(user in interview.refused.get(subject, ()) for interview in project.interviews.values())


def _missed(project: Project, subject: str, user: str) -> bool:
    """Whether it is a pulse that closed before they had marked it, or a question that they can't help with."""
    if refused(project, subject, user):
        return True
    pulse = _pulse(project, subject)
    return pulse is not None and not all(pulse.answered(role) for role, asked in pulse.asked.items() if asked == user)


def _done(project: Project, bank: Bank, subject: str) -> PingItem | None:
    if finding := project.followed.get(subject):
        return _blank(project, subject, Matter.HIGH, finding.title, done=True)
    if _pulse(project, subject):
        return _blank(project, subject, Matter.PULSE, _PULSE, done=True)
    question = bank.by_id.get(subject)
    return _blank(project, subject, Matter.QUESTION, question.title, done=True) if question else None


_PULSE = "Pulse"


def _blank(project: Project, subject: str, matter: Matter, title: str, *, done: bool = False) -> PingItem:
    return PingItem(
        project=project.id,
        name=project.name,
        subject=subject,
        title=title,
        text="",
        role=Role.PM,
        secs=0,
        waited=0,
        matter=matter,
        done=done,
        link=project.channel,
    )


def _pulse(project: Project, subject: str) -> Pulse | None:
    return next((pulse for pulse in project.pulses if pulse.key == subject), None)


def item_of(item: OpenItem, project: Project, bank: Bank, person: Person | None, now: datetime) -> PingItem:
    """One thing that waits, as a line of a list."""
    zone = calendar.zone_of(person.zone if person else project.zone)
    told = _told(item, project, bank, now)
    return replace(told, role=item.role, waited=calendar.waited(item.since, now, zone), asked_by=item.asked_by)


def _told(item: OpenItem, project: Project, bank: Bank, now: datetime) -> PingItem:
    if item.matter is Matter.PULSE:
        return _of_pulse(item, project)
    if item.matter in (Matter.CRITICAL, Matter.HIGH):
        finding = project.followed[item.subject]
        blank = _blank(project, item.subject, item.matter, finding.title)
        return replace(blank, text=finding.message, reason=finding.action, secs=_SECS_A_FINDING)
    question = bank[item.subject]
    blank = _blank(project, item.subject, item.matter, question.title)
    if item.matter is Matter.HELP:
        return _asked_to_help(blank, project, bank, question, now)
    if item.matter not in (Matter.RECHECK, Matter.CONFIRM):
        return replace(blank, text=filled(question.ask, project), secs=question.secs)
    why = _why(to_recheck(project).get(question.id)) if item.matter is Matter.RECHECK else ""
    said = short(question, project.answers[question.id].value)
    gone = item.matter is Matter.RECHECK and names_the_gone(project, question.id)
    return replace(blank, text=said, reason=why, secs=_SECS_A_RECHECK, gone=gone)


def _asked_to_help(blank: PingItem, project: Project, bank: Bank, question: Question, now: datetime) -> PingItem:
    """A question with what one who was not there needs to know: why it is asked, what there is, and when to talk."""
    handover = project.interviews[question.role].handed[question.id]
    blind = any(question.id in group for group in bank.blind)
    return replace(
        blank,
        text=filled(question.ask, project),
        secs=question.secs,
        why=question.why,
        known="" if blind else known_so_far(project, question),
        slot=handover.slot,
        slot_over=handover.slot is not None and handover.slot + LENGTH <= now,
        agreed=handover.agreed,
    )


def known_so_far(project: Project, question: Question) -> str:
    """What there is of an answer; of a survey also what it still asks about. Empty: nothing."""
    answer = project.answers.get(question.id)
    kept = answer if answer and answer.partial else None
    said = short(question, kept.value) if kept and kept.value else kept.note if kept else ""
    left = left_to_survey(project, question, rows_of(project, question.id))
    return "; ".join(filter(None, [said, f"asked about: {', '.join(left)}" if left else ""]))


def _of_pulse(item: OpenItem, project: Project) -> PingItem:
    pulse = next(pulse for pulse in project.pulses if pulse.key == item.subject)
    marks = dict(pulse.answers.get(item.role, {}))
    secs = _SECS_A_STATEMENT * len(pulse.statements)
    return replace(
        _blank(project, item.subject, Matter.PULSE, _PULSE), statements=pulse.statements, marks=marks, secs=secs
    )


def _why(event: Happened | None) -> str:
    """As in "the launch date moved"; of an answer that is merely old, that."""
    return _BECAUSE[event.type].format(input=event.input) if event else "it was said a while ago"


def question_item(project: Project, bank: Bank, question: Question, person: Person | None, now: datetime) -> PingItem:
    """An open question as a line of a list, be there a reminder of it or not; a helper sees who asks."""
    handover = project.interviews[question.role].handed.get(question.id)
    helps = handover is not None and person is not None and handover.to == person.user
    since = handover.at if handover else asked_since(project, question)
    matter, asked_by = (Matter.HELP, handover.by) if handover and helps else (Matter.QUESTION, None)
    return item_of(
        OpenItem(project.id, question.id, matter, since, question.role, asked_by), project, bank, person, now
    )
