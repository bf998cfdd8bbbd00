"""What people are told of each input: how hard it is and why, and nothing that is still blind."""

import pytest

from bot.domain import ratings
from bot.domain.answers import VEILED, Answer
from bot.domain.as_snapshot import health_of
from bot.domain.inputs import Level
from bot.domain.telling import ask, told
from tests.domain.aligned import BANK
from tests.domain.inputs import AVERAGE_LOCATION, HOME_ZIP_CODE, LATEST_LOCATION, quantity
from tests.domain.projects import MONDAY, started

LISTED, SURVEY = BANK["ml.inputs"], BANK["eng.input_survey"]


def project(*records, **answers):
    """A kickoff in which both roles have said their part of these inputs."""
    rows = {q.id: [_part(q, record) for record in records] for q in (LISTED, SURVEY)}
    said = {**rows, "eng.serving": "request_time", **answers}
    by = {"ml": "MEI", "eng": "RAJ", "pm": "ANA"}
    return started(answers={id: Answer(value, by[id[:3].strip(".")], MONDAY) for id, value in said.items() if value})


def _part(question, record):
    return {name: value for name, value in record.items() if question.field(name)}


def only(there):
    [rating] = ratings.of(there, BANK)
    return rating


def test_a_home_zip_code_is_easy():
    rating = only(project(HOME_ZIP_CODE))
    assert (rating.difficulty, rating.reasons, rating.risk) == ("easy", (), "low")
    assert (rating.need, rating.offer, rating.read_ms, rating.owner) == ("1 day", "1 h", "5 ms", "accounts team")
    assert rating.in_production == "A service can read the finished value today"


def test_an_average_of_the_last_five_minutes_is_very_hard():
    rating = only(project(AVERAGE_LOCATION))
    assert rating.difficulty is Level.VERY_HARD
    assert [reason.code for reason in rating.reasons] == ["H1", "H8", "M4", "M7"]
    assert (rating.risk, str(rating.weeks), rating.alternative.rule) == ("high", "4-8 weeks", "S1")


def test_the_most_recent_location_is_moderate():
    assert only(project(LATEST_LOCATION)).difficulty is Level.MODERATE


def test_the_same_average_is_easy_once_a_service_reads_it_finished():
    served = {**AVERAGE_LOCATION, "in_prod": "served", "preprocessing": "none", "history": "full"}
    assert only(project(served)).difficulty is Level.EASY


def test_inputs_are_rated_in_the_order_of_the_list():
    found = ratings.of(project(LATEST_LOCATION, HOME_ZIP_CODE), BANK)
    assert [rating.name for rating in found] == ["most recent location", "home zip code"]


def test_an_input_in_words():
    [words] = ratings.below_rows(project(AVERAGE_LOCATION), BANK, LISTED, [{"name": AVERAGE_LOCATION["name"]}])
    assert words.difficulty == "very hard"
    assert words.reasons.startswith("a value over time to build from a stream of events; to be built so")
    assert (words.risk, words.weeks, words.need, words.offer) == ("high", "4-8 weeks (default estimate)", "30 s", "")


def test_what_is_not_surveyed_has_no_rating_in_words():
    listed = project(HOME_ZIP_CODE, **{"eng.input_survey": None})
    assert only(listed).difficulty is Level.UNKNOWN
    assert only(listed).weeks is None
    assert ratings.below_rows(listed, BANK, LISTED, [{"name": "home zip code"}]) == ()


@pytest.mark.parametrize(
    ("record", "open"),
    [
        (HOME_ZIP_CODE, True),
        ({k: v for k, v in HOME_ZIP_CODE.items() if k != "freshness_needed"}, False),
        ({k: v for k, v in HOME_ZIP_CODE.items() if k != "in_prod"}, False),
        ({k: v for k, v in HOME_ZIP_CODE.items() if k != "source_kind"}, False),
        ({**HOME_ZIP_CODE, "in_prod": "unknown"}, True),
    ],
)
def test_need_and_offer_are_seen_together(record, open):
    there = project(record)
    rating = only(there)
    shown = told(there, BANK, LISTED).value[0].get("freshness_needed"), told(there, BANK, SURVEY).value[0]["read_ms"]
    if open:
        assert "🔒" not in (rating.need, rating.offer, rating.read_ms)
        assert shown == (record["freshness_needed"], 5)
    else:
        assert {rating.need, rating.offer, rating.read_ms} - {""} == {"🔒"}
        assert shown in [(VEILED, VEILED), (None, VEILED)]


def test_a_question_shows_its_own_rows_with_what_is_blind_closed():
    there = project({"name": "home zip code", "freshness_needed": quantity(1, "d")}, **{"eng.input_survey": None})
    kept = there.answers["ml.inputs"]
    half = there.with_answer("ml.inputs", Answer(kept.value, kept.by, kept.at, marks=frozenset({"partial"})))
    assert ask(half, BANK, LISTED).so_far == [{"name": "home zip code", "freshness_needed": VEILED}]


def test_no_finding_and_no_rating_reads_what_is_veiled():
    slow = {**HOME_ZIP_CODE, "read_ms": 900, "freshness_available": quantity(9, "d")}
    del slow["freshness_needed"]
    said = {"eng.latency_budget": quantity(100, "ms"), "ml.latency": quantity(10, "ms")}
    there = project(slow, **said, **{"pm.response_time": quantity(1, "s")})
    assert only(there).difficulty is Level.EASY
    assert "latency_over_budget" not in {f.detector for f in health_of(there, BANK, MONDAY).findings}
    both = project({**slow, "freshness_needed": quantity(1, "d")}, **said, **{"pm.response_time": quantity(1, "s")})
    assert {reason.code for reason in only(both).reasons} == {"H2", "H6"}
    assert "latency_over_budget" in {f.detector for f in health_of(both, BANK, MONDAY).findings}


def test_a_reason_that_reads_a_blind_answer_is_left_out():
    slow = {**HOME_ZIP_CODE, "read_ms": 90}
    blind = project(slow, **{"eng.latency_budget": quantity(100, "ms")})
    assert (only(blind).difficulty, only(blind).reasons) == (Level.EASY, ())
    both = {"ml.latency": quantity(10, "ms"), "pm.response_time": quantity(1, "s")}
    seen = project(slow, **{"eng.latency_budget": quantity(100, "ms")}, **both)
    assert [reason.code for reason in only(seen).reasons] == ["H6"]


def test_i_dont_know_takes_back_nothing_that_is_known():
    listed = {**HOME_ZIP_CODE, "at_prediction": "no"}
    there = project(listed)
    rows = [{**there.answers["eng.input_survey"].value[0], "at_prediction": "unknown"}]
    assert only(there.with_answer("eng.input_survey", Answer(rows, "RAJ", MONDAY))).difficulty is Level.BLOCKED
    rows = [{**rows[0], "at_prediction": "yes"}]
    assert only(there.with_answer("eng.input_survey", Answer(rows, "RAJ", MONDAY))).difficulty is Level.EASY
