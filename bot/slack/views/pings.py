"""The one bundled message a person gets on a day, and the same list on demand."""

from collections.abc import Iterator, Sequence

from bot.domain.bank import Bank
from bot.domain.messages import Ping, PingItem
from bot.slack import controls
from bot.slack.controls import Control

from . import blocks as b
from .text import Json, channel, count, escape, line, mention, minutes, working_days

MOST = 5
_HOLD = "At most one such message a day. `/align questions` shows the list at any time, `/align pause` rests a product."


def ping(m: Ping, bank: Bank) -> Json:
    """At most five things, blocking ones first; what is settled meanwhile is struck through."""
    items = sorted(m.items, key=lambda item: not _blocking(item, bank))[:MOST]
    greeting = _greeting(items)
    more = f"{m.more} more after these, no hurry." if m.more else ""
    listed = [block for n, item in enumerate(items) for block in _item(item, n, m.day.isoformat())]
    footer = [b.context(b.mrkdwn(part)) for part in (more, _HOLD) if part]
    text = [greeting, *(_item_text(item) for item in items), more, _HOLD]
    return b.post(text, [b.section(b.mrkdwn(greeting)), *listed, *footer])


def questions(items: Sequence[PingItem]) -> Json:
    """A person's open questions, shown because they asked for them."""
    if not items:
        say = "✅ Nothing is waiting for you. Thank you!"
        return b.post([say], [b.section(b.mrkdwn(say))])
    shown = items[:15]
    title = f"*{count(len(items), 'question')}* for you, {minutes(sum(item.secs for item in items))} in all:"
    rest = f"and {len(items) - len(shown)} more after these." if len(items) > len(shown) else ""
    listed = [block for n, item in enumerate(shown) for block in _item(item, n, "")]
    footer = [b.context(b.mrkdwn(rest))] if rest else []
    return b.post([title, *map(_item_text, shown), rest], [b.section(b.mrkdwn(title)), *listed, *footer])


def _blocking(item: PingItem, bank: Bank) -> bool:
    question = bank.by_id.get(item.subject)
    return question is not None and question.blocking


def _greeting(items: Sequence[PingItem]) -> str:
    still = [item for item in items if not item.done]
    if not still:
        return "🙌 All done here, thank you!"
    time = minutes(sum(item.secs for item in still))
    return f"👋 *{count(len(still), 'question')}* where you may be the one who knows, {time} in all:"


def _item(item: PingItem, n: int, on: str) -> Iterator[Json]:
    control = Control(controls.ANSWER, item.project, item.subject, on)
    block_id = Control(controls.ANSWER, item.project, item.subject, str(n)).block_id
    button = None if item.done else b.button("Answer", control, "primary" if n == 0 and on else "")
    yield b.section(b.mrkdwn(_headline(item), 600), button, block_id)
    if not item.done:
        yield b.context(b.plain(f"{line(item.name, 100)}: {line(item.text, 700)}"))


def _headline(item: PingItem) -> str:
    title = escape(line(item.title, 100))
    if item.done:
        return f"~{title}~ done, thank you"
    asked = f"{mention(item.asked_by)} hopes that you know" if item.asked_by else ""
    waited = f"waiting {working_days(item.waited)}" if item.waited > 0 else ""
    reasons = "; ".join(filter(None, [minutes(item.secs), waited, asked]))
    place = f" · your answer appears in {_place(item.link)}" if item.link else ""
    return f"*{title}* · {reasons}{place}"


def _place(link: str) -> str:
    return f"<{escape(link)}|the channel>" if link.startswith("https://") else channel(link)


def _item_text(item: PingItem) -> str:
    said = "" if item.done else f"\n{escape(line(item.name, 60))}: {escape(line(item.text, 400))}"
    return f"• {_headline(item)}{said}"
