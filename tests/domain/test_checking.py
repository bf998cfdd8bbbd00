"""What can be stored: the encoding of the snapshot format, and nothing that could not be so."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.checking import check, malformed, malformed_row, missing
from bot.packs.loader import load_bank
from tests.strategies import values

BANK = load_bank()
TODAY = date(2027, 1, 6)
ROW = {
    "name": "zip",
    "entity": "user",
    "transform": "lookup",
    "freshness_needed": {"value": 1, "unit": "d"},
    "importance": "must",
}


@pytest.mark.parametrize(
    ("id", "value"),
    [
        ("pm.user_decision", "Agents call these customers first."),
        ("pm.user_decision", "x" * 10_000),
        ("pm.measure_how", "experiment"),
        ("pm.response_time", {"value": 100, "unit": "ms"}),
        ("pm.response_time", {"na": True}),
        ("ml.latency", {"not_measured": True}),
        ("pm.decider", "U012AB"),
        ("pm.decider", "none"),
        ("pm.decider", {"unknown": True}),
        ("pm.decider", {"unknown": True, "ask": "U1"}),
        ("pm.success_target", {"current": None, "target": 4, "unit": "%"}),
        ("pm.success_target", {"target": 4, "unit": "%", "by": "2027-03-01"}),
        ("pm.launch", {"date": None, "flexibility": "none"}),
        ("pm.stakes", {"affects": ["money"], "review": "person_decides"}),
        ("eng.monitoring", {"when": "none", "covers": []}),
        ("eng.feasible", {"verdict": "yes", "because": ""}),
        ("ml.effort", {"likely": 4, "worst": 4}),
        ("ml.inputs", [ROW]),
        ("eng.slos", []),
        ("eng.slos", [{"sli": "p95", "target": "fast", "window": "", "measured_in": None, "live": False}]),
        ("eng.volume", {"value": 50, "unit": "per_second"}),
    ],
)
def test_a_value_in_the_banks_encoding_passes(id, value):
    assert check(BANK[id], value, today=TODAY) == []


@pytest.mark.parametrize(
    ("id", "value", "pointer"),
    [
        ("pm.user_decision", "", ""),
        ("pm.user_decision", None, ""),
        ("pm.user_decision", 5, ""),
        ("pm.user_decision", "x" * 10_001, ""),
        ("pm.user_decision", {"na": True}, ""),
        ("pm.measure_how", "Experiment", ""),
        ("pm.measure_how", ["experiment"], ""),
        ("pm.measure_how", {"not_measured": True}, ""),
        ("pm.measure_how", {"unknown": False}, ""),
        ("pm.measure_how", {"unknown": True, "why": "x"}, ""),
        ("pm.measure_how", {"unknown": True, "ask": "ann"}, "/ask"),
        ("pm.response_time", 100, ""),
        ("pm.response_time", {"value": 100}, ""),
        ("pm.response_time", {"value": 100, "unit": "ms", "p": 95}, ""),
        ("pm.response_time", {"value": "100", "unit": "ms"}, "/value"),
        ("pm.response_time", {"value": True, "unit": "ms"}, "/value"),
        ("pm.response_time", {"value": float("nan"), "unit": "ms"}, "/value"),
        ("pm.response_time", {"value": float("inf"), "unit": "ms"}, "/value"),
        ("pm.response_time", {"value": 10**400, "unit": "ms"}, "/value"),
        ("pm.response_time", {"value": 0, "unit": "ms"}, "/value"),
        ("pm.response_time", {"value": -1, "unit": "ms"}, "/value"),
        ("pm.response_time", {"value": 5, "unit": "per_second"}, "/unit"),
        ("pm.decider", "Ann", ""),
        ("pm.decider", "", ""),
        ("pm.success_metric", "revenue", ""),
        ("pm.success_metric", {"metric": "revenue", "kind": "gold"}, "/kind"),
        ("pm.success_metric", {"metric": "revenue", "kind": "money", "a/b": 1}, "/a~1b"),
        ("pm.success_target", {"target": True, "unit": "%"}, "/target"),
        ("pm.success_target", {"target": 4, "unit": "%", "by": "1 March"}, "/by"),
        ("pm.success_target", {"target": 4, "unit": "%", "by": "20270301"}, "/by"),
        ("pm.success_target", {"target": 4, "unit": "%", "by": "2027-02-30"}, "/by"),
        ("pm.launch", {"date": "2027-01-06", "flexibility": "fixed"}, "/date"),
        ("pm.stakes", {"affects": ["money", "money"], "review": "person_decides"}, "/affects/1"),
        ("pm.stakes", {"affects": "money", "review": "person_decides"}, "/affects"),
        ("ml.effort", {"likely": 4, "worst": 3}, "/worst"),
        ("ml.effort", {"likely": 0, "worst": 3}, "/likely"),
        ("ml.inputs", [], ""),
        ("ml.inputs", ROW, ""),
        ("ml.inputs", [ROW, "zip"], "/1"),
        ("ml.inputs", [{**ROW, "colour": "red"}], "/0/colour"),
        ("ml.inputs", [{**ROW, "window": {"value": 5, "unit": "m"}}], "/0/window/unit"),
        ("eng.input_survey", [{"name": "zip", "read_ms": -1}], "/0/read_ms"),
        ("eng.slos", [{"sli": "p95", "live": "yes"}], "/0/live"),
    ],
)
def test_anything_else_is_refused_at_its_place_with_a_way_on(id, value, pointer):
    problem = check(BANK[id], value, today=TODAY)[0]
    assert problem.pointer == pointer
    assert problem.expected
    assert problem.say[0].isupper()
    assert problem.say[-1] in ".?"


def test_a_launch_may_lie_in_the_past_once_nobody_asks_what_today_is():
    assert check(BANK["pm.launch"], {"date": "2020-01-01", "flexibility": "fixed"}) == []


def test_what_is_unwise_but_well_written_is_not_malformed():
    assert malformed(BANK["ml.effort"], {"likely": 4, "worst": 3}) == []
    assert malformed(BANK["ml.inputs"], []) == []


def test_the_record_of_an_input_is_checked_as_one_row_of_both_roles():
    fields = (*BANK["ml.inputs"].fields, *BANK["eng.input_survey"].fields)
    assert malformed_row(fields, {**ROW, "in_prod": "served", "untrusted": "handled", "build_weeks": None}) == []
    assert [p.pointer for p in malformed_row(fields, {**ROW, "in_prod": "maybe"}, "/features/0")] == [
        "/features/0/in_prod"
    ]


@pytest.mark.parametrize(
    ("id", "value", "names"),
    [
        ("pm.success_metric", {}, ["metric", "kind"]),
        ("pm.success_metric", {"metric": " ", "kind": "money"}, ["metric"]),
        ("pm.success_target", {"target": 0, "unit": "%"}, []),
        ("pm.stakes", {"affects": [], "review": "person_decides"}, ["affects"]),
        ("pm.launch", {"flexibility": "none"}, []),
        ("pm.launch", None, ["flexibility"]),
        ("pm.launch", {"unknown": True}, []),
        ("ml.inputs", [ROW, {"name": "age", "entity": "user"}], ["transform", "freshness_needed", "importance"]),
        ("ml.inputs", [], ["name", "entity", "transform", "freshness_needed", "importance"]),
        ("eng.slos", [], []),
        ("eng.slos", None, ["sli", "target", "window", "measured_in", "live"]),
        ("pm.measure_how", None, []),
    ],
)
def test_the_parts_that_are_still_missing_are_named(id, value, names):
    assert [f.name for f in missing(BANK[id], value)] == names


MANY = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=8) | st.sampled_from(["value", "unit", "unknown", "na"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@MANY
@given(question=st.sampled_from(BANK.questions), data=st.data())
def test_every_well_typed_value_passes_and_lacks_nothing(question, data):
    value = data.draw(values(question))
    assert check(question, value, today=TODAY) == []
    assert missing(question, value) == ()


@MANY
@given(question=st.sampled_from(BANK.questions), value=JSON)
def test_checking_never_raises(question, value):
    assert isinstance(check(question, value, today=TODAY), list)


@MANY
@given(question=st.sampled_from([q for q in BANK.questions if q.fields]), name=st.text(max_size=5), value=JSON)
def test_an_unknown_part_is_always_refused(question, name, value):
    row = {f"{name}?": value}
    assert malformed(question, [row] if question.type == "rows" else row) != []
