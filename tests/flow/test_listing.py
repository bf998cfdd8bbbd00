"""A list of inputs typed as plain lines: read back once, confirmed with one click."""

import pytest

from tests.flow.interviews import BANK, ZIP, parts_filled_in, talks

INPUTS = BANK["ml.inputs"]
FIVE = """Here they are:
- avg location last 5 min, per courier, fresh within 30 s, must
- home zip code, per user, lookup, daily is fine, must-have
- number of orders last 7 days, for each customer, at most 1 h old, should
- last 10 clicks, per session, not older than 5 min, nice to have
- Kitchen load, 5-minute average, by restaurant, ≤ 30 s old, must"""
NAMES = ["avg location last 5 min", "home zip code", "number of orders last 7 days", "last 10 clicks", "Kitchen load"]


@pytest.fixture
async def ml(kickoff):
    _, ml, _ = talks(kickoff)
    await ml.is_at("ml.inputs")
    return ml


async def read_back(ml):
    return [m for m in await ml.thread() if m.plain.startswith("This is what I understood")]


async def clicks(ml, message, label, **how):
    answer = await ml.world.slack.clicks("ml", message, label, **how)
    await ml.world.settle()
    return answer


async def listed(ml):
    return [m.plain for m in await ml.thread() if m.plain.startswith("✓")]


async def test_five_lines_in_one_message_take_one_click(ml, kickoff):
    await ml.says(FIVE)
    assert await ml.asked() == "ml.inputs"
    [message] = await read_back(ml)
    assert (
        "• avg location last 5 min · per courier · Average, sum or similar over a time window · over 5 min · "
        "at most 30 s old"
    ) in message.plain
    assert "• last 10 clicks · per session · The last events in their order · at most 5 min old · Nice to have" in (
        message.plain
    )
    assert [c.label for c in message.controls] == ["That's right"]  # five are enough for now

    assert not (await clicks(ml, message, "That's right")).text
    assert [row["name"] for row in await ml.answer("ml.inputs")] == NAMES
    assert await ml.asked() == "ml.surveyed"
    assert not await read_back(ml)
    assert await listed(ml) == [f"✓ 5 inputs listed: {', '.join(NAMES)}."]
    _, _, eng = talks(kickoff)
    await eng.is_at("eng.input_survey")
    assert await eng.asked() == "eng.input_survey"


async def test_a_list_that_lacks_something_says_so_row_by_row_and_offers_to_fill_it_in(ml):
    await ml.says("home zip code, per user\navg location last 5 min, per courier, fresh within 30 s, must")
    [message] = await read_back(ml)
    assert (
        "• home zip code · per user · still open: How the value is made, How old may it be when it is used "
        "and How much the first version needs it"
    ) in message.plain
    assert [c.label for c in message.controls] == ["Fill in", "Add another"]

    await clicks(ml, message, "Fill in")
    view = ml.world.slack.view_of("ml")
    assert next(i.shown for i in view.inputs if i.label == "Name of the input") == "home zip code"
    await ml.submits(parts_filled_in(INPUTS, ZIP))
    await ml.clicks("ml.inputs", "That's all")
    assert await ml.asked() == "ml.surveyed"


async def test_what_is_missing_may_come_in_a_second_reply(ml):
    await ml.says("home zip code, per user")
    await ml.says("Home ZIP code, lookup, daily is fine, must")
    *_, newest = await read_back(ml)
    assert "• home zip code · per user · Looked up as it is stored · at most 1 day old · Must have" in newest.plain
    await clicks(ml, newest, "That's right")
    assert await ml.answer("ml.inputs") == [ZIP]


async def test_words_that_say_more_are_kept_beside_the_list(ml):
    await ml.says("home zip code, per user, lookup, daily is fine, must, as the courier app has it")
    assert "as the courier app has it" in (await ml.shows("ml.inputs")).plain
    [message] = await read_back(ml)
    await clicks(ml, message, "That's right")
    assert (await ml.project()).answers["ml.inputs"].value == [ZIP]


