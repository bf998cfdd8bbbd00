"""The V2 backlog, for the one who asked."""

import re
from collections.abc import Iterator

from bot.domain.backlog import Backlog, Item
from bot.domain.commitments import Later, Shelf
from bot.domain.inputs import Weeks
from bot.slack import controls
from bot.slack.controls import Control

from . import blocks as b
from .text import Json, count, cut, day, escape, line, mention

_MOST_WAITING, _MOST_SETTLED = 15, 10
_ENTRY = 550  # characters: of all blocks together Slack takes some 10,000
_CODE = re.compile(r"\b[BHM]\d (?=[a-z])")  # of a reason: it says nothing to people
_MARKS = {Shelf.REVIVED: "♻️ back in", Shelf.DONE: "✅ done", Shelf.DROPPED: "➖ dropped"}


def backlog(m: Backlog) -> Json:
    name = escape(line(m.name, 100))
    if not m.items:
        return _sentence(
            f"Nothing waits for V2 in *{name}* yet. When a simpler input takes the place of a hard one, the hard one "
            "is kept here."
        )
    waiting = [item for item in m.items if item.entry.status is Shelf.WAITING]
    settled = [item.entry for item in m.items if item.entry.status is not Shelf.WAITING]
    title = f"*For V2 of {name}*: {count(len(waiting), 'item') if waiting else 'nothing'} waiting"
    shown = [(_entry(item), _buttons(m.project, item.entry)) for item in waiting[:_MOST_WAITING]]
    below = list(_below(len(waiting), settled))
    blocks = [block for text, row in shown for block in (b.section(b.mrkdwn(text)), row)]
    footer = [b.context(b.mrkdwn("\n".join(below)))] if below else []
    return b.post([title, *(text for text, _ in shown), *below], [b.section(b.mrkdwn(title)), *blocks, *footer])


def _sentence(say: str) -> Json:
    return b.post([say], [b.section(b.mrkdwn(say))])


def _entry(item: Item) -> str:
    return cut("\n".join(_lines(item)), _ENTRY)


def _lines(item: Item) -> Iterator[str]:
    entry = item.entry
    mark = "⏰ *ready to revisit* · " if item.ready else ""
    yield f"{mark}*{_title(entry, 160)}*"
    owner = f" · {mention(entry.owner)}" if entry.owner else ""
    cost, saved = (Weeks(*weeks) for weeks in (entry.cost_weeks, entry.saved_weeks))
    kept_out = f" · {saved} saved in the first version" if saved.high else ""
    yield f"Gain: {escape(line(entry.gain, 100))} · cost: {cost}{kept_out}"
    yield f"Revisit when: {escape(line(entry.revisit_when, 80))}{owner} · since {day(entry.at.date())}"
    yield f"Why it waits: {escape(line(_CODE.sub('', entry.reason), 200))}"


def _title(entry: Later, limit: int) -> str:
    """Without the mark that says what the whole list is about."""
    return escape(line(entry.title.removeprefix("V2: "), limit))


def _buttons(project: int, entry: Later) -> Json:
    def control(action: str) -> Control:
        return Control(action, project, str(entry.number))

    sure = {
        "title": b.plain("Drop it?", 100),
        "text": b.plain(f"“{line(entry.title, 160)}” leaves the list for V2, and nobody is reminded of it.", 300),
        "confirm": b.plain("Drop it", 30),
        "deny": b.plain("Not now", 30),
    }
    return b.actions(
        control("later"),
        b.button("Revive", control(controls.REVIVE)),
        b.button("Done", control(controls.LATER_DONE)),
        b.button("Drop", control(controls.LATER_DROP)) | {"confirm": sure},
    )


def _below(waiting: int, settled: list[Later]) -> Iterator[str]:
    if waiting > _MOST_WAITING:
        yield f"and {waiting - _MOST_WAITING} more that wait; the first ones to be settled make room for them."
    for entry in settled[:_MOST_SETTLED]:
        yield f"{_MARKS[entry.status]}: {_title(entry, 120)}"
    if len(settled) > _MOST_SETTLED:
        yield f"and {len(settled) - _MOST_SETTLED} more that are settled."
