"""Changed and withdrawn: by button, by editing the message, by deleting it. Every version is kept."""

from bot.domain.project import Version
from tests.flow.interviews import VALUES, talks

DECISION = VALUES["pm.user_decision"]


async def versions(talk, question) -> list[Version]:
    project = await talk.project()
    async with talk.world.bot.database.transaction() as uow:
        return await uow.projects.versions(project.id, question)


async def edits(talk, message, text):
    await talk.world.slack.edits(talk.who, message, text)
    await talk.world.settle()


async def deletes(talk, message):
    await talk.world.slack.deletes(talk.who, message)
    await talk.world.settle()


async def test_edit_opens_the_form_with_what_is_stored_and_changes_it(kickoff):
    pm, _, _ = talks(kickoff)
    await pm.is_at("pm.success_target")
    await pm.clicks("pm.success_metric", "Edit")
    shown = {i.label: i.shown for i in kickoff.slack.view_of("pm").inputs}
    assert shown == {
        "The number that must move": "late pickups per 100 orders",
        "What kind of number it is": "Time or effort saved",
    }
    await pm.submits({"The number that must move": "refunds per 100 orders"})

    assert await pm.answer("pm.success_metric") == {"metric": "refunds per 100 orders", "kind": "time_or_effort"}
    assert (await pm.shows("pm.success_metric")).plain.splitlines()[-1] == "@Ana · edited"
    assert await pm.asked() == "pm.success_target"


async def test_editing_the_message_edits_the_answer_and_both_versions_are_kept(kickoff, clock):
    pm, _, _ = talks(kickoff)
    reply = await pm.says(DECISION)
    typed = clock()
    clock.move_to(clock().replace(hour=15))
    await edits(pm, reply, "Cooks start the slow dishes earlier.")

    first, second = await versions(pm, "pm.user_decision")
    assert (first.answer.value, first.by) == (DECISION, "U_PM")
    assert (second.answer.value, second.by) == ("Cooks start the slow dishes earlier.", "U_PM")
    assert first.at < typed < second.at
    assert first.answer.source == second.answer.source
    assert first.answer.source.ts == reply.ts
    assert "@Ana · edited" in (await pm.shows("pm.user_decision")).plain


async def test_a_link_preview_is_no_edit(kickoff):
    pm, _, _ = talks(kickoff)
    reply = await pm.says("Dispatchers hold a courier back, see https://example.com/flow")
    before = await pm.project()
    await kickoff.slack.unfurls(reply)
    await kickoff.settle()

    assert await pm.project() == before
    assert len(await versions(pm, "pm.user_decision")) == 1


async def test_editing_a_typed_quantity_changes_the_value_and_not_only_the_words(kickoff):
    pm, _, _ = talks(kickoff)
    await pm.is_at("pm.response_time")
    reply = await pm.says("about 200 ms on a good day")
    await edits(pm, reply, "about 300 ms on a good day")

    kept = (await pm.project()).answers["pm.response_time"]
    assert (kept.value, kept.note) == ({"value": 300, "unit": "ms"}, "about 300 ms on a good day")


async def test_an_edit_may_turn_an_answer_into_another_kind(kickoff):
    pm, _, _ = talks(kickoff)
    await pm.is_at("pm.measure_how")
    reply = await pm.says("I don't know")
    await edits(pm, reply, "1")
    assert await pm.answer("pm.measure_how") == "experiment"
    await edits(pm, reply, "whatever Lea says")

    assert (await pm.project()).state("pm.measure_how") == "unanswered"
    assert "Kept: “whatever Lea says”" in (await pm.shows("pm.measure_how")).plain
    assert await pm.asked() == "pm.today"


async def test_each_message_of_an_answer_can_be_edited(kickoff):
    pm, _, _ = talks(kickoff)
    first = await pm.says("Dispatchers hold a courier back", settle=False)
    second = await pm.says("when the order is late")
    await edits(pm, first, "Shift leads call a courier back")
    await edits(pm, second, "when the kitchen is late")

    assert await pm.answer("pm.user_decision") == "Shift leads call a courier back\nwhen the kitchen is late"
    await deletes(pm, first)
    assert await pm.answer("pm.user_decision") == "when the kitchen is late"


async def test_a_form_follows_the_edited_reply(kickoff):
    pm, _, _ = talks(kickoff)
    await pm.types("pm.user_decision")
    reply = await pm.says("late pickups per 100 orders")
    await pm.says("time or effort")
    await edits(pm, reply, "refunds per 100 orders")

    assert await pm.answer("pm.success_metric") == {"metric": "refunds per 100 orders", "kind": "time_or_effort"}


async def test_deleting_the_message_withdraws_the_answer_and_it_is_asked_again_later(kickoff):
    pm, _, _ = talks(kickoff)
    reply = await pm.says(DECISION)
    await deletes(pm, reply)

    assert await pm.answer("pm.user_decision") is None
    assert [v.answer and v.answer.value for v in await versions(pm, "pm.user_decision")] == [DECISION, None]
    assert "[Answer]" in (await pm.shows("pm.user_decision")).plain
    assert await pm.asked() == "pm.success_metric"
    await pm.types("pm.success_metric")
    assert await pm.asked() == "pm.user_decision"
    assert "asked once more" in (await pm.thread())[-1].plain


async def test_withdrawing_the_last_answer_opens_a_finished_interview_again(kickoff):
    pm, _, _ = talks(kickoff)
    await pm.is_at("pm.decider")
    reply = await pm.says("<@U_PM>")
    assert (await pm.interview()).done
    await deletes(pm, reply)

    assert not (await pm.interview()).done
    assert "@Ana When accuracy, date and cost pull apart" in (await pm.thread())[-1].plain


async def test_a_reply_that_waits_for_its_question_can_be_edited_and_deleted(kickoff):
    pm, _, _ = talks(kickoff)
    await pm.says("Dispatchers hold a courier back", settle=False)
    edited = await pm.says("when the order is", settle=False)
    deleted = await pm.says("never mind", settle=False)
    await kickoff.slack.edits("pm", edited, "when the order is late")
    await kickoff.slack.deletes("pm", deleted)
    await kickoff.settle()

    assert await pm.answer("pm.user_decision") == "Dispatchers hold a courier back\nwhen the order is late"


async def test_what_a_form_said_since_then_outlives_an_edit_of_the_message(kickoff):
    pm, _, _ = talks(kickoff)
    reply = await pm.says("Dispatchers hold a courier back")
    await pm.clicks("pm.user_decision", "Edit")
    await pm.submits({"Who acts on it": DECISION})
    await edits(pm, reply, "Nobody does anything about it")
    assert await pm.answer("pm.user_decision") == DECISION

    await deletes(pm, reply)
    assert await pm.answer("pm.user_decision") == DECISION


async def test_a_skip_that_was_typed_can_be_edited_into_an_answer(kickoff):
    pm, _, _ = talks(kickoff)
    reply = await pm.says("skip")
    await edits(pm, reply, DECISION)

    assert await pm.answer("pm.user_decision") == DECISION
    assert "> Dispatchers hold" in (await pm.shows("pm.user_decision")).plain


async def test_nothing_changes_in_a_closed_kickoff(kickoff):
    pm, _, _ = talks(kickoff)
    reply = await pm.says(DECISION)
    await kickoff.slack.commands("pm", "ready-by", "/align", "close")
    await kickoff.settle()
    await kickoff.slack.deletes("pm", reply)
    async with kickoff.bot.database.transaction() as uow:
        [project] = await uow.projects.all_in("T0ACME", "C_READY")

    assert project.answers["pm.user_decision"].value == DECISION
