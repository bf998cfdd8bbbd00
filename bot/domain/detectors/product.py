"""Success is a number outside the model, ML's metric moves it, and there is evidence that ML can do it."""

import re
from collections.abc import Iterator

from bot.domain import rules
from bot.domain.bank import Pillar
from bot.domain.findings import Basis, Severity

from .case import Case
from .quoting import mid_sentence
from .registry import Sign, detector

_MODEL_METRIC = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, rules.MODEL_METRICS))})(?!\w)", re.IGNORECASE)


@detector(
    "success is a model score",
    Pillar.PRODUCT,
    Basis.RISK,
    seed="P1",
    who="pm",
    do="Name the number outside the model that this should move.",
)
def success_is_model_metric(case: Case) -> Iterator[Sign]:
    """The PM's number is a model score, by its kind or by its name."""
    metric, reads = case.text("pm.success_metric", "metric"), ("pm.success_metric",)
    if case.is_one_of("pm.success_metric", "model_score", field="kind"):
        name = f": '{metric}'" if metric else ""
        yield Sign(Severity.HIGH, f"Success is stated as a model score{name}.", reads)
    elif names_model_metric(metric):
        kind = mid_sentence(case.label("pm.success_metric", "kind"))
        say = f"Success reads like a model score: '{metric}', though it is filed under '{kind}'."
        yield Sign(Severity.MEDIUM, say, reads)


def names_model_metric(text: str) -> bool:
    return _MODEL_METRIC.search(text) is not None


@detector(
    "ML's metric and the goal are not linked",
    Pillar.PRODUCT,
    Basis.CONFLICT,
    seed="P1",
    who="ml with pm",
    do="Check the link on past data or with a small test; make the PM's number the primary one.",
)
def metric_unlinked(case: Case) -> Iterator[Sign]:
    """Nobody knows that what ML optimises moves what the PM wants."""
    guessed = case.is_one_of("ml.metric_link", "reasoned_proxy")
    if not guessed and not case.is_one_of("ml.metric_link", "not_linked") and not case.unknown("ml.metric_link"):
        return
    severity = Severity.MEDIUM if guessed else Severity.HIGH
    reads = ("ml.metric_link", "ml.optimise", "pm.success_metric")
    unseen = case.is_one_of("pm.measure_how", "offline_only", "not_decided")
    link = "not known" if case.unknown("ml.metric_link") else mid_sentence(case.label("ml.metric_link"))
    optimised = case.text("ml.optimise") or "a metric not named yet"
    goal = case.text("pm.success_metric", "metric") or "a number not named yet"
    yield Sign(
        severity.raised if unseen else severity,
        f"ML optimises '{optimised}'; the goal is '{goal}'; the link between the two is: {link}.",
        (*reads, "pm.measure_how") if unseen else reads,
    )


@detector(
    "not proven that ML can do it",
    Pillar.PRODUCT,
    Basis.RISK,
    seed="P2",
    who="ml",
    do="Run the smallest test that says yes or no, with a date, before more is built.",
)
def feasibility_unproven(case: Case) -> Iterator[Sign]:
    """The strongest evidence that ML can do this is weak."""
    reads: tuple[str, ...] = ("ml.feasibility",)
    say = f"Evidence today that ML can do this: {mid_sentence(case.label('ml.feasibility'))}."
    if case.is_one_of("ml.feasibility", "unlikely"):
        yield Sign(Severity.CRITICAL, say, reads)
    elif case.is_one_of("ml.feasibility", "plausible_untested"):
        by = case.text("ml.feasibility_test", "by")
        reads = (*reads, "ml.feasibility_test") if by else reads
        dated = f" A test is planned by {by}." if by else ""
        yield Sign(Severity.MEDIUM if by else Severity.HIGH, say + dated, reads)
    elif case.is_one_of("ml.feasibility", "proven_elsewhere") and _our_data_may_differ(case):
        differs = f" Our data against live data: {mid_sentence(case.label('ml.representative'))}."
        yield Sign(Severity.HIGH, say + differs, (*reads, "ml.representative"))


def _our_data_may_differ(case: Case) -> bool:
    return case.is_one_of("ml.representative", "not_checked", "known_different")
