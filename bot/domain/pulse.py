"""The pulse: statements that each role marks blind; the spread between roles is the signal (alignment model, 3.6)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from . import calendar, rules
from .as_snapshot import today
from .bank import Role
from .chronicle import Pulse
from .errors import BotError
from .messages import PulseLine, PulseResult, Saying, UnderCard
from .project import Change, Project, Stage

_OPENS = time(9)


def running(project: Project) -> Pulse | None:
    """The round that is open."""
    newest = project.pulses[-1] if project.pulses else None
    return newest if newest and newest.closed_at is None else None


def next_at(project: Project) -> datetime | None:
    """When the next round opens, on the morning of a working day of the project; None: there is none."""
    if project.pulse_weeks is None or project.stage not in (Stage.ACTIVE, Stage.LAUNCHED):
        return None
    last = today(project, project.pulses[-1].opened_at if project.pulses else project.started_at)
    weeks = 1 if _near_launch(project, last + timedelta(weeks=1)) else project.pulse_weeks
    day = last + timedelta(weeks=weeks)
    while not calendar.working_day(day):
        day += timedelta(days=1)
    return datetime.combine(day, _OPENS, calendar.zone_of(project.zone)).astimezone(UTC)


def _near_launch(project: Project, day: date) -> bool:
    launch = project.launch_day
    return launch is not None and project.stage is Stage.ACTIVE and launch - rules.PULSE_WEEKLY_FOR <= day <= launch


def look(project: Project, at: datetime) -> Change:
    """Close the round whose time is over, and open the next one when it is due."""
    open_now, due = running(project), next_at(project)
    if open_now and open_now.closes_at <= at:
        return close(project, at).then(look, at)
    if open_now is None and due and due <= at and _may_differ(_asked(project)):
        return start(project, at)
    return Change(project)


def start(project: Project, at: datetime) -> Change:
    """Open a round. Raises BotError where one runs, or where nobody could differ."""
    asked = _asked(project)
    if running(project):
        raise BotError("A pulse is running already: `/align pulse` shows your part of it.")
    if not _may_differ(asked):
        raise BotError("A pulse compares roles, and fewer than two people hold one: `/align role ml @name` names one.")
    number = project.pulses[-1].number + 1 if project.pulses else 1
    closes = calendar.reaches(at, rules.PULSE_OPEN_FOR, calendar.zone_of(project.zone))
    pulse = Pulse(number, at, closes, statements(number, live=project.stage is Stage.LAUNCHED), asked)
    return Change(replace(project, pulses=(*project.pulses, pulse)))


def _may_differ(asked: Mapping[Role, str]) -> bool:
    """Agreement with oneself is no signal, whatever the number of roles."""
    return len(set(asked.values())) > 1


def _asked(project: Project) -> dict[Role, str]:
    owners = {role: project.owner(role) for role in Role}
    return {role: owner for role, owner in owners.items() if owner}


def statements(number: int, *, live: bool = False) -> tuple[str, ...]:
    """Those of a round, from 1: some every time, the others in turn. A date that is past is no question any more."""
    every = tuple(id for id in rules.PULSE_EVERY_TIME if not (live and id == "pulse.date"))
    others = [id for id in rules.PULSE if id not in rules.PULSE_EVERY_TIME]
    room = rules.PULSE_STATEMENTS - len(every)
    turn = (number - 1) * room
    return every + tuple(others[(turn + n) % len(others)] for n in range(room))


def mark(project: Project, key: str, statement: str, value: int | None, *, by: str, at: datetime) -> Change:
    """What somebody makes of a statement, for each role for which they were asked; shown when all have answered."""
    pulse = running(project)
    if pulse is None or pulse.key != key or statement not in pulse.statements:
        raise BotError("This pulse is closed; its result stands in the thread of the kickoff card.")
    roles = [role for role, asked in pulse.asked.items() if asked == by]
    if not roles:
        raise BotError("This pulse asks one person of each role, and you are not one of them this time.")
    marked = {role: {**pulse.answers.get(role, {}), statement: value} for role in roles}
    pulse = replace(pulse, answers={**pulse.answers, **marked})
    change = Change(_with(project, pulse))
    return change.then(close, at) if all(pulse.answered(role) for role in pulse.asked) else change


def close(project: Project, at: datetime) -> Change:
    """End the round that runs, and show it by role; of a round that nobody answered nothing is shown."""
    pulse = running(project)
    if pulse is None:
        return Change(project)
    after = _with(project, replace(pulse, closed_at=at))
    says = (Saying(result(after, pulse), UnderCard(project.id)),) if pulse.answers else ()
    return Change(after, says)


def _with(project: Project, pulse: Pulse) -> Project:
    return replace(project, pulses=(*project.pulses[:-1], pulse))


def result(project: Project, pulse: Pulse) -> PulseResult:
    """A round by role, the widest spread first; whoever reads lowest there is asked to say why."""
    lines = sorted((_line(pulse, id) for id in pulse.statements), key=lambda line: -line.spread)
    widest = lines[0]
    lowest = min((mark, role) for role, mark in widest.marks if mark is not None)[1] if widest.spread else None
    apart = widest.spread >= rules.PULSE_APART
    silent = tuple(
        role for role in pulse.asked if not any(id in pulse.answers.get(role, {}) for id in pulse.statements)
    )
    return PulseResult(
        project=project.id,
        name=project.name,
        number=pulse.number,
        lines=tuple(lines),
        explains=pulse.asked[lowest] if lowest and apart else None,
        silent=silent,
    )


def _line(pulse: Pulse, statement: str) -> PulseLine:
    marks = [(role, pulse.answers[role][statement]) for role in Role if statement in pulse.answers.get(role, {})]
    given = [mark for _, mark in marks if mark is not None]
    return PulseLine(rules.PULSE[statement][1], tuple(marks), max(given) - min(given) if len(given) > 1 else 0)
