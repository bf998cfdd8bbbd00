"""What is said in an interview: cards, questions, records, and the short things around them."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.answers import State, Value
from bot.domain.bank import Role


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
class InputRating:
    """What an input takes, in words; "" for what is not known, or not to be seen yet."""

    name: str
    difficulty: str
    reasons: str = ""
    risk: str = ""  # that training and production compute it differently
    weeks: str = ""
    need: str = ""  # how old it may be
    offer: str = ""  # how old it is


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
    ratings: tuple[InputRating, ...] = ()  # of the surveyed inputs among the rows so far


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
    asked_by: str = ""  # who asked the one whose answer it is for help
    slot: datetime | None = None  # when who asked and who was asked could talk
    slot_over: bool = False  # that time has passed
    agreed: tuple[str, ...] = ()  # whom of the two it suits
    ratings: tuple[InputRating, ...] = ()  # of the surveyed inputs among the rows


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
class WhoElse:
    """Somebody who was asked to help can't; whoever asked picks another."""

    project: int
    question: str
    person: str  # who asked
    helper: str  # who can't help
    suggested: str | None = None


@dataclass(frozen=True, slots=True)
class SlotAgreed:
    """A quarter of an hour suits both who could talk."""

    title: str  # of the question
    people: tuple[str, str]
    slot: datetime


@dataclass(frozen=True, slots=True)
class UnderstoodRow:
    """A row of a list as it was read, and what it still lacks."""

    name: str
    said: tuple[str, ...]
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """A list that somebody typed, read back to be confirmed with one click."""

    project: int
    role: Role
    question: str
    rows: tuple[UnderstoodRow, ...]
    shown: str  # tells a later state of the list apart
    half: int | None = None  # the first row that lacks something
    room: bool = True  # for one more
    settled: bool = False
