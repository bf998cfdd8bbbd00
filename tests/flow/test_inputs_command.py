"""`/align inputs`: everybody of the channel looks; who may, adds, edits, drops and reorders."""

import pytest

from bot.domain.permissions import NotAllowed
from bot.sandbox.faults import Refuse
from bot.services import inputs, interviews
from bot.slack import controls
from tests.flow.interviews import BANK, PLACE, PLACE_SURVEY, ZIP, ZIP_SURVEY, parts_filled_in, talks
from tests.flow.stored import answered

INPUTS = BANK["ml.inputs"]
LOAD = {**ZIP, "name": "kitchen load"}


@pytest.fixture
async def listed(kickoff):
    """Two inputs, both surveyed."""
    _, ml, eng = talks(kickoff)
    await ml.is_at("ml.surveyed")
    await eng.is_at("eng.limits")
    return kickoff


async def asks(world, who="ml"):
    """The newest answer to the command, for their eyes only."""
    await world.slack.commands(who, "ready-by", "/align", "inputs")
    await world.settle()
    return world.slack.ephemerals(who)[-1]


def table(message):
    return next((block for block in message.blocks if block["type"] == "data_table"), None)


def cells(message):
    return [[cell["text"] for cell in row] for row in table(message)["rows"]]


async def picks(world, who, message, menu, name):
    answer = await world.slack.clicks(who, message, menu, name)
    await world.settle()
    return answer


def told(world, who):
    return world.slack.ephemerals(who)[-1].plain


async def names(world, question="ml.inputs"):
    answer = await talks(world)[1].answer(question)
    return [row["name"] for row in answer or []]


async def test_all_inputs_are_shown_as_a_table(listed):
    message = await asks(listed)
    header, zip, place = cells(message)
    assert header[0] == "Input"
    assert zip[:2] == ["home zip code", "must-have"]
    assert zip[5] == "5 ms"
    assert place[:2] == ["average location", "should-have"]
    assert "home zip code" in message.text


async def test_whoever_is_no_part_of_it_may_look_and_do_nothing(listed):
    listed.slack.add_user("guest", id="U_GUEST2", name="Gil", tz="Europe/Oslo")
    await listed.slack.joins("guest", "ready-by")
    message = await asks(listed, "guest")
    assert len(cells(message)) == 3
    assert [c.label for c in message.controls] == []


async def test_where_slack_refuses_tables_the_same_comes_as_lines(listed):
    listed.slack.faults.next("response_url", Refuse("invalid_blocks"))
    message = await asks(listed)
    assert table(message) is None
    assert "• home zip code: importance must-have" in message.plain
    assert len([m for m in listed.slack.ephemerals("ml") if "home zip code" in m.plain]) == 1


async def test_without_inputs_the_first_step_is_said(kickoff):
    assert "has no inputs yet. @Mei lists them in the thread" in (await asks(kickoff, "pm")).plain
    message = await asks(kickoff, "ml")
    assert [c.label for c in message.controls] == ["Add an input"]


async def test_an_input_is_added(listed):
    await listed.slack.clicks("ml", await asks(listed), "Add an input")
    _, ml, eng = talks(listed)
    await ml.submits(parts_filled_in(INPUTS, LOAD))
    assert await names(listed) == ["home zip code", "average location", "kitchen load"]
    assert (await eng.project()).state("eng.input_survey") == "unanswered"


async def test_an_input_is_edited_by_the_ml_person_and_by_the_engineer(listed):
    _, ml, eng = talks(listed)
    await picks(listed, "ml", await asks(listed), "Edit …", "average location")
    await ml.submits({"Per what": "bike"})
    assert (await ml.answer("ml.inputs"))[1]["entity"] == "bike"

    await picks(listed, "eng", await asks(listed, "eng"), "Edit …", "average location")
    await eng.submits({"Time to read it in production, slow end, in ms": "7"})
    if eng.form():
        await eng.submits({})
    assert (await eng.answer("eng.input_survey"))[1]["read_ms"] == 7


async def test_who_has_both_roles_picks_which_part_to_edit(listed):
    await listed.slack.commands("pm", "ready-by", "/align", "role eng + <@U_ML>")
    await listed.settle()
    await picks(listed, "ml", await asks(listed), "Edit …", "home zip code")
    message = listed.slack.ephemerals("ml")[-1]
    assert [c.label for c in message.controls] == ["Edit", "Edit"]


async def test_an_input_is_dropped_from_both_lists_with_its_findings(listed):
    _, ml, _ = talks(listed)
    before = [f for f in (await ml.project()).followed.values() if f.input == "average location" and f.status == "open"]
    message = await asks(listed)
    await picks(listed, "ml", message, "Drop …", "average location")
    assert "“average location” is off the list." in told(listed, "ml")
    project = await ml.project()
    assert [row["name"] for row in project.answers["ml.inputs"].value] == ["home zip code"]
    assert project.answers["eng.input_survey"].value == [ZIP_SURVEY]
    assert project.settled("ml.inputs")
    assert project.settled("eng.input_survey")
    assert all(project.followed[f.key].status != "open" for f in before)
    assert "average location" not in (await ml.shows("ml.inputs")).plain

    await picks(listed, "ml", message, "Drop …", "average location")
    assert "no longer on the list" in told(listed, "ml")
    await picks(listed, "ml", message, "Edit …", "average location")
    assert "no longer on the list" in told(listed, "ml")


