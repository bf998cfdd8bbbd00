"""The one thing every detector is given: a project at one moment, with ways to read it.

Readers give None for what nobody has said, so that a missing answer can never be taken for a weak one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from bot.domain.answers import Value, is_not_applicable, is_unknown
from bot.domain.bank import Bank, Role
from bot.domain.coverage import Coverage, coverage
from bot.domain.durations import seconds
from bot.domain.inputs import Serving, Surveyed, survey
from bot.domain.inputs.record import ONLINE
from bot.domain.snapshot import Snapshot

SERIOUS = frozenset({"money", "rights_health_jobs", "public_brand"})


@dataclass(frozen=True)
class Case:
    snapshot: Snapshot
    bank: Bank

    def said(self, question: str, field: str | None = None) -> Value | None:
        """An answer with content, or one part of it."""
        value = self.snapshot.answers.get(question)
        if is_unknown(value) or is_not_applicable(value):
            return None
        if field is None:
            return value
        return value.get(field) if isinstance(value, Mapping) else None

    def text(self, question: str, field: str | None = None) -> str:
        """What somebody typed; "" when there is nothing."""
        return str(self.said(question, field) or "").strip()

    def unknown(self, question: str) -> bool:
        """Somebody said "I don't know"."""
        return is_unknown(self.snapshot.answers.get(question))

    def is_one_of(self, question: str, *options: str, field: str | None = None) -> bool:
        return self.said(question, field) in options

    def label(self, question: str, field: str | None = None) -> str:
        """The words people saw for the option that was chosen."""
        chosen = str(self.said(question, field) or "")
        asked = self.bank[question]
        part = asked.field(field) if field else None
        options = (part.options if part else ()) or asked.options
        return next((option.label for option in options if option.id == chosen), chosen.replace("_", " "))

    def duration(self, question: str) -> Decimal | None:
        return seconds(self.said(question))

    def person(self, question: str) -> str | None:
        """Who was named; None when nobody was, or when the answer is that there is nobody."""
        named = self.said(question)
        return str(named) if named and named != "none" else None

    @cached_property
    def coverage(self) -> Coverage:
        return coverage(self.snapshot, self.bank)

    @cached_property
    def serving(self) -> Serving:
        return Serving(self.said("eng.serving"), self.duration("eng.latency_budget"))

    @cached_property
    def inputs(self) -> tuple[Surveyed, ...]:
        return tuple(survey(record, self.serving) for record in self.snapshot.features)

    @property
    def online_path(self) -> bool:
        return self.serving.where not in (None, "batch")

    @property
    def fast_path(self) -> bool:
        return self.serving.where in ONLINE

    @property
    def live(self) -> bool:
        return any(event.type == "launched" for event in self.snapshot.events)

    @property
    def affected(self) -> frozenset[str]:
        return frozenset(self.said("pm.stakes", "affects") or ())

    @property
    def serious(self) -> bool:
        return bool(self.affected & SERIOUS)

    @property
    def rights(self) -> bool:
        return "rights_health_jobs" in self.affected

    def decider(self) -> str:
        """The person who makes the call; the PM while nobody is named."""
        return self.person("pm.decider") or Role.PM.value

    def who(self, row: str) -> tuple[str, ...]:
        """Role ids and people of a row's "ml with decider"."""
        return tuple(self.decider() if name == "decider" else name for name in row.split(" with ") if name)
