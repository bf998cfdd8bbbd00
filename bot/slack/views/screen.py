"""One screen of a phone: how many lines words take there, and how they are shortened to fit."""

from collections.abc import Sequence
from math import ceil

from .text import cut, line, size

WIDTH = 60  # characters on a line
LINES = 12  # of a digest
_CLAUSES = (". ", "; ", ": ", ", ", " (", " – ")
_MANY = 3  # texts: with fewer there is room for all
_WORTH_ENDING_AT = 0.5  # of the room: an earlier clause says too little


def rows(text: str) -> int:
    """Lines that a text takes."""
    return max(1, ceil(size(text) / WIDTH))


def shares(wanted: Sequence[int], room: int) -> list[int]:
    """Lines for each text, so many in all: one each, then more in turn for those that want more.

    The first text is the one that matters most, so it has three before the last has two.
    """
    given = [1] * len(wanted)
    turns = [0, 1, 0, 2, 1] if len(wanted) >= _MANY else []
    for n in [*turns, *(n for _ in range(max(wanted, default=0)) for n in range(len(wanted)))]:
        if given[n] < wanted[n] and sum(given) < room:
            given[n] += 1
    return given


def shortened(text: str, room: int) -> str:
    """At most so long, ended where a clause ends if one ends late enough, else between words."""
    text = line(text, 10_000)
    if size(text) <= room:
        return text
    short = cut(text, room)
    ends = [place for end in _CLAUSES if (place := short.rfind(end, 0, len(short))) > room * _WORTH_ENDING_AT]
    place = max(ends, default=0)
    inside = short.rfind("<", 0, place) > short.rfind(">", 0, place)
    return f"{(short[:place] if place and not inside else short.removesuffix('…')).rstrip(',;:. ')}…"


def in_turn(parts: Sequence[str], room: int) -> list[str]:
    """All parts in so many characters together: short ones whole, the others shortened to a share of the rest."""
    shown: dict[int, str] = {}
    for place in sorted(range(len(parts)), key=lambda n: size(parts[n])):
        share = (room - sum(map(size, shown.values()))) // (len(parts) - len(shown))
        shown[place] = shortened(parts[place], share)
    return [shown[n] for n in range(len(parts))]


def whole(parts: Sequence[str], room: int, longest: int = 200, between: str = " · ") -> tuple[list[str], int]:
    """The first parts that fit in so many characters, at least one; and how many are left out."""
    shown: list[str] = []
    for part in parts:
        part = shortened(part, min(longest, room))
        if shown and size(between.join([*shown, part])) > room:
            break
        shown.append(part)
    return shown, len(parts) - len(shown)


def joined(parts: Sequence[str], room: int, longest: int = 200, between: str = " · ") -> str:
    """Whole parts while they fit, then how many more there are."""
    shown, left = whole(parts, room, longest, between)
    return between.join([*shown, *([f"and {left} more"] if left else [])])
