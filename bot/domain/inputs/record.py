"""One model input as the ML person and the engineer describe it together: the record, typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.domain.durations import milliseconds, seconds
from bot.domain.reading.words import NOBODY, bare

ONLINE = ("request_time", "streaming", "on_device")
IN_PRODUCTION = ("served", "raw", "partial")


@dataclass(frozen=True, slots=True)
class Serving:
    """Where the prediction is made: what makes the same input easy in a nightly batch and hard on request."""

    where: str | None = None
    budget: Decimal | None = None  # seconds

    @property
    def online(self) -> bool:
        """Nobody has said where: the stricter case is assumed."""
        return self.where is None or self.where in ONLINE


@dataclass(frozen=True, slots=True)
class Input:
    """None: not said. Durations are in seconds."""

    name: str
    importance: str | None = None
    transform: str | None = None
    window: Decimal | None = None
    freshness_needed: Decimal | None = None
    train_from: str | None = None
    at_prediction: str | None = None
    source_kind: str | None = None
    in_prod: str | None = None
    read: Decimal | None = None
    freshness_available: Decimal | None = None
    preprocessing: str | None = None
    owner: str | None = None  # "": said to have none
    access: str | None = None
    pii: str | None = None
    history: str | None = None
    contract: str | None = None
    build_weeks: float | None = None
    untrusted: str | None = None

    @property
    def must(self) -> bool:
        return self.importance == "must"

    @property
    def served(self) -> bool:
        return self.in_prod == "served"

    @property
    def placed(self) -> bool:
        """Somebody who knows has said whether production has it."""
        return self.in_prod not in (None, "unknown")

    @property
    def in_production(self) -> bool:
        return self.in_prod in IN_PRODUCTION

    @property
    def surveyed(self) -> bool:
        return bool(self.source_kind) and self.placed

    @property
    def aggregates_events(self) -> bool:
        """A value over time, made of events that somebody has to collect as they come."""
        return self.transform in ("window_agg", "sequence") and self.source_kind in ("stream", "client")


_AS_SAID = (
    *("importance", "transform", "train_from", "at_prediction"),
    *("source_kind", "in_prod", "preprocessing", "access", "pii", "history", "contract", "build_weeks", "untrusted"),
)


def read_record(record: Mapping[str, Any]) -> Input:
    read_ms = record.get("read_ms")
    return Input(
        name=str(record["name"]),
        window=seconds(record.get("window")),
        freshness_needed=seconds(record.get("freshness_needed")),
        freshness_available=seconds(record.get("freshness_available")),
        read=None if read_ms is None else milliseconds(read_ms),
        owner=_owner(record),
        **{field: None if record.get(field) == "" else record.get(field) for field in _AS_SAID},
    )


def _owner(record: Mapping[str, Any]) -> str | None:
    """An owner field that is there and empty, or says so in a word, means "nobody"; without it nothing is said."""
    if "owner" not in record:
        return None
    owner = str(record["owner"] or "").strip()
    return "" if bare(owner) in ("", *NOBODY) else owner
