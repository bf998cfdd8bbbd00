"""How hard an input is to have in production: explicit reasons, no weights. And the risk that training and serving
compute it differently (train/serve skew).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain import rules

from .record import Input, Serving


class Level(StrEnum):
    EASY = "easy"
    MODERATE = "moderate"
    HARD = "hard"
    VERY_HARD = "very_hard"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ")


class Risk(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Reason:
    code: str  # B blocks, H is hard, M is moderate
    text: str
    reads: tuple[str, ...] = ()  # facts of the record, and questions by their id


@dataclass(frozen=True, slots=True)
class _Code:
    reason: Reason
    applies: Callable[[Input, Serving], bool]


def _code(code: str, text: str, reads: str, applies: Callable[[Input, Serving], bool]) -> _Code:
    return _Code(Reason(code, text, tuple(reads.split())), applies)


def _to_build_online(i: Input, s: Serving) -> bool:
    return s.online and not i.served


def _too_old(i: Input) -> bool:
    needed, available = i.freshness_needed, i.freshness_available
    return needed is not None and available is not None and available > needed


def _eats_budget(i: Input, s: Serving) -> bool:
    return i.read is not None and s.budget is not None and i.read > s.budget * rules.READ_SHARE


def _heavy_at_request(i: Input, s: Serving) -> bool:
    heavy = i.transform in ("embedding", "text", "image", "sequence") and i.preprocessing == "heavy"
    return heavy and _to_build_online(i, s)


def _sub_minute_build(i: Input) -> bool:
    soon = i.freshness_needed is not None and i.freshness_needed <= rules.MINUTE
    return soon and i.in_prod == "raw" and i.transform not in (None, "lookup", "latest")


_CODES = (
    _code(
        "B1",
        "not in production, and no plan to build it",
        "in_prod build_weeks",
        lambda i, s: i.in_prod == "no" and i.build_weeks is None,
    ),
    _code("B2", "not allowed", "access", lambda i, s: i.access == "blocked"),
    _code(
        "B3",
        "only known after the decision",
        "at_prediction source_kind",
        lambda i, s: i.at_prediction == "no" or i.source_kind == "label",
    ),
    _code(
        "H1",
        "a value over time to build from a stream of events",
        "transform source_kind in_prod eng.serving",
        lambda i, s: i.aggregates_events and _to_build_online(i, s),
    ),
    _code("H2", "too old for its use", "freshness_available freshness_needed", lambda i, s: _too_old(i)),
    _code(
        "H3",
        "lives in analytics, not in the product",
        "source_kind in_prod eng.serving",
        lambda i, s: i.source_kind in ("warehouse", "file") and _to_build_online(i, s),
    ),
    _code(
        "H4", "still to be created", "in_prod build_weeks", lambda i, s: i.in_prod == "no" and i.build_weeks is not None
    ),
    _code("H5", "no past values to train on", "history", lambda i, s: i.history == "none"),
    _code("H6", "reading it takes more than half of the time budget", "read_ms eng.latency_budget", _eats_budget),
    _code("H7", "heavy work at request time", "transform preprocessing in_prod eng.serving", _heavy_at_request),
    _code(
        "H8",
        "to be built so that it is never older than a minute",
        "freshness_needed in_prod transform",
        lambda i, s: _sub_minute_build(i),
    ),
    _code(
        "M1",
        "a reader of the stream to build",
        "source_kind transform in_prod eng.serving",
        lambda i, s: i.source_kind == "stream" and i.transform == "latest" and _to_build_online(i, s),
    ),
    _code(
        "M2", "depends on someone else's service", "source_kind", lambda i, s: i.source_kind in ("api", "third_party")
    ),
    _code("M3", "missing for some cases", "in_prod", lambda i, s: i.in_prod == "partial"),
    _code(
        "M4",
        "cleaning code to write twice",
        "preprocessing in_prod",
        lambda i, s: i.preprocessing in ("light", "heavy") and not i.served,
    ),
    _code("M5", "approval needed", "access pii", lambda i, s: i.access == "needs_approval" or i.pii == "sensitive"),
    _code("M6", "nobody owns it", "owner", lambda i, s: i.owner == ""),
    _code("M7", "past values only in part", "history", lambda i, s: i.history == "partial"),
    _code(
        "M8", "differs between devices, and users can shape it", "source_kind", lambda i, s: i.source_kind == "client"
    ),
    _code("M9", "can change without notice", "contract", lambda i, s: i.contract == "no"),
)


def reasons(input: Input, serving: Serving) -> tuple[Reason, ...]:
    return tuple(code.reason for code in _CODES if code.applies(input, serving))


def level(input: Input, why: tuple[Reason, ...]) -> Level:
    blocking, hard, moderate = (sum(r.code.startswith(letter) for r in why) for letter in "BHM")
    if blocking:
        return Level.BLOCKED
    if not input.surveyed:
        return Level.UNKNOWN
    if hard >= rules.VERY_HARD_FROM:
        return Level.VERY_HARD
    if hard or moderate >= rules.HARD_FROM_MODERATE:
        return Level.HARD
    return Level.MODERATE if moderate else Level.EASY


def skew_risk(input: Input, serving: Serving) -> Risk:
    """How likely the value in training and the value in production are not the same thing."""
    own_path = input.train_from not in ("same", "logged")
    if _to_build_online(input, serving) and own_path and _two_paths(input):
        return Risk.HIGH
    copied = input.train_from in ("warehouse_copy", "unknown")
    return Risk.MEDIUM if copied and input.preprocessing in ("light", "heavy") else Risk.LOW


def _two_paths(i: Input) -> bool:
    elsewhere = i.source_kind in ("stream", "client", "api", "request") or i.in_prod in ("raw", "no")
    return i.aggregates_events or (i.train_from == "warehouse_copy" and elsewhere)
