from datetime import date

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.domain.bank import Question, Role, Type
from bot.domain.checking import Problem, check
from bot.domain.survey_pages import put
from bot.sandbox.inputs import state_values
from bot.slack.forms import Kickoff, errors_for, kickoff_of, number, person_of, value_of, values_of
from bot.slack.views.modals import (
    RowPage,
    answer_modal,
    kickoff_modal,
    one_go_modal,
    pages_of,
    people_modal,
    row_modal,
)
from bot.slack.views.text import clean
from tests.slack.hostile import BANK
from tests.slack.hostile import value_of as any_value

EVERY = pytest.mark.parametrize("question", BANK.questions, ids=lambda q: q.id)


def submitted(view):
    """What Slack sends when a person presses Save without changing anything."""
    return state_values(view["blocks"], {})


@EVERY
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_saving_an_answer_unchanged_changes_nothing(question: Question, data):
    value = data.draw(any_value(question))
    row = 0 if question.type is Type.ROWS else None
    assume(row is None or value)
    view = answer_modal(question, BANK, text=question.ask, project=7, value=value, row=row)
    assert value_of(question, submitted(view)) == stripped(value if row is None else value[row])


def stripped(value):
    """Text as it comes back: without what cannot be seen, which a person cannot have typed."""
    match value:
        case str():
            return clean(value).strip() or None
        case dict():
            return {key: kept for key, part in value.items() if (kept := stripped(part)) is not None} or None
    return value


@pytest.mark.parametrize("question", [q for q in BANK.questions if q.type is Type.ROWS], ids=lambda q: q.id)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_saving_the_pages_of_a_row_unchanged_changes_nothing(question: Question, data):
    [row, *_] = data.draw(any_value(question).filter(bool))
    came_back = {}
    for fields in (question.fields[:5], question.fields[5:]):
        view = row_modal(question, BANK, RowPage(fields, row, "a row"), text="Which?", project=7)
        came_back |= put(came_back, fields, value_of(question, submitted(view)) or {})
    assert (came_back or None) == stripped(row)


@EVERY
def test_an_untouched_form_says_nothing(question: Question):
    view = answer_modal(question, BANK, text=question.ask, project=7)
    assert value_of(question, submitted(view)) is None


def test_an_answer_of_ten_thousand_characters_can_be_edited_whole():
    long = " ".join(f"word{n}" for n in range(1100))
    question = BANK["pm.user_decision"]
    view = answer_modal(question, BANK, text="Who?", project=7, value=long)
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    assert [block["label"]["text"] for block in inputs[:2]] == ["Who acts on it", "Who acts on it (part 2)"]
    assert value_of(question, submitted(view)) == long


def test_a_survey_starts_with_the_input_it_is_about():
    question = BANK["eng.input_survey"]
    view = answer_modal(question, BANK, text=question.ask, project=7, value=[{"name": "home zip"}], subject="location")
    assert value_of(question, submitted(view)) == {"name": "location"}
    assert view["private_metadata"] == '{"project":7,"question":"eng.input_survey","subject":"location"}'


def test_one_page_of_answers_comes_back_by_question():
    page = pages_of([BANK["pm.success_metric"], BANK["pm.measure_how"], BANK["pm.ship_tradeoff"]])[0]
    state = submitted(one_go_modal(page, BANK, 1, 1, 7, Role.PM, {}))
    state["pm.success_metric|metric"]["value"]["value"] = " late orders "
    state["pm.measure_how"]["value"]["selected_option"] = {"value": "experiment"}
    assert values_of(page, state) == {"pm.success_metric": {"metric": "late orders"}, "pm.measure_how": "experiment"}


def test_nobody_is_an_answer_to_who():
    question = BANK["eng.monitor_owner"]
    state = submitted(answer_modal(question, BANK, text=question.ask, project=7, value="none"))
    assert value_of(question, state) == "none"
    state["eng.monitor_owner"]["value"]["selected_user"] = "U0RAJ"
    assert value_of(question, state) == "U0RAJ"


def test_a_kickoff_comes_back_as_it_was_filled_in():
    people, launch = {Role.PM: "U0ANA", Role.ENG: "U0RAJ"}, date(2027, 3, 1)
    view = kickoff_modal("C1", name="Ready-By", summary="See when food is ready", people=people, launch=launch)
    assert kickoff_of(submitted(view)) == Kickoff("Ready-By", "See when food is ready", people, launch)
    assert kickoff_of(submitted(kickoff_modal("C1"))) == Kickoff("")


def test_the_kickoff_modal_has_the_labels_that_people_rely_on():
    inputs = [block for block in kickoff_modal("C1")["blocks"] if block["type"] == "input"]
    assert [(block["label"]["text"], block["optional"]) for block in inputs] == [
        ("Product name", False),
        ("What will people be able to do?", True),
        ("PM", True),
        ("ML person", True),
        ("Product engineer", True),
        ("Launch date", True),
    ]


def test_handing_over_says_to_whom():
    view = people_modal("Hand over", project=7, question="pm.today", suggested="U0RAJ")
    assert person_of(submitted(view)) == "U0RAJ"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("4", 4),
        ("4.0", 4),
        ("2.5", 2.5),
        ("2,5", 2.5),
        ("0,125", 0.125),
        ("1,200", 1200),
        ("1,200.5", 1200.5),
        ("1.200,5", 1200.5),
        ("-3", -3),
        ("12 000", 12000),
        ("", None),
        ("soon", "soon"),
        ("1e999", "1e999"),
        ("nan", "nan"),
    ],
)
def test_numbers_are_read_as_people_write_them(typed, meant):
    assert number(typed) == meant


def test_each_problem_stands_at_its_input():
    effort = BANK["ml.effort"]
    found = errors_for(effort, check(effort, {"likely": 8, "worst": 4}))
    assert found == {
        "ml.effort|worst": "If things go badly it cannot take less than the likely 8 weeks. Which one is off?"
    }


def test_a_missing_unit_and_a_wrong_amount_stand_at_inputs_that_exist():
    wait, labels = BANK["pm.response_time"], BANK["ml.labels"]
    assert list(errors_for(wait, check(wait, {"value": 0, "unit": "s"}))) == ["pm.response_time"]
    assert list(errors_for(wait, check(wait, {"value": 1, "unit": "ages"}))) == ["pm.response_time||unit"]
    assert list(errors_for(labels, check(labels, {"delay": {"value": 1, "unit": "ages"}}))) == ["ml.labels|delay|unit"]


def test_what_is_wrong_with_the_whole_is_said_at_its_first_input():
    form = BANK["pm.today"]
    assert errors_for(form, [Problem("", "x", "Say *more*."), Problem("", "x", "And why.")]) == {
        "pm.today|now": "Say more. And why."
    }


@EVERY
def test_errors_only_name_inputs_of_the_modal(question: Question):
    ids = {block.get("block_id") for block in answer_modal(question, BANK, text="?", project=7)["blocks"]}
    pointers = ["", "/value", "/unit", "/0", *(f"/0/{f.name}" for f in question.fields), "/nothing/else"]
    assert errors_for(question, [Problem(p, "x", "Please look again.") for p in pointers]).keys() <= ids
