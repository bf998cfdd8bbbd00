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
    """A line for each rated row, with its name."""
    names = [row.get("name") for row in rows] if isinstance(rows, list) else []
    return clip("\n".join(f"{line(r.name, 60)} {_line(r)}" for r in ratings if r.name in names), limit)


def _line(rating: InputRating) -> str:
    hard = ": ".join(filter(None, (rating.difficulty, rating.reasons)))
    risk = f"train/serve risk {rating.risk}" if rating.risk else ""
    ages = ", ".join(
        [*([f"needs {rating.need}"] if rating.need else []), *([f"has {rating.offer}"] if rating.offer else [])]
    )
    return line(" · ".join(filter(None, (f"→ {hard}", risk, rating.weeks, ages))), _LONGEST)
