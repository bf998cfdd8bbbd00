"""One question as it is asked: what, why, what is kept so far, and the controls that answer it."""

from collections.abc import Iterator

from bot.domain.answers import Value
from bot.domain.bank import Bank, Question, Type
from bot.domain.checking import may_be_empty
from bot.domain.messages import Ask
from bot.slack import controls
from bot.slack.controls import Control

from . import blocks as b
from . import ratings
from .findings import named
from .records import in_one_line
from .text import Json, escape, flat, line, listed, mention, quote, size, spoken
from .values import half_given, in_words, still_missing

_TEXTS = (Type.SHORT_TEXT, Type.LONG_TEXT, Type.TEXT_WITH_NUMBER)
_NUMBERS = {2: "Two", 3: "Three"}
_MOST_SURVEYED = 20
_BY_WORD = "Reply in this thread, or press Answer."


def ask(m: Ask, bank: Bank) -> Json:
    question = bank[m.question]
    shown = [b.context(b.plain(_place(m))), b.rich(_asked(m)), b.context(b.plain(f"Why we ask: {question.why}", 600))]
    hints = [b.context(b.plain(hint)) for hint in _hints(question, bank)]
    return b.post(_text(m, question, bank), [*shown, *_kept(m, question), *hints, *_controls(m, question)])


def _place(m: Ask) -> str:
    left = f"about {m.minutes_left} min left" if m.minutes_left else "nearly there"
    again = " · asked once more" if m.again else ""
    return f"Question {m.number} of {m.total} · {left}{again}"


def _asked(m: Ask) -> Json:
    called = [b.user(m.person), b.words(" ")] if m.mention and m.person else []
    return b.rich_line([*called, *spoken(line(m.text, 2000), bold=True)])


def _hints(question: Question, bank: Bank) -> Iterator[str]:
    group = next((g for g in bank.blind if question.id in g), None)
    if group:
        number = _NUMBERS.get(len(group), "Several")
        side = "the other's answer" if len(group) == 2 else "another's answer"
        way = "pick below" if question.type is Type.CHOICE else "use the button"
        yield f"{number} of you are asked this; {way}, so that nobody sees {side} first."
    elif question.type in _TEXTS:
        yield _BY_WORD


def _kept(m: Ask, question: Question) -> Iterator[Json]:
    """What a half-given answer holds, and what it still needs."""
    if m.note:
        yield b.rich(b.rich_line([b.words("Kept: “"), *spoken(in_one_line(m.note, 1500)), b.words("”")]))
    if m.so_far:
        yield b.context(b.plain(_so_far_title(m, question)))
        yield b.rich(quote(in_words(question, m.so_far, 3000)))
        if rated := ratings.of_rows(m.so_far, m.ratings, 2000):
            yield b.rich(quote(rated))
    if lacks := _lacks(m, question):
        yield b.context(b.plain(lacks, 1000))


def _lacks(m: Ask, question: Question) -> str:
    lacks = still_missing(question, m.so_far)
    start = "The lines above still need" if question.type is Type.ROWS else "Still missing"
    return f"{start}: {listed(lacks)}." if lacks else ""


def _so_far_title(m: Ask, question: Question) -> str:
    if question.type is not Type.ROWS or not isinstance(m.so_far, list):
        return "Kept so far:"
    return f"Kept so far, {len(m.so_far)} (up to {question.max_rows} for now):"


def _controls(m: Ask, question: Question) -> Iterator[Json]:
    if question.type is Type.CHOICE:
        options = [b.option(o.id, o.label) for o in question.options]
        yield b.actions(_control(m, controls.PICK), b.one_of(controls.PICK, options))
    first = list(_rows_buttons(m, question)) if question.type is Type.ROWS else list(_answer(m, question))
    unknown = b.button("I don't know", _control(m, controls.UNKNOWN))
    yield b.actions(_control(m, controls.MORE), *first, unknown, b.overflow(controls.MORE, _more(question)))


def _answer(m: Ask, question: Question) -> Iterator[Json]:
    if question.type is not Type.CHOICE:
        yield b.button("Answer", _control(m, controls.ANSWER), "primary")


def _rows_buttons(m: Ask, question: Question) -> Iterator[Json]:
    """A list grows row by row; a row that was only named is filled in first."""
    rows = m.so_far if isinstance(m.so_far, list) else []
    half = half_given(question, rows)
    if half is not None:
        yield b.button("Answer", _control(m, controls.ANSWER, str(half)), "primary")
    elif m.subject:
        extra = m.subject if size(m.subject) <= 1500 else ""
        yield b.button(f"Survey: {line(m.subject, 60)}", _control(m, controls.ADD_ROW, extra), "primary")
        if surveyed := _surveyed(question, rows):
            yield b.one_of(controls.SAME_SOURCE, surveyed, most=0) | {"placeholder": b.plain("Same source as …", 150)}
    elif not rows:
        yield b.button("Answer", _control(m, controls.ANSWER), "primary")
    if rows and not m.subject and len(rows) < question.max_rows:
        yield b.button("Add another", _control(m, controls.ADD_ROW), "" if half is not None else "primary")
    if rows:
        yield b.button("That's all", _control(m, controls.ROWS_DONE))
    elif may_be_empty(question):
        yield b.button("None yet", _control(m, controls.ROWS_NONE))


def _surveyed(question: Question, rows: list[Value]) -> list[Json]:
    """The inputs surveyed before, the newest first: one of the same source is quicker to describe."""
    names = [str(row.get(question.fields[0].name) or "") for row in rows]
    newest = list(dict.fromkeys(filter(str.strip, reversed(names))))[:_MOST_SURVEYED]
    return [b.option(named(name), line(name, 75)) for name in newest]


def _more(question: Question) -> list[Json]:
    offered = {
        controls.SKIP: (not question.blocking, "Skip for now"),
        controls.NA: (question.na, "Not applicable"),
        controls.NOT_MEASURED: (question.not_measured, "Not measured yet"),
        controls.HAND_OVER: (True, "Hand over"),
    }
    return [b.option(id, label) for id, (fits, label) in offered.items() if fits]


def _control(m: Ask, action: str, extra: str = "") -> Control:
    return Control(action, m.project, m.question, extra)


def _text(m: Ask, question: Question, bank: Bank) -> Iterator[str]:
    yield escape(_place(m))
    called = f"{mention(m.person)} " if m.mention and m.person else ""
    yield called + escape(line(m.text, 1500))
    yield escape(f"Why we ask: {question.why}")
    if question.type is Type.CHOICE:
        yield "\n".join(f"{n}. {escape(o.label)}" for n, o in enumerate(question.options, 1))
    if m.note:
        yield f"Kept: “{flat(in_one_line(m.note, 600))}”"
    if m.so_far:
        yield f"{_so_far_title(m, question)} {flat(line(in_words(question, m.so_far, 1000), 800))}"
        yield flat(ratings.of_rows(m.so_far, m.ratings, 800))
    yield escape(_lacks(m, question))
    yield from map(escape, _hints(question, bank))
