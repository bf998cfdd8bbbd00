"""What goes well, and is worth saying: a digest of only red trains people to skip it."""

from bot.domain.bank import Pillar
from bot.domain.coverage import SURVEY

from .case import Case
from .registry import strength
from .simple import SIMPLE_START, baseline_scored, gain_known, tradeoff_conflict
from .sla import open_breaches, service_levels

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
    """The business outcome is on a dashboard before launch, somebody watches it, and it can be told from chance."""
    before = case.is_one_of("eng.monitoring", "before_launch", field="when")
    outcome = "business_metric" in (case.said("eng.monitoring", "covers") or ())
    owned = case.person("eng.monitor_owner") is not None
    if before and outcome and owned and case.is_one_of("pm.measure_how", *SEEN_LIVE):
        return "The business outcome is on a dashboard with an owner from day zero."
    return None


@strength("service levels are defined and measured", Pillar.SLA, seed="G4")
def good_sla(case: Case) -> str | None:
    """Each service level has a number, a period and a place, is measured already, and none is missed."""
    levels = service_levels(case)
    if levels and all(level.kept_watch_of for level in levels) and not open_breaches(case):
        return "Service levels are defined and measured."
    return None


@strength("PM and ML agree what an earlier launch is worth", Pillar.SIMPLE, seed="G1")
def good_tradeoff(case: Case) -> str | None:
    """The PM would take the simpler one, and ML starts with one, or has put a price on the larger one."""
    wished = case.is_one_of("pm.ship_tradeoff", "simple_first", "depends_on_gap")
    priced = gain_known(case) and case.said("ml.v1_gain", "extra_weeks") is not None
    simple = case.is_one_of("ml.v1", *SIMPLE_START) or (case.is_one_of("ml.v1", "deep_or_ensemble") and priced)
    if wished and simple and not any(tradeoff_conflict(case)):
        return "PM and ML agree what to trade for an earlier launch."
    return None


@strength("production data was checked together", Pillar.DATA, seed="G3")
def good_data_survey(case: Case) -> str | None:
    """ML and the engineer went through production together, know about each input, and keep meeting."""
    together = case.is_one_of("ml.surveyed", "in_production_with_engineer")
    status = case.coverage.status.get(SURVEY)
    meeting = all(case.is_one_of(id, "weekly", "fortnightly") for id in ("ml.pairing", "eng.pairing"))
    if together and status and status.given and meeting:
        return "ML and engineering walked through production data together."
    return None


@strength("simple first, with a baseline", Pillar.SIMPLE, seed="G1")
def good_baseline_first(case: Case) -> str | None:
    """The first version is simple, and what it must beat has been measured."""
    if baseline_scored(case) and case.is_one_of("ml.v1", *SIMPLE_START):
        return "The simple version comes first, with a measured baseline."
    return None
