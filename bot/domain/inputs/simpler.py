"""For each hard input a simpler one, and the weeks it saves."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.domain import rules
from bot.domain.durations import plain_number

from .difficulty import Level
from .record import Input, Serving
from .taking import LEFT_OUT, Effect

TOO_HARD = (Level.HARD, Level.VERY_HARD, Level.BLOCKED)


@dataclass(frozen=True, slots=True)
class Weeks:
    """A range of calendar weeks."""

    low: float
    high: float
    estimate: bool = True  # a default of ours, not the engineer's own number

    @property
    def source(self) -> str:
        return " (default estimate)" if self.estimate else ""

    def __str__(self) -> str:
        low, high = plain_number(self.low), plain_number(self.high)
        unit = "week" if high == "1" else "weeks"
        return f"{low} {unit}" if low == high else f"{low}-{high} {unit}"


@dataclass(frozen=True, slots=True)
class Alternative:
    rule: str
    text: str
    level: Level | None  # None: nothing is left to build
    saved: Weeks

    @property
    def sooner(self) -> str:
        """As in "about 2-7 weeks sooner"; "" when no time is saved."""
        saved = self.saved
        if not saved.high:
            return ""
        weeks = f"about {saved}" if saved.low else f"up to {replace(saved, low=saved.high)}"
        return f"{weeks} sooner{saved.source}"


@dataclass(frozen=True, slots=True)
class _Rule:
    id: str
    text: str
    level: Level | None
    applies: Callable[[Input, Serving], bool]
    effect: Effect


def _window_to_build(i: Input) -> bool:
    return i.aggregates_events and not i.served


def _slow(i: Input) -> bool:
    return any(value is not None and value >= rules.DAY for value in (i.window, i.freshness_needed))


def _guarded(i: Input) -> bool:
    return i.access not in (None, "open") and i.pii in ("personal", "sensitive") and i.in_production


_LOG_IT = "Start logging it today, and put a related input that has a history on the list."

_RULES = (
    _Rule("S0", "Leave it out of the first version.", None, lambda i, s: i.importance in ("should", "nice"), LEFT_OUT),
    _Rule(
        "S1",
        "Use the latest value of the same signal, or last night's average for the same hour.",
        Level.MODERATE,
        lambda i, s: _window_to_build(i) and not _slow(i),
        Effect("latest", {"transform": "latest"}, drops=("window",), same_signal=True),
    ),
    _Rule(
        "S2",
        "Compute it once a night in a batch job.",
        Level.MODERATE,
        lambda i, s: _window_to_build(i) and _slow(i),
        Effect("nightly", a_day_old=True),
    ),
    _Rule(
        "S3",
        "Copy it every night into a key-value store that the service reads.",
        Level.MODERATE,
        lambda i, s: i.source_kind in ("warehouse", "file") and s.online and not i.served,
        Effect("nightly copy of", {"transform": "lookup"}, drops=("window",), a_day_old=True),
    ),
    _Rule(
        "S4",
        "Keep a cached value with an agreed age, or add it in a batch job.",
        Level.MODERATE,
        lambda i, s: i.source_kind in ("api", "third_party") and i.in_production,
        Effect("cached"),
    ),
    _Rule(
        "S5",
        "Use counts, the last few values, or an embedding computed the night before.",
        Level.MODERATE,
        lambda i, s: i.transform in ("embedding", "text", "sequence") and s.online and not i.served,
        Effect("counts for", {"transform": "count_recent"}),
    ),
    _Rule(
        "S6",
        "Use a coarser version: an area instead of a position, an age band instead of a birth date.",
        Level.EASY,
        lambda i, s: _guarded(i),
        Effect("coarser"),
    ),
    _Rule(
        "S7",
        "Start logging it today; until it has a history, use a related input that has one.",
        Level.MODERATE,
        lambda i, s: i.history == "none",
        replace(LEFT_OUT, next=_LOG_IT),
    ),
)

EFFECTS = {rule.id: rule.effect for rule in _RULES}
"""What taking the simpler one does to the lists, by the id of its rule."""


def build_weeks(input: Input, level: Level) -> Weeks:
    """What it takes to have an input in production: the engineer's number, or the default of its level."""
    if input.build_weeks is not None:
        return Weeks(input.build_weeks, input.build_weeks, estimate=False)
    low, high = rules.BUILD_WEEKS[level]
    return Weeks(low, high)


def build_midpoint(input: Input, level: Level) -> float:
    """The one number that goes into the check of the launch date."""
    if input.served:
        return 0
    if input.build_weeks is not None:
        return input.build_weeks
    return rules.BUILD_MIDPOINT[level] if input.placed else 0


def alternative(input: Input, level: Level, serving: Serving) -> Alternative | None:
    """The first rule that fits, for an input that is hard to have."""
    if level not in TOO_HARD:
        return None
    rule = next((r for r in _RULES if r.applies(input, serving)), None)
    if rule is None:
        return None
    return Alternative(rule.id, rule.text, rule.level, _saved(build_weeks(input, level), rule.level))


def _saved(original: Weeks, simpler: Level | None) -> Weeks:
    low, high = rules.BUILD_WEEKS[simpler] if simpler else (0, 0)
    estimate = original.estimate or simpler is not None
    return Weeks(max(0, original.low - high), max(0, original.high - low), estimate)
