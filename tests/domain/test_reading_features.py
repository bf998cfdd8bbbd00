"""Lines about inputs, as people really type them, and what must never happen to their words."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.reading import Partly, Read, Unreadable, read
from bot.domain.reading.feature_words import ENTITIES
from bot.packs.loader import load_bank
from tests.slack.hostile import NASTY

INPUTS = load_bank()["ml.inputs"]
DAY = date(2026, 3, 1)


def row_of(line):
    reading = read(INPUTS, line, so_far=None, today=DAY)
    assert isinstance(reading, Read | Partly), reading
    [row] = reading.value
    return row, reading.note


def long(value, unit):
    return {"value": value, "unit": unit}


USER, MUST = {"entity": "user"}, {"importance": "must"}
FIVE_MIN = {"transform": "window_agg", "window": long(5, "min")}

WHOLE = {
    "avg location last 5 min, per user, fresh within 30 s, must": (
        "avg location last 5 min",
        {**USER, **FIVE_MIN, **MUST, "freshness_needed": long(30, "s")},
    ),
    "home zip code, user, lookup, 1 d, must": (
        "home zip code",
        {**USER, **MUST, "transform": "lookup", "freshness_needed": long(1, "d")},
    ),
    "- home zip code, per user, lookup, daily is fine, must-have": (
        "home zip code",
        {**USER, **MUST, "transform": "lookup", "freshness_needed": long(1, "d")},
    ),
    "• Home ZIP Code; Per User; Looked up; Hourly is enough; MUST": (
        "Home ZIP Code",
        {"entity": "User", **MUST, "transform": "lookup", "freshness_needed": long(1, "h")},
    ),
    "number of orders last 7 days, for each customer, at most 1 h old, should": (
        "number of orders last 7 days",
        {
            "entity": "customer",
            "transform": "count_recent",
            "window": long(7, "d"),
            "freshness_needed": long(1, "h"),
            "importance": "should",
        },
    ),
    "3) avg_location_5min, per driver, ≤ 30 s old, nice to have": (
        "avg_location_5min",
        {"entity": "driver", **FIVE_MIN, "freshness_needed": long(30, "s"), "importance": "nice"},
    ),
    "kitchen load, 5-minute average, by restaurant, <30s, required": (
        "kitchen load",
        {"entity": "restaurant", **FIVE_MIN, **MUST, "freshness_needed": long(30, "s")},
    ),
    "Kitchen Load – per restaurant, MUST": ("Kitchen Load", {"entity": "restaurant", **MUST}),
    "home zip code (must), per user": ("home zip code", {**USER, **MUST}),
    "balance, latest, per account, not older than 1,5 s, needed": (
        "balance",
        {"entity": "account", "transform": "latest", "freshness_needed": long(1.5, "s"), **MUST},
    ),
    "latest location, per courier, max 10 s": (
        "latest location",
        {"entity": "courier", "transform": "latest", "freshness_needed": long(10, "s")},
    ),
    "orders in the past hour, per restaurant": (
        "orders in the past hour",
        {"entity": "restaurant", "window": long(1, "h")},
    ),
    "last known position, per truck, updated every 5 min": (
        "last known position",
        {"entity": "truck", "transform": "latest", "freshness_needed": long(5, "min")},
    ),
    "last 10 clicks, per session, nice-to-have": (
        "last 10 clicks",
        {"entity": "session", "transform": "sequence", "importance": "nice"},
    ),
    "history of visits, per user, optional": (
        "history of visits",
        {**USER, "transform": "sequence", "importance": "nice"},
    ),
    "how many refunds in the last 30 days per customer, updated nightly, should have": (
        "how many refunds in the last 30 days per customer",
        {
            "entity": "customer",
            "transform": "count_recent",
            "window": long(30, "d"),
            "freshness_needed": long(1, "d"),
            "importance": "should",
        },
    ),
    "embedding of the photo, per item": ("embedding of the photo", {"entity": "item", "transform": "embedding"}),
    "review text, per review": ("review text", {"entity": "review", "transform": "text"}),
    "item description, per item": ("item description", {"entity": "item", "transform": "text"}),
    "photo of the dish, per dish": ("photo of the dish", {"entity": "dish", "transform": "image"}),
    "fraud score, per order": ("fraud score", {"entity": "order", "transform": "score"}),
    "orders joined with weather, per region": (
        "orders joined with weather",
        {"entity": "region", "transform": "join"},
    ),
    "min temperature last 5 min, per truck, 30 s fresh": (
        "min temperature last 5 min",
        {"entity": "truck", **FIVE_MIN, "freshness_needed": long(30, "s")},
    ),
    "max speed, over 5 minutes, per car": ("max speed", {"entity": "car", **FIVE_MIN}),
    "conversion rate per campaign, over 7 days, must": (
        "conversion rate per campaign",
        {"entity": "campaign", "transform": "window_agg", "window": long(7, "d"), **MUST},
    ),
    "sum of spend over 30 days, per user and shop, within 1 h": (
        "sum of spend over 30 days",
        {
            "entity": "user and shop",
            "transform": "window_agg",
            "window": long(30, "d"),
            "freshness_needed": long(1, "h"),
        },
    ),
    "average basket, over 7 days, per user, 1 h": (
        "average basket",
        {**USER, "transform": "window_agg", "window": long(7, "d"), "freshness_needed": long(1, "h")},
    ),
    "avg basket, 7 d, fresh within 1,5 h, per user": (
        "avg basket",
        {**USER, "transform": "window_agg", "window": long(7, "d"), "freshness_needed": long(1.5, "h")},
    ),
    "load, entity: kitchen, importance: must, freshness: 30 s, transform: average over 5 min": (
        "load",
        {"entity": "kitchen", **MUST, **FIVE_MIN, "freshness_needed": long(30, "s")},
    ),
    "load, avg over 5 min fresh within 30 s per kitchen must": (
        "load",
        {"entity": "kitchen", **MUST, **FIVE_MIN, "freshness_needed": long(30, "s")},
    ),
    "avg 1,5 h load, per user": ("avg 1,5 h load", {**USER, "transform": "window_agg", "window": long(1.5, "h")}),
    "price, known before the decision, per item": ("price", {"entity": "item", "at_prediction": "yes"}),
    "outcome, only known afterwards, per order": ("outcome", {"entity": "order", "at_prediction": "no"}),
    "`home_zip`, per user": ("home_zip", USER),
    "*home zip*, per user": ("home zip", USER),
    "user profile, per user": ("user profile", {**USER, "transform": "lookup"}),
    "age, from the database, per user": ("age", {**USER, "transform": "lookup"}),
    "clicks last half hour, per user": ("clicks last half hour", {**USER, "window": long(30, "min")}),
    "zip, user": ("zip", USER),
    "Größe der Bestellung, per order, must": ("Größe der Bestellung", {"entity": "order", **MUST}),
    "home zip code": ("home zip code", {}),
}


@pytest.mark.parametrize("line", WHOLE)
def test_a_line_says_what_its_words_say(line):
    name, parts = WHOLE[line]
    assert row_of(line) == ({"name": name, **parts}, "")


IN_PART = {
    "last 10 clicks, per session, real time": {"entity": "session", "transform": "sequence"},
    "age, per user, must, nice to have": USER,
    "age, per user, fresh within 1 h, at most 5 min old": USER,
    "age, per user, per order, must": MUST,
    "avg basket, 7 d, per user": USER,
    "temperature, not needed": {},
    "temperature, need not be fresh, per car": {"entity": "car"},
    "zip, per user, they hate must": USER,
    "price, per km, must": MUST,
    "load, per second, 5 min, 10 min": {},
    "item text, per item, text, static": {"entity": "item"},
    "zip, per user, lookup in the accounts table": {**USER, "transform": "lookup"},
    "zip, per user, older than 1 h is fine": USER,
    "outcome, latest, average over 5 min, per order": {"entity": "order", "window": long(5, "min")},
    "orders over 30 min late, per courier, who knows": {"entity": "courier"},
}


@pytest.mark.parametrize("line", IN_PART)
def test_what_could_mean_two_things_or_nothing_is_left_open_and_kept_beside(line):
    row, note = row_of(line)
    assert {k: v for k, v in row.items() if k != "name"} == IN_PART[line]
    assert note == line


OF_NAMES = {
    "average basket, per user, must": {**USER, **MUST},
    "average age last 7 days old, per user": USER,
    "average number of orders, over 7 days, per user": {**USER, "window": long(7, "d")},
    "current average load, last 5 min, per user": {**USER, "window": long(5, "min")},
}


@pytest.mark.parametrize("line", OF_NAMES)
def test_a_name_that_could_mean_two_things_is_only_a_name(line):
    row, note = row_of(line)
    assert {k: v for k, v in row.items() if k != "name"} == OF_NAMES[line]
    assert note == ""


@pytest.mark.parametrize(
    "line",
    [
        "phone number, per user",
        "discount, per order",
        "account, per user",
        "zip, per user",
        "review text length, per user",
    ],
)
def test_nothing_is_looked_up_or_counted_that_no_word_says(line):
    row, note = row_of(line)
    assert "transform" not in row
    assert note == ""


def test_a_line_that_only_leads_to_the_list_is_no_input():
    reading = read(INPUTS, "These are ours:\nzip, per user\nage, per user", so_far=None, today=DAY)
    assert [row["name"] for row in reading.value] == ["zip", "age"]
    assert reading.note.startswith("These are ours:")


def test_two_names_that_only_their_window_tells_apart_stay_two():
    reading = read(INPUTS, "load (last 5 min), per user\nload (last 1 h), per user", so_far=None, today=DAY)
    assert [row["name"] for row in reading.value] == ["load (last 5 min)", "load (last 1 h)"]


@pytest.mark.parametrize("line", [", must", "🙂, must", "x" * 101 + ", must", "—, per user"])
def test_a_name_is_never_empty_and_never_endless(line):
    assert isinstance(read(INPUTS, line, so_far=None, today=DAY), Unreadable)


_PIECES = (
    *("per user", "must", "nice to have", "fresh within 30 s", "last 5 min", "avg", "lookup", "≤ 1 h old", "1,5 h"),
    *("daily is fine", "real time", "max", "min", "not", "over", "number of", "known before", "text", "5-10 min"),
    *("zebra", "quokka", "(", ")", " – ", ";", ":", "\n", ", ", "  ", "per", "by", "½", "#"),
)
LINES = st.lists(st.sampled_from(_PIECES) | st.text(max_size=12) | st.sampled_from(NASTY), max_size=12)


@settings(deadline=None)
@given(LINES.map(" ".join) | LINES.map(", ".join) | st.text(max_size=300))
def test_reading_never_fails_and_every_name_is_one(text):
    reading = read(INPUTS, text, so_far=None, today=DAY)
    if isinstance(reading, Read | Partly):
        for row in reading.value:
            assert 0 < len(row["name"]) <= 100
            assert any(c.isalnum() for c in row["name"])


@settings(deadline=None)
@given(LINES.map(", ".join))
def test_no_word_is_lost(text):
    """A word that says nothing to anybody is in a name, in a field or in the note."""
    reading = read(INPUTS, f"zip, {text}", so_far=None, today=DAY)
    if isinstance(reading, Unreadable):
        assert reading.kept
        return
    if reading.note:
        assert reading.note.split() == f"zip, {text}".split()
        return
    kept = str(reading.value)
    assert all(word in kept for word in ("zebra", "quokka") if word in text)


def test_what_an_input_belongs_to_reads_alone_as_well():
    assert all(row_of(f"zip, {entity}")[0]["entity"] == entity for entity in ENTITIES)
