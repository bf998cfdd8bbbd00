"""Days as people write them: "1 Feb 2027", "next friday", "in 3 weeks", "end of march"."""

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .numbers import WORDS
from .results import Found, Unclear
from .words import LONGEST_VALUE, key, only_loose

MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
DAYS = {name.casefold(): number for number, name in enumerate(calendar.day_name)}
SMALL = {word: int(number) for word, number in WORDS.items() if number == int(number) and 0 < number <= 12}

_MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_YEAR = r"(?:,?\s+(?P<year>\d{4})\b)?"
_COUNT = rf"(?P<count>\d{{1,4}}|{'|'.join(sorted(SMALL, key=len, reverse=True))})\s+(?P<unit>day|week|month|year)s?"
WHICH_DAY = "Which day exactly? Something like *1 March 2027* works."
NO_DAY = "I kept your words, but I can't find a day in them. Something like *1 March 2027* or *in 3 weeks* works."

Maker = Callable[[re.Match[str], date], date | None]


@dataclass(frozen=True, slots=True)
class Day:
    start: int
    end: int
    day: date | None  # None: it names no real or no single day
    sure: bool
    say: str = WHICH_DAY


def find_date(text: str, today: date) -> Found | Unclear:
    days = days_in(text, today)
    if any(d.day for d in days):
        days = [d for d in days if d.day or d.sure]  # beside a day, "next week" is no riddle
    if not days:
        return Unclear(NO_DAY)
    if any(d.day is None for d in days) or len({d.day for d in days}) > 1:
        return Unclear(next((d.say for d in days if d.day is None), "I see more than one day there. Which one is it?"))
    rest = text[: days[0].start] + " " + text[days[0].end :]
    day = days[0].day
    return Found(day.isoformat() if day else None, rest, days[0].sure or only_loose(rest))


def days_in(text: str, today: date) -> list[Day]:
    """Every day a text names, earlier forms first where two overlap."""
    found: list[Day] = []
    for pattern, make, sure in FORMS:
        for match in pattern.finditer(text, 0, LONGEST_VALUE):
            if any(match.start() < d.end and d.start < match.end() for d in found):
                continue
            say = _which_way(match) if make is _numeric else WHICH_DAY
            found.append(Day(match.start(), match.end(), _made(make, match, today), sure, say))
    return sorted(found, key=lambda d: d.start)


def _made(make: Maker, match: re.Match[str], today: date) -> date | None:
    try:
        return make(match, today)
    except (ValueError, OverflowError):
        return None


def _iso(match: re.Match[str], today: date) -> date:
    return date(int(match[1]), int(match[2]), int(match[3]))


def _numeric(match: re.Match[str], today: date) -> date | None:
    """Day and month may stand in either order, so only one that cannot be a month tells them apart."""
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    year += 2000 if year < 100 else 0
    if first > 12 or first == second:
        return date(year, second, first)
    return date(year, first, second) if second > 12 else None


def _which_way(match: re.Match[str]) -> str:
    first, second = int(match[1]), int(match[2])
    if not (0 < first <= 12 and 0 < second <= 12):
        return WHICH_DAY
    one, other = (f"{day} {calendar.month_name[month]}" for day, month in ((first, second), (second, first)))
    return f"Is {match[0]} {one} or {other}? With the month as a word I can't get it wrong."


def _named(match: re.Match[str], today: date) -> date | None:
    return _next(int(match["day"]), MONTHS[key(match["month"])], match["year"], today)


def _next(day: int, month: int, year: str | None, today: date) -> date | None:
    """Without a year: the next such day after today."""
    if year:
        return date(int(year), month, day)
    return next(_coming(day, month, today), None)


def _coming(day: int, month: int, today: date) -> Iterator[date]:
    for year in range(today.year, min(today.year + 9, 9999)):
        if day <= calendar.monthrange(year, month)[1] and date(year, month, day) > today:
            yield date(year, month, day)


def _part_of_month(match: re.Match[str], today: date) -> date | None:
    month, part = MONTHS[key(match["month"])], key(match["part"])
    if part.startswith(("beginning", "start")):
        return _next(1, month, match["year"], today)
    if part.startswith("mid"):
        return _next(15, month, match["year"], today)
    year = int(match["year"] or today.year)
    last = _last(year, month)
    return last if match["year"] or last > today else _last(year + 1, month)


