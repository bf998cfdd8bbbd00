"""In whatever order a document tells a project, it is assessed alike (alignment model, section 6)."""

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.aligned import aligned
from tests.domain.test_health_of_any_project import ANY, Document, any_project, few_projects, reported


@any_project
@given(ANY, st.randoms(use_true_random=False))
def test_the_order_of_anything_in_the_document_changes_nothing(document, shuffled):
    one, other = reported(document), reported(in_another_order(document, shuffled))
    by_name = {input["name"]: input for input in other.pop("inputs")}
    assert [by_name[input["name"]] for input in one.pop("inputs")] == [by_name[name] for name in names(document)]
    assert other == one


ADRIFT = {
    "importance": "must",
    "transform": "lookup",
    "train_from": "warehouse_copy",
    "source_kind": "db",
    "pii": "sensitive",
    "owner": "U0BOB",
    "contract": "no",
    "build_weeks": 2,
    "read_ms": 300,
}
TANGLED = {
    **aligned(
        eng__skew_plan="not_decided",
        eng__limits="not_checked",
        eng__monitoring={"when": "before_launch", "covers": ["business_metric"]},
        ml__surveyed="partly",
        pm__launch={"date": "2026-03-30", "flexibility": "fixed"},
    ),
    "features": [
        *({"name": name, "in_prod": "raw", **ADRIFT} for name in ("d", "a", "c", "b", "e")),
        *({"name": name, "in_prod": "unknown", **ADRIFT} for name in ("z", "y")),
    ],
    "events": [
        {"type": "left", "date": "2026-02-20", "user": "U0BOB"},
        {"type": "sla_breach", "date": "2026-02-20", "sli": "time to answer"},
        {"type": "sla_breach", "date": "2026-02-20", "sli": "freshness"},
        {"type": "left", "date": "2026-02-20", "user": "U0RAJ"},
        {"type": "scope_change", "date": "2026-02-20"},
        {"type": "date_change", "date": "2026-02-01", "from": "2026-06-01", "to": "2026-07-01"},
    ],
}


@few_projects
@given(st.randoms(use_true_random=False))
def test_what_is_told_of_several_inputs_or_events_at_once_is_told_in_one_order(shuffled):
    told, again = reported(TANGLED), reported(in_another_order(TANGLED, shuffled))
    several = {"skew_unplanned", "limits_unchecked", "inputs_unmonitored", "survey_gap", "launch_at_risk", "owner_left"}
    assert several | {"reconfirm_due", "sla_breached"} <= {f["detector"] for f in told["findings"]}
    assert (again["findings"], again["pillars"]) == (told["findings"], told["pillars"])


def names(document: Document) -> list[str]:
    return [record["name"] for record in document.get("features", [])]


def in_another_order(value: Any, shuffled: random.Random, key: str = "") -> Any:
    """Keys of all objects, and those lists in which order says nothing; the rows of an answer are told as written."""
    if isinstance(value, dict):
        keys = shuffled.sample(list(value), len(value))
        return {key: in_another_order(value[key], shuffled, key) for key in keys}
    if isinstance(value, list) and key in ("features", "events", "pulse", "findings", "marks"):
        return shuffled.sample([in_another_order(one, shuffled) for one in value], len(value))
    return value
