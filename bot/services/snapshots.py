"""A project as a JSON document, the format of import and export: checked strictly, then read as a `Snapshot`."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import PydanticCustomError

from bot.domain import rules
from bot.domain.answers import Mark, Value, is_unknown
from bot.domain.bank import Bank, Question, Role, Type
from bot.domain.checking import Problem, check, malformed
from bot.domain.coverage import LISTED, SURVEY
from bot.domain.errors import BotError
from bot.domain.snapshot import AcceptedFinding, Event, Meta, PulseRound, Snapshot
from bot.domain.vagueness import impossible, vague


class MalformedSnapshot(BotError):
    """Says where in the document (a JSON pointer; "" is the whole of it) and what was expected there."""

    def __init__(self, pointer: str, expected: str, file: str = "") -> None:
        place = ": ".join(part for part in (file, pointer) if part) or "the document"
        super().__init__(f"{place}: expected {expected}")
        self.pointer, self.expected, self.file = pointer, expected, file

    def within(self, pointer: str = "", file: str = "") -> "MalformedSnapshot":
        return MalformedSnapshot(pointer + self.pointer, self.expected, file or self.file)


def _iso_day(value: Any) -> date:
    try:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise PydanticCustomError("day", "a date such as 2026-03-31")


def _mark(value: Any) -> str:
    known = (*Mark, CLEAR)
    if value not in known:
        raise PydanticCustomError("mark", "one of {marks}", {"marks": ", ".join(known)})
    return str(value)


def _pulse_id(value: Any) -> Any:
    if value not in rules.PULSE:
        raise PydanticCustomError("pulse", "one of {ids}", {"ids": ", ".join(rules.PULSE)})
    return value


CLEAR = "clear"
"""The mark of words that a person of another role has called clear: no rule about words doubts them again."""

Day = Annotated[date, BeforeValidator(_iso_day)]
Text = Annotated[str, StringConstraints(min_length=1)]
EventType = Literal["launched", "date_change", "left", "source_change", "scope_change", "feature_added", "sla_breach"]
PulseAnswers = Mapping[Annotated[str, BeforeValidator(_pulse_id)], Annotated[int, Field(ge=1, le=5)] | None]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _People(_Strict):
    pm: Text | None = None
    ml: Text | None = None
    eng: Text | None = None


class _Answers(_Strict):
    pm: Mapping[str, Any] = {}
    ml: Mapping[str, Any] = {}
    eng: Mapping[str, Any] = {}


class _Meta(_Strict):
    answered_at: Day
    by: str | None = None


class _Event(_Strict):
    type: EventType
    date: Day
    resolved: bool = False
    before: Day | None = Field(default=None, alias="from")
    after: Day | None = Field(default=None, alias="to")
    user: str | None = None
    sli: str | None = None


class _Pulse(_Strict):
    pm: PulseAnswers = {}
    ml: PulseAnswers = {}
    eng: PulseAnswers = {}


class _PulseRound(_Strict):
    date: Day
    answers: _Pulse


class _Provenance(_Strict):
    """Written by export; only the marks are read."""

    model_config = ConfigDict(extra="ignore")

    marks: Sequence[Annotated[str, BeforeValidator(_mark)]] = ()


class _Finding(_Strict):
    """Written by export; only accepted ones are read."""

    model_config = ConfigDict(extra="ignore")

    detector: Text
    status: str
    input: str | None = None
    until: Day | None = None


class _Document(_Strict):
    id: Text
    as_of: Day
    people: _People
    answers: _Answers
    answer_meta: Mapping[str, _Meta] = {}
    features: Sequence[Mapping[str, Any]] = ()
    events: Sequence[_Event] = ()
    pulse: Sequence[_PulseRound] = ()
    findings: Sequence[_Finding] = ()
    provenance: Mapping[str, _Provenance] = {}
    # Written by export and read by import; they change nothing about an assessment.
    project: Any = None
    decisions: Any = None
    backlog: Any = None
    indicators: Any = None
    versions: Any = None


_EXPECTED = {
    "missing": "a value: this key is required",
    "extra_forbidden": "no such key here",
    "string_type": "text",
    "string_too_short": "text that is not empty",
    "float_type": "a number",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "finite_number": "a finite number",
    "model_type": "an object",
    "dict_type": "an object",
    "mapping_type": "an object",
    "is_instance_of": "a list",
    "sequence_str": "a list",
    "greater_than": "a number above {gt}",
    "greater_than_equal": "a number not below {ge}",
    "less_than_equal": "a number not above {le}",
    "literal_error": "one of {expected}",
}


def read_snapshot(data: Any, bank: Bank) -> Snapshot:
    """A JSON document as a snapshot; the first thing that is wrong with it is raised."""
    try:
        document = _Document.model_validate(data)
    except ValidationError as error:
        raise wrong_with(error) from None
    said = _checked_answers(document, bank)
    for index, record in enumerate(document.features):
        _check_record(index, record, bank)
    return Snapshot(
        id=document.id,
        as_of=document.as_of,
        people={role: getattr(document.people, role) for role in Role},
        answers=said,
        meta=_meta(document, bank),
        marks=_marks(document, said, bank),
        features=tuple(data.get("features", ())),
        events=tuple(Event(**event.model_dump()) for event in document.events),
        pulse=_pulse(document),
        accepted=tuple(
            AcceptedFinding(f.detector, f.input, f.until) for f in document.findings if f.status == "accepted"
        ),
    )


def wrong_with(invalid: ValidationError) -> MalformedSnapshot:
    """The first thing that is wrong, as one error."""
    error = invalid.errors(include_url=False)[0]
    expected = _EXPECTED.get(error["type"])
    said = expected.format(**error.get("ctx", {})) if expected else error["msg"].removeprefix("Input should be ")
    return MalformedSnapshot(pointer(error["loc"]), said)


def pointer(steps: Sequence[str | int]) -> str:
    """RFC 6901."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps if step != "[key]")


