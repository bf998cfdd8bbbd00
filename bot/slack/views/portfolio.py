"""What leads read once a week: a line for each thing, twelve at most, and none where there is nothing to say."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.messages import LaunchLine, PortfolioDigest, RedLine, StateCount, WhiteLine

from . import blocks as b
from .digest import STATES, quiet
from .screen import joined, shortened
from .text import Json, count, escape, line, mention, spoken

_RED, _SHARED, _NAME, _ROOM = 3, 3, 40, 160


@dataclass(frozen=True, slots=True)
class Line:
    """`person`: who decides, the only one who is called."""

    title: str
    said: str = ""
    person: str | None = None
    end: str = ""


def portfolio(m: PortfolioDigest) -> Json:
    lines = list(_lines(m))
    return b.post(map(_text, lines), map(_block, lines))


def _block(one: Line) -> Json:
    who = [b.words(" → "), b.user(one.person)] if one.person else []
    said = [*spoken(quiet(one.title), bold=True), *spoken(quiet(one.said))]
    return b.rich(b.rich_line([*said, *who, *spoken(quiet(one.end))]))


def _text(one: Line) -> str:
    who = f" → {mention(one.person)}" if one.person else ""
    return f"*{escape(quiet(one.title))}*{escape(quiet(one.said))}{who}{escape(quiet(one.end))}"


def _lines(m: PortfolioDigest) -> Iterator[Line]:
    yield Line("ML portfolio", f" · {count(m.projects, 'project')}: {' · '.join(map(_count, m.counts))}")
    yield from (_red(red) for red in m.red[:_RED])
    if len(m.red) > _RED:
        yield Line(f"🔴 and {len(m.red) - _RED} more", f" {joined([r.name for r in m.red[_RED:]], _ROOM, _NAME)}")
    if m.white:
        yield Line("⚪ Not closed", f" {joined([_white(white) for white in m.white], _ROOM)}")
    yield from (Line("Shared cause", f" {shortened(cause, _ROOM)}") for cause in m.shared_causes[:_SHARED])
    if m.loaded:
        people = count(m.loaded, "person holds", "people hold")
        yield Line("Load", f" {people} four or more open actions each")
    if m.launches:
        yield Line("Launching in 30 days", f" {joined([_launch(launch) for launch in m.launches], _ROOM)}")
    if m.practice:
        name, what = m.practice
        yield Line("Worth copying", f" {line(name, _NAME)}: {shortened(what, _ROOM)}")


def _count(one: StateCount) -> str:
    symbol, word = STATES.get(one.state, STATES["not_enough_known"])
    change = f" ({one.change:+d})" if one.change else ""
    return f"{symbol} {one.number} {word.lower()}{change}"


def _red(red: RedLine) -> Line:
    said = f"{' (new)' if red.new else ''}: {shortened(red.cause, 80)}"
    decision = shortened(red.decision, 90).removesuffix(".")
    end = f" by {red.by:%a}" + (f": {decision}" if decision else "")
    if red.decider:
        return Line(f"🔴 {line(red.name, _NAME)}", said, red.decider, f" decides{end}")
    return Line(f"🔴 {line(red.name, _NAME)}", f"{said} → name who decides,{end}")


def _white(white: WhiteLine) -> str:
    return f"{line(white.name, _NAME)}: open {count(white.days, 'day')}, {line(white.waits_for, 60)}"


def _launch(launch: LaunchLine) -> str:
    symbol, word = STATES.get(launch.state, STATES["not_enough_known"])
    return f"{line(launch.name, _NAME)} {symbol} {word.lower()} ({launch.on.day} {launch.on:%b})"
