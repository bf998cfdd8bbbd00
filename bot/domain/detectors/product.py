"""Success is a number outside the model, ML's metric moves it, and there is evidence that ML can do it."""

import re
from collections.abc import Iterator

from bot.domain import rules
from bot.domain.bank import Pillar
from bot.domain.findings import Basis, Severity

from .case import Case
from .quoting import listed, mid_sentence, on
from .registry import Sign, detector

_APPEALABLE = ("money", "rights_health_jobs")  # people must be able to object
_MODEL_METRIC = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, rules.MODEL_METRICS))})(?!\w)", re.IGNORECASE)


_OURS_AND_LIVE = {
    "not_checked": "and nobody has compared our data with live data",
    "known_different": "and our data is known to differ from live data",
}


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
    "nobody could tell whether it succeeded",
    Pillar.PRODUCT,
    Basis.RISK,
    seed="P1",
    who="pm",
    do="Give the number, its unit, today's value and a date.",
)
def success_unmeasurable(case: Case) -> Iterator[Sign]:
    """The success metric leaves room, or its target cannot be checked."""
    metric = case.text("pm.success_metric", "metric")
    wording = ["its wording leaves room" if metric else "it has no name"] if case.vague("pm.success_metric") else []
    target = _target_flaws(case)
    if wording or target:
        goal = f"the goal '{metric}'" if metric else "the goal"
        say = f"Nobody could tell whether {goal} was reached: {listed([*wording, *target])}."
        named = ("pm.success_metric",) if wording or metric else ()
        checked = ("pm.success_target",) if target else ()
        yield Sign(Severity.HIGH, say, (*named, *checked) if wording else (*checked, *named))


def _target_flaws(case: Case) -> list[str]:
    if not case.said("pm.success_target"):
        return []
    target, current = case.said("pm.success_target", "target"), case.said("pm.success_target", "current")
    lacking = {"no number": target is None, "no unit": not case.text("pm.success_target", "unit")}
    missing = listed([part for part, found in lacking.items() if found])
    same = target is not None and target == current
    return [*([f"the target has {missing}"] if missing else []), *(["the target is today's value"] if same else [])]


@detector(
    "the cost of mistakes is not known",
    Pillar.PRODUCT,
    Basis.RISK,
    seed="P1",
    who="pm",
    do="Give a rough cost for a false alarm and for a miss.",
)
def errors_unpriced(case: Case) -> Iterator[Sign]:
    """Nobody knows what a wrong prediction costs, or the answer leaves room."""
    if case.unknown("pm.error_cost") or case.vague("pm.error_cost"):
        cost = case.text("pm.error_cost", "cost")
        room = f": '{cost}' leaves room" if cost else ""
        yield Sign(Severity.MEDIUM, f"The cost of a wrong prediction is not known{room}.", ("pm.error_cost",))


@detector(
    "automatic decisions without an appeal",
    Pillar.PRODUCT,
    Basis.RISK,
    who="pm with legal",
    do="Add a review or an appeal before launch.",
)
def high_stakes_unreviewed(case: Case) -> Iterator[Sign]:
    """What matters to people is decided automatically, and nobody can object."""
    decided = case.is_one_of("pm.stakes", "automatic_no_appeal", field="review")
    affected = [mid_sentence(label) for id, label in case.labels("pm.stakes", "affects").items() if id in _APPEALABLE]
    if decided and affected:
        say = f"The decision on {' and on '.join(affected)} is automatic, with no real appeal."
        yield Sign(Severity.HIGH if case.rights else Severity.MEDIUM, say, ("pm.stakes",))


@detector(
    "ML's metric and the goal are not linked",
    Pillar.PRODUCT,
    Basis.CONFLICT,
    seed="P1",
    who="ml with pm",
    do="Check the link on past data or with a small test, and put the PM's number first.",
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
    optimised = _quoted(case.text("ml.optimise")) or "a metric not named yet"
    goal = _quoted(case.text("pm.success_metric", "metric")) or "a number not named yet"
    nowhere = " Nor is there a plan to see the goal move in real use." if unseen else ""
    yield Sign(
        severity.raised if unseen else severity,
        f"ML optimises {optimised}; the goal is {goal}. What links the two: {link}.{nowhere}",
        (*reads, "pm.measure_how") if unseen else reads,
    )


def _quoted(text: str) -> str:
    return f"'{text}'" if text else ""


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
    if case.is_one_of("ml.feasibility", "unlikely"):
        yield Sign(Severity.CRITICAL, "By the evidence of today, ML is unlikely to do this well enough.", reads)
    elif case.is_one_of("ml.feasibility", "plausible_untested"):
        by = case.day("ml.feasibility_test", "by")
        reads = (*reads, "ml.feasibility_test") if by else reads
        test = f"a test is planned by {on(by)}" if by else "nobody has tested it yet"
        say = f"That ML can do this is plausible; {test}."
        yield Sign(Severity.MEDIUM if by else Severity.HIGH, say, reads)
    elif case.is_one_of("ml.feasibility", "proven_elsewhere") and case.text("ml.representative") in _OURS_AND_LIVE:
        differs = _OURS_AND_LIVE[case.text("ml.representative")]
        say = f"That ML can do this was shown elsewhere, not on our data; {differs}."
        yield Sign(Severity.HIGH, say, (*reads, "ml.representative"))
