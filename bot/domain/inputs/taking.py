"""What taking the simpler input does to the two rows that describe one: the ML person's and the engineer's."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.domain import rules
from bot.domain.durations import seconds
from bot.domain.reading.words import bare

Row = Mapping[str, Any]

LONGEST_NAME = 100
OF_THE_SOURCE = (
    *("source", "source_kind", "in_prod", "read_ms", "owner", "access", "pii", "contract"),
    "untrusted",  # who can shape the signal can shape its latest value as well
)
"""What the engineer says of a source, and not of one way to read it."""

_DAY = {"value": 1, "unit": "d"}
_AVERAGED = re.compile(r"^(?:average|avg|mean)(?:\s+of)?[\s_]+", re.IGNORECASE)
_LATELY = re.compile(
    r"[\s_,]+(?:(?:in|over|for|of)[\s_]+)?(?:the[\s_]+)?(?:(?:last|past)[\s_]+)?"
    r"\d+[\s_]*(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Effect:
    """How the simpler one comes about: under which name, and what is said of it then."""

    prefix: str = ""  # of its name; "": nothing takes the input's place
    sets: Mapping[str, Any] = field(default_factory=dict)
    drops: tuple[str, ...] = ()
    a_day_old: bool = False  # the value may be a day old or older
    same_signal: bool = False  # what the engineer has said of the source still holds
    next: str = ""  # what is left to do for people


LEFT_OUT = Effect()


def simpler_name(effect: Effect, name: str, others: Iterable[str]) -> str:
    """A name that is not on the list yet, as in "latest courier location"; "" where nothing takes the place."""
    if not effect.prefix:
        return ""
    base = " ".join(name.split())
    base = (_signal(base) if effect.same_signal else base) or base
    wished = f"{effect.prefix} {base}"
    if "_" in name and " " not in name:
        wished = wished.replace(" ", "_")
    taken = {_key(other) for other in others}
    names = (_cut(wished, f" {n}" if n > 1 else "") for n in range(1, len(taken) + 2))
    return next(one for one in names if _key(one) not in taken)


def _signal(name: str) -> str:
    """Without the words for how it is averaged: "avg courier location last 5 min" is "courier location"."""
    return _LATELY.sub("", _AVERAGED.sub("", name)).strip(" _,")


def _cut(name: str, ending: str) -> str:
    return f"{name[: LONGEST_NAME - len(ending)].rstrip()}{ending}"


def _key(name: str) -> str:
    return bare(name) or name


def listed_instead(effect: Effect, listed: Row, name: str) -> dict[str, Any]:
    """The ML person's row of the simpler one."""
    kept = {fact: said for fact, said in listed.items() if fact not in effect.drops}
    row = {**kept, "name": name, **effect.sets}
    oldest = seconds(row.get("freshness_needed"))
    if effect.a_day_old and (oldest is None or oldest < rules.DAY):
        row["freshness_needed"] = dict(_DAY)
    return row


def surveyed_instead(effect: Effect, surveyed: Row, name: str) -> dict[str, Any] | None:
    """The engineer's row of it; None where the engineer has to look first."""
    if not effect.same_signal:
        return None
    return {"name": name, **{fact: surveyed[fact] for fact in OF_THE_SOURCE if fact in surveyed}}
