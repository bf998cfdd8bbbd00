"""What a team settles as it goes: a simpler input for a hard one, what waits for V2, decisions. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from .answers import Source


class Stand(StrEnum):
    """What became of the offer of a simpler input."""

    OFFERED = "offered"
    TAKEN = "taken"  # the simpler one is part of the first version
    KEPT = "kept"  # the original stays
    GONE = "gone"  # the input is not hard any more, or not on the list


@dataclass(frozen=True, slots=True)
class Offer:
    """A simpler input in the place of a hard one (alignment model, 2.4). The words are those it was last seen with."""

    input: str
    rule: str  # S0 … S7
    simpler: str  # name of the input that takes its place; empty: none does
    text: str  # what is suggested
    difficulty: str
    because: str  # what makes it hard
    sooner: str  # as in "about 2-7 weeks sooner"; empty: no time is saved
    at: datetime
    stand: Stand = Stand.OFFERED
    by: str = ""  # who took the simpler one, or keeps the original
    reason: str = ""  # why the original stays
    gain: str = ""  # what it brings
    agreed: tuple[str, ...] = ()  # people who agree that the original stays
    card: Source | None = None  # the message that shows it
    calls: bool = True  # whether that calls those who choose; not where another one just did

    @property
    def key(self) -> str:
        return self.input


class Shelf(StrEnum):
    """What became of a thing that waits for a later version."""

    WAITING = "waiting"
    REVIVED = "revived"  # back in the list of inputs
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Later:
    """An entry of the V2 backlog (alignment model, 2.4)."""

    number: int  # from 1, in one project
    title: str
    input: str
    simpler: str  # what is in the first version instead; empty: nothing
    reason: str
    gain: str
    cost_weeks: tuple[float, float]
    saved_weeks: tuple[float, float]
    revisit_when: str
    owner: str  # Slack id; empty: nobody
    by: str
    at: datetime
    status: Shelf = Shelf.WAITING
    listed: Mapping[str, Any] = field(default_factory=dict)  # the ML person's row, for when it is revived
    surveyed: Mapping[str, Any] = field(default_factory=dict)  # the engineer's

    @property
    def key(self) -> str:
        return f"{self.number:05}"


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, by whom and why. One that is superseded stays on record."""

    number: int  # from 1, in one project
    what: str
    why: str
    alternatives: str
    who: tuple[str, ...]  # Slack ids of those who decided
    about: str  # its subject in a few words
    link: str  # to the message in which it was said; empty: none
    by: str  # who logged it
    at: datetime
    supersedes: int | None = None
    withdrawn: bool = False

    @property
    def key(self) -> str:
        return f"{self.number:05}"


@dataclass(frozen=True, slots=True)
class Function:
    """Somebody outside the three roles who knows one matter: legal, sre, analyst (alignment model, 1.4)."""

    name: str
    user: str

    @property
    def key(self) -> str:
        return self.name
