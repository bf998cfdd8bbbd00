"""Whether a value is written as its question's type asks: the encoding of the snapshot format, piece by piece."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeGuard

from .answers import Value, is_not_applicable, is_not_measured, is_unknown
from .bank import Field, Question, Type

LONGEST_TEXT = 10_000
LARGEST_NUMBER = 1e15
USER = re.compile(r"[UW][A-Z0-9_]{1,40}")
TEXTS = (Type.SHORT_TEXT, Type.LONG_TEXT, Type.TEXT_WITH_NUMBER)
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Slot = Question | Field
"""What a single value is given for: a question, or one field of a form or row."""


@dataclass(frozen=True, slots=True)
class Problem:
    pointer: str  # JSON pointer, relative to the value
    expected: str  # for machines
    say: str  # for the person who typed it: what to do next


def malformed(question: Question, value: Value) -> list[Problem]:
    """What breaks the encoding. A form may still lack parts; `missing` tells which."""
    if isinstance(value, Mapping) and {"unknown", "na", "not_measured"} & value.keys():
        return list(_special(question, value))
    if question.type in TEXTS and isinstance(value, str) and not value.strip():
        return [Problem("", "text that is not empty", "I need a few words here.")]
    return list(_value(question, value, ""))


def malformed_row(fields: tuple[Field, ...], row: Value, pointer: str = "") -> list[Problem]:
    """What breaks the encoding of one row, such as the record of one input; a row may lack parts."""
    return list(_parts(fields, row, pointer))


def given(part: Value) -> bool:
    return part is not None and part != [] and not (isinstance(part, str) and not part.strip())


def _special(question: Question, value: Mapping[str, Value]) -> Iterator[Problem]:
    if is_unknown(value) and value.keys() <= {"unknown", "ask"}:
        if "ask" in value:
            yield from _user(question, value["ask"], "/ask")
    elif is_not_applicable(value) and len(value) == 1:
        if not question.na:
            yield Problem("", "an answer; na is not allowed here", "This one always applies. *I don't know* is fine.")
    elif is_not_measured(value) and len(value) == 1:
        if not question.not_measured:
            yield Problem("", "an answer; not_measured is not allowed here", "Please give an answer here.")
    else:
        yield Problem(
            "", '{"unknown": true}, {"na": true} or {"not_measured": true} alone', "I can't read this answer."
        )


def _value(slot: Slot, value: Value, pointer: str) -> Iterator[Problem]:
    return CHECKS[slot.type](slot, value, pointer)


def _text(slot: Slot, value: Value, pointer: str) -> Iterator[Problem]:
    if not isinstance(value, str):
        yield Problem(pointer, "text", "I need a few words here.")
    elif len(value) > LONGEST_TEXT:
        say = f"That is {len(value):,} characters; I can keep {LONGEST_TEXT:,}. Please shorten it a little."
        yield Problem(pointer, f"text of at most {LONGEST_TEXT} characters", say)


def _choice(slot: Slot, value: Value, pointer: str) -> Iterator[Problem]:
    ids = [o.id for o in slot.options]
    if value not in ids:
        yield Problem(pointer, f"one of {', '.join(ids)}", "Please pick one of the choices.")


def _multi(slot: Slot, value: Value, pointer: str) -> Iterator[Problem]:
    if not isinstance(value, list):
        yield Problem(pointer, "a list of option ids", "Please pick from the choices.")
        return
    for index, id in enumerate(value):
        if id in value[:index]:
            yield Problem(f"{pointer}/{index}", "each option once", "Each choice counts once.")
        yield from _choice(slot, id, f"{pointer}/{index}")


def is_number(value: Value) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST_NUMBER


def _number(slot: Slot, value: Value, pointer: str) -> Iterator[Problem]:
    if not is_number(value):
        yield Problem(pointer, "a finite number", "I need a number here, such as *4* or *2.5*.")


def _bool(slot: Slot, value: Value, pointer: str) -> Iterator[Problem]:
    if not isinstance(value, bool):
        yield Problem(pointer, "true or false", "I need a yes or a no here.")


def _quantity(slot: Slot, value: Value, pointer: str) -> Iterator[Problem]:
    expected = f'{{"value": number, "unit": one of {", ".join(slot.units)}}}'
    if not isinstance(value, Mapping) or value.keys() != {"value", "unit"}:
        yield Problem(pointer, expected, f"I need a number and its unit here, such as *{example(slot)}*.")
        return
    yield from _number(slot, value["value"], f"{pointer}/value")
    if value["unit"] not in slot.units:
        units = ", ".join(slot.units).replace("_", " ")
        yield Problem(f"{pointer}/unit", f"one of {', '.join(slot.units)}", f"Please use one of these units: {units}.")


def _date(slot: Slot, value: Value, pointer: str) -> Iterator[Problem]:
    if parsed_date(value) is None:
        yield Problem(pointer, "a date, YYYY-MM-DD", "I need a day here, such as *1 March 2027*.")


def _user(slot: Slot, value: Value, pointer: str) -> Iterator[Problem]:
    if not isinstance(value, str) or not (value == "none" or USER.fullmatch(value)):
        yield Problem(pointer, 'a Slack user id or "none"', "Please name one person with @, or say *nobody*.")


def _form(slot: Slot, value: Value, pointer: str) -> Iterator[Problem]:
    yield from _parts(_fields(slot), value, pointer)


def _rows(slot: Slot, value: Value, pointer: str) -> Iterator[Problem]:
    if not isinstance(value, list):
        yield Problem(pointer, "a list of objects", "I need a list here.")
        return
    for index, row in enumerate(value):
        yield from _parts(_fields(slot), row, f"{pointer}/{index}")


def _parts(fields: tuple[Field, ...], value: Value, pointer: str) -> Iterator[Problem]:
    if not isinstance(value, Mapping):
        yield Problem(pointer, "an object", "I need the parts of this answer one by one.")
        return
    known = {f.name: f for f in fields}
    for name, part in value.items():
        where = f"{pointer}/{str(name).replace('~', '~0').replace('/', '~1')}"
        if name not in known:
            yield Problem(where, f"only {', '.join(known)}", f"I don't know what “{name}” means here.")
        elif given(part):
            yield from _value(known[name], part, where)


def _fields(slot: Slot) -> tuple[Field, ...]:
    return slot.fields if isinstance(slot, Question) else ()


CHECKS: Mapping[Type, Callable[[Slot, Value, str], Iterator[Problem]]] = {
    Type.SHORT_TEXT: _text,
    Type.LONG_TEXT: _text,
    Type.TEXT_WITH_NUMBER: _text,
    Type.CHOICE: _choice,
    Type.MULTI: _multi,
    Type.QUANTITY: _quantity,
    Type.NUMBER: _number,
    Type.WEEKS: _number,
    Type.BOOL: _bool,
    Type.DATE: _date,
    Type.USER: _user,
    Type.FORM: _form,
    Type.ROWS: _rows,
}


def parsed_date(value: Value) -> date | None:
    if not isinstance(value, str) or not ISO_DATE.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def example(slot: Slot) -> str:
    return "50 per second" if "per_second" in slot.units else "250 ms"
