"""People come and go: somebody is always asked where they can read it, and whoever is new is told what was said."""

import pytest

from bot.domain.bank import Role
from bot.domain.project import Part
from tests.flow.interviews import VALUES
from tests.flow.stored import answered, the_project


def posts(world):
    return [m for m in world.slack.messages("ready-by") if m.by_bot]


def thread(world, n):
    return [m for m in world.slack.messages("ready-by", posts(world)[n]) if m.by_bot]


def add(world, handle, inside=True):
    world.slack.add_user(handle, id=f"U_{handle.upper()}", name=handle.title())
    if inside:
        world.slack.world.workspace.channel("ready-by").members.append(f"U_{handle.upper()}")


async def typed(world, text, who="pm"):
    said = await world.slack.commands(who, "ready-by", "/align", text)
    await world.settle()
    return said.text


async def gone(world, who):
    await world.slack.deactivates(who)
    change = next(d for d in reversed(world.slack.deliveries) if d.type == "user_change")
    await world.slack.redeliver(change.id, times=2, at_once=True)
    await world.settle()


SAID = {id: VALUES[id] for id in ("eng.serving", "eng.volume", "eng.rollback")}


async def test_a_backup_steps_in_at_once_and_is_asked_in_the_thread_they_can_read(kickoff):
    add(kickoff, "bob")
    await answered(kickoff, SAID)
    await typed(kickoff, "role eng backup @bob")
    await gone(kickoff, "eng")

    project = await the_project(kickoff)
    assert {m.user: m.part for m in project.members if m.role is Role.ENG} == {"U_BOB": Part.OWNER}
    assert [m.plain for m in thread(kickoff, 0)] == [
        "@Ana, @Raj's account was deactivated. Everything said stays. @Bob was the backup and is the product engineer "
        "from now on. The questions go on where they stopped."
    ]
    *_, news, question = thread(kickoff, 3)
    assert news.plain.startswith("@Bob is the product engineer from now on. Everything said so far stays.")
    assert question.plain.startswith("Question 4 of")
    assert "@Bob" in question.plain
    assert "Product engineer  @Bob" in posts(kickoff)[0].plain


async def test_a_backup_outside_the_channel_steps_in_by_direct_message(kickoff):
    add(kickoff, "bob", inside=False)
    await answered(kickoff, SAID)
    await typed(kickoff, "role eng backup @bob")
    await gone(kickoff, "eng")

    intro, news, question = kickoff.slack.dm("bob")
    assert "You are not in #ready-by yet" in intro.plain
    assert news.plain.startswith("@Bob is the product engineer from now on.")
    assert question.plain.startswith("Question 4 of")


async def test_the_second_backup_steps_in_where_the_first_is_gone_as_well(kickoff):
    add(kickoff, "bob")
    add(kickoff, "sue")
    await typed(kickoff, "role eng backup @bob")
    await typed(kickoff, "role eng backup @sue")
    await gone(kickoff, "bob")
    await gone(kickoff, "eng")

    assert (await the_project(kickoff)).owner(Role.ENG) == "U_SUE"


async def test_of_two_roles_the_one_with_a_backup_is_filled_and_the_other_shown_vacant(kickoff):
    add(kickoff, "bob")
    await typed(kickoff, "role ml @eng")
    await typed(kickoff, "role eng backup @bob")
    await typed(kickoff, "role ml - @ml")
    await gone(kickoff, "eng")

    project = await the_project(kickoff)
    assert (project.owner(Role.ENG), project.owner(Role.ML)) == ("U_BOB", None)
    said = thread(kickoff, 0)[-1].plain
    assert "so the ML person of this kickoff is missing now" in said
    assert "`/align role ml @name` names somebody. @Bob was the backup" in said


async def test_in_a_channel_without_the_bot_the_backup_is_named_and_asked_on_return(kickoff):
    add(kickoff, "bob")
    await typed(kickoff, "role eng backup @bob")
    await kickoff.slack.kicks("pm", "ready-by")
    await gone(kickoff, "eng")
    assert kickoff.slack.dm("bob") == []

    await kickoff.slack.invites("pm", "ready-by")
    await kickoff.settle()
    assert (await the_project(kickoff)).owner(Role.ENG) == "U_BOB"
    assert "@Bob" in posts(kickoff)[3].plain


async def test_what_the_gone_person_owned_is_asked_about_again(kickoff):
    add(kickoff, "bob")
    await answered(kickoff, {"eng.monitor_owner": "U_ENG"})
    await typed(kickoff, "role eng backup @bob")
    await gone(kickoff, "eng")

    text = (await kickoff.slack.commands("bob", "ready-by", "/align", "questions")).text
    assert "somebody left" in text


async def test_who_leaves_the_channel_is_asked_directly_and_the_others_hear_what_to_do(kickoff):
    await kickoff.slack.leaves("eng", "ready-by")
    left = next(d for d in reversed(kickoff.slack.deliveries) if d.type == "member_left_channel")
    await kickoff.slack.redeliver(left.id, times=3, at_once=True)
    await kickoff.settle()

    assert [m.plain for m in thread(kickoff, 0)] == [
        "@Raj, the product engineer, left this channel. The questions to them go on by direct message. "
        "`/invite` @Raj brings them back; `/align role eng @name` names another."
    ]
    intro, question = kickoff.slack.dm("eng")
    assert "You are not in #ready-by yet" in intro.plain
    assert question.plain.startswith("Question 1 of")
    assert "by direct message" in posts(kickoff)[0].plain


