"""Why a project stands where it stands: every point of the score with what took it, and where that was said."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from . import rules
from .actors import hidden, unmentioned
from .answers import Source
from .as_snapshot import health_of
from .bank import Bank, Pillar, Role
from .coverage import Share
from .findings import Basis, Finding
from .health import Deduction, Health
from .overview import PILLARS, causes, known
from .project import Project


@dataclass(frozen=True, slots=True)
class Taken:
    """What one detector takes from a pillar."""

    points: float
    title: str
    reason: str
    said: tuple[tuple[str, Source], ...]  # titles of the questions behind it, and the messages that show them


@dataclass(frozen=True, slots=True)
class PillarPoints:
    pillar: str  # in words
    points: float
    known: Share
    known_points: float
    taken: tuple[Taken, ...]


@dataclass(frozen=True, slots=True)
class Breakdown:
    project: int
    name: str
    state: str
    because: tuple[str, ...]
    score: int | None
    known: str
    by_role: tuple[tuple[Role, Share], ...]
    pillars: tuple[PillarPoints, ...]
    lived_with: int
    rules_version: int


HIDDEN = "It stays closed until the others who are asked the same have answered."


def of(project: Project, bank: Bank, now: datetime) -> Breakdown:
    """The assessment of a moment, for a person who asks why (alignment model, 3.8)."""
    health = health_of(project, bank, now)
    return Breakdown(
        project=project.id,
        name=project.name,
        state=health.state.value,
        because=causes(project, bank, health),
        score=health.score,
        known=known(health),
        by_role=tuple((role, health.coverage.by_role[role]) for role in Role),
        pillars=tuple(_pillar(project, bank, health, pillar) for pillar in Pillar),
        lived_with=len(health.accepted),
        rules_version=health.rules_version,
    )


def _pillar(project: Project, bank: Bank, health: Health, pillar: Pillar) -> PillarPoints:
    score = health.pillars[pillar]
    taken = sorted((_taken(project, bank, health, pillar, d) for d in score.deductions), key=lambda t: -t.points)
    return PillarPoints(PILLARS[pillar], score.points, health.coverage.by_pillar[pillar], score.known, tuple(taken))


def _taken(project: Project, bank: Bank, health: Health, pillar: Pillar, deduction: Deduction) -> Taken:
    behind = [
        f
        for f in health.findings
        if f.detector == deduction.detector and f.pillar is pillar and f.basis is not Basis.GAP
    ]
    if any(hidden(project, bank, f.basis, f.reads) for f in behind):
        return Taken(deduction.points, "Not to be told yet", HIDDEN, ())
    said = dict(_said(project, bank, behind))
    return Taken(deduction.points, behind[0].title, unmentioned(project, deduction.reason), tuple(said.items()))


def _said(project: Project, bank: Bank, findings: list[Finding]) -> Iterator[tuple[str, Source]]:
    """Where the answers behind it stand in the channel; what was said in a direct message is linked nowhere."""
    for id in (id for finding in findings for id in finding.reads if id in bank.by_id):
        standing = project.interviews[bank[id].role].stands(id)
        if standing is not None and not standing.dm:
            yield bank[id].title, project.place_of(standing)


MOST = rules.PILLAR_POINTS
