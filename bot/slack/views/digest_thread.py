"""What stands in the thread of the week's post: everything that it had no room for, in its order of weight."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.domain.durations import plain_number
from bot.domain.messages import Account, DigestThread, OpenQuestion, Split, Wanted, Week

from . import blocks as b
from .digest import (
    ROLES,
    STATES,
    Named,
    best,
    blocks_of,
    buttons,
    changed,
    fitted,
    mentioned,
    open_question,
    quiet,
    text_of,
)
from .screen import whole
from .text import Json, count, escape, line, listed, mention, spoken

_OPEN, _OLD, _FACTS, _SERVICE_LEVELS = 8, 4, 4, 3
_IN_FULL, _CHANGED, _OLD_WORDS, _REASONS, _GOOD = 270, 480, 200, 620, 180  # characters
_FEW_CHANGES, _FEW_REASONS, _LONGEST = 8, 8, 300
_AGREED, _FEW_AGREED = 400, 4


@dataclass(frozen=True, slots=True)
class Group:
    """A title and what belongs to it: behind it, or below it on a line each. A mention in `said` is one of ours."""

    title: str
    said: tuple[str, ...]
    below: bool = False


def thread(m: DigestThread) -> Json:
    return b.post(_text(m), _blocks(m))


def with_post(m: DigestThread) -> Json:
    """The whole digest as one message, for the one who asked for it."""
    post = m.post
    return b.post([*text_of(post), *_text(m)], [*blocks_of(post), *_blocks(m), buttons(post.project, post.week)])


def _blocks(m: DigestThread) -> Iterator[Json]:
    for group in _groups(m):
        title = b.rich_line([b.words(f"{group.title} ", bold=True), *([] if group.below else spoken(group.said[0]))])
        items = [b.rich_line(spoken(said)) for said in group.said] if group.below else []
        listed_below = [{"type": "rich_text_list", "style": "bullet", "elements": items}] if items else []
        yield b.rich(title, *listed_below)


def _text(m: DigestThread) -> Iterator[str]:
    for group in _groups(m):
        said = [_escaped(said) for said in group.said]
        if group.below:
            yield group.title
            yield from (f"• {one}" for one in said)
        else:
            yield f"{group.title} {said[0]}"


def _escaped(said: str) -> str:
    """As mrkdwn: the mentions that are left in it are ours."""
    return "".join(mention(e["user_id"]) if e["type"] == "user" else escape(_shown(e)) for e in spoken(said))


def _shown(element: Json) -> str:
    return str(element.get("text") or element.get("url") or f"#{element.get('channel_id')}")


def _groups(m: DigestThread) -> Iterator[Group]:
    named = mentioned(m.post)
    if full := [_in_full(ask) for ask, shown in zip(m.post.asks, fitted(m.post), strict=False) if not shown.whole]:
        yield Group("To decide, in full", tuple(full), below=True)
    if m.split:
        yield Group("You disagree", (_split(m.split, named),))
    if m.accounts:
        yield Group("The three accounts side by side", tuple(map(_account, m.accounts[:_FACTS])), below=True)
    if changes := _changes(m):
        yield Group("Changed", changes, below=True)
    if m.rechecks:
        yield Group("To look at again", (" · ".join(f"{_roles(roles)} {number}" for roles, number in m.rechecks),))
    if open_now := _still_open(m, named):
        yield Group("Still open", (open_now,))
    if m.promised:
        yield Group("SLA", tuple(_promise(one, named) for one in m.promised[:_SERVICE_LEVELS]), below=True)
    yield from _settled(m)
    if more := [good for n, good in enumerate(m.post.good) if n != best(m.post)]:
        yield Group("Good", (quiet(_joined(more, _GOOD)),))
    yield from _numbers(m)


def _settled(m: DigestThread) -> Iterator[Group]:
    """What the team has agreed on, and how it works together."""
    if m.later:
        yield Group("V1 / V2", _items(m.later, _AGREED, _FEW_AGREED), below=True)
    if m.decided:
        yield Group("Decisions", _items(m.decided, _AGREED, _FEW_AGREED), below=True)
    if m.partnership:
        yield Group("Partnership", (quiet(line(m.partnership, _LONGEST)),))


def _numbers(m: DigestThread) -> Iterator[Group]:
    if m.pillars:
        yield Group("Pillars, of 20 each", (_pillars(m.pillars),))
    if m.reasons:
        yield Group("Where the points went", _items(m.reasons, _REASONS, _FEW_REASONS), below=True)
    if len(m.strip) > 1:
        yield Group(f"Last {len(m.strip)} digests", (f"{_strip(m.strip)}{_oldest(m.oldest)}",))
    elif m.oldest:
        yield Group("Oldest open high finding", (count(m.oldest, "day"),))


def _in_full(ask: Wanted) -> str:
    said = line(ask.text, _IN_FULL)
    return quiet(f"{said if said.endswith(('.', '…', '!', '?')) else f'{said}.'} {line(ask.action, 150)}")


def _split(split: Split, named: Named) -> str:
    marks = " · ".join(f"{ROLES[role]} {mark}" for role, mark in split.marks)
    lowest = min(split.marks, key=lambda each: each[1])[0] if split.marks else None
    who = mention(split.person) if split.person and named.may(split.person) else ROLES[lowest] if lowest else "Somebody"
    return f"“{quiet(line(split.statement, 120))}” {marks} of 5 → {who} says why, 15 minutes"


def _account(account: Account) -> str:
    views = " · ".join(f"{ROLES[role]} {line(said, 60)}" for role, said in account.views)
    return quiet(f"{line(account.fact, 40)}: {views}")


def _changes(m: DigestThread) -> tuple[str, ...]:
    """All of it, where the post could not hold it."""
    _, complete = changed(m.post)
    return () if complete else _items([*m.post.trend, *m.post.changed], _CHANGED, _FEW_CHANGES)


def _items(parts: Sequence[str], room: int, most: int) -> tuple[str, ...]:
    """Whole parts while they fit, then how many more there are."""
    shown, _ = whole(parts[:most], room, _LONGEST)
    left = len(parts) - len(shown)
    return (*map(quiet, shown), *([f"and {left} more: See all"] if left else []))


def _joined(parts: Sequence[str], room: int) -> str:
    shown, left = whole(parts, room)
    return " · ".join([*shown, *([f"and {left} more"] if left else [])])


def _still_open(m: DigestThread, named: Named) -> str:
    """Who holds it is called, as often as somebody may be; the rest stands under their role."""
    shown = [_held(question, named) for question in m.still_open[:_OPEN]]
    left = len(m.still_open) - len(shown)
    old = [f"{quiet(line(o.title, 60))} ({ROLES[o.role]}, {count(o.days, 'day')})" for o in m.old]
    more = [f"and {left} more"] if left else []
    unconfirmed = [f"not confirmed for long: {_joined(old[:_OLD], _OLD_WORDS)}{_rest(len(old) - _OLD)}"] if old else []
    return " · ".join([*shown, *more, *unconfirmed])


def _rest(left: int) -> str:
    return f" and {left} more" if left > 0 else ""


def _held(question: OpenQuestion, named: Named) -> str:
    person = mention(question.person) if question.person and named.may(question.person) else ""
    return open_question(question, person, quiet)


def _promise(promise: Wanted, named: Named) -> str:
    who = f" → {mention(promise.person)}" if promise.person and named.may(promise.person) else ""
    return f"{quiet(line(promise.text, 150))}{who}"


def _pillars(pillars: Sequence[tuple[str, float]]) -> str:
    points = [each for _, each in pillars]
    mark = {min(points): " ⬅ weakest"} if min(points) < max(points) else {}
    return " · ".join(f"{quiet(line(name, 30))} {plain_number(round(p, 1))}{mark.get(p, '')}" for name, p in pillars)


def _strip(weeks: Sequence[Week]) -> str:
    """A bar stands where the rules changed: the two sides are not comparable."""
    symbols = [_symbol(week) for week in weeks]
    between = ["│" if a.rules != b.rules else "" for a, b in pairwise(weeks)]
    strip = "".join(f"{symbol}{gap}" for symbol, gap in zip(symbols, [*between, ""], strict=True))
    return f"{strip} (now {STATES.get(weeks[-1].state, STATES['not_enough_known'])[1].lower()})"


def _symbol(week: Week) -> str:
    return STATES.get(week.state, STATES["not_enough_known"])[0]


def _oldest(days: int | None) -> str:
    return f" · oldest open high finding: {count(days, 'day')}" if days else ""


def _roles(roles: Sequence[object]) -> str:
    return listed([ROLES[role] for role in ROLES if role in roles])
