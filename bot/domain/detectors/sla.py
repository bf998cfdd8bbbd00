"""Fast enough, watched from day zero, with service levels that are defined and measured, and a way back."""

from collections.abc import Iterator
from decimal import Decimal

from bot.domain import rules
from bot.domain.bank import Pillar
from bot.domain.durations import friendly
from bot.domain.findings import Basis, Severity

from .case import Case
from .registry import Sign, detector


@detector(
    "too slow for the time it is given",
    Pillar.SLA,
    Basis.CONFLICT,
    seed="P3",
    who="ml with eng",
    do="A smaller model, a value computed beforehand, one slow input less, or another budget.",
)
def latency_over_budget(case: Case) -> Iterator[Sign]:
    """The model and its slowest must-have input together take longer than they may."""
    model = case.duration("ml.latency")
    limit = next((q for q in ("eng.latency_budget", "pm.response_time") if case.duration(q) is not None), None)
    if not case.online_path or model is None or limit is None:
        return
    allowed = case.duration(limit) or Decimal(0)
    read, slowest = _slowest_read(case)
    total = model + read
    if total > allowed:
        source = "the budget is" if limit == "eng.latency_budget" else "the PM can wait"
        reading = f" and reading '{slowest}' {friendly(read)}, {friendly(total)} together" if read else ""
        yield Sign(
            Severity.CRITICAL if total > allowed * rules.FAR_OVER_BUDGET else Severity.HIGH,
            f"The model takes {friendly(model)}{reading}; {source} {friendly(allowed)}.",
            reads=("ml.latency", *(["eng.input_survey"] if read else []), limit, "eng.serving"),
        )


def _slowest_read(case: Case) -> tuple[Decimal, str]:
    """The must-have input that takes longest to read, in seconds, and its name."""
    reads = ((i.input.read, i.name) for i in case.inputs if i.input.must and i.input.read is not None)
    return max(reads, default=(Decimal(0), ""))


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
    "monitoring comes late",
    Pillar.SLA,
    Basis.RISK,
    seed="G2",
    who="eng",
    do="Build a minimal board before launch.",
)
def monitoring_late(case: Case) -> Iterator[Sign]:
    """The first real users come before anybody looks."""
    says = {
        "after_launch": "Monitoring comes after launch: whatever goes wrong in the first days goes unseen.",
        "none": "Monitoring is not planned: whatever goes wrong goes unseen.",
    }
    when = case.text("eng.monitoring", "when")
    if when in says:
        yield Sign(Severity.HIGH, says[when], reads=("eng.monitoring",))
