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
class InputLine:
    """An input of the model in a few words; empty: not said."""

    name: str
    importance: str = ""
    source: str = ""
    in_production: str = ""
    need: str = ""  # how old it may be
    offer: str = ""  # how old it is
    read_time: str = ""
    owner: str = ""
    difficulty: str = ""
    reasons: str = ""
    risk: str = ""  # that training and production compute it differently
    weeks: str = ""  # to make it readable in production


@dataclass(frozen=True, slots=True)
class InputsPanel:
    """All inputs of a product, and what the one who looks may do with them."""

    project: int
    name: str
    inputs: tuple[InputLine, ...]
    first_step: str = ""  # where there are none: who names them
    add_to: str = ""  # the list to which they may add; "": to none
    may_edit: bool = False
    may_change: bool = False  # drop and reorder


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
    inputs: tuple[InputLine, ...]
