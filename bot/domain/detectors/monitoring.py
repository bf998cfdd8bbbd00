"""Watched from day zero, down to the outcome, by somebody who acts; and there is a way back."""

from collections.abc import Iterator

from bot.domain import rules
from bot.domain.bank import Pillar
from bot.domain.findings import Basis, Severity

from .case import Case
from .quoting import mid_sentence, names
from .registry import Sign, detector

EARLY_SIGNS = ("input_freshness", "drift")


def _covers(case: Case, *parts: str) -> bool:
    return not set(parts).isdisjoint(case.said("eng.monitoring", "covers") or ())


def _planned(case: Case) -> bool:
    return case.text("eng.monitoring", "when") not in ("", "none")


def _goal(case: Case) -> tuple[str, tuple[str, ...]]:
    """The PM's number in a sentence, and the question it was read from where it has a name."""
    metric = case.text("pm.success_metric", "metric")
    return (f"'{metric}'", ("pm.success_metric",)) if metric else ("the PM's number", ())


@detector(
    "no plan to see the outcome",
    Pillar.SLA,
    Basis.RISK,
    seed="P1 G2",
    who="pm",
    do="Choose a randomised test, a staged rollout, or before and after.",
)
def outcome_not_measured(case: Case) -> Iterator[Sign]:
    """Whether the PM's number moves because of this will not be seen in real use."""
    if case.is_one_of("pm.measure_how", "offline_only", "not_decided"):
        goal, read = _goal(case)
        how = mid_sentence(case.label("pm.measure_how"))
        say = f"There is no plan to see {goal} move in real use: {how}."
        yield Sign(Severity.HIGH, say, reads=("pm.measure_how", *read))


@detector(
    "the truth comes late and nothing watches before",
    Pillar.SLA,
    Basis.CONFLICT,
    seed="G2",
    who="eng",
    do="Watch for drift, in the inputs or in what the model predicts.",
)
def truth_arrives_late(case: Case) -> Iterator[Sign]:
    """Whether predictions were right is known only after weeks, and monitoring shows no earlier sign."""
    delay = case.duration("ml.labels", "delay")
    if delay is None or delay <= rules.TRUTH_IS_LATE_AFTER:
        return
    if case.text("eng.monitoring", "when") and not _covers(case, "drift"):
        strict = case.rights or "money" in case.affected
        late = case.quantity("ml.labels", "delay")
        say = f"Whether a prediction was right is known {late} later, and nothing watches for earlier signs."
        reads = ("ml.labels", "eng.monitoring", *["pm.stakes"] * strict)
        yield Sign(Severity.HIGH if strict else Severity.MEDIUM, say, reads)


@detector(
    "monitoring comes late",
    Pillar.SLA,
    Basis.RISK,
    seed="G2",
    who="eng",
    do="Have a minimal dashboard before the launch.",
)
def monitoring_late(case: Case) -> Iterator[Sign]:
    """Monitoring is planned for after the launch, or not at all."""
    says = {
        "after_launch": "Monitoring comes after launch: whatever goes wrong in the first days goes unseen.",
        "none": "Monitoring is not planned: whatever goes wrong goes unseen.",
    }
    when = case.text("eng.monitoring", "when")
    if when in says:
        yield Sign(Severity.HIGH, says[when], reads=("eng.monitoring",))


@detector(
    "monitoring does not show the outcome",
    Pillar.SLA,
    Basis.CONFLICT,
    seed="G2",
    who="eng with pm",
    do="Add the PM's number.",
)
def outcome_unmonitored(case: Case) -> Iterator[Sign]:
    """Monitoring is planned and will not show the PM's number."""
    if _planned(case) and not _covers(case, "business_metric"):
        goal, read = _goal(case)
        say = f"Monitoring {'does' if case.live else 'will'} not show {goal}."
        yield Sign(Severity.HIGH, say, reads=("eng.monitoring", *read))


@detector(
    "a broken input would go unnoticed",
    Pillar.SLA,
    Basis.RISK,
    seed="G2",
    who="eng",
    do="Monitor how fresh and how complete each must-have input is.",
)
def inputs_unmonitored(case: Case) -> Iterator[Sign]:
    """Monitoring is planned and watches neither the inputs' freshness nor drift."""
    if not _planned(case) or _covers(case, *EARLY_SIGNS):
        return
    unstable = case.unstable
    why = f", and {names(unstable)} can change without notice" if unstable else ""
    yield Sign(
        Severity.HIGH if case.live or unstable else Severity.MEDIUM,
        f"An input that breaks or grows old would go unnoticed{why}.",
        reads=("eng.monitoring", *["eng.input_survey"] * bool(unstable)),
        inputs=unstable,
        facts=("contract",),
    )


@detector(
    "nobody acts when it goes red",
    Pillar.SLA,
    Basis.RISK,
    seed="G2",
    who="eng",
    do="Name one person.",
)
def monitor_unowned(case: Case) -> Iterator[Sign]:
    """Nobody looks at the monitoring, or nobody knows who does."""
    if case.unknown("eng.monitor_owner") or case.is_one_of("eng.monitor_owner", "none"):
        who = "nobody knows who acts" if case.unknown("eng.monitor_owner") else "nobody acts"
        yield Sign(Severity.HIGH, f"When monitoring goes red, {who}.", reads=("eng.monitor_owner",))


@detector(
    "not prepared for wrong or missing predictions",
    Pillar.SLA,
    Basis.RISK,
    seed="P3",
    who="eng with pm",
    do="Have an off switch and a default before the launch.",
)
def no_way_back(case: Case) -> Iterator[Sign]:
    """Predictions that go wrong are hard to undo, or nobody has decided what comes in their place."""
    stuck = case.is_one_of("eng.rollback", "none", "hard")
    empty = case.is_one_of("pm.fallback", "none", "not_decided")
    if not stuck and not empty:
        return
    back, instead = (_in_words(case, question) for question in ("eng.rollback", "pm.fallback"))
    said = [question for question in ("eng.rollback", "pm.fallback") if case.said(question)]
    strict = stuck and case.serious
    yield Sign(
        Severity.HIGH if strict else Severity.MEDIUM,
        f"The way back if predictions go wrong: {back}. What users get without a prediction: {instead}.",
        reads=(*(said if stuck else reversed(said)), *["pm.stakes"] * strict),
    )


def _in_words(case: Case, question: str) -> str:
    return mid_sentence(case.label(question)) if case.said(question) else "not said yet"
