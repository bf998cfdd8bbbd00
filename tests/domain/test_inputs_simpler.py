"""The simpler input for each hard one, the weeks it saves, and the build time behind both."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.inputs import Serving, Weeks, build_midpoint, hints, survey
from bot.domain.inputs.simpler import EFFECTS
from bot.domain.inputs.taking import LONGEST_NAME, listed_instead, simpler_name, surveyed_instead
from bot.domain.reading.words import bare
from tests.domain.inputs import AVERAGE_LOCATION, BATCH, LATEST_LOCATION, ONLINE, plain, quantity


def test_the_latest_value_of_the_same_signal_comes_two_to_seven_weeks_sooner():
    simpler = survey(AVERAGE_LOCATION, ONLINE).alternative
    assert (simpler.rule, simpler.level) == ("S1", "moderate")
    assert "latest value" in simpler.text
    assert simpler.sooner == "about 2-7 weeks sooner (default estimate)"


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({**AVERAGE_LOCATION, "importance": "should"}, "S0"),
        (AVERAGE_LOCATION, "S1"),
        ({**AVERAGE_LOCATION, "window": None}, "S1"),
        ({**AVERAGE_LOCATION, "window": quantity(1, "d")}, "S2"),
        ({**AVERAGE_LOCATION, "freshness_needed": quantity(2, "d")}, "S2"),
        (plain(history="none", freshness_needed=quantity(2, "d")), "S7"),
        (plain(source_kind="warehouse", in_prod="raw"), "S3"),
        (plain(source_kind="file", in_prod="raw"), "S3"),
        (plain(source_kind="third_party", history="none"), "S4"),
        (plain(transform="embedding", history="none", in_prod="raw"), "S5"),
        (plain(transform="sequence", history="none", in_prod="raw"), "S5"),
        (plain(source_kind="api", history="none"), "S4"),
        (plain(transform="text", preprocessing="heavy", in_prod="raw"), "S5"),
        (plain(source_kind="file", history="none"), "S7"),
        (plain(transform="embedding", history="none"), "S7"),
        (plain(access="needs_approval", pii="personal", history="none"), "S6"),
        (plain(access="blocked", pii="sensitive"), "S6"),
        (plain(access="open", pii="personal", history="none"), "S7"),
        (plain(history="none"), "S7"),
    ],
)
def test_the_first_simpler_idea_that_fits_is_proposed(facts, rule):
    assert survey(facts, ONLINE).alternative.rule == rule


@pytest.mark.parametrize("facts", [plain(), plain(history="partial"), plain(in_prod="unknown", history="none")])
def test_nothing_simpler_is_proposed_for_what_is_not_hard(facts):
    assert survey(facts, ONLINE).alternative is None


def test_nothing_is_invented_where_no_rule_fits():
    assert survey(plain(in_prod="no"), ONLINE).alternative is None


@pytest.mark.parametrize(
    ("facts", "saved"),
    [
        (AVERAGE_LOCATION, Weeks(2, 7)),
        ({**AVERAGE_LOCATION, "build_weeks": 6}, Weeks(4, 5)),
        ({**AVERAGE_LOCATION, "build_weeks": 1.5}, Weeks(0, 0.5)),
        ({**AVERAGE_LOCATION, "importance": "nice"}, Weeks(4, 8)),
        ({**AVERAGE_LOCATION, "importance": "nice", "build_weeks": 6}, Weeks(6, 6, estimate=False)),
        (plain(history="none"), Weeks(0, 3)),
    ],
)
def test_the_weeks_saved_are_a_range_between_the_two_ranges(facts, saved):
    assert survey(facts, ONLINE).alternative.saved == saved


@pytest.mark.parametrize(
    ("weeks", "sooner"),
    [
        (None, "up to 3 weeks sooner (default estimate)"),
        (2, "up to 1 week sooner (default estimate)"),
        (4, "about 2-3 weeks sooner (default estimate)"),
        (1, ""),
        (0.5, ""),
    ],
)
def test_the_weeks_saved_are_told_as_a_range_a_limit_or_not_at_all(weeks, sooner):
    assert survey(plain(history="none", in_prod="raw", build_weeks=weeks), ONLINE).alternative.sooner == sooner


def test_the_engineers_own_number_is_no_default_estimate():
    left_out = survey({**AVERAGE_LOCATION, "importance": "nice", "build_weeks": 6}, ONLINE).alternative
    assert left_out.sooner == "about 6 weeks sooner"


@pytest.mark.parametrize(
    ("facts", "weeks"),
    [
        (AVERAGE_LOCATION, 6),
        ({**AVERAGE_LOCATION, "build_weeks": 2}, 2),
        (LATEST_LOCATION, 1.5),
        (plain(history="none", in_prod="raw"), 3),
        (plain(history="none", in_prod="served"), 0),
        (plain(in_prod="raw"), 0),
        (plain(in_prod="raw", source_kind=None), 0),
        (plain(in_prod="unknown"), 0),
        (plain(in_prod="unknown", build_weeks=2), 2),
        (plain(in_prod="unknown", access="blocked"), 0),
        (plain(in_prod="raw", access="blocked"), 6),
    ],
)
def test_a_date_check_counts_the_middle_of_the_range(facts, weeks):
    surveyed = survey(facts, ONLINE)
    assert build_midpoint(surveyed.input, surveyed.difficulty) == weeks


def test_a_project_that_can_wait_an_hour_hears_that_batch_would_do():
    assert hints([], ONLINE, Decimal(3600)) == ("Batch would do: nobody needs the prediction within the hour.",)
    assert hints([], Serving("streaming"), Decimal(3600)) == hints([], ONLINE, Decimal(3600))
    assert hints([], ONLINE, Decimal(3599)) == ()
    assert hints([], BATCH, Decimal(3600)) == ()
    assert hints([], ONLINE, None) == ()


def test_more_than_three_hard_inputs_are_too_many_for_v1():
    hard = survey(AVERAGE_LOCATION, ONLINE)
    assert hints([hard] * 3, ONLINE, None) == ()
    assert hints([hard] * 4, ONLINE, None) == ("Keep only the best 3 of the hard inputs for V1.",)


def test_the_weeks_of_an_input_are_the_engineers_or_the_default_of_its_level():
    assert survey(AVERAGE_LOCATION, ONLINE).weeks == Weeks(4, 8)
    assert survey({**AVERAGE_LOCATION, "build_weeks": 3}, ONLINE).weeks == Weeks(3, 3, estimate=False)


@pytest.mark.parametrize(
    ("rule", "name", "simpler"),
    [
        ("S0", "avg load", ""),
        ("S1", "avg courier location last 5 min", "latest courier location"),
        ("S1", "average location, last 5 minutes", "latest location"),
        ("S1", "avg_location_5min", "latest_location"),
        ("S1", "kitchen_load_5min", "latest_kitchen_load"),
        ("S1", "Mean of speed over the past 10 s", "latest speed"),
        ("S1", "load", "latest load"),
        ("S1", "5 min", "latest 5 min"),
        ("S1", "route 66", "latest route 66"),
        ("S2", "orders of a week", "nightly orders of a week"),
        ("S3", "home zip code", "nightly copy of home zip code"),
        ("S3", "home_zip", "nightly_copy_of_home_zip"),
        ("S4", "weather", "cached weather"),
        ("S5", "review text", "counts for review text"),
        ("S6", "position", "coarser position"),
        ("S7", "mood", ""),
    ],
)
def test_the_simpler_one_has_a_name_that_says_how_it_is_made(rule, name, simpler):
    assert simpler_name(EFFECTS[rule], name, [name]) == simpler


@given(st.text(min_size=1, max_size=300).filter(str.strip), st.sampled_from(sorted(EFFECTS)), st.integers(0, 4))
def test_such_a_name_is_new_and_short_whatever_the_input_is_called(name, rule, times):
    others = [name]
    for _ in range(times + 1):
        simpler = simpler_name(EFFECTS[rule], name, others)
        if not simpler:
            return
        assert len(simpler) <= LONGEST_NAME
        assert (bare(simpler) or simpler) not in {bare(other) or other for other in others}
        others.append(simpler)


def test_the_latest_value_needs_no_window_and_is_read_from_the_same_source():
    effect = EFFECTS["S1"]
    row = listed_instead(effect, AVERAGE_LOCATION, "latest location")
    facts = {
        **{"source": "topic", "source_kind": "stream", "in_prod": "raw", "read_ms": 3, "owner": "couriers"},
        **{"access": "open", "pii": "none", "contract": "yes", "untrusted": "not_handled"},
        **{"preprocessing": "light", "history": "full", "build_weeks": 3, "freshness_available": quantity(1, "s")},
        **{"lateness": "some", "name": "average location"},
    }
    survey_row = surveyed_instead(effect, facts, "latest location")

    assert (row["transform"], row["name"], row["freshness_needed"]) == ("latest", "latest location", quantity(30, "s"))
    assert "window" not in row
    left = {"preprocessing", "history", "build_weeks", "freshness_available", "lateness"}
    assert survey_row == {**{k: v for k, v in facts.items() if k not in left}, "name": "latest location"}


@pytest.mark.parametrize(
    ("rule", "needed", "after"),
    [
        ("S2", quantity(5, "min"), quantity(1, "d")),
        ("S2", quantity(24, "h"), quantity(24, "h")),
        ("S2", quantity(2, "w"), quantity(2, "w")),
        ("S2", None, quantity(1, "d")),
        ("S3", quantity(30, "s"), quantity(1, "d")),
        ("S4", quantity(30, "s"), quantity(30, "s")),
        ("S6", quantity(30, "s"), quantity(30, "s")),
    ],
)
def test_what_is_made_at_night_may_be_a_day_old(rule, needed, after):
    row = {"name": "x", "transform": "window_agg", **({"freshness_needed": needed} if needed else {})}
    assert listed_instead(EFFECTS[rule], row, "y")["freshness_needed"] == after


@pytest.mark.parametrize(("rule", "transform"), [("S2", "window_agg"), ("S3", "lookup"), ("S5", "count_recent")])
def test_it_says_how_it_is_made_and_the_engineer_looks_at_it_anew(rule, transform):
    assert listed_instead(EFFECTS[rule], AVERAGE_LOCATION, "y")["transform"] == transform
    assert surveyed_instead(EFFECTS[rule], {"name": "x", "source_kind": "db"}, "y") is None


def test_what_has_no_history_says_what_is_left_to_do():
    assert EFFECTS["S7"].next.startswith("Start logging it today")
    assert [rule for rule, effect in EFFECTS.items() if effect.next] == ["S7"]
