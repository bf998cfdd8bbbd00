"""Durations: what people say ("100 ms", "1 d") in seconds, and seconds as people say them.

Exact decimals, so that 80 ms and 20 ms fit into 100 ms.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

UNITS: Mapping[str, Decimal] = {
    "ms": Decimal("0.001"),
    "s": Decimal(1),
    "min": Decimal(60),
    "h": Decimal(3600),
    "d": Decimal(86400),
    "w": Decimal(604800),
}
_SPELLED = {"d": ("day", "days"), "w": ("week", "weeks")}


def seconds(quantity: Any) -> Decimal | None:
    """Seconds of `{"value": 100, "unit": "ms"}`; None for anything that is not a duration."""
    if not isinstance(quantity, Mapping) or quantity.get("unit") not in UNITS:
        return None
    value = quantity.get("value")
    return None if value is None else Decimal(str(value)) * UNITS[quantity["unit"]]


def milliseconds(value: Any) -> Decimal:
    return Decimal(str(value)) * UNITS["ms"]


def as_said(quantity: Mapping[str, Any]) -> str:
    """A quantity in the unit its author chose."""
    return _with_unit(Decimal(str(quantity["value"])), quantity["unit"])


def friendly(duration: Decimal) -> str:
    """A duration in the largest unit of which it has at least one."""
    fitting = [unit for unit, size in UNITS.items() if abs(duration) >= size]
    unit = fitting[-1] if fitting else "ms"
    return _with_unit(duration / UNITS[unit], unit)


def _with_unit(amount: Decimal, unit: str) -> str:
    number = plain_number(amount)
    one, many = _SPELLED.get(unit, (unit.replace("_", " "),) * 2)
    return f"{number} {one if number == '1' else many}"


def plain_number(amount: Decimal | float) -> str:
    """At most three decimals, and none that say nothing."""
    text = f"{Decimal(str(amount)):.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
