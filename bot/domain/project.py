"""One kickoff with everything said in it: the value that the rules of the conversation read and give back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from .answers import Answer, Mark, Source, State
from .bank import Bank, Question, Role
from .chronicle import EventType, Followed, Happened, Pulse
from .commitments import Decision, Later, Offer
from .messages import Saying


class Stage(StrEnum):
    CANDIDATE = "candidate"
    ACTIVE = "active"
    PAUSED = "paused"
    LAUNCHED = "launched"
    CLOSED = "closed"


class Part(StrEnum):
    """What a member does for a role: one is accountable, contributors answer too, a backup steps in.

    A helper was handed a question and may answer that one only.
    """

    OWNER = "owner"
    CONTRIBUTOR = "contributor"
    BACKUP = "backup"
    HELPER = "helper"


@dataclass(frozen=True, slots=True)
class Member:
    role: Role
    user: str
    part: Part


@dataclass(frozen=True, slots=True)
class Handover:
    """A question that somebody else was asked to answer; the role's person stays accountable."""

    to: str
    by: str
    at: datetime
    slot: datetime | None = None  # when the two could talk for a quarter of an hour
    agreed: tuple[str, ...] = ()  # whom of the two that suits
    over: bool = False  # that time has passed

    @property
    def both(self) -> bool:
        return {self.to, self.by} <= set(self.agreed)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a person typed: not yet an answer."""

    ts: str
    by: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a question stands in Slack, and whether what is said there was changed since it was first said."""

    ts: str = ""  # empty: it was changed before it stood anywhere
    dm: str = ""  # the channel, if it is one of direct messages; else the project's
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Interview:
    """One role's questions in one kickoff, held in a Slack thread."""

    role: Role
    card: Source | None = None
    place: Source | None = None  # root of the thread in which it is held: the card, or a direct message
    by_dm: bool = False
    asked: str | None = None  # the open question; kept, so that a new question in the bank never moves a reply
    asked_at: datetime | None = None
    posting: bool = False  # the next question, or the goodbye, is on its way and has no ts yet
    done: bool = False
    trail: tuple[tuple[str, str | None], ...] = ()  # (ts, question) as posted, oldest first; None: the goodbye
    records: Mapping[str, Standing] = field(default_factory=dict)  # question → the message that shows it
    skipped: tuple[str, ...] = ()
    brought_back: tuple[str, ...] = ()
    handed: Mapping[str, Handover] = field(default_factory=dict)
    refused: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # question → who can't help with it
    helped: Mapping[str, str] = field(default_factory=dict)  # question → who asked the one whose answer stands
    began_at: datetime | None = None  # its first question was asked: from then on there was somebody to ask
    first_at: datetime | None = None  # of engineering: one of its own people first answered something
    nudged: tuple[str, ...] = ()  # questions that had their one second chance
    held: tuple[Reply, ...] = ()  # typed while the next question was on its way: filed once its ts is known

    def asked_before(self, ts: str) -> str | None:
        """The newest question posted before that message: the one it answers (alignment model, 1.1)."""
        earlier = [entry for entry in self.trail if moment(entry[0]) < moment(ts)]
        return max(earlier, key=lambda entry: moment(entry[0]))[1] if earlier else None

    def stands(self, question: str) -> Standing | None:
        """The message that shows a question, if one does."""
        standing = self.records.get(question)
        return standing if standing and standing.ts else None

    def on_its_way(self, question: str) -> bool:
        """Whether a question was asked and its message is not known to stand in Slack yet."""
        return self.posting and self.asked == question

    def edited(self, question: str) -> bool:
        return question in self.records and self.records[question].edited

    def with_edit(self, question: str) -> "Interview":
        before = self.records.get(question, Standing())
        return replace(self, records={**self.records, question: replace(before, edited=True)})

    def standing_at(self, place: Source, *questions: str) -> "Interview":
        """With these questions shown by the message at a place."""
        dm = place.channel if self.by_dm else ""
        shown = {q: Standing(place.ts, dm, self.edited(q)) for q in questions}
        return replace(self, records={**self.records, **shown})

    def without(self, question: str) -> "Interview":
        """With a question neither skipped nor in somebody else's hands any more."""
        handed = {id: handover for id, handover in self.handed.items() if id != question}
        return replace(self, handed=handed, skipped=tuple(id for id in self.skipped if id != question))


@dataclass(frozen=True, slots=True)
class DigestPlan:
    """When the weekly digest comes: ISO weekday (1 Monday … 7 Sunday) and hour in the project's zone; None: off."""

    day: int | None = 2
    hour: int = 10


