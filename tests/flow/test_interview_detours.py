"""Ways around an answer: skipped, not known, not applicable, handed over; and facts that stay closed at first."""

import pytest

from bot.domain.answers import Mark
from bot.domain.bank import Role
from tests.flow.interviews import BANK, VALUES, talks


async def test_a_skipped_question_comes_back_once_at_the_end(kickoff):
    pm, _, _ = talks(kickoff)
    first = await pm.shows("pm.user_decision")
    await pm.clicks("pm.user_decision", "Skip for now")
    assert "Skipped for now; it comes back at the end." in kickoff.slack.message(first).plain
    while await pm.asked() != "pm.user_decision":
        await pm.fills_in(await pm.asked())

    again = await pm.shows("pm.user_decision")
    assert again.plain.startswith("Question 12 of 12")
    assert "asked once more" in again.plain
    assert kickoff.slack.message(first).plain == "Who acts on it: see further down."
    await pm.clicks("pm.user_decision", "Skip for now")
    assert (await pm.interview()).done
    assert "No answer right now. Press Answer whenever you like." in (await pm.shows("pm.user_decision")).plain


async def test_a_question_skipped_at_the_very_end_is_not_asked_again_at_once(kickoff):
    pm, _, _ = talks(kickoff)
    await pm.is_at("pm.decider")
    said = len(await pm.thread())
    await pm.clicks("pm.decider", "Skip for now")

    assert (await pm.interview()).done
    assert len(await pm.thread()) == said + 1
    await pm.clicks("pm.decider", "Answer")
    await pm.submits({"Who decides": "@pm"})
    assert await pm.answer("pm.decider") == "U_PM"


async def test_what_the_kickoff_needs_cannot_be_skipped(kickoff):
    _, ml, _ = talks(kickoff)
    assert "Skip for now" not in [c.label for c in (await ml.shows("ml.feasibility")).controls]


async def test_not_applicable_is_offered_only_where_it_may_be(kickoff):
    pm, _, _ = talks(kickoff)
    assert "Not applicable" not in [c.label for c in (await pm.shows("pm.user_decision")).controls]
    await pm.is_at("pm.response_time")
    await pm.clicks("pm.response_time", "Not applicable")

    assert await pm.answer("pm.response_time") == {"na": True}
    assert await pm.asked() == "pm.stakes"


async def test_not_measured_yet_is_an_answer(kickoff):
    _, ml, _ = talks(kickoff)
    await ml.is_at("ml.latency")
    await ml.clicks("ml.latency", "Not measured yet")

    assert await ml.answer("ml.latency") == {"not_measured": True}
    assert await ml.asked() == "ml.effort"


async def test_i_dont_know_leads_to_somebody_else_who_may(kickoff):
    pm, _, _ = talks(kickoff)
    await pm.clicks("pm.user_decision", "I don't know")
    record = await pm.shows("pm.user_decision")
    assert "@Ana doesn't know yet, and that helps too. @Mei may know." in record.plain
    assert await pm.asked() == "pm.success_metric"

    await pm.clicks("pm.user_decision", "Ask them")
    assert await pm.answer("pm.user_decision") == {"unknown": True, "ask": "U_ML"}
    assert "@Mei is asked; @Ana stays in the loop." in (await pm.shows("pm.user_decision")).plain
    assert (await pm.interview()).handed["pm.user_decision"].to == "U_ML"


async def test_somebody_else_than_the_suggested_one_can_be_asked(kickoff):
    pm, _, _ = talks(kickoff)
    kickoff.slack.add_user("lea", id="U_LEA", name="Lea")
    await pm.clicks("pm.user_decision", "I don't know")
    await pm.clicks("pm.user_decision", "Someone else who may know", "lea")

    assert (await pm.interview()).handed["pm.user_decision"].to == "U_LEA"
    assert "@Lea is asked" in (await pm.shows("pm.user_decision")).plain


async def test_nobody_is_sent_to_themselves(world):
    await world.slack.commands("pm", "ready-by", "/align", "kickoff One pm:<@U_PM> ml:<@U_PM> eng:<@U_ENG>")
    await world.settle()
    pm, _, _ = talks(world)
    await pm.clicks("pm.user_decision", "I don't know")

    assert "Ask them" not in [c.label for c in (await pm.shows("pm.user_decision")).controls]
    said = await pm.clicks("pm.user_decision", "Someone who may know", "pm")
    assert "That would be you again." in said.text


@pytest.mark.parametrize("kind", [{"bot": True}, {"stranger": True}])
async def test_only_people_of_the_workspace_can_be_asked(kickoff, kind):
    pm, _, _ = talks(kickoff)
    kickoff.slack.add_user("other", id="U_OTHER", name="Other", **kind)
    await pm.clicks("pm.user_decision", "I don't know")
    said = await pm.clicks("pm.user_decision", "Someone else who may know", "other")

    assert "only people with an active account of this workspace can answer" in said.text
    assert not (await pm.interview()).handed


async def hand_over(talk, question, to):
    await talk.clicks(question, "Hand over")
    await talk.submits({"Who can answer this?": to})


async def test_a_question_handed_over_leaves_the_way_free_for_the_next(kickoff):
    pm, _, _ = talks(kickoff)
    await hand_over(pm, "pm.user_decision", "eng")

    assert await pm.asked() == "pm.success_metric"
    assert "@Raj is asked; @Ana stays in the loop." in (await pm.shows("pm.user_decision")).plain


