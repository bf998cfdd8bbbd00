"""The weekly digest: when it comes, what its post tells, and what is news since the last one (alignment model, 4.1)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from . import backlog, calendar, decisions
from .actors import hidden
from .as_snapshot import health_of, today
from .bank import Bank
from .chronicle import finding_key
from .details import details
from .events import live_since
from .findings import Basis, Finding
from .health import Health, State
from .messages import Digest, DigestThread
from .overview import causes, due_day, known, wanted
from .project import DigestPlan, Project
from .rechecks import due
from .trend import Facts, Trend, alike, charted, detector_of, in_a_row, pillar_points, point, trend

TOO_LATE = timedelta(days=3)  # after a longer outage the next digest says it all


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


def tell(
    project: Project, bank: Bank, history: Sequence[Facts], now: datetime, week: str = ""
) -> tuple[Digest, DigestThread, dict[str, Any]]:
    """The digest as of now, post and thread, and the facts from which the next one will know what is new.

    `history`: the facts of the digests that were delivered, the oldest first; `week`: the one it is told for.
    """
    health = health_of(project, bank, now)
    facts = {**_facts(project, bank, health, now), "week": week or week_of(now, project.zone)}
    before = history[-1] if history else None
    moved = trend(before, facts) if before else Trend()
    weeks = list({week.week or n: week for n, week in enumerate(map(point, (*history, facts)))}.values())
    post = _post(project, bank, health, facts, now)
    post = replace(
        post,
        changed=(*_changes(bank, facts, before, moved), *_agreed(project, facts, before)) if before else (),
        arrow=moved.arrow,
        trend=moved.causes,
        weeks=charted(weeks),
        in_a_row=in_a_row(weeks),
    )
    nothing_new = before is not None and health.state is State.ALIGNED and not (post.changed or post.trend)
    post = replace(post, nothing_new=nothing_new)
    since = datetime.fromisoformat(before["at"]) if before and "at" in before else None
    return post, details(project, bank, health, post, weeks, now, since), facts


def _post(project: Project, bank: Bank, health: Health, facts: Facts, now: datetime) -> Digest:
    next_at = next_digest(project.digest, project.zone, now)
    return Digest(
        project=project.id,
        name=project.name,
        week=facts["week"],
        state=health.state.value,
        because=causes(project, bank, health),
        score=health.score,
        known=known(health),
        days_to_launch=_days_to_launch(project, now),
        days_live=_days_live(project, now),
        asks=wanted(project, bank, health.findings, now, by=due_day(project, now)),
        changed=(),
        good=_good(health, facts["week"]),
        next_on=today(project, next_at) if next_at else None,
    )


def _good(health: Health, week: str) -> tuple[str, ...]:
    """What goes well, each week with another one first."""
    good = tuple(strength.message for strength in health.strengths)
    first = int(week[-2:]) % len(good) if good else 0
    return good[first:] + good[:first]


def _facts(project: Project, bank: Bank, health: Health, now: datetime) -> dict[str, Any]:
    spoken_of = [f for f in health.findings if f.basis is not Basis.GAP and not hidden(project, bank, f.basis, f.reads)]
    by_severity = sorted(spoken_of, key=lambda f: f.severity.rank)  # of several with one key the worst counts
    return {
        "state": health.state.value,
        "score": health.score,
        "provisional": health.provisional,
        "known": round(health.coverage.total.share, 4),
        "rules_version": health.rules_version,
        "blocking_open": len(health.coverage.blocking_open),
        "pillars": pillar_points({pillar: score.points for pillar, score in health.pillars.items()}),
        "findings": {finding_key(f.detector, f.input): _titled(f) for f in by_severity},
        "severities": {finding_key(f.detector, f.input): f.severity.value for f in by_severity},
        "answers": {id: a.at.isoformat() for id, a in sorted(project.answers.items()) if project.settled(id)},
        "again": [recheck.question for recheck in due(project, bank, now)],
        "decided": [decision.number for decision in decisions.active(project)],
        "ready": [entry.number for entry in project.later if backlog.ready(project, entry, now)],
        "at": now.isoformat(),
        "launch": launch_of(project),
        "live": today(project, live).isoformat() if (live := live_since(project)) else None,
    }


def _titled(finding: Finding) -> str:
    return f"{finding.title} ({finding.input})" if finding.input else finding.title


def launch_of(project: Project) -> str | None:
    """The launch date as ISO text: the PM's answer, or what was named when the kickoff was started."""
    answer = project.answers.get("pm.launch")
    if answer and isinstance(answer.value, dict) and "date" in answer.value:
        return str(answer.value["date"]) if answer.value["date"] else None
    return project.launch.isoformat() if project.launch else None


def _days_to_launch(project: Project, now: datetime) -> int | None:
    launch = None if live_since(project) else launch_of(project)
    return (date.fromisoformat(launch) - today(project, now)).days if launch else None


def _days_live(project: Project, now: datetime) -> int | None:
    live = live_since(project)
    return (today(project, now) - today(project, live)).days if live else None


def _changes(bank: Bank, facts: Facts, before: Facts, moved: Trend) -> Iterator[str]:
    """What is different since the last digest that was delivered, a line each, without what the trend names."""
    if facts["state"] != before["state"]:
        yield f"{_word(before['state'])} → {_word(facts['state'])}"
    if facts["live"] and not before.get("live"):
        yield f"Live since {_day(facts['live'])}"
    if facts["launch"] != before["launch"]:
        yield _launch_moved(before["launch"], facts["launch"])
    taken_back = before["answers"].keys() - facts["answers"].keys()
    gone, new = (
        before["findings"].keys() - facts["findings"].keys(),
        facts["findings"].keys() - before["findings"].keys(),
    )
    for _, title in alike(before, (key for key in gone if detector_of(key) not in moved.said)):
        yield f"{'No longer seen' if taken_back else 'Solved'}: {title}"
    for _, title in alike(facts, (key for key in new if detector_of(key) not in moved.said)):
        yield f"New: {title}"
    if again := set(facts["again"]) - set(before.get("again", ())):
        more = "more " if before.get("again") else ""
        yield f"{len(again)} {more}answer{'s' if len(again) > 1 else ''} to look at again"
    yield from _answers_changed(bank, facts["answers"], before["answers"])


def _agreed(project: Project, facts: Facts, before: Facts) -> Iterator[str]:
    """What the team has settled since, and what of it has come of age."""
    for entry in project.later:
        if entry.number in set(facts["ready"]) - set(before.get("ready", ())):
            yield f"Ready to revisit: {entry.title.removeprefix('V2: ')}"
    if new := set(facts["decided"]) - set(before.get("decided", ())):
        yield f"{len(new)} decision{'s' if len(new) > 1 else ''} logged"


def _launch_moved(before: str | None, after: str | None) -> str:
    said = f"Launch {_day(before)} → {_day(after)}"
    if before is None or after is None:
        return said
    days = (date.fromisoformat(after) - date.fromisoformat(before)).days
    return f"{said}, {abs(days)} day{'s' if abs(days) > 1 else ''} {'later' if days > 0 else 'earlier'}"


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
