"""The one bundled message a person gets on a day, and the same list on demand."""

from collections.abc import Iterator, Sequence

from bot.domain.bank import Bank
from bot.domain.messages import Matter, Ping, PingItem
from bot.slack import controls
from bot.slack.controls import Control

from . import blocks as b
from . import findings, helping, pulse
from .text import Json, channel, count, escape, flat, line, mention, minutes, when, working_days

MOST = 5
_MOST_ASKED_FOR, _MOST_BLOCKS = 15, 48
_LONGEST, _ROOM = 700, 6000  # characters of one text, and of all of them together
_HOLD = "At most one such message a day. `/align questions` shows the list at any time, `/align pause` rests a product."
_STANDING = {
    Matter.RECHECK: ("Still true", controls.STILL_TRUE),
    Matter.CONFIRM: ("That's right", controls.CONFIRM),
}
_FINDINGS = {Matter.CRITICAL: "critical", Matter.HIGH: "high"}


def ping(m: Ping, bank: Bank) -> Json:
    """At most five things, blocking ones first; what is settled meanwhile is struck through."""
    items = sorted(m.items, key=lambda item: not _holds_up(item, bank))[:MOST]
    greeting = _greeting(items)
    more = f"{m.more} more after these, no hurry." if m.more else ""
    listed = [block for n, item in enumerate(items) for block in _item(item, n, _LONGEST, m.day.isoformat())]
    footer = [b.context(b.mrkdwn(part)) for part in (more, _HOLD) if part]
    text = [greeting, *(_item_text(item) for item in items), more, _HOLD]
    return b.post(text, [b.section(b.mrkdwn(greeting)), *listed, *footer])


def questions(items: Sequence[PingItem]) -> Json:
    """What waits for a person, shown because they asked for it."""
    if not items:
        say = "✅ Nothing is waiting for you. Thank you!"
        return b.post([say], [b.section(b.mrkdwn(say))])
    listed, shown = _as_many_as_fit(items)
    title = f"*{_counted(items)}* for you, {minutes(sum(item.secs for item in items))} in all:"
    rest = f"and {len(items) - len(shown)} more after these." if len(items) > len(shown) else ""
    footer = [b.context(b.mrkdwn(rest))] if rest else []
    return b.post([title, *map(_item_text, shown), rest], [b.section(b.mrkdwn(title)), *listed, *footer])


