"""What happened since the answers were given: a date, a goal, a source, a person; and each answer looked at again."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.bank import Role
from bot.domain.chronicle import EventType
from bot.domain.errors import BotError
from bot.domain.project import Stage
from bot.services import interviews, rechecks
from tests.flow.interviews import VALUES, talks
from tests.flow.stored import answered, the_project


async def typed(world, text, who="pm"):
    said = await world.slack.commands(who, "ready-by", "/align", text)
    await world.settle()
    return said.text


def card(world):
    return world.slack.messages("ready-by")[0]


def card_thread(world):
    return world.slack.messages("ready-by", thread=card(world))


def notes(world, start):
    return [m.plain for m in card_thread(world) if m.plain.startswith(start)]


async def happened(world):
    return [(e.type, e.input or e.user) for e in (await the_project(world)).events]


async def said_after(world, who, word, days=7):
    """The first reminder of a person with a word in it."""
    until = world.clock() + timedelta(days=days)
    while world.clock() < until:
        await world.move_to(world.clock() + timedelta(hours=6))
        for message in world.slack.dm(who):
            if word in message.plain:
                return message
    raise AssertionError(f"{who} was not reminded of “{word}”")


@pytest.fixture
async def whole(kickoff):
    """Everything is answered."""
    for talk in talks(kickoff):
        await talk.is_at(None)
    for talk in talks(kickoff):
        await talk.is_at(None)
    return kickoff


async def test_a_moved_launch_is_said_once_shown_on_the_card_and_asked_about(whole):
    said = await typed(whole, "date 2026-08-03 because the contract moved", who="eng")
    assert said == (
        "The launch of Ready-By now is on Mon 3 Aug 2026. The thread of its card says so, and who looks again."
    )
    (note,) = notes(whole, "📅")
    assert note.startswith("📅 @Raj moved the launch from 1 Jul 2026 to 3 Aug 2026, because the contract moved.")
    assert "the ML person (Weeks for the model)" in note
    assert "Launch  Mon 3 Aug 2026" in card(whole).plain
    assert await happened(whole) == [(EventType.DATE_CHANGE, None)]

    reminder = await said_after(whole, "ml", "still true?")
    assert "Weeks for the model · still true? the launch date moved; 5 s" in reminder.plain


async def test_still_true_settles_it_in_place_and_the_record_says_when(whole):
    await typed(whole, "date 2026-08-03", who="eng")
    reminder = await said_after(whole, "pm", "still true?")
    await whole.slack.clicks("pm", reminder, "Still true")
    await whole.settle()

    assert f"{whole.bot.bank['pm.ship_tradeoff'].title} done, thank you" in whole.slack.message(reminder).plain
    pm, _, _ = talks(whole)
    assert "confirmed Mon 2 Mar 2026" in (await pm.shows("pm.ship_tradeoff")).plain
    answer = (await the_project(whole)).answers["pm.ship_tradeoff"]
    assert (answer.value, answer.confirmed_at is not None) == (VALUES["pm.ship_tradeoff"], True)


async def test_change_it_opens_the_answer_and_settles_it_too(whole):
    await typed(whole, "date 2026-08-03")
    reminder = await said_after(whole, "ml", "still true?")
    clicked = await whole.slack.clicks("ml", reminder, "Change it")
    assert clicked.view.title == whole.bot.bank["ml.effort"].title
    await whole.slack.submits("ml", {clicked.view.labels[0]: "4"})
    await whole.settle()

    assert "Weeks for the model done, thank you" in whole.slack.message(reminder).plain


async def test_my_list_holds_what_needs_another_look(whole):
    await typed(whole, "date 2026-08-03")
    mine = await whole.slack.commands("eng", "ready-by", "/align", "questions")
    assert mine.text.count("still true? the launch date moved") == 3
    (whisper,) = mine.responses
    await whole.slack.clicks("eng", whisper, "Still true", nth=0)
    await whole.settle()

    assert (await typed(whole, "questions", who="eng")).count("still true?") == 2


async def test_a_click_delivered_four_times_confirms_once(whole):
    await typed(whole, "date 2026-08-03")
    (whisper,) = (await whole.slack.commands("ml", "ready-by", "/align", "questions")).responses
    await whole.slack.clicks("ml", whisper, "Still true", nth=0)
    delivery = next(d for d in reversed(whole.slack.deliveries) if d.kind == "interactive")
    assert await whole.slack.redeliver(delivery.id, times=3, at_once=True) == [200] * 3
    async with whole.bot.database.transaction() as uow:
        assert len(await uow.projects.versions(1, "ml.effort")) == 2


async def test_others_do_not_confirm_what_is_not_theirs(whole):
    await typed(whole, "date 2026-08-03")
    reminder = await said_after(whole, "ml", "still true?")
    whole.slack.world.workspace.channels[reminder.channel].members.append("U_ENG")
    await typed(whole, "role ml @eng")
    await typed(whole, "role ml - @ml")
    said = await whole.slack.clicks("ml", reminder, "Still true", stale=True)

    assert said.text.startswith("This question is for @Raj, the ML person.")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("date", "The launch of Ready-By is planned for Wed 1 Jul 2026. To move it, write /align date 2027-02-01"),
        ("date soon", "I can't find a day in “soon”."),
        ("date 1 july 2026", "The launch of Ready-By is 1 Jul 2026 already"),
        ("date 2026-01-01", "1 Jan 2026 has passed."),
        ("date 3/4/2027", "Is 3/4/2027 "),
        ("date 2026-08-01 or 2026-08-02", "Which day exactly?"),
        ("date 2026-08-01 Route", "I know no “Route” here"),
        ("launched 2027-01-01", "1 Jan 2027 is still to come."),
        ("launched Route", "I know no “Route” here"),
    ],
)
async def test_what_cannot_be_set_gets_one_clear_sentence(whole, text, says):
    before = await the_project(whole)
    assert (await typed(whole, text)).replace("`", "").startswith(says)
    assert await the_project(whole) == before


@pytest.mark.parametrize(
    ("text", "shows"),
    [
        ("date next friday", "Fri 6 Mar 2026"),
        ("date to 3 August 2026, because <!channel> said so", "Mon 3 Aug 2026"),
        ("date in 3 weeks Ready-By", "Mon 23 Mar 2026"),
        ("date 2026-08-03 ready-by because why not", "Mon 3 Aug 2026"),
        ("date none because nobody knows", "no date yet; the PM's answer sets it"),
        ("date \u202e2026-08-03\u202c because " + "very late " * 900, "Mon 3 Aug 2026"),
    ],
)
async def test_a_date_as_people_write_it(whole, text, shows):
    await typed(whole, text)
    assert f"Launch  {shows}" in card(whole).plain
    (note,) = notes(whole, "📅")
    assert len(note) < 1000, "a reason is a sentence"


async def test_a_date_before_the_pm_has_answered_is_kept_until_they_say_how_firm(kickoff):
    await typed(kickoff, "date 2026-08-03", who="ml")
    project = await the_project(kickoff)

    assert "Launch  Mon 3 Aug 2026" in card(kickoff).plain
    assert project.answers["pm.launch"].value == {"date": "2026-08-03"}
    assert not project.settled("pm.launch")
    await answered(kickoff, {"pm.launch": {"date": "2026-08-03", "flexibility": "fixed"}})
    assert await happened(kickoff) == []


async def test_a_launch_is_said_shown_and_what_was_promised_is_asked_about(whole):
    assert (await typed(whole, "launched 2026-03-01")).startswith("Ready-By is live: congratulations!")
    project = await the_project(whole)

    assert project.stage is Stage.LAUNCHED
    assert [event.at.date().isoformat() for event in project.events] == ["2026-03-01"]
    assert "🚀 Launched" in card(whole).plain
    assert "🚀 @Ana says that it is live since 1 Mar 2026." in notes(whole, "🚀")[0]
    assert (await typed(whole, "launched")) == "Ready-By is live already. `/align status` shows where it stands."


async def test_a_launched_project_that_was_paused_is_launched_again_when_it_goes_on(whole):
    await typed(whole, "launched")
    await typed(whole, "pause")
    await typed(whole, "resume")

    assert (await the_project(whole)).stage is Stage.LAUNCHED


async def test_an_edited_goal_asks_for_what_was_built_on_it(whole):
    await answered(whole, {"pm.user_decision": "Riders wait at the counter until the order is called out."})

    assert await happened(whole) == [(EventType.SCOPE_CHANGE, None)]
    mine = await typed(whole, "questions", who="ml")
    assert mine.count("still true? the goal was changed") == 5


async def test_a_changed_source_is_said_in_the_engineers_thread_and_its_line_is_looked_at(whole):
    _, _, eng = talks(whole)
    clicked = await eng.clicks("eng.input_survey", "Source changed")
    assert clicked.view.title == "Source changed"
    await eng.submits({"Which input?": "average location"})

    assert await happened(whole) == [(EventType.SOURCE_CHANGE, "average location")]
    assert [m.plain for m in await eng.thread() if "🔁 @Raj says that the source of “average location”" in m.plain]
    (whisper,) = (await whole.slack.commands("eng", "ready-by", "/align", "questions")).responses
    rows = [line for line in whisper.plain.splitlines() if "the source of 'average location' changed" in line]
    assert len(rows) == 3
    opened = await whole.slack.clicks("eng", whisper, "Change it", nth=0)
    assert "average location" in str(opened.view.blocks)


async def test_whoever_has_no_part_says_nothing_about_sources(whole):
    whole.slack.add_user("other", id="U_OTHER", name="Ola")
    whole.slack.world.workspace.channel("ready-by").members.append("U_OTHER")
    _, _, eng = talks(whole)
    clicked = await eng.clicks("eng.input_survey", "Source changed", by="other")
    assert clicked.text.startswith("Only the people of Ready-By can say that a source has changed: ")


async def test_what_somebody_owned_is_for_their_successor_to_look_at(whole):
    await whole.slack.deactivates("eng")
    await whole.settle()
    assert await happened(whole) == [(EventType.LEFT, "U_ENG")]
    (event,) = (await the_project(whole)).events
    assert event.roles == (Role.ENG,)
    whole.slack.add_user("bob", id="U_BOB", name="Bob", tz="Europe/Berlin")
    whole.slack.world.workspace.channel("ready-by").members.append("U_BOB")
    await typed(whole, "role eng @bob")

    own = [q for q in whole.bot.bank.questions if q.role is Role.ENG and q.id in (await the_project(whole)).answers]
    listed = await typed(whole, "questions", who="bob")
    assert listed.count("still true? somebody left") == len(own) - 1
    assert "Who watches it · who follows? somebody left; 5 s\nReady-By: @Raj\n[Change it]\n" in listed


async def test_an_answer_that_names_somebody_who_left_cannot_be_called_still_true(whole):
    await typed(whole, "questions", who="eng")
    await whole.slack.deactivates("eng")
    await whole.settle()
    await typed(whole, "role eng @ml")
    with pytest.raises(BotError, match="names somebody who has left"):
        async with whole.bot.database.transaction() as uow:
            await rechecks.confirm(uow, whole.bot.bank, 1, "eng.monitor_owner", by="U_ML", at=uow.now)
    async with whole.bot.database.transaction() as uow:
        named = {"eng.monitor_owner": "U_ML"}
        await interviews.answer_many(uow, whole.bot.bank, 1, named, by="U_ML", at=uow.now)
    assert "Who watches it" not in await typed(whole, "questions", who="ml")


async def test_a_role_that_is_taken_away_is_told_to_the_next_one_too(whole):
    await typed(whole, "role eng - @eng")
    (event,) = (await the_project(whole)).events
    assert (event.type, event.by, event.user, event.roles) == (EventType.LEFT, "U_PM", "U_ENG", (Role.ENG,))


async def test_an_answer_that_grew_old_is_asked_about_on_a_morning(whole):
    await whole.move_to(whole.clock() + timedelta(days=50))
    assert [m for m in whole.slack.dm("ml") if "still true? it was said a while ago" in m.plain]
    assert whole.slack.world.bot_faults == []


async def test_the_daily_look_is_at_nine_of_the_projects_day_and_rests_with_it(kickoff):
    async def due():
        async with kickoff.bot.database.transaction() as uow:
            return await uow.projects.checks_due(datetime(2026, 3, 3, 8, tzinfo=UTC))

    assert await due() == [1]
    async with kickoff.bot.database.transaction() as uow:
        assert await uow.projects.checks_due(datetime(2026, 3, 3, 7, 59, tzinfo=UTC)) == []
    await kickoff.move_to(datetime(2026, 3, 3, 8, 30, tzinfo=UTC))
    assert await due() == []
    await typed(kickoff, "pause")
    await kickoff.move_to(datetime(2026, 3, 5, 12, tzinfo=UTC))
    await typed(kickoff, "resume")
    async with kickoff.bot.database.transaction() as uow:
        assert await uow.projects.checks_due(datetime(2026, 3, 6, 8, tzinfo=UTC)) == [1]
