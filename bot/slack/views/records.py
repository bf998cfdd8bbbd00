"""What was asked and said, as in a document: the shape a question takes once it is settled."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.answers import State
from bot.domain.bank import Bank, Question, Type
from bot.domain.coverage import SURVEY
from bot.domain.messages import Record, Told
from bot.slack import controls
from bot.slack.controls import Control

from . import blocks as b
from . import helping, ratings
from .text import Json, day, escape, flat, line, mention, quote, spoken
from .values import in_words

MOST = 8  # questions in one message; six is a good number, more than this is too much for Slack
_MOST_ROWS = 6  # rows with a button of their own
_RATING = 400  # characters
_ROOM = 10_000  # characters over all blocks: Slack refuses messages from about 11,000
_TEXT_ROOM = 3_600
HIDDEN = "Answered, shown when both sides are in."
_VAGUE = "Room for one more concrete detail, or somebody of another role finds it clear."
_GUESS = "It counts once the role that was asked says that it is right."


@dataclass(frozen=True, slots=True)
class _Entry:
    """One question of a record, how many characters it may take, and whether it has the message to itself."""

    project: int
    question: Question
    told: Told
    room: int
    alone: bool

    def control(self, action: str, extra: str = "") -> Control:
        return Control(action, self.project, self.told.question, extra)


def record(m: Record, bank: Bank) -> Json:
    room = _ROOM // max(min(len(m.told), MOST), 1)
    entries = [_Entry(m.project, bank[told.question], told, room, len(m.told) == 1) for told in m.told[:MOST]]
    texts = [part for entry in entries for part in _text(entry, _TEXT_ROOM // len(entries))]
    rest = f"and {len(m.told) - MOST} more; `/align status` shows where they stand." if len(m.told) > MOST else ""
    shown = [block for entry in entries for block in _blocks(entry)]
    return b.post([*texts, rest], [*shown[:49], *([b.context(b.mrkdwn(rest))] if rest else [])])


def _blocks(entry: _Entry) -> Iterator[Json]:
    told, title = entry.told, escape(entry.question.title)
    yield b.section(b.mrkdwn(f"*{title}*", 200), _button(entry), entry.control(controls.EDIT).block_id)
    yield b.context(b.plain(line(told.text, min(600, entry.room // 5))))
    yield from _said(entry)
    if below := _below(told):
        yield b.context(b.mrkdwn(below, 1000))
    if told.state is State.UNKNOWN and not told.helper:
        yield helping.who_may_know(entry.project, told.question, told.suggested)
    if told.helper and told.state in (State.UNKNOWN, State.UNANSWERED):
        yield helping.asked(entry.project, told.question, helping.Slot(told.slot, told.slot_over, told.agreed))
    if row := list(_standing_by(entry)):
        yield b.actions(entry.control(controls.CLEAR), *row)
    if told.question == SURVEY and _row_by_row(entry) and not told.hidden:
        source = entry.control(controls.SOURCE_CHANGED)
        yield b.actions(source, b.button("Source changed", source))


def _standing_by(entry: _Entry) -> Iterator[Json]:
    """What others may say of an answer that does not count in full yet."""
    if entry.told.guess:
        yield b.button("That's right", entry.control(controls.CONFIRM), "primary")
    if entry.told.vague and not entry.told.hidden:
        yield b.button("Clear to me", entry.control(controls.CLEAR))


def _button(entry: _Entry) -> Json | None:
    if entry.told.state in (State.SKIPPED, State.UNANSWERED):
        return b.button("Answer", entry.control(controls.ANSWER))
    if _row_by_row(entry):
        return b.button("Add another", entry.control(controls.ADD_ROW))
    return b.button("Edit", entry.control(controls.EDIT))


def _row_by_row(entry: _Entry) -> bool:
    return entry.question.type is Type.ROWS and isinstance(entry.told.value, list) and bool(entry.told.value)


def _said(entry: _Entry) -> Iterator[Json]:
    told, room = entry.told, entry.room
    if sentence := _instead(told):
        yield b.section(b.mrkdwn(sentence, 600))
    elif _row_by_row(entry) and entry.alone:
        yield from _rows(entry)
    elif told.value is not None:
        yield b.rich(quote(in_words(entry.question, told.value, room * 7 // 10)))
        if rated := ratings.of_rows(told.value, told.ratings, room // 5):
            yield b.rich(quote(rated))
    if told.note and not told.hidden:
        yield b.rich(b.rich_line([b.words("In words: “"), *spoken(in_one_line(told.note, room // 10)), b.words("”")]))


def in_one_line(note: str, limit: int) -> str:
    """Words of several messages, told apart."""
    return line(" / ".join(filter(str.strip, note.splitlines())), limit)


def _rows(entry: _Entry) -> Iterator[Json]:
    """Each row with its own Edit."""
    rows, first = entry.told.value or [], entry.question.fields[0].name
    room = entry.room * 7 // 10 // min(len(rows), _MOST_ROWS + 1) - (_RATING if entry.told.ratings else 0)
    for i, row in enumerate(rows[:_MOST_ROWS]):
        edit = b.button("Edit", entry.control(controls.EDIT, str(i)))
        name = b.plain(line(str(row.get(first, "")), 100))
        yield b.section(name, edit, entry.control(controls.EDIT, f"row{i}").block_id)
        if facts := {key: part for key, part in row.items() if key != first}:
            yield b.rich(quote(in_words(entry.question, [facts], room - 100)))
        if rated := ratings.below(str(row.get(first, "")), entry.told.ratings):
            yield b.context(b.plain(rated, _RATING))
    if others := rows[_MOST_ROWS:]:
        yield b.rich(quote(in_words(entry.question, others, room)))
        if rated := ratings.of_rows(others, entry.told.ratings, room):
            yield b.rich(quote(rated))


def _instead(told: Told) -> str:
    """The sentence in place of an answer, where there is none to show."""
    if told.hidden:
        return f"🔒 {HIDDEN}"
    match told.state:
        case State.SKIPPED:
            return "Skipped for now; it comes back at the end."
        case State.UNANSWERED if told.helper:
            return _handed(told)
        case State.UNANSWERED:
            return "No answer right now. Press Answer whenever you like."
        case State.NOT_APPLICABLE:
            return "Not applicable here."
        case State.UNKNOWN if told.helper:
            return _handed(told)
        case State.UNKNOWN:
            return _nobody_knows_yet(told)
        case State.ANSWERED:
            return ""


def _handed(told: Told) -> str:
    stays = f"; {mention(told.by)} stays in the loop" if told.by else ""
    slot = helping.Slot(told.slot, told.slot_over, told.agreed)
    asked = f"{mention(told.helper or '')} is asked{stays}."
    return " ".join(filter(None, [asked, helping.in_words(slot, (told.by, told.helper or ""))]))


def _nobody_knows_yet(told: Told) -> str:
    who = f"{mention(told.by)} doesn't know yet, and that helps too." if told.by else "Not known yet."
    return f"{who} {mention(told.suggested)} may know." if told.suggested else f"{who} Who may?"


def _below(told: Told) -> str:
    """Who said it, and what lessens it."""
    by = mention(told.by) if told.by and (told.hidden or told.state in (State.ANSWERED, State.NOT_APPLICABLE)) else ""
    by = f"{by}, asked by {mention(told.asked_by)}" if by and told.asked_by else by
    vague = _VAGUE if told.vague and not told.hidden else ""
    confirmed = f"confirmed {day(told.confirmed)}" if told.confirmed and not told.hidden else ""
    guess = _GUESS if told.guess else ""
    return " · ".join(filter(None, [by, "edited" if told.edited else "", confirmed, guess, vague]))


def _rated(told: Told, room: int) -> str:
    return "".join(f"\n> {flat(rating)}" for rating in ratings.of_rows(told.value, told.ratings, room).splitlines())


def _text(entry: _Entry, room: int) -> Iterator[str]:
    told = entry.told
    answer = _instead(told) or flat(in_words(entry.question, told.value, room // 2)).replace("\n", "\n> ")
    rated = "" if _instead(told) else _rated(told, room // 4)
    note = f" In words: “{flat(in_one_line(told.note, room // 8))}”" if told.note and not told.hidden else ""
    below = f" ({_below(told)})" if _below(told) else ""
    asked = escape(line(told.text, min(600, room // 4)))
    yield f"{escape(entry.question.title)}: {asked}\n> {answer}{note}{below}{rated}"
