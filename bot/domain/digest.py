"""The weekly digest: when it comes, what it tells, and what is news since the last one (alignment model, 4.1)."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from . import calendar
from .actors import hidden
from .as_snapshot import health_of
from .bank import Bank
from .findings import Basis, Finding
from .health import Health, State
from .messages import Digest
from .overview import accounts, known, still_open, wanted
from .project import DigestPlan, Project

TOO_LATE = timedelta(days=3)  # after a longer outage the next digest says it all

Facts = dict[str, Any]


def next_digest(plan: DigestPlan, zone: str, after: datetime) -> datetime | None:
    """The first moment of the plan after another one, in UTC; the hour is the one on the clocks of the zone."""
    if plan.day is None:
        return None
    here = calendar.zone_of(zone)
    today = after.astimezone(here).date()
    days = (today + timedelta(days=n) for n in range(15))
    moments = (datetime.combine(d, time(plan.hour), here).astimezone(UTC) for d in days if d.isoweekday() == plan.day)
    return next(moment for moment in moments if moment > after)


def week_of(moment: datetime, zone: str) -> str:
    """The ISO week of a moment on the calendars of a zone, such as 2026-W48."""
    year, week, _ = moment.astimezone(calendar.zone_of(zone)).isocalendar()
    return f"{year}-W{week:02}"


def after_week(moment: datetime, zone: str) -> datetime:
    """The last second of the ISO week of a moment, on the calendars of a zone."""
    here = moment.astimezone(calendar.zone_of(zone))
    monday = here.date() + timedelta(days=8 - here.isoweekday())
    return datetime.combine(monday, time(), here.tzinfo).astimezone(UTC) - timedelta(seconds=1)


def tell(project: Project, bank: Bank, before: Mapping[str, Any] | None, now: datetime) -> tuple[Digest, Facts]:
    """The digest as of now, and the facts from which the next one will know what is new."""
    health = health_of(project, bank, now)
    facts = _facts(project, bank, health)
    changed = tuple(_changes(project, bank, health, facts, before)) if before else ()
    asks, open_now = wanted(project, bank, health.findings, now), still_open(project, bank, now)
    message = Digest(
        project=project.id,
        name=project.name,
        week=week_of(now, project.zone),
        state=health.state.value,
        because=health.causes,
        score=health.score,
        score_before=before.get("score") if before else None,
        known=known(health),
        days_to_launch=_days_to_launch(project, now),
        asks=asks,
        accounts=accounts(project, bank),
        changed=changed,
        still_open=open_now,
        good=tuple(strength.message for strength in health.strengths[:2]),
        nothing_new=bool(before) and health.state is State.ALIGNED and not (changed or asks or open_now),
        next_at=next_digest(project.digest, project.zone, now),
    )
    return message, facts


def _facts(project: Project, bank: Bank, health: Health) -> Facts:
    told = (f for f in health.findings if f.basis is not Basis.GAP and not hidden(project, bank, f.basis, f.reads))
    return {
        "state": health.state.value,
        "score": health.score,
        "findings": {_key(f.detector, f.input): _titled(f) for f in told},
        "answers": {id: a.at.isoformat() for id, a in sorted(project.answers.items()) if project.settled(id)},
        "launch": launch_of(project),
    }


def _titled(finding: Finding) -> str:
    return f"{finding.title} ({finding.input})" if finding.input else finding.title


def _key(detector: str, input: str | None) -> str:
    return f"{detector}:{input}" if input else detector


def launch_of(project: Project) -> str | None:
    """The launch date as ISO text: the PM's answer, or what was named when the kickoff was started."""
    answer = project.answers.get("pm.launch")
    if answer and isinstance(answer.value, dict) and "date" in answer.value:
        return str(answer.value["date"]) if answer.value["date"] else None
    return project.launch.isoformat() if project.launch else None


def _days_to_launch(project: Project, now: datetime) -> int | None:
    launch = launch_of(project)
    if launch is None:
        return None
    today = now.astimezone(calendar.zone_of(project.zone)).date()
    return (datetime.fromisoformat(launch).date() - today).days


def _changes(project: Project, bank: Bank, health: Health, facts: Facts, before: Mapping[str, Any]) -> Iterator[str]:
    """What is different since the last digest that was delivered, a line each."""
    if facts["state"] != before["state"]:
        yield f"{_word(before['state'])} → {_word(facts['state'])}"
    if facts["launch"] != before["launch"]:
        yield f"Launch {_day(before['launch'])} → {_day(facts['launch'])}"
    taken_back = before["answers"].keys() - facts["answers"].keys()
    for key in sorted(before["findings"].keys() - facts["findings"].keys()):
        yield f"{'No longer seen' if taken_back else 'Solved'}: {before['findings'][key]}"
    for key in sorted(facts["findings"].keys() - before["findings"].keys()):
        yield f"New: {facts['findings'][key]}"
    yield from _answers_changed(bank, facts["answers"], before["answers"])


def _answers_changed(bank: Bank, now: Mapping[str, str], before: Mapping[str, str]) -> Iterator[str]:
    new = now.keys() - before.keys()
    edited = sorted(bank[id].title for id in now.keys() & before.keys() if now[id] != before[id] and id in bank.by_id)
    gone = before.keys() - now.keys()
    if new:
        yield f"{len(new)} new answer{'s' if len(new) > 1 else ''}"
    if gone:
        yield f"{len(gone)} answer{'s' if len(gone) > 1 else ''} taken back"
    if edited:
        more = f" and {len(edited) - 3} more" if len(edited) > 3 else ""
        yield f"Answered anew: {', '.join(edited[:3])}{more}"


def _day(iso: str | None) -> str:
    return f"{(day := date.fromisoformat(iso)).day} {day:%b %Y}" if iso else "no date"


def _word(state: str) -> str:
    return state.replace("_", " ").capitalize()
