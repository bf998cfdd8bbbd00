"""An answer as people read it: plain text that a view escapes, with people kept apart so that they stay mentions."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .answers import Value, is_not_applicable, is_not_measured, is_unknown, is_veiled
from .bank import Field, Question, Type
from .durations import as_said, plain_number
from .encoding import Slot, given, is_number, parsed_date

SHORTEST = 80
CLOSED = "🔒 closed until both sides are in"
TEAM_OR_PERSON = re.compile(r"<@([UW][A-Z0-9_]{1,40})(?:\|[^>]*)?>")


@dataclass(frozen=True, slots=True)
class Text:
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Person:
    id: str

    def __str__(self) -> str:
        return f"<@{self.id}>"


Part = Text | Person


def shown(question: Question, value: Value) -> str:
    return "".join(map(str, shown_parts(question, value)))


def short(question: Question, value: Value) -> str:
    """One line of at most 80 characters."""
    return "".join(map(str, short_parts(question, value)))


def shown_parts(question: Question, value: Value) -> tuple[Part, ...]:
    if (special := _special(value)) is not None:
        return (Text(special),)
    if question.type is Type.FORM:
        return _joined(_lines(question.fields, value), "\n")
    if question.type is Type.ROWS:
        return _joined((_row(question.fields, row, " · ") for row in _rows(value)), "\n") or (Text("None"),)
    return tuple(_single(question, value))


def said_of(question: Question, row: Value) -> tuple[str, ...]:
    """What is said of a row, without its name."""
    return tuple("".join(map(str, line)) for line in _lines(question.fields[1:], row))


def short_parts(question: Question, value: Value) -> tuple[Part, ...]:
    if (span := _span(question, value)) is not None:
        return (Text(span),)
    if _special(value) is None and question.type is Type.FORM:
        values = (list(_single(f, _part(value, f))) for f in question.fields if given(_part(value, f)))
        return _cut(_joined(values, ", "))
    if _special(value) is None and question.type is Type.ROWS and _rows(value):
        names = (_single(question.fields[0], _part(row, question.fields[0])) for row in _rows(value))
        return _cut(_joined(names, ", "))
    return _cut(shown_parts(question, value))


def _span(question: Question, value: Value) -> str | None:
    """An estimate with its bad case: "3 to 5 weeks"."""
    weeks = [_part(value, field) for field in question.fields if field.type is Type.WEEKS]
    if question.type is not Type.FORM or len(weeks) != len(question.fields) or not all(map(is_number, weeks)):
        return None
    likely, *worst = [plain_number(number) for number in weeks if is_number(number)]
    return " to ".join(dict.fromkeys([likely, *worst])) + (" week" if {likely, *worst} == {"1"} else " weeks")


def in_short(name: str) -> str:
    """Somebody's name for a thing, where a sentence is built around it."""
    return name if len(name) <= SHORTEST else f"{name[: SHORTEST - 1].rstrip()}…"


def name_of(field: Field) -> str:
    """A label without its advice: "Today's value (leave empty if unknown)" is shown as "Today's value"."""
    label = re.sub(r"\s*\(.*\)$", "", field.label, flags=re.DOTALL).rstrip("?")
    if field.type is Type.WEEKS:
        label = re.sub(r",? in weeks$", "", label)  # the value says so
    return label or field.label


def _special(value: Value) -> str | None:
    if value is None:
        return "No answer yet"
    if is_unknown(value):
        return "I don't know yet"
    if is_not_applicable(value):
        return "Not applicable"
    return "Not measured yet" if is_not_measured(value) else None


def _lines(fields: tuple[Field, ...], form: Value) -> Iterator[list[Part]]:
    for field in fields:
        if given(_part(form, field)):
            yield _line(field, _part(form, field))


def _line(field: Field, value: Value) -> list[Part]:
    """A value as its field has it said, else behind the field's label."""
    said = "" if is_veiled(value) else field.said
    before, _, behind = (said or f"{name_of(field)}: {{}}").partition("{}")
    return [part for part in (Text(before), *_single(field, value), Text(behind)) if str(part)]


def _row(fields: tuple[Field, ...], row: Value, between: str) -> list[Part]:
    """The name first, then what is said of it."""
    name = list(_single(fields[0], _part(row, fields[0]))) if given(_part(row, fields[0])) else []
    return list(_joined([name, *_lines(fields[1:], row)] if name else list(_lines(fields, row)), between))


def _part(row: Value, field: Field) -> Value:
    return row.get(field.name) if isinstance(row, Mapping) else None


def _rows(value: Value) -> list[Value]:
    return value if isinstance(value, list) else []


def _joined(groups: Iterable[Iterable[Part]], between: str) -> tuple[Part, ...]:
    parts: list[Part] = []
    for group in groups:
        if parts:
            parts.append(Text(between))
        parts += group
    return tuple(parts)


def _single(slot: Slot, value: Value) -> Iterator[Part]:
    if is_veiled(value):
        yield Text(CLOSED)
        return
    match slot.type:
        case Type.USER if value != "none":
            yield Person(str(value))
        case Type.MULTI if isinstance(value, list):
            yield Text(", ".join(_label(slot, id) for id in value) or "None")
        case Type.SHORT_TEXT if isinstance(value, str) and (person := TEAM_OR_PERSON.fullmatch(value.strip())):
            yield Person(person[1])  # an owner may be a team's name or a person
        case _:
            yield Text(_plain(slot, value))


def _plain(slot: Slot, value: Value) -> str:
    if slot.type is Type.CHOICE:
        return _label(slot, value)
    if slot.type is Type.USER:
        return "nobody"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Mapping) and is_number(value.get("value")) and "unit" in value:
        return as_said(value)
    if is_number(value):
        number = plain_number(value)
        return f"{number} {'week' if number == '1' else 'weeks'}" if slot.type is Type.WEEKS else number
    day = parsed_date(value) if slot.type is Type.DATE else None
    return f"{day.day} {day:%b %Y}" if day else str(value)


def _label(slot: Slot, id: Value) -> str:
    """An id that this version of the bank does not know is shown as it is."""
    return next((o.label for o in slot.options if o.id == id), str(id))


def _cut(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """On one line, and cut between words where it is too long."""
    kept: list[Part] = []
    left = SHORTEST
    for part in parts:
        if isinstance(part, Text):
            part = Text(re.sub(r"\s+", " ", part.text))
        if len(str(part)) > left:
            return (*kept, Text(_ending(str(part), left) if isinstance(part, Text) else "…"[:left]))
        kept.append(part)
        left -= len(str(part))
    return tuple(kept)


def _ending(text: str, left: int) -> str:
    """The beginning of a text and "…" in `left` characters, without half a word or half an emoji."""
    if left < 1:
        return ""
    head = text[: left - 1]
    if " " in head[left // 2 :] and not text[left - 1].isspace():
        head = head[: head.rindex(" ")]
    return head.rstrip(" \u200d\ufe0f\ufe0e,;:–-") + "…"
