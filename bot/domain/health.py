"""The alignment of a project: one of four words with its cause, a score with a reason for each point, and the findings
behind both. A pure function of one snapshot and the bank.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import floor

from . import rules
from .bank import Bank, Pillar
from .coverage import Coverage
from .detectors import Case
from .detectors.registry import findings, strengths
from .findings import Basis, Finding, Severity, Strength
from .inputs import Surveyed
from .snapshot import Snapshot

LITTLE_KNOWN = "coverage"
"""The cause that is no detector, named where no detector is one: too few of the questions have an answer."""


class State(StrEnum):
    MISALIGNED = "misaligned"
    NOT_ENOUGH_KNOWN = "not_enough_known"
    AT_RISK = "at_risk"
    ALIGNED = "aligned"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Deduction:
    detector: str
    points: float
    reason: str


@dataclass(frozen=True, slots=True)
class PillarScore:
    known: float  # points for what is known, before deductions
    deductions: tuple[Deduction, ...]

    @property
    def points(self) -> float:
        return max(0.0, self.known - sum(d.points for d in self.deductions))


@dataclass(frozen=True, slots=True)
class Health:
    id: str
    state: State
    because: tuple[str, ...]  # detector ids, and LITTLE_KNOWN
    score: int | None  # None while not enough is known
    provisional: int | None  # then, for the trend only
    coverage: Coverage
    pillars: Mapping[Pillar, PillarScore]
    findings: tuple[Finding, ...]
    strengths: tuple[Strength, ...]
    inputs: tuple[Surveyed, ...]
    accepted: frozenset[tuple[str, str | None]]  # (detector, input) of the findings the team lives with
    bank_version: int
    rules_version: int = rules.RULES_VERSION

    @property
    def causes(self) -> tuple[str, ...]:
        """Why, in a few words each, in the order of `because`; what the team lives with says so."""
        titles = {f.detector: f.title for f in self.findings}
        known = f"{round(self.coverage.total.share * 100)} % of the questions have an answer"
        said = {detector: f"{titles[detector]}, which you live with" for detector in self.lived_with}
        return tuple(said.get(cause, titles.get(cause, known)) for cause in self.because)

    @property
    def lived_with(self) -> frozenset[str]:
        """The detectors of which the team lives with everything that they see."""
        disputed = {f.detector for f in self.findings if (f.detector, f.input) not in self.accepted}
        return frozenset({detector for detector, _ in self.accepted} - disputed)


def assess(snapshot: Snapshot, bank: Bank) -> Health:
    case = Case(snapshot, bank)
    found = findings(case)
    state, because = _state(case.coverage, found)
    accepted = _accepted(snapshot, found)
    pillars = {pillar: _pillar_score(pillar, case.coverage, found, accepted) for pillar in Pillar}
    score = _score(pillars.values(), state)
    known = state is not State.NOT_ENOUGH_KNOWN
    return Health(
        id=snapshot.id,
        state=state,
        because=because,
        score=score if known else None,
        provisional=None if known else score,
        coverage=case.coverage,
        pillars=pillars,
        findings=found,
        strengths=strengths(case),
        inputs=case.listed,
        accepted=accepted,
        bank_version=bank.version,
    )


def _state(coverage: Coverage, found: Sequence[Finding]) -> tuple[State, tuple[str, ...]]:
    """The first of the four words that fits, with what makes it so."""
    for state, because in (
        (State.MISALIGNED, _misaligned(found)),
        (State.NOT_ENOUGH_KNOWN, _not_enough_known(coverage, found)),
        (State.AT_RISK, _at_risk(coverage, found)),
    ):
        if because:
            return state, because
    return State.ALIGNED, ()


def _misaligned(found: Sequence[Finding]) -> tuple[str, ...]:
    critical, high = _ids(found, Severity.CRITICAL), _ids(found, Severity.HIGH)
    pillars = {f.pillar for f in found if f.detector in high and f.severity is Severity.HIGH}
    many = len(high) >= rules.MANY_HIGH and len(pillars) >= rules.MANY_HIGH_PILLARS
    return critical or (high if many else ())


def _not_enough_known(coverage: Coverage, found: Sequence[Finding]) -> tuple[str, ...]:
    return _gaps(found, "blocking_open", "role_silent") or _below(coverage, rules.UNKNOWN_BELOW)


def _at_risk(coverage: Coverage, found: Sequence[Finding]) -> tuple[str, ...]:
    high, medium = _ids(found, Severity.HIGH), _ids(found, Severity.MEDIUM)
    weak = high + (tuple(id for id in medium if id not in high) if len(medium) >= rules.MANY_MEDIUM else ())
    return weak + _gaps(found, "essential_open") or _below(coverage, rules.AT_RISK_BELOW)


def _ids(found: Iterable[Finding], severity: Severity) -> tuple[str, ...]:
    """Different detectors that fire with this severity; gaps act only through the conditions that name them."""
    counted = (f for f in found if f.severity is severity and f.basis is not Basis.GAP)
    return tuple(dict.fromkeys(f.detector for f in counted))


def _gaps(found: Iterable[Finding], *detectors: str) -> tuple[str, ...]:
    present = {f.detector for f in found}
    return tuple(id for id in detectors if id in present)


def _below(coverage: Coverage, share: float) -> tuple[str, ...]:
    return (LITTLE_KNOWN,) if coverage.total.share < share else ()


def _accepted(snapshot: Snapshot, found: Iterable[Finding]) -> frozenset[tuple[str, str | None]]:
    valid = {(a.detector, a.input) for a in snapshot.accepted if a.until is None or a.until >= snapshot.as_of}
    return frozenset(key for f in found if (key := (f.detector, f.input)) in valid)


def _pillar_score(
    pillar: Pillar, coverage: Coverage, found: Iterable[Finding], accepted: frozenset[tuple[str, str | None]]
) -> PillarScore:
    by_detector: dict[str, list[Finding]] = {}
    for finding in found:
        if finding.pillar is pillar and finding.basis is not Basis.GAP:
            by_detector.setdefault(finding.detector, []).append(finding)
    deductions = tuple(_deduction(same, accepted) for same in by_detector.values())
    return PillarScore(rules.PILLAR_POINTS * coverage.by_pillar[pillar].share, deductions)


def _deduction(same: Sequence[Finding], accepted: frozenset[tuple[str, str | None]]) -> Deduction:
    """The worst finding of one detector counts in full, each further input a little, an accepted one half.

    Findings that are not about another input (a second statement of the pulse, a second service level) add nothing:
    they are told, and are the same weakness seen again.
    """

    def share(finding: Finding) -> float:
        return rules.ACCEPTED_SHARE if (finding.detector, finding.input) in accepted else 1

    def cost(finding: Finding) -> float:
        return rules.DEDUCTION[finding.severity] * share(finding)

    worst, *others = sorted(same, key=cost, reverse=True)
    further: dict[str, Finding] = {}
    for finding in others:
        if finding.input and finding.input != worst.input:
            further.setdefault(finding.input, finding)
    points = cost(worst) + sum(rules.FURTHER_INPUT * share(f) for f in further.values())
    more = f" Also: {', '.join(further)}." if further else ""
    half = " Accepted: half counts." if any(share(f) < 1 for f in (worst, *further.values())) else ""
    return Deduction(worst.detector, points, f"{worst.severity}: {worst.message}{more}{half}")


def _score(pillars: Iterable[PillarScore], state: State) -> int:
    """Half the sum of the pillars, half the sum if all were like the weakest; kept within the state's band."""
    low, high = rules.BANDS[state]
    return max(low, min(high, floor(weighed([pillar.points for pillar in pillars]) + 0.5)))


def weighed(points: Sequence[float]) -> float:
    """The points of the pillars as one number, before the band."""
    return (sum(points) + len(points) * min(points)) / 2