@dataclass(frozen=True, slots=True)
class Project:
    id: int
    team: str
    channel: str
    private: bool
    name: str
    summary: str
    started_by: str
    started_at: datetime
    zone: str  # IANA
    launch: date | None = None
    stage: Stage = Stage.ACTIVE
    reachable: bool = True  # False while the channel is archived or the bot is not in it
    bank_version: int = 1
    card: Source | None = None
    digest: DigestPlan = DigestPlan()
    pulse_weeks: int | None = 2  # how far the pulses are apart; None: there is none
    shared: bool = False  # told of in the leads' digest over all projects
    members: tuple[Member, ...] = ()
    interviews: Mapping[Role, Interview] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    events: tuple[Happened, ...] = ()  # oldest first
    followed: Mapping[str, Followed] = field(default_factory=dict)  # findings, by their key
    pulses: tuple[Pulse, ...] = ()  # oldest first
    offers: Mapping[str, Offer] = field(default_factory=dict)  # simpler inputs, by the name of the hard one
    later: tuple[Later, ...] = ()  # the V2 backlog, oldest first
    decisions: tuple[Decision, ...] = ()  # oldest first
    functions: Mapping[str, str] = field(default_factory=dict)  # who is asked about legal, sre …: Slack ids

    @property
    def open(self) -> bool:
        return self.stage is not Stage.CLOSED

    @property
    def decider(self) -> str | None:
        """Who makes the call: the PM's answer to that very question."""
        answer = self.answers.get("pm.decider")
        named = answer is not None and answer.state is State.ANSWERED and answer.value != "none"
        return str(answer.value) if answer and named else None

    @property
    def launch_day(self) -> date | None:
        """The PM's answer, or what was named when the kickoff was started."""
        answer = self.answers.get("pm.launch")
        if answer and isinstance(answer.value, Mapping) and "date" in answer.value:
            return date.fromisoformat(answer.value["date"]) if answer.value["date"] else None
        return self.launch

    def people(self, role: Role) -> tuple[str, ...]:
        """Everybody of a role, the accountable person first, backups last."""
        of_role = [m for m in self.members if m.role is role and m.part is not Part.HELPER]
        return tuple(m.user for part in Part for m in of_role if m.part is part)

    def owner(self, role: Role) -> str | None:
        return next((m.user for m in self.members if m.role is role and m.part is Part.OWNER), None)

    def roles_of(self, user: str) -> tuple[Role, ...]:
        return tuple(role for role in Role if user in self.people(role))

    def present(self, user: str) -> bool:
        """Whether somebody may be called: not whose account was deactivated, unless they have a part again."""
        gone = any(e.type is EventType.LEFT and e.user == user and not e.by for e in self.events)
        return not gone or any(member.user == user for member in self.members)

    def state(self, question: str) -> State:
        """The one state a question is in; a half-filled form is still unanswered."""
        answer = self.answers.get(question)
        if answer is not None and not answer.partial:
            return answer.state
        skipped = any(question in i.skipped for i in self.interviews.values())
        return State.SKIPPED if skipped else State.UNANSWERED

    def settled(self, question: str) -> bool:
        return self.state(question) in (State.UNKNOWN, State.NOT_APPLICABLE, State.ANSWERED)

    def counted(self, bank: Bank, role: Role) -> tuple[int, int]:
        """How many of a role's questions are settled, and how many there are now."""
        questions = self.required(bank, role)
        return sum(self.settled(q.id) for q in questions), len(questions)

    def required(self, bank: Bank, role: Role | None = None) -> tuple[Question, ...]:
        return tuple(q for q in bank.required(self.answers) if role in (None, q.role))

    def blocking_open(self, bank: Bank) -> tuple[Question, ...]:
        """Feasibility and data questions without an answer: "I don't know" is honest, and still open."""
        return tuple(q for q in self.required(bank) if q.blocking and (self.state(q.id) in _OPEN or self.guessed(q.id)))

    def guessed(self, question: str) -> bool:
        """Whether an answer came from somebody who cannot know it, and nobody who can has confirmed it."""
        answer = self.answers.get(question)
        return answer is not None and Mark.GUESS in answer.marks and self.settled(question)

    def complete(self, bank: Bank) -> bool:
        """No blocking question open, each essential one answered (alignment model, 1.1)."""
        essential = (q.id for q in self.required(bank) if q.essential)
        done = (State.ANSWERED, State.NOT_APPLICABLE)
        said = all(self.state(id) in done and not self.guessed(id) for id in essential)
        return said and not self.blocking_open(bank)

    def with_member(self, member: Member) -> "Project":
        others = (m for m in self.members if (m.role, m.user) != (member.role, member.user))
        return replace(self, members=(*others, member))

    def with_interview(self, interview: Interview) -> "Project":
        return replace(self, interviews={**self.interviews, interview.role: interview})

    def place_of(self, standing: Standing) -> Source:
        return Source(standing.dm or self.channel, standing.ts)

    def with_followed(self, *findings: Followed) -> "Project":
        return replace(self, followed={**self.followed, **{finding.key: finding for finding in findings}})

    def with_offer(self, offer: Offer) -> "Project":
        return replace(self, offers={**self.offers, offer.input: offer})

    def with_answer(self, question: str, answer: Answer | None) -> "Project":
        others = {id: kept for id, kept in self.answers.items() if id != question}
        return replace(self, answers={**others, question: answer} if answer else others)


_OPEN = (State.UNANSWERED, State.SKIPPED, State.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an answer, as it goes into the history; without an answer it was withdrawn."""

    question: str
    answer: Answer | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """What a step of the conversation led to: the project after it, what is said, what is written down."""

    project: Project
    says: tuple[Saying, ...] = ()
    versions: tuple[Version, ...] = ()

    def then(self, step: Callable[..., "Change"], *args: Any, **options: Any) -> "Change":
        """This, and what a further step makes of the project after it."""
        after = step(self.project, *args, **options)
        return Change(after.project, self.says + after.says, self.versions + after.versions)


def moment(ts: str) -> tuple[int, int]:
    """A Slack timestamp as something that sorts."""
    seconds, _, micros = ts.partition(".")
    return int(seconds), int(micros or 0)
