"""Lists: inputs, their survey in production, service levels."""

import pytest

from tests.flow.interviews import BANK, LEVEL, PLACE, PLACE_SURVEY, VALUES, ZIP, ZIP_SURVEY, parts_filled_in, talks

LEVELS = BANK["eng.slos"]


@pytest.fixture
async def at_inputs(kickoff):
    _, ml, _ = talks(kickoff)
    await ml.is_at("ml.inputs")
    return ml


@pytest.fixture
async def at_survey(kickoff, at_inputs):
    _, _, eng = talks(kickoff)
    await at_inputs.fills_in("ml.inputs")
    await eng.is_at("eng.input_survey")
    return eng


async def test_a_list_grows_row_by_row_until_that_is_all(at_inputs):
    ml = at_inputs
    await ml.clicks("ml.inputs", "Answer")
    await ml.submits_row("ml.inputs", ZIP)
    assert await ml.asked() == "ml.inputs"
    assert "Kept so far, 1 (up to 5 for now):" in (await ml.shows("ml.inputs")).plain

    await ml.clicks("ml.inputs", "Add another")
    await ml.submits_row("ml.inputs", PLACE)
    await ml.clicks("ml.inputs", "That's all")
    assert await ml.answer("ml.inputs") == [ZIP, PLACE]
    assert await ml.asked() == "ml.surveyed"


async def test_one_row_is_edited_by_its_own_button_and_stays_where_it_is(at_inputs):
    ml = at_inputs
    await ml.fills_in("ml.inputs")
    await ml.clicks("ml.inputs", "Edit", nth=0)
    view = ml.world.slack.view_of("ml")
    assert next(i.shown for i in view.inputs if i.label == "Name of the input") == "home zip code"
    await ml.submits({"Name of the input": "home ZIP area", "Per what": "household"})

    first, second = await ml.answer("ml.inputs")
    assert (first["name"], first["entity"], second) == ("home ZIP area", "household", PLACE)
    record = (await ml.shows("ml.inputs")).plain
    assert "home ZIP area" in record
    assert "home zip code" not in record
    assert "@Mei · edited" in record


async def test_named_lines_are_kept_and_filled_in_one_after_the_other(at_inputs):
    ml = at_inputs
    await ml.says("- home zip code\n- average location")
    asked = (await ml.shows("ml.inputs")).plain
    assert "Kept so far, 2" in asked
    assert "The lines above still need:" in asked
    said = await ml.clicks("ml.inputs", "That's all")
    assert said.text.startswith("Almost: some lines still lack “Per what”")

    for row in (ZIP, PLACE):
        await ml.clicks("ml.inputs", "Answer")
        await ml.submits_row("ml.inputs", row)
    assert await ml.answer("ml.inputs") == [ZIP, PLACE]
    await ml.clicks("ml.inputs", "That's all")
    assert await ml.asked() == "ml.surveyed"


async def test_five_inputs_are_enough_while_they_are_asked_for(at_inputs):
    ml = at_inputs
    await ml.says("\n".join(f"input {n}, user, lookup, 1 d, must" for n in range(4)) + "\nlast one")
    said = await ml.world.slack.clicks("ml", await ml.shows("ml.inputs"), "That's all")
    assert "Almost" in said.text
    assert "Add another" not in [c.label for c in (await ml.shows("ml.inputs")).controls]


async def test_an_empty_list_is_not_all(at_inputs, kickoff):
    _, ml, _ = talks(kickoff)
    asked = await ml.shows("ml.inputs")
    await ml.clicks("ml.inputs", "Answer")
    await ml.submits_row("ml.inputs", ZIP)
    with_button = await ml.shows("ml.inputs")
    await ml.clicks("ml.inputs", "I don't know")

    said = await kickoff.slack.clicks("ml", with_button, "That's all", stale=True)
    assert "There is nothing in the list yet." in said.text
    assert asked.ts == with_button.ts


async def test_the_survey_asks_about_one_input_after_the_other(at_survey):
    eng = at_survey
    assert "[Survey: home zip code]" in (await eng.shows("eng.input_survey")).plain
    await eng.clicks("eng.input_survey", "Survey: home zip code")
    assert "home zip code" in eng.form().plain
    assert "Input" not in [i.label for i in eng.form().inputs]
    await eng.submits_row("eng.input_survey", ZIP_SURVEY)

    assert "[Survey: average location]" in (await eng.shows("eng.input_survey")).plain
    assert await eng.asked() == "eng.input_survey"
    await eng.clicks("eng.input_survey", "Survey: average location")
    await eng.submits_row("eng.input_survey", PLACE_SURVEY)
    assert await eng.answer("eng.input_survey") == [ZIP_SURVEY, PLACE_SURVEY]
    assert await eng.asked() == "eng.limits"


async def test_a_survey_by_lines_is_whole_once_every_input_is_described(at_survey):
    eng = at_survey
    await eng.says("Home ZIP code, a production database, served")
    assert await eng.asked() == "eng.input_survey"
    await eng.says("average location, a stream of events, raw")

    assert [row["name"] for row in await eng.answer("eng.input_survey")] == ["home zip code", "average location"]
    assert await eng.asked() == "eng.limits"


async def test_nobody_as_the_owner_of_an_input_is_something_else_than_no_answer(at_survey):
    eng = at_survey
    await eng.clicks("eng.input_survey", "Survey: home zip code")
    await eng.submits_row("eng.input_survey", ZIP_SURVEY)
    await eng.clicks("eng.input_survey", "Survey: average location")
    await eng.submits_row("eng.input_survey", PLACE_SURVEY, **{"Or is it nobody?": ["Nobody yet"]})

    first, second = await eng.answer("eng.input_survey")
    assert "owner" not in first
    assert second["owner"] == ""
    await eng.clicks("eng.input_survey", "Edit", nth=1)
    await eng.submits({"Or is it nobody?": [], "Who answers for it (person or team)": "@pm"})
    assert (await eng.answer("eng.input_survey"))[1]["owner"] == "@pm"


async def test_an_input_that_is_listed_later_is_surveyed_too(kickoff, at_survey, at_inputs):
    eng, ml = at_survey, at_inputs
    await eng.fills_in("eng.input_survey")
    await ml.clicks("ml.inputs", "Add another")
    await ml.submits_row("ml.inputs", {**ZIP, "name": "kitchen load"})

    assert (await eng.project()).state("eng.input_survey") == "unanswered"
    assert await eng.answer("eng.input_survey") == [ZIP_SURVEY, PLACE_SURVEY]
    assert "[Survey: kitchen load]" in (await eng.shows("eng.input_survey")).plain


async def test_no_service_levels_yet_is_an_answer(kickoff):
    _, _, eng = talks(kickoff)
    await eng.is_at("eng.slos")
    await eng.clicks("eng.slos", "None yet")

    assert await eng.answer("eng.slos") == []
    assert await eng.asked() == "eng.monitoring"
    assert "> None" in (await eng.shows("eng.slos")).plain


async def test_service_levels_by_form(kickoff):
    _, _, eng = talks(kickoff)
    await eng.is_at("eng.slos")
    await eng.clicks("eng.slos", "Answer")
    await eng.submits(parts_filled_in(LEVELS, LEVEL))
    await eng.clicks("eng.slos", "That's all")

    assert await eng.answer("eng.slos") == VALUES["eng.slos"]