def _as_many_as_fit(items: Sequence[PingItem]) -> tuple[list[Json], Sequence[PingItem]]:
    """The blocks of the first items, and these items."""
    listed: list[Json] = []
    room = min(_LONGEST, _ROOM // min(len(items), _MOST_ASKED_FOR))
    for n, item in enumerate(items[:_MOST_ASKED_FOR]):
        made = list(_item(item, n, room, ""))
        if len(listed) + len(made) > _MOST_BLOCKS:
            return listed, items[:n]
        listed += made
    return listed, items[:_MOST_ASKED_FOR]


def _holds_up(item: PingItem, bank: Bank) -> bool:
    question = bank.by_id.get(item.subject)
    return item.matter is Matter.CRITICAL or (question is not None and question.blocking)


def _greeting(items: Sequence[PingItem]) -> str:
    still = [item for item in items if not item.done]
    if not items:
        return "Nothing of this waits for you any more."
    if not still:
        return "🙌 All done here, thank you!"
    where = "where you may be the one who knows" if all(map(_asks, still)) else "for you"
    return f"👋 *{_counted(still)}* {where}, {minutes(sum(item.secs for item in still))} in all:"


def _counted(items: Sequence[PingItem]) -> str:
    return count(len(items), "question" if all(map(_asks, items)) else "thing")


def _asks(item: PingItem) -> bool:
    return item.matter in (Matter.QUESTION, Matter.HELP)


def _item(item: PingItem, n: int, room: int, on: str) -> Iterator[Json]:
    if item.matter is Matter.PULSE and not item.done:
        yield from pulse.to_mark(item)
        return
    answer = Control(controls.ANSWER, item.project, item.subject, on)
    button = b.button("Answer", answer, "primary" if n == 0 and on else "") if _asks(item) and not item.done else None
    yield b.section(b.mrkdwn(_headline(item), 600), button, Control("item", item.project, "", str(n)).block_id)
    if not item.done:
        yield b.context(b.mrkdwn(_answer(item)) if item.matter in _STANDING else b.plain(_said(item, room)))
        yield from _controls(item, n)


def _controls(item: PingItem, n: int) -> Iterator[Json]:
    """What settles it, where that is not an answer."""
    if item.matter in _FINDINGS:
        yield findings.actions(item.project, item.subject, n)
    if item.matter is Matter.HELP:
        suits_me = any(user != item.asked_by for user in item.agreed)
        yield helping.asked_of_me(item.project, item.subject, _slot(item), n, said=suits_me)
    if item.matter in _STANDING:
        label, agree = _STANDING[item.matter]
        stands, change = (Control(action, item.project, item.subject) for action in (agree, controls.CHANGE))
        row = Control("recheck", item.project, "", str(n))
        agrees = [] if item.gone else [b.button(label, stands)]
        yield b.actions(row, *agrees, b.button("Change it", change))


def _slot(item: PingItem) -> helping.Slot:
    return helping.Slot(item.slot, item.slot_over, item.agreed)


def _said(item: PingItem, room: int) -> str:
    """Whose it is, and the words: a question, an answer to look at again, or what does not fit with what to do."""
    text = line(item.text, room)
    if item.matter in _FINDINGS:
        text = f"{line(item.text, room // 2)} Next: {line(item.reason, room // 2)}"
    why = f" Why it is asked: {line(item.why, room // 3)}" if item.why else ""
    known = f" Known so far: {line(item.known, room // 3)}" if item.known else ""
    return f"{line(item.name, 100)}: {text}{why}{known}"


def _answer(item: PingItem) -> str:
    """What is to be looked at again; a person in it stays one."""
    return f"{escape(line(item.name, 100))}: {flat(line(item.text, 200))}"


def _headline(item: PingItem) -> str:
    title = escape(line(item.title, 100))
    if item.done:
        return f"~{title}~ done, thank you"
    waited = f"waiting {working_days(item.waited)}" if item.waited > 0 else ""
    if item.matter in _FINDINGS:
        severity = findings.SEVERITIES[_FINDINGS[item.matter]]
        return " · ".join(filter(None, [f"{severity}: *{title}*", waited]))
    if item.matter is Matter.RECHECK:
        because = f"{escape(line(item.reason, 200))}; " if item.reason else ""
        asks = "who follows?" if item.gone else "still true?"
        return f"*{title}* · {asks} {because}{minutes(item.secs)}"
    if item.matter is Matter.CONFIRM:
        return f"*{title}* · {mention(item.asked_by or '')} answered it; is that right? {minutes(item.secs)}"
    asked = f"{mention(item.asked_by)} hopes that you know" if item.asked_by else ""
    reasons = "; ".join(filter(None, [minutes(item.secs), waited, asked]))
    place = f" · your answer appears in {_place(item.link)}" if item.link else ""
    slot = _slot_of(item)
    return f"*{title}* · {reasons}{place}" + (f"\n{slot}" if slot else "")


def _slot_of(item: PingItem) -> str:
    """When the two could talk, for the one who is asked."""
    if item.slot is None:
        return ""
    asker, time = mention(item.asked_by or ""), when(item.slot)
    if item.slot_over:
        return f"15 minutes with {asker}: was {time}."
    suits_asker, suits_me = item.asked_by in item.agreed, any(user != item.asked_by for user in item.agreed)
    agreed = {(True, True): " · ✓ both", (True, False): f" · ✓ {asker}", (False, True): " · ✓ you"}
    return f"15 minutes with {asker}: {time}{agreed.get((suits_asker, suits_me), '')}."


def _place(link: str) -> str:
    return f"<{escape(link)}|the channel>" if link.startswith("https://") else channel(link)


def _item_text(item: PingItem) -> str:
    if item.matter is Matter.PULSE and not item.done:
        return pulse.to_mark_text(item)
    words = _answer(item) if item.matter in _STANDING else escape(_said(item, 400))
    said = "" if item.done else f"\n{words}"
    return f"• {_headline(item)}{said}"
