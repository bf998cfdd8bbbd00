"""What happens to a channel and to people: nothing is lost, and nobody is written to who cannot read it."""

from datetime import UTC, datetime

import pytest

from bot.domain.bank import Role
from tests.flow.conftest import KICKOFF
from tests.flow.stored import answered, the_project

TUESDAY_NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
NEXT_WEDNESDAY = datetime(2026, 3, 18, 12, tzinfo=UTC)
BACK = "I'm back in this channel. Nothing was lost; the interviews go on in their threads."


def posts(world, where="ready-by"):
    return [m for m in world.slack.messages(where) if m.by_bot]


def digests(world, where="ready-by"):
    return [m for m in posts(world, where) if "days to launch" in m.plain]


def thread(world, n, where="ready-by"):
    return world.slack.messages(where, posts(world, where)[n])


async def away_and_back(world, away, back, where):
    """Pings and digests stop while the bot cannot post, and go on afterwards."""
    before = {who: len(world.slack.dm(who)) for who in ("pm", "ml", "eng")}
    await away()
    await world.move_to(TUESDAY_NOON)
    assert digests(world, where) == []
    assert {who: len(world.slack.dm(who)) for who in before} == before
    await back()
    await world.settle()
    await world.move_to(NEXT_WEDNESDAY)
    assert [m.plain for m in thread(world, 0, where)] == [BACK]
    assert len(digests(world, where)) == 1
    assert all(len(world.slack.dm(who)) > before[who] for who in ("ml", "eng"))


@pytest.mark.parametrize("private_channel", [False, True])
async def test_the_bot_removed_and_invited_again_goes_on_where_it_stood(world, private_channel):
    where = "secret" if private_channel else "ready-by"
    if private_channel:
        world.slack.add_channel("secret", id="C_SECRET", members=["pm", "ml", "eng"], private=True)
    await world.slack.commands("pm", where, "/align", KICKOFF)
    await world.settle()
    await away_and_back(world, lambda: world.slack.kicks("pm", where), lambda: world.slack.invites("pm", where), where)


async def test_an_archived_channel_rests_and_goes_on_when_it_is_unarchived(kickoff):
    slack = kickoff.slack
    await away_and_back(
        kickoff, lambda: slack.archives("pm", "ready-by"), lambda: slack.unarchives("pm", "ready-by"), "ready-by"
    )


async def test_a_channel_unarchived_without_the_bot_waits_for_the_invitation(kickoff):
    await kickoff.slack.archives("pm", "ready-by")
    kickoff.slack.world.workspace.channel("ready-by").members.remove(kickoff.slack.world.workspace.bot.id)
    kickoff.slack.world.workspace.channel("ready-by").archived = False
    await kickoff.slack.invites("pm", "ready-by")
    await kickoff.settle()

    assert (await the_project(kickoff)).reachable
    assert [m.plain for m in thread(kickoff, 0)] == [BACK]


async def test_a_question_that_could_not_be_posted_is_asked_on_return(kickoff):
    said = await kickoff.slack.commands("ml", "ready-by", "/align", "questions")
    await kickoff.slack.kicks("pm", "ready-by")
    clicked = await kickoff.slack.clicks("ml", said.responses[0], "Answer", nth=0)
    await kickoff.slack.submits("ml", {clicked.view.inputs[0].label: clicked.view.inputs[0].options[0]})
    await kickoff.settle()
    assert len(thread(kickoff, 2)) == 1

    await kickoff.slack.invites("pm", "ready-by")
    await kickoff.settle()
    assert "Question 2 of" in thread(kickoff, 2)[-1].plain
    assert "1 of 12 answered" in posts(kickoff)[2].plain


async def test_a_kickoff_that_was_started_just_before_the_bot_was_removed_appears_on_return(world):
    await world.slack.commands("pm", "ready-by", "/align", KICKOFF)
    await world.slack.kicks("pm", "ready-by")
    await world.settle()
    assert posts(world) == []

    await world.slack.invites("pm", "ready-by")
    await world.settle()
    assert len(posts(world)) == 4
    assert [len(thread(world, n)) for n in range(4)] == [1, 1, 1, 1]