def _checked_answers(document: _Document, bank: Bank) -> dict[str, Value]:
    said: dict[str, Value] = {}
    for role in Role:
        for id, value in getattr(document.answers, role).items():
            _check(role, id, value, document, bank)
            said[id] = value
    return {
        id: value
        for id, value in said.items()
        if (id not in (LISTED, SURVEY) or is_unknown(value)) and Mark.PARTIAL not in _kept_marks(document, id)
    }


def _check(role: Role, id: str, value: Value, document: _Document, bank: Bank) -> None:
    """An answer stands under its question's role and fits it; lists of inputs stand in the records instead."""
    place = pointer(("answers", role, id))
    question = bank.by_id.get(id)
    if question is None:
        raise MalformedSnapshot(place, f"a question of bank version {bank.version}")
    if question.role is not role:
        raise MalformedSnapshot(place, f"this question under {pointer(('answers', question.role))}")
    if id in (LISTED, SURVEY) and isinstance(value, list):
        if value and not document.features:
            raise MalformedSnapshot(place, "the inputs as records under /features")
        return
    for problem in _problems(question, value):
        raise MalformedSnapshot(place + problem.pointer, problem.expected)


def _problems(question: Question, value: Value) -> list[Problem]:
    """What cannot be read; numbers of a form that cannot be so are an answer that leaves room, not a broken file."""
    written = malformed(question, value)
    asked_about = question.type is Type.FORM and not written and impossible(question, value)
    return [] if asked_about else check(question, value)


def _check_record(index: int, record: Mapping[str, Any], bank: Bank) -> None:
    """One input, as the ML person's and the engineer's questions describe it; either part may be missing."""
    place = pointer(("features", index))
    questions = [bank[id] for id in (LISTED, SURVEY) if id in bank.by_id]
    if not isinstance(record.get("name"), str) or not record["name"].strip():
        raise MalformedSnapshot(f"{place}/name", "the name of the input")
    for key in record:
        if key != "note" and not any(q.field(key) for q in questions):
            known = dict.fromkeys(field.name for q in questions for field in q.fields)
            raise MalformedSnapshot(place + pointer((key,)), f"only {', '.join(known)}")
    for question in questions:
        part = {key: value for key, value in record.items() if question.field(key)}
        for problem in check(question, [part]):
            raise MalformedSnapshot(place + problem.pointer.removeprefix("/0"), problem.expected)


def _meta(document: _Document, bank: Bank) -> dict[str, Meta]:
    meta = {}
    for id, given in document.answer_meta.items():
        if id not in bank.by_id:
            raise MalformedSnapshot(pointer(("answer_meta", id)), f"a question of bank version {bank.version}")
        person = getattr(document.people, bank[id].role)
        meta[id] = Meta(given.answered_at, given.by or person or "")
    return meta


def _marks(document: _Document, said: Mapping[str, Value], bank: Bank) -> dict[str, frozenset[Mark]]:
    """What lessens an answer: words are judged as in an interview, the rest is taken from where it was marked."""
    for id in document.provenance:
        if id not in bank.by_id:
            raise MalformedSnapshot(pointer(("provenance", id)), f"a question of bank version {bank.version}")
    guessed = {id for id in bank.by_id if _guessed(document, bank[id])}
    known = {id: value for id, value in said.items() if id not in guessed}
    unclear = {id for id, value in known.items() if vague(bank[id], value, others=known)}
    unclear |= {id for id in document.provenance if Mark.VAGUE in _kept_marks(document, id)}
    unclear -= {id for id in unclear if CLEAR in _kept_marks(document, id)}
    stale = {id for id in document.provenance if Mark.STALE in _kept_marks(document, id)}
    found = {Mark.GUESS: guessed, Mark.VAGUE: unclear, Mark.STALE: stale}
    marked = guessed | unclear | stale
    return {id: frozenset(mark for mark, ids in found.items() if id in ids) for id in bank.by_id if id in marked}


def _kept_marks(document: _Document, id: str) -> Sequence[str]:
    return document.provenance[id].marks if id in document.provenance else ()


def _guessed(document: _Document, question: Question) -> bool:
    """Marked as a guess; or, where nothing is on record about marks, given by the person of another role."""
    if question.id in document.provenance:
        return Mark.GUESS in _kept_marks(document, question.id)
    given = document.answer_meta.get(question.id)
    people = {role: getattr(document.people, role) for role in Role}
    return bool(given and given.by and given.by != people[question.role] and given.by in people.values())


def _pulse(document: _Document) -> tuple[PulseRound, ...]:
    rounds = (PulseRound(p.date, {role: getattr(p.answers, role) for role in Role}) for p in document.pulse)
    return tuple(sorted(rounds, key=lambda p: p.date))
