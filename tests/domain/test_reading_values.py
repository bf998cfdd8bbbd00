"""Lengths of time, rates, days and people, as they are typed."""

from datetime import date

import pytest

from bot.domain.reading import Read, Unreadable, read
from bot.packs.loader import load_bank

BANK = load_bank()
WEDNESDAY = date(2027, 1, 6)


def said(id, text, so_far=None):
    return read(BANK[id], text, so_far=so_far, today=WEDNESDAY)


# ------------------------------------------------------------------ lengths of time and rates


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("250 ms", 250, "ms"),
        ("250ms", 250, "ms"),
        ("250 milliseconds", 250, "ms"),
        ("1.5 s", 1.5, "s"),
        ("1,5 s", 1.5, "s"),
        ("two hours", 2, "h"),
        ("half an hour", 0.5, "h"),
        ("1/2 hour", 0.5, "h"),
        ("½ h", 0.5, "h"),
        ("2 1/2 hours", 2.5, "h"),
        ("an hour and a half", 1.5, "h"),
        ("two and a half days", 2.5, "d"),
        ("a day", 1, "d"),
        ("daily", 1, "d"),
        ("1 w", 1, "w"),
        ("5m", 5, "min"),
        ("1 h 30 min", 90, "min"),
        ("1h30", 90, "min"),
        ("1 minute and 30 seconds", 90, "s"),
        ("1,200 ms", 1200, "ms"),
        ("1 200 ms", 1200, "ms"),
        ("٢٥٠ ms", 250, "ms"),
        ("500 µs", 0.5, "ms"),
    ],
)
def test_a_length_of_time_is_read_in_its_own_unit(text, value, unit):
    assert said("pm.response_time", text) == Read({"value": value, "unit": unit})


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("p95 under 150 ms", 150, "ms"),
        ("I'd say about 2 hours", 2, "h"),
        ("once a day is fine", 1, "d"),
        ("5-10 min", 10, "min"),
        ("5 to 10 min", 10, "min"),
        ("between 5 and 10 minutes", 10, "min"),
        ("100 ms to 2 s", 2, "s"),
        ("3 months", 90, "d"),
        ("a year", 365, "d"),
    ],
)
def test_words_around_a_length_of_time_become_its_note_and_of_a_range_the_larger_counts(text, value, unit):
    assert said("pm.response_time", text) == Read({"value": value, "unit": unit}, text)


@pytest.mark.parametrize(
    "text",
    [
        "give me a second, I'll look",
        "100 ms or 2 s",
        "p95 150 ms, p99 300 ms",
        "fast",
        "real time",
        "0 ms",
        "-5 ms",
        "24/7",
    ],
)
def test_no_length_of_time_or_more_than_one_is_not_guessed(text):
    reading = said("pm.response_time", text)
    assert isinstance(reading, Unreadable)
    assert (reading.kept, "*250 ms*" in reading.say) == (text, True)


def test_a_number_without_its_unit_gets_a_question_back():
    assert said("pm.response_time", "250").say.startswith("250 of what: ms, s, min, h, d or w?")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("50/s", 50, "per_second"),
        ("50 rps", 50, "per_second"),
        ("3k per second", 3000, "per_second"),
        ("50 requests per second", 50, "per_second"),
        ("3000 per minute", 3000, "per_minute"),
        ("5k/min", 5000, "per_minute"),
        ("2,000 predictions a minute", 2000, "per_minute"),
    ],
)
def test_a_rate_is_read(text, value, unit):
    assert said("eng.volume", text).value == {"value": value, "unit": unit}


@pytest.mark.parametrize("text", ["50", "50 ms", "a lot", "1 million per day"])
def test_a_rate_needs_its_per_second_or_minute(text):
    assert isinstance(said("eng.volume", text), Unreadable)


# ------------------------------------------------------------------ days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-02-01", "2027-02-01"),
        ("2027/2/1", "2027-02-01"),
        ("1 Feb 2027", "2027-02-01"),
        ("1st of February, 2027", "2027-02-01"),
        ("Feb 1, 2028", "2028-02-01"),
        ("Feb 1", "2027-02-01"),
        ("5 January", "2028-01-05"),
        ("6 January", "2028-01-06"),
        ("7 January", "2027-01-07"),
        ("29 Feb", "2028-02-29"),
        ("13/02/2027", "2027-02-13"),
        ("02/13/2027", "2027-02-13"),
        ("13.2.27", "2027-02-13"),
        ("03/03/2027", "2027-03-03"),
        ("tomorrow", "2027-01-07"),
        ("the day after tomorrow", "2027-01-08"),
        ("next friday", "2027-01-08"),
        ("by Friday", "2027-01-08"),
        ("wednesday", "2027-01-13"),
        ("in 3 weeks", "2027-01-27"),
        ("in two months", "2027-03-06"),
        ("three days from now", "2027-01-09"),
        ("in a year", "2028-01-06"),
        ("end of march", "2027-03-31"),
        ("mid-march", "2027-03-15"),
        ("beginning of January", "2028-01-01"),
        ("end of the month", "2027-01-31"),
        ("end of next month", "2027-02-28"),
        ("end of the quarter", "2027-03-31"),
        ("end of Q2", "2027-06-30"),
        ("end of the year", "2027-12-31"),
    ],
)
def test_a_day_is_read_and_without_a_year_the_next_such_day(text, day):
    assert said("pm.launch", f"target; {text}").value == {"flexibility": "target", "date": day}


@pytest.mark.parametrize(
    ("text", "say"),
    [
        ("01/02/2027", "Is 01/02/2027 1 February or 2 January?"),
        ("March 2027", "Which day exactly?"),
        ("next month", "Which day exactly?"),
        ("30 Feb 2027", "Which day exactly?"),
        ("1 March or 2 April", "more than one day"),
    ],
)
def test_a_day_that_could_be_two_is_asked_about(text, say):
    reading = said("pm.launch", f"{text}, target")
    assert isinstance(reading, Unreadable)
    assert say in reading.say


def test_a_launch_in_the_past_is_asked_about():
    assert said("pm.launch", "fixed, 1 March 2020").say == "That day has passed. Which day do you aim for now?"


# ------------------------------------------------------------------ people


@pytest.mark.parametrize(
    ("text", "value"),
    [("<@U123>", "U123"), ("<@W12|ann.b>", "W12"), ("nobody", "none"), ("None yet", "none"), ("no one", "none")],
)
def test_a_person_is_read_from_a_mention(text, value):
    assert said("pm.decider", text) == Read(value)


@pytest.mark.parametrize("text", ["Ann", "@ann", "<@U1> or <@U2>", "<#C1>"])
def test_a_name_without_a_mention_or_two_people_are_not_guessed(text):
    assert isinstance(said("pm.decider", text), Unreadable)
