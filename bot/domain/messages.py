"""Everything the bot can say, as data. How it looks in Slack is slack/views' business.

Each message carries all that is shown, so that it can wait in the outbox as JSON and be rendered when it is posted.
Text that people typed is plain and unescaped here.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from .answers import State, Value
from .bank import Role


@dataclass(frozen=True, slots=True)
class RoleLine:
    """One role on the kickoff card."""

    role: Role
    people: tuple[str, ...]  # the one accountable first; empty: vacant
    answered: int
    total: int
    done: bool
    by_dm: bool = False  # not in the channel: the interview is held in direct messages


@dataclass(frozen=True, slots=True)
class KickoffCard:
    """The one message at the top of a kickoff, edited in place as it moves."""

    project: int
    name: str
    summary: str
    launch: date | None
    started_by: str
    state: str  # active, paused, launched, closed
    roles: tuple[RoleLine, ...]
    blocking_open: int
    complete: bool
    live: date | None = None  # since when


@dataclass(frozen=True, slots=True)
class InterviewCard:
    """The root of one role's thread, edited in place as the interview moves."""

    project: int
    name: str
    role: Role
    person: str | None  # None: nobody named yet
    others: tuple[str, ...]  # contributors and backups
    answered: int
    total: int
    minutes_left: int
    done: bool
    by_dm: bool = False
    waiting_for: str = ""  # title of what another role has to say first, when nothing else is left
    paused: bool = False


@dataclass(frozen=True, slots=True)
class DirectIntro:
    """Opens an interview in direct messages, for a person who is not in the project's channel."""

    project: int
    name: str
    role: Role
    channel: str
    minutes_left: int


@dataclass(frozen=True, slots=True)
class Ask:
    """One question of an interview."""

    project: int
    role: Role
    question: str  # id in the bank
    text: str  # with what other answers fill in
    number: int
    total: int
    minutes_left: int
    person: str
    mention: bool = False  # the first one, and one that comes after a pause: the person is called
    again: bool = False  # skipped or withdrawn before
    so_far: Value | None = None  # what a half-filled form or a list holds already
    note: str = ""  # words kept that could not be read as a value
    subject: str = ""  # of a survey: the input that is asked about next


@dataclass(frozen=True, slots=True)
class Told:
    """One question with what was said to it."""

    question: str
    text: str
    state: State
    value: Value | None
    by: str
    note: str = ""
    hidden: bool = False  # answered, shown when both sides are in
    vague: bool = False
    guess: bool = False  # given by somebody who cannot know it; it counts once the role confirms it
    helper: str | None = None  # who was asked instead
    suggested: str | None = None  # who might know
    edited: bool = False
    confirmed: date | None = None  # when somebody last said that it is still true


@dataclass(frozen=True, slots=True)
class Record:
    """What a question's message becomes once it is settled: question and answer, as in a document."""

    project: int
    role: Role
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class SecondChance:
    """The one friendly follow-up when words could not be read, or leave room."""

    project: int
    question: str
    person: str
    say: str


@dataclass(frozen=True, slots=True)
class Done:
    """Closes an interview, or says what it now waits for."""

    project: int
    role: Role
    person: str
    waiting_for: tuple[Role, ...] = ()  # interviews still running
    later: str = ""  # title of a question that comes once another role has said something
    unknown: int = 0  # honest "I don't know"s still open
    vacant: tuple[Role, ...] = ()  # roles that nobody speaks for yet


@dataclass(frozen=True, slots=True)
class Note:
    """One plain sentence in a thread or channel: a role changed hands, a project paused."""

    text: str  # mrkdwn written by us; people's words in it are escaped by whoever builds it


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
    gone: bool = False  # the answer names somebody who has left, so it cannot still be true


@dataclass(frozen=True, slots=True)
class Ping:
    """The one bundled message a person gets on a day, over all projects; edited in place when something is settled."""

    person: str
    day: date
    items: tuple[PingItem, ...]
    more: int = 0  # due as well, but not shown: five at most


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
class LivedWith:
    """A finding that the team lives with for now."""

    title: str
    by: str
    until: date | None


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


Message = (
    KickoffCard
    | InterviewCard
    | DirectIntro
    | Ask
    | Record
    | SecondChance
    | Done
    | Note
    | FindingCard
    | FindingSolved
    | PulseResult
    | Brief
    | Ping
    | Digest
    | DigestThread
    | PortfolioDigest
)


@dataclass(frozen=True, slots=True)
class InChannel:
    """Said at the top level of a channel."""

    channel: str


@dataclass(frozen=True, slots=True)
class InThread:
    """Said in a thread whose root is known."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class InInterview:
    """Said in the thread of one role's interview, which may still be on its way to Slack."""

    project: int
    role: Role


@dataclass(frozen=True, slots=True)
class UnderCard:
    """Said in the thread of the kickoff card, which may still be on its way to Slack."""

    project: int


@dataclass(frozen=True, slots=True)
class UnderDigest:
    """Said in the thread of a project's digest of a week, which may still be on its way to Slack."""

    project: int
    week: str


@dataclass(frozen=True, slots=True)
class Direct:
    """Said to one person."""

    user: str


@dataclass(frozen=True, slots=True)
class Over:
    """Put over a message that stands already: it is edited in place."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class OverCard:
    """Put over the kickoff card (no role) or a role's card, wherever it stands by then."""

    project: int
    role: Role | None = None


Place = InChannel | InThread | InInterview | UnderCard | UnderDigest | Direct | Over | OverCard


@dataclass(frozen=True, slots=True)
class Saying:
    """A message and where it goes. `once`: said one time ever; `slot`: a newer one replaces it in the queue."""

    message: Message
    to: Place
    once: str | None = None
    slot: str | None = None
