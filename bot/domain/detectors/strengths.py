"""What goes well, and is worth saying: a digest of only red trains people to skip it."""

from bot.domain.bank import Pillar

from .case import Case
from .registry import strength

SEEN_LIVE = ("experiment", "staged_rollout", "before_after")


@strength("ML's metric is tied to the goal", Pillar.PRODUCT, seed="P1")
def good_metric_link(case: Case) -> str | None:
    """What ML optimises is known to move the PM's number, and that will be seen in real use."""
    linked = case.is_one_of("ml.metric_link", "same_metric", "experiment", "past_data")
    if not linked or not case.is_one_of("pm.measure_how", *SEEN_LIVE):
        return None
    metric = case.text("pm.success_metric", "metric")
    goal = f"'{metric}'" if metric else "the PM's number"
    return f"ML's metric is tied to {goal} and will be measured live."


@strength("the outcome is watched from day zero", Pillar.SLA, seed="G2")
def good_day_zero_monitoring(case: Case) -> str | None:
    """The business outcome is on a board before launch, somebody owns it, and the effect can be told from chance."""
    before = case.is_one_of("eng.monitoring", "before_launch", field="when")
    outcome = "business_metric" in (case.said("eng.monitoring", "covers") or ())
    owned = case.person("eng.monitor_owner") is not None
    if before and outcome and owned and case.is_one_of("pm.measure_how", *SEEN_LIVE):
        return "The business outcome is on a board with an owner from day zero."
    return None
