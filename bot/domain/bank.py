"""The question bank as values: what each role is asked, in which order, and when a follow-up applies."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from .answers import Answer, State, Value
from .conditions import AllOf


class Role(StrEnum):
    PM = "pm"
    ML = "ml"
    ENG = "eng"

    @property
    def label(self) -> str:
        return {"pm": "PM", "ml": "ML person", "eng": "Product engineer"}[self.value]


class Pillar(StrEnum):
    PRODUCT = "product"
    DATA = "data"
    SIMPLE = "simple"
    PARTNER = "partner"
    SLA = "sla"


class Kind(StrEnum):
    SUCCESS = "success"
    FEASIBILITY = "feasibility"
    DATA_AVAILABILITY = "data-availability"
    CONSTRAINT = "constraint"
    OWNERSHIP = "ownership"
    RISK = "risk"
    TRADE_OFF = "trade-off"

    @property
    def blocking(self) -> bool:
        return self in (Kind.FEASIBILITY, Kind.DATA_AVAILABILITY)


class Type(StrEnum):
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    TEXT_WITH_NUMBER = "text_with_number"
    CHOICE = "choice"
    MULTI = "multi"
    QUANTITY = "quantity"
    NUMBER = "number"
    WEEKS = "weeks"
    BOOL = "bool"
    DATE = "date"
    USER = "user"
    FORM = "form"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Option:
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One part of a form or of a row."""

    name: str
    type: Type
    label: str
    optional: bool = False
    options: tuple[Option, ...] = ()
    units: tuple[str, ...] = ()
    hint: str = ""
    when: tuple[AllOf, ...] = ()  # of a row: asked on the further page, where any of them holds
    rides: bool = False  # of a row: comes along on the further page, and is never the reason for one
    blind: bool = False  # of a row: unseen until each side has said its part of the input
    said: str = ""  # of a row: how its value is shown, as in "per {}"; without, behind its label

    @property
    def further(self) -> bool:
        """Whether it is left for the further page of its form."""
        return bool(self.when) or self.rides

    def asked(self, record: Mapping[str, Value]) -> bool:
        """Whether it is asked about an input of which the others have said this."""
        return not self.when or any(all_of.holds(record) for all_of in self.when)


@dataclass(frozen=True, slots=True)
class Condition:
    """A follow-up applies when `field` of the parent's answer (or the answer itself) is one of `values`.

    Without values it applies as soon as the parent is answered.
    """

    parent: str
    field: str | None = None
    values: tuple[str, ...] = ()

    def holds(self, answers: Mapping[str, Answer]) -> bool:
        answer = answers.get(self.parent)
        if answer is None or answer.state is not State.ANSWERED:
            return False
        value = answer.value.get(self.field) if self.field else answer.value
        return not self.values or value in self.values


@dataclass(frozen=True, slots=True)
class Question:
    id: str  # stored with every answer: never renamed, never reused
    role: Role
    pillar: Pillar
    kind: Kind
    type: Type
    secs: int
    ask: str
    why: str
    title: str  # three words or so, for lists, cards and digests
    helper: str = ""
    options: tuple[Option, ...] = ()
    fields: tuple[Field, ...] = ()  # of a form, or of one row
    units: tuple[str, ...] = ()
    na: bool = False
    not_measured: bool = False
    essential: bool = False
    validate: str = ""
    max_rows: int = 5
    when: Condition | None = None  # only for follow-ups
    waits_for: str | None = None  # another role's question that must be answered before this one can be

    @property
    def blocking(self) -> bool:
        return self.kind.blocking

    @property
    def core(self) -> bool:
        """Asked in every kickoff, not only when an answer calls for it."""
        return self.when is None

    def option(self, id: str) -> Option | None:
        return next((o for o in self.options if o.id == id), None)

    def field(self, name: str) -> Field | None:
        return next((f for f in self.fields if f.name == name), None)

    def applies(self, answers: Mapping[str, Answer]) -> bool:
        return self.when is None or self.when.holds(answers)

    def unlocked(self, answers: Mapping[str, Answer]) -> bool:
        """Whether what it builds on has been said: the engineer surveys inputs only once some are listed."""
        if self.waits_for is None:
            return True
        answer = answers.get(self.waits_for)
        return answer is not None and answer.state is State.ANSWERED


@dataclass(frozen=True)
class Bank:
    """All questions of one version, each role's in interview order with follow-ups behind their parents."""

    version: int
    questions: tuple[Question, ...]
    blind: tuple[frozenset[str], ...] = field(default=())  # groups whose answers appear together

    @cached_property
    def by_id(self) -> Mapping[str, Question]:
        return {q.id: q for q in self.questions}

    def __getitem__(self, question_id: str) -> Question:
        return self.by_id[question_id]

    def of(self, role: Role) -> tuple[Question, ...]:
        return tuple(q for q in self.questions if q.role is role)

    def required(self, answers: Mapping[str, Answer]) -> tuple[Question, ...]:
        """The core questions and each follow-up whose condition holds (alignment model, coverage)."""
        return tuple(q for q in self.questions if q.applies(answers))

    def hidden(self, question_id: str, answers: Mapping[str, Answer]) -> bool:
        """Whether an answer stays unseen because the others who were asked the same have not answered yet."""
        group = next((g for g in self.blind if question_id in g), None)
        return group is not None and not all(q in answers and not answers[q].partial for q in group)


Drafts = Mapping[str, Value]
