"""A finding with what it rests on, who acts, and what can be done about it."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from hashlib import sha256

from bot.domain.deciding import LIVED_WITH, LONGEST, Edit
from bot.domain.messages import FindingCard, FindingSolved
from bot.slack import controls
from bot.slack.controls import Control

from . import blocks as b
from .inputs import VALUE
from .modals import as_modal
from .text import Json, cut, day, escape, line, mention

SEVERITIES = {"critical": "🛑 Critical", "high": "🔶 High", "medium": "🔸 Medium", "low": "▫️ Low"}
_KEY = 1500  # characters of a finding's key on a button, whose value holds 2,000
_MOST_EDITS = 20
_FIT = "The answers fit now."


def card(m: FindingCard) -> Json:
    head, below = f"*{_state(m)}* · *{_title(m)}*\n{escape(line(m.text, 1200))}", "\n".join(_below(m))
    read = f"They said: {escape(line(m.read, 1500))}" if m.read else ""
    shown = [b.section(b.mrkdwn(head)), *([b.context(b.mrkdwn(read))] if read else []), b.section(b.mrkdwn(below))]
    buttons = [actions(m.project, m.key)] if m.status == "open" else []
    return b.post([head, read, below], [*shown, *buttons])


def in_short(m: FindingCard, n: int) -> tuple[str, list[Json]]:
    """The same as one of many: its text, and its blocks."""
    below = "\n".join(_below(m))
    said = cut(f"*{_state(m)}* · *{_title(m)}*\n{escape(line(m.text, 350))}\n{below}", 700)
    return said, [b.section(b.mrkdwn(said)), *([actions(m.project, m.key, n)] if m.status == "open" else [])]


def _state(m: FindingCard) -> str:
    severity = SEVERITIES.get(m.severity, SEVERITIES["medium"])
    if m.status == "resolved":
        return f"{_ended(m.reason)} (it was {severity.split()[1].lower()})"
    return f"🤝 {severity.split()[1]}, lived with" if m.status == "accepted" else severity


def _ended(unsettled: str) -> str:
    return "➖ No longer seen" if unsettled else "✅ Solved"


def _title(m: FindingCard) -> str:
    about = f" (“{escape(line(m.input, 80))}”)" if m.input else ""
    title = line(m.title, 150)
    return f"{escape(title[:1].upper() + title[1:])}{about}"


def _below(m: FindingCard) -> Iterator[str]:
    """What is next: an action while it is open, else how it ended."""
    if m.status == "resolved":
        yield escape(line(m.reason, 200)) or _FIT
    elif m.status == "accepted":
        until = f" until {day(m.until)}" if m.until else ""
        by = f" {mention(m.by)} said so:" if m.by else ""
        yield f"You live with it{until}, and it counts half.{by} “{escape(line(m.reason, 500))}”"
    else:
        together = f", with {escape(line(m.beside, 150))}" if m.beside else ""
        who = f" → {mention(m.person)}{together}" if m.person else ""
        yield f"*Next:* {escape(line(m.action, 300))}{who}"


def actions(project: int, key: str, n: int = 0) -> Json:
    """The three buttons; a message that shows several findings tells them apart by a number."""

    def about(action: str) -> Control:
        return Control(action, project, "", cut(key, _KEY, ""))

    return b.actions(
        Control(controls.DISCUSS, project, "finding", str(n)),
        b.button("Discuss", about(controls.DISCUSS)),
        b.button("I changed it", about(controls.CHANGED)),
        b.button("Live with it", about(controls.LIVE_WITH)),
    )


def solved(m: FindingSolved) -> Json:
    about = f" (“{escape(line(m.input, 80))}”)" if m.input else ""
    say = f"{_ended(m.unsettled)}: {escape(line(m.title, 150))}{about}. {escape(line(m.unsettled, 200)) or _FIT}"
    return b.post([say], [b.section(b.mrkdwn(say))])


def edits(project: int, of: Sequence[Edit]) -> Json:
    """The answers that a person may change, each with its own button; for their eyes only."""
    title = "Several of your answers are behind this. Which one changes?"
    shown = of[:_MOST_EDITS]
    rest = f"and {len(of) - len(shown)} more, in your thread." if len(of) > len(shown) else ""
    lines = [f"*{escape(edit.title)}*: {escape(line(edit.said, 150))}" for edit in shown]
    rows = [
        b.section(b.mrkdwn(say), b.button("Edit", _edit(project, edit)), _edit(project, edit, f"edit{n}").block_id)
        for n, (edit, say) in enumerate(zip(shown, lines, strict=True))
    ]
    footer = [b.context(b.mrkdwn(rest))] if rest else []
    return b.post([title, *lines, rest], [b.section(b.mrkdwn(title)), *rows, *footer])


def _edit(project: int, edit: Edit, extra: str = "") -> Control:
    row = "" if edit.row is None else str(edit.row)
    return Control(controls.EDIT, project, edit.question, extra or row)


def live_with_modal(project: int, key: str, title: str, input: str | None, today: date) -> Json:
    """Why, and until when; then it is asked about again."""
    about = f" (“{line(input, 80)}”)" if input else ""
    until = (today + LIVED_WITH).isoformat()
    reason = {"type": "plain_text_input", "action_id": VALUE, "multiline": True, "max_length": 500}
    shown = [
        b.section(b.plain(f"{line(title, 150)}{about}. It stays visible, counts half, and nobody is reminded of it.")),
        _entry("reason", "Why is it all right for now?", reason),
        _entry("until", "Until when?", {"type": "datepicker", "action_id": VALUE, "initial_date": until}),
        b.context(b.plain(f"At most {LONGEST // timedelta(days=1)} days; then it is open again.")),
    ]
    meta = controls.metadata(project=project, finding=cut(key, _KEY, ""))
    return as_modal(controls.LIVE_WITH_VIEW, "Live with it", shown, meta, submit="Live with it")


def source_modal(project: int, inputs: Sequence[str]) -> Json:
    """Which input is read from somewhere else now."""
    options = [b.option(named(name), line(name, 140)) for name in inputs[:100]]
    say = "A system was replaced, or a schema or contract changed: its row and what builds on it are asked about again."
    meta = controls.metadata(project=project)
    picker = b.one_of(VALUE, options, most=0)
    shown = [b.section(b.plain(say)), _entry("input", "Which input?", picker)]
    return as_modal(controls.SOURCE_VIEW, "Source changed", shown, meta, submit="It changed")


def named(input: str) -> str:
    """An input as the value of an option, whose length is limited."""
    return sha256(input.encode("utf-8", "replace")).hexdigest()[:32]


def _entry(id: str, label: str, element: Json) -> Json:
    return {"type": "input", "block_id": id, "label": b.plain(label, 2000), "element": element, "optional": False}
