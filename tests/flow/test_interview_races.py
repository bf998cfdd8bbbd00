"""Twice, late, at once, by the wrong person: each counts as it should, and nobody sees an error that is none."""

import asyncio

from tests.flow.interviews import VALUES, talks


async def test_an_old_button_still_answers_and_means_change_it(kickoff):
    _, ml, _ = talks(kickoff)
    asked = await ml.shows("ml.feasibility")
    await ml.clicks("ml.feasibility", "Works on our own data")
    await kickoff.slack.clicks("ml", asked, "Unlikely", stale=True)
    await kickoff.settle()

    assert await ml.answer("ml.feasibility") == "unlikely"
    assert "@Mei · edited" in (await ml.shows("ml.feasibility")).plain


async def test_an_old_i_dont_know_does_not_wipe_out_an_answer(kickoff):
    _, ml, _ = talks(kickoff)
    asked = await ml.shows("ml.feasibility")
    await ml.clicks("ml.feasibility", "Works on our own data")
    said = await kickoff.slack.clicks("ml", asked, "I don't know", stale=True)

    assert "This one is answered already." in said.text
    assert await ml.answer("ml.feasibility") == "proven_here"


async def test_clicking_twice_counts_once_and_says_nothing(kickoff):
    pm, ml, _ = talks(kickoff)
    for talk, label in ((ml, "I don't know"), (pm, "Skip for now")):
        question = await talk.asked()
        asked = await talk.shows(question)
        answers = await asyncio.gather(*(kickoff.slack.clicks(talk.who, asked, label, stale=True) for _ in range(2)))
        await kickoff.settle()
        assert [answer.text for answer in answers] == ["", ""]
        assert len([m for m in await talk.thread() if m.by_bot]) == 2


async def test_somebody_elses_question_gets_a_sentence_that_only_they_see(kickoff):
    pm, _, _ = talks(kickoff)
    for label in ("Answer", "I don't know", "Skip for now", "Hand over"):
        said = await kickoff.slack.clicks("eng", await pm.shows("pm.user_decision"), label)
        assert "This question is for @Ana" in said.text
        assert said.view is None
    assert all(m.ephemeral_to == "U_ENG" for m in kickoff.slack.ephemerals("eng"))
    assert (await pm.project()).answers == {}


async def test_the_same_event_delivered_four_times_at_once_counts_once(kickoff):
    pm, _, _ = talks(kickoff)
    kickoff.slack.deliver_to("http://127.0.0.1:1/nobody-is-here")
    await pm.says(VALUES["pm.user_decision"], settle=False)
    kickoff.slack.deliver_to(f"{kickoff.url}/slack/events")
    event = kickoff.slack.deliveries[-1].event_id
    assert await kickoff.slack.redeliver(event, times=4, at_once=True) == [200] * 4
    await kickoff.settle()

    assert await pm.answer("pm.user_decision") == VALUES["pm.user_decision"]
    assert len([m for m in await pm.thread() if m.by_bot]) == 2


async def test_two_people_answering_at_the_same_moment_both_count(kickoff):
    pm, _, _ = talks(kickoff)
    kickoff.slack.add_user("lea", id="U_LEA", name="Lea")
    await kickoff.slack.joins("lea", "ready-by")
    await kickoff.slack.commands("pm", "ready-by", "/align", "role pm + <@U_LEA>")
    await kickoff.settle()
    root = await pm.root()
    await asyncio.gather(
        kickoff.slack.says("pm", "ready-by", "Dispatchers hold a courier back", thread=root),
        kickoff.slack.says("lea", "ready-by", "when the order will be late", thread=root),
    )
    await kickoff.settle()

    lines = (await pm.answer("pm.user_decision")).splitlines()
    assert sorted(lines) == ["Dispatchers hold a courier back", "when the order will be late"]
    asked = [m for m in await pm.thread() if m.by_bot and "Question 2 of 12" in m.plain]
    assert len(asked) == 1


async def test_people_of_different_roles_answer_at_the_same_moment(kickoff):
    three = talks(kickoff)
    roots = [await talk.root() for talk in three]
    words = (VALUES["pm.user_decision"], "proven_here", "batch")
    both = zip(three, roots, words, strict=True)
    await asyncio.gather(*(kickoff.slack.says(t.who, "ready-by", w, thread=r) for t, r, w in both))
    await kickoff.settle()

    assert [await talk.asked() for talk in three] == ["pm.success_metric", "ml.target", "eng.feasible"]
    for talk in three:
        assert len([m for m in await talk.thread() if m.by_bot]) == 2


async def test_an_answer_by_form_while_the_question_is_on_its_way_leaves_one_record(kickoff):
    pm, _, _ = talks(kickoff)
    await kickoff.slack.clicks("pm", await pm.root(), "Answer in one go")
    await pm.says(VALUES["pm.user_decision"], settle=False)
    metric = {"The number that must move": "late pickups", "What kind of number it is": "What users do"}
    await kickoff.slack.submits("pm", metric)
    await kickoff.settle()

    titles = [m.plain.splitlines()[0] for m in await pm.thread() if m.by_bot]
    assert titles.count("Success metric") == 1
    assert await pm.asked() == "pm.success_target"


async def test_a_form_opened_before_the_question_was_answered_changes_the_answer(kickoff):
    pm, _, _ = talks(kickoff)
    await pm.clicks("pm.user_decision", "Answer")
    await pm.says("Dispatchers hold a courier back")
    await pm.submits({"Who acts on it": VALUES["pm.user_decision"]})

    assert await pm.answer("pm.user_decision") == VALUES["pm.user_decision"]


async def test_a_closed_kickoff_says_so_to_whoever_still_clicks(kickoff):
    pm, _, _ = talks(kickoff)
    asked = await pm.shows("pm.user_decision")
    await kickoff.slack.commands("pm", "ready-by", "/align", "close")
    await kickoff.settle()
    said = await kickoff.slack.clicks("pm", asked, "I don't know")

    assert "Ready-By is closed, so its answers stay as they are." in said.text
