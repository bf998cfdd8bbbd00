"""What the model learns from is there, is allowed, and is like what production will send: the project as a whole."""

from collections.abc import Iterator

from bot.domain.bank import Pillar
from bot.domain.coverage import LISTED, SURVEY
from bot.domain.findings import Basis, Severity
from bot.domain.inputs import Risk, Surveyed

from .case import Case
from .quoting import mid_sentence, names, on
from .registry import Sign, detector


@detector(
    "no true answers to learn from",
    Pillar.DATA,
    Basis.RISK,
    seed="P2",
    who="ml with pm",
    do="Plan how to collect them, or start with a rule.",
)
def labels_missing(case: Case) -> Iterator[Sign]:
    """There are no labels, or they must be collected first."""
    say = "There are no true answers (labels) for the model to learn from"
    if case.is_one_of("ml.labels", "none", field="source"):
        yield Sign(Severity.CRITICAL, f"{say}.", ("ml.labels",))
    elif case.is_one_of("ml.labels", "must_collect", field="source"):
        if case.said("ml.label_plan"):
            by = case.day("ml.label_plan", "by")
            planned = f"; they are to be collected by {on(by)}" if by else "; there is a plan to collect them"
            yield Sign(Severity.MEDIUM, f"{say} yet{planned}.", ("ml.labels", "ml.label_plan"))
        else:
            yield Sign(Severity.HIGH, f"{say} yet; they must be collected first.", ("ml.labels",))


@detector(
    "the model learns from a stand-in",
    Pillar.DATA,
    Basis.RISK,
    seed="P1",
    who="ml with pm",
    do="List whom the stand-in misjudges, and test another label.",
)
def labels_proxy(case: Case) -> Iterator[Sign]:
    """The label is not quite what people want to know."""
    if case.is_one_of("ml.labels", "proxy", field="source"):
        say = "The model learns from a stand-in for what you really want to know"
        reads = ("ml.labels", "pm.stakes") if case.rights else ("ml.labels",)
        severity = Severity.HIGH if case.rights else Severity.MEDIUM
        yield Sign(severity, f"{say}{_at_stake(case)}.", reads)


_CHECKED = {
    "warehouse_only": (
        Severity.HIGH,
        "The inputs were checked only in the warehouse or the training data, not in production with an engineer.",
    ),
    "not_checked": (
        Severity.HIGH,
        "Nobody has checked yet, in production and with an engineer, that the inputs exist.",
    ),
    "partly": (Severity.MEDIUM, "Only some of the inputs were checked in production so far."),
    "in_production_alone": (
        Severity.MEDIUM,
        "The inputs were checked in production, but not together with an engineer.",
    ),
}


@detector(
    "inputs were not checked together in production",
    Pillar.DATA,
    Basis.RISK,
    seed="P4 G3",
    who="ml with eng",
    do="Take an hour, ML and engineering together, and go through the list.",
)
def survey_gap(case: Case) -> Iterator[Sign]:
    """ML has not looked at production with the engineer, or nobody knows whether production has a must-have."""
    severity, checked = _CHECKED.get(case.text("ml.surveyed"), (Severity.LOW, ""))
    unknown = tuple(i for i in case.inputs if i.input.must and i.input.in_prod == "unknown")
    if unknown:
        say = f"Nobody knows yet whether production has {names(unknown)}. {checked}".strip()
        reads = (SURVEY, LISTED, *(["ml.surveyed"] if checked else []))
        yield Sign(Severity.HIGH, say, reads, inputs=unknown, facts=("in_prod",))
    elif checked:
        yield Sign(severity, checked, ("ml.surveyed",))


_KEPT_ALIKE = {
    "reimplement_untested": "and no test compares the two",
    "not_decided": "and it is not decided how to keep the two alike",
    "unknown": "and nobody knows how to keep the two alike",
}
_DRIFT_READS = {
    Risk.HIGH: ("train_from", "source_kind", "in_prod"),
    Risk.MEDIUM: ("train_from", "preprocessing"),
}