async def test_a_bot_removed_and_back_before_anything_was_posted_posts_each_card_once(world):
    await world.slack.commands("pm", "ready-by", "/align", KICKOFF)
    await world.slack.kicks("pm", "ready-by")
    await world.slack.invites("pm", "ready-by")
    await world.settle()

    assert len(posts(world)) == 4
    assert [m.plain for m in thread(world, 0)] == [BACK]
    assert [len(thread(world, n)) for n in (1, 2, 3)] == [1, 1, 1]


async def test_the_same_return_delivered_again_is_said_once(kickoff):
    await kickoff.slack.kicks("pm", "ready-by")
    await kickoff.slack.invites("pm", "ready-by")
    await kickoff.settle()
    joined = next(d for d in reversed(kickoff.slack.deliveries) if d.type == "member_joined_channel")
    await kickoff.slack.redeliver(joined.id, times=4, at_once=True)
    await kickoff.settle()

    assert [m.plain for m in thread(kickoff, 0)] == [BACK]


async def test_a_deleted_channel_is_left_alone(kickoff):
    await kickoff.slack.deletes_channel("pm", "ready-by")
    calls = len(kickoff.slack.calls)
    await kickoff.move_to(NEXT_WEDNESDAY)

    assert not (await the_project(kickoff)).reachable
    assert len(kickoff.slack.calls) == calls


async def test_a_renamed_channel_changes_nothing(kickoff):
    before = await the_project(kickoff)
    await kickoff.slack.renames("pm", "ready-by", "food-ready")
    await kickoff.settle()
    assert await the_project(kickoff, before.channel) == before

    await kickoff.move_to(TUESDAY_NOON)
    assert len(digests(kickoff, "food-ready")) == 2


async def test_everything_moves_along_with_a_channels_new_id(kickoff):
    await kickoff.slack.changes_id("ready-by", "C_SHARED")
    await kickoff.slack.says("ml", "ready-by", "proven here", thread=posts(kickoff)[2])
    await kickoff.settle()
    await kickoff.move_to(TUESDAY_NOON)

    project = await the_project(kickoff, "C_SHARED")
    assert project.answers["ml.feasibility"].value == "proven_here"
    assert "Question 2 of" in thread(kickoff, 2)[-1].plain
    assert len(digests(kickoff)) == 2
    assert (await kickoff.slack.commands("pm", "ready-by", "/align")).text.startswith("Ready-By ·")


async def test_a_deactivated_persons_role_is_vacant_and_the_starter_is_told_once(kickoff):
    await kickoff.slack.deactivates("eng")
    change = next(d for d in reversed(kickoff.slack.deliveries) if d.type == "user_change")
    await kickoff.slack.redeliver(change.id, times=4, at_once=True)
    await kickoff.settle()

    assert [m.plain for m in thread(kickoff, 0)] == [
        "@Ana, @Raj's account was deactivated, so the product engineer of this kickoff is missing now. "
        "Everything said stays, and nobody is reminded in their place. `/align role eng @name` names somebody. "
        "The questions go on where they stopped."
    ]
    assert "Product engineer  Nobody yet: `/align role eng @name`" in posts(kickoff)[0].plain
    assert "Nobody yet." in posts(kickoff)[3].plain
    status = await kickoff.slack.commands("pm", "ready-by", "/align")
    assert "Engineer: nobody yet, `/align role eng @name`" in status.text
    await kickoff.move_to(TUESDAY_NOON)
    assert kickoff.slack.dm("eng") == []


async def test_a_deactivated_contributor_leaves_quietly_and_what_was_handed_to_them_comes_back(kickoff):
    kickoff.slack.add_user("bob", id="U_BOB", name="Bob")
    (question,) = thread(kickoff, 2)
    await kickoff.slack.clicks("ml", question, "Hand over")
    await kickoff.slack.submits("ml", {"Who can answer this?": "bob"})
    await kickoff.settle()
    await kickoff.slack.deactivates("bob")
    await kickoff.settle()

    project = await the_project(kickoff)
    assert not project.interviews[Role.ML].handed
    assert project.people(Role.ML) == ("U_ML",)
    assert thread(kickoff, 0) == []


