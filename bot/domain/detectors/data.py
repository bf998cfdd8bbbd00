"""What the model reads exists in production, in time, fresh enough, the same as in training, and somebody owns it."""

from collections.abc import Iterator

from bot.domain.bank import Pillar
from bot.domain.coverage import LISTED, SURVEY
from bot.domain.findings import Basis, Severity
from bot.domain.inputs import Input

from .case import Case
from .registry import Sign, detector

_READS = (LISTED, SURVEY)


@detector(
    "production does not have an input",
    Pillar.DATA,
    Basis.CONFLICT,
    seed="P4",
    who="eng with ml",
    do="Take a simpler input, or plan the build with an owner and weeks.",
)
def feature_not_in_prod(case: Case) -> Iterator[Sign]:
    """An input that V1 needs is missing in production, out of reach, or there for some cases only."""
    for surveyed in case.inputs:
        missing = _missing_must(surveyed.input) if surveyed.input.must else _missing_should(surveyed.input)
        if missing:
            severity, say, fact = missing
            facts = (fact, "build_weeks")
            yield Sign(severity, say, _READS, input=surveyed, facts=facts)


def _missing_must(i: Input) -> tuple[Severity, str, str] | None:
    if i.in_prod == "no" and i.build_weeks is None:
        say = f"V1 needs '{i.name}'; production does not have it, and nobody plans to build it."
        return Severity.CRITICAL, say, "in_prod"
    if i.access == "blocked":
        return Severity.CRITICAL, f"V1 needs '{i.name}'; our service may not read it.", "access"
    if i.in_prod == "no":
        return Severity.HIGH, f"V1 needs '{i.name}'; production does not have it yet.", "in_prod"
    if i.in_prod == "partial":
        say = f"V1 needs '{i.name}'; production has it for some users, devices or cases only."
        return Severity.MEDIUM, say, "in_prod"
    return None


def _missing_should(i: Input) -> tuple[Severity, str, str] | None:
    if i.importance == "should" and i.in_prod == "no":
        return Severity.MEDIUM, f"V1 should have '{i.name}'; production does not have it.", "in_prod"
    return None
