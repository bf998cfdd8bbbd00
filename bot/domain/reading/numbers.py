"""Numbers as people write them: 4, 2.5, 2,5, 1,200, 3k, ½, "two and a half"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bot.domain.encoding import LARGEST_NUMBER

from .words import key

ONE_TO_TWELVE = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
WORDS = {word: Decimal(number) for number, word in enumerate(ONE_TO_TWELVE, 1)}
WORDS |= {
    "zero": Decimal(0),
    "fifteen": Decimal(15),
    "twenty": Decimal(20),
    "thirty": Decimal(30),
    "forty": Decimal(40),
}
WORDS |= {"forty-five": Decimal(45), "fifty": Decimal(50), "sixty": Decimal(60), "ninety": Decimal(90)}
WORDS |= {"a couple of": Decimal(2), "a hundred": Decimal(100), "a thousand": Decimal(1000), "half a": Decimal("0.5")}
WORDS |= {"half an": Decimal("0.5"), "half": Decimal("0.5"), "an": Decimal(1), "a": Decimal(1)}
GLYPHS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75"), "⅓": Decimal(1) / 3, "⅔": Decimal(2) / 3}
TIMES = {"k": Decimal(1000), "thousand": Decimal(1000), "hundred": Decimal(100), "million": Decimal(1_000_000)}

_WORD = "|".join(sorted((re.escape(w).replace(r"\ ", r"\s+") for w in WORDS), key=len, reverse=True))
_GLYPH = "".join(GLYPHS)
NUMBER = re.compile(
    rf"""(?<![\w.,/:])
    (?: (?P<minus>(?<!\w)[-−](?=[\d.]))?
        (?: (?:(?P<full>\d{{1,3}})\s+)?(?P<top>[123])/(?P<bottom>[234])(?![\d/])
          | (?P<digits>\d{{1,3}}(?:[,\u00a0\u202f\u2009\x20]\d{{3}})+(?:\.\d+)?(?!\d)|\d+(?:[.,]\d+)?)
            \s?(?P<glyph>[{_GLYPH}])?
          | (?P<only>[{_GLYPH}])
        )
      | (?P<word>{_WORD})(?!\w)
    )
    (?P<half>\s+and\s+a\s+half(?!\w))?
    (?:\s?(?P<times>k|thousand|hundred|million)(?![\w]))?""",
    re.VERBOSE | re.IGNORECASE,
)
RANGE = re.compile(r"\s*(?:-|–|—|to|till|and)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amount:
    start: int
    end: int
    value: Decimal
    article: bool  # "a" or "an", which counts only before a unit


def amounts(text: str) -> Iterator[Amount]:
    for match in NUMBER.finditer(text):
        value = _value(match)
        if abs(value) <= LARGEST_NUMBER:
            word = key(match["word"] or "")
            yield Amount(match.start(), match.end(), value, word in ("a", "an", "half"))


def _value(match: re.Match[str]) -> Decimal:
    value = _plain(match)
    if match["half"]:
        value += Decimal("0.5")
    value *= TIMES.get(key(match["times"] or ""), Decimal(1))
    return -value if match["minus"] else value


def _plain(match: re.Match[str]) -> Decimal:
    if match["word"]:
        return WORDS[key(match["word"])]
    if match["top"]:
        return Decimal(int(match["full"] or 0)) + Decimal(int(match["top"])) / int(match["bottom"])
    if match["only"]:
        return GLYPHS[match["only"]]
    return _digits(match["digits"]) + GLYPHS.get(match["glyph"] or "", Decimal(0))


def _digits(digits: str) -> Decimal:
    """A comma before three digits parts thousands, any other is a decimal comma."""
    if re.fullmatch(r"\d{1,3}(?:[,\s]\d{3})+(?:\.\d+)?", digits):
        return Decimal(re.sub(r"[,\s]", "", digits))
    return Decimal(digits.replace(",", "."))


def as_json(value: Decimal) -> int | float:
    """Whole numbers stay whole."""
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else float(rounded)


def joined_by_range(text: str, before: int, after: int) -> bool:
    """Whether two numbers are the ends of "5-10", "5 to 10" or "between 5 and 10"."""
    gap = text[before:after]
    if RANGE.fullmatch(gap) is None:
        return False
    return gap.strip().casefold() != "and" or "between" in text[max(0, before - 30) : before].casefold()
