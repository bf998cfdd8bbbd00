"""A text for a list: each line is a row that begins with its name."""

import re
from collections.abc import Sequence
from datetime import date

from bot.domain.answers import Value
from bot.domain.bank import Field, Question, Type
from bot.domain.checking import may_be_empty
from bot.domain.encoding import TEXTS

from .features import describe_inputs, is_entity, read_line, split
from .forms import LONGEST_PART, PARTS, in_order, unmistakable
from .results import Read, Reading, Unreadable
from .words import NOTHING, bare, no_words

BULLET = re.compile(r"^\s*(?:[-*•◦‣–]|\d{1,2}[.)])\s+")
MOST_LINES = 20
LONGEST_NAME = 100
NEEDED = "I need at least one here, however rough. *I don't know* is fine too, and brings in someone who does."
HOW = "One line for each works, its name first and the rest behind commas."


def read_rows(question: Question, words: str, so_far: list[Value], today: date) -> Reading:
    """The rows with what the lines add; a known name is filled further, a new one is a new row."""
    if bare(words) in NOTHING and not so_far:
        return Read([]) if may_be_empty(question) else Unreadable(words, NEEDED)
    key = next((f for f in question.fields if f.type in TEXTS), None)
    every = [BULLET.sub("", line).strip() for line in words.splitlines() if not no_words(line)]
    lines = [line for n, line in enumerate(every) if not (n == 0 and len(every) > 1 and line.endswith(":"))]
    names = [split(line)[0] for line in lines]
    sensible = all(not no_words(name) and len(name) <= LONGEST_NAME for name in names)
    if key is None or not 0 < len(lines) <= MOST_LINES or not sensible:
        return Unreadable(words, f"I kept your words, but can't make a list of them. {HOW}")
    rows, unsaid = [dict(row) for row in so_far], len(lines) < len(every)
    for line in lines:
        row, whole = _row(question.fields, key, line, today)
        unsaid = unsaid or not whole
        _put(rows, key, row)
    return Read(rows, words if unsaid else "")


def _row(fields: tuple[Field, ...], key: Field, line: str, today: date) -> tuple[dict[str, Value], bool]:
    """A line as a row, and whether the row holds all that the line says."""
    required = [f for f in fields if not f.optional and not f.further]
    ordered = in_order(required, line, today) if key in required else None
    if describe_inputs(fields):
        return _input(fields, ordered, line, today)
    if ordered:
        return ordered, True
    name, tail = split(line)
    others = [f for f in fields if f.type not in TEXTS]
    filled = unmistakable(others, tail, today)
    parts = _one_meaning(others, filled.parts)
    words = [part.strip() for part in PARTS.split(filled.rest) if not no_words(part)]
    left = [part for part in words if not unmistakable(others, part, today).parts]
    place = next((f for f in fields if f.rides and f.type in TEXTS), None)
    if place is None or len(left) != 1 or len(left[0]) > LONGEST_PART:
        return {key.name: name, **parts}, no_words(filled.rest)
    return {key.name: name, **parts, place.name: left[0]}, words == left


def _one_meaning(fields: Sequence[Field], parts: dict[str, Value]) -> dict[str, Value]:
    """A length of time is a quantity; or the number asked for in just this unit, as in "Time to read, in ms"."""
    amount = next((f for f in fields if f.type is Type.QUANTITY and f.name in parts), None)
    number = next((f for f in fields if f.type is Type.NUMBER and f.name in parts), None)
    if amount is None or number is None or parts[amount.name]["value"] != parts[number.name]:
        return parts
    other = amount if number.label.endswith(f", in {parts[amount.name]['unit']}") else number
    return {name: part for name, part in parts.items() if name != other.name}


def _input(
    fields: tuple[Field, ...], ordered: dict[str, Value] | None, line: str, today: date
) -> tuple[dict[str, Value], bool]:
    """An input said in words, or by its parts in their order, which then tells a length of time what it is."""
    read = read_line(fields, line, today)
    in_words = {"name": read.name, **read.parts}
    if not ordered or not is_entity(str(ordered.get("entity"))):
        return in_words, read.whole
    return {**ordered, **in_words}, True


def _put(rows: list[dict[str, Value]], key: Field, row: dict[str, Value]) -> None:
    known = next((r for r in rows if bare(str(r.get(key.name, ""))) == bare(row[key.name])), None)
    if known is None:
        rows.append(row)
    else:
        known.update({name: part for name, part in row.items() if name != key.name})
