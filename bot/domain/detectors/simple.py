"""Start simple, with data and model, and say aloud what that trades."""

from collections.abc import Iterator
from decimal import Decimal

from bot.domain import rules
from bot.domain.bank import Pillar
from bot.domain.coverage import LISTED, SURVEY
from bot.domain.durations import as_said, plain_number
from bot.domain.findings import Basis, Severity
from bot.domain.plan import DAYS_IN_A_WEEK, Build, Plan, builds, effort
from bot.domain.reading.words import NOT_MEASURED, straight
from bot.domain.vagueness import says_nothing

from .case import Case
from .quoting import listed, mid_sentence, names, on, upper_first
from .registry import Sign, detector

SIMPLE_START = ("rule", "simple_model", "boosted_trees", "pretrained_api")
_FIRST_VERSION = {
    "rule": "a rule",
    "simple_model": "a simple model",
    "boosted_trees": "boosted trees",
    "pretrained_api": "a pretrained model or API",
    "deep_or_ensemble": "a deep model or an ensemble",
}


@detector(
    "PM and ML plan different first versions",
    Pillar.SIMPLE,
    Basis.CONFLICT,
    seed="G1",
    who="pm with ml",
    do="Agree what is in V1 and what waits for V2.",
)
def tradeoff_conflict(case: Case) -> Iterator[Sign]:
    """The PM wants early and simple, ML builds the full thing; or the other way round."""
    too_much = case.is_one_of("pm.ship_tradeoff", "simple_first") and case.is_one_of("ml.v1", "deep_or_ensemble")
    too_little = case.is_one_of("pm.ship_tradeoff", "wait_for_full") and case.is_one_of("ml.v1", *SIMPLE_START)
    if too_much or too_little:
        wish, plan = mid_sentence(case.label("pm.ship_tradeoff")), _FIRST_VERSION[case.text("ml.v1")]
        yield Sign(
            Severity.HIGH if too_much else Severity.MEDIUM,
            f"The PM would {wish}; ML plans to start with {plan}.",
            reads=("pm.ship_tradeoff", "ml.v1"),
        )


@detector(
    "a simple rule would do",
    Pillar.SIMPLE,
    Basis.CONFLICT,
    seed="P2",
    who="decider",
    do="Ship the rule, or write down what ML must add to it.",
)
def ml_not_needed(case: Case) -> Iterator[Sign]:
    """A simple rule was tried, and it is good enough."""
    if case.is_one_of("pm.today", "good_enough", field="rule_tried"):
        yield Sign(Severity.HIGH, "A simple rule already does the job.", ("pm.today",))


@detector(
    "nothing to compare with",
    Pillar.SIMPLE,
    Basis.RISK,
    seed="P2",
    who="ml",
    do="Measure the simple way this week.",
)
def no_baseline(case: Case) -> Iterator[Sign]:
    """Nobody knows what the model must beat, or where the goal's number is today."""
    model, business = _model_baseline(case), _business_baseline(case)
    lacks = [
        *([(model, "ml.baseline", "ml", "measure the simple way")] if model else []),
        *([(business, "pm.success_target", "pm", "find out today's value of the goal")] if business else []),
    ]
    if lacks:
        none = case.is_one_of("ml.baseline", "none", field="kind")
        says, reads, who, do = zip(*lacks, strict=True)
        say, do_this = f"No agreed baseline: {', and '.join(says)}.", f"{upper_first(listed(do))} this week."
        yield Sign(Severity.HIGH if none else Severity.MEDIUM, say, reads=reads, who=who, do=do_this)


def _model_baseline(case: Case) -> str:
    kind = case.said("ml.baseline", "kind")
    if kind == "none":
        return "there is nothing simple yet that the model must beat"
    if kind is None or baseline_scored(case):
        return ""
    return f"what the model must beat ({mid_sentence(case.label('ml.baseline', 'kind'))}) has no score yet"


def _business_baseline(case: Case) -> str:
    aim = case.said("pm.success_target", "target") is not None
    return "nobody knows today's value of the goal" if aim and case.said("pm.success_target", "current") is None else ""


def baseline_scored(case: Case) -> bool:
    """Something simple was measured, which the model must beat."""
    score = case.text("ml.baseline", "score")
    measured = not says_nothing(score) and straight(score) not in NOT_MEASURED
    return measured and case.said("ml.baseline", "kind") not in (None, "none")


@detector(
    "real time is not needed",
    Pillar.SIMPLE,
    Basis.CONFLICT,
    seed="G1",
    who="eng with pm",
    do="Consider a scheduled batch for V1.",
)
def realtime_not_needed(case: Case) -> Iterator[Sign]:
    """The PM can wait an hour or longer, and engineering plans to compute at request time or on a stream."""
    said, wait = case.said("pm.response_time") or {}, case.duration("pm.response_time")
    at_once = case.is_one_of("eng.serving", "request_time", "streaming")
    if wait is not None and wait >= rules.BATCH_IS_ENOUGH_FROM and at_once:
        where = mid_sentence(case.label("eng.serving"))
        say = f"The PM can wait {as_said(said)} for a prediction, yet it is to be made {where}."
        yield Sign(Severity.MEDIUM, say, ("pm.response_time", "eng.serving"))


