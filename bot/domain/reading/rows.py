"""A text for a list: each line is a row that begins with its name."""

import re
from datetime import date

from bot.domain.answers import Value
from bot.domain.bank import Field, Question
from bot.domain.checking import may_be_empty
from bot.domain.encoding import TEXTS

from .forms import in_order, unmistakable
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
    lines = [BULLET.sub("", line).strip() for line in words.splitlines() if not no_words(line)]
    names = [line.partition(",")[0].strip() for line in lines]
    if key is None or not 0 < len(lines) <= MOST_LINES or not all(0 < len(name) <= LONGEST_NAME for name in names):
        return Unreadable(words, f"I kept your words, but can't make a list of them. {HOW}")
    rows, unsaid = [dict(row) for row in so_far], False
    for name, line in zip(names, lines, strict=True):
        row, rest = _row(question.fields, key, name, line, today)
        unsaid = unsaid or not no_words(rest)
        _put(rows, key, row)
    return Read(rows, words if unsaid else "")


def _row(fields: tuple[Field, ...], key: Field, name: str, line: str, today: date) -> tuple[dict[str, Value], str]:
    """A line as a row, and the words that no field of it holds."""
    required = [f for f in fields if not f.optional]
    ordered = in_order(required, line, today)
    if ordered and key in required:
        return ordered, ""
    filled = unmistakable([f for f in fields if f.type not in TEXTS], line.partition(",")[2], today)
    return {key.name: name, **filled.parts}, filled.rest


def _put(rows: list[dict[str, Value]], key: Field, row: dict[str, Value]) -> None:
    known = next((r for r in rows if bare(str(r.get(key.name, ""))) == bare(row[key.name])), None)
    if known is None:
        rows.append(row)
    else:
        known.update({name: part for name, part in row.items() if name != key.name})
