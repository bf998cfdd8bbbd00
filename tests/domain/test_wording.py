"""An answer is shown as a person would say it, and in a digest on one short line."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.wording import Person, Text, short, short_parts, shown, shown_parts
from bot.packs.loader import load_bank
from tests.strategies import values

BANK = load_bank()
MANY = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize(
    ("id", "value", "text"),
    [
        ("pm.user_decision", "Agents call first.", "Agents call first."),
        ("pm.measure_how", "experiment", "Randomised test against the current way"),
        ("pm.measure_how", "an_old_option", "an_old_option"),
        ("pm.response_time", {"value": 250, "unit": "ms"}, "250 ms"),
        ("pm.response_time", {"value": 1, "unit": "d"}, "1 day"),
        ("pm.response_time", {"value": 1.5, "unit": "h"}, "1.5 h"),
        ("eng.volume", {"value": 50, "unit": "per_second"}, "50 per second"),
        ("pm.decider", "U1", "<@U1>"),
        ("pm.decider", "none", "nobody"),
        ("pm.decider", {"unknown": True, "ask": "U2"}, "I don't know yet"),
        ("pm.response_time", {"na": True}, "Not applicable"),
        ("ml.latency", {"not_measured": True}, "Not measured yet"),
        ("eng.slos", [], "None"),
        (
            "pm.success_metric",
            {"metric": "refunds", "kind": "money"},
            "The number that must move: refunds\nWhat kind of number it is: Money (revenue, cost, margin)",
        ),
        (
            "pm.success_target",
            {"current": None, "target": 4, "unit": "%", "by": "2027-03-01"},
            "Value that makes it worth the work: 4\nUnit: %\nBy when: 1 Mar 2027",
        ),
        ("pm.success_target", {"current": 3.2}, "Today's value: 3.2"),
        (
            "pm.stakes",
            {"affects": ["money", "public_brand"]},
            "Who feels a wrong prediction: Someone's money, Public / brand",
        ),
        ("ml.effort", {"likely": 1, "worst": 2.5}, "Likely: 1 week\nIf things go badly: 2.5 weeks"),
        (
            "ml.inputs",
            [{"name": "zip", "entity": "user", "window": {"value": 5, "unit": "min"}}, {"name": "age"}],
            "zip · per user · over 5 min\nage",
        ),
        ("eng.input_survey", [{"name": "zip", "owner": "<@U7|ann>"}], "zip · owner: <@U7>"),
        ("ml.inputs", [{"name": "zip", "freshness_needed": {"value": 1, "unit": "d"}}], "zip · at most 1 day old"),
        (
            "ml.inputs",
            [{"name": "zip", "freshness_needed": {"veiled": True}}],
            "zip · How old may it be when it is used: 🔒 closed until both sides are in",
        ),
        ("eng.slos", [{"sli": "p95", "live": False}], "p95 · Is it being measured already: No"),
    ],
)
def test_an_answer_is_shown_as_people_say_it(id, value, text):
    assert shown(BANK[id], value) == text


def test_only_a_person_who_was_named_stays_a_mention():
    assert shown_parts(BANK["pm.decider"], "U1") == (Person("U1"),)
    assert shown_parts(BANK["pm.user_decision"], "ask <@U1> & <!channel>") == (Text("ask <@U1> & <!channel>"),)


@pytest.mark.parametrize(
    ("id", "value", "line"),
    [
        ("ml.inputs", [{"name": "zip", "entity": "user"}, {"name": "age"}], "zip, age"),
        ("ml.effort", {"likely": 1, "worst": 2.5}, "1 to 2.5 weeks"),
        ("ml.effort", {"likely": 1, "worst": 1}, "1 week"),
        ("ml.effort", {"likely": 3}, "3 weeks"),
        (
            "pm.success_metric",
            {"metric": "refunds\nper week", "kind": "money"},
            "refunds per week, Money (revenue, cost, margin)",
        ),
        ("pm.user_decision", "word " * 40, "word " * 15 + "word…"),
        ("pm.user_decision", "x" * 100, "x" * 79 + "…"),
        ("pm.user_decision", "x" * 80, "x" * 80),
        ("eng.slos", [], "None"),
        ("pm.decider", "U1", "<@U1>"),
    ],
)
def test_a_digest_shows_one_short_line(id, value, line):
    assert short(BANK[id], value) == line


@MANY
@given(question=st.sampled_from(BANK.questions), data=st.data())
def test_whatever_can_be_stored_can_be_shown(question, data):
    value = data.draw(values(question))
    assert shown(question, value)
    line = short(question, value)
    assert line.strip() or not shown(question, value).strip()
    assert len(line) <= 80
    assert "\n" not in line


@MANY
@given(
    question=st.sampled_from(BANK.questions),
    value=st.none()
    | st.integers()
    | st.text(max_size=5)
    | st.lists(
        st.none() | st.dictionaries(st.sampled_from(["name", "value", "unit"]), st.integers() | st.text(max_size=3)),
        max_size=2,
    ),
)
def test_even_what_could_not_be_stored_does_not_break_showing(question, value):
    assert isinstance(shown(question, value), str)
    assert all(isinstance(part, Text | Person) for part in short_parts(question, value))
