"""Answers as a finding quotes them: who said it, about what, in the words that people saw."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from bot.domain.answers import Value
from bot.domain.bank import Field, Question, Role, Type
from bot.domain.coverage import LISTED, SURVEY
from bot.domain.durations import as_said, plain_number
from bot.domain.encoding import given
from bot.domain.findings import Quote
from bot.domain.inputs import Surveyed
from bot.domain.wording import name_of, short

if TYPE_CHECKING:
    from .case import Case

SPEAKERS: Mapping[Role, str] = {Role.PM: "PM", Role.ML: "ML", Role.ENG: "Engineering"}
THE: Mapping[Role, str] = {Role.PM: "the PM", Role.ML: "the ML person", Role.ENG: "the product engineer"}
NAMED = 3  # inputs that a sentence can carry
_TYPED = (Type.SHORT_TEXT, Type.LONG_TEXT, Type.TEXT_WITH_NUMBER)


def quotes(
    case: "Case", reads: Sequence[str], input: Surveyed | None, inputs: Sequence[Surveyed], facts: Sequence[str]
) -> tuple[Quote, ...]:
    """What the questions and the inputs' facts say; whatever is unsaid has no quote."""
    asked = [case.bank.by_id[id] for id in reads if id in case.bank.by_id and id not in (LISTED, SURVEY)]
    answers = ((question, case.snapshot.answers.get(question.id)) for question in asked)
    said = [_quote(question, value) for question, value in answers if value is not None]
    about = _facts(case, input, facts) if input else ()
    named = (quote for each in inputs[:NAMED] for quote in _facts(case, each, facts, of=f"'{each.name}', "))
    return (*said, *about, *named)


def _quote(question: Question, value: Value) -> Quote:
    text = _form(question, value) if question.type is Type.FORM else short(question, value)
    typed = question.type in _TYPED and isinstance(value, str)
    return Quote(SPEAKERS[question.role], mid_sentence(question.title), f'"{text}"' if typed else text)


def _form(question: Question, value: Value) -> str:
    """Where a form asks for several numbers they have their names; where it has a list, its end is seen."""
    types = [field.type for field in question.fields]
    parts = {f: short(question, {f.name: value[f.name]}) for f in question.fields if given(value.get(f.name))}
    if parts and types.count(Type.NUMBER) + types.count(Type.WEEKS) > 1:
        return ", ".join(f"{mid_sentence(name_of(f)).removesuffix(', in weeks')} {text}" for f, text in parts.items())
    return "; ".join(parts.values()) if parts and Type.MULTI in types else short(question, value)


def _facts(case: "Case", input: Surveyed, facts: Sequence[str], of: str = "") -> Iterator[Quote]:
    for name in facts:
        field, role = _described(case, name)
        value = "nobody" if name == "owner" and input.input.owner == "" else input.record.get(name)
        if field and value not in (None, ""):
            yield Quote(SPEAKERS[role], of + mid_sentence(name_of(field)), _fact(field, value))


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


def names(inputs: Sequence[Surveyed]) -> str:
    """Inputs as in "'a', 'b', 'c' and 2 more"."""
    quoted = [f"'{each.name}'" for each in inputs]
    more = len(quoted) - NAMED
    return listed([*quoted[:NAMED], f"{more} more"] if more > 0 else quoted)


def on(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def mid_sentence(label: str) -> str:
    """A label within a sentence: "A guess" becomes "a guess", "It IS" and "SLO" stay."""
    first, rest = label[:1], label[1:]
    return first.lower() + rest if rest[:1].islower() or label.startswith("A ") else label


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]
