"""The pulse: four statements to mark in a reminder or on the Home tab, and the result by role."""

from collections.abc import Iterator

from bot.domain import rules
from bot.domain.messages import PingItem, PulseLine, PulseResult
from bot.slack import controls
from bot.slack.controls import Control

from . import blocks as b
from .text import THE, Json, escape, line, listed, mention

_NAMES = {"pm": "PM", "ml": "ML", "eng": "Engineer"}
_CANT_SAY = "can't say"


def to_mark(item: PingItem) -> Iterator[Json]:
    """The statements with a row of buttons each; what is marked already stands out."""
    yield b.section(b.mrkdwn(_intro(item), 600))
    for statement in item.statements:
        yield b.section(b.mrkdwn(f"“{_words(statement)}” {_marked(item, statement)}"))
        row = [_button(item, statement, name) for name in controls.PULSE_MARKS]
        yield b.actions(Control(controls.PULSE, item.project, item.subject, statement), *row)


def _intro(item: PingItem) -> str:
    return (
        f"*Pulse for {escape(line(item.name, 80))}* · 20 seconds · 1 disagree, 5 agree. Nobody sees a mark before all "
        "have answered; then they are shown by role, in the thread of the kickoff card."
    )


def _words(statement: str) -> str:
    return rules.PULSE[statement][1] if statement in rules.PULSE else statement


def _marked(item: PingItem, statement: str) -> str:
    return f"· you say *{_mark(item.marks[statement])}*" if statement in item.marks else ""


def _mark(mark: int | None) -> str:
    return str(mark) if mark else _CANT_SAY


def _button(item: PingItem, statement: str, name: str) -> Json:
    value = controls.PULSE_MARKS[name]
    chosen = statement in item.marks and item.marks[statement] == value
    control = Control(name, item.project, item.subject, statement)
    return b.button(_mark(value), control, "primary" if chosen else "")


def to_mark_text(item: PingItem) -> str:
    listed_ = "\n".join(f"“{_words(statement)}” {_marked(item, statement)}" for statement in item.statements)
    return f"{_intro(item)}\n{listed_}"


def result(m: PulseResult) -> Json:
    title = f"*Pulse {m.number} of {escape(line(m.name, 80))}*, by role"
    lines = [f"“{escape(one.statement)}” {_roles(one)}" for one in m.lines]
    end = [say for say in (_explains(m), _silent(m)) if say]
    said = [title, *lines, *end]
    return b.post(said, [b.section(b.mrkdwn("\n".join(said)))])


def _roles(one: PulseLine) -> str:
    marks = " · ".join(f"{_NAMES[role]} {_mark(mark)}" for role, mark in one.marks)
    apart = f" ({one.spread} apart)" if one.spread >= rules.PULSE_APART else ""
    return f"{marks or 'nobody'}{apart}"


def _explains(m: PulseResult) -> str:
    if not m.explains:
        return ""
    return f"→ {mention(m.explains)}, you marked the first one lowest: say why, here or in 15 minutes together."


def _silent(m: PulseResult) -> str:
    return f"Not in this time: {listed([THE[role] for role in m.silent])}." if m.silent else ""