async def test_the_helper_answers_that_one_question_by_a_reply(kickoff):
    pm, _, _ = talks(kickoff)
    await hand_over(pm, "pm.user_decision", "eng")
    await pm.says(VALUES["pm.user_decision"], by="eng")

    kept = (await pm.project()).answers["pm.user_decision"]
    assert (kept.value, kept.by, kept.marks) == (VALUES["pm.user_decision"], "U_ENG", {Mark.GUESS})
    assert "Thank you, @Raj! I put that under Who acts on it." in (await pm.thread())[-1].plain
    assert await pm.asked() == "pm.success_metric"

    await pm.says("and I will watch it", by="eng")
    assert (await pm.project()).answers["pm.user_decision"] == kept


async def test_the_helper_answers_that_one_question_by_its_button(kickoff):
    pm, _, _ = talks(kickoff)
    await hand_over(pm, "pm.user_decision", "eng")
    await pm.clicks("pm.user_decision", "Answer", by="eng")
    await pm.submits({"Who acts on it": VALUES["pm.user_decision"]}, by="eng")

    kept = (await pm.project()).answers["pm.user_decision"]
    assert (kept.by, kept.marks) == ("U_ENG", {Mark.GUESS})
    said = await kickoff.slack.clicks("eng", await pm.shows("pm.success_metric"), "Answer")
    assert "This question is for @Ana" in said.text


async def test_a_helper_of_two_questions_is_asked_which_one_they_mean(kickoff):
    pm, _, _ = talks(kickoff)
    await hand_over(pm, "pm.user_decision", "eng")
    await hand_over(pm, "pm.success_metric", "eng")
    await pm.says("The dispatchers do", by="eng")

    assert "more than one question is with you here" in (await pm.thread())[-1].plain
    assert await pm.answer("pm.user_decision") is None


async def test_the_roles_person_takes_a_question_back_by_answering_it(kickoff):
    pm, _, _ = talks(kickoff)
    await hand_over(pm, "pm.user_decision", "eng")
    await pm.clicks("pm.user_decision", "Answer")
    await pm.submits({"Who acts on it": VALUES["pm.user_decision"]})

    kept = (await pm.project()).answers["pm.user_decision"]
    assert (kept.by, kept.marks) == ("U_PM", frozenset())
    assert not (await pm.interview()).handed
    before = await pm.project()
    await pm.says("too late, I know", by="eng")
    assert await pm.project() == before


async def test_what_a_helper_said_can_be_confirmed_word_for_word(kickoff):
    pm, _, _ = talks(kickoff)
    await hand_over(pm, "pm.user_decision", "eng")
    await pm.says(VALUES["pm.user_decision"], by="eng")
    await pm.clicks("pm.user_decision", "Edit")
    await pm.submits()

    kept = (await pm.project()).answers["pm.user_decision"]
    assert (kept.by, kept.marks) == ("U_PM", frozenset())


BLIND = ("pm.response_time", "ml.latency", "eng.latency_budget")


async def test_facts_that_all_are_asked_stay_closed_until_all_are_in(kickoff):
    pm, ml, eng = talks(kickoff)
    secrets = ["77 ms", "88 ms", "99 ms"]
    for talk, id, secret in zip((pm, ml, eng), BLIND, secrets, strict=True):
        assert all(not any(s in text for s in secrets) for text in await _everything(kickoff, talks(kickoff)))
        await talk.is_at(id)
        await talk.clicks(id, "Answer")
        await talk.submits({BANK[id].title: secret[:2], f"{BANK[id].title}: unit": "milliseconds"})

    for talk, id, secret in zip((pm, ml, eng), BLIND, secrets, strict=True):
        assert f"> {secret}" in (await talk.shows(id)).plain


async def _everything(kickoff, three):
    """All that is written anywhere, the status, and the digest as it is now."""
    said = [await talk.transcript() for talk in three]
    said += [m.plain + m.text for m in kickoff.slack.everything("ready-by")]
    for what in ("status", "digest"):
        said.append((await kickoff.slack.commands("eng", "ready-by", "/align", what)).text)
    return said


async def test_an_answer_that_waits_for_the_other_side_says_so(kickoff):
    _, ml, eng = talks(kickoff)
    await ml.is_at("ml.pairing")
    await ml.clicks("ml.pairing", "Every two weeks")
    assert "🔒 Answered, shown when both sides are in." in (await ml.shows("ml.pairing")).plain

    await eng.is_at("eng.input_survey")
    await eng.fills_in("eng.input_survey")
    await eng.is_at("eng.pairing")
    await eng.clicks("eng.pairing", "Monthly")
    assert "> Every two weeks" in (await ml.shows("ml.pairing")).plain
    assert "> Monthly" in (await eng.shows("eng.pairing")).plain


async def test_not_knowing_a_closed_fact_asks_for_help_in_the_open(kickoff):
    pm, _, _ = talks(kickoff)
    await pm.is_at("pm.response_time")
    await pm.clicks("pm.response_time", "I don't know")

    assert "@Ana doesn't know yet, and that helps too. @Raj may know." in (await pm.shows("pm.response_time")).plain
    assert (await pm.project()).counted(BANK, Role.PM)[0] == 9
