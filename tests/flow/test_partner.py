"""Whoever doesn't know is led to the one who does: asked in one message, a quarter of an hour for both, both names."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.db.tables import ping
from bot.domain.answers import Mark, State
from bot.domain.bank import Role
from bot.domain.project import Part
from tests.flow.interviews import BANK, VALUES, talks
from tests.flow.stored import rows, the_project

DECISION = "pm.user_decision"
FIRST = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)  # ten o'clock on Tuesday for Ana and Mei


async def asked(world):
    """The PM doesn't know who acts on it, and asks the one who is suggested."""
    pm, _, _ = talks(world)
    await pm.clicks(DECISION, "I don't know")
    await pm.clicks(DECISION, "Ask them")
    return pm


async def handed(talk, question=DECISION):
    return (await talk.interview()).handed.get(question)


async def pinged(world, who="ml"):
    while not world.slack.dm(who):
        await world.move_to(world.clock() + timedelta(hours=6))
    return world.slack.dm(who)[-1]


async def shown(talk, question=DECISION):
    return (await talk.shows(question)).plain


async def test_who_is_asked_is_proposed_a_time_that_suits_both_their_clocks(kickoff):
    pm = await asked(kickoff)
    assert (await handed(pm)).slot == FIRST
    assert "@Mei is asked; @Ana stays in the loop. 15 minutes for you two: Tue 3 Mar 2026, 09:00 UTC." in await shown(
        pm
    )


async def test_once_both_agree_the_thread_says_so_once(kickoff):
    pm = await asked(kickoff)
    await pm.clicks(DECISION, "Works for me", by="ml")
    assert "✓ @Mei · @Ana still to say" in await shown(pm)
    await pm.clicks(DECISION, "Works for me", by="ml")
    await pm.clicks(DECISION, "Works for me")

    assert "✓ both" in await shown(pm)
    said = [m.plain for m in await pm.thread() if "It suits you both" in m.plain]
    assert said == ["✓ @Ana and @Mei: 15 minutes about Who acts on it, Tue 3 Mar 2026, 09:00 UTC. It suits you both."]
    assert "Works for me" not in [c.label for c in (await pm.shows(DECISION)).controls]
    assert kickoff.slack.dm("ml") == kickoff.slack.dm("pm") == []


async def test_two_who_agree_at_the_same_moment_have_both_agreed(kickoff):
    pm = await asked(kickoff)
    record = await pm.shows(DECISION)
    await asyncio.gather(*(kickoff.slack.clicks(who, record, "Works for me", stale=True) for who in ("pm", "ml")))
    await kickoff.settle()

    assert set((await handed(pm)).agreed) == {"U_PM", "U_ML"}
    assert len([m for m in await pm.thread() if "It suits you both" in m.plain]) == 1


async def test_one_of_them_proposes_another_time_and_the_other_is_still_to_agree(kickoff):
    pm = await asked(kickoff)
    before = await pm.shows(DECISION)
    await pm.clicks(DECISION, "Works for me")
    opened = await pm.clicks(DECISION, "Another time", by="ml")
    assert [entry.initial for entry in opened.view.inputs] == [int(FIRST.timestamp())]
    await pm.submits({"When?": FIRST + timedelta(days=2)}, by="ml")

    assert (await handed(pm)).agreed == ("U_ML",)
    assert "Thu 5 Mar 2026, 09:00 UTC · ✓ @Mei · @Ana still to say" in await shown(pm)
    assert kickoff.slack.dm("pm") == []
    said = await kickoff.slack.clicks("pm", before, "Works for me", stale=True)
    assert "The time was moved meanwhile" in said.text
    await pm.clicks(DECISION, "Works for me")
    assert (await handed(pm)).both


@pytest.mark.parametrize(
    ("picked", "problem"),
    [
        (datetime(2026, 3, 2, 8, tzinfo=UTC), "That time has passed. Pick one to come."),
        (datetime(2026, 4, 2, 8, tzinfo=UTC), "That is far away: pick a time within the next 30 days."),
    ],
)
async def test_another_time_lies_ahead_and_not_too_far(kickoff, picked, problem):
    pm = await asked(kickoff)
    await pm.clicks(DECISION, "Another time")
    said = await pm.submits({"When?": picked}, expect_errors=True)

    assert list(said.errors.values()) == [problem]
    assert (await handed(pm)).slot == FIRST


@pytest.mark.parametrize("label", ["Works for me", "Another time", "Not me", "Take it back"])
async def test_what_is_not_theirs_is_nobodys_to_press(kickoff, label):
    pm = await asked(kickoff)
    before = await handed(pm)
    said = await pm.clicks(DECISION, label, by="eng")

    assert said.text
    assert await handed(pm) == before


async def test_a_time_that_has_passed_is_not_shown_as_one_to_come(kickoff):
    pm = await asked(kickoff)
    await kickoff.move_to(FIRST + timedelta(days=1, hours=2))

    assert "15 minutes for you two: was Tue 3 Mar 2026, 09:00 UTC." in await shown(pm)
    assert "Works for me" not in [c.label for c in (await pm.shows(DECISION)).controls]
    await pm.clicks(DECISION, "Another time")
    await pm.submits({"When?": FIRST + timedelta(days=3)})
    assert "Fri 6 Mar 2026, 09:00 UTC · ✓ @Ana" in await shown(pm)


