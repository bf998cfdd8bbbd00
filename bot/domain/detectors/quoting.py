"""Answers as a finding quotes them: who said it, about what, in the words that people saw."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from bot.domain.answers import Value
from bot.domain.bank import Field, Question, Role, Type
from bot.domain.coverage import LISTED, SURVEY
from bot.domain.durations import as_said, plain_number
from bot.domain.findings import Quote
from bot.domain.inputs import Surveyed
from bot.domain.wording import name_of, short

if TYPE_CHECKING:
    from .case import Case

SPEAKERS: Mapping[Role, str] = {Role.PM: "PM", Role.ML: "ML", Role.ENG: "Engineering"}
_TYPED = (Type.SHORT_TEXT, Type.LONG_TEXT, Type.TEXT_WITH_NUMBER)


def quotes(case: "Case", reads: Sequence[str], input: Surveyed | None, facts: Sequence[str]) -> tuple[Quote, ...]:
    """What the questions and the input's facts say; whatever is unsaid has no quote."""
    asked = [case.bank.by_id[id] for id in reads if id in case.bank.by_id and id not in (LISTED, SURVEY)]
    given = ((question, case.snapshot.answers.get(question.id)) for question in asked)
    said = [_quote(question, value) for question, value in given if value is not None]
    return (*said, *_facts(case, input, facts))


def _quote(question: Question, value: Value) -> Quote:
    text = short(question, value)
    typed = question.type in _TYPED and isinstance(value, str)
    return Quote(SPEAKERS[question.role], mid_sentence(question.title), f'"{text}"' if typed else text)


def _facts(case: "Case", input: Surveyed | None, facts: Sequence[str]) -> Iterator[Quote]:
    record = input.record if input else {}
    for name in facts:
        field, role = _described(case, name)
        if field and record.get(name) not in (None, ""):
            yield Quote(SPEAKERS[role], mid_sentence(name_of(field)), _fact(field, record[name]))


def _described(case: "Case", name: str) -> tuple[Field | None, Role]:
    """How the bank asks for a fact about an input, and who is asked."""
    asked = [case.bank.by_id[id] for id in (LISTED, SURVEY) if id in case.bank.by_id]
    return next(((field, q.role) for q in asked if (field := q.field(name))), (None, Role.ENG))


def _fact(field: Field, value: Value) -> str:
    if isinstance(value, Mapping):
        return as_said(value)
    if isinstance(value, int | float):
        return plain_number(value)
    return next((option.label for option in field.options if option.id == value), str(value))


def listed(names: Sequence[str]) -> str:
    """Names as in "a, b and c"."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def mid_sentence(label: str) -> str:
    """A label within a sentence: "Reasonable guess" becomes "reasonable guess", "It IS" and "SLO" stay."""
    first, rest = label[:1], label[1:]
    return first.lower() + rest if rest[:1].islower() else label