async def test_dropping_the_last_one_opens_the_question_again(listed):
    _, ml, _ = talks(listed)
    for name in ("home zip code", "average location"):
        await picks(listed, "ml", await asks(listed), "Drop …", name)
    project = await ml.project()
    assert project.state("ml.inputs") == "unanswered"
    assert "eng.input_survey" not in project.answers
    assert "has no inputs yet" in (await asks(listed)).plain


async def test_the_list_gets_another_order_and_the_survey_follows(listed):
    _, ml, _ = talks(listed)
    await listed.slack.clicks("ml", await asks(listed), "Reorder")
    await ml.submits({"New order": ["average location"]})
    project = await ml.project()
    assert project.answers["ml.inputs"].value == [PLACE, ZIP]
    assert project.answers["eng.input_survey"].value == [PLACE_SURVEY, ZIP_SURVEY]
    assert project.settled("eng.input_survey")


async def test_an_order_of_what_is_gone_meanwhile_is_refused_kindly(listed):
    _, ml, _ = talks(listed)
    message = await asks(listed)
    await listed.slack.clicks("ml", message, "Reorder")
    project = await ml.project()
    async with listed.bot.database.transaction() as uow:
        await inputs.drop(uow, BANK, project.id, lambda name: name == "average location", by="U_ML", at=uow.now)
    answer = await listed.slack.submits("ml", {"New order": ["average location"]}, expect_errors=True)
    await listed.settle()
    assert "no longer on the list" in answer.errors["New order"]
    assert await names(listed) == ["home zip code"]


async def test_an_old_table_of_a_closed_kickoff_opens_no_form(listed):
    message = await asks(listed)
    await listed.slack.commands("pm", "ready-by", "/align", "close")
    await listed.settle()
    for label in ("Add an input", "Reorder"):
        await listed.slack.clicks("ml", message, label)
        assert listed.slack.view_of("ml") is None
        assert "is closed, so its" in told(listed, "ml")


async def test_the_engineer_edits_but_neither_drops_nor_reorders(listed):
    message = await asks(listed, "eng")
    actions = {element["action_id"] for block in message.blocks for element in block.get("elements", ())}
    assert actions == {controls.ADD_ROW, controls.EDIT_INPUT}
    project = await talks(listed)[1].project()
    for refused in (
        lambda uow: inputs.drop(uow, BANK, project.id, lambda name: True, by="U_ENG", at=uow.now),
        lambda uow: inputs.reorder(uow, BANK, project.id, [], by="U_ENG", at=uow.now),
    ):
        with pytest.raises(NotAllowed):
            async with listed.bot.database.transaction() as uow:
                await refused(uow)
    assert await names(listed) == ["home zip code", "average location"]


async def test_the_home_tab_shows_the_table_of_each_product(listed):
    await listed.slack.opens_home("ml")
    home = listed.slack.home_of("ml")
    assert any(block["type"] == "data_table" for block in home.blocks)


@pytest.mark.parametrize("code", ["invalid_blocks", "invalid_arguments"])
async def test_where_slack_refuses_tables_the_home_tab_comes_without(listed, code):
    listed.slack.faults.next("views.publish", Refuse(code))
    await listed.slack.opens_home("ml")
    home = listed.slack.home_of("ml")
    assert "Ready-By" in home.plain
    assert not any(block["type"] == "data_table" for block in home.blocks)


async def test_the_page_about_a_product_shows_it_too_and_where_refused_says_it(listed):
    await listed.slack.commands("ml", "ready-by", "/align", "brief")
    assert table(listed.slack.ephemerals("ml")[-1]) is not None
    await listed.slack.commands("pm", "ready-by", "/align", "brief post")
    await listed.settle()
    assert table(listed.slack.messages("ready-by")[-1]) is not None

    listed.slack.faults.next("chat.postMessage", Refuse("invalid_blocks"))
    await listed.slack.commands("pm", "ready-by", "/align", "brief post")
    await listed.settle()
    posted = listed.slack.messages("ready-by")[-1]
    assert table(posted) is None
    assert "• home zip code: importance must-have" in posted.plain


async def test_a_survey_that_the_engineer_left_short_is_not_asked_again_by_another_order_or_a_shorter_list(kickoff):
    _, _, eng = talks(kickoff)
    await answered(kickoff, {"ml.inputs": [ZIP, PLACE, LOAD]})
    await answered(kickoff, {"eng.input_survey": [ZIP_SURVEY]})
    async with kickoff.bot.database.transaction() as uow:
        await interviews.finish_rows(uow, BANK, 1, "eng.input_survey", none=False, by="U_ENG", at=uow.now)
    async with kickoff.bot.database.transaction() as uow:
        await inputs.reorder(uow, BANK, 1, [lambda name: name == LOAD["name"]], by="U_ML", at=uow.now)
    assert (await eng.project()).settled("eng.input_survey")
    async with kickoff.bot.database.transaction() as uow:
        await inputs.drop(uow, BANK, 1, lambda name: name == LOAD["name"], by="U_ML", at=uow.now)
    assert (await eng.project()).settled("eng.input_survey")