async def test_who_is_asked_sees_it_in_their_one_message_with_who_why_and_when(kickoff):
    kickoff.slack.add_user("bob", id="U_BOB", name="Bob", tz="Asia/Tokyo")
    _, ml, _ = talks(kickoff)
    await ml.clicks("ml.feasibility", "Hand over")
    await ml.submits({"Who can answer this?": "bob"})
    message = await pinged(kickoff, "bob")

    assert "@Mei hopes that you know" in message.plain
    assert "15 minutes with @Mei: " in message.plain
    assert f"Why it is asked: {BANK['ml.feasibility'].why}" in message.plain
    assert [c.label for c in message.controls] == ["Answer", "Works for me", "Another time", "Not me"]
    await kickoff.slack.clicks("bob", message, "Works for me")
    await kickoff.settle()
    assert "· ✓ you" in kickoff.slack.message(message).plain
    await ml.clicks("ml.feasibility", "Works for me")
    assert "· ✓ both" in kickoff.slack.message(message).plain
    assert len(kickoff.slack.dm("bob")) == 1


async def test_two_asks_to_one_person_are_one_message(kickoff):
    kickoff.slack.add_user("bob", id="U_BOB", name="Bob", tz="Europe/Berlin")
    pm, ml, _ = talks(kickoff)
    for talk, question in ((pm, DECISION), (ml, "ml.feasibility")):
        await talk.clicks(question, "Hand over")
        await talk.submits({"Who can answer this?": "bob"})
    message = await pinged(kickoff, "bob")
    await kickoff.slack.clicks("bob", message, "Works for me", nth=0)
    await kickoff.move_to(FIRST + timedelta(hours=14))

    assert len(kickoff.slack.dm("bob")) == 1
    assert all(BANK[question].title in message.plain for question in (DECISION, "ml.feasibility"))
    assert [c.label for c in message.controls].count("Not me") == 2


async def test_a_helper_answers_in_their_message_and_both_names_stay_until_the_role_confirms(kickoff):
    kickoff.slack.add_user("bob", id="U_BOB", name="Bob", tz="Europe/Berlin")
    _, ml, _ = talks(kickoff)
    await ml.clicks("ml.feasibility", "Hand over")
    await ml.submits({"Who can answer this?": "bob"})
    message = await pinged(kickoff, "bob")
    await kickoff.slack.clicks("bob", message, "Answer")
    await kickoff.slack.submits("bob", {"Can ML do it": "Works on our own data"})
    await kickoff.settle()

    assert "🙌 All done here, thank you!" in kickoff.slack.message(message).plain
    assert "@Bob, asked by @Mei" in await shown(ml, "ml.feasibility")
    assert (await the_project(kickoff)).guessed("ml.feasibility")
    await ml.clicks("ml.feasibility", "That's right")
    assert not (await the_project(kickoff)).guessed("ml.feasibility")
    assert "@Bob, asked by @Mei" in await shown(ml, "ml.feasibility")


async def test_the_role_may_say_something_else_instead(kickoff):
    pm = await asked(kickoff)
    await pm.says(VALUES[DECISION], by="ml")
    assert "@Mei, asked by @Ana" in await shown(pm)
    await pm.clicks(DECISION, "Edit")
    await pm.submits({"Who acts on it": "The shift lead moves a cook to the grill."})

    assert "asked by" not in await shown(pm)
    assert (await the_project(kickoff)).answers[DECISION].marks == frozenset()


async def test_who_can_not_help_says_so_and_the_next_one_is_suggested(kickoff):
    kickoff.slack.add_user("dan", id="U_DAN", name="Dan")
    pm, ml, _ = talks(kickoff)
    await pm.is_at("pm.decider")
    await pm.clicks("pm.decider", "Answer")
    await pm.submits({"Who decides": "dan"})
    await ml.is_at("ml.inputs")
    await ml.clicks("ml.inputs", "I don't know")
    await ml.clicks("ml.inputs", "Ask them")
    message = await pinged(kickoff, "eng")
    titles = [c for c in message.controls if c.label == "Not me"]
    assert len(titles) == 1
    await kickoff.slack.clicks("eng", message, "Not me")
    await kickoff.settle()

    (told,) = [m for m in await ml.thread() if "can't help with" in m.plain]
    assert "@Mei: @Raj can't help with Model inputs. Who else may know? @Dan may." in told.plain
    assert BANK["ml.inputs"].title not in kickoff.slack.message(message).plain
    assert "@Dan may know" in await shown(ml, "ml.inputs")
    await kickoff.slack.clicks("ml", told, "Ask them")
    await kickoff.settle()
    assert (await handed(ml, "ml.inputs")).to == "U_DAN"


