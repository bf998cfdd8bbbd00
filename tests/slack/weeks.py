"""Projects with so many findings and inputs, and their digests after some weeks."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.bank import Role
from bot.domain.chronicle import EventType, Happened, Pulse
from bot.domain.digest import tell
from tests.domain.aligned import OWN_TABLE
from tests.domain.test_digest import BANK, FULL, NOW, project_of, rows

# Each adds one finding, but the fifth, which adds two.
FAULTS = (
    {"pm.decider": "none"},
    {"ml.latency": {"value": 900, "unit": "ms"}},
    {"pm.success_metric": {"metric": "AUC of the model", "kind": "model_score"}},
    {"eng.rollback": "hard"},
    {"eng.monitoring": {"when": "after_launch", "covers": ["business_metric", "latency_errors"]}},
    {"eng.monitor_owner": "none"},
    {"ml.pairing": "at_handover", "eng.pairing": "at_handover"},
    {"eng.slos": []},
    {"pm.ship_tradeoff": "not_discussed"},
)
UNTIL = {0: 0, 1: 1, 3: 3, 10: 9, 40: 9}  # findings: how many of the faults
PEOPLE = {"PM": "ana", "ML": "mei", "ENG": "raj"}


def inputs(number, unowned=0):
    """Inputs that are easy to have; nobody owns the first ones, which is a finding each."""
    fact = {"entity": "order", "importance": "must", "source": "table orders", **OWN_TABLE}
    names = [f"order fact {n}" for n in range(1, number + 1)]
    return [{"name": name, **fact, **({"owner": ""} if n < unowned else {})} for n, name in enumerate(names)]


def with_findings(number, at=NOW):
    changes = {id: value for fault in FAULTS[: UNTIL[number]] for id, value in fault.items()}
    listed = inputs(40, unowned=30) if number == 40 else inputs(5)
    return project_of(FULL | changes | {id: rows(id, listed) for id in ("ml.inputs", "eng.input_survey")}, at)


def with_inputs(number, at=NOW):
    """Of every five inputs one has no owner."""
    listed = inputs(number, unowned=-(-number // 5))
    return project_of(FULL | {id: rows(id, listed) for id in ("ml.inputs", "eng.input_survey")}, at)


def eventful(at=NOW):
    """A week in which each line of a digest has something to say."""
    promised = {
        "sli": "ready-time call",
        "target": "under 100 ms",
        "window": "28 days",
        "measured_in": "",
        "live": False,
    }
    project = project_of(FULL | {"eng.slos": [promised], "pm.ship_tradeoff": "not_discussed"}, at)
    asked = {Role.PM: {"pulse.date": 4}, Role.ML: {"pulse.date": 3}, Role.ENG: {"pulse.date": 2}}
    pulse = Pulse(1, at, at, ("pulse.date",), {}, asked, closed_at=at)
    moved = Happened(
        EventType.DATE_CHANGE, at + timedelta(days=1), "PM", recheck=("ml.effort", "eng.effort", "pm.launch")
    )
    old = replace(project.answers["ml.surveyed"], at=at - timedelta(days=50))
    return replace(project.with_answer("ml.surveyed", old), pulses=(pulse,), events=(moved,))


def third_week(project):
    """Post and thread of a project's third digest, after one with little known and one with three findings."""
    history = []
    first = project_of({id: value for id, value in FULL.items() if id.startswith("pm.")})
    for week, before in enumerate((first, with_findings(3))):
        history.append(tell(before, BANK, history, NOW + timedelta(weeks=week))[2])
    return tell(project, BANK, history, NOW + timedelta(weeks=2))[:2]
