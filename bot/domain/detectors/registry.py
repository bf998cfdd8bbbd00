"""How a detector is written down: one function under one line that says all that is constant about it.

The function's name is the detector's id, which is stored with accepted findings: never rename one. It yields one
`Sign` for each thing it saw; the registry makes findings of them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.domain.bank import Pillar
from bot.domain.findings import Basis, Finding, Severity, Strength
from bot.domain.inputs import Surveyed

from .case import Case
from .quoting import quotes


@dataclass(frozen=True, slots=True)
class Sign:
    """What a detector saw in one case."""

    severity: Severity
    say: str
    reads: tuple[str, ...]  # questions and statements of the pulse, the decisive one first; "people" where it is none
    input: Surveyed | None = None
    inputs: tuple[Surveyed, ...] = ()  # whose facts it read, where it is about the whole project
    facts: tuple[str, ...] = ()  # fields of these inputs' records
    who: tuple[str, ...] = ()  # instead of the row's
    do: str = ""  # instead of the row's
    pillar: Pillar | None = None  # instead of the row's


Detect = Callable[[Case], Iterator[Sign]]
Praise = Callable[[Case], str | None]


@dataclass(frozen=True, slots=True)
class Row:
    """What is constant about a detector, as in the table of the alignment model, section 3.4."""

    id: str
    title: str  # in a few words, for lists and state lines
    pillar: Pillar | None  # None: that of the question it reads first
    basis: Basis
    seed: tuple[str, ...]  # the seed article's signs of poor (P) and good (G) alignment
    who: str = ""  # "ml with pm": the first one acts, together with the second
    do: str = ""


UNQUOTED = (Basis.GAP, Basis.CHANGE)
"""What is said of a silence or of an event says it all; it rests on no answer."""

DETECTORS: list[tuple[Row, Detect]] = []
STRENGTHS: list[tuple[Row, Praise]] = []


def detector(
    title: str, pillar: Pillar | None, basis: Basis, *, seed: str = "", who: str, do: str
) -> Callable[[Detect], Detect]:
    def register(detect: Detect) -> Detect:
        row = Row(detect.__name__, title, pillar, basis, tuple(seed.split()), who, do)
        DETECTORS.append((row, detect))
        return detect

    return register


def strength(title: str, pillar: Pillar, *, seed: str) -> Callable[[Praise], Praise]:
    def register(praise: Praise) -> Praise:
        STRENGTHS.append((Row(praise.__name__, title, pillar, Basis.STRENGTH, tuple(seed.split())), praise))
        return praise

    return register


def findings(case: Case) -> tuple[Finding, ...]:
    """All findings, the most severe first; then by pillar, as registered, and by the inputs' names."""
    found = [_finding(row, sign, case) for row, detect in DETECTORS for sign in detect(case)]
    return tuple(sorted(found, key=lambda finding: (-finding.severity.rank, list(Pillar).index(finding.pillar))))


def strengths(case: Case) -> tuple[Strength, ...]:
    praised = ((row, praise(case)) for row, praise in STRENGTHS)
    return tuple(Strength(row.id, row.pillar, row.title, say) for row, say in praised if row.pillar and say)


def _finding(row: Row, sign: Sign, case: Case) -> Finding:
    return Finding(
        detector=row.id,
        severity=sign.severity,
        basis=row.basis,
        pillar=sign.pillar or row.pillar or case.bank[sign.reads[0]].pillar,
        title=row.title,
        message=sign.say,
        action=sign.do or row.do,
        who=sign.who or case.who(row.who),
        input=sign.input.name if sign.input else None,
        reads=sign.reads,
        quotes=() if row.basis in UNQUOTED else quotes(case, sign.reads, sign.input, sign.inputs, sign.facts),
    )
