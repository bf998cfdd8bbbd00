"""Hypothesis strategies made from the question bank: well-typed values for any question, and whole projects of them."""

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from bot.domain import rules
from bot.domain.answers import NOT_APPLICABLE, NOT_MEASURED, UNKNOWN, Mark
from bot.domain.bank import Bank, Field, Question, Role, Type
from bot.domain.checking import may_be_empty
from bot.domain.coverage import LISTED, SURVEY

TEXT = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=60).filter(str.strip),
    st.sampled_from(["tbd", "AUC", "9 late pickups per 100 orders", "<@U0ANA> & *friends*", "accuracy\nof `it`"]),
)
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


TODAY = date(2026, 3, 2)
TEAM = st.sampled_from(["U0ANA", "U0MEI", "U0RAJ"])
DAYS = st.sampled_from([TODAY - timedelta(days=days) for days in (0, 1, 7, 8, 14, 46, 61, 91, 400)]).map(date.isoformat)
EVENTS = st.fixed_dictionaries(
    {
        "type": st.sampled_from(
            ["launched", "date_change", "left", "source_change", "scope_change", "feature_added", "sla_breach"]
        ),
        "date": DAYS,
    },
    optional={"resolved": st.booleans(), "from": DAYS, "to": DAYS, "user": TEAM, "sli": st.just("time to answer")},
)
Document = dict[str, Any]


def documents(bank: Bank) -> st.SearchStrategy[Document]:
    """Any project that is written as the snapshot format asks, with its history, its marks and what is accepted."""
    asked = [q.id for q in bank.questions]
    marks = st.lists(st.sampled_from([*Mark, "clear"]), max_size=2).map(lambda marks: {"marks": marks})
    meta = st.fixed_dictionaries({"answered_at": DAYS}, optional={"by": TEAM})
    return st.fixed_dictionaries(
        {"id": st.just("any"), "as_of": st.just(TODAY.isoformat()), "people": people(), "answers": answers(bank)},
        optional={
            "features": st.lists(inputs(bank), max_size=5, unique_by=lambda record: record["name"]),
            "answer_meta": st.dictionaries(st.sampled_from(asked), meta, max_size=8),
            "provenance": st.dictionaries(st.sampled_from(asked), marks, max_size=4),
            "events": st.lists(EVENTS, max_size=4),
            "pulse": st.lists(rounds(), max_size=3, unique_by=lambda told: str(told["date"])),
        },
    )


def people() -> st.SearchStrategy[Document]:
    """Some roles have a person, and one person may have several."""
    return st.fixed_dictionaries({}, optional={role.value: st.none() | TEAM for role in Role})


def answers(bank: Bank) -> st.SearchStrategy[Document]:
    """To some of the questions, by role; of a list of inputs only that nobody knows it, as inputs are records."""
    by_role = {role.value: {q.id: answer(q) for q in bank.of(role)} for role in Role}
    return st.fixed_dictionaries({role: st.fixed_dictionaries({}, optional=said) for role, said in by_role.items()})


def answer(question: Question) -> st.SearchStrategy[Any]:
    return st.just(dict(UNKNOWN)) if question.id in (LISTED, SURVEY) else values(question)


def inputs(bank: Bank) -> st.SearchStrategy[Document]:
    """One model input with some of what ML and engineering can say of it."""
    facts = {field.name: part(field) for id in (LISTED, SURVEY) for field in bank[id].fields if field.name != "name"}
    named = st.sampled_from(["home zip code", "kitchen load", "a", "b", "c", "<@U0ANA> & *friends*"])
    return st.fixed_dictionaries({"name": named}, optional=facts)


def rounds() -> st.SearchStrategy[Document]:
    """One pulse: what some roles marked of some statements, with "can't say"."""
    read = st.dictionaries(st.sampled_from(list(rules.PULSE)), st.none() | st.integers(1, 5))
    marked = st.fixed_dictionaries({}, optional={role.value: read for role in Role})
    return st.fixed_dictionaries({"date": DAYS, "answers": marked})


@st.composite
def changed(draw: st.DrawFn, document: Document, bank: Bank, *, most: int = 4) -> Document:
    """The project with a few of its answers replaced or taken away, and facts about its inputs replaced."""
    other = deepcopy(document)
    for question in draw(st.lists(st.sampled_from(bank.questions), max_size=most, unique_by=lambda q: q.id)):
        said = other["answers"][question.role.value]
        said.pop(question.id, None)
        if draw(st.booleans()):
            said[question.id] = draw(answer(question))
    for record in draw(st.lists(st.sampled_from(other["features"]), max_size=most // 2, unique_by=id)):
        record.update({**draw(inputs(bank)), "name": record["name"]})
    return other
