"""A hard input with the simpler one beside it, the form that keeps the original, and what is traded for earlier."""

from collections.abc import Iterator

from bot.domain.durations import plain_number
from bot.domain.messages import SimplerCard, TradeOff
from bot.slack import controls
from bot.slack.controls import Control

from . import blocks as b
from .inputs import VALUE
from .modals import as_modal, input_block
from .text import THE, Json, day, escape, line, listed, mention

_NAME = 100
_BLOCKED = "blocked"  # how hard: nothing can be had of it as it is
_LIMIT = 700  # characters of what people gave as a reason, and of why an input is hard


def card(m: SimplerCard) -> Json:
    lines = list(_lines(m))
    shown = [b.section(b.mrkdwn(lines[0])), *([b.section(b.mrkdwn("\n".join(lines[1:])))] if lines[1:] else [])]
    return b.post(lines, [*shown, *_buttons(m)])


def _lines(m: SimplerCard) -> Iterator[str]:
    match m.stand:
        case "taken":
            yield from _taken(m)
        case "kept":
            yield from _kept(m)
        case "gone":
            yield f"➖ *Nothing simpler is needed for {_name(m.input)}.* {escape(line(m.reason, 200))}"
        case _:
            yield from _offered(m)


def _offered(m: SimplerCard) -> Iterator[str]:
    people = ", ".join(mention(person) for person in m.people[:4])
    idea = "a simpler input for the first version?" if m.simpler else "the first version without this input?"
    yield f"💡 {people}: *{idea}*" if people else f"💡 *{idea[:1].upper()}{idea[1:]}*"
    if m.told:
        yield f"{_name(m.input)} is {escape(m.difficulty)}; the 🛑 message in this thread says why."
    else:
        hard = "blocked" if m.difficulty == _BLOCKED else f"{escape(m.difficulty)} to have in production"
        yield f"{_name(m.input)} is {hard}: {escape(line(m.because, _LIMIT))}."
    instead = f"{_name(m.simpler)}. " if m.simpler else ""
    sooner = f" That is {escape(line(m.sooner, 100))}." if m.sooner else ""
    yield f"*Simpler:* {instead}{escape(line(m.text, 300))}{sooner}"


def _taken(m: SimplerCard) -> Iterator[str]:
    by = f" {mention(m.by)} chose so." if m.by else ""
    if m.simpler:
        yield f"✓ *First version uses {_name(m.simpler)}*; {_name(m.input)} waits for V2.{by} `/align later` lists it."
    else:
        yield f"✓ *First version goes without {_name(m.input)}*; it waits for V2.{by} `/align later` lists it."
    if m.next:
        yield f"*Next:* {escape(line(m.next, 200))}"


def _kept(m: SimplerCard) -> Iterator[str]:
    yield f"🤝 *{_name(m.input)} stays in the first version.*"
    by = f"{mention(m.by)}: " if m.by else ""
    yield f"{by}“{escape(line(m.reason, _LIMIT))}” · gain: {escape(line(m.gain, 300))}"
    if m.agreed:
        yield f"✓ {listed([mention(person) for person in m.agreed[:10]])} agreed."
    if m.waiting:
        agree = "agrees" if len(m.waiting) == 1 else "agree"
        yield f"Once {listed([THE[role] for role in m.waiting])} {agree}, it counts half."
    if m.until:
        yield f"You live with it until {day(m.until)}, and it counts half."


def _buttons(m: SimplerCard) -> list[Json]:
    def control(action: str) -> Control:
        return Control(action, m.project, m.stand, m.key)

    use = b.button("Use the simpler one" if m.simpler else "Leave it out for now", control(controls.USE_SIMPLER))
    match m.stand:
        case "offered":
            keep = b.button("Keep the original", control(controls.KEEP_ORIGINAL))
            return [b.actions(control("simpler"), use, keep)]
        case "kept":
            agree = [b.button("Agree", control(controls.AGREE))] if m.waiting else []
            return [b.actions(control("simpler"), *agree, use)]
    return []


def _name(input: str) -> str:
    return f"“{escape(line(input, _NAME))}”"


def keep_modal(project: int, key: str, input: str) -> Json:
    """Why the original stays, and what it brings."""
    reason: Json = {"type": "plain_text_input", "action_id": VALUE, "multiline": True, "max_length": 500}
    hint = b.plain("e.g. finds 3 % more late orders", 150)
    gain: Json = {"type": "plain_text_input", "action_id": VALUE, "max_length": 200, "placeholder": hint}
    agree = "Once the PM and the product engineer agree, it counts half."
    say = f"“{line(input, _NAME)}” stays in the first version. {agree}"
    shown = [
        b.section(b.plain(say)),
        input_block("reason", "Why does it stay? One sentence is enough.", reason, optional=False),
        input_block("gain", "What does it bring? Give a figure.", gain, optional=False),
    ]
    meta = controls.metadata(project=project, offer=key)
    return as_modal(controls.KEEP_ORIGINAL_VIEW, "Keep the original", shown, meta, submit="Keep it")


def trade_off(m: TradeOff) -> Json:
    people = ", ".join(mention(person) for person in m.people[:4])
    weeks = plain_number(m.extra_weeks)
    extra = f"{weeks} extra {'week' if weeks == '1' else 'weeks'}"
    said = [
        f"⚖️ {people + ': ' if people else ''}*earlier or better?*",
        f"PM: “{escape(line(m.wish, 200))}” · ML, of the larger model: “{escape(line(m.gain, 500))}”, for {extra}",
        "Which one wins for the first version? Ten minutes will do; `/align decide` keeps what you decide.",
    ]
    return b.post(said, [b.section(b.mrkdwn("\n".join(said)))])