@detector(
    "training and production may compute an input differently",
    Pillar.DATA,
    Basis.RISK,
    seed="P4",
    who="eng with ml",
    do="Log the inputs where they are served and train on the log, share the code, or test that both agree.",
)
def skew_unplanned(case: Case) -> Iterator[Sign]:
    """An input is likely to be computed in two ways, and nothing would show where they differ."""
    answer = "unknown" if case.unknown("eng.skew_plan") else case.text("eng.skew_plan")
    risk = next((risk for risk in _DRIFT_READS if _drifting(case, risk)), None)
    if answer in _KEPT_ALIKE and risk:
        inputs, high = _drifting(case, risk), risk is Risk.HIGH
        where = ("eng.serving",) if high and case.said("eng.serving") else ()
        yield Sign(
            Severity.HIGH if high else Severity.MEDIUM,
            f"Training and production are likely to compute {names(inputs)} in two ways, {_KEPT_ALIKE[answer]}.",
            reads=("eng.skew_plan", LISTED, SURVEY, *where),
            inputs=inputs,
            facts=_DRIFT_READS[risk],
        )


def _drifting(case: Case, risk: Risk) -> tuple[Surveyed, ...]:
    """Where nobody has said whether production has an input, a high risk is only assumed, which is no finding."""
    wanted = (i for i in case.inputs if i.input.importance in ("must", "should") and i.skew_risk is risk)
    return tuple(i for i in wanted if risk is not Risk.HIGH or i.input.placed)


@detector(
    "training data may differ from live data",
    Pillar.DATA,
    Basis.RISK,
    seed="P2",
    who="ml with eng",
    do="Compare it with a week of live inputs, and list the gaps.",
)
def train_prod_mismatch(case: Case) -> Iterator[Sign]:
    """The model learns from other data than it will meet, or nobody has looked."""
    reads = ("ml.representative",)
    if case.is_one_of("ml.representative", "known_different"):
        yield Sign(Severity.HIGH, "The training data is known to differ from what production will send.", reads)
    elif case.is_one_of("ml.representative", "some_gaps"):
        yield Sign(Severity.MEDIUM, "The training data has known gaps against what production will send.", reads)
    elif case.is_one_of("ml.representative", "not_checked"):
        elsewhere = case.is_one_of("ml.feasibility", "proven_elsewhere")
        evidence = ", and the evidence comes from elsewhere" if elsewhere else ""
        say = f"Nobody has compared the training data with what production will send{evidence}{_at_stake(case)}."
        weighs = (*(["ml.feasibility"] if elsewhere else []), *(["pm.stakes"] if case.rights else []))
        yield Sign(Severity.HIGH if weighs else Severity.MEDIUM, say, (*reads, *weighs))


@detector(
    "permission to use the inputs is open",
    Pillar.DATA,
    Basis.RISK,
    seed="P2",
    who="eng with pm",
    do="Ask legal and security, with the list of inputs.",
)
def limits_unchecked(case: Case) -> Iterator[Sign]:
    """The inputs may not be used as planned, or nobody has checked whether they may."""
    if case.is_one_of("eng.limits", "blocked"):
        say = "These inputs may not be used as planned: privacy, law or security does not allow it."
        yield Sign(Severity.CRITICAL, say, ("eng.limits",))
    elif case.is_one_of("eng.limits", "not_checked") or case.unknown("eng.limits"):
        sensitive = tuple(i for i in case.inputs if i.input.must and i.input.pii == "sensitive")
        checked = "knows" if case.unknown("eng.limits") else "has checked"
        private = f"; {names(sensitive)} {'is' if len(sensitive) == 1 else 'are'} sensitive" if sensitive else ""
        yield Sign(
            Severity.HIGH if case.rights or sensitive else Severity.MEDIUM,
            f"Nobody {checked} yet whether privacy, law and security allow these inputs{private}{_at_stake(case)}.",
            ("eng.limits", *([SURVEY, LISTED] if sensitive else []), *(["pm.stakes"] if case.rights else [])),
            inputs=sensitive,
            facts=("pii",),
        )


def _at_stake(case: Case) -> str:
    """Why it weighs more where people are judged."""
    felt = case.labels("pm.stakes", "affects").get("rights_health_jobs", "")
    return f"; {mid_sentence(felt)} is at stake" if felt else ""
