"""Lines that an engineer types about inputs: what kind of place, whether production has it, and the place itself."""

from datetime import date

import pytest

from bot.domain.reading import Read, read
from bot.packs.loader import load_bank

SURVEY = load_bank()["eng.input_survey"]
STREAM = {"source_kind": "stream", "in_prod": "raw"}
SERVED = {"source_kind": "db", "in_prod": "served"}


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("load, kitchen-events topic, stream, raw, 25 ms", STREAM | {"source": "kitchen-events topic", "read_ms": 25}),
        ("load, stream, raw, 5 s old", STREAM | {"freshness_available": {"value": 5, "unit": "s"}}),
        ("load, table users, a production database, served", SERVED | {"source": "table users"}),
        ("load, db, served", SERVED),
        ("load, users table, the accounts team, db, served", SERVED),  # which of the two is the place?
        ("load, db, served, 5 ms, 1 d old", SERVED),  # which length of time is which?
    ],
)
def test_a_line_about_an_input_in_production_is_read_and_nothing_is_guessed(line, row):
    reading = read(SURVEY, line, so_far=None, today=date(2026, 3, 2))
    assert isinstance(reading, Read)
    assert reading.value == [{"name": "load", **row}]


@pytest.mark.parametrize("line", ["load, users table, the accounts team, db, served", "load, stream, raw, 25 ms"])
def test_words_that_no_field_holds_are_kept_beside_it(line):
    reading = read(SURVEY, line, so_far=None, today=date(2026, 3, 2))
    assert reading.note == line


def test_a_line_that_says_it_all_needs_no_note():
    reading = read(SURVEY, "load, table users, a production database, served", so_far=None, today=date(2026, 3, 2))
    assert reading.note == ""
