"""A text for a form or for rows: what is unmistakable fills its field, the words go to the first free text field."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.answers import Value
from bot.domain.bank import Field, Option, Type
from bot.domain.encoding import TEXTS, given

from .choices import Named, clauses, find_bool, named_in, without
from .dates import days_in, find_date
from .numbers import joined_by_range
from .quantities import find_quantity
from .results import Found
from .single import MENTION, find, find_person, is_weeks, numbers_in
from .words import LONGEST_VALUE, NOBODY, bare, no_words, only_loose

PARTS = re.compile(r"(?<!\d),|,(?!\d)|[;\n]")
UNIT_ENDS = re.compile(r"[,;.\n(]|\b(?:by|until|before|till|from|at)\b", re.IGNORECASE)
LONGEST_PART = 200
YES_OR_NO = {True: Option("yes", "Yes"), False: Option("no", "No")}


@dataclass(frozen=True, slots=True)
class Filled:
    parts: dict[str, Value]
    rest: str  # the words that no field holds


def fill(fields: Sequence[Field], so_far: Mapping[str, Value], text: str, today: date) -> Filled:
    """The form with what the text adds; the same form if it adds nothing."""
    free = [f for f in fields if not given(so_far.get(f.name))]
    ordered = in_order([f for f in free if not f.optional], text, today)
    if ordered:
        return Filled({**so_far, **ordered}, "")
    filled = unmistakable(free, text, today)
    form = {**so_far, **filled.parts}
    home = next((f for f in free if f.type in TEXTS and f.name not in form and _fits(f, filled.rest)), None)
    if home and not no_words(filled.rest):
        return Filled({**form, home.name: filled.rest.strip()}, "")
    return Filled(form, _unsaid(free, filled, today))


def _unsaid(fields: Sequence[Field], filled: Filled, today: date) -> str:
    """What is left of the words without the values that were found in them."""
    rest = filled.rest
    for field in (f for f in fields if f.name in filled.parts and f.type in (Type.DATE, Type.QUANTITY, Type.USER)):
        found = find(field, rest, today)
        if isinstance(found, Found) and found.exact and found.value == filled.parts[field.name]:
            rest = found.rest
    numbers = numbers_in(rest, weeks=True) if all(is_weeks(f) for f in fields) else []
    if all(exact for *_, exact in numbers):
        for start, end, _, _ in reversed(numbers):
            rest = f"{rest[:start]} {rest[end:]}"
    return rest


def _fits(field: Field, text: str) -> bool:
    """A unit is a few words without a number; any other text field takes whatever is said."""
    return field.name != "unit" or (len(text.split()) <= 5 and not any(c.isdigit() for c in text))


def in_order(fields: Sequence[Field], text: str, today: date) -> dict[str, Value] | None:
    """All the asked parts given one after the other: "home zip code, user, lookup, 1 d, must"."""
    parts = [part.strip() for part in PARTS.split(text)]
    if len(parts) != len(fields) or len(fields) < 2 or not all(0 < len(p) <= LONGEST_PART for p in parts):
        return None
    form: dict[str, Value] = {}
    for field, part in zip(fields, parts, strict=True):
        found = find(field, part, today)
        if not isinstance(found, Found) or not found.exact or not only_loose(found.rest):
            return None
        form[field.name] = found.value
    return form


def unmistakable(fields: Iterable[Field], text: str, today: date) -> Filled:
    """What can only mean one thing: a choice by its name, the one person, day, duration or number in the text."""
    fields = tuple(fields)
    if (owner := _only(fields, Type.USER)) and bare(text) in NOBODY:
        return Filled({owner.name: "none"}, "")
    if len(text) > LONGEST_VALUE:
        return Filled({}, text)
    filled = _choices(fields, text)
    parts = filled.parts | _people(fields, text) | _days(fields, text, today) | _durations(fields, text)
    for number in _numbers(fields, text, today):
        parts |= number
    return Filled(parts, filled.rest)


def _choices(fields: tuple[Field, ...], text: str) -> Filled:
    """Clauses that name a choice of one field, and the text without the clauses that say nothing else."""
    found = [(field, named) for field in fields for named in _named(field, text)]
    certain = [(f, n) for f, n in found if all(f is g or n.clause != m.clause for g, m in found)]
    parts: dict[str, Value] = {}
    for field in fields:
        ids = [n.option.id for f, n in certain if f is field]
        if field.type is Type.MULTI and ids:
            parts[field.name] = [o.id for o in field.options if o.id in ids]
        elif len(set(ids)) == 1:  # two answers to one question: neither is certain
            parts[field.name] = ids[0] == "yes" if field.type is Type.BOOL else ids[0]
    return Filled(parts, without(text, [n for f, n in certain if f.name in parts]))


def _named(field: Field, text: str) -> list[Named]:
    if field.type in (Type.CHOICE, Type.MULTI):
        return named_in(field.options, text)
    if field.type is not Type.BOOL:
        return []
    found = [(find_bool(clause.of(text), field.name), clause) for clause in clauses(text)]
    plain = [(f.value, clause) for f, clause in found if isinstance(f, Found) and no_words(f.rest)]
    return [Named(YES_OR_NO[value], clause, True) for value, clause in plain]


def _only(fields: tuple[Field, ...], *types: Type) -> Field | None:
    fitting = [f for f in fields if f.type in types]
    return fitting[0] if len(fitting) == 1 else None


def _people(fields: tuple[Field, ...], text: str) -> dict[str, Value]:
    field = _only(fields, Type.USER)
    found = find_person(text) if field and MENTION.search(text) else None
    return {field.name: found.value} if field and isinstance(found, Found) else {}


def _days(fields: tuple[Field, ...], text: str, today: date) -> dict[str, Value]:
    field = _only(fields, Type.DATE)
    if field is None:
        return {}
    whole = find_date(text, today)
    parts = [find_date(c.of(text), today) for c in clauses(text)]
    sure = [part for part in parts if isinstance(part, Found) and part.sure]
    if not isinstance(whole, Found) or not (whole.sure or sure):
        return {}
    return {field.name: whole.value}


def _durations(fields: tuple[Field, ...], text: str) -> dict[str, Value]:
    field = _only(fields, Type.QUANTITY)
    found = find_quantity(field, text) if field else None
    return {field.name: found.value} if field and isinstance(found, Found) else {}


def _numbers(fields: tuple[Field, ...], text: str, today: date) -> list[dict[str, Value]]:
    weeks = tuple(f for f in fields if is_weeks(f))
    plain = tuple(f for f in fields if f.type is Type.NUMBER and not is_weeks(f))
    days = days_in(text, today)
    for day in days:
        text = text[: day.start] + "\t" * (day.end - day.start) + text[day.end :]
    return [_weeks(weeks, text, alone=len(weeks) == len(fields)), _from_to(plain, fields, text)]


def _weeks(fields: tuple[Field, ...], text: str, *, alone: bool) -> dict[str, Value]:
    """Beside a text only what says "weeks"; in a form of weeks alone, as many numbers as there are fields."""
    numbers = numbers_in(text, weeks=True)
    if not alone:
        numbers = [n for n in numbers if re.search(r"(?i)(weeks?|wks?)$", text[n[0] : n[1]])]
    if not fields or not 0 < len(numbers) <= len(fields):
        return {}
    return {field.name: value for field, (_, _, value, _) in zip(fields, numbers, strict=False)}


def _from_to(numbers: tuple[Field, ...], fields: tuple[Field, ...], text: str) -> dict[str, Value]:
    """ "from 3.2 to 4 % of orders": today's value, the target and, behind it, the unit."""
    found = numbers_in(text)
    if not numbers or len(found) != len(numbers) or len(found) > 2:
        return {}
    if len(found) == 2 and not _leads_to(text[found[0][1] : found[1][0]], text, found[0][1], found[1][0]):
        return {}
    parts: dict[str, Value] = {f.name: n[2] for f, n in zip(numbers, found, strict=True)}
    unit = UNIT_ENDS.split(text[found[-1][1] :], maxsplit=1)[0].strip().strip("\t")
    if unit and len(unit) <= 40 and any(f.name == "unit" for f in fields):
        parts["unit"] = unit
    return parts


def _leads_to(gap: str, text: str, before: int, after: int) -> bool:
    arrow = re.fullmatch(r"(?is)\D{0,40}?(\bto|->|→|=>|⇒)\s*", gap) is not None
    return arrow or (joined_by_range(text, before, after) and "-" not in gap and "–" not in gap)
