"""The ML person changes the list while the engineer describes it: one record comes of it, and it fits together."""

import asyncio

import pytest

from bot.services import interviews
from tests.flow.interviews import BANK, PLACE, PLACE_SURVEY, ZIP, ZIP_SURVEY, talks

SURVEY, INPUTS = "eng.input_survey", "ml.inputs"
RENAMED = {**PLACE, "name": "courier position"}


@pytest.fixture
async def both(kickoff):
    _, ml, eng = talks(kickoff)
    await ml.is_at(INPUTS)
    await ml.fills_in(INPUTS)
    await eng.is_at(SURVEY)
    return ml, eng


async def lists(ml, *rows):
    """The ML person's list is another now, whatever screen that was done on."""
    project = await ml.project()
    async with ml.world.bot.database.transaction() as uow:
        await interviews.answer(uow, BANK, project.id, INPUTS, list(rows), by="U_ML", at=uow.now)


async def opens_the_second(eng):
    await eng.clicks(SURVEY, "Survey: home zip code")
    await eng.submits_row(SURVEY, ZIP_SURVEY)
    await eng.clicks(SURVEY, "Survey: average location")


def names(rows):
    return [row["name"] for row in rows]


async def test_a_rename_while_the_first_page_is_open_takes_the_page_along(both):
    ml, eng = both
    await opens_the_second(eng)
    await ml.clicks(INPUTS, "Edit", nth=1)
    await ml.submits_row(INPUTS, RENAMED)
    await eng.submits_row(SURVEY, PLACE_SURVEY)

    assert await eng.answer(SURVEY) == [ZIP_SURVEY, {**PLACE_SURVEY, "name": "courier position"}]
    assert (await eng.project()).state(SURVEY) == "answered"


async def test_a_rename_between_the_pages_loses_neither(both):
    ml, eng = both
    await opens_the_second(eng)
    await eng.submits(eng.on_page(SURVEY, PLACE_SURVEY))
    await ml.clicks(INPUTS, "Edit", nth=1)
    await ml.submits_row(INPUTS, RENAMED)
    await eng.submits(eng.on_page(SURVEY, PLACE_SURVEY))

    assert await eng.answer(SURVEY) == [ZIP_SURVEY, {**PLACE_SURVEY, "name": "courier position"}]
    assert names(await ml.answer(INPUTS)) == ["home zip code", "courier position"]


async def test_a_list_in_another_order_moves_nothing_to_the_wrong_input(both):
    ml, eng = both
    await eng.fills_in(SURVEY)
    await eng.clicks(SURVEY, "Edit", nth=1)
    await lists(ml, PLACE, ZIP)
    await eng.submits({"May our service read it?": "After an approval"})

    said = {row["name"]: row.get("access") for row in await eng.answer(SURVEY)}
    assert said == {"home zip code": None, "average location": "needs_approval"}


@pytest.mark.parametrize("page", [1, 2])
async def test_an_input_that_was_dropped_meanwhile_leaves_no_ghost(both, page):
    ml, eng = both
    await opens_the_second(eng)
    if page == 2:
        await eng.submits(eng.on_page(SURVEY, PLACE_SURVEY))
    await lists(ml, ZIP)
    await eng.submits(eng.on_page(SURVEY, PLACE_SURVEY))

    assert "“average location” was taken off the list while the form was open" in eng.form().plain
    assert await eng.answer(SURVEY) == [ZIP_SURVEY]
    assert names(await ml.answer(INPUTS)) == ["home zip code"]
    assert (await eng.project()).state(SURVEY) == "answered"
    assert await eng.asked() == "eng.limits"


async def test_a_rename_and_a_survey_at_the_same_moment_make_one_record(both):
    ml, eng = both
    await opens_the_second(eng)
    await ml.clicks(INPUTS, "Edit", nth=1)
    slack = eng.world.slack
    await asyncio.gather(
        slack.submits("ml", {"Name of the input": "courier position"}),
        slack.submits("eng", eng.on_page(SURVEY, PLACE_SURVEY)),
    )
    await eng.world.settle()

    assert names(await ml.answer(INPUTS)) == names(await eng.answer(SURVEY)) == ["home zip code", "courier position"]
    assert (await eng.answer(SURVEY))[1]["in_prod"] == "raw"


async def test_a_drop_and_a_survey_at_the_same_moment_make_one_record(both):
    ml, eng = both
    await opens_the_second(eng)
    await asyncio.gather(lists(ml, ZIP), eng.world.slack.submits("eng", eng.on_page(SURVEY, PLACE_SURVEY)))
    await eng.world.settle()

    assert names(await ml.answer(INPUTS)) == names(await eng.answer(SURVEY)) == ["home zip code"]
    assert (await eng.project()).state(SURVEY) == "answered"


async def test_two_people_add_an_input_of_one_name_at_the_same_moment(both, kickoff):
    ml, _ = both
    kickoff.slack.add_user("lea", id="U_LEA", name="Lea")
    await kickoff.slack.joins("lea", "ready-by")
    await kickoff.slack.commands("pm", "ready-by", "/align", "role ml + <@U_LEA>")
    await kickoff.settle()
    for who in ("ml", "lea"):
        await kickoff.slack.clicks(who, await ml.shows(INPUTS), "Add another")
    row = ml.on_page(INPUTS, {**ZIP, "name": "kitchen load"})
    await asyncio.gather(kickoff.slack.submits("ml", row), kickoff.slack.submits("lea", row))
    await kickoff.settle()

    assert names(await ml.answer(INPUTS)) == ["home zip code", "average location", "kitchen load"]
