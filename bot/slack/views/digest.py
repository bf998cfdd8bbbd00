"""The week's post: where the team stands and what to decide, on one screen of a phone, and words it shares with others.

A line without content is dropped. Nothing that people typed calls anybody: only who has to act is mentioned.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from bot.domain.bank import Role
from bot.domain.messages import Digest, OpenQuestion, Wanted
from bot.slack import controls
from bot.slack.controls import Control

from . import blocks as b
from . import charts
from .screen import LINES, WIDTH, in_turn, joined, rows, shares, shortened
from .text import Json, count, escape, line, mention, size, spoken, working_days

STATES = {
    "aligned": ("🟢", "Aligned"),
    "at_risk": ("🟡", "At risk"),
    "misaligned": ("🔴", "Misaligned"),
    "not_enough_known": ("⚪", "Not enough known"),
}
ROLES = {Role.PM: "PM", Role.ML: "ML", Role.ENG: "Engineer"}
_TWICE = 2  # a person is named no more often in one digest
_ASKS, _BECAUSE, _NAME, _MENTION = 3, 120, 40, 10
_ACTION = 28  # characters that what to do has at least: the numbers that do not fit come first
_GOOD = WIDTH - len("Good ")
_BOTH_WAYS = 2  # points won and points lost, each with its causes
_PERSON = re.compile(r"<@[UW]\w{1,30}(?:\|([^<>]*))?>", re.ASCII)


@dataclass(frozen=True, slots=True)
class Named:
    """Who was named how often, so that nobody is called more than twice."""

    times: Counter[str] = field(default_factory=Counter)

    def may(self, person: str | None) -> bool:
        if person is None or self.times[person] >= _TWICE:
            return False
        self.times[person] += 1
        return True


@dataclass(frozen=True, slots=True)
class FittedAsk:
    what: str
    action: str
    person: str | None
    by: date | None
    whole: bool  # nothing was cut

    @property
    def end(self) -> str:
        return f" · by {self.by:%a}" if self.by else ""


def digest(m: Digest) -> Json:
    if m.nothing_new:
        said = _nothing_new(m)
        return b.post([f"{_titled(m)}{said}"], [b.rich(b.rich_line([*_title(m), b.words(said)]))])
    return b.post(text_of(m), [*blocks_of(m), buttons(m.project, m.week)])


def buttons(project: int, week: str = "") -> Json:
    everything = Control(controls.SEE_ALL, project, "", week)
    mine = Control(controls.MY_QUESTIONS, project, "", week)
    return b.actions(everything, b.button("See all", everything), b.button("My questions", mine))


def state_in_words(state: str) -> str:
    return " ".join(STATES.get(state, STATES["not_enough_known"]))


def quiet(text: str) -> str:
    """People's words without a call to anybody whom they name: a digest mentions only who has to act."""
    return _PERSON.sub(lambda person: f"@{person[1]}" if person[1] else "somebody", text)


def quietly(text: str, *, bold: bool = False) -> list[Json]:
    return spoken(quiet(text), bold=bold)


def _nothing_new(m: Digest) -> str:
    look = f"; next look {m.next_on:%a}" if m.next_on else ""
    weeks = f", {_nth(m.in_a_row)} week" if m.in_a_row > 1 else ""
    return f" · {_word(m)}{weeks}, nothing new{look}"


