"""The production survey as a talk: six things about each input, more only where it matters, told once both are in."""

import pytest

from bot.domain.answers import Answer
from bot.domain.as_snapshot import features
from bot.services import interviews
from tests.flow.interviews import BANK, PLACE, PLACE_SURVEY, ZIP, ZIP_SURVEY, talks

SURVEY, INPUTS = "eng.input_survey", "ml.inputs"
CLOSED = "🔒 closed until both sides are in"
PLACE_NOW = {
    **PLACE_SURVEY,
    "read_ms": 25,
    "freshness_available": {"value": 2, "unit": "h"},
    "build_weeks": 6,
    "history": "partial",
    "logging": "yes",
    "preprocessing": "light",
}


@pytest.fixture
async def ml(kickoff):
    _, ml, _ = talks(kickoff)
    await ml.is_at(INPUTS)
    return ml


@pytest.fixture
async def eng(kickoff, ml):
    _, _, eng = talks(kickoff)
    await ml.fills_in(INPUTS)
    await eng.is_at(SURVEY)
    return eng


def labels(talk):
    return [entry.label for entry in talk.form().inputs if not entry.label.endswith(": unit")]


def shown(talk, label):
    return next(entry.shown for entry in talk.form().inputs if entry.label == label)


async def test_a_value_that_a_service_reads_takes_one_page(eng):
    await eng.clicks(SURVEY, "Survey: home zip code")
    assert labels(eng) == [
        "What kind of place it comes from",
        "Can production read it today?",
        "Time to read it in production, slow end, in ms",
        "How old it really is when read",
        "Who answers for it (person or team)",
        "Or is it nobody?",
        "May our service read it?",
    ]
    assert "home zip code" in eng.form().plain
    await eng.submits(eng.on_page(SURVEY, ZIP_SURVEY))

    assert eng.form() is None
    assert await eng.answer(SURVEY) == [ZIP_SURVEY]


async def test_a_value_to_build_is_asked_about_on_a_further_page(eng):
    await eng.clicks(SURVEY, "Survey: home zip code")
    await eng.submits_row(SURVEY, ZIP_SURVEY)
    await eng.clicks(SURVEY, "Survey: average location")
    await eng.submits(eng.on_page(SURVEY, PLACE_NOW))
    assert (await eng.answer(SURVEY))[1]["in_prod"] == "raw"
    assert "The first part is kept." in eng.form().plain
    assert labels(eng) == [
        "Who puts the events together in production, and how late may one arrive?",
        "Weeks to make it readable in production",
        "Cleaning it needs in production",
        "Can we tell its value at a past moment?",
        "Can we start logging it today?",
        "Are we promised a notice before it changes?",
        "Is it known before the decision it should trigger?",
        "Where exactly it lives",
    ]
    await eng.submits(eng.on_page(SURVEY, PLACE_NOW))
    assert eng.form() is None
    assert (await eng.answer(SURVEY))[1] == PLACE_NOW


async def test_a_further_page_that_is_closed_loses_nothing(eng):
    await eng.clicks(SURVEY, "Survey: home zip code")
    await eng.submits(eng.on_page(SURVEY, {**ZIP_SURVEY, "source_kind": "client"}))
    await eng.world.slack.closes("eng")
    await eng.world.settle()
    assert await eng.answer(SURVEY) == [{**ZIP_SURVEY, "source_kind": "client"}]
    assert "[Survey: average location]" in (await eng.shows(SURVEY)).plain


async def test_editing_shows_both_pages_filled_and_keeps_what_is_on_the_other(eng):
    await eng.clicks(SURVEY, "Survey: home zip code")
    await eng.submits_row(SURVEY, ZIP_SURVEY)
    await eng.clicks(SURVEY, "Survey: average location")
    await eng.submits_row(SURVEY, PLACE_NOW)
    await eng.clicks(SURVEY, "Edit", nth=1)
    assert shown(eng, "Time to read it in production, slow end, in ms") == "25"
    await eng.submits({"Time to read it in production, slow end, in ms": ""})
    assert (await eng.answer(SURVEY))[1] == {k: v for k, v in PLACE_NOW.items() if k != "read_ms"}

    assert shown(eng, "Where exactly it lives") == "topic moves"
    await eng.submits({"Where exactly it lives": "", "Weeks to make it readable in production": "4"})
    kept = (await eng.answer(SURVEY))[1]
    assert kept == {k: v for k, v in PLACE_NOW.items() if k not in ("read_ms", "source")} | {"build_weeks": 4}


async def test_a_fact_that_no_longer_matters_is_kept_all_the_same(eng):
    await eng.clicks(SURVEY, "Survey: home zip code")
    await eng.submits_row(SURVEY, ZIP_SURVEY)
    await eng.clicks(SURVEY, "Survey: average location")
    await eng.submits_row(SURVEY, PLACE_NOW)
    await eng.clicks(SURVEY, "Edit", nth=1)
    await eng.submits({"Can production read it today?": "A service can read the finished value today"})
    assert (await eng.answer(SURVEY))[1] == {**PLACE_NOW, "in_prod": "served"}


async def test_the_ml_person_is_asked_more_about_a_window(ml):
    await ml.clicks(INPUTS, "Answer")
    assert "Length of the time window" not in labels(ml)
    await ml.submits(ml.on_page(INPUTS, PLACE))
    assert labels(ml) == [
        "Length of the time window",
        "What gets worse if it is 1 hour old (and was that measured)?",
        "Where the value comes from in training",
    ]
    await ml.submits(ml.on_page(INPUTS, PLACE))
    assert await ml.answer(INPUTS) == [PLACE]


