from decimal import Decimal

import pytest

from bot.domain.durations import as_said, friendly, plain_number, seconds


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (100, "ms", "0.1"),
        (2.5, "s", "2.5"),
        (5, "min", "300"),
        (1, "h", "3600"),
        (1, "d", "86400"),
        (2, "w", "1209600"),
    ],
)
def test_a_quantity_is_an_exact_number_of_seconds(value, unit, expected):
    assert seconds({"value": value, "unit": unit}) == Decimal(expected)


@pytest.mark.parametrize("said", [None, {"unknown": True}, {"na": True}, {"not_measured": True}, "5 min", 5])
def test_what_is_no_quantity_has_no_seconds(said):
    assert seconds(said) is None


def test_predictions_per_second_are_no_duration():
    assert seconds({"value": 50, "unit": "per_second"}) is None


def test_tenths_add_up():
    parts = [seconds({"value": 0.1, "unit": "s"}), seconds({"value": 200, "unit": "ms"})]
    assert sum(parts) == seconds({"value": 0.3, "unit": "s"})


@pytest.mark.parametrize(
    ("duration", "text"),
    [
        ("0.0004", "0.4 ms"),
        ("0.1", "100 ms"),
        ("0.9996", "999.6 ms"),
        ("1.02", "1.02 s"),
        ("90", "1.5 min"),
        ("3600", "1 h"),
        ("86400", "1 day"),
        ("172800", "2 days"),
        ("604800", "1 week"),
        ("1209600", "2 weeks"),
        ("0", "0 ms"),
    ],
)
def test_a_duration_reads_in_the_largest_unit_it_fills(duration, text):
    assert friendly(Decimal(duration)) == text


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        ({"value": 36, "unit": "h"}, "36 h"),
        ({"value": 1, "unit": "d"}, "1 day"),
        ({"value": 1.0, "unit": "w"}, "1 week"),
        ({"value": 50, "unit": "per_second"}, "50 per second"),
    ],
)
def test_a_quantity_is_quoted_in_its_authors_unit(quantity, text):
    assert as_said(quantity) == text


@pytest.mark.parametrize(("number", "text"), [(7, "7"), (3.0, "3"), (2.50, "2.5"), (1 / 3, "0.333"), (-0.0001, "0")])
def test_a_number_has_no_empty_decimals(number, text):
    assert plain_number(number) == text