async def test_who_comes_back_goes_on_in_the_thread(kickoff):
    await kickoff.slack.kicks("pm", "ready-by", "eng")
    await kickoff.settle()
    await kickoff.slack.invites("pm", "ready-by", "eng")
    await kickoff.settle()

    assert not (await the_project(kickoff)).interviews[Role.ENG].by_dm
    assert thread(kickoff, 3)[-1].plain.startswith("Question 1 of")
    assert kickoff.slack.dm("eng")[-1].plain.startswith("You are in #ready-by now")


async def test_who_is_back_before_anything_was_said_to_them_goes_on_in_the_thread(kickoff):
    await kickoff.slack.kicks("pm", "ready-by", "eng")
    await kickoff.slack.invites("pm", "ready-by", "eng")
    await kickoff.settle()

    interview = (await the_project(kickoff)).interviews[Role.ENG]
    assert (interview.by_dm, interview.place) == (False, interview.card)
    await kickoff.slack.says("eng", "ready-by", "at request time", thread=posts(kickoff)[3])
    await kickoff.settle()
    assert (await the_project(kickoff)).answers["eng.serving"].value == "request_time"
    assert thread(kickoff, 3)[-1].plain.startswith("Question 2 of")


async def test_who_only_reads_along_or_answers_too_leaves_quietly(kickoff):
    add(kickoff, "bob")
    add(kickoff, "sue")
    await typed(kickoff, "role eng + @bob")
    await kickoff.slack.leaves("bob", "ready-by")
    await kickoff.slack.leaves("sue", "ready-by")
    await kickoff.settle()

    assert thread(kickoff, 0) == []
    assert kickoff.slack.dm("bob") == []


@pytest.mark.parametrize("change", ["guest", "admin", "status"])
async def test_other_changes_of_a_person_change_nothing_of_the_kickoff(kickoff, change):
    before = await the_project(kickoff)
    match change:
        case "guest":
            await kickoff.slack.becomes_guest("eng")
        case "admin":
            await kickoff.slack.becomes_admin("eng")
        case "status":
            await kickoff.slack.sets_status("eng", "away")
    await kickoff.settle()

    assert await the_project(kickoff) == before
    assert thread(kickoff, 0) == []


async def test_a_new_accountable_person_reads_what_was_said_and_what_is_open(kickoff):
    add(kickoff, "bob")
    await answered(kickoff, {"ml.feasibility": "plausible_untested", **SAID})
    await typed(kickoff, "role eng @bob")

    news = thread(kickoff, 3)[-2]
    first, said, still_open, others, *found = news.plain.splitlines()
    assert first == "@Bob is the product engineer from now on. Everything said so far stays."
    assert said.startswith("Answered 3 of ")
    assert "Where it runs: " in said
    assert still_open.startswith("Still open ")
    assert others == "The others the PM is pm · the ML person is ml"
    assert found[-1] == "[See all]"
    seen = await kickoff.slack.clicks("bob", news, "See all")
    assert seen.text.startswith("Ready-By ·")


async def test_what_is_kept_until_both_have_answered_is_not_told_to_a_newcomer(kickoff):
    add(kickoff, "bob")
    await answered(kickoff, SAID | {"eng.pairing": "weekly"})
    await typed(kickoff, "role eng @bob")

    news = thread(kickoff, 3)[-2].plain
    assert "Answered 4 of " in news
    assert "Time with ML" not in news
    assert "Weekly" not in news


async def test_somebody_who_answers_too_reads_it_in_the_thread_or_directly(kickoff):
    add(kickoff, "bob")
    add(kickoff, "sue", inside=False)
    await answered(kickoff, SAID)
    await typed(kickoff, "role eng + @bob")
    assert thread(kickoff, 3)[-1].plain.startswith("@Bob answers too as the product engineer. Everything said so far")

    await typed(kickoff, "role eng + @sue")
    (news,) = kickoff.slack.dm("sue")
    assert news.plain.startswith("@Sue answers too as the product engineer.")


async def test_a_backup_is_not_bothered_before_they_are_needed(kickoff):
    add(kickoff, "bob")
    await answered(kickoff, SAID)
    before = len(thread(kickoff, 3))
    await typed(kickoff, "role eng backup @bob")

    assert len(thread(kickoff, 3)) == before
    assert kickoff.slack.dm("bob") == []


@pytest.mark.parametrize("text", ["role", "role Ready-By", "role ready"])
async def test_the_command_alone_says_who_is_who_and_how_to_change_it(kickoff, text):
    add(kickoff, "bob")
    await typed(kickoff, "role ml + @bob")
    told = await typed(kickoff, text, who="bob")

    assert told.splitlines()[:4] == [
        "Ready-By: who is who",
        "PM @Ana",
        "ML person @Mei · answers too: @Bob",
        "Product engineer @Raj",
    ]
    assert "To change it: `/align role eng @name`" in told


async def test_what_is_no_role_and_no_product_gets_the_way_to_write_it(kickoff):
    assert (await typed(kickoff, "role boss @ml")).startswith("Write it like `/align role eng @raj`")
    assert (await typed(kickoff, "role eng")).startswith("Write it like `/align role eng @raj`")


async def test_nobody_is_sent_to_somebody_with_a_function_who_has_left(kickoff):
    add(kickoff, "lex", inside=False)
    await typed(kickoff, "role legal @lex")
    assert (await the_project(kickoff)).functions == {"legal": "U_LEX"}
    await gone(kickoff, "lex")

    assert (await the_project(kickoff)).functions == {}
    assert [m.plain for m in thread(kickoff, 0)] == []
