"""Where a project stands, and where all of them do: the week's digests and the panel."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.bank import Role

from .living import LivedWith
from .talking import RoleLine


@dataclass(frozen=True, slots=True)
class Account:
    """One fact on which all three depend, as each of them sees it."""

    fact: str
    views: tuple[tuple[Role, str], ...]  # in the order PM, ML, engineer; only those who have said something


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to do, with the one person to do it."""

    text: str
    action: str
    person: str | None
    severity: str
    by: date | None = None  # until when
    title: str = ""  # the same in a few words, for where there is no room


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    title: str
    role: Role
    person: str | None
    waited: int  # working days


@dataclass(frozen=True, slots=True)
class Week:
    """One digest as a point of the trend."""

    week: str  # ISO, such as 2026-W48
    state: str
    score: int | None  # the provisional one while not enough is known; None: it was not kept
    open_questions: int | None  # about feasibility and data
    rules: int  # version of the rules: scores of different ones are not compared


@dataclass(frozen=True, slots=True)
class Digest:
    """Where the team stands this week: the post, on one screen of a phone."""

    project: int
    name: str
    week: str  # ISO, such as 2026-W48
    state: str
    because: tuple[str, ...]  # plain words
    score: int | None
    known: str  # "31 of 36"
    days_to_launch: int | None  # None: no date, or live already
    asks: tuple[Wanted, ...]  # at most three
    changed: tuple[str, ...]  # what the trend does not say
    good: tuple[str, ...]
    arrow: int | None = None  # points up or down since the last one; None: not worth an arrow
    trend: tuple[str, ...] = ()  # what the arrow comes from
    weeks: tuple[Week, ...] = ()  # of the chart, the oldest first; empty before there are enough
    days_live: int | None = None
    in_a_row: int = 1  # digests with this state, this one included
    nothing_new: bool = False
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """A statement of the pulse on which the roles are apart."""

    statement: str
    marks: tuple[tuple[Role, int], ...]
    person: str | None  # the lowest reader, who explains


@dataclass(frozen=True, slots=True)
class OldAnswer:
    title: str
    role: Role
    days: int  # since it was last confirmed


@dataclass(frozen=True, slots=True)
class DigestThread:
    """Everything that a digest has no room for, in its thread."""

    post: Digest
    split: Split | None
    accounts: tuple[Account, ...]
    rechecks: tuple[tuple[tuple[Role, ...], int], ...]  # answers to look at again, by whose roles they are
    still_open: tuple[OpenQuestion, ...]
    old: tuple[OldAnswer, ...]
    promised: tuple[Wanted, ...]  # service levels that are not measured, or were missed
    pillars: tuple[tuple[str, float], ...]  # name and points; empty while not enough is known
    reasons: tuple[str, ...]  # for each point that is missing
    strip: tuple[Week, ...]  # the last six weeks
    oldest: int | None  # days since the oldest open finding that is high or critical was seen
    later: tuple[str, ...] = ()  # what is kept out of the first version, and what of it is ready to be looked at again
    decided: tuple[str, ...] = ()  # since the last digest; and two decisions that do not go together
    partnership: str = ""  # how soon engineering was heard, and how much of the production facts is theirs


@dataclass(frozen=True, slots=True)
class StateCount:
    state: str
    number: int
    change: int  # since the last one


@dataclass(frozen=True, slots=True)
class RedLine:
    """A project in which something has to be decided."""

    name: str
    new: bool
    cause: str
    decision: str
    decider: str | None
    by: date


@dataclass(frozen=True, slots=True)
class WhiteLine:
    """A kickoff that has not closed for long, with what it waits for; nobody is named."""

    name: str
    days: int
    waits_for: str


@dataclass(frozen=True, slots=True)
class LaunchLine:
    name: str
    state: str
    on: date


@dataclass(frozen=True, slots=True)
class PortfolioDigest:
    """What leads read once a week of the projects that share it: states, no scores, no ranking."""

    team: str
    week: str
    projects: int
    counts: tuple[StateCount, ...]
    red: tuple[RedLine, ...]
    white: tuple[WhiteLine, ...]
    shared_causes: tuple[str, ...]
    loaded: int  # people with many open actions
    launches: tuple[LaunchLine, ...]
    practice: tuple[str, str] | None  # a project, and what is worth copying from it


@dataclass(frozen=True, slots=True)
class StatusPanel:
    """What `/align` and `/align status` show to the one who asked."""

    project: int
    name: str
    project_state: str
    state: str
    because: tuple[str, ...]
    score: int | None
    known: str
    roles: tuple[RoleLine, ...]
    still_open: tuple[OpenQuestion, ...]
    findings: tuple[Wanted, ...]
    next_digest: datetime | None
    channel: str = ""
    weeks: tuple[str, ...] = ()  # states of the last digests, oldest first
    lived_with: tuple[LivedWith, ...] = ()
