"""Medians, percentiles, and the table in which they are shown beside what must be reached."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HEADERS = ("", "bot", "baseline", "ratio", "must", "proud", "")


class NotMeasured(Exception):
    """Something that a measurement needs is not there."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: what was measured, what the same costs without the bot, and the limits of the value that counts.

    The ratio counts where there is a baseline, else the figure itself. Limits without `atleast` are upper ones.
    """

    name: str
    value: float
    unit: str = ""
    baseline: float | None = None
    must: float | None = None
    proud: float | None = None
    at_least: bool = False
    difference: bool = False  # what counts is how far the figure is above its baseline

    @property
    def counts(self) -> float:
        if self.baseline is None:
            return self.value
        if self.difference:
            return self.value - self.baseline
        return self.value / self.baseline if self.baseline else math.inf

    @property
    def verdict(self) -> str:
        if self.must is None:
            return ""
        if self.proud is not None and self._within(self.proud):
            return "proud"
        return "ok" if self._within(self.must) else "MISSED"

    def _within(self, limit: float) -> bool:
        return self.counts >= limit if self.at_least else self.counts <= limit

    def cells(self) -> tuple[str, ...]:
        baseline = "" if self.baseline is None else f"{shown(self.baseline)} {self.unit}"
        sign = "+" if self.difference else ""
        ratio = "" if self.baseline is None else sign + shown(self.counts)
        limits = (self._limit(self.must), self._limit(self.proud))
        return self.name, f"{shown(self.value)} {self.unit}", baseline, ratio, *limits, self.verdict

    def _limit(self, limit: float | None) -> str:
        return "" if limit is None else f"{'≥' if self.at_least else '≤'} {shown(limit)}"


def shown(number: float) -> str:
    """Three digits that matter."""
    if math.isinf(number):
        return "∞"
    digits = 0 if abs(number) >= 100 else 1 if abs(number) >= 10 else 2
    text = f"{number:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def table(figures: Iterable[Figure]) -> str:
    rows = [HEADERS, *(figure.cells() for figure in figures)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(HEADERS))]
    return "\n".join(_line(row, widths) for row in rows)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    (name, width), *rest = zip(row, widths, strict=True)
    return "  ".join([name.ljust(width), *(cell.rjust(width) for cell, width in rest)]).rstrip()


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least that share of all values does not exceed."""
    return sorted(values)[max(0, math.ceil(len(values) * share) - 1)]
