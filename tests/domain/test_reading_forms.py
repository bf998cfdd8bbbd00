"""Forms and lists typed in one line, and what a further reply makes of an answer."""

from datetime import date

import pytest

from bot.domain.answers import NOT_MEASURED, UNKNOWN
from bot.domain.reading import Partly, Read, Unreadable, add, read
from bot.packs.loader import load_bank

BANK = load_bank()
WEDNESDAY = date(2027, 1, 6)


def said(id, text, so_far=None):
    return read(BANK[id], text, so_far=so_far, today=WEDNESDAY)


def added(id, value, text):
    return add(BANK[id], value, text, today=WEDNESDAY)


# ------------------------------------------------------------------ forms


@pytest.mark.parametrize(
    ("id", "text", "value"),
    [
        (
            "pm.success_target",
            "from 3.2 % to 4 % of orders by 1 March 2027",
            {"current": 3.2, "target": 4, "unit": "% of orders", "by": "2027-03-01"},
        ),
        ("pm.success_target", "12 -> 10 minutes", {"current": 12, "target": 10, "unit": "minutes"}),
        ("pm.today", "People do it, no simple rule tried", {"now": "manual", "rule_tried": "not_tried"}),
        ("pm.error_cost", "missing a case, about 400 €", {"worse": "miss", "cost": "about 400 €"}),
        ("pm.launch", "no date", {"flexibility": "none"}),
        (
            "pm.stakes",
            "Someone's money, public / brand. Only a suggestion",
            {"affects": ["money", "public_brand"], "review": "suggestion_only"},
        ),
        (
            "ml.target",
            "late orders, order, when placed",
            {"predicts": "late orders", "per": "order", "when": "when placed"},
        ),
        ("ml.labels", "trusted, 30 days", {"source": "trusted", "delay": {"value": 30, "unit": "d"}}),
        ("ml.baseline", "current rule, 62 %", {"kind": "current_rule", "score": "62 %"}),
        ("ml.baseline", "none yet", {"kind": "none"}),
        ("ml.effort", "3 weeks, 5 if things go badly", {"likely": 3, "worst": 5}),
        ("ml.effort", "3-5", {"likely": 3, "worst": 5}),
        ("ml.effort", "2-3 months", {"likely": 8.7, "worst": 13}),
        ("eng.feasible", "Yes", {"verdict": "yes"}),
        ("eng.feasible", "Nope", {"verdict": "no"}),
        ("eng.feasible", "No, legal blocks it", {"verdict": "no", "because": "legal blocks it"}),
        ("eng.feasible", "Yes, if we get the stream", {"verdict": "yes_if", "because": "Yes, if we get the stream"}),
        (
            "eng.monitoring",
            "before launch: the PM's number, drift",
            {"when": "before_launch", "covers": ["business_metric", "drift"]},
        ),
        (
            "ml.v1_gain",
            "8 % better on the same test, 4 weeks more",
            {"gain": "8 % better on the same test", "extra_weeks": 4},
        ),
        (
            "ml.label_plan",
            "agents label 50 a day, in 3 weeks, <@U1>",
            {"how": "agents label 50 a day", "by": "2027-01-27", "owner": "U1"},
        ),
    ],
)
def test_a_form_typed_in_one_line_is_read(id, text, value):
    assert said(id, text).value == value
    assert isinstance(said(id, text), Read)


@pytest.mark.parametrize(
    ("id", "text", "value", "lacking"),
    [
        (
            "pm.success_metric",
            "share of orders delivered on time",
            {"metric": "share of orders delivered on time"},
            ["kind"],
        ),
        ("pm.error_cost", "about 400 €", {"cost": "about 400 €"}, ["worse"]),
        ("pm.launch", "end of march", {"date": "2027-03-31"}, ["flexibility"]),
        ("ml.effort", "4 weeks", {"likely": 4}, ["worst"]),
        ("ml.target", "late orders", {"predicts": "late orders"}, ["per", "when"]),
        ("ml.label_plan", "nobody", {"owner": "none"}, ["how", "by"]),
        ("eng.feasible", "It depends", {"because": "It depends"}, ["verdict"]),
        ("eng.monitoring", "drift", {"covers": ["drift"]}, ["when"]),
    ],
)
def test_what_a_form_still_lacks_is_said(id, text, value, lacking):
    reading = said(id, text)
    assert isinstance(reading, Partly)
    assert (reading.value, [f.name for f in reading.missing]) == (value, lacking)


def test_a_further_reply_fills_what_was_open():
    assert said("pm.success_metric", "money", {"metric": "refunds per week"}) == Read(
        {"metric": "refunds per week", "kind": "money"}
    )
    assert said("ml.effort", "9", {"likely": 4}) == Read({"likely": 4, "worst": 9})
    assert said("pm.success_target", "% of orders", {"target": 4}) == Read({"target": 4, "unit": "% of orders"})


