"""The demo's people and what they say: a believable team that predicts when food is ready.

Names and figures are made up. An answer is how somebody gives it: typed into the thread, picked on the message, filled
into the form that **Answer** opens, or an honest "I don't know".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Says:
    text: str


@dataclass(frozen=True, slots=True)
class Picks:
    label: str


@dataclass(frozen=True, slots=True)
class Fills:
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Lists:
    """Rows of a list, one form each; then "That's all" unless the list knows its end."""

    rows: tuple[Mapping[str, Any], ...]
    closes: bool = True


@dataclass(frozen=True, slots=True)
class DoesNotKnow:
    asks: str  # the person who may know


Answer = Says | Picks | Fills | Lists | DoesNotKnow

PEOPLE = {
    "ana": ("U0ANA", "Ana", "Europe/Berlin"),
    "mei": ("U0MEI", "Mei", "Europe/Lisbon"),
    "raj": ("U0RAJ", "Raj", "Asia/Kolkata"),
}
CHANNEL = "ready-by"
KICKOFF = "kickoff Ready-By pm:@ana ml:@mei eng:@raj launch:2026-06-01 Guests see when their food will be ready"

ANA: Mapping[str, Answer] = {
    "pm.user_decision": Says(
        "The order screen shows guests a ready-time, and the kitchen display sorts orders by it, "
        "so couriers leave on time"
    ),
    "pm.success_metric": Fills(
        {"The number that must move": "late pickups per 100 orders", "What kind of number it is": "What users do"}
    ),
    "pm.success_target": Fills(
        {
            "Today's value (leave empty if unknown)": "11",
            "Value that makes it worth the work": "7",
            "Unit": "late pickups per 100 orders",
        }
    ),
    "pm.measure_how": Picks("Randomised test against the current way"),
    "pm.today": Fills({"What happens today": "A rule", "Has anyone tried a simple rule?": "Tried, not good enough"}),
    "pm.error_cost": Fills(
        {
            "Which mistake hurts more": "Missing a case is worse",
            "What one of them costs, roughly": "about 3 euros and a cold meal for each late pickup",
        }
    ),
    "pm.ship_tradeoff": Picks("Ship the simpler one first"),
    "pm.launch": Fills({"How firm it is": "Target", "Date (leave empty if there is none)": "2026-06-01"}),
    "pm.response_time": Fills({"Longest useful wait": ("300", "milliseconds")}),
    "pm.stakes": Fills(
        {
            "Who feels a wrong prediction": ["Nobody much"],
            "Can a person catch or undo it?": "Automatic, a person can override",
        }
    ),
    "pm.fallback": Picks("A default or a rule"),
    "pm.decider": Fills({"Who decides": "ana"}),
}

MEI: Mapping[str, Answer] = {
    "ml.feasibility": Picks("Prototype looks promising"),
    "ml.target": Fills(
        {
            "What is predicted": "minutes until the food is ready",
            "For which thing": "each order",
            "At what moment": "when the order is placed",
        }
    ),
    "ml.optimise": Says("mean absolute error in minutes, on the last four weeks of orders"),
    "ml.metric_link": Picks("Reasonable guess, untested"),
    "ml.labels": Fills({"Where the true answers come from": "Trusted outcomes we already record"}),
    "ml.inputs": Lists(
        (
            {
                "Name of the input": "kitchen_load_5min",
                "Per what": "kitchen",
                "How the value is made": "Average, sum or similar over a time window",
                "How old may the value be when it is used?": ("30", "seconds"),
                "How much the first version needs it": "Must have: pointless without it",
            },
            {
                "Name of the input": "dish_prep_time",
                "Per what": "dish",
                "How the value is made": "Looked up as it is stored",
                "How old may the value be when it is used?": ("1", "days"),
                "How much the first version needs it": "Must have: pointless without it",
            },
        )
    ),
    "ml.surveyed": Picks("Only in the warehouse / training data"),
    "ml.representative": Picks("Some known gaps"),
    "ml.baseline": DoesNotKnow(asks="ana"),
    "ml.v1": Picks("Boosted trees"),
    "ml.latency": Fills({"Model response time": ("240", "milliseconds")}),
    "ml.effort": Fills({"Likely, in weeks": "5", "If things go badly, in weeks": "8"}),
    "ml.pairing": Picks("Weekly or more"),
}

RAJ: Mapping[str, Answer] = {
    "eng.serving": Picks("At request time"),
    "eng.volume": Says("about 60 per second at lunch"),
    "eng.feasible": Fills(
        {
            "Can it be built and run by the date?": "Yes, if ...",
            "Condition or blocker (leave empty for a plain yes)": "the order service may call us inside its 250 ms",
        }
    ),
    "eng.input_survey": Lists(
        (
            {
                "Where it lives": "kitchen-events topic",
                "What kind of place that is": "A stream of events",
                "Can production read it today?": "The data is in production, the value must be built",
                "Time to read it in production, slow end, in ms": "25",
            },
            {
                "Where it lives": "menu database",
                "What kind of place that is": "A production database",
                "Can production read it today?": "A service can read the finished value today",
                "Time to read it in production, slow end, in ms": "5",
            },
        ),
        closes=False,
    ),
    "eng.limits": Picks("Checked, no limits"),
    "eng.latency_budget": Fills({"Time budget": ("150", "milliseconds")}),
    "eng.skew_plan": Picks("Log inputs at serving, train on the log"),
    "eng.slos": Lists(
        (
            {
                "What is measured": "time to answer, slow end",
                "Target": "95 % under 150 ms",
                "Over which period": "28 days",
                "Where it is measured": "order-service dashboard",
                "Is it being measured already?": "No",
            },
        )
    ),
    "eng.monitoring": Fills(
        {
            "When it will exist": "Before launch (day zero)",
            "What it will show (leave empty if not planned)": ["The PM's number", "Latency and errors"],
        }
    ),
    "eng.monitor_owner": Fills({"Who watches it": "raj"}),
    "eng.rollback": Picks("Switch, minutes"),
    "eng.effort": Fills({"Likely, in weeks": "4", "If things go badly, in weeks": "6"}),
    "eng.pairing": Picks("Weekly or more"),
}
