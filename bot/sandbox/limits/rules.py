"""Small rules of which the tables of limits are made. A rule notes what is wrong and where."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Surface = Literal["message", "modal", "home"]


@dataclass
class Problems:
    surface: Surface
    found: list[str] = field(default_factory=list)

    def add(self, pointer: str, what: str) -> None:
        self.found.append(f"[ERROR] {what} [json-pointer:{pointer}]")


Rule = Callable[[Any, str, Problems], None]


def string(low: int = 0, high: int | None = None, pattern: str | None = None) -> Rule:
    def check(value: Any, at: str, problems: Problems) -> None:
        if not isinstance(value, str):
            problems.add(at, "must provide a string")
        elif len(value) < low:
            problems.add(at, f"must be more than {low - 1} characters")
        elif high is not None and len(value) > high:
            problems.add(at, f"must be less than {high + 1} characters")
        elif pattern and not re.fullmatch(pattern, value):
            problems.add(at, f"does not match the pattern {pattern}")

    return check


def number(
    low: float | None = None, high: float | None = None, *, whole: bool = False, above: float | None = None
) -> Rule:
    def check(value: Any, at: str, problems: Problems) -> None:
        if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
            problems.add(at, "must provide an integer" if whole else "must provide a number")
        elif (low is not None and value < low) or (above is not None and value <= above):
            problems.add(
                at, f"must be {'at least' if above is None else 'more than'} {low if above is None else above}"
            )
        elif high is not None and value > high:
            problems.add(at, f"must be at most {high}")

    return check


def boolean(value: Any, at: str, problems: Problems) -> None:
    if not isinstance(value, bool):
        problems.add(at, "must provide a boolean")


def one_of(*allowed: object) -> Rule:
    def check(value: Any, at: str, problems: Problems) -> None:
        if value not in allowed:
            problems.add(at, f"value must be one of {', '.join(map(str, allowed))}, not {value}")

    return check


def anything(value: Any, at: str, problems: Problems) -> None:
    """No limit is known for this field."""


def items(rule: Rule, low: int, high: int) -> Rule:
    def check(value: Any, at: str, problems: Problems) -> None:
        if not isinstance(value, list):
            problems.add(at, "must provide an array")
            return
        if len(value) < low:
            problems.add(at, f"no fewer than {low} items allowed")
        if len(value) > high:
            problems.add(at, f"no more than {high} items allowed")
        for index, item in enumerate(value):
            rule(item, f"{at}/{index}", problems)

    return check


def record(required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None) -> Rule:
    known = {**required, **(optional or {})}

    def check(value: Any, at: str, problems: Problems) -> None:
        if not isinstance(value, dict):
            problems.add(at, "must provide an object")
            return
        for name in required.keys() - value.keys():
            problems.add(at, f"missing required field: {name}")
        for name in sorted(value.keys() - known.keys() - {"type"}):
            problems.add(at, f"invalid additional property: {name}")
        for name in value.keys() & known.keys():
            known[name](value[name], f"{at}/{name}", problems)

    return check


def of_type(table: Mapping[str, Rule], allowed: Collection[str] | None = None, what: str = "type") -> Rule:
    """The rule for an object's own `type`."""

    def check(value: Any, at: str, problems: Problems) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in table or (allowed is not None and kind not in allowed):
            problems.add(f"{at}/type", f"unsupported {what}: {kind}")
            return
        table[kind](value, at, problems)

    return check


def every(*rules: Rule) -> Rule:
    def check(value: Any, at: str, problems: Problems) -> None:
        for rule in rules:
            rule(value, at, problems)

    return check


def rows_of(value: Any, key: str) -> list[Any]:
    """A list inside a value that has not been checked yet."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []
