"""The inputs of a product at a glance: a table where Slack draws one, lines of text where it does not."""

from collections.abc import Iterator, Sequence
from typing import Any

from bot.domain.messages import InputLine, InputsPanel
from bot.slack import controls
from bot.slack.controls import Control

from . import blocks as b
from . import tables
from .digest import quiet
from .findings import named
from .modals import as_modal, input_block
from .screen import in_turn
from .tables import NOT_SAID
from .text import Json, clean, cut, escape, line, size

HEADER = (
    "Input",
    "Importance",
    "Source",
    "In production",
    "How old: may be → is",
    "Read time",
    "Owner",
    "Difficulty",
    "Risk that training differs",
    "To build",
)
MOST_ROWS = 200
ROOM = 18_000  # of the 20,000 characters of all tables of a message
_LONGEST_CELL, _LONGEST_CELLS = 160, 700  # of one, and of a row
_MOST_OPTIONS, _LONGEST_OPTION = 100, 75
_OPTIONS_ROOM = 8_000  # of the 12,000 characters of a message that are not in its tables


def table(name: str, inputs: Sequence[InputLine], room: int = ROOM) -> Json:
    """Every cell as long as its row's share of the room lets it be."""
    shown = inputs[:MOST_ROWS]
    left = room - sum(map(size, HEADER))
    rows = [_row(one, min(_LONGEST_CELLS, left // max(1, len(shown)))) for one in shown]
    return tables.table(f"Inputs of {line(clean(name), 100)}", [HEADER, *rows])


def _row(one: InputLine, room: int) -> list[str]:
    cells = [line(clean(quiet(text)), _LONGEST_CELL) or NOT_SAID for text in _texts(one)]
    return [cut(text, room) or NOT_SAID for text in in_turn(cells, room)]


def _texts(one: InputLine) -> tuple[str, ...]:
    age = f"{one.need or NOT_SAID} → {one.offer or NOT_SAID}" if one.need or one.offer else ""
    hard = ": ".join(filter(None, (one.difficulty, one.reasons)))
    facts = (one.importance, one.source, one.in_production, age, one.read_time, one.owner, hard, one.risk, one.weeks)
    return (one.name, *facts)


def lines(inputs: Sequence[InputLine]) -> Iterator[str]:
    """A line for each, for the text of a message."""
    for one in inputs:
        yield tables.in_a_line(HEADER, _row(one, _LONGEST_CELLS))


def panel(m: InputsPanel) -> Json:
    """All inputs, with what may be done about them."""
    if not m.inputs:
        say = f"*{escape(line(m.name, 100))}* has no inputs yet. {m.first_step}"
        return b.post([say], [b.section(b.mrkdwn(say)), *_controls(m)])
    title = f"*{escape(line(m.name, 100))}*: what the model reads"
    text = [title, *map(escape, tables.fitting(list(lines(m.inputs))))]
    return b.post(text, [b.section(b.mrkdwn(title)), table(m.name, m.inputs), *_controls(m)])


def _controls(m: InputsPanel) -> Iterator[Json]:
    buttons = [b.button("Add an input", Control(controls.ADD_ROW, m.project, m.add_to))] if m.add_to else []
    if m.may_change and len(m.inputs) > 1:
        buttons.append(b.button("Reorder", Control(controls.REORDER, m.project)))
    names = list({named(one.name): one.name for one in m.inputs}.values())[:_MOST_OPTIONS]
    menus = [_menu(controls.EDIT_INPUT, "Edit …", names)] if m.may_edit and names else []
    if m.may_change and names:
        menus.append({**_menu(controls.DROP_INPUT, "Drop …", names), "confirm": _SURE})
    if buttons or menus:
        yield b.actions(Control(controls.EDIT_INPUT, m.project, "inputs"), *buttons, *menus)


_SURE: Any = {
    "title": b.plain("Drop this input?", 100),
    "text": b.plain("It leaves the list and the survey, and what I found about it closes. Its history is kept.", 300),
    "confirm": b.plain("Drop it", 30),
    "deny": b.plain("Keep it", 30),
}


def _menu(action: str, placeholder: str, names: Sequence[str]) -> Json:
    longest = min(_LONGEST_OPTION, _OPTIONS_ROOM // 2 // max(1, len(names)))  # two menus
    options = [b.option(named(name), cut(line(clean(name)), longest)) for name in names]
    return {
        "type": "static_select",
        "action_id": action,
        "placeholder": b.plain(placeholder, 150),
        "options": options,
    }


def reorder_modal(project: int, names: Sequence[str]) -> Json:
    """The inputs to pick in their new order."""
    options = [b.option(named(name), line(clean(name), _LONGEST_OPTION)) for name in names[:_MOST_OPTIONS]]
    picker = {
        "type": "multi_static_select",
        "action_id": "value",
        "options": options,
        "placeholder": b.plain("Pick the first, then the next …", 150),
    }
    say = "Pick them in their new order; what you leave out follows behind."
    shown = [b.section(b.plain(say)), input_block("order", "New order", picker, optional=False)]
    return as_modal(controls.REORDER_VIEW, "Reorder the inputs", shown, controls.metadata(project=project))
