"""Decisions: the message that tells of a new one, and the list of all of them."""

import re
from collections.abc import Iterator

from bot.domain import decisions as rules
from bot.domain.commitments import Decision
from bot.domain.messages import DecisionLogged
from bot.domain.project import Project
from bot.slack import controls
from bot.slack.controls import Control

from . import blocks as b
from .digest import quiet
from .text import Json, channel, clean, cut, escape, line, listed, mention, size, spoken, when

_WHAT, _WHY, _WEIGHED = 2900, 2900, 2000  # characters of a message, of the about 10,000 that Slack takes in all
_TEXT = 1200  # of each of them in the plain version
_ROOM, _MOST_BLOCKS, _ENTRY = 9_000, 48, 900  # of the list; and of one decision in it
_LINK = re.compile(r"https://[^\s<>|]{1,500}")
NONE = (
    "No decision is logged for *{name}* yet. `/align decide` logs one, and so does *Log decision* in the menu of any "
    "message here."
)


def logged(m: DecisionLogged) -> Json:
    """What was decided, why and by whom; it calls nobody."""
    parts = list(_parts(m))
    below = "\n".join(_below(m))
    shown = [b.section(b.mrkdwn(cut(text, room))) for text, room in parts]
    text = [*(cut(text, _TEXT) for text, _ in parts), below]
    return b.post(text, [*shown, b.context(b.mrkdwn(below, 1500))])


def _parts(m: DecisionLogged) -> Iterator[tuple[str, int]]:
    yield f"📌 *Decision #{m.number}* · {escape(line(quiet(m.about), 80))}\n{_words(m.what)}", _WHAT
    yield f"*Why* {_words(m.why)}", _WHY
    if m.alternatives.strip():
        yield f"*Weighed* {_words(m.alternatives)}", _WEIGHED


def _words(text: str) -> str:
    """People's words as they were written, calling nobody."""
    return escape(quiet(clean(text))).strip()


def _below(m: DecisionLogged) -> Iterator[str]:
    instead = f" It takes the place of #{m.supersedes}." if m.supersedes else ""
    who = listed([escape(line(name, 60)) for name in m.who[:10]])
    said = f" · said in {_link(m.link)}" if _LINK.fullmatch(m.link) else ""
    yield f"Decided by {who}{said}.{instead}"
    if m.beside:
        numbers = rules.listed({m.number, *m.beside[:10]})
        several = f"There are {_many(len(m.beside) + 1)} decisions about “{escape(line(quiet(m.about), 80))}” now"
        yield f"⚠️ {several}: {numbers}. Which one holds? `/align decide list`"


def _many(number: int) -> str:
    return "two" if number == 2 else str(number)


def _link(link: str) -> str:
    return f"<{link}|this message>"


def all_of(project: Project) -> Json:
    """Every decision for one person's eyes: those that hold first, the superseded ones struck through."""
    name, shown = escape(line(project.name, 100)), rules.newest_first(project)
    if not shown:
        say = NONE.format(name=name)
        return b.post([say], [b.section(b.mrkdwn(say))])
    title = f"*Decisions of {name}* · {_standing(project)}"
    entries = list(_fitting(project, [_entry(project, one) for one in shown]))
    rest = f"and {len(shown) - len(entries)} more, older ones." if len(shown) > len(entries) else ""
    blocks = [block for _, made in entries for block in made]
    below = [b.context(b.mrkdwn(rest))] if rest else []
    return b.post([title, *(text for text, _ in entries), rest], [b.section(b.mrkdwn(title)), *blocks, *below])


def _standing(project: Project) -> str:
    """How many hold, and which of them are about one thing: the mark beside them says it in no words."""
    number = len(rules.active(project))
    twins = [line(rules.listed({one.number for one in group}), 200) for group in rules.conflicts(project)[:3]]
    same = [f"⚠️ about the same thing: {one}" for one in twins]
    return " · ".join([f"{number} {'holds' if number == 1 else 'hold'}", *same])


Entry = tuple[str, list[Json]]


def _fitting(project: Project, entries: list[Entry]) -> Iterator[Entry]:
    room, blocks = _ROOM, _MOST_BLOCKS
    for text, made in entries:
        room, blocks = room - size(text) - _BUTTONS, blocks - len(made)
        if room < 0 or blocks < 0:
            return
        yield text, made


_BUTTONS = 120  # characters of the two buttons, with the question whether to withdraw


def _entry(project: Project, one: Decision) -> Entry:
    later = rules.superseded_by(project).get(one.number)
    if later is None:
        doubted = any(one in group for group in rules.conflicts(project))
        head = f"{'⚠️ ' if doubted else ''}*#{one.number}* {_said(one.what, 350)}"
        text = cut(f"{head}\n{_facts(one)}", _ENTRY)
        return text, [b.section(b.mrkdwn(text)), _buttons(project.id, one)]
    what = f"#{one.number} {line(quiet(one.what), 200)}"
    text = f"superseded by #{later}: {escape(what)}\n{_facts(one, 120)}"
    struck = b.rich(b.rich_line([*_struck(what), b.words(f" · superseded by #{later}")]))
    return cut(text, _ENTRY), [struck, b.context(b.mrkdwn(_facts(one, 120), _ENTRY))]


def _struck(text: str) -> list[Json]:
    elements = [element for element in spoken(text) if element["type"] == "text"]
    return [element | {"style": {"strike": True}} for element in elements]


def _facts(one: Decision, room: int = 200) -> str:
    who = ", ".join(mention(user) for user in one.who[:5])
    facts = (
        f"*Why* {_said(one.why, room)}",
        f"*Weighed* {_said(one.alternatives, room // 2)}" if one.alternatives.strip() else "",
        f"*Who* {who}",
        when(one.at),
        _link(one.link) if _LINK.fullmatch(one.link) else "",
        f"*About* {_said(one.about, 80)}",
    )
    return " · ".join(filter(None, facts))


def _said(text: str, room: int) -> str:
    return escape(line(quiet(text), room))


def _buttons(project: int, one: Decision) -> Json:
    supersede, withdraw = (
        Control(action, project, str(one.number)) for action in (controls.SUPERSEDE, controls.WITHDRAW)
    )
    ask = {
        "title": b.plain(f"Withdraw #{one.number}?", 100),
        "text": b.plain("It is shown no more, and the card's thread says so. What it superseded holds again.", 300),
        "confirm": b.plain("Withdraw", 30),
        "deny": b.plain("Keep it", 30),
    }
    return b.actions(supersede, b.button("Supersede", supersede), b.button("Withdraw", withdraw) | {"confirm": ask})


def elsewhere(project: Project) -> str:
    """Where a decision is told of once it is logged."""
    return f"The thread of the card of *{escape(line(project.name, 100))}* in {channel(project.channel)} tells of it."