def _last(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _end_of(match: re.Match[str], today: date) -> date:
    step = 1 if key(match["which"] or "") == "next" else 0
    match key(match["span"]):
        case "week":
            return today + timedelta(days=6 - today.weekday() + 7 * step)
        case "month":
            return _last(*_months_on(today, step))
        case "quarter":
            return _last(*_months_on(today.replace(day=1, month=(today.month - 1) // 3 * 3 + 3), 3 * step))
    return date(today.year + step, 12, 31)


def _quarter_end(match: re.Match[str], today: date) -> date:
    month, year = int(match["number"]) * 3, int(match["year"] or today.year)
    last = _last(year, month)
    return last if match["year"] or last > today else _last(year + 1, month)


def _months_on(day: date, months: int) -> tuple[int, int]:
    index = day.year * 12 + day.month - 1 + months
    return index // 12, index % 12 + 1


def _ahead(match: re.Match[str], today: date) -> date:
    word = key(match["count"])
    count = SMALL[word] if word in SMALL else int(word)
    match key(match["unit"]):
        case "day":
            return today + timedelta(days=count)
        case "week":
            return today + timedelta(weeks=count)
        case unit:
            year, month = _months_on(today, count * (12 if unit == "year" else 1))
            return min(_last(year, month), date(year, month, min(today.day, 28)) + timedelta(max(0, today.day - 28)))


def _weekday(match: re.Match[str], today: date) -> date:
    """The first such weekday after today, "next" or not: the record shows the date, and it can be corrected."""
    return today + timedelta(days=(DAYS[key(match["weekday"])] - today.weekday() - 1) % 7 + 1)


def _near(match: re.Match[str], today: date) -> date:
    word = key(match[1])
    return today + timedelta(days=0 if word == "today" else 1 if word == "tomorrow" else 2)


def _no_single_day(match: re.Match[str], today: date) -> None:
    return None


def _form(pattern: str, make: Maker, sure: bool = True) -> tuple[re.Pattern[str], Maker, bool]:
    return re.compile(pattern, re.IGNORECASE), make, sure


_BY = r"\b(?:by|until|till|before|due)\s+"
_TH = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\w)"
FORMS = (
    _form(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b", _iso),
    _form(r"(?<![\d./-])(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b(?![/.-]\d)", _numeric),
    _form(rf"\b{_TH}\s+(?:of\s+)?{_MONTH}{_YEAR}", _named),
    _form(rf"\b(?P<part>end|mid|middle|beginning|start)(?:\s+of|-)?\s*{_MONTH}{_YEAR}", _part_of_month),
    _form(rf"\b{_MONTH}\s+(?:the\s+)?{_TH}{_YEAR}", _named),
    _form(r"\bend\s+of\s+(?:the\s+)?(?:(?P<which>this|next)\s+)?(?P<span>week|month|quarter|year)\b", _end_of),
    _form(r"\bend\s+of\s+q(?P<number>[1-4])(?:\s+(?P<year>\d{4}))?\b", _quarter_end),
    _form(rf"\b(?:in|within)\s+{_COUNT}\b", _ahead),
    _form(rf"\b{_COUNT}\s+from\s+(?:now|today)\b", _ahead),
    _form(
        rf"\b(?:by|until|till|before|due)\s+(?:(?:next|this|coming|on)\s+)?(?P<weekday>{'|'.join(DAYS)})\b", _weekday
    ),
    _form(r"\b(?:by|until|till|before|due)\s+(tomorrow)\b", _near),
    _form(r"\b(day\s+after\s+tomorrow|tomorrow|today)\b", _near, sure=False),
    _form(rf"\b(?:(?:next|this|coming|on)\s+)?(?P<weekday>{'|'.join(DAYS)})\b", _weekday, sure=False),
    _form(rf"\b{_MONTH}\s+\d{{4}}\b|\bnext\s+(?:week|month|quarter|year)\b|\bq[1-4]\b", _no_single_day, sure=False),
)
