"""The production survey: how hard an input is and why, with the seed article's examples."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.inputs import Input, Serving, read_record, survey
from tests.domain.aligned import BANK
from tests.domain.inputs import AVERAGE_LOCATION, BATCH, HOME_ZIP_CODE, LATEST_LOCATION, ONLINE, plain, quantity

LISTED, SURVEY = BANK["ml.inputs"], BANK["eng.input_survey"]


def codes(record, serving=ONLINE):
    return [reason.code for reason in survey(record, serving).reasons]


def test_a_home_zip_code_is_easy():
    easy = survey(HOME_ZIP_CODE, ONLINE)
    assert (easy.difficulty, easy.reasons, easy.skew_risk, easy.alternative) == ("easy", (), "low", None)


def test_an_average_of_the_last_five_minutes_is_very_hard():
    hard = survey(AVERAGE_LOCATION, ONLINE)
    assert hard.difficulty == "very_hard"
    assert [reason.code for reason in hard.reasons] == ["H1", "H8", "M4", "M7"]
    assert hard.reasons[0].text == "a value over time to build from a stream of events"
    assert hard.skew_risk == "high"


def test_the_most_recent_location_is_moderate_and_easy_once_a_service_keeps_it():
    assert (codes(LATEST_LOCATION), survey(LATEST_LOCATION, ONLINE).difficulty) == (["M1"], "moderate")
    assert survey({**LATEST_LOCATION, "in_prod": "served"}, ONLINE).difficulty == "easy"


def test_the_same_average_is_easy_where_a_service_already_reads_it():
    served = {**AVERAGE_LOCATION, "in_prod": "served", "preprocessing": "none", "history": "full"}
    assert survey(served, ONLINE).difficulty == "easy"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"in_prod": "no"}, ["B1"]),
        ({"in_prod": "no", "build_weeks": 0.5}, ["H4"]),
        ({"access": "blocked"}, ["B2"]),
        ({"at_prediction": "no"}, ["B3"]),
        ({"source_kind": "label"}, ["B3"]),
        ({"at_prediction": "unknown"}, []),
        ({"transform": "sequence", "source_kind": "client", "in_prod": "raw"}, ["H1", "M8"]),
        ({"transform": "window_agg", "source_kind": "stream"}, []),
        ({"transform": "window_agg", "source_kind": "db", "in_prod": "raw"}, []),
        ({"freshness_needed": quantity(1, "h"), "freshness_available": quantity(61, "min")}, ["H2"]),
        ({"freshness_needed": quantity(1, "h"), "freshness_available": quantity(60, "min")}, []),
        ({"freshness_available": quantity(1, "w")}, []),
        ({"source_kind": "warehouse", "in_prod": "raw"}, ["H3"]),
        ({"source_kind": "file"}, []),
        ({"source_kind": "file", "in_prod": "raw"}, ["H3"]),
        ({"history": "none"}, ["H5"]),
        ({"read_ms": 50}, []),
        ({"read_ms": 50.1}, ["H6"]),
        ({"transform": "embedding", "preprocessing": "heavy", "in_prod": "raw"}, ["H7", "M4"]),
        ({"transform": "image", "preprocessing": "heavy", "in_prod": "raw"}, ["H7", "M4"]),
        ({"transform": "lookup", "preprocessing": "heavy", "in_prod": "raw"}, ["M4"]),
        ({"transform": "embedding", "preprocessing": "light", "in_prod": "raw"}, ["M4"]),
        ({"transform": "count_recent", "freshness_needed": quantity(60, "s"), "in_prod": "raw"}, ["H8"]),
        ({"transform": "count_recent", "freshness_needed": quantity(61, "s"), "in_prod": "raw"}, []),
        ({"transform": "latest", "freshness_needed": quantity(1, "s"), "in_prod": "raw"}, []),
        ({"transform": "lookup", "freshness_needed": quantity(1, "s"), "in_prod": "raw"}, []),
        ({"source_kind": "api"}, ["M2"]),
        ({"source_kind": "third_party"}, ["M2"]),
        ({"in_prod": "partial"}, ["M3"]),
        ({"preprocessing": "heavy"}, []),
        ({"access": "needs_approval"}, ["M5"]),
        ({"access": "open", "pii": "sensitive"}, ["M5"]),
        ({"pii": "personal", "access": "open"}, []),
        ({"owner": ""}, ["M6"]),
        ({"owner": None}, ["M6"]),
        ({"owner": "none"}, ["M6"]),
        ({"owner": "No one yet."}, ["M6"]),
        ({"owner": "-"}, ["M6"]),
        ({"owner": "U0RAJ"}, []),
        ({"history": "partial"}, ["M7"]),
        ({"source_kind": "client"}, ["M8"]),
        ({"contract": "no"}, ["M9"]),
        ({"contract": "unknown"}, []),
    ],
)
def test_each_reason_is_explicit(facts, expected):
    assert codes(plain(**facts)) == expected


@pytest.mark.parametrize("facts", [AVERAGE_LOCATION, LATEST_LOCATION, plain(source_kind="warehouse", in_prod="raw")])
def test_what_is_hard_on_request_is_easier_in_a_nightly_batch(facts):
    assert not {"H1", "H3", "M1"} & set(codes(facts, BATCH))


def test_an_unsaid_serving_is_taken_as_the_stricter_case():
    assert "H1" in codes(AVERAGE_LOCATION, Serving())


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({"in_prod": "unknown"}, "unknown"),
        ({"in_prod": None}, "unknown"),
        ({"source_kind": None}, "unknown"),
        ({"in_prod": "unknown", "access": "blocked"}, "blocked"),
        ({}, "easy"),
        ({"history": "partial"}, "moderate"),
        ({"history": "partial", "contract": "no"}, "moderate"),
        ({"history": "partial", "contract": "no", "owner": ""}, "hard"),
        ({"history": "none"}, "hard"),
        ({"history": "none", "read_ms": 90}, "very_hard"),
    ],
)
def test_the_level_counts_reasons(facts, level):
    assert survey(plain(**facts), ONLINE).difficulty == level


@pytest.mark.parametrize(
    ("facts", "serving", "risk"),
    [
        (AVERAGE_LOCATION, ONLINE, "high"),
        (AVERAGE_LOCATION, BATCH, "low"),
        ({**AVERAGE_LOCATION, "train_from": "logged"}, ONLINE, "low"),
        ({**AVERAGE_LOCATION, "train_from": "same"}, ONLINE, "low"),
        ({**AVERAGE_LOCATION, "train_from": "warehouse_copy"}, BATCH, "medium"),
        ({**AVERAGE_LOCATION, "train_from": "unknown", "in_prod": "served"}, ONLINE, "medium"),
        (plain(train_from="warehouse_copy", in_prod="raw"), ONLINE, "high"),
        (plain(train_from="warehouse_copy", source_kind="api", in_prod="partial"), ONLINE, "high"),
        *[
            (plain(train_from="warehouse_copy", source_kind=kind, in_prod="partial"), ONLINE, risk)
            for kind, risk in {"stream": "high", "client": "high", "request": "high", "third_party": "low"}.items()
        ],
        (plain(train_from="warehouse_copy", in_prod="no"), ONLINE, "high"),
        (plain(train_from="warehouse_copy", preprocessing="heavy"), ONLINE, "medium"),
        (plain(train_from="warehouse_copy", in_prod="partial"), ONLINE, "low"),
        (plain(train_from="warehouse_copy", preprocessing="light"), ONLINE, "medium"),
        (plain(train_from="warehouse_copy", preprocessing="none"), ONLINE, "low"),
    ],
)
def test_training_and_serving_may_drift_apart(facts, serving, risk):
    assert survey(facts, serving).skew_risk == risk


def test_each_reason_reads_facts_and_questions_that_the_bank_asks_for():
    asked = {field.name for id in ("ml.inputs", "eng.input_survey") for field in BANK[id].fields} | set(BANK.by_id)
    blocked = plain(access="blocked", in_prod="no", at_prediction="no", read_ms=90, owner="", contract="no")
    why = survey(blocked, ONLINE).reasons
    assert [reason.code for reason in why] == ["B1", "B2", "B3", "H6", "M6", "M9"]
    assert all(reason.reads and set(reason.reads) <= asked for reason in why)


def test_an_empty_choice_is_one_that_nobody_has_made():
    survey_of_nothing = read_record({"name": "x", "in_prod": "", "source_kind": "", "access": "", "contract": ""})
    assert survey_of_nothing == Input("x")
    assert read_record(plain(in_prod="no", contract="yes")) == Input(
        "x", importance="must", transform="lookup", source_kind="db", in_prod="no", contract="yes"
    )


# From better to worse. Not ordered are "partial" and "raw": a value that is missing for some cases is one reason by
# itself, while plain data in a production database needs no reason to be built from.
WORSE = {
    "in_prod": [["served", "raw", "no"], ["served", "partial", "no"]],
    "build_weeks": [[3, None]],
    "access": [["open", "needs_approval", "blocked"]],
    "history": [["full", "partial", "none"]],
    "contract": [["yes", "no"]],
    "owner": [["accounts team", ""]],
    "freshness_available": [[quantity(n, "s") for n in (1, 59, 60, 61, 90_000)]],
    "freshness_needed": [[quantity(n, "s") for n in (90_000, 61, 60, 59, 1)]],
    "read_ms": [[1, 50, 51, 900]],
    "preprocessing": [["none", "light", "heavy"]],
    "pii": [["none", "personal", "sensitive"]],
    "untrusted": [["handled", "not_handled"]],
    "at_prediction": [["yes", "no"]],
}
FROM_EASY = ["easy", "moderate", "hard", "very_hard", "blocked"]
SERVINGS = st.sampled_from([ONLINE, BATCH, Serving(), Serving("streaming", Decimal("0.02")), Serving("person_tool")])


@st.composite
def better_and_worse(draw):
    """Two records of one input: of each fact the second one says the same or something worse."""
    choices = {
        fact: next(f.options for q in (LISTED, SURVEY) if (f := q.field(fact))) for fact in ("transform", "source_kind")
    }
    same = {fact: draw(st.sampled_from([o.id for o in options])) for fact, options in choices.items()}
    same |= {"train_from": draw(st.sampled_from(["same", "warehouse_copy", "logged", "unknown"]))}
    better, worse = {"name": "x", **same}, {"name": "x", **same}
    for fact, orders in WORSE.items():
        order = draw(st.sampled_from(orders))
        first = draw(st.integers(0, len(order) - 1))
        better[fact], worse[fact] = order[first], order[draw(st.integers(first, len(order) - 1))]
    return better, worse


@settings(max_examples=400)
@given(better_and_worse(), SERVINGS)
def test_worse_facts_never_make_an_input_easier(records, serving):
    better, worse = (survey(record, serving).difficulty for record in records)
    assert FROM_EASY.index(better) <= FROM_EASY.index(worse)


def test_data_to_build_from_may_be_easier_than_a_value_that_is_there_for_some():
    assert survey(plain(in_prod="partial"), ONLINE).difficulty == "moderate"
    assert survey(plain(in_prod="raw"), ONLINE).difficulty == "easy"


@pytest.mark.parametrize("fact", ["source_kind", "in_prod"])
def test_what_nobody_knows_is_no_level_of_difficulty(fact):
    assert survey(plain(**{fact: None}), ONLINE).difficulty == "unknown"
