"""Whether a value can be kept: written as its question asks, nothing that cannot be so, and what still lacks."""

from collections.abc import Iterator, Mapping
from datetime import date

from .answers import Value, is_not_applicable, is_not_measured, is_unknown
from .bank import Field, Question, Type
from .encoding import Problem, Slot, example, given, malformed, malformed_row, parsed_date

__all__ = ["Problem", "check", "given", "malformed", "malformed_row", "may_be_empty", "missing"]

NEVER_NEGATIVE = ("read_ms", "build_weeks", "extra_weeks")


def check(question: Question, value: Value, *, today: date | None = None) -> list[Problem]:
    """Everything that is wrong with a value. With `today`, a launch must still lie ahead."""
    return malformed(question, value) or list(_implausible(question, value, today))


def missing(question: Question, value: Value) -> tuple[Field, ...]:
    """The required parts of a form, or of any row, that nobody has given yet."""
    if is_unknown(value) or is_not_applicable(value) or is_not_measured(value):
        return ()
    if question.type is Type.FORM:
        return _lacking(question, value if isinstance(value, Mapping) else {})
    if question.type is Type.ROWS:
        rows = value if isinstance(value, list) else None
        if not rows:
            return () if rows == [] and may_be_empty(question) else _lacking(question, {})
        lacking = {f.name for row in rows for f in _lacking(question, row)}
        return tuple(f for f in question.fields if f.name in lacking)
    return ()


def may_be_empty(question: Question) -> bool:
    """Whether "none" is an answer to a list: no service levels, yes; no inputs, no."""
    return question.type is Type.ROWS and not question.blocking


def _lacking(question: Question, row: Mapping[str, Value]) -> tuple[Field, ...]:
    return tuple(f for f in question.fields if not f.optional and not given(row.get(f.name)))


def _implausible(question: Question, value: Value, today: date | None) -> Iterator[Problem]:
    if is_unknown(value) or is_not_applicable(value) or is_not_measured(value):
        return
    if question.type is Type.FORM:
        yield from _parts(question, value, "")
        yield from _effort(question, value)
        yield from _launch(question, value, today)
    elif question.type is Type.ROWS:
        for index, row in enumerate(value):
            yield from _parts(question, row, f"/{index}")
    else:
        yield from _sensible(question, value, "")
    if value == [] and not may_be_empty(question):
        yield Problem("", "at least one", "Please name at least one.")


def _parts(question: Question, row: Mapping[str, Value], pointer: str) -> Iterator[Problem]:
    for field in question.fields:
        if given(row.get(field.name)):
            yield from _sensible(field, row[field.name], f"{pointer}/{field.name}")


def _sensible(slot: Slot, value: Value, pointer: str) -> Iterator[Problem]:
    if slot.type is Type.QUANTITY and value["value"] <= 0:
        yield Problem(f"{pointer}/value", "above 0", f"It must be more than zero, such as *{example(slot)}*.")
    if slot.type is Type.WEEKS and value <= 0:
        yield Problem(pointer, "above 0", "It must be more than zero weeks; half a week is *0.5*.")
    if isinstance(slot, Field) and slot.name in NEVER_NEGATIVE and value < 0:
        yield Problem(pointer, "0 or more", "It cannot be less than zero.")


def _effort(question: Question, value: Mapping[str, Value]) -> Iterator[Problem]:
    likely, worst = value.get("likely"), value.get("worst")
    if question.field("worst") and likely is not None and worst is not None and worst < likely:
        say = f"If things go badly it cannot take less than the likely {likely:g} weeks. Which one is off?"
        yield Problem("/worst", "worst >= likely", say)


def _launch(question: Question, value: Mapping[str, Value], today: date | None) -> Iterator[Problem]:
    day = parsed_date(value.get("date"))
    if question.id == "pm.launch" and today and day and day <= today:
        yield Problem("/date", "a date in the future", "That day has passed. Which day do you aim for now?")
