"""The simpler input for each hard one, the weeks it saves, and the build time behind both."""

from decimal import Decimal

import pytest

from bot.domain.inputs import Serving, Weeks, build_midpoint, hints, survey
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
