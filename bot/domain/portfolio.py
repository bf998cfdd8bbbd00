"""What leads read over all projects that share it (alignment model, 4.2): states and causes. No scores, no ranking,
no marks of a pulse, nobody's name but that of who decides.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from .actors import who_acts
from .as_snapshot import health_of, today
from .bank import Bank, Role
from .digest import after_week, launch_of, next_digest, week_of
from .findings import Basis, Finding, Severity
from .health import Health, State
from .inputs import TOO_HARD
from .messages import LaunchLine, PortfolioDigest, RedLine, StateCount, WhiteLine
from .overview import due_day, still_open, told
from .project import DigestPlan, Project, Stage
from .reading.words import bare
from .roles import THE
from .wording import TEAM_OR_PERSON

Facts = Mapping[str, Any]

DAY, HOUR = 2, 10  # Tuesday at ten, unless somebody says otherwise
NOT_CLOSED_AFTER = timedelta(days=14)
LAUNCHING_WITHIN = 30  # days
MANY_ACTIONS = 4
SHARED_BY = 2  # projects
_ORDER = (State.ALIGNED, State.AT_RISK, State.MISALIGNED, State.NOT_ENOUGH_KNOWN)


@dataclass(frozen=True, slots=True)
class Leads:
    """Where and when the leads of a workspace read of all projects, and what they have read."""

    team: str
    channel: str | None = None  # None: they do not
    day: int = DAY  # ISO weekday
    hour: int = HOUR
    zone: str = "UTC"  # IANA, of whoever set it
    next_at: datetime | None = None
    week: str = ""  # of the newest one
    queued: Facts = field(default_factory=dict)  # that one's facts
    read: Facts = field(default_factory=dict)  # of the newest one that Slack has

    def planned(self, after: datetime) -> "Leads":
        """With the next moment in a week that has had none yet."""
        plan = DigestPlan(self.day, self.hour)
        moment = next_digest(plan, self.zone, after)
        if moment and self.week == week_of(moment, self.zone):
            moment = next_digest(plan, self.zone, after_week(moment, self.zone))
        return replace(self, next_at=moment if self.channel else None)


@dataclass(frozen=True, slots=True)
class Standing:
    """One project that is told of."""

    project: Project
    health: Health
    findings: tuple[Finding, ...]  # spoken of, gaps left out
    actions: tuple[str, ...]  # whoever acts on something, once for each thing

    @property
    def key(self) -> str:
        return str(self.project.id)


def may_be_told(project: Project) -> bool:
    """Only who shares is told of, and never a private channel: the leads may not be its members."""
    return project.shared and not project.private and project.stage in (Stage.ACTIVE, Stage.LAUNCHED)


def tell_leads(
    leads: Leads, projects: Iterable[Project], bank: Bank, now: datetime
) -> tuple[PortfolioDigest, dict[str, Any]] | None:
    """What there is to say, and the facts that the next one compares with; None where no project may be told of."""
    all_of_them = [_standing(project, bank, now) for project in projects if may_be_told(project)]
    if not all_of_them:
        return None
    before = leads.read
    practice = _practice(all_of_them, before)
    message = PortfolioDigest(
        team=leads.team,
        week=week_of(now, leads.zone),
        projects=len(all_of_them),
        counts=_counts(all_of_them, before),
        red=tuple(_red(all_of_them, before, now)),
        white=tuple(_white(all_of_them, bank, now)),
        shared_causes=tuple(_shared_causes(all_of_them)),
        loaded=_loaded(all_of_them),
        launches=_launches(all_of_them, now),
        practice=practice[:2] if practice else None,
    )
    states = {one.key: one.health.state.value for one in all_of_them}
    return message, {"states": states, "practice": practice[2] if practice else before.get("practice")}


def _standing(project: Project, bank: Bank, now: datetime) -> Standing:
    health = health_of(project, bank, now)
    findings = tuple(f for f in health.findings if f.basis is not Basis.GAP and told(project, bank, f, now))
    acting = [who_acts(project, finding.who) for finding in findings]
    holding = [question.person for question in still_open(project, bank, now)]
    return Standing(project, health, findings, tuple(user for user in (*acting, *holding) if user))


def _counts(standings: Sequence[Standing], before: Facts) -> tuple[StateCount, ...]:
    now, was = Counter(s.health.state.value for s in standings), Counter(before.get("states", {}).values())
    change = {state: now[state] - was[state] if was else 0 for state in _ORDER}
    return tuple(StateCount(state.value, now[state], change[state]) for state in _ORDER if now[state] or change[state])


def _red(standings: Iterable[Standing], before: Facts, now: datetime) -> Iterator[RedLine]:
    """Those in which something has to be decided, the newly red first, with their gravest cause."""
    red = [s for s in standings if s.health.state is State.MISALIGNED]
    was = before.get("states", {})
    for one in sorted(red, key=lambda s: (was.get(s.key) == State.MISALIGNED, s.project.id)):
        worst = max(one.findings, key=lambda f: f.severity.rank, default=None)
        yield RedLine(
            name=one.project.name,
            new=bool(was) and was.get(one.key) != State.MISALIGNED,
            cause=worst.title if worst else "shown when both sides have answered",
            decision=worst.action if worst else "",
            decider=one.project.decider,
            by=due_day(one.project, now),
        )


def _white(standings: Iterable[Standing], bank: Bank, now: datetime) -> Iterator[WhiteLine]:
    """Kickoffs that never closed, the oldest first, with the role that they wait for."""
    for one in sorted(standings, key=lambda s: s.project.started_at):
        age = now - one.project.started_at
        if one.health.state is State.NOT_ENOUGH_KNOWN and age > NOT_CLOSED_AFTER:
            yield WhiteLine(one.project.name, age.days, _waits_for(one.project, bank, now))


def _waits_for(project: Project, bank: Bank, now: datetime) -> str:
    """A role that nobody has, else the one with the most blocking questions open, else with the most of all."""
    vacant = next((role for role in Role if project.owner(role) is None), None)
    if vacant:
        return f"no {THE[vacant].removeprefix('the ')} named"
    blocking = Counter(question.role for question in still_open(project, bank, now))

    def open_questions(role: Role) -> tuple[int, int]:
        settled, total = project.counted(bank, role)
        return blocking[role], total - settled

    return f"waiting for {THE[max(Role, key=open_questions)]}"


def _shared_causes(standings: Sequence[Standing]) -> Iterator[str]:
    """What holds up several projects at once: a source, its owner, the same weakness."""
    for source, number in _in_several(standings, lambda s: _of_hard_inputs(s, "source")):
        yield f"{source}: {number} projects wait for it"
    for owner, number in _in_several(standings, lambda s: _of_hard_inputs(s, "owner")):
        team = "One person" if TEAM_OR_PERSON.fullmatch(owner) else owner
        yield f"{team} owns what {number} projects wait for"
    for title, number in _in_several(standings, _weighty):
        yield f"{title}: in {number} projects"


def _of_hard_inputs(one: Standing, field: str) -> Iterator[str]:
    for surveyed in one.health.inputs:
        said = str(surveyed.record.get(field) or "").strip()
        if said and surveyed.difficulty in TOO_HARD and bare(said):
            yield said


def _weighty(one: Standing) -> Iterator[str]:
    return (finding.title for finding in one.findings if finding.severity.rank >= Severity.HIGH.rank)


def _in_several(standings: Sequence[Standing], of: Callable[[Standing], Iterable[str]]) -> list[tuple[str, int]]:
    """What the same words name in several projects, the most frequent first, as it was first written."""
    written: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for one in standings:
        said = {" ".join(text.casefold().split()): text for text in of(one)}
        for key, text in said.items():
            written.setdefault(key, text)
            counts[key] += 1
    return [(written[key], number) for key, number in counts.most_common() if number >= SHARED_BY]


def _loaded(standings: Iterable[Standing]) -> int:
    """How many people have many open actions, over all these projects; nobody is named."""
    actions = Counter(user for one in standings for user in one.actions)
    return sum(number >= MANY_ACTIONS for number in actions.values())


def _launches(standings: Iterable[Standing], now: datetime) -> tuple[LaunchLine, ...]:
    found = []
    for one in standings:
        launch = launch_of(one.project)
        day = date.fromisoformat(launch) if launch else None
        if (
            day
            and one.project.stage is not Stage.LAUNCHED
            and 0 <= (day - today(one.project, now)).days <= LAUNCHING_WITHIN
        ):
            found.append(LaunchLine(one.project.name, one.health.state.value, day))
    return tuple(sorted(found, key=lambda line: line.on))


def _practice(standings: Iterable[Standing], before: Facts) -> tuple[str, str, str] | None:
    """A project, what is worth copying from it, and its key: another one each week while there are several."""
    known = [
        (one.project.name, strength.message, f"{one.key}:{strength.detector}")
        for one in sorted(standings, key=lambda s: (s.health.state is not State.ALIGNED, s.project.id))
        for strength in one.health.strengths
    ]
    keys = [key for _, _, key in known]
    last = keys.index(before["practice"]) if before.get("practice") in keys else -1
    return known[(last + 1) % len(known)] if known else None
