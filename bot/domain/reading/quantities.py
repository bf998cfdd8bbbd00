"""Lengths of time and rates: "p95 under 150 ms", "half an hour", "5-10 min" (the larger), "50 rps"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bot.domain.durations import UNITS
from bot.domain.encoding import Slot, example

from .numbers import Amount, amounts, as_json, joined_by_range
from .results import Found, Unclear
from .words import key, only_loose, straight

SPELLED = {
    "µs us usec microsecond microseconds": ("ms", Decimal("0.001")),
    "ms msec msecs milli millis millisecond milliseconds": ("ms", Decimal(1)),
    "s sec secs second seconds": ("s", Decimal(1)),
    "m min mins minute minutes": ("min", Decimal(1)),
    "h hr hrs hour hours": ("h", Decimal(1)),
    "d day days": ("d", Decimal(1)),
    "w wk wks week weeks": ("w", Decimal(1)),
    "fortnight fortnights": ("w", Decimal(2)),
    "month months": ("d", Decimal(30)),
    "quarter quarters": ("d", Decimal(91)),
    "year years yr yrs": ("d", Decimal(365)),
}
TIMES = {key(word): meaning for words, meaning in SPELLED.items() for word in words.split()}
UNIT = re.compile(
    rf"\s?-?({'|'.join(sorted(TIMES, key=len, reverse=True))})(?![^\W\d_])(?P<half>\s+and\s+a\s+half\b)?", re.IGNORECASE
)
RHYTHMS = {"hourly": (1, "h"), "daily": (1, "d"), "nightly": (1, "d"), "overnight": (1, "d"), "weekly": (1, "w")}
CLOCK = re.compile(r"\b(\d{1,3})h(\d{2})\b(?!\w)")
PER = re.compile(
    r"\s?(?:(?:[^\W\d_]{1,20}\s){0,3}?(?:per|an?|each|every)\s|(?:[^\W\d_]{1,20}\s?){0,2}?/\s?)"
    r"(?P<unit>seconds?|secs?|s|minutes?|mins?|m)\b"
    r"|\s?(?P<short>rps|qps|tps|rpm|qpm)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    start: int
    end: int
    value: Decimal
    unit: str
    article: bool = False
    exact: bool = True

    @property
    def seconds(self) -> Decimal:
        return self.value * UNITS.get(self.unit, Decimal(1 if self.unit == "per_second" else 60) ** -1)


def find_quantity(slot: Slot, text: str) -> Found | Unclear:
    """The one quantity in a text, in the author's unit where the question knows it."""
    rate = "per_second" in slot.units or "per_minute" in slot.units
    text = CLOCK.sub(r"\1h \2min", text)
    if not rate and straight(text) in RHYTHMS:
        value, unit = RHYTHMS[straight(text)]
        return _in_units(slot, Piece(0, len(text), Decimal(value), unit), text)
    pieces = _as_ranges(text, list(_rates(text) if rate else _durations(text)))
    pieces = [p for p in pieces if not p.article or only_loose(text[: p.start] + " " + text[p.end :])]
    return _single(slot, text, pieces)


def _single(slot: Slot, text: str, pieces: list[Piece]) -> Found | Unclear:
    what = "a rate" if example(slot) != "250 ms" else "a length of time"
    if not pieces:
        return Unclear(_no_quantity(slot, text, what))
    if len({p.seconds for p in pieces}) > 1:
        return Unclear(f"I see more than one number there. Which one is it? Just *{example(slot)}* works.")
    if pieces[0].value <= 0:
        return Unclear(f"It must be more than zero. Something like *{example(slot)}* works.")
    return _in_units(slot, pieces[0], text)


def _no_quantity(slot: Slot, text: str, what: str) -> str:
    numbers = [a for a in amounts(text) if not a.article]
    if len(numbers) == 1 and only_loose(text[: numbers[0].start] + " " + text[numbers[0].end :]):
        number = text[numbers[0].start : numbers[0].end].strip()
        units = [u.replace("_", " ") for u in slot.units]
        return (
            f"{number} of what: {', '.join(units[:-1])} or {units[-1]}? Send it with its unit, like *{example(slot)}*."
        )
    works = "*50 per second* or *3000 per minute*" if what == "a rate" else "*250 ms*, *2 h* or *1 d*"
    return f"I kept your words, but I can't find {what} in them. Something like {works} works."


def _durations(text: str) -> Iterator[Piece]:
    """Each duration of a text; "1 h 30 min" is one."""
    held: Piece | None = None
    for amount in amounts(text):
        piece = _duration(text, amount)
        if piece is None:
            continue
        if held and _continues(text, held, piece):
            total = (held.seconds + piece.seconds) / UNITS[piece.unit]
            held = Piece(held.start, piece.end, total, piece.unit)
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


def _duration(text: str, amount: Amount) -> Piece | None:
    match = UNIT.match(text, amount.end)
    if match is None:
        return None
    unit, times = TIMES[key(match[1])]
    value = amount.value + (Decimal("0.5") if match["half"] else 0)
    return Piece(amount.start, match.end(), value * times, unit, amount.article, exact=times < 30)


def _continues(text: str, first: Piece, second: Piece) -> bool:
    gap = text[first.end : second.start].strip(" ,")
    return gap in ("", "and") and UNITS[second.unit] < UNITS[first.unit] and second.seconds < UNITS[first.unit]


def _rates(text: str) -> Iterator[Piece]:
    for amount in amounts(text):
        match = PER.match(text, amount.end)
        if match and not amount.article:
            minute = key(match["unit"] or match["short"])[-1] == "m" or key(match["unit"] or "").startswith("m")
            yield Piece(amount.start, match.end(), amount.value, "per_minute" if minute else "per_second")


def _as_ranges(text: str, pieces: list[Piece]) -> list[Piece]:
    """Of a range the larger end counts: it is the slow, the old, the busy one, and so the one to plan for."""
    kept: list[Piece] = []
    for piece in pieces:
        if kept and joined_by_range(text, kept[-1].end, piece.start):
            larger = max(kept[-1], piece, key=lambda p: p.seconds)
            kept[-1] = Piece(kept[-1].start, piece.end, larger.value, larger.unit, exact=False)
            continue
        kept.append(_with_lower_end(text, piece))
    return kept


def _with_lower_end(text: str, piece: Piece) -> Piece:
    start = max(0, piece.start - 30)
    for amount in amounts(text[start : piece.start]):
        if joined_by_range(text, start + amount.end, piece.start) and not amount.article:
            value = max(amount.value, piece.value)
            return Piece(start + amount.start, piece.end, value, piece.unit, exact=False)
    return piece


def _in_units(slot: Slot, piece: Piece, text: str) -> Found:
    rest = text[: piece.start] + " " + text[piece.end :]
    value, unit = piece.value, piece.unit
    if unit not in slot.units:
        fitting = [u for u in slot.units if u in UNITS and piece.seconds >= UNITS[u]]
        unit = max(fitting, key=UNITS.__getitem__) if fitting else slot.units[0]
        value = piece.seconds / UNITS[unit] if unit in UNITS else _rate(piece, unit)
    return Found({"value": as_json(value), "unit": unit}, rest, exact=piece.exact and unit == piece.unit)


def _rate(piece: Piece, unit: str) -> Decimal:
    return piece.value / 60 if unit == "per_second" else piece.value * 60
