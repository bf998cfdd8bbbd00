"""The page about a product, as a message. It mentions nobody: who reads it is not called."""

from collections.abc import Sequence

from bot.domain.messages import Brief, BriefLine, BriefPart

from . import blocks as b
from . import inputs_table
from .digest import quiet, state_in_words
from .screen import joined
from .text import Json, cut, day, escape, line, size

_LONGEST_LINE, _LONGEST_PART = 400, 2800
_LONGEST_TOP, _SHORTEST_PART = 800, 700
_ROOM, _REST = 11_900, 60  # of Slack's 12,000 characters in all; for the words that something was left out


def brief(m: Brief) -> Json:
    title = f"*{escape(line(m.name, 100))}* on one page, {day(m.day)} · {state_in_words(m.state)}"
    summary = escape(line(m.summary, 600))
    because = escape(joined(m.because, 300, between="; ")) if m.because else ""
    top = [cut(part, _LONGEST_TOP) for part in (title, summary, because, _people(m)) if part]
    inputs = _fitting(["*Inputs*", *map(escape, inputs_table.lines(m.inputs))], _LONGEST_PART) if m.inputs else ""
    parts = _parts(m, _ROOM - sum(map(size, (*top, inputs))))
    before, after = [*top, *parts[:2]], parts[2:]
    said = [part for part in (*before, inputs, *after) if part]
    shown = [_section(before), [inputs_table.table(m.name, m.inputs)] if m.inputs else [], _section(after)]
    return b.post(said, [block for blocks in shown for block in blocks])


def _section(texts: Sequence[str]) -> list[Json]:
    return [b.section(b.mrkdwn(text)) for text in texts if text]


def _people(m: Brief) -> str:
    return " · ".join(_line(one) for one in m.people)


def _parts(m: Brief, room: int) -> list[str]:
    """Each as long as it is, as far as the ones after it keep their share of the room."""
    shown: list[str] = []
    for left in range(len(m.parts), 0, -1):
        shown.append(_part(m.parts[-left], min(_LONGEST_PART, room - _SHORTEST_PART * (left - 1))))
        room -= size(shown[-1])
    return shown


def _part(part: BriefPart, room: int) -> str:
    lines = [f"• {_line(one)}" for one in part.lines]
    return _fitting([f"*{escape(line(part.title, 40))}*", *lines], room)


def _line(one: BriefLine) -> str:
    said = " · ".join(filter(str.strip, quiet(one.text).splitlines()))
    return f"{escape(line(one.title, 200))}: {escape(line(said, _LONGEST_LINE))}"


def _fitting(lines: list[str], room: int) -> str:
    """Whole lines while they fit."""
    shown: list[str] = []
    for text in lines:
        if sum(size(said) + 1 for said in shown) + size(text) > room - _REST:
            return "\n".join([*shown, f"and {len(lines) - len(shown)} more lines; the threads have them all."])
        shown.append(text)
    return "\n".join(shown)
