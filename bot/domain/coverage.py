"""How much is known: the status of each required question, and shares by role and pillar."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import StrEnum

from . import rules
from .answers import UNKNOWN, Answer, Mark, Value, is_not_applicable, is_unknown
from .bank import Bank, Pillar, Question, Role, Type
from .inputs import Input, read_record
from .snapshot import Snapshot

LISTED = "ml.inputs"
SURVEY = "eng.input_survey"


class Status(StrEnum):
    ANSWERED = "answered"
    VAGUE = "vague"
    STALE = "stale"
    UNKNOWN = "unknown"
    GUESS = "guess"  # said by another role than the one that can know it
    UNANSWERED = "unanswered"

    @property
    def given(self) -> bool:
        return self in (Status.ANSWERED, Status.VAGUE, Status.STALE)


@dataclass(frozen=True, slots=True)
class Share:
    known: float
    required: int

    @property
    def share(self) -> float:
        return self.known / self.required if self.required else 1.0


@dataclass(frozen=True, slots=True)
class Coverage:
    required: tuple[Question, ...]  # in interview order
    status: Mapping[str, Status]  # of each of them
    total: Share
    by_role: Mapping[Role, Share]
    by_pillar: Mapping[Pillar, Share]

    @property
    def blocking_open(self) -> tuple[Question, ...]:
        """A vague answer does not close a question on which everything else stands; a stale one does."""
        settled = (Status.ANSWERED, Status.STALE)
        return tuple(q for q in self.required if q.blocking and self.status[q.id] not in settled)

    def with_status(self, status: Status) -> tuple[Question, ...]:
        return tuple(q for q in self.required if self.status[q.id] is status)

    @property
    def essential_open(self) -> tuple[Question, ...]:
        return tuple(q for q in self.required if q.essential and not self.status[q.id].given)


def coverage(snapshot: Snapshot, bank: Bank) -> Coverage:
    required = bank.required(_as_answers(snapshot))
    status = {q.id: status_of(q, snapshot) for q in required}
    return Coverage(
        required,
        status,
        _share(required, status),
        {role: _share((q for q in required if q.role is role), status) for role in Role},
        {pillar: _share((q for q in required if q.pillar is pillar), status) for pillar in Pillar},
    )


def status_of(question: Question, snapshot: Snapshot) -> Status:
    value, marks = _value(question, snapshot), snapshot.marks.get(question.id, frozenset())
    if Mark.GUESS in marks:
        return Status.GUESS
    if value is None or _half_filled(question, value):
        return Status.UNANSWERED
    if is_unknown(value):
        return Status.UNKNOWN
    if is_not_applicable(value):
        return Status.ANSWERED
    if Mark.VAGUE in marks:
        return Status.VAGUE
    return Status.STALE if _stale(question, snapshot) else Status.ANSWERED


def _share(questions: Iterable[Question], status: Mapping[str, Status]) -> Share:
    weights = [_weight(question, status[question.id]) for question in questions]
    return Share(sum(weights), len(weights))


def _weight(question: Question, status: Status) -> float:
    return 0 if question.blocking and status is Status.VAGUE else rules.KNOWN_WEIGHT[status]


def _value(question: Question, snapshot: Snapshot) -> Value | None:
    """The answer that counts: lists of inputs are read from the records, "not sure" says that nobody knows."""
    value = snapshot.answers.get(question.id)
    if question.id == LISTED:
        return list(snapshot.features) or (value if is_unknown(value) else None)
    if question.id == SURVEY:
        return list(snapshot.features) if _surveyed(snapshot) else (UNKNOWN if is_unknown(value) else None)
    if question.id == "eng.feasible" and isinstance(value, Mapping) and value.get("verdict") == "not_sure":
        return UNKNOWN
    return value


def _half_filled(question: Question, value: Value) -> bool:
    """A form that lacks one of its choices is kept, and still open."""
    if (
        question.type is not Type.FORM
        or not isinstance(value, Mapping)
        or is_unknown(value)
        or is_not_applicable(value)
    ):
        return False
    return any(f.type is Type.CHOICE and not f.optional and not value.get(f.name) for f in question.fields)


def _surveyed(snapshot: Snapshot) -> bool:
    """Every must-have input is surveyed; every input, where none is a must-have."""
    inputs = [read_record(record) for record in snapshot.features]
    decisive: list[Input] = [i for i in inputs if i.must] or inputs
    return bool(decisive) and all(i.surveyed for i in decisive)


def _stale(question: Question, snapshot: Snapshot) -> bool:
    meta = snapshot.meta.get(question.id)
    marked = Mark.STALE in snapshot.marks.get(question.id, ())
    return marked or (meta is not None and snapshot.as_of - meta.answered_at > rules.CONFIRMED_FOR[question.kind])


def _as_answers(snapshot: Snapshot) -> Mapping[str, Answer]:
    moment = datetime.combine(snapshot.as_of, time.min, UTC)
    return {id: Answer(value, "", moment) for id, value in snapshot.answers.items()}
