"""The demo's people and what they say: a believable team that predicts when food is ready.

Names and figures are made up. An answer is how somebody gives it: typed into the thread, picked on the message, filled
into the form that **Answer** opens, or an honest "I don't know".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Form = Mapping[str, Any]
"""What somebody fills in, by the labels of the form."""


@dataclass(frozen=True, slots=True)
class Says:
    text: str


@dataclass(frozen=True, slots=True)
class Picks:
    label: str


@dataclass(frozen=True, slots=True)
class Fills:
    values: Form


@dataclass(frozen=True, slots=True)
class Lists:
    """Rows of a list, one form each, of one page or several; then "That's all" unless the list knows its end."""

    rows: tuple[tuple[Form, ...], ...]
    closes: bool = True


@dataclass(frozen=True, slots=True)
class Lines:
    """Rows of a list as plain lines, typed into the thread; then what was made of them is confirmed."""

    text: str


@dataclass(frozen=True, slots=True)
class DoesNotKnow:
    asks: str  # the person who may know


Answer = Says | Picks | Fills | Lists | Lines | DoesNotKnow

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
    "ml.inputs": Lines(
        "kitchen_load_5min, average over the last 5 min, per kitchen, fresh within 30 s, must\n"
        "avg courier location last 5 min, per courier, fresh within 30 s, must\n"
        "guest's home zip code, per guest, looked up in the profile, at most 30 d old, should\n"
        "dish prep time, per dish, looked up in the menu, at most 1 d old, must\n"
        "items in the order, per order, looked up, fresh within 5 s, must"
    ),
    "ml.surveyed": Picks("Only in the warehouse / training data"),
    "ml.representative": Picks("Some known gaps"),
    "ml.baseline": DoesNotKnow(asks="ana"),
    "ml.v1": Picks("Boosted trees"),
    "ml.latency": Fills({"Model response time": ("240", "milliseconds")}),
    "ml.effort": Fills({"Likely, in weeks": "5", "If things go badly, in weeks": "8"}),
    "ml.pairing": Picks("Weekly or more"),
}

_STREAM: Form = {
    "What kind of place it comes from": "A stream of events",
    "Can production read it today?": "The data is in production, the value must be built",
    "Time to read it in production, slow end, in ms": "25",
    "How old it really is when read": ("5", "seconds"),
    "Who answers for it (person or team)": "the kitchen team",
    "May our service read it?": "Yes",
}
_TO_BUILD: Form = {
    "Who puts the events together in production, and how late may one arrive?": "nobody yet; up to 10 s",
    "Cleaning it needs in production": "Light",
    "Can we tell its value at a past moment?": "Partly",
}
_DATABASE: Form = {
    "What kind of place it comes from": "A production database",
    "Can production read it today?": "A service can read the finished value today",
    "Time to read it in production, slow end, in ms": "5",
    "Who answers for it (person or team)": "the menu team",
    "May our service read it?": "Yes",
}
_REQUEST: Form = {
    "What kind of place it comes from": "Part of the request",
    "Can production read it today?": "A service can read the finished value today",
    "May our service read it?": "Yes",
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
            (_STREAM, {**_TO_BUILD, "Where exactly it lives": "kitchen-events topic"}),
            (
                {**_STREAM, "Who answers for it (person or team)": "the courier team"},
                {**_TO_BUILD, "Where exactly it lives": "courier-positions topic"},
            ),
            ({**_DATABASE, "Who answers for it (person or team)": "the accounts team"},),
            (_DATABASE,),
            (_REQUEST,),
        ),
        closes=False,
    ),
    "eng.limits": Picks("Checked, no limits"),
    "eng.latency_budget": Fills({"Time budget": ("150", "milliseconds")}),
    "eng.skew_plan": Picks("Log inputs at serving, train on the log"),
    "eng.slos": Lists(
        (
            (
                {
                    "What is measured": "time to answer, slow end",
                    "Target": "95 % under 150 ms",
                    "Over which period": "28 days",
                    "Where it is measured": "order-service dashboard",
                    "Is it being measured already?": "No",
                },
            ),
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