async def test_an_input_of_the_same_source_starts_with_what_is_known_of_it(eng):
    first = {**ZIP_SURVEY, "source_kind": "api", "owner": "Raj", "access": "unknown", "preprocessing": "light"}
    first |= {"in_prod": "partial", "contract": "yes", "source": "the accounts service"}
    await eng.clicks(SURVEY, "Survey: home zip code")
    await eng.submits_row(SURVEY, first)
    await eng.clicks(SURVEY, "Same source as …", "home zip code")
    assert "average location" in eng.form().plain
    assert shown(eng, "Who answers for it (person or team)") == "Raj"
    assert shown(eng, "What kind of place it comes from") == "Another service of ours"
    assert not shown(eng, "Can production read it today?")

    await eng.submits({"Can production read it today?": "The data is in production, the value must be built"})
    assert shown(eng, "Where exactly it lives") == "the accounts service"
    assert not shown(eng, "Cleaning it needs in production")
    await eng.submits()
    same = {"source_kind", "owner", "access", "read_ms", "contract", "source"}
    assert (await eng.answer(SURVEY))[1] == {
        "name": "average location",
        "in_prod": "raw",
        **{fact: said for fact, said in first.items() if fact in same},
    }


async def test_need_and_offer_appear_together(eng, ml):
    listed = (await ml.shows(INPUTS)).plain
    assert listed.count(CLOSED) == 2
    assert "30 s" not in await eng.transcript() + await ml.transcript()

    await eng.clicks(SURVEY, "Survey: home zip code")
    assert "1 day" not in eng.form().plain
    await eng.submits_row(SURVEY, ZIP_SURVEY)
    listed = (await ml.shows(INPUTS)).plain
    assert listed.count(CLOSED) == 1
    assert "at most 1 day old" in listed
    assert "read in 5 ms" in (await eng.shows(SURVEY)).plain


async def test_the_rating_comes_at_once_in_both_threads(eng, ml):
    await eng.clicks(SURVEY, "Survey: home zip code")
    await eng.submits_row(SURVEY, ZIP_SURVEY)
    assert "→ easy · may be 1 day old" in (await eng.shows(SURVEY)).plain
    await eng.clicks(SURVEY, "Survey: average location")
    await eng.submits_row(SURVEY, PLACE_NOW)

    hard = (
        "→ very hard: a value over time to build from a stream of events; too old for its use; to be built so that it "
        "is never older than a minute; cleaning code to write twice; past values only in part · high risk "
        "that training and production differ · 6 weeks · may be 30 s old, is 2 h old"
    )
    for talk, question in ((eng, SURVEY), (ml, INPUTS)):
        message = await talk.shows(question)
        assert hard in message.plain
        assert "high risk that training and production differ" in message.text


async def test_an_engineer_names_an_input_that_nobody_listed(eng):
    await eng.fills_in(SURVEY)
    await eng.clicks(SURVEY, "Add another")
    assert labels(eng)[0] == "Input"
    await eng.submits({"Input": "weather", **eng.on_page(SURVEY, {k: v for k, v in ZIP_SURVEY.items() if k != "name"})})
    assert [row["name"] for row in await eng.answer(SURVEY)] == ["home zip code", "average location", "weather"]
    assert (await eng.shows(SURVEY)).plain.count(CLOSED) == 1


async def test_a_rename_takes_along_what_the_engineer_said(eng, ml):
    await eng.fills_in(SURVEY)
    await ml.clicks(INPUTS, "Edit", nth=1)
    await ml.submits({"Name of the input": "courier position"})
    assert [row["name"] for row in await eng.answer(SURVEY)] == ["home zip code", "courier position"]
    assert (await eng.answer(SURVEY))[1] == {**PLACE_SURVEY, "name": "courier position"}
    assert (await eng.project()).state(SURVEY) == "answered"
    assert "courier position" in (await eng.shows(SURVEY)).plain
    assert (await eng.project()).answers[SURVEY].by == "U_ENG"


async def test_two_inputs_never_share_a_name(eng, ml):
    await ml.clicks(INPUTS, "Edit", nth=1)
    answer = await ml.submits({"Name of the input": "Home ZIP code"}, expect_errors=True)
    assert answer.errors == {"Name of the input": "There is already one called “home zip code”."}
    assert [row["name"] for row in await ml.answer(INPUTS)] == ["home zip code", "average location"]


async def test_an_input_that_is_dropped_is_surveyed_no_longer(eng, ml, kickoff):
    await eng.fills_in(SURVEY)
    project = await eng.project()
    async with kickoff.bot.database.transaction() as uow:
        await interviews.answer(uow, BANK, project.id, INPUTS, [ZIP], by="U_ML", at=uow.now)
    await kickoff.settle()
    assert await eng.answer(SURVEY) == [ZIP_SURVEY]
    assert isinstance((await eng.project()).answers[SURVEY], Answer)


@pytest.mark.parametrize("name", ["Average Location", "AVERAGE  LOCATION"])
async def test_what_the_engineer_named_first_goes_by_the_name_of_the_list_once_it_is_listed(eng, ml, kickoff, name):
    project = await eng.project()
    said = {"U_ML": (INPUTS, [ZIP]), "U_ENG": (SURVEY, [ZIP_SURVEY, {**PLACE_SURVEY, "name": name}])}
    for by, (question, rows) in said.items():
        async with kickoff.bot.database.transaction() as uow:
            await interviews.answer(uow, BANK, project.id, question, rows, by=by, at=uow.now)
    async with kickoff.bot.database.transaction() as uow:
        await interviews.answer(uow, BANK, project.id, INPUTS, [ZIP, PLACE], by="U_ML", at=uow.now)
    await kickoff.settle()
    assert await eng.answer(SURVEY) == [ZIP_SURVEY, PLACE_SURVEY]
    assert len(features(await eng.project())) == 2, "one record for each input"
