"""A single value in a text, by the type of what it is given for."""

import re
from datetime import date

from bot.domain.bank import Field, Type
from bot.domain.encoding import TEXTS, Slot

from .choices import find_bool, find_choice, find_several
from .dates import find_date
from .numbers import Amount, amounts, as_json, joined_by_range
from .quantities import find_quantity
from .results import Found, Unclear
from .words import LONGEST_VALUE, NOBODY, bare, key

MENTION = re.compile(r"<@([UW][A-Z0-9_]{1,40})(?:\|[^>]*)?>")
WEEKS = {"day": 1 / 5, "days": 1 / 5, "d": 1 / 5, "month": 52 / 12, "months": 52 / 12, "year": 52, "years": 52}
AFTER_NUMBER = re.compile(r"\s?-?(weeks?|wks?|w|days?|d|months?|years?)(?![\w])", re.IGNORECASE)


def find(slot: Slot, text: str, today: date) -> Found | Unclear:
    if slot.type in TEXTS:
        return Found(text.strip()) if text.strip() else Unclear("I need a few words here.")
    if len(text) > LONGEST_VALUE:
        return Unclear("I kept your words, but they are many for one value. What is it in a few words?")
    match slot.type:
        case Type.CHOICE:
            return find_choice(slot.options, text)
        case Type.MULTI:
            return find_several(slot.options, text)
        case Type.BOOL:
            return find_bool(text, slot.name if isinstance(slot, Field) else "")
        case Type.QUANTITY:
            return find_quantity(slot, text)
        case Type.DATE:
            return find_date(text, today)
        case Type.USER:
            return find_person(text)
    return find_number(text, weeks=is_weeks(slot))


def is_weeks(slot: Slot) -> bool:
    return slot.type is Type.WEEKS or (isinstance(slot, Field) and slot.name.endswith("weeks"))


def find_person(text: str) -> Found | Unclear:
    people = list(MENTION.finditer(text))
    if len({m[1] for m in people}) == 1:
        return Found(people[0][1], MENTION.sub(" ", text))
    if people:
        return Unclear("That is more than one person. Who is the one?")
    if bare(text) in NOBODY:
        return Found("none")
    return Unclear("I kept your words, but I see nobody named. Mention one person with @, or say *nobody*.")


def find_number(text: str, *, weeks: bool = False) -> Found | Unclear:
    """The one number in a text; of a range the larger end."""
    found = numbers_in(text, weeks=weeks)
    if len(found) == 2 and joined_by_range(text, found[0][1], found[1][0]):
        larger = max(found[0][2], found[1][2])
        found = [(found[0][0], found[1][1], larger, False)]
    if len({value for _, _, value, _ in found}) != 1:
        say = "I see more than one number there. Which one is it?" if found else "I can't find a number in that."
        return Unclear(f"{say} Just *4* or *2.5* works.")
    start, end, value, exact = found[0]
    return Found(value, f"{text[:start]} {text[end:]}", exact=exact)


def numbers_in(text: str, *, weeks: bool = False) -> list[tuple[int, int, int | float, bool]]:
    """(start, end, value, whether as written) of each number; days and months become weeks where weeks are asked."""
    found: list[tuple[int, int, int | float, bool]] = []
    following: Amount | None = None
    times = 1.0
    for amount in reversed(list(amounts(text))):
        unit = AFTER_NUMBER.match(text, amount.end) if weeks else None
        if amount.article and not unit:
            continue
        if unit or not (following and joined_by_range(text, amount.end, following.start)):
            times = WEEKS.get(key(unit[1]), 1.0) if unit else 1.0
        value = as_json(amount.value) if times == 1 else round(float(amount.value) * times, 1)
        found.insert(0, (amount.start, unit.end() if unit else amount.end, value, times == 1))
        following = amount
    return found