async def test_a_helper_who_types_that_they_dont_know_either_can_not_help(kickoff):
    pm = await asked(kickoff)
    words = await pm.says("I don't know", by="ml")

    assert "@Ana: @Mei can't help with Who acts on it. Who else may know?" in (await pm.thread())[-1].plain
    assert (await pm.project()).answers[DECISION].by == "U_PM"
    assert await handed(pm) is None
    await kickoff.slack.deletes("ml", words)
    await kickoff.settle()
    assert (await pm.project()).state(DECISION) is State.UNKNOWN


async def test_a_question_that_is_taken_back_is_asked_anew_and_leaves_the_helpers_list(kickoff):
    kickoff.slack.add_user("bob", id="U_BOB", name="Bob", tz="Europe/Berlin")
    pm, _, _ = talks(kickoff)
    await pm.clicks(DECISION, "I don't know")
    await pm.clicks(DECISION, "Someone else who may know", "bob")
    record, message = await pm.shows(DECISION), await pinged(kickoff, "bob")
    await pm.clicks(DECISION, "Take it back")

    project = await the_project(kickoff)
    assert (project.state(DECISION), await handed(pm)) == (State.UNANSWERED, None)
    assert kickoff.slack.message(message).plain.startswith("Nothing of this waits for you any more.")
    assert "I don't know" in [c.label for c in (await pm.shows(DECISION)).controls]
    assert not [m for m in project.members if m.part is Part.HELPER]
    for label in ("Works for me", "Another time", "Not me", "Take it back"):
        said = await kickoff.slack.clicks("pm", record, label, stale=True)
        assert "Nobody else is asked this any more" in said.text
    assert len(kickoff.slack.dm("bob")) == 1


async def test_nobody_meets_about_a_question_that_is_answered(kickoff):
    pm = await asked(kickoff)
    record = await pm.shows(DECISION)
    await pm.says(VALUES[DECISION], by="ml")
    said = await kickoff.slack.clicks("pm", record, "Works for me", stale=True)

    assert "Nobody else is asked this any more, so there is nothing to meet about." in said.text


async def test_a_guest_may_be_asked_and_answers(kickoff):
    kickoff.slack.add_user("guest", id="U_GUEST", name="Gus", guest=True)
    _, ml, _ = talks(kickoff)
    await ml.clicks("ml.feasibility", "Hand over")
    await ml.submits({"Who can answer this?": "guest"})
    message = await pinged(kickoff, "guest")
    await kickoff.slack.clicks("guest", message, "Answer")
    await kickoff.slack.submits("guest", {"Can ML do it": "Unlikely"})
    await kickoff.settle()

    answer = (await the_project(kickoff)).answers["ml.feasibility"]
    assert (answer.by, answer.marks) == ("U_GUEST", {Mark.GUESS})


async def typed(world, text, who="pm"):
    said = await world.slack.commands(who, "ready-by", "/align", text)
    await world.settle()
    return said.text


async def test_somebody_named_for_a_matter_is_suggested_first(kickoff):
    kickoff.slack.add_user("lex", id="U_LEX", name="Lex")
    _, _, eng = talks(kickoff)
    await eng.is_at("eng.limits")
    await eng.clicks("eng.limits", "I don't know")
    assert "@Ana may know" in await shown(eng, "eng.limits")

    assert "@Lex is suggested first" in await typed(kickoff, "role legal @lex")
    assert "@Lex may know" in await shown(eng, "eng.limits")
    assert "already" in await typed(kickoff, "role legal @lex")
    assert "not the one asked" in await typed(kickoff, "role legal - @pm")
    assert "not asked about legal matters in Ready-By any more" in await typed(kickoff, "role legal - @lex")
    assert "@Ana may know" in await shown(eng, "eng.limits")
    assert (await the_project(kickoff)).functions == {}
    assert kickoff.slack.dm("lex") == []


@pytest.mark.parametrize("kind", [{"bot": True}, {"stranger": True}])
async def test_only_people_of_the_workspace_are_asked_about_a_matter(kickoff, kind):
    kickoff.slack.add_user("other", id="U_OTHER", name="Other", **kind)
    assert "only people with an active account" in await typed(kickoff, "role data-owner @other")
    assert (await the_project(kickoff)).functions == {}


async def test_only_the_projects_people_name_who_is_asked(kickoff):
    kickoff.slack.add_user("passer", id="U_PASSER", name="Pat")
    kickoff.slack.world.workspace.channel("ready-by").members.append("U_PASSER")
    assert "can change who is asked" in await typed(kickoff, "role sre @passer", who="passer")


async def test_when_engineering_was_first_heard_is_kept(kickoff):
    _, _, eng = talks(kickoff)
    assert (await eng.interview()).first_at is None
    await eng.fills_in("eng.serving")
    first = (await eng.interview()).first_at
    await kickoff.move_to(kickoff.clock() + timedelta(hours=5))
    await eng.clicks("eng.serving", "Edit")
    await eng.submits({"Where it runs": "Batch (scheduled)"})

    assert first is not None
    assert (await the_project(kickoff)).interviews[Role.ENG].first_at == first
    assert await rows(kickoff, ping) == 0
