"""Service levels are defined, measured, and kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.domain import rules
from bot.domain.bank import Pillar
from bot.domain.findings import Basis, Severity
from bot.domain.snapshot import Event
from bot.domain.vagueness import says_nothing

from .case import Case
from .quoting import listed, on
from .registry import Sign, detector


@dataclass(frozen=True, slots=True)
class ServiceLevel:
    """One promise, as the engineer wrote it down."""

    row: Mapping[str, Any]

    @property
    def name(self) -> str:
        return self._text("sli")

    @property
    def lacks(self) -> list[str]:
        """Without these a target is a wish."""
        number = any(character.isdigit() for character in self._text("target"))
        place = not says_nothing(self._text("measured_in"))
        return ["no number"] * (not number) + ["no place of measurement"] * (not place)

    @property
    def live(self) -> bool | None:
        return self.row.get("live")

    @property
    def kept_watch_of(self) -> bool:
        """Everything a promise needs is there, and it is being measured."""
        return self.live is True and not self.lacks and not says_nothing(self._text("window"))

    def _text(self, field: str) -> str:
        return str(self.row.get(field) or "").strip()


def service_levels(case: Case) -> tuple[ServiceLevel, ...]:
    said = case.said("eng.slos")
    return tuple(ServiceLevel(row) for row in said) if isinstance(said, list) else ()


def open_breaches(case: Case) -> list[Event]:
    return [event for event in case.events if event.type == "sla_breach" and not event.resolved]


@detector(
    "no service levels",
    Pillar.SLA,
    Basis.RISK,
    seed="G4",
    who="eng",
    do="Start with two: time to answer, and how fresh the inputs are.",
)
def sla_missing(case: Case) -> Iterator[Sign]:
    """The engineer says that no service level is planned."""
    if case.said("eng.slos") == []:
        strict = case.fast_path or case.serious
        say = "No service levels are defined: nobody has said how fast, how fresh and how reliable it must be."
        reads = ("eng.slos", *(["eng.serving"] if case.fast_path else []), *(["pm.stakes"] if case.serious else []))
        yield Sign(Severity.HIGH if strict else Severity.MEDIUM, say, reads)


@detector(
    "a service level is promised but not measured",
    Pillar.SLA,
    Basis.CONFLICT,
    seed="G4",
    who="eng",
    do="Say where it is measured, and show it on a dashboard.",
)
def sla_unmeasured(case: Case) -> Iterator[Sign]:
    """A service level has no number or no place of measurement, or is not measured when the launch is close."""
    near, close = case.launch_within(rules.NEAR_LAUNCH), case.launch_within(rules.CLOSE_TO_LAUNCH)
    signs = {}
    for level in service_levels(case):
        name = f"'{level.name}'" if level.name else "A service level without a name"
        if level.lacks:
            say = f"{name} is promised but not measured: it has {listed(level.lacks)}."
            strict, by_date = case.live or near, near and not case.live
        elif level.live is False and (case.live or close):
            say = f"{name} is promised but not measured yet, {_and_it_is_late(case)}."
            strict, by_date = True, not case.live
        else:
            continue
        reads = ("eng.slos", *["pm.launch"] * by_date)
        signs[say] = Sign(Severity.HIGH if strict else Severity.MEDIUM, say, reads)
    yield from signs.values()


def _and_it_is_late(case: Case) -> str:
    left = case.days_left or 0
    if case.live:
        return "and this is live"
    if left < 0:
        return "and the launch date has passed"
    return f"and the launch is {f'{left} days away' if left > 1 else 'tomorrow' if left else 'today'}"


@detector(
    "a service level was missed",
    Pillar.SLA,
    Basis.CHANGE,
    seed="G4",
    who="eng",
    do="Say what changes: the target, the system or the scope.",
)
def sla_breached(case: Case) -> Iterator[Sign]:
    """A service level was missed lately, and what changes because of it is not settled."""
    today = case.snapshot.as_of
    recent = [e for e in open_breaches(case) if timedelta() <= today - e.date <= rules.BREACH_COUNTS_FOR]
    if recent:
        days: dict[str, list[str]] = {}
        for event in sorted(recent, key=lambda event: event.date):
            days.setdefault(f"'{event.sli}'" if event.sli else "A service level", []).append(f"on {on(event.date)}")
        missed = [f"{level} was missed {listed(list(dict.fromkeys(dates)))}" for level, dates in days.items()]
        say = f"{'; '.join(missed)}."
        yield Sign(Severity.CRITICAL if len(recent) >= rules.MANY_BREACHES else Severity.HIGH, say, reads=("eng.slos",))
