"""What was said: a value in the bank's encoding, who said it, when and in which message.

Values are JSON in the encoding of the snapshot format: a choice is its option id, several choices a list of ids, a
quantity `{"value": 100, "unit": "ms"}`, a person a Slack id or `"none"`, a date ISO text, a form an object, rows a
list of objects. `{"unknown": true}`, `{"na": true}` and `{"not_measured": true}` stand for the three honest ways of
not giving one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

Value = Any
"""JSON: None never stands alone; a withdrawn answer is the absence of one."""

UNKNOWN: Mapping[str, bool] = {"unknown": True}
NOT_APPLICABLE: Mapping[str, bool] = {"na": True}
NOT_MEASURED: Mapping[str, bool] = {"not_measured": True}
VEILED: Mapping[str, bool] = {"veiled": True}
"""Shown in the place of a fact that is kept, and that nobody may see yet; never stored."""


class State(StrEnum):
    """The state of one question in one project; it is in exactly one of them."""

    UNANSWERED = "unanswered"
    SKIPPED = "skipped"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not applicable"
    ANSWERED = "answered"


class Mark(StrEnum):
    """What lessens an answer without taking it away."""

    PARTIAL = "partial"  # a form that still lacks a choice: kept, and still open
    VAGUE = "vague"
    STALE = "stale"
    GUESS = "guess"  # given by another role than the one that can know it


@dataclass(frozen=True, slots=True)
class Source:
    """The Slack message that said it."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Answer:
    value: Value
    by: str
    at: datetime
    source: Source | None = None
    marks: frozenset[Mark] = frozenset()
    note: str = ""  # what was typed beside a choice or a quantity, in the person's words
    confirmed_at: datetime | None = None  # when somebody last said that it is still true

    @property
    def fresh_at(self) -> datetime:
        """From when its age is counted."""
        return self.confirmed_at or self.at

    @property
    def partial(self) -> bool:
        return Mark.PARTIAL in self.marks

    @property
    def state(self) -> State:
        if self.partial:
            return State.UNANSWERED
        if is_unknown(self.value):
            return State.UNKNOWN
        return State.NOT_APPLICABLE if is_not_applicable(self.value) else State.ANSWERED


def is_unknown(value: Value) -> bool:
    return isinstance(value, Mapping) and value.get("unknown") is True


def is_not_applicable(value: Value) -> bool:
    return isinstance(value, Mapping) and value.get("na") is True


def is_not_measured(value: Value) -> bool:
    return isinstance(value, Mapping) and value.get("not_measured") is True


def is_veiled(value: Value) -> bool:
    return isinstance(value, Mapping) and value.get("veiled") is True
