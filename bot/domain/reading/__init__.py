"""From a person's words to a value. Nothing typed is refused or lost: what is no value is kept beside the answer."""

from datetime import date

from bot.domain.answers import Value, is_not_applicable, is_not_measured, is_unknown
from bot.domain.bank import Question, Type
from bot.domain.checking import check, given, missing
from bot.domain.encoding import TEXTS

from .choices import is_name, match_whole
from .dates import days_in, find_date
from .forms import fill
from .results import (
    DontKnow,
    Found,
    NotApplicable,
    NotMeasured,
    Partly,
    Read,
    Reading,
    Skip,
    Unreadable,
)
from .rows import read_rows
from .single import find
from .words import no_words, only_loose, set_phrase

__all__ = ["DontKnow", "NotApplicable", "NotMeasured", "Partly", "Read", "Reading", "Skip", "Unreadable", "add", "read"]

BESIDE = "I kept your words beside the answer. Press *Edit* if the answer itself should change."
NOTHING = "I see no words in that. Could you type the answer?"


def read(question: Question, text: str, *, so_far: Value | None, today: date) -> Reading:
    """What a reply to an open question says; `so_far` is what a form or list already holds."""
    words = text.strip()
    if not words:
        return Unreadable(text, NOTHING)
    phrase = None if _is_choice(question, words) else set_phrase(question, words)
    return phrase or _checked(question, _read(question, words, so_far, today), words, today)


def add(question: Question, value: Value | None, text: str, *, today: date) -> Reading:
    """What a further reply makes of an answer: the new answer, or Unreadable with the words to keep as a note."""
    words = text.strip()
    if value is None or is_unknown(value) or is_not_applicable(value) or is_not_measured(value):
        return read(question, text, so_far=None, today=today)
    if not words or set_phrase(question, words):
        return Unreadable(words, BESIDE)
    return _checked(question, _added(question, value, words, today), words, today)


def _is_choice(question: Question, words: str) -> bool:
    """Whether words that sound like a set phrase are the name of a choice, such as "Not sure yet"."""
    if question.type is Type.FORM:
        return any(is_name(f.options, words) for f in question.fields)
    return match_whole(question.options, words) is not None


def _read(question: Question, words: str, so_far: Value | None, today: date) -> Reading:
    if question.type is Type.FORM:
        return _read_form(question, words, so_far if isinstance(so_far, dict) else {}, today)
    if question.type is Type.ROWS:
        return read_rows(question, words, so_far if isinstance(so_far, list) else [], today)
    found = find(question, words, today)
    if not isinstance(found, Found):
        return Unreadable(words, found.say)
    return Read(found.value, _note(found, words))


def _note(found: Found, words: str) -> str:
    return "" if found.exact and no_words(found.rest) else words


def _read_form(question: Question, words: str, so_far: dict[str, Value], today: date) -> Reading:
    filled = fill(question.fields, so_far, words, today)
    puzzle = _which_day(question, words, today)
    if puzzle or filled.parts == so_far:
        return Unreadable(words, puzzle or _where_to(question, so_far))
    return Read(filled.parts, "" if no_words(filled.rest) else words)


def _which_day(question: Question, words: str, today: date) -> str | None:
    """In a form that a day belongs to and no text, what to ask about one that could be two."""
    types = [f.type for f in question.fields]
    if types.count(Type.DATE) != 1 or any(type in TEXTS for type in types) or not days_in(words, today):
        return None
    found = find_date(words, today)
    return None if isinstance(found, Found) else found.say


def _where_to(question: Question, so_far: dict[str, Value]) -> str:
    if question.field("unit"):
        return "I kept your words, but can't find both values there. Something like *from 3.2 to 4 % of orders* works."
    labels = ", ".join(f"*{f.label}*" for f in missing(question, so_far))
    return f"I kept your words, but can't tell where they belong. Still open: {labels}."


def _added(question: Question, value: Value, words: str, today: date) -> Reading:
    if question.type in TEXTS:
        return Read(f"{value}\n{words}")
    if question.type is Type.FORM:
        return _add_to_form(question, value, words, today)
    if question.type is Type.ROWS:
        return read_rows(question, words, value, today)
    found = find(question, words, today)
    if isinstance(found, Found) and only_loose(found.rest):
        return Read(found.value, _note(found, words))
    return Unreadable(words, BESIDE)


def _add_to_form(question: Question, form: dict[str, Value], words: str, today: date) -> Reading:
    """Fills what is still open; in a whole form the words join its first text."""
    if missing(question, form):
        return _read_form(question, words, form, today)
    home = next((f for f in question.fields if f.type in TEXTS and f.name != "unit"), None)
    if home is None:
        return _corrected(question, form, words, today)
    before = form.get(home.name)
    return Read({**form, home.name: f"{before}\n{words}" if given(before) else words})


def _corrected(question: Question, form: dict[str, Value], words: str, today: date) -> Reading:
    fresh = fill(question.fields, {}, words, today).parts
    return Read({**form, **fresh}, words) if fresh else Unreadable(words, BESIDE)


def _checked(question: Question, reading: Reading, words: str, today: date) -> Reading:
    """Nothing leaves here as read that could not be stored."""
    if not isinstance(reading, Read):
        return reading
    problems = check(question, reading.value, today=today)
    if problems:
        return Unreadable(words, problems[0].say)
    lacking = missing(question, reading.value)
    return Partly(reading.value, lacking, reading.note) if lacking else reading
