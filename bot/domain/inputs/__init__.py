"""The production survey: what an input takes, why, and what would be simpler. Readable beside the tables of the
alignment model, sections 2.2 to 2.4.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.domain import rules

from .difficulty import Level, Reason, Risk, level, reasons, skew_risk
from .record import Input, Serving, read_record
from .simpler import TOO_HARD, Alternative, Weeks, alternative, build_midpoint, build_weeks

__all__ = [
    "TOO_HARD",
    "Alternative",
    "Input",
    "Level",
    "Reason",
    "Risk",
    "Serving",
    "Surveyed",
    "Weeks",
    "build_midpoint",
    "build_weeks",
    "hints",
    "read_record",
    "survey",
]


@dataclass(frozen=True, slots=True)
class Surveyed:
    """An input with everything that follows from its record."""

    record: Mapping[str, Any]  # as people gave it
    input: Input
    difficulty: Level
    reasons: tuple[Reason, ...]
    skew_risk: Risk
    weeks: Weeks
    alternative: Alternative | None

    @property
    def name(self) -> str:
        return self.input.name


def survey(record: Mapping[str, Any], serving: Serving) -> Surveyed:
    input = read_record(record)
    why = reasons(input, serving)
    found = level(input, why)
    return Surveyed(
        record,
        input,
        found,
        why,
        skew_risk(input, serving),
        build_weeks(input, found),
        alternative(input, found, serving),
    )


def hints(surveyed: Iterable[Surveyed], serving: Serving, wait: Decimal | None) -> tuple[str, ...]:
    """What to consider for the project as a whole; `wait` is how long the PM can wait for a prediction, in seconds."""
    said = []
    if wait is not None and wait >= rules.BATCH_IS_ENOUGH_FROM and serving.where in ("request_time", "streaming"):
        said.append("Batch would do: nobody needs the prediction within the hour.")
    if sum(s.difficulty in (Level.HARD, Level.VERY_HARD) for s in surveyed) > rules.BEST_HARD_INPUTS:
        said.append(f"Keep only the best {rules.BEST_HARD_INPUTS} of the hard inputs for V1.")
    return tuple(said)
