"""Fast enough for the people and processes that wait, as far as anybody knows."""

from collections.abc import Iterator
from decimal import Decimal

from bot.domain import rules
from bot.domain.bank import Pillar
from bot.domain.durations import friendly
from bot.domain.findings import Basis, Severity
from bot.domain.inputs import Surveyed

from .case import Case
from .quoting import listed, names
from .registry import Sign, detector


@detector(
    "too slow for the time it is given",
    Pillar.SLA,
    Basis.CONFLICT,
    seed="P3",
    who="ml with eng",
    do="Take a smaller model, compute values beforehand, drop the slow input, or agree on another budget.",
)
def latency_over_budget(case: Case) -> Iterator[Sign]:
    """The model and its slowest must-have input together take longer than they may."""
    model = case.duration("ml.latency")
    limit = next((q for q in ("eng.latency_budget", "pm.response_time") if case.duration(q) is not None), None)
    if not case.online_path or model is None or limit is None:
        return
    allowed = case.duration(limit) or Decimal(0)
    slowest = _slowest_read(case)
    read = (slowest and slowest.input.read) or Decimal(0)
    total = model + read
    if total > allowed:
        source = "the budget is" if limit == "eng.latency_budget" else "the PM can wait"
        reading = f" and reading {names([slowest])} {friendly(read)}, {friendly(total)} together" if slowest else ""
        yield Sign(
            Severity.CRITICAL if total > allowed * rules.FAR_OVER_BUDGET else Severity.HIGH,
            f"The model takes {friendly(model)}{reading}; {source} {friendly(allowed)}.",
            reads=("ml.latency", *(["eng.input_survey"] if slowest else []), limit, "eng.serving"),
            inputs=(slowest,) if slowest else (),
            facts=("read_ms",),
        )


def _slowest_read(case: Case) -> Surveyed | None:
    """The must-have input that takes longest to read; None while no such time is known."""
    timed = (i for i in case.inputs if i.input.must and i.input.read)
    return max(timed, key=lambda i: i.input.read or Decimal(0), default=None)


@detector(
    "engineering plans a longer wait than the PM",
    Pillar.SLA,
    Basis.CONFLICT,
    seed="P3",
    who="pm with eng",
    do="Agree on one number.",
)
def latency_expectation_gap(case: Case) -> Iterator[Sign]:
    """Somebody waits, and the time that engineering plans is longer than the PM's users can wait."""
    budget, wait = case.duration("eng.latency_budget"), case.duration("pm.response_time")
    if case.online_path and budget is not None and wait is not None and budget > wait:
        need, plan = case.quantity("pm.response_time"), case.quantity("eng.latency_budget")
        say = f"The PM expects an answer within {need}; engineering plans with {plan}."
        yield Sign(Severity.HIGH, say, reads=("eng.latency_budget", "pm.response_time", "eng.serving"))


@detector(
    "nobody knows whether it is fast enough",
    Pillar.SLA,
    Basis.RISK,
    seed="P3",
    who="ml",
    do="Time the model on the hardware that will serve it.",
)
def latency_unknown(case: Case) -> Iterator[Sign]:
    """Somebody waits for each prediction, and the model has not been timed or its time budget is not known."""
    untimed = case.not_measured("ml.latency") or case.unknown("ml.latency")
    unplanned = case.unknown("eng.latency_budget")
    if not case.fast_path or not (untimed or unplanned):
        return
    near = case.launch_within(rules.NEAR_LAUNCH)
    missing = ["the model has not been timed"] * untimed + ["the time that the product leaves is not known"] * unplanned
    reads = (*["ml.latency"] * untimed, *["eng.latency_budget"] * unplanned, "eng.serving", *["pm.launch"] * near)
    say = f"Nobody knows whether this is fast enough: {listed(missing)}."
    do = "" if untimed else "Agree with engineering how long one prediction may take."
    yield Sign(Severity.HIGH if near else Severity.MEDIUM, say, reads, do=do)
