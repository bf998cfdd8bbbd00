"""The week's post: where the team stands, what to decide, on one screen. A line without content is dropped."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.domain.bank import Role
from bot.domain.messages import Account, Digest, OpenQuestion, Wanted
from bot.slack import controls
from bot.slack.controls import Control

from . import blocks as b
from .text import Json, count, escape, line, mention, size, spoken, when, working_days

STATES = {
    "aligned": ("🟢", "Aligned"),
    "at_risk": ("🟡", "At risk"),
    "misaligned": ("🔴", "Misaligned"),
    "not_enough_known": ("⚪", "Not enough known"),
}
ROLES = {Role.PM: "PM", Role.ML: "ML", Role.ENG: "Engineer"}
_TWICE = 2  # a person is named no more often in one post
_OPEN, _ACCOUNTS, _ASKS = 3, 3, 3


@dataclass(frozen=True, slots=True)
class _Named:
    """Who was named how often, so that nobody is called more than twice."""

    times: Counter[str] = field(default_factory=Counter)

    def may(self, person: str | None) -> bool:
        if person is None or self.times[person] >= _TWICE:
            return False
        self.times[person] += 1
        return True


def digest(m: Digest) -> Json:
    if m.nothing_new:
        say = _nothing_new(m)
        return b.post([say], [b.section(b.mrkdwn(say))])
    return b.post(_text(m), [*_blocks(m), buttons(m.project, m.week)])


def buttons(project: int, week: str = "") -> Json:
    everything = Control(controls.SEE_ALL, project, "", week)
    mine = Control(controls.MY_QUESTIONS, project, "", week)
    return b.actions(everything, b.button("See all", everything), b.button("My questions", mine))


def state_in_words(state: str) -> str:
    return " ".join(STATES.get(state, STATES["not_enough_known"]))


def _nothing_new(m: Digest) -> str:
    look = f"; next look {when(m.next_at)}" if m.next_at else ""
    return f"{state_in_words(m.state)} · {escape(line(m.name, 80))}: nothing new this week{look}"


def _blocks(m: Digest) -> Iterator[Json]:
    named = _Named()
    symbol, word = STATES.get(m.state, STATES["not_enough_known"])
    figures = b.words(f" · {_figures(m, word)}")
    yield b.rich(b.rich_line([b.words(f"{symbol} "), *spoken(line(m.name, 100), bold=True), figures]))
    if m.because:
        yield b.context(b.plain(_because(m)))
    if m.asks:
        yield b.section(b.mrkdwn("*Decide this week*"))
        asks = [_ask(wanted, named) for wanted in m.asks[:_ASKS]]
        yield b.rich({"type": "rich_text_list", "style": "ordered", "elements": asks})
    if m.accounts:
        yield b.section(b.mrkdwn("*The three accounts side by side*"))
        yield b.fields([b.plain(_account(account, "\n"), 400) for account in m.accounts[:_ACCOUNTS]])
    yield from (b.rich(b.rich_line([b.words(title, bold=True), *spoken(said)])) for title, said in _lines(m, named))


def _figures(m: Digest, word: str) -> str:
    left = [] if m.days_to_launch is None else [_launch(m.days_to_launch)]
    return " · ".join([word, _score(m), *left])


def _score(m: Digest) -> str:
    if m.score is None:
        return f"{m.known} known"
    change = m.score - (m.score if m.score_before is None else m.score_before)
    return f"{m.score}" + (f" ({'▲' if change > 0 else '▼'}{abs(change)})" if change else "")


def _launch(days: int) -> str:
    if days == 0:
        return "launch is today"
    return f"{count(days, 'day')} to launch" if days > 0 else f"{count(-days, 'day')} past the launch date"


def _because(m: Digest) -> str:
    return line("; ".join(m.because), 300)


def _ask(wanted: Wanted, named: _Named) -> Json:
    who = [b.words(" → "), b.user(wanted.person)] if wanted.person and named.may(wanted.person) else []
    return b.rich_line([*spoken(asked_for(wanted)), *who])


def asked_for(wanted: Wanted) -> str:
    said = line(wanted.text, 300)
    return f"{said if said.endswith(('.', '…', '!', '?')) else f'{said}.'} {line(wanted.action, 250)}"


def _account(account: Account, gap: str) -> str:
    views = " · ".join(f"{ROLES[role]} {line(said, 90)}" for role, said in account.views)
    return f"{line(account.fact, 80)}{gap}{views}"


def _lines(m: Digest, named: _Named) -> Iterator[tuple[str, str]]:
    if m.changed:
        yield "Changed ", _joined(m.changed)
    if m.still_open:
        yield "Still open ", _still_open(m.still_open, named)
    if m.good:
        yield "Good ", _joined(m.good[:2])


def _joined(parts: Sequence[str]) -> str:
    """Whole parts while they fit on two lines of a phone, then how many more there are."""
    shown: list[str] = []
    for part in parts:
        if shown and size(" · ".join(shown)) + size(part) > 160:
            break
        shown.append(line(part, 200))
    rest = len(parts) - len(shown)
    return " · ".join([*shown, *([f"and {rest} more"] if rest else [])])


def _still_open(questions: Sequence[OpenQuestion], named: _Named, safe: Callable[[str], str] = str) -> str:
    people = (mention(q.person) if q.person and named.may(q.person) else "" for q in questions[:_OPEN])
    shown = [open_question(q, person, safe) for q, person in zip(questions, people, strict=False)]
    rest = len(questions) - len(shown)
    return " · ".join([*shown, *([f"and {rest} more"] if rest else [])])


def open_question(question: OpenQuestion, person: str = "", safe: Callable[[str], str] = str) -> str:
    holder = person or ROLES[question.role]
    waited = f", {working_days(question.waited)}" if question.waited > 0 else ""
    return f"{safe(line(question.title, 60))} ({holder}{waited})"


def _text(m: Digest) -> Iterator[str]:
    symbol, word = STATES.get(m.state, STATES["not_enough_known"])
    yield f"{symbol} *{escape(line(m.name, 100))}* · {escape(_figures(m, word))}"
    yield escape(_because(m))
    named = _Named()
    if m.asks:
        yield "Decide this week"
    for n, wanted in enumerate(m.asks[:_ASKS], 1):
        who = f" → {mention(wanted.person)}" if wanted.person and named.may(wanted.person) else ""
        yield f"{n}. {escape(asked_for(wanted))}{who}"
    if m.accounts:
        yield "The three accounts side by side"
    yield from (escape(_account(account, ": ")) for account in m.accounts[:_ACCOUNTS])
    if m.changed:
        yield f"Changed: {escape(_joined(m.changed))}"
    if m.still_open:
        yield f"Still open: {_still_open(m.still_open, named, escape)}"
    if m.good:
        yield f"Good: {escape(_joined(m.good[:2]))}"
