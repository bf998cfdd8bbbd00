"""The one thing every detector is given: a project at one moment, with ways to read it.

Readers give None for what nobody has said, so that a missing answer can never be taken for a weak one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from bot.domain.answers import Mark, Value, is_not_applicable, is_not_measured, is_unknown
from bot.domain.authority import confirmed
from bot.domain.bank import Bank, Role
from bot.domain.coverage import Coverage, coverage
from bot.domain.durations import as_said, seconds
from bot.domain.encoding import parsed_date
from bot.domain.inputs import Serving, Surveyed, survey
from bot.domain.inputs.record import ONLINE
from bot.domain.snapshot import Event, Snapshot

SERIOUS = frozenset({"money", "rights_health_jobs", "public_brand"})


@dataclass(frozen=True)
class Case:
    given: Snapshot
    bank: Bank

    @cached_property
    def snapshot(self) -> Snapshot:
        """What counts: no detector reads what another role guessed."""
        return confirmed(self.given, self.bank)

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

    def not_measured(self, question: str) -> bool:
        return is_not_measured(self.snapshot.answers.get(question))

    def is_one_of(self, question: str, *options: str, field: str | None = None) -> bool:
        return self.said(question, field) in options

    def label(self, question: str, field: str | None = None) -> str:
        """The words people saw for the option that was chosen."""
        chosen = str(self.said(question, field) or "")
        asked = self.bank[question]
        part = asked.field(field) if field else None
        options = (part.options if part else ()) or asked.options
        return next((option.label for option in options if option.id == chosen), chosen.replace("_", " "))

    def labels(self, question: str, field: str) -> Mapping[str, str]:
        """The words people saw for each of the options that were chosen."""
        asked, chosen = self.bank.by_id.get(question), self.said(question, field) or ()
        part = asked.field(field) if asked else None
        return {option.id: option.label for option in (part.options if part else ()) if option.id in chosen}

    def vague(self, question: str) -> bool:
        """An answer leaves room, and no colleague has called it clear."""
        return self.said(question) is not None and Mark.VAGUE in self.snapshot.marks.get(question, ())

    def day(self, question: str, field: str) -> date | None:
        return parsed_date(self.said(question, field))

    def duration(self, question: str, field: str | None = None) -> Decimal | None:
        return seconds(self.said(question, field))

    def quantity(self, question: str, field: str | None = None) -> str:
        """A duration in the unit its author chose; "" when there is none."""
        said = self.said(question, field)
        return as_said(said) if isinstance(said, Mapping) and seconds(said) is not None else ""

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
    def listed(self) -> tuple[Surveyed, ...]:
        """The inputs in the order in which somebody listed them."""
        return tuple(survey(record, self.serving) for record in self.snapshot.features)

    @cached_property
    def inputs(self) -> tuple[Surveyed, ...]:
        """The inputs by name, so that no finding depends on the order of a list."""
        return tuple(sorted(self.listed, key=lambda surveyed: surveyed.name))

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """What happened, the oldest first; of one day always in the same order."""
        return tuple(sorted(self.snapshot.events, key=lambda e: (e.date, e.type, e.user or "", e.sli or "")))

    @property
    def online_path(self) -> bool:
        return self.serving.where not in (None, "batch")

    @property
    def fast_path(self) -> bool:
        return self.serving.where in ONLINE

    @property
    def live(self) -> bool:
        return any(event.type == "launched" for event in self.events)

    @property
    def days_left(self) -> int | None:
        """Until the launch that the PM named; negative once that day has passed."""
        launch = self.day("pm.launch", "date")
        return (launch - self.snapshot.as_of).days if launch else None

    def launch_within(self, days: int) -> bool:
        return self.days_left is not None and self.days_left <= days

    @property
    def unstable(self) -> tuple[Surveyed, ...]:
        """Inputs that count and can change without notice."""
        return tuple(i for i in self.inputs if i.input.contract == "no" and i.input.importance != "nice")

    @property
    def affected(self) -> frozenset[str]:
        return frozenset(self.said("pm.stakes", "affects") or ())

    @property
    def serious(self) -> bool:
        return bool(self.affected & SERIOUS)

    @property
    def rights(self) -> bool:
        return "rights_health_jobs" in self.affected

    def author(self, question: str) -> Role:
        """The role whose person gave an answer; the role that was asked, where it was somebody besides the three."""
        asked = self.bank[question].role
        meta, people = self.snapshot.meta.get(question), self.snapshot.people
        if meta is None or people.get(asked) == meta.by:
            return asked
        return next((role for role in Role if people.get(role) == meta.by), asked)

    def decider(self) -> str:
        """The person who makes the call; the PM while nobody is named."""
        return self.person("pm.decider") or Role.PM.value

    def who(self, row: str) -> tuple[str, ...]:
        """Role ids and people of a row's "ml with decider"."""
        return tuple(self.decider() if name == "decider" else name for name in row.split(" with ") if name)