async def test_an_edited_message_is_read_again_and_adds_nothing_twice(ml):
    said = await ml.says("home zip code, per user, lookup, daily is fine, must")
    [first] = await read_back(ml)
    await ml.world.slack.edits("ml", said, "home zip code, per user, lookup, 1 h old at most, must")
    await ml.world.settle()
    assert [row["freshness_needed"] for row in await ml.answer("ml.inputs")] == [{"value": 1, "unit": "h"}]

    answer = await clicks(ml, first, "That's right")
    assert "The list has changed since then." in answer.text
    assert await ml.asked() == "ml.inputs"
    message = (await read_back(ml))[0]
    assert "at most 1 h old" in message.plain
    await clicks(ml, message, "That's right")
    assert await ml.asked() == "ml.surveyed"
    assert len(await ml.answer("ml.inputs")) == 1


async def test_a_deleted_message_takes_its_lines_along(ml):
    said = await ml.says("home zip code, per user, lookup, daily is fine, must")
    [message] = await read_back(ml)
    await ml.world.slack.deletes("ml", said)
    await ml.world.settle()
    assert await ml.answer("ml.inputs") is None

    await clicks(ml, message, "That's right")
    assert await ml.asked() == "ml.inputs"
    assert "Nothing is in the list any more." in await ml.transcript()


async def test_a_second_click_is_answered_kindly(ml):
    await ml.says("home zip code, per user, lookup, daily is fine, must")
    [message] = await read_back(ml)
    await clicks(ml, message, "That's right")
    answer = await clicks(ml, message, "That's right", stale=True)
    assert "settled already" in answer.text
    assert await ml.answer("ml.inputs") == [ZIP]
    assert await listed(ml) == ["✓ 1 input listed: home zip code."]


async def test_only_who_answers_may_confirm(ml):
    await ml.says("home zip code, per user, lookup, daily is fine, must")
    [message] = await read_back(ml)
    answer = await ml.world.slack.clicks("pm", message, "That's right")
    assert "This question is for" in answer.text
    assert await ml.asked() == "ml.inputs"


async def test_prose_is_still_answered_with_how_a_list_is_typed(ml):
    await ml.says("x" * 101)
    assert not await read_back(ml)
    assert "One line for each works" in await ml.transcript()


async def test_a_line_added_to_a_settled_list_shows_on_its_record_alone(ml):
    await ml.says("home zip code, per user, lookup, daily is fine, must")
    [message] = await read_back(ml)
    await clicks(ml, message, "That's right")
    assert (await ml.project()).settled("ml.inputs")
    assert not await read_back(ml)


async def test_a_need_from_a_form_stays_closed_where_the_list_is_read_back(ml):
    await ml.says("home zip code")
    [first] = await read_back(ml)
    await clicks(ml, first, "Fill in")
    await ml.submits_row("ml.inputs", {**ZIP, "freshness_needed": {"value": 37, "unit": "h"}})
    await ml.says("weather, per city, lookup, fresh within 2 d, must")
    *_, newest = await read_back(ml)
    assert "How old may it be when it is used: 🔒 closed until both sides are in" in newest.plain
    assert "at most 2 days old" in newest.plain, "that was typed for all to see"
    assert "37" not in await ml.transcript()


async def test_nor_does_a_click_from_before_the_form_tell_it(ml):
    await ml.says("weather, per city, lookup, fresh within 2 d, must")
    [message] = await read_back(ml)
    await clicks(ml, message, "Add another")
    await ml.submits_row("ml.inputs", {**ZIP, "freshness_needed": {"value": 37, "unit": "h"}})
    answer = await clicks(ml, message, "That's right")
    assert "The list has changed since then." in answer.text
    assert "home zip code" in (await read_back(ml))[0].plain
    assert "37" not in await ml.transcript()
