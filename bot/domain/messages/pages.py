"""A project on one page."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class BriefLine:
    title: str
    text: str  # may have several lines


@dataclass(frozen=True, slots=True)
class BriefPart:
    title: str
    lines: tuple[BriefLine, ...]


@dataclass(frozen=True, slots=True)
class BriefInput:
    """An input of the model in a few words; empty: not said."""

    name: str
    importance: str
    source: str
    in_production: str
    difficulty: str
    reasons: str


@dataclass(frozen=True, slots=True)
class Brief:
    """The project on one page."""

    project: int
    name: str
    summary: str
    day: date
    state: str
    because: tuple[str, ...]  # plain words
    people: tuple[BriefLine, ...]
    parts: tuple[BriefPart, ...]  # none of them empty
    inputs: tuple[BriefInput, ...]
