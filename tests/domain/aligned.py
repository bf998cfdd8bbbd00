"""A project on which everybody agrees, as a JSON document; tests take from it or change it."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from bot.domain.detectors import Case
from bot.domain.findings import Severity
from bot.packs.loader import load_bank
from bot.services.snapshots import read_snapshot

BANK = load_bank()
OWN_TABLE = {
    "transform": "lookup",
    "train_from": "logged",
    "at_prediction": "yes",
    "source_kind": "db",
    "in_prod": "served",
    "preprocessing": "none",
    "owner": "orders team",
    "access": "open",
    "pii": "none",
    "history": "full",
    "contract": "yes",
    "freshness_needed": {"value": 1, "unit": "d"},
    "freshness_available": {"value": 1, "unit": "h"},
    "read_ms": 5,
}
ALIGNED: Mapping[str, Any] = {
    "id": "ready-by",
    "as_of": "2026-03-02",
    "people": {"pm": "U0ANA", "ml": "U0MEI", "eng": "U0RAJ"},
    "answers": {
        "pm": {
            "pm.user_decision": "Dispatchers hold a courier back when the order will be ready late.",
            "pm.success_metric": {"metric": "late pickups per 100 orders", "kind": "time_or_effort"},
            "pm.success_target": {"current": 14, "target": 9, "unit": "per 100 orders", "by": "2026-09-30"},
            "pm.measure_how": "experiment",
            "pm.today": {"now": "rule", "rule_tried": "not_enough"},
            "pm.error_cost": {"worse": "miss", "cost": "4 euros of refund for each late pickup"},
            "pm.ship_tradeoff": "simple_first",
            "pm.launch": {"date": "2026-07-01", "flexibility": "target"},
            "pm.response_time": {"value": 200, "unit": "ms"},
            "pm.stakes": {"affects": ["nobody_much"], "review": "person_can_override"},
            "pm.fallback": "default_or_rule",
            "pm.decider": "U0ANA",
        },
        "ml": {
            "ml.feasibility": "promising_prototype",
            "ml.target": {"predicts": "minutes until ready", "per": "order", "when": "when the kitchen accepts"},
            "ml.optimise": "mean absolute error of the ready time in minutes",
            "ml.metric_link": "past_data",
            "ml.labels": {"source": "trusted", "delay": {"value": 1, "unit": "h"}},
            "ml.surveyed": "in_production_with_engineer",
            "ml.representative": "checked_similar",
            "ml.baseline": {"kind": "current_rule", "score": "6.1 minutes off on average"},
            "ml.v1": "boosted_trees",
            "ml.latency": {"value": 30, "unit": "ms"},
            "ml.effort": {"likely": 3, "worst": 5},
            "ml.pairing": "weekly",
        },
        "eng": {
            "eng.serving": "request_time",
            "eng.volume": {"value": 50, "unit": "per_second"},
            "eng.feasible": {"verdict": "yes"},
            "eng.limits": "checked_none",
            "eng.latency_budget": {"value": 150, "unit": "ms"},
            "eng.skew_plan": "log_at_serving",
            "eng.slos": [
                {
                    "sli": "time to answer, slow end",
                    "target": "under 150 ms",
                    "window": "28 days",
                    "measured_in": "dispatch dashboard",
                    "live": True,
                }
            ],
            "eng.monitoring": {
                "when": "before_launch",
                "covers": ["business_metric", "input_freshness", "latency_errors"],
            },
            "eng.monitor_owner": "U0RAJ",
            "eng.rollback": "switch_minutes",
            "eng.effort": {"likely": 2, "worst": 4},
            "eng.pairing": "weekly",
        },
    },
    "features": [
        {"name": "home zip code", "entity": "courier", "importance": "must", "source": "table couriers", **OWN_TABLE},
        {"name": "items in order", "entity": "order", "importance": "must", "source": "table orders", **OWN_TABLE},
        {"name": "kitchen id", "entity": "order", "importance": "must", "source": "table orders", **OWN_TABLE},
        {"name": "hour of day", "entity": "order", "importance": "should", "source": "table orders", **OWN_TABLE},
        {"name": "public holiday", "entity": "city", "importance": "nice", "source": "table days", **OWN_TABLE},
    ],
    "events": [],
    "pulse": [],
}


def aligned(**changes: Any) -> dict[str, Any]:
    """The aligned project with some answers replaced, by question id with "__" for the dot; None takes one away."""
    document = deepcopy(dict(ALIGNED))
    for name, value in changes.items():
        role, _, rest = name.partition("__")
        question = f"{role}.{rest}"
        document["answers"][role].pop(question, None)
        if value is not None:
            document["answers"][role][question] = value
    return document


def case(features: list[dict[str, Any]] | None = None, **answers: Any) -> Case:
    """A project in which nothing is said but these answers and these inputs."""
    document = {"id": "p", "as_of": "2026-03-02", "people": ALIGNED["people"], "answers": {}}
    for name, value in answers.items():
        role, _, rest = name.partition("__")
        document["answers"].setdefault(role, {})[f"{role}.{rest}"] = value
    return Case(read_snapshot({**document, "features": features or []}, BANK), BANK)


def read(document: dict[str, Any]) -> Case:
    return Case(read_snapshot(document, BANK), BANK)


def severities(detector: Any, of: Case) -> list[Severity]:
    return [sign.severity for sign in detector(of)]
