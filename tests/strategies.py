"""Hypothesis strategies made from the question bank: well-typed values for any question."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from bot.domain.answers import NOT_APPLICABLE, NOT_MEASURED, UNKNOWN
from bot.domain.bank import Field, Question, Type
from bot.domain.checking import may_be_empty

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=60).filter(str.strip)
USERS = st.from_regex(r"U[A-Z0-9]{2,10}", fullmatch=True)
NUMBERS = st.integers(0, 100_000) | st.floats(0, 1e6).map(lambda n: round(n, 3))
POSITIVE = st.integers(1, 100_000) | st.floats(0.1, 1e4).map(lambda n: round(n, 3))
DATES = st.dates(date(2030, 1, 1), date(2099, 12, 31)).map(date.isoformat)


def values(question: Question, *, special: bool = True) -> st.SearchStrategy[Any]:
    """Whole, plausible answers to a question, and (unless `special` is off) the honest ways of not giving one."""
    plain = _whole(question)
    return plain | st.sampled_from(_special(question)).map(dict) if special else plain


def _special(question: Question) -> list[Any]:
    return [UNKNOWN, *([NOT_APPLICABLE] if question.na else []), *([NOT_MEASURED] if question.not_measured else [])]


def _whole(question: Question) -> st.SearchStrategy[Any]:
    if question.type is Type.FORM:
        return rows(question.fields).map(_likely_before_worst)
    if question.type is Type.ROWS:
        least = 0 if may_be_empty(question) else 1
        return st.lists(
            rows(question.fields), min_size=least, max_size=5, unique_by=lambda row: row[question.fields[0].name]
        )
    return part(question)


def rows(fields: tuple[Field, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """All required fields and some of the optional ones."""
    return st.fixed_dictionaries(
        {f.name: part(f) for f in fields if not f.optional},
        optional={f.name: part(f) for f in fields if f.optional},
    )


def part(slot: Question | Field) -> st.SearchStrategy[Any]:
    ids = [o.id for o in slot.options]
    match slot.type:
        case Type.CHOICE:
            return st.sampled_from(ids)
        case Type.MULTI:
            return st.lists(st.sampled_from(ids), min_size=1, unique=True)
        case Type.QUANTITY:
            return st.fixed_dictionaries({"value": POSITIVE, "unit": st.sampled_from(slot.units)})
        case Type.NUMBER:
            return NUMBERS
        case Type.WEEKS:
            return POSITIVE
        case Type.BOOL:
            return st.booleans()
        case Type.DATE:
            return DATES
        case Type.USER:
            return USERS | st.just("none")
    return TEXT


def _likely_before_worst(form: dict[str, Any]) -> dict[str, Any]:
    if "likely" in form and "worst" in form:
        form["likely"], form["worst"] = sorted([form["likely"], form["worst"]])
    return form