@detector(
    "the first version is not the simplest",
    Pillar.SIMPLE,
    Basis.RISK,
    seed="G1",
    who="ml",
    do="Measure a simple version first, and put a price on the difference.",
)
def complex_first(case: Case) -> Iterator[Sign]:
    """ML starts with a large model, and its gain over a simple one is not known."""
    if not case.is_one_of("ml.v1", "deep_or_ensemble") or not case.said("ml.baseline", "kind"):
        return
    say = "The first version is a deep model or an ensemble"
    if not baseline_scored(case):
        say = f"{say}, and nothing simple has been measured that would show its gain."
        yield Sign(Severity.HIGH, say, ("ml.v1", "ml.baseline"))
    elif not gain_known(case):
        say = f"{say}; how much better it is than a simple one is not known."
        yield Sign(Severity.MEDIUM, say, ("ml.v1", "ml.v1_gain", "ml.baseline"))


def gain_known(case: Case) -> bool:
    return bool(case.text("ml.v1_gain", "gain")) and not case.vague("ml.v1_gain")


@detector(
    "nobody has said what earlier is worth",
    Pillar.SIMPLE,
    Basis.RISK,
    seed="G1",
    who="pm",
    do="Talk it over for ten minutes, PM and ML.",
)
def tradeoff_unspoken(case: Case) -> Iterator[Sign]:
    """Whether earlier and simpler wins has not been talked about."""
    if case.is_one_of("pm.ship_tradeoff", "not_discussed") or case.unknown("pm.ship_tradeoff"):
        say = "Nobody has said whether an earlier, simpler version would win over a later, more accurate one."
        yield Sign(Severity.MEDIUM, say, ("pm.ship_tradeoff",))


@detector(
    "the work does not fit before the launch",
    Pillar.SIMPLE,
    Basis.CONFLICT,
    seed="G1",
    who="decider",
    do="Drop hard inputs, move the date, or add people.",
)
def launch_at_risk(case: Case) -> Iterator[Sign]:
    """ML, engineering and the inputs still to build need more weeks than are left."""
    plan = _plan(case)
    severity = _lateness(plan, case.text("pm.launch", "flexibility")) if plan else None
    if plan and severity:
        efforts = (("ml.effort", plan.model), ("eng.effort", plan.launch))
        yield Sign(
            severity,
            _weeks_against_date(case, plan),
            reads=(
                "pm.launch",
                *(id for id, part in efforts if part.given),
                *([SURVEY, LISTED] if plan.builds else []),
            ),
            inputs=tuple(build.input for build in plan.builds),
            facts=("in_prod", "build_weeks"),
        )


def _plan(case: Case) -> Plan | None:
    """What is known of the work before a launch that is still to come, once a role has said how long its part takes."""
    days, model, launch = case.days_left, effort(case.said("ml.effort")), effort(case.said("eng.effort"))
    if days is None or case.live or not (model.given or launch.given):
        return None
    return Plan(days, model, launch, builds(case.inputs))


def _lateness(plan: Plan, flexibility: str) -> Severity | None:
    """A firm date weighs more; without one only what is likely counts."""
    if plan.late:
        fixed = Severity.CRITICAL if plan.far_late else Severity.HIGH
        return {"fixed": fixed, "target": Severity.HIGH, "none": Severity.MEDIUM}.get(flexibility)
    return Severity.MEDIUM if plan.late_at_worst and flexibility in ("fixed", "target") else None


def _weeks_against_date(case: Case, plan: Plan) -> str:
    """What is likely, or only if things go badly, and which part of the work it comes from."""
    total, model, building, launch = (
        (plan.likely, plan.model.likely, plan.building, plan.launch.likely)
        if plan.late
        else (plan.worst, plan.model.worst, plan.building_at_worst, plan.launch.worst)
    )
    pipeline = [_to_build(plan.builds, building)] if building else []
    integration = [f"{_weeks(launch)} to integrate and launch"] if launch else []
    parts = [f"{_weeks(model)} for the model"] if model == total else [*pipeline, *integration]
    opening = f"{_weeks(total)} of work" if plan.late else f"If things go badly, it is {_weeks(total)} of work"
    return f"{opening}, {_left(case, plan.days_left)}: {', and '.join(parts)}."


def _to_build(builds: tuple[Build, ...], building: Decimal) -> str:
    source = " (default estimate)" if any(build.estimate for build in builds) else ""
    return f"{_weeks(building)} to build {names([build.input for build in builds])}{source}"


def _left(case: Case, days: int) -> str:
    date = case.day("pm.launch", "date")
    until = on(date) if date else ""
    if days <= 0:
        return "and the launch is today" if days == 0 else f"and the date, {until}, has passed"
    if days < DAYS_IN_A_WEEK:
        return f"{days} {'day' if days == 1 else 'days'} left until {until}"
    return f"{_weeks(round(Decimal(days) / DAYS_IN_A_WEEK, 1))} left until {until}"


def _weeks(amount: Decimal) -> str:
    number = plain_number(amount)
    return f"{number} {'week' if number == '1' else 'weeks'}"
