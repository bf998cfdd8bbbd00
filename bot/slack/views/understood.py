"""A list as it was understood: read back in the thread, and confirmed with one click."""

from collections.abc import Iterator

from bot.domain.messages import Understood, UnderstoodRow
from bot.slack import controls
from bot.slack.controls import Control

from . import blocks as b
from .screen import joined
from .text import Json, count, cut, escape, line, listed, size

_LONGEST_ROW, _ROOM = 400, 2700
_WHOLE = "Right? One click settles the list; to change a line, edit your message."
_HALF = "In a reply, write each input on a line of its own with what is missing behind it, or press Fill in."


def understood(m: Understood) -> Json:
    if m.settled or not m.rows:
        say = cut(_listed(m), 2900)
        return b.post([say], [b.section(b.mrkdwn(say))])
    rows = "\n".join(_fitting([_row(row) for row in m.rows]))
    below = _HALF if m.half is not None else _WHOLE
    shown = [b.section(b.mrkdwn(f"*This is what I understood:*\n{rows}")), b.context(b.mrkdwn(below))]
    return b.post(["*This is what I understood:*", rows, below], [*shown, _controls(m)])


def _listed(m: Understood) -> str:
    if not m.rows:
        return "Nothing is in the list any more."
    return f"✓ {count(len(m.rows), 'input')} listed: {escape(joined([row.name for row in m.rows], 2000, 80, ', '))}."


def _row(row: UnderstoodRow) -> str:
    said = " · ".join(escape(line(part, 120)) for part in row.said)
    lacks = f"still open: {listed([escape(line(label, 60)) for label in row.lacks])}" if row.lacks else ""
    parts = [f"*{escape(line(row.name, 100))}*", said, f"_{lacks}_" if lacks else ""]
    return f"• {cut(' · '.join(filter(None, parts)), _LONGEST_ROW)}"


def _fitting(rows: list[str]) -> Iterator[str]:
    room = _ROOM
    for n, row in enumerate(rows):
        room -= size(row) + 1
        if room < 0:
            yield f"and {len(rows) - n} more, which the question above shows."
            return
        yield row


def _controls(m: Understood) -> Json:
    first = Control(controls.ROWS_RIGHT, m.project, m.question, m.shown)
    if m.half is not None:
        row = b.button("Fill in", Control(controls.EDIT, m.project, m.question, str(m.half)), "primary")
    else:
        row = b.button("That's right", first, "primary")
    more = [b.button("Add another", Control(controls.ADD_ROW, m.project, m.question))] if m.room else []
    return b.actions(first, row, *more)
