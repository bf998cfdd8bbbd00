"""Need and offer of an input, told by nobody until both are in (alignment model, 1.1: blind facts)."""

from collections.abc import Iterable, Mapping
from typing import Any

from .answers import VEILED, Answer, Value
from .bank import Bank, Field
from .coverage import LISTED, SURVEY

DECISIVE = ("freshness_needed", "source_kind", "in_prod")
"""With these said, each side has taken its stand: what the model needs, and what production has."""


def blind_facts(bank: Bank) -> frozenset[str]:
    return frozenset(field.name for field in _fields(bank) if field.blind)


def lifted(record: Mapping[str, Any], bank: Bank) -> bool:
    """Whether both sides have said their part of an input, so that everything of it may be seen."""
    asked = {field.name for field in _fields(bank)}
    return all(record.get(name) not in (None, "") for name in DECISIVE if name in asked)


def seen(record: Mapping[str, Any], bank: Bank) -> dict[str, Any]:
    """A record of an input without what nobody may see yet."""
    veiled = frozenset() if lifted(record, bank) else blind_facts(bank)
    return {name: value for name, value in record.items() if name not in veiled}


def told(records: Iterable[Mapping[str, Any]], bank: Bank, answers: Mapping[str, Answer]) -> tuple[dict[str, Any], ...]:
    """Records as far as conclusions may be drawn from them: a time budget that is still blind makes no input slow."""
    kept_back = {"read_ms"} if bank.hidden("eng.latency_budget", answers) else set()
    return tuple(
        {name: value for name, value in seen(record, bank).items() if name not in kept_back} for record in records
    )


def covered(row: Mapping[str, Any], record: Mapping[str, Any], bank: Bank) -> dict[str, Value]:
    """One role's row as others see it; `record` is what both roles say of the input."""
    if lifted(record, bank):
        return dict(row)
    blind = blind_facts(bank)
    return {name: dict(VEILED) if name in blind else value for name, value in row.items()}


def _fields(bank: Bank) -> list[Field]:
    return [field for id in (LISTED, SURVEY) if id in bank.by_id for field in bank[id].fields]
