"""Stored values as people read them, and what half-given ones still lack."""

from collections.abc import Sequence

from bot.domain.answers import Value
from bot.domain.bank import Question
from bot.domain.checking import missing
from bot.domain.wording import name_of, shown

from .text import clip


def in_words(question: Question, value: Value, limit: int = 3000) -> str:
    """An answer as people read it, a line for each part: still plain, to be quoted or escaped."""
    return clip(shown(question, value), limit)


def still_missing(question: Question, so_far: Value | None) -> list[str]:
    """What a half-given answer lacks, in the words of its form."""
    return [name_of(field) for field in missing(question, so_far)] if so_far else []


def half_given(question: Question, rows: Sequence[Value]) -> int | None:
    """The first row that was only named so far."""
    return next((n for n, row in enumerate(rows) if missing(question, [row])), None)
