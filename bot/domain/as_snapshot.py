"""A project as the rules read it: one value of one moment."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from . import calendar
from .bank import Bank, Role
from .chronicle import Happened, Status
from .conditions import UNSURE
from .events import over
from .health import Health, assess
from .project import Project
from .snapshot import AcceptedFinding, Event, Meta, PulseRound, Snapshot
from .veil import told


def health_of(project: Project, bank: Bank, now: datetime) -> Health:
    """What may be told of it: need and offer of an input, and a time budget, count once both are in."""
    snapshot = snapshot_of(project, today(project, now))
    return assess(replace(snapshot, features=told(snapshot.features, bank, project.answers)), bank)


def today(project: Project, now: datetime) -> date:
    """The day on the project's calendar."""
    return now.astimezone(calendar.zone_of(project.zone)).date()


def snapshot_of(project: Project, as_of: date) -> Snapshot:
    """The project as a value for the rules; half-filled answers and pulses still running are left out."""
    given = {id: answer for id, answer in project.answers.items() if not answer.partial}
    return Snapshot(
        id=str(project.id),
        as_of=as_of,
        people={role: project.owner(role) for role in Role},
        answers={id: answer.value for id, answer in given.items()},
        meta={id: Meta(today(project, answer.fresh_at), answer.by) for id, answer in given.items()},
        marks={id: answer.marks for id, answer in given.items() if answer.marks},
        features=features(project),
        events=tuple(_event(project, event) for event in project.events),
        pulse=tuple(PulseRound(today(project, p.closed_at), p.answers) for p in project.pulses if p.closed_at),
        accepted=tuple(_accepted(project)),
    )


def _event(project: Project, event: Happened) -> Event:
    return Event(
        type=event.type.value,
        date=today(project, event.at),
        resolved=over(project, event),
        before=event.before,
        after=event.after,
        user=event.user,
        sli=event.sli,
    )


def _accepted(project: Project) -> list[AcceptedFinding]:
    accepted = (f for f in project.followed.values() if f.status is Status.ACCEPTED)
    return [AcceptedFinding(f.detector, f.input, f.turns[-1].until) for f in accepted]


def features(project: Project) -> tuple[dict[str, object], ...]:
    """One record an input: what the ML person and the engineer say of it, merged by name."""
    records: dict[str, dict[str, object]] = {}
    for question in ("ml.inputs", "eng.input_survey"):
        answer = project.answers.get(question)
        rows = answer.value if answer and isinstance(answer.value, list) else []
        for row in rows:
            name = str(row.get("name", ""))
            records[name] = merged(records.get(name, {}), row)
    return tuple(records.values())


def merged(record: Mapping[str, object], row: Mapping[str, object]) -> dict[str, object]:
    """A record with what a further row says of it: "I don't know" takes nothing back that is known."""
    return {**record, **{name: said for name, said in row.items() if said != UNSURE or name not in record}}
