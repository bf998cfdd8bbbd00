"""Which question a typed reply answers, and what becomes of words that are not an answer yet."""

import pytest

from tests.flow.interviews import VALUES, talks


async def test_two_replies_in_a_row_are_one_answer(kickoff):
    pm, _, _ = talks(kickoff)
    await pm.says("Dispatchers hold couriers", settle=False)
    await pm.says("whenever the order will be ready late")

    assert await pm.answer("pm.user_decision") == "Dispatchers hold couriers\nwhenever the order will be ready late"
    assert await pm.asked() == "pm.success_metric"
    assert await pm.answer("pm.success_metric") is None


async def test_a_reply_typed_before_the_next_question_came_goes_to_the_former(kickoff):
    pm, _, _ = talks(kickoff)
    await pm.says("Dispatchers hold a courier back", settle=False)
    await pm.says("when the order is late", settle=False)
    assert [held.text for held in (await pm.interview()).held] == ["when the order is late"]

    await kickoff.settle()
    assert (await pm.interview()).held == ()
    assert "when the order is late" in await pm.answer("pm.user_decision")


async def test_a_reply_after_the_last_question_is_conversation(kickoff):
    pm, _, _ = talks(kickoff)
    await pm.is_at(None)
    before, said = await pm.project(), len(await pm.thread())
    await pm.says("Thanks, that was quick!")

    assert await pm.project() == before
    assert len(await pm.thread()) == said + 1


async def test_what_others_say_in_a_thread_is_conversation(kickoff):
    pm, _, _ = talks(kickoff)
    before = await pm.project()
    await pm.says("I would call it late pickups", by="eng")

    assert await pm.project() == before
    assert kickoff.slack.ephemerals("eng") == []
    assert len(await pm.thread()) == 2


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("before / after on the live number", "before_after"),
        ("2", "staged_rollout"),
        ("Randomized test against the curent way", "experiment"),
        ("not decided", "not_decided"),
        ("I don't know", {"unknown": True}),
        ("no idea", {"unknown": True}),
    ],
)
async def test_a_typed_choice_is_understood(kickoff, words, value):
    pm, _, _ = talks(kickoff)
    await pm.is_at("pm.measure_how")
    await pm.says(words)

    assert await pm.answer("pm.measure_how") == value
    assert await pm.asked() == "pm.today"


async def test_words_that_are_no_choice_are_kept_and_get_one_friendly_second_chance(kickoff):
    _, ml, _ = talks(kickoff)
    await ml.says("The two of us talked it over at lunch")
    await ml.says("and again in the evening")

    chances = [m.plain for m in await ml.thread() if "I kept your words" in m.plain]
    assert len(chances) == 1
    asked = (await ml.shows("ml.feasibility")).plain
    assert "Kept: “The two of us talked it over at lunch / and again in the evening”" in asked
    await ml.says("2")
    record = (await ml.shows("ml.feasibility")).plain
    assert "> Prototype looks promising" in record
    assert "The two of us talked it over at lunch" in record


async def test_a_quantity_keeps_the_words_around_it(kickoff):
    pm, _, _ = talks(kickoff)
    await pm.is_at("pm.response_time")
    await pm.says("about 2 s, but 10 s on mobile is fine")
    await pm.says("2 s then")

    assert await pm.answer("pm.response_time") == {"value": 2, "unit": "s"}
    note = (await pm.project()).answers["pm.response_time"].note
    assert "10 s on mobile is fine" in note


async def test_a_form_by_reply_keeps_what_is_there_and_asks_for_the_rest(kickoff):
    pm, _, _ = talks(kickoff)
    await pm.types("pm.user_decision")
    await pm.says("late pickups per 100 orders")

    assert await pm.answer("pm.success_metric") == {"metric": "late pickups per 100 orders"}
    assert (
        "Kept. Still missing: “What kind of number it is” (Money (revenue, cost, margin) / What users do"
        in (await pm.thread())[-1].plain
    )
    await pm.says("time or effort")
    assert await pm.answer("pm.success_metric") == VALUES["pm.success_metric"]
    assert await pm.asked() == "pm.success_target"


async def test_a_vague_answer_gets_one_follow_up_and_then_the_next_question(kickoff):
    pm, _, _ = talks(kickoff)
    await pm.says("Better experience for users")

    _, _, chance, asked = await pm.thread()
    assert chance.plain.startswith("@Ana Kept, thank you. One thing: ")
    assert asked.plain.startswith("Question 2 of 12")
    assert "Room for one more concrete detail" in (await pm.shows("pm.user_decision")).plain
    await kickoff.slack.clicks("pm", chance, "Answer")
    await pm.submits({"Who acts on it": VALUES["pm.user_decision"]})
    assert "Room for one more" not in (await pm.shows("pm.user_decision")).plain
    assert sum("One thing" in m.plain for m in await pm.thread()) == 1


async def test_a_vague_form_is_taken_as_well(kickoff):
    pm, _, _ = talks(kickoff)
    await pm.clicks("pm.user_decision", "Answer")
    await pm.submits({"Who acts on it": "asap"})

    assert await pm.answer("pm.user_decision") == "asap"
    assert "One thing: it is still a placeholder." in (await pm.thread())[-2].plain


async def test_not_applicable_counts_where_it_may_and_is_words_elsewhere(kickoff):
    pm, _, _ = talks(kickoff)
    await pm.is_at("pm.response_time")
    await pm.says("n/a")
    assert await pm.answer("pm.response_time") == {"na": True}
    assert await pm.asked() == "pm.stakes"

    await pm.says("n/a")
    assert await pm.asked() == "pm.stakes"
    assert "Kept: “n/a”" in (await pm.shows("pm.stakes")).plain


async def test_not_measured_is_an_answer(kickoff):
    _, ml, _ = talks(kickoff)
    await ml.is_at("ml.latency")
    await ml.says("not measured yet")

    assert await ml.answer("ml.latency") == {"not_measured": True}


async def test_typing_skip_skips_except_where_the_kickoff_needs_an_answer(kickoff):
    pm, ml, _ = talks(kickoff)
    await pm.says("skip for now")
    assert (await pm.project()).state("pm.user_decision") == "skipped"
    assert await pm.asked() == "pm.success_metric"

    await ml.says("skip")
    assert await ml.asked() == "ml.feasibility"
    assert "I can't skip it. “I don't know” is fine, too" in (await ml.thread())[-1].plain


async def test_a_file_counts_by_its_name(kickoff):
    pm, _, _ = talks(kickoff)
    await pm.says("Dispatchers hold a courier back, see", files=("flow.png",))

    assert await pm.answer("pm.user_decision") == "Dispatchers hold a courier back, see\n[flow.png]"


async def test_a_reply_that_is_shown_in_the_channel_too_is_a_reply(kickoff):
    pm, _, _ = talks(kickoff)
    await pm.says(VALUES["pm.user_decision"], broadcast=True)

    assert await pm.answer("pm.user_decision") == VALUES["pm.user_decision"]


async def test_words_in_a_closed_kickoff_are_conversation(kickoff):
    pm, _, _ = talks(kickoff)
    root = await pm.root()
    await kickoff.slack.commands("pm", "ready-by", "/align", "close")
    await kickoff.settle()
    await kickoff.slack.says("pm", "ready-by", "One more thing", thread=root)
    await kickoff.settle()

    assert kickoff.slack.messages("ready-by", root)[-1].plain == "One more thing"
