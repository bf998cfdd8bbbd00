"""How the score and the open questions moved from digest to digest, and what moved them (alignment model, 3.8)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from .bank import Pillar
from .findings import Severity
from .health import weighed
from .messages import Week

Facts = Mapping[str, Any]
"""What a digest told, as it is stored for the next one; older rows lack the younger keys."""

Cause = tuple[str, str, str]
"""The key of a finding, or none; what became of it, in a word; its title, or the cause in words."""

WORTH_AN_ARROW = 5  # points
FROM_WEEK = 3  # a line through two points says nothing
LONGEST_CHART, LONGEST_STRIP = 12, 6
FIRST_RULES = 1  # of rows that do not name theirs
RULES_CHANGED = "the rules changed, so the score is not comparable with the last one"


@dataclass(frozen=True, slots=True)
class Trend:
    """`arrow`: None where the movement is too small to speak of. `said`: the detectors that `causes` name."""

    arrow: int | None = None
    causes: tuple[str, ...] = ()
    said: frozenset[str] = frozenset()


def point(facts: Facts) -> Week:
    """A digest's facts as a point of the trend."""
    return Week(
        week=str(facts.get("week", "")),
        state=str(facts["state"]),
        score=value_of(facts),
        open_questions=facts.get("blocking_open"),
        rules=rules_of(facts),
    )


def value_of(facts: Facts) -> int | None:
    """The score, or the provisional one, which exists for the trend only."""
    score: int | None = facts.get("score")
    return facts.get("provisional") if score is None else score


def rules_of(facts: Facts) -> int:
    return int(facts.get("rules_version", FIRST_RULES))


def charted(weeks: Sequence[Week]) -> tuple[Week, ...]:
    """The weeks of the line chart: those that the newest one can be compared with, from the third on."""
    known = [w for w in weeks if w.score is not None and w.open_questions is not None and w.rules == weeks[-1].rules]
    kept = tuple({week.week: week for week in known}.values())[-LONGEST_CHART:]
    return kept if len(kept) >= FROM_WEEK else ()


def strip(weeks: Sequence[Week]) -> tuple[Week, ...]:
    return tuple(weeks[-LONGEST_STRIP:])


def in_a_row(weeks: Sequence[Week]) -> int:
    """How many digests, the newest one included, have had its state."""
    same = 0
    for week in reversed(weeks):
        if week.state != weeks[-1].state:
            break
        same += 1
    return same


def trend(before: Facts, now: Facts) -> Trend:
    """An arrow for another state or five points, always with what it comes from."""
    if rules_of(before) != rules_of(now):
        return Trend(causes=(RULES_CHANGED,))
    was, is_ = value_of(before), value_of(now)
    if was is None or is_ is None or was == is_:
        return Trend()
    arrow = is_ - was
    unseen = before.get("score") is None  # provisional: a small step from a number that nobody saw says nothing
    if (before["state"] == now["state"] or unseen) and abs(arrow) < WORTH_AN_ARROW:
        return Trend()
    up, down = _both_ways(before, now, arrow)
    ways = [("▲", up, _better(before, now)), ("▼", down, _worse(before, now))]
    shown = [(f"{sign}{points}", causes) for sign, points, causes in ways if points]
    said = frozenset(detector_of(key) for _, causes in shown for key, _, _ in causes)
    return Trend(arrow, tuple(f"{points}: {_listed(causes)}" for points, causes in shown), said)


def _both_ways(before: Facts, now: Facts, arrow: int) -> tuple[int, int]:
    """Points won and lost. Where the band of a state held the score, only what is left of both is known."""
    old, new = before.get("pillars"), now.get("pillars")
    if old and new and old.keys() == new.keys() and any(new[pillar] < old[pillar] for pillar in old):
        won = round(weighed([max(old[pillar], new[pillar]) for pillar in old]) - weighed(list(old.values())))
        if won > 0 and won > arrow:
            return won, won - arrow
    return max(arrow, 0), max(-arrow, 0)


def _better(before: Facts, now: Facts) -> list[Cause]:
    """What speaks for more points."""
    word = "no longer seen" if before["answers"].keys() - now["answers"].keys() else "solved"
    gone = before["findings"].keys() - now["findings"].keys()
    found = [(key, word, title) for key, title in alike(before, gone)]
    found += [(key, "less severe", now["findings"][key]) for key in _severity_moved(before, now, -1)]
    if now.get("known", 0) > before.get("known", 0):
        found.append(("", "", "more is known"))
    return found or [("", "", "less counts against it")]


def _worse(before: Facts, now: Facts) -> list[Cause]:
    new = now["findings"].keys() - before["findings"].keys()
    found = [(key, "new", title) for key, title in alike(now, new)]
    found += [(key, "more severe", now["findings"][key]) for key in _severity_moved(before, now, 1)]
    if now.get("known", 0) < before.get("known", 0):
        found.append(("", "", "less is known"))
    return found or [("", "", "more counts against it")]


def _severity_moved(before: Facts, now: Facts, way: int) -> list[str]:
    old, new = before.get("severities", {}), now.get("severities", {})
    return [key for key in sorted(old.keys() & new.keys()) if (_order(new[key]) - _order(old[key])) * way > 0]


def alike(facts: Facts, keys: Iterable[str]) -> list[tuple[str, str]]:
    """Findings by key and title, the gravest first; of one detector for several inputs the first, and how many more.

    The key of such a group is its detector's.
    """
    severities = facts.get("severities", {})
    in_order = sorted(keys, key=lambda key: (-_order(severities.get(key, Severity.LOW)), key))
    groups: dict[str, list[str]] = {}
    for key in in_order:
        groups.setdefault(detector_of(key), []).append(str(facts["findings"][key]))
    return [(key, f"{first} and {len(more)} more" if more else first) for key, (first, *more) in groups.items()]


def detector_of(key: str) -> str:
    return key.partition(":")[0]


def _order(severity: str) -> int:
    return Severity(severity).rank


def _listed(causes: Iterable[Cause]) -> str:
    """As in "new: this; that; less is known"."""
    grouped = ((word, [said for _, _, said in same]) for word, same in groupby(causes, key=lambda cause: cause[1]))
    return "; ".join(f"{word}: {'; '.join(said)}" if word else "; ".join(said) for word, said in grouped)


def pillar_points(points: Mapping[Pillar, float]) -> dict[str, float]:
    """As JSON keeps them."""
    return {pillar.value: round(value, 2) for pillar, value in points.items()}
