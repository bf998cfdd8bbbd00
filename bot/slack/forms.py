"""From a submitted view to values in the bank's encoding, and from what is wrong with them to its inputs."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from bot.domain.answers import Value
from bot.domain.bank import Field, Question, Role, Type
from bot.domain.checking import Problem
from bot.slack.controls import input_id

from .views.inputs import NOBODY, UNIT, VALUE, YES, as_field
from .views.modals import MAY_BE_NOBODY

State = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""`view.state.values`: by block id and action id."""


@dataclass(frozen=True, slots=True)
class Kickoff:
    name: str
    summary: str = ""
    people: Mapping[Role, str] = field(default_factory=dict)
    launch: date | None = None


def kickoff_of(state: State) -> Kickoff:
    people = {role: user for role in Role if (user := _raw(state, role, "selected_user"))}
    launch = _raw(state, "launch", "selected_date")
    return Kickoff(
        name=_typed(state, "name"),
        summary=_typed(state, "summary"),
        people=people,
        launch=date.fromisoformat(launch) if launch else None,
    )


def person_of(state: State) -> str | None:
    """Who was picked in a people picker."""
    picked: str | None = _raw(state, "person", "selected_user")
    return picked


def people_of(state: State, id: str) -> tuple[str, ...]:
    """Everybody who was picked in a picker of several people."""
    return tuple(_raw(state, id, "selected_users") or ())


def options_of(state: State, id: str) -> tuple[str, ...]:
    """What was picked in a menu of several, in the order in which it was picked."""
    return tuple(option["value"] for option in _raw(state, id, "selected_options") or ())


def option_of(state: State, id: str) -> str | None:
    """What was picked in a menu."""
    picked = _raw(state, id, "selected_option")
    return str(picked["value"]) if picked else None


def ticked(state: State, id: str) -> bool:
    """Whether a box is ticked."""
    return bool(_raw(state, id, "selected_options"))


def words_of(state: State, id: str) -> str:
    """What was typed into an input."""
    return _typed(state, id)


def day_of(state: State, id: str) -> str | None:
    """The day that was picked, as ISO text."""
    picked: str | None = _raw(state, id, "selected_date")
    return picked


def moment_of(state: State, id: str) -> datetime | None:
    """The moment that was picked, aware UTC."""
    picked = _raw(state, id, "selected_date_time")
    return datetime.fromtimestamp(int(picked), UTC) if picked else None


def value_of(question: Question, state: State) -> Value | None:
    """The submitted value; of a list, the submitted row. What was left empty is left out, all of it: None."""
    if not question.fields:
        return _value(question, as_field(question), state)
    parts = {f.name: _part(question, f, state) for f in question.fields}
    return {name: part for name, part in parts.items() if part is not None} or None


def _part(question: Question, part: Field, state: State) -> Value | None:
    value = _value(question, part, state)
    if value is None and part.name in MAY_BE_NOBODY:
        nobody = _raw(state, input_id(question.id, part.name, NOBODY), "selected_options")
        return "" if nobody and question.type is Type.ROWS else None
    return value


def values_of(questions: Iterable[Question], state: State) -> dict[str, Value]:
    """What was filled in of several questions."""
    return {q.id: value for q in questions if (value := value_of(q, state)) is not None}


def _value(question: Question, part: Field, state: State) -> Value | None:
    id = input_id(question.id, part.name)
    match part.type:
        case Type.SHORT_TEXT | Type.LONG_TEXT | Type.TEXT_WITH_NUMBER:
            return _long_text(question, part, state) or None
        case Type.CHOICE:
            return option_of(state, id)
        case Type.BOOL:
            picked = option_of(state, id)
            return None if picked is None else picked == YES
        case Type.MULTI:
            return [o["value"] for o in _raw(state, id, "selected_options") or []] or None
        case Type.QUANTITY:
            return _quantity(state, id, input_id(question.id, part.name, UNIT))
        case Type.NUMBER | Type.WEEKS:
            return number(_typed(state, id))
        case Type.DATE:
            return _raw(state, id, "selected_date")
        case Type.USER:
            nobody = _raw(state, input_id(question.id, part.name, NOBODY), "selected_options")
            return _raw(state, id, "selected_user") or ("none" if nobody else None)
        case Type.FORM | Type.ROWS:
            return None


def _long_text(question: Question, part: Field, state: State) -> str:
    """A text that may stand in several inputs, one after the other."""
    text, n = _raw(state, input_id(question.id, part.name), "value") or "", 2
    while (id := input_id(question.id, part.name, str(n))) in state:
        text, n = text + (_raw(state, id, "value") or ""), n + 1
    return str(text).replace("\0", "").strip()


def _quantity(state: State, amount_id: str, unit_id: str) -> Value | None:
    amount, unit = number(_typed(state, amount_id)), option_of(state, unit_id)
    parts = {"value": amount, "unit": unit}
    return {key: part for key, part in parts.items() if part is not None} or None


def number(text: str) -> int | float | str | None:
    """A number as people write it, with a comma or a point; words stay words, for the rules to judge."""
    bare = re.sub(r"[\s_']", "", text)
    if re.fullmatch(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", bare):
        bare = bare.replace(",", "")
    elif re.fullmatch(r"-?[1-9]\d{0,2}(\.\d{3})+,\d+", bare):
        bare = bare.replace(".", "")
    try:
        found = float(bare.replace(",", "."))
    except ValueError:
        return text or None
    if not math.isfinite(found):
        return text
    return int(found) if found.is_integer() else found


def _raw(state: State, id: str, key: str) -> Any:
    return state.get(id, {}).get(VALUE, {}).get(key)


def _typed(state: State, id: str) -> str:
    return str(_raw(state, id, "value") or "").replace("\0", "").strip()


def errors_for(question: Question, problems: Iterable[Problem]) -> dict[str, str]:
    """Each problem at the input it is about, as `response_action: errors` takes them."""
    found: dict[str, str] = {}
    for problem in problems:
        id, say = _input_of(question, problem.pointer), problem.say.replace("*", "")  # plain text there
        found[id] = f"{found[id]} {say}" if id in found else say
    return found


def _input_of(question: Question, pointer: str) -> str:
    steps = pointer.strip("/").split("/")
    named = next((step for step in steps if question.field(step)), "")
    part = question.field(named) or (question.fields[0] if question.fields else as_field(question))
    unit = part.type is Type.QUANTITY and steps[-1] == UNIT
    return input_id(question.id, part.name, UNIT if unit else "")
