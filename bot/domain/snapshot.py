"""One project at one moment, as one value: what every rule reads, and what `alignbot assess` is given."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as Date
from typing import Any

from .answers import Mark, Value
from .bank import Role


@dataclass(frozen=True, slots=True)
class Meta:
    """When and by whom an answer was given; without it: on `as_of`, by the role's person."""

    answered_at: Date
    by: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to the project: launched, date_change, left, source_change, sla_breach and others."""

    type: str
    date: Date
    resolved: bool = False
    before: Date | None = None  # "from" of a date_change
    after: Date | None = None  # "to" of a date_change
    user: str | None = None
    sli: str | None = None


@dataclass(frozen=True, slots=True)
class PulseRound:
    date: Date
    answers: Mapping[Role, Mapping[str, int | None]]


@dataclass(frozen=True, slots=True)
class AcceptedFinding:
    """A finding that the team decided to live with: shown, and half its deduction kept."""

    detector: str
    input: str | None
    until: Date | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    id: str
    as_of: Date  # "today" for every rule about ages and dates
    people: Mapping[Role, str | None]
    answers: Mapping[str, Value] = field(default_factory=dict)  # by question id; partial answers are left out
    meta: Mapping[str, Meta] = field(default_factory=dict)
    marks: Mapping[str, frozenset[Mark]] = field(default_factory=dict)
    features: tuple[Mapping[str, Any], ...] = ()  # one record an input: the ML and the engineer's part merged
    events: tuple[Event, ...] = ()
    pulse: tuple[PulseRound, ...] = ()  # oldest first
    accepted: tuple[AcceptedFinding, ...] = ()
