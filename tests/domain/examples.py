"""For each finding and each strength, projects on which it is told: docs/findings.md quotes them, tests rely on them.

Each is the aligned project with something changed. A finding has one for each severity, the most severe first; the
groups and their order are those of the alignment model, section 7.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.domain.aligned import aligned
from tests.domain.inputs import AVERAGE_LOCATION, quantity

Document = dict[str, Any]
Examples = Mapping[str, Sequence[Document]]
UNKNOWN = {"unknown": True}
RIGHTS = {"affects": ["rights_health_jobs"], "review": "person_decides"}
TOO_OLD = {"freshness_available": quantity(1, "d"), "freshness_needed": quantity(5, "min")}
LEVEL = aligned()["answers"]["eng"]["eng.slos"][0]
NOT_LIVE = {**LEVEL, "live": False}


def with_input(facts: Document, **changes: Any) -> Document:
    """With one more input, a must-have, about which something is said."""
    document = aligned(**changes)
    like = {**document["features"][1], "name": "kitchen load", "entity": "kitchen", "source": "kitchen events"}
    return {**document, "features": [*document["features"], {**like, **facts}]}


def with_people(**people: str | None) -> Document:
    document = aligned()
    return {**document, "people": {**document["people"], **people}}


def last_answered(question: str, day: str) -> Document:
    return {**aligned(), "answer_meta": {question: {"answered_at": day}}}


def after(*events: Document, **changes: Any) -> Document:
    return {**aligned(**changes), "events": list(events)}


def event(type: str, day: str, **facts: str) -> Document:
    return {"type": type, "date": day, **facts}


def moved(before: str, after: str) -> Document:
    return event("date_change", "2026-02-28", **{"from": before, "to": after})


def pulse(*rounds: tuple[int | None, ...], statement: str = "pulse.date", **changes: Any) -> Document:
    """Rounds in which PM, ML and engineering read one statement; in a shorter one the last of them took no part."""
    roles = ("pm", "ml", "eng")
    read = [{role: {statement: mark} for role, mark in zip(roles, marks, strict=False)} for marks in rounds]
    dated = [{"date": f"2026-02-{day:02}", "answers": answers} for day, answers in enumerate(read, start=1)]
    return {**aligned(**changes), "pulse": dated}


def launch(day: str, flexibility: str = "target") -> Document:
    return {"date": day, "flexibility": flexibility}


def board(*covers: str, when: str = "before_launch") -> Document:
    return {"when": when, "covers": list(covers)}


def ms(value: int) -> Document:
    return quantity(value, "ms")


GAPS: Examples = {
    "blocking_open": [aligned(pm__today=None, ml__labels=UNKNOWN)],
    "essential_open": [aligned(pm__measure_how=None, eng__monitor_owner=None)],
    "role_silent": [with_people(eng=None)],
    "vague_answer": [
        aligned(pm__success_metric={"metric": "better user experience", "kind": "user_behaviour"}),
        aligned(pm__error_cost={"worse": "miss", "cost": "a lot"}),
    ],
    "stale_answer": [last_answered("ml.surveyed", "2026-01-02"), last_answered("eng.pairing", "2025-12-20")],
}
PRODUCT: Examples = {
    "success_is_model_metric": [
        aligned(pm__success_metric={"metric": "AUC above 0.9", "kind": "model_score"}),
        aligned(pm__success_metric={"metric": "accuracy of the ready time", "kind": "time_or_effort"}),
    ],
    "success_unmeasurable": [aligned(pm__success_target={"current": 9, "target": 9, "unit": "per 100 orders"})],
    "metric_unlinked": [
        aligned(ml__metric_link="not_linked", pm__measure_how="offline_only"),
        aligned(ml__metric_link="not_linked"),
        aligned(ml__metric_link="reasoned_proxy"),
    ],
    "errors_unpriced": [aligned(pm__error_cost=UNKNOWN)],
    "high_stakes_unreviewed": [
        aligned(pm__stakes={"affects": ["rights_health_jobs"], "review": "automatic_no_appeal"}),
        aligned(pm__stakes={"affects": ["money"], "review": "automatic_no_appeal"}),
    ],
    "feasibility_unproven": [
        aligned(ml__feasibility="unlikely"),
        aligned(ml__feasibility="plausible_untested"),
        aligned(
            ml__feasibility="plausible_untested",
            ml__feasibility_test={"test": "label 200 orders, then beat today's rule", "by": "2026-03-20"},
        ),
    ],
}
DATA: Examples = {
    "labels_missing": [
        aligned(ml__labels={"source": "none"}),
        aligned(ml__labels={"source": "must_collect"}),
        aligned(
            ml__labels={"source": "must_collect"},
            ml__label_plan={"how": "two agents label 50 orders a day", "by": "2026-04-01", "owner": "U0MEI"},
        ),
    ],
    "labels_proxy": [
        aligned(ml__labels={"source": "proxy"}, pm__stakes=RIGHTS),
        aligned(ml__labels={"source": "proxy"}),
    ],
    "train_prod_mismatch": [aligned(ml__representative="known_different"), aligned(ml__representative="not_checked")],
    "survey_gap": [aligned(ml__surveyed="warehouse_only"), aligned(ml__surveyed="in_production_alone")],
    "feature_not_in_prod": [
        with_input({"in_prod": "no"}),
        with_input({"in_prod": "no", "build_weeks": 3}),
        with_input({"in_prod": "partial"}),
    ],
    "feature_hard": [
        with_input({**AVERAGE_LOCATION, "name": "kitchen load, last 5 minutes"}),
        with_input({"source_kind": "warehouse", "in_prod": "raw"}),
        with_input({"source_kind": "warehouse", "in_prod": "raw", "importance": "nice"}),
    ],
    "freshness_gap": [with_input(TOO_OLD), with_input({**TOO_OLD, "importance": "should"})],
    "feature_unowned": [with_input({"owner": ""})],
    "feature_leaks": [
        with_input({"name": "pickup delay", "at_prediction": "no"}),
        with_input({"name": "refund paid", "source_kind": "label", "importance": "nice"}),
    ],
    "history_missing": [with_input({"history": "none"}), with_input({"history": "none", "importance": "should"})],
    "skew_unplanned": [
        with_input({"train_from": "warehouse_copy", "in_prod": "raw"}, eng__skew_plan="reimplement_untested"),
        with_input({"train_from": "warehouse_copy", "preprocessing": "light"}, eng__skew_plan="not_decided"),
    ],
    "source_unstable": [with_input({"contract": "no", "owner": ""}), with_input({"contract": "no"})],
    "limits_unchecked": [
        aligned(eng__limits="blocked"),
        aligned(eng__limits="not_checked", pm__stakes=RIGHTS),
        aligned(eng__limits="not_checked"),
    ],
    "untrusted_input": [with_input({"source_kind": "client", "untrusted": "not_handled"})],
}
SIMPLE: Examples = {
    "ml_not_needed": [aligned(pm__today={"now": "rule", "rule_tried": "good_enough"})],
    "no_baseline": [aligned(ml__baseline={"kind": "none"}), aligned(ml__baseline={"kind": "current_rule"})],
    "complex_first": [
        aligned(ml__v1="deep_or_ensemble", ml__baseline={"kind": "none"}),
        aligned(ml__v1="deep_or_ensemble"),
    ],
    "tradeoff_unspoken": [aligned(pm__ship_tradeoff="not_discussed")],
    "tradeoff_conflict": [aligned(ml__v1="deep_or_ensemble"), aligned(pm__ship_tradeoff="wait_for_full")],
    "realtime_not_needed": [aligned(pm__response_time=quantity(1, "d"))],
    "launch_at_risk": [
        with_input({"in_prod": "raw", "build_weeks": 4}, pm__launch=launch("2026-03-30", "fixed")),
        with_input({"in_prod": "raw", "build_weeks": 4}, pm__launch=launch("2026-03-30")),
        aligned(pm__launch=launch("2026-03-30")),
    ],
}
PARTNER: Examples = {
    "single_voice": [with_people(ml="U0ANA", eng="U0ANA"), with_people(ml="U0RAJ")],
    "feasibility_disputed": [
        aligned(eng__feasible={"verdict": "no", "because": "the order service can't call out while a courier waits"})
    ],
    "pairing_gap": [
        aligned(ml__pairing="at_handover", eng__pairing="at_handover"),
        aligned(ml__pairing="fortnightly", eng__pairing="monthly"),
    ],
    "pairing_disagree": [aligned(eng__pairing="monthly")],
    "no_decider": [aligned(pm__decider="none")],
    "said_vs_felt": [pulse((4, 2, 4), statement="pulse.feasible")],
    "pulse_silent": [pulse((4, 4), (4, 4))],
    "reconfirm_due": [after(moved("2026-07-01", "2026-07-08") | {"date": "2026-02-20"})],
    "owner_left": [after(event("left", "2026-02-27", user="U0DEA"), eng__monitor_owner="U0DEA")],
    "date_slipped": [
        after(moved("2026-05-15", "2026-07-01")),
        after(moved("2026-06-01", "2026-06-15"), moved("2026-06-15", "2026-07-01")),
    ],
}
SLA: Examples = {
    "outcome_not_measured": [aligned(pm__measure_how="offline_only")],
    "truth_arrives_late": [
        aligned(
            ml__labels={"source": "trusted", "delay": quantity(45, "d")},
            pm__stakes={"affects": ["money"], "review": "person_can_override"},
        ),
        aligned(ml__labels={"source": "trusted", "delay": quantity(45, "d")}),
    ],
    "latency_over_budget": [aligned(ml__latency=ms(180)), aligned(ml__latency=ms(160))],
    "latency_expectation_gap": [aligned(eng__latency_budget=ms(300))],
    "latency_unknown": [
        aligned(ml__latency={"not_measured": True}, pm__launch=launch("2026-03-30", "none"), ml__effort=None),
        aligned(ml__latency={"not_measured": True}),
    ],
    "sla_missing": [aligned(eng__slos=[]), aligned(eng__slos=[], eng__serving="batch")],
    "sla_unmeasured": [
        aligned(eng__slos=[NOT_LIVE], pm__launch=launch("2026-03-11", "none")),
        aligned(eng__slos=[{**LEVEL, "measured_in": ""}]),
    ],
    "sla_breached": [
        after(*(event("sla_breach", day, sli="time to answer") for day in ("2026-02-20", "2026-02-26"))),
        after(event("sla_breach", "2026-02-26", sli="time to answer")),
    ],
    "monitoring_late": [
        aligned(eng__monitoring=board("business_metric", "input_freshness", when="after_launch")),
    ],
    "outcome_unmonitored": [aligned(eng__monitoring=board("input_freshness", "latency_errors"))],
    "inputs_unmonitored": [
        with_input({"contract": "no"}, eng__monitoring=board("business_metric")),
        aligned(eng__monitoring=board("business_metric")),
    ],
    "monitor_unowned": [aligned(eng__monitor_owner="none")],
    "no_way_back": [
        aligned(eng__rollback="hard", pm__stakes={"affects": ["money"], "review": "person_can_override"}),
        aligned(pm__fallback="not_decided"),
    ],
}
PULSE: Examples = {
    "pulse_split": [pulse((5, 2, 4)), pulse((4, 3, 2))],
    "pulse_low": [pulse((4, 2, 2)), pulse((4, 3, 1))],
    "pulse_drop": [pulse((4, 4, 4), (4, 2, 4))],
}
STRENGTHS: Examples = {
    "good_metric_link": [aligned()],
    "good_tradeoff": [aligned()],
    "good_day_zero_monitoring": [aligned()],
    "good_data_survey": [aligned()],
    "good_sla": [aligned()],
    "good_baseline_first": [aligned()],
}
FINDINGS: Examples = {**GAPS, **PRODUCT, **DATA, **SIMPLE, **PARTNER, **SLA, **PULSE}