def _nth(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _title(m: Digest) -> list[Json]:
    return [b.words(f"{_symbol(m)} "), *quietly(line(m.name, _NAME), bold=True)]


def _titled(m: Digest) -> str:
    return f"{_symbol(m)} *{escape(quiet(line(m.name, _NAME)))}*"


def _symbol(m: Digest) -> str:
    return STATES.get(m.state, STATES["not_enough_known"])[0]


def _word(m: Digest) -> str:
    return STATES.get(m.state, STATES["not_enough_known"])[1]


def blocks_of(m: Digest) -> Iterator[Json]:
    """The post without its buttons."""
    yield b.rich(b.rich_line([*_title(m), b.words(f" · {_figures(m)}")]))
    if m.because:
        yield b.context(b.plain(_because(m)))
    if asks := fitted(m):
        named = Named()
        elements = [b.rich_line(_ask(ask, named)) for ask in asks]
        yield b.rich({"type": "rich_text_list", "style": "ordered", "elements": elements})
    for title, said in _lines(m):
        yield b.rich(b.rich_line([b.words(f"{title} ", bold=True), *quietly(said)]))
    if m.weeks:
        yield charts.line_of(m.weeks)


def text_of(m: Digest) -> Iterator[str]:
    """The same as plain lines, the chart as its numbers."""
    yield f"{_titled(m)} · {escape(_figures(m))}"
    yield escape(_because(m))
    named = Named()
    yield from (f"{n}. {_ask_text(ask, named)}" for n, ask in enumerate(fitted(m), 1))
    yield from (f"{title}: {escape(quiet(said))}" for title, said in _lines(m))
    if m.weeks:
        yield charts.in_words(charts.line_of(m.weeks))


def _figures(m: Digest) -> str:
    return " · ".join([_word(m), _score(m), *_launch(m)])


def _score(m: Digest) -> str:
    """While not enough is known the number is for the trend only: how much is known stands in its place."""
    shown = f"{m.known} known" if m.score is None else str(m.score)
    return f"{shown} ({'▲' if m.arrow > 0 else '▼'}{abs(m.arrow)})" if m.arrow and m.score is not None else shown


def _launch(m: Digest) -> Iterator[str]:
    if m.days_live is not None:
        yield f"live for {count(m.days_live, 'day')}" if m.days_live > 0 else "live since today"
    elif m.days_to_launch == 0:
        yield "launch is today"
    elif m.days_to_launch is not None:
        late = count(-m.days_to_launch, "day")
        yield f"{count(m.days_to_launch, 'day')} to launch" if m.days_to_launch > 0 else f"{late} past the launch date"


def _because(m: Digest) -> str:
    """On one line where three decisions need the room."""
    room = WIDTH if len(m.asks) >= _ASKS else _BECAUSE
    return joined(m.because, room - len("; and 9 more"), between="; ") if m.because else ""


def _lines(m: Digest) -> Iterator[tuple[str, str]]:
    if m.trend or m.changed:
        yield "Changed", changed(m)[0]
    if m.good:
        yield "Good", shortened(m.good[best(m)], _GOOD)


def best(m: Digest) -> int:
    """Which of the good things the post tells: the first that needs no cut."""
    return next((n for n, good in enumerate(m.good) if size(line(good, 500)) <= _GOOD), 0)


def changed(m: Digest) -> tuple[str, bool]:
    """What changed, the movement of the score first, on a line or two; and whether that is all of it."""
    tight = len(m.asks) >= _ASKS and len(m.trend) < _BOTH_WAYS
    room = WIDTH * (1 if tight else 2) - len("Changed ")
    if size(" · ".join([*m.trend, *m.changed])) <= room:
        return joined([*m.trend, *m.changed], room), True
    room -= len(" · and 9 more")
    moved = in_turn(m.trend, room - len(" · ") * max(len(m.trend) - 1, 0))
    return joined([*moved, *m.changed], room), False


def fitted(m: Digest) -> list[FittedAsk]:
    """What to decide, in the lines of the screen that the rest of the post leaves."""
    asks = m.asks[:_ASKS]
    first = f"🟡 {line(m.name, _NAME)} · {_figures(m)}"
    others = [first, *([_because(m)] if m.because else []), *(f"{title} {said}" for title, said in _lines(m))]
    room = LINES - sum(map(rows, others)) - bool(m.weeks) - 1  # the chart and the buttons
    wanted = [rows(" " * (_around(ask) + size(_bare(ask.text)) + size(_bare(ask.action)) + 2)) for ask in asks]
    return [_fit(ask, given) for ask, given in zip(asks, shares(wanted, room), strict=True)]


def _around(ask: Wanted) -> int:
    """Characters of an ask besides its words: number, arrow, person and day."""
    return len("1.  → : ") + (_MENTION if ask.person else 0) + (len(" · by Thu") if ask.by else 0)


def _bare(sentence: str) -> str:
    """Without its full stop: an arrow or a day follows."""
    return line(sentence, 600).removesuffix(".")


def _fit(ask: Wanted, lines: int) -> FittedAsk:
    """Whole, or ended early; on a single line what it is about has to do."""
    left = lines * (WIDTH - 1) - _around(ask)
    what, action = _bare(ask.text), _bare(ask.action)
    fits = size(what) + size(action) <= left
    if not fits and lines == 1:
        what, action = shortened(_sentence(ask.title or what), left + len(": ")), ""
    elif not fits:
        action = shortened(action, max(_ACTION, left - size(what)))
        what = shortened(what, left - size(action))
    return FittedAsk(what, action, ask.person, ask.by, fits)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _ask(ask: FittedAsk, named: Named) -> list[Json]:
    who = [b.words(" → "), b.user(ask.person)] if ask.person and named.may(ask.person) else []
    between = [b.words(": " if who else " → ")] if ask.action else []
    return [*quietly(ask.what), *who, *between, *quietly(ask.action), *([b.words(ask.end)] if ask.by else [])]


def _ask_text(ask: FittedAsk, named: Named) -> str:
    who = f" → {mention(ask.person)}" if ask.person and named.may(ask.person) else ""
    action = f"{':' if who else ' →'} {escape(quiet(ask.action))}" if ask.action else ""
    return f"{escape(quiet(ask.what))}{who}{action}{ask.end}"


def asked_for(wanted: Wanted) -> str:
    said = line(wanted.text, 300)
    return f"{said if said.endswith(('.', '…', '!', '?')) else f'{said}.'} {line(wanted.action, 250)}"


def open_question(question: OpenQuestion, person: str = "", safe: Callable[[str], str] = str) -> str:
    holder = person or ROLES[question.role]
    waited = f", {working_days(question.waited)}" if question.waited > 0 else ""
    return f"{safe(line(question.title, 60))} ({holder}{waited})"


def mentioned(m: Digest) -> Named:
    """Who the post calls, and how often."""
    named = Named()
    for ask in m.asks[:_ASKS]:
        named.may(ask.person)
    return named
