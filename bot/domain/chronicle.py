"""What happens to a project after it was started: events, findings over time, pulses. Values only; no rules here."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

from .answers import Source
from .bank import Role
from .findings import Severity


class EventType(StrEnum):
    LAUNCHED = "launched"
    DATE_CHANGE = "date_change"
    LEFT = "left"
    SOURCE_CHANGE = "source_change"
    SCOPE_CHANGE = "scope_change"
    FEATURE_ADDED = "feature_added"
    SLA_BREACH = "sla_breach"


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened to the project, and the answers that need another look because of it."""

    type: EventType
    at: datetime
    by: str = ""  # who said so; empty: the bot saw it
    before: date | None = None  # launch dates of a date_change
    after: date | None = None
    user: str | None = None  # who left
    roles: tuple[Role, ...] = ()  # those that stood empty then
    sli: str | None = None
    input: str | None = None
    recheck: tuple[str, ...] = ()  # questions
    resolved: bool = False  # said to be over; else it is over once all of `recheck` is answered or confirmed anew

    @property
    def key(self) -> str:
        return "|".join([self.at.isoformat(), self.type, self.input or self.user or self.sli or ""])


class Status(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Turn:
    """One step in the life of a finding."""

    status: Status
    at: datetime
    by: str = ""  # who accepted it
    reason: str = ""  # why they live with it; or why it is no longer seen though nothing was solved
    until: date | None = None  # the last day on which they do


@dataclass(frozen=True, slots=True)
class Followed:
    """A finding over time. The words are those it was last seen with."""

    detector: str
    input: str | None
    severity: Severity
    title: str
    message: str  # with the answers it read
    action: str
    who: tuple[str, ...]  # who acts, the first to be asked first: role ids, or a person's Slack id
    reads: tuple[str, ...]  # questions, the decisive one first
    turns: tuple[Turn, ...]  # oldest first, never empty
    announced: bool = False  # told in the card's thread since it was last opened
    card: Source | None = None  # the message that shows it there
    read: str = ""  # the answers it read, with which the message ends

    @property
    def key(self) -> str:
        return finding_key(self.detector, self.input)

    @property
    def first_seen(self) -> datetime:
        return self.turns[0].at

    @property
    def status(self) -> Status:
        return self.turns[-1].status

    @property
    def open_since(self) -> datetime:
        """When it was seen after it had last been resolved; living with it in between does not make it younger."""
        resolved = [n for n, turn in enumerate(self.turns) if turn.status is Status.RESOLVED and turn != self.turns[-1]]
        return self.turns[resolved[-1] + 1 if resolved else 0].at

    def turned(self, turn: Turn) -> "Followed":
        return replace(self, turns=(*self.turns, turn))


def finding_key(detector: str, input: str | None) -> str:
    """Under which a finding is stored and spoken of: one a detector, or one a detector and input.

    It fits wherever a key is kept, however long a name somebody gave to an input.
    """
    key = f"{detector}:{input}" if input else detector
    if len(key) <= LONGEST_KEY:
        return key
    digest = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return f"{key[: LONGEST_KEY - len(digest) - 1]}:{digest}"


LONGEST_KEY = 200  # characters


@dataclass(frozen=True, slots=True)
class Pulse:
    """One round of the pulse: what each role thinks of a few statements, shown when all have answered or it closes."""

    number: int  # from 1, in one project
    opened_at: datetime
    closes_at: datetime
    statements: tuple[str, ...]
    asked: Mapping[Role, str] = field(default_factory=dict)  # the one person of each role
    answers: Mapping[Role, Mapping[str, int | None]] = field(default_factory=dict)  # 1 to 5; None: "can't say"
    closed_at: datetime | None = None

    @property
    def key(self) -> str:
        return f"{self.number:05}"

    def answered(self, role: Role) -> bool:
        return all(statement in self.answers.get(role, {}) for statement in self.statements)
