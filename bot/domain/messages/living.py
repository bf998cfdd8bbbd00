"""What is said after the interviews: findings, the pulse, and the one reminder of a day."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.domain.bank import Role


@dataclass(frozen=True, slots=True)
class FindingCard:
    """A finding with what it rests on and who acts, in the kickoff card's thread; edited in place as it moves."""

    project: int
    key: str
    severity: str
    title: str
    text: str
    action: str
    person: str | None
    with_whom: tuple[str, ...]
    status: str  # open, accepted, resolved
    by: str = ""  # who lives with it
    reason: str = ""  # why they live with it, or why it is no longer seen though nothing was solved
    until: date | None = None
    input: str | None = None
    read: str = ""  # the answers it read
    beside: str = ""  # the others who act, in words, so that only one person is called


@dataclass(frozen=True, slots=True)
class FindingSolved:
    """The answers agree now, or nobody can tell any more."""

    project: int
    title: str
    input: str | None = None
    unsettled: str = ""  # why it is no longer seen though nothing was solved


@dataclass(frozen=True, slots=True)
class SimplerCard:
    """A hard input and the simpler one beside it, in the kickoff card's thread; edited in place as it moves."""

    project: int
    key: str  # under which its buttons speak of the input
    input: str
    simpler: str  # name of the one that takes its place; empty: none does
    difficulty: str
    because: str
    text: str  # what is suggested
    sooner: str
    people: tuple[str, ...]
    stand: str  # offered, taken, kept, gone
    by: str = ""
    reason: str = ""  # why the original stays; or why there is nothing to offer any more
    gain: str = ""
    next: str = ""  # what is left to do once it is taken
    agreed: tuple[str, ...] = ()
    waiting: tuple[Role, ...] = ()  # who has not agreed yet that the original stays
    until: date | None = None  # the last day on which they live with it
    told: bool = False  # a card of its own says already what is wrong with it


@dataclass(frozen=True, slots=True)
class TradeOff:
    """What the PM would trade for an earlier version, beside what ML's costs and brings."""

    project: int
    people: tuple[str, ...]
    wish: str
    gain: str
    extra_weeks: float


@dataclass(frozen=True, slots=True)
class PulseLine:
    """One statement as the roles read it."""

    statement: str
    marks: tuple[tuple[Role, int | None], ...]  # 1 to 5; None: "can't say"; a role that did not answer is left out
    spread: int  # between the highest and the lowest


@dataclass(frozen=True, slots=True)
class PulseResult:
    """A round of the pulse by role, in the kickoff card's thread."""

    project: int
    name: str
    number: int
    lines: tuple[PulseLine, ...]  # the widest spread first
    explains: str | None  # who reads the widest one lowest, where the roles are apart
    silent: tuple[Role, ...]


class Matter(StrEnum):
    """What waits for a person, in the words with which a reminder of it is logged."""

    QUESTION = "blocking question"
    HELP = "asked to help"
    CONFIRM = "answered by somebody else"
    RECHECK = "needs another look"
    CRITICAL = "critical finding"
    HIGH = "high finding"
    PULSE = "pulse"


@dataclass(frozen=True, slots=True)
class PingItem:
    """One thing that waits for a person: a question, an answer to look at again, a finding, a pulse."""

    project: int
    name: str  # of the project
    subject: str  # question, finding's key, pulse's number
    title: str
    text: str
    role: Role
    secs: int
    waited: int  # working days
    matter: Matter = Matter.QUESTION
    reason: str = ""  # why an answer needs another look
    asked_by: str | None = None  # set for a helper: who hopes that you know
    done: bool = False
    link: str = ""  # channel of the project
    marks: dict[str, int | None] = field(default_factory=dict)  # of a pulse: what is marked so far
    statements: tuple[str, ...] = ()  # of a pulse
    why: str = ""  # of a question with somebody asked to help: why it is asked
    known: str = ""  # and what there is of an answer so far, in a word
    slot: datetime | None = None  # when the two could talk
    slot_over: bool = False  # that time has passed
    agreed: tuple[str, ...] = ()  # whom of the two it suits
    gone: bool = False  # the answer names somebody who has left, so it cannot still be true


@dataclass(frozen=True, slots=True)
class Ping:
    """The one bundled message a person gets on a day, over all projects; edited in place when something is settled."""

    person: str
    day: date
    items: tuple[PingItem, ...]
    more: int = 0  # due as well, but not shown: five at most


@dataclass(frozen=True, slots=True)
class LivedWith:
    """A finding that the team lives with for now."""

    title: str
    by: str
    until: date | None
