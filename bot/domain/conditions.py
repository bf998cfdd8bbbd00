"""When one more fact is asked about an input: what must be said of it before."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .durations import seconds

UNSURE = "unknown"  # the option by which people say that they don't know


@dataclass(frozen=True, slots=True)
class OneOf:
    """A choice is one of some options."""

    field: str
    options: tuple[str, ...]

    def holds(self, record: Mapping[str, Any]) -> bool:
        return record.get(self.field) in self.options


@dataclass(frozen=True, slots=True)
class AtMost:
    """A duration is not longer than so many seconds."""

    field: str
    limit: Decimal

    def holds(self, record: Mapping[str, Any]) -> bool:
        said = seconds(record.get(self.field))
        return said is not None and said <= self.limit


@dataclass(frozen=True, slots=True)
class Unsaid:
    """Nobody has said it, or nobody knows."""

    field: str

    def holds(self, record: Mapping[str, Any]) -> bool:
        return record.get(self.field) in (None, "", UNSURE)


Test = OneOf | AtMost | Unsaid


@dataclass(frozen=True, slots=True)
class AllOf:
    """Tests that all hold; what nobody has said fails each but `Unsaid`."""

    tests: tuple[Test, ...]

    def holds(self, record: Mapping[str, Any]) -> bool:
        return all(test.holds(record) for test in self.tests)
