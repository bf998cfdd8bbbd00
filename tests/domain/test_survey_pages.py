"""The form of one input: what is always asked, what only matters for some, and what stays of a row."""

import pytest

from bot.domain.answers import Answer
from bot.domain.conditions import AllOf, AtMost, OneOf, Unsaid
from bot.domain.lists import as_same_source, names_of, renamed_to
from bot.domain.survey_pages import MOST, first_page, further_page, keep, put
from tests.domain.aligned import BANK
from tests.domain.inputs import quantity
from tests.domain.projects import MONDAY, started

LISTED, SURVEY = BANK["ml.inputs"], BANK["eng.input_survey"]
INPUT = {
    "name": "average location",
    "entity": "courier",
    "transform": "window_agg",
    "freshness_needed": quantity(30, "s"),
    "importance": "must",
    "at_prediction": "yes",
}
SERVED = {"name": "average location", "source_kind": "db", "in_prod": "served", "access": "open"}


def project(listed=(), surveyed=()):
    rows = {"ml.inputs": listed, "eng.input_survey": surveyed}
    return started(answers={id: Answer(list(said), "MEI", MONDAY) for id, said in rows.items() if said})


def names(fields):
    return [field.name for field in fields]


def asked_further(survey, **listed):
    row = SERVED | survey
    return names(further_page(SURVEY, project([INPUT | listed], [row]), BANK, row))


def test_the_engineer_is_asked_six_things_about_a_listed_input():
    six = ["source_kind", "in_prod", "read_ms", "freshness_available", "owner", "access"]
    assert names(first_page(SURVEY, known=True)) == six
    assert names(first_page(SURVEY)) == ["name", *six]


def test_the_ml_person_is_asked_six_things_about_each_input():
    assert names(first_page(LISTED)) == [
        "name", "entity", "transform", "freshness_needed", "importance", "at_prediction",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("survey", "listed", "expected"),
    [
        ({}, {}, []),
        ({}, {"at_prediction": "unknown"}, []),
        ({"source_kind": "warehouse"}, {}, []),
        ({"source_kind": "client"}, {}, ["untrusted", "source"]),
        ({"source_kind": "client"}, {"at_prediction": "unknown"}, ["untrusted", "at_prediction", "source"]),
        ({"source_kind": "client"}, {"at_prediction": None}, ["untrusted", "at_prediction", "source"]),
        ({"source_kind": "third_party"}, {}, ["contract", "source"]),
        ({"source_kind": "stream"}, {}, ["lateness", "contract", "source"]),
        ({"source_kind": "stream"}, {"transform": "latest"}, ["contract", "source"]),
        ({"access": "unknown"}, {}, ["pii", "source"]),
        ({"access": None}, {}, []),
        ({"in_prod": "unknown"}, {}, []),
        ({"in_prod": "raw"}, {"importance": "nice"}, ["build_weeks", "preprocessing", "source"]),
        ({"in_prod": "no"}, {}, ["build_weeks", "preprocessing", "history", "logging", "source"]),
    ],
)
def test_the_engineer_is_asked_more_only_where_it_matters(survey, listed, expected):
    assert asked_further(survey, **listed) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"transform": "lookup", "freshness_needed": quantity(1, "d")}, []),
        ({"transform": "lookup", "freshness_needed": quantity(1, "min")}, ["when_old"]),
        ({"transform": "lookup", "freshness_needed": quantity(61, "s")}, []),
        ({"transform": "latest", "freshness_needed": quantity(1, "d")}, ["train_from"]),
        ({"transform": "sequence", "freshness_needed": quantity(1, "d")}, ["window", "train_from"]),
        ({}, ["window", "when_old", "train_from"]),
    ],
)
def test_the_ml_person_is_asked_more_only_where_it_matters(said, expected):
    row = INPUT | said
    assert names(further_page(LISTED, project([row]), BANK, row)) == expected


def test_a_further_page_never_holds_more_than_eight_things():
    everything = {"source_kind": "stream", "in_prod": "raw", "access": "unknown"}
    found = asked_further(everything, at_prediction="unknown")
    assert (len(found), found[-1]) == (MOST, "at_prediction")


def test_what_the_engineer_confirms_can_be_changed_again():
    row = SERVED | {"source_kind": "client", "at_prediction": "yes"}
    there = project([INPUT | {"at_prediction": "unknown"}], [row])
    assert "at_prediction" in names(further_page(SURVEY, there, BANK, row))


@pytest.mark.parametrize("further", [f for q in (LISTED, SURVEY) for f in q.fields if f.further], ids=lambda f: f.name)
def test_nothing_on_a_further_page_must_be_filled_in(further):
    assert further.optional


def test_unsaid_facts_fail_a_condition():
    tests = (OneOf("a", ("x",)), AtMost("b", 60))
    assert not any(test.holds({}) for test in tests)
    assert AllOf((Unsaid("a"), Unsaid("b"))).holds({"a": "unknown"})
    assert not AllOf((Unsaid("a"), OneOf("b", ("x",)))).holds({})


def test_a_page_takes_away_only_what_was_emptied_on_it():
    row = {"name": "x", "owner": "Raj", "in_prod": "raw", "history": "none"}
    page = first_page(SURVEY, known=True)
    assert put(row, page, {"in_prod": "served"}) == {"name": "x", "in_prod": "served", "history": "none"}


def test_a_page_goes_to_its_row_wherever_that_stands():
    rows = [{**INPUT, "name": name} for name in ("a", "b", "c")]
    kept = keep(project(rows), LISTED, LISTED.fields[:1], {"name": "B"}, "b")
    assert [row["name"] for row in kept.rows] == ["a", "B", "c"]
    assert (kept.renamed, kept.twin) == (True, "")


def test_two_inputs_cannot_have_one_name():
    rows = [{**INPUT, "name": name} for name in ("a", "b")]
    assert keep(project(rows), LISTED, LISTED.fields[:1], {"name": "A"}, "b").twin == "a"


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (["a", "b", "c"], "b"),
        (["c", "b"], "b"),
        (["a", "x", "c"], "x"),
        (["a", "x", "c", "d"], "x"),
        (["a", "c"], None),
        (["a", "c", "x"], None),
        (["c", "x", "a"], None),
        ([], None),
    ],
)
def test_another_name_at_the_same_place_is_the_same_input(now, expected):
    assert renamed_to("b", ["a", "b", "c"], now) == expected


def test_a_survey_is_about_the_listed_inputs_and_those_that_the_engineer_added():
    there = project([INPUT], [{"name": "weather"}, {"name": "Average  Location"}])
    assert names_of(there, SURVEY) == ["average location", "weather"]


def test_the_same_source_says_nothing_of_the_value_that_is_read():
    row = SERVED | {
        "read_ms": 5,
        "owner": "Raj",
        "history": "full",
        "preprocessing": "none",
        "build_weeks": 2,
        "pii": "none",
    }
    assert as_same_source(project([INPUT], [row]), SURVEY, "average location") == {
        "source_kind": "db", "read_ms": 5, "owner": "Raj", "access": "open", "pii": "none",
    }  # fmt: skip
