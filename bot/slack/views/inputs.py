"""The inputs of a modal: for each kind of value the elements that take it, filled with what is stored."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from bot.domain.bank import Field, Question, Type
from bot.slack.controls import input_id

from . import blocks as b
from .text import Json, clean, cut, split

VALUE = "value"  # the action id of every input
UNIT, NOBODY = "unit", "nobody"  # parts of a value that needs two inputs
LONGEST = 3000  # of one text input; a longer answer goes on in the next
YES, NO = "yes", "no"
_RADIO = 6
_UNITS = {
    "ms": "milliseconds",
    "s": "seconds",
    "min": "minutes",
    "h": "hours",
    "d": "days",
    "w": "weeks",
    "per_second": "per second",
    "per_minute": "per minute",
}


def inputs(question: Question, field: Field, value: Any, *, optional: bool = False, hint: str = "") -> list[Json]:
    """The input or inputs for one field, or for a question that is one value (its field has no name)."""
    id, free = input_id(question.id, field.name), optional or field.optional
    match field.type:
        case Type.SHORT_TEXT | Type.LONG_TEXT | Type.TEXT_WITH_NUMBER:
            return _texts(question, field, value, free, hint)
        case Type.QUANTITY:
            return _quantity(question, field, value, free, hint)
        case Type.USER:
            return _user(question, field, value, free, hint)
        case Type.CHOICE | Type.BOOL:
            return [_input(id, field.label, _choice(field, value, free), free, hint)]
        case Type.MULTI:
            return [_input(id, field.label, _multi(field, value), free, hint)]
        case Type.DATE:
            return [_input(id, field.label, _date(value), free, hint or field.hint)]
        case Type.NUMBER | Type.WEEKS:
            return [_input(id, field.label, _number(field, value), free, hint)]
        case Type.FORM | Type.ROWS:
            raise ValueError(f"{question.id}.{field.name}: a form within a form has no inputs")


def as_field(question: Question, label: str = "") -> Field:
    """A question that is one value, as the one field of its form."""
    return Field("", question.type, label or question.title, False, question.options, question.units)


def _input(id: str, label: str, element: Json, optional: bool, hint: str = "") -> Json:
    made = {"type": "input", "block_id": id, "label": b.plain(label, 2000), "element": element, "optional": optional}
    return made | ({"hint": b.plain(hint, 2000)} if hint else {})


def _texts(question: Question, field: Field, value: Any, optional: bool, hint: str) -> list[Json]:
    """One input, or as many as a long stored answer needs, so that editing loses nothing."""
    pieces = split(clean(value), LONGEST) if isinstance(value, str) else [""]
    long = field.type is Type.LONG_TEXT or len(pieces) > 1 or "\n" in pieces[0] or len(pieces[0]) > 150
    made = [_input(input_id(question.id, field.name), field.label, _text(field, pieces[0], long), optional, hint)]
    for n, piece in enumerate(pieces[1:], 2):
        label = f"{cut(field.label, 1900)} (part {n})"
        made.append(_input(input_id(question.id, field.name, str(n)), label, _text(field, piece, True), True))
    return made


def _text(field: Field, value: str, multiline: bool) -> Json:
    element = {"type": "plain_text_input", "action_id": VALUE, "multiline": multiline, "max_length": LONGEST}
    return _started(element, value, field.hint)


def _number(field: Field, value: Any) -> Json:
    element = {"type": "number_input", "action_id": VALUE, "is_decimal_allowed": True}
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return _started(element, format(Decimal(str(value)), "f") if number else "", field.hint)


def _started(element: Json, value: str, placeholder: str) -> Json:
    start = {"initial_value": value} if value else {}
    return element | start | ({"placeholder": b.plain(placeholder, 150)} if placeholder else {})


def _quantity(question: Question, field: Field, value: Any, optional: bool, hint: str) -> list[Json]:
    given = value if isinstance(value, Mapping) else {}
    amount = _number(field, given.get("value"))
    units = [b.option(unit, _UNITS.get(unit, unit)) for unit in field.units]
    unit = b.one_of(VALUE, units, _option(units, given.get("unit")), most=0)
    return [
        _input(input_id(question.id, field.name), field.label, amount, optional, hint),
        _input(input_id(question.id, field.name, UNIT), f"{cut(field.label, 1900)}: unit", unit, optional),
    ]


def _user(question: Question, field: Field, value: Any, optional: bool, hint: str) -> list[Json]:
    """A person, or the honest "nobody": either may stay empty, together they are the answer."""
    nobody = b.option("none", "Nobody")
    picked = value if isinstance(value, str) and value != "none" else None
    person = b.person(VALUE, "Pick a person", picked)
    tick = b.several_of(VALUE, [nobody], [nobody] if value == "none" else [])
    return [
        _input(input_id(question.id, field.name), field.label, person, True, hint),
        _input(input_id(question.id, field.name, NOBODY), "Or is it nobody yet?", tick, True),
    ]


def _choice(field: Field, value: Any, optional: bool) -> Json:
    if field.type is Type.BOOL:
        options = [b.option(YES, "Yes"), b.option(NO, "No")]
        value = {True: YES, False: NO}.get(value) if isinstance(value, bool) else None
    else:
        options = [b.option(o.id, o.label) for o in field.options]
    # only a menu can be emptied again
    return b.one_of(VALUE, options, _option(options, value), most=0 if optional else _RADIO)


def _multi(field: Field, value: Any) -> Json:
    options = [b.option(o.id, o.label) for o in field.options]
    ids = value if isinstance(value, list) else []
    return b.several_of(VALUE, options, [o for o in options if o["value"] in ids])


def _option(options: list[Json], id: Any) -> Json | None:
    return next((o for o in options if o["value"] == id), None)


def _date(value: Any) -> Json:
    element: Json = {"type": "datepicker", "action_id": VALUE}
    try:
        return element | {"initial_date": date.fromisoformat(value).isoformat()}
    except (TypeError, ValueError):
        return element
