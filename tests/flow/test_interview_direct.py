"""An interview in direct messages, for a person who is not in the channel."""

import pytest

from tests.flow.interviews import TYPED, talks


@pytest.fixture
async def away(world):
    """A kickoff whose ML person is not in its channel."""
    world.slack.add_user("kim", id="U_KIM", name="Kim", tz="Europe/Berlin")
    await world.slack.commands("pm", "ready-by", "/align", "kickoff Ready-By pm:<@U_PM> ml:<@U_KIM> eng:<@U_ENG>")
    await world.settle()
    _, ml, _ = talks(world)
    ml.channel = "dm"
    return ml


async def test_the_questions_come_in_a_thread_of_direct_messages(away):
    intro, asked = away.world.slack.dm("kim")
    assert "You are the ML person of Ready-By" in intro.plain
    assert asked.thread_ts == intro.ts
    await away.says("Works on our own data", by="kim")

    assert await away.answer("ml.feasibility") == "proven_here"
    assert await away.asked() == "ml.target"


async def test_words_outside_the_thread_answer_too_where_only_one_interview_is_held(away):
    await away.world.slack.says("kim", "dm", "Works on our own data")
    await away.world.settle()

    assert await away.answer("ml.feasibility") == "proven_here"


async def test_with_two_interviews_the_bot_asks_where_the_words_belong(away):
    away.world.slack.add_channel("churn", id="C_CHURN", members=["pm"])
    await away.world.slack.commands("pm", "churn", "/align", "kickoff Churn pm:<@U_PM> ml:<@U_KIM> eng:<@U_ENG>")
    await away.world.settle()
    await away.world.slack.says("kim", "dm", "Works on our own data")
    await away.world.settle()

    assert "I can't tell which question this answers." in away.world.slack.dm("kim")[-1].plain
    assert await away.answer("ml.feasibility") is None


async def types_all(away):
    """Each question as it comes; what was typed as a list is read back, and counts once it is confirmed."""
    for question in TYPED:
        if await away.asked() == question:
            await away.world.slack.says("kim", "dm", TYPED[question], thread=await away.root())
            await away.world.settle()
            last = away.world.slack.dm("kim")[-1]
            if last.plain.startswith("This is what I understood"):
                await away.world.slack.clicks("kim", last, "That's right")
                await away.world.settle()
    assert await away.asked() is None


async def test_the_whole_interview_by_direct_message(away):
    await types_all(away)

    assert "that is all I can ask right now" in away.world.slack.dm("kim")[-1].plain
    assert await away.answer("ml.inputs") is not None


async def test_words_after_the_end_are_told_where_to_go_or_are_conversation(away):
    await types_all(away)
    said = len(away.world.slack.dm("kim"))
    await away.world.slack.says("kim", "dm", "Thanks!", thread=await away.root())
    await away.world.settle()
    assert len(away.world.slack.dm("kim")) == said + 1

    await away.world.slack.says("kim", "dm", "And now?")
    await away.world.settle()
    assert "I can't tell which question this answers." in away.world.slack.dm("kim")[-1].plain


async def test_an_edited_direct_message_edits_the_answer(away):
    reply = await away.says("Works on our own data", by="kim")
    await away.world.slack.edits("kim", reply, "Unlikely")
    await away.world.settle()

    assert await away.answer("ml.feasibility") == "unlikely"