@pytest.mark.parametrize(("gone", "told"), [("eng", "Dee"), ("lead", "Ana")])
async def test_the_decider_is_told_and_without_one_the_starter(kickoff, gone, told):
    kickoff.slack.add_user("lead", id="U_LEAD", name="Dee")
    kickoff.slack.world.workspace.channel("ready-by").members.append("U_LEAD")
    await answered(kickoff, {"pm.decider": "U_LEAD"})
    await kickoff.slack.commands("pm", "ready-by", "/align", "role eng @lead" if gone == "lead" else "role eng @eng")
    await kickoff.slack.deactivates(gone)
    await kickoff.settle()

    assert thread(kickoff, 0)[0].plain.startswith(f"@{told}, ")


async def test_nobody_is_kept_of_whom_the_bot_knows_nothing(kickoff):
    kickoff.slack.add_user("bob", id="U_BOB", name="Bob")
    await kickoff.slack.set_tz("bob", "Asia/Tokyo")
    async with kickoff.bot.database.transaction() as uow:
        assert await uow.people.get("T0ACME", "U_BOB") is None


async def test_a_person_who_moves_is_written_to_in_their_new_working_hours(kickoff):
    await kickoff.slack.set_tz("eng", "America/Los_Angeles")
    await kickoff.move_to(datetime(2026, 3, 4, tzinfo=UTC))

    (ping,) = kickoff.slack.dm("eng")
    assert datetime.fromtimestamp(float(ping.ts), UTC).hour >= 17  # 09:30 in Los Angeles


async def test_after_a_rename_the_links_to_the_channel_show_its_new_name(kickoff):
    kickoff.slack.add_user("bob", id="U_BOB", name="Bob")
    await kickoff.slack.renames("pm", "ready-by", "food-ready")
    await kickoff.slack.commands("pm", "food-ready", "/align", "role eng @bob")
    await kickoff.settle()

    assert "You are not in #food-ready yet" in kickoff.slack.dm("bob")[0].plain
    assert thread(kickoff, 0, "food-ready") == []


@pytest.mark.parametrize("shared", [True, False])
async def test_a_channel_that_becomes_private_says_once_who_reads_it_now(kickoff, shared):
    if shared:
        await kickoff.slack.commands("pm", "ready-by", "/align", "digest share on")
    await kickoff.slack.converts("pm", "ready-by", private=True)
    await kickoff.settle()

    leads = ", and the leads' weekly digest tells of it no more" if shared else ""
    assert [m.plain for m in thread(kickoff, 0)] == [
        f"This channel is private now: only its members read what is said here{leads}."
    ]
    assert not (await the_project(kickoff)).shared
    await kickoff.slack.converts("pm", "ready-by", private=False)
    await kickoff.settle()
    assert [m.plain for m in thread(kickoff, 0)][1:] == [
        "This channel is public now: everybody in this workspace can read what is said in these threads."
    ]


async def test_a_channel_shared_with_another_company_says_who_reads_it_and_when_that_ends(kickoff):
    await kickoff.slack.shares("pm", "ready-by")
    shared = next(d for d in reversed(kickoff.slack.deliveries) if d.type == "channel_shared")
    await kickoff.slack.redeliver(shared.id, times=3, at_once=True)
    await kickoff.slack.shares("pm", "ready-by", shared=False)
    await kickoff.settle()

    assert [m.plain for m in thread(kickoff, 0)] == [
        "This channel is shared with another company now: its people can read these threads. "
        "I go on asking only the people named here.",
        "This channel isn't shared with another company any more: only people of ours read it.",
    ]


async def test_a_closed_kickoff_says_nothing_about_its_channel_any_more(kickoff):
    await kickoff.slack.commands("pm", "ready-by", "/align", "close")
    await kickoff.settle()
    before = len(thread(kickoff, 0))
    await kickoff.slack.converts("pm", "ready-by", private=True)
    await kickoff.slack.shares("pm", "ready-by")
    await kickoff.slack.leaves("eng", "ready-by")
    await kickoff.settle()

    assert len(thread(kickoff, 0)) == before
    assert (await the_project(kickoff)).private


async def test_a_kickoff_whose_channel_is_gone_is_marked_at_home_and_nobody_is_reminded(kickoff):
    await kickoff.slack.deletes_channel("pm", "ready-by")
    await kickoff.move_to(NEXT_WEDNESDAY)
    await kickoff.slack.opens_home("pm")

    assert "I can't write in its channel any more" in kickoff.slack.home_of("pm").plain
    assert [len(kickoff.slack.dm(who)) for who in ("pm", "ml", "eng")] == [0, 0, 0]