@pytest.mark.parametrize(
    ("id", "text", "say"),
    [
        ("pm.today", "It is complicated", "*What happens today*"),
        ("pm.success_target", "much higher than today, we hope for something", "*from 3.2 to 4 % of orders*"),
        ("ml.effort", "8 weeks, 3 if bad", "Which one is off?"),
    ],
)
def test_a_form_that_cannot_take_the_words_keeps_them(id, text, say):
    reading = said(id, text)
    assert isinstance(reading, Unreadable)
    assert reading.kept == text
    assert say in reading.say


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("about 400 €, missing a case, each time", "about 400 €, each time"),
        ("I miss dearly, miss", "I miss dearly"),
        ("Both alike. We dismiss 3 agents", "We dismiss 3 agents"),
        ("mostly trust; equal", "mostly trust"),
    ],
)
def test_a_clause_that_names_a_choice_leaves_the_rest_whole(text, cost):
    assert said("pm.error_cost", text).value["cost"] == cost


def test_a_label_with_commas_is_one_choice():
    text = "Someone's rights, health or job; public / brand; only a suggestion"
    value = {"affects": ["rights_health_jobs", "public_brand"], "review": "suggestion_only"}
    assert said("pm.stakes", text) == Read(value)


def test_a_rule_is_not_taken_for_a_verdict_about_rules():
    assert isinstance(said("pm.today", "a simple rule"), Unreadable)


def test_a_long_story_fills_only_the_text():
    story = "We met. " * 200 + "By 1 March 2027."
    assert said("ml.feasibility_test", story).value == {"test": story}


# ------------------------------------------------------------------ rows


def test_each_line_is_a_row_that_begins_with_its_name():
    reading = said("ml.inputs", "- home zip code\n2. avg_location, per driver, must, as of noon\n\n• last order")
    assert isinstance(reading, Partly)
    assert reading.value == [
        {"name": "home zip code"},
        {"name": "avg_location", "entity": "driver", "importance": "must"},
        {"name": "last order"},
    ]
    assert "as of noon" in reading.note


def test_a_whole_row_in_one_line_is_read():
    row = {
        "name": "zip",
        "entity": "user",
        "transform": "lookup",
        "freshness_needed": {"value": 1, "unit": "d"},
        "importance": "must",
    }
    assert said("ml.inputs", "zip, user, lookup, 1 d, must") == Read([row])
    level = {"sli": "p95", "target": "200 ms", "window": "28 days", "measured_in": "Grafana", "live": True}
    assert said("eng.slos", "p95, 200 ms, 28 days, Grafana, live") == Read([level])


def test_a_known_name_is_filled_further_and_a_new_one_added():
    reading = said("ml.inputs", "Zip, nice to have\nage", [{"name": "zip", "entity": "user"}])
    assert reading.value == [{"name": "zip", "entity": "user", "importance": "nice"}, {"name": "age"}]


def test_none_is_an_answer_for_service_levels_but_not_for_inputs():
    assert said("eng.slos", "none") == Read([])
    assert "at least one" in said("ml.inputs", "none").say


@pytest.mark.parametrize("text", ["a\n" * 21, "x" * 101, "🙂"])
def test_prose_is_not_made_into_a_list(text):
    assert isinstance(said("ml.inputs", text), Unreadable)


# ------------------------------------------------------------------ further replies


@pytest.mark.parametrize(
    ("id", "value", "text", "result"),
    [
        ("pm.user_decision", "Agents call first.", "And they refund.", "Agents call first.\nAnd they refund."),
        ("pm.response_time", {"value": 1, "unit": "s"}, "sorry, make that 200 ms", {"value": 200, "unit": "ms"}),
        ("ml.pairing", "weekly", "monthly", "monthly"),
        ("pm.decider", "U1", "<@U2> rather", "U2"),
        (
            "pm.launch",
            {"flexibility": "fixed", "date": "2027-03-01"},
            "target",
            {"flexibility": "target", "date": "2027-03-01"},
        ),
        (
            "pm.error_cost",
            {"worse": "miss", "cost": "400 €"},
            "and trust",
            {"worse": "miss", "cost": "400 €\nand trust"},
        ),
        ("eng.feasible", {"verdict": "no"}, "legal blocks it", {"verdict": "no", "because": "legal blocks it"}),
        ("ml.latency", NOT_MEASURED, "80 ms", {"value": 80, "unit": "ms"}),
        ("ml.optimise", UNKNOWN, "recall at 5 %", "recall at 5 %"),
        (
            "eng.slos",
            [],
            "p95, 200 ms, 28 days, Grafana, no",
            [{"sli": "p95", "target": "200 ms", "window": "28 days", "measured_in": "Grafana", "live": False}],
        ),
    ],
)
def test_a_further_reply_joins_or_corrects(id, value, text, result):
    reading = added(id, value, text)
    assert isinstance(reading, Read)
    assert reading.value == result


@pytest.mark.parametrize(
    ("id", "value", "text"),
    [
        ("ml.pairing", "weekly", "thanks!"),
        ("pm.response_time", {"value": 1, "unit": "s"}, "last year's system took 150 ms on a good day"),
        ("pm.user_decision", "Agents call first.", "skip"),
        ("ml.v1", "rule", "I don't know"),
        ("pm.launch", {"flexibility": "fixed"}, "let us see"),
    ],
)
def test_a_further_reply_that_is_no_correction_is_kept_beside_the_answer(id, value, text):
    reading = added(id, value, text)
    assert isinstance(reading, Unreadable)
    assert (reading.kept, bool(reading.say)) == (text, True)
