"""How hard the inputs of a list are to have, in a line each: still plain, to be quoted or escaped."""

from collections.abc import Sequence
from typing import Any

from bot.domain.messages.talking import InputRating

from .text import clip, line

_LONGEST = 400  # of one rating


def below(name: str, ratings: Sequence[InputRating]) -> str:
    """The line under the row of that name; "" where it is not rated yet."""
    return next((_line(rating) for rating in ratings if rating.name == name), "")


def of_rows(rows: Any, ratings: Sequence[InputRating], limit: int) -> str:
    """A line for each rated row, with its name; in a word each where the reasons have no room."""
    names = [row.get("name") for row in rows] if isinstance(rows, list) else []
    rated = [rating for rating in ratings if rating.name in names]
    whole = "\n".join(f"{line(rating.name, 60)} {_line(rating)}" for rating in rated)
    short = "\n".join(f"{line(rating.name, 60)} → {rating.difficulty}" for rating in rated)
    return clip(whole if len(whole) <= limit else short, limit)


def _line(rating: InputRating) -> str:
    hard = ": ".join(filter(None, (rating.difficulty, rating.reasons)))
    risk = f"{rating.risk} risk that training and production differ" if rating.risk else ""
    ages = ", ".join(
        [
            *([f"may be {rating.need} old"] if rating.need else []),
            *([f"is {rating.offer} old"] if rating.offer else []),
        ]
    )
    return line(" · ".join(filter(None, (f"→ {hard}", risk, rating.weeks, ages))), _LONGEST)
