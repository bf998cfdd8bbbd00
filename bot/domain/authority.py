"""Each fact belongs to the role that can know it; what another role guessed counts for nothing until that one confirms.

A guess stays on record, with its mark; it only is no evidence.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .answers import Mark
from .bank import Bank
from .coverage import LISTED, SURVEY
from .snapshot import Snapshot


def confirmed(snapshot: Snapshot, bank: Bank) -> Snapshot:
    """The snapshot without what was guessed; its marks still say so."""
    guessed = {id for id, marks in snapshot.marks.items() if Mark.GUESS in marks}
    if not guessed:
        return snapshot
    answers = {id: value for id, value in snapshot.answers.items() if id not in guessed}
    facts = {field.name for id in guessed & {LISTED, SURVEY} if id in bank.by_id for field in bank[id].fields}
    return replace(snapshot, answers=answers, features=tuple(_without(record, facts) for record in snapshot.features))


def _without(record: Mapping[str, Any], facts: set[str]) -> Mapping[str, Any]:
    """A record of an input that keeps its name, whoever named it."""
    return {key: value for key, value in record.items() if key == "name" or key not in facts}
