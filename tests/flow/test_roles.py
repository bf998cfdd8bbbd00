"""Who speaks for a role changes: filled later, handed on, joined, left; the interview goes on where it stood."""

import pytest

from bot.domain.bank import Role
from bot.domain.project import Part
from tests.flow.conftest import KICKOFF
from tests.flow.stored import the_project


@pytest.fixture
async def without_eng(world):
    await world.slack.commands("pm", "ready-by", "/align", "kickoff Ready-By pm:@pm ml:@ml")
    await world.settle()
    return world


def add_bob(world, inside=True):
    world.slack.add_user("bob", id="U_BOB", name="Bob", tz="Europe/Berlin")
    if inside:
        world.slack.world.workspace.channel("ready-by").members.append("U_BOB")


async def typed(world, text, who="pm"):
    said = await world.slack.commands(who, "ready-by", "/align", text)
    await world.settle()
    return said.text


def card(world, n):
    return world.slack.messages("ready-by")[n]


async def parts(world, role=Role.ENG):
    return {m.user: m.part for m in (await the_project(world)).members if m.role is role}


async def test_an_empty_role_is_filled_later_and_the_questions_start(without_eng):
    assert await typed(without_eng, "role eng @eng") == "@Raj is the product engineer of Ready-By."

    (question,) = without_eng.slack.messages("ready-by", card(without_eng, 3))
    assert "Question 1 of" in question.plain
    assert "@Raj" in question.plain
    assert "Product engineer  @Raj · 0 of" in card(without_eng, 0).plain
    assert "@Raj" in card(without_eng, 3).plain


async def test_an_empty_role_filled_by_somebody_outside_begins_in_direct_messages(without_eng):
    add_bob(without_eng, inside=False)
    said = await typed(without_eng, "role eng @bob")

    assert said == (
        "@Bob is the product engineer of Ready-By. "
        "They are not in this channel yet: I ask by direct message until you `/invite` them."
    )
    assert "`/invite` @Bob" in card(without_eng, 3).plain
    assert len(without_eng.slack.dm("bob")) == 2


async def test_contributors_answer_too_and_backups_are_next_in_line(kickoff):
    add_bob(kickoff)
    kickoff.slack.add_user("sue", id="U_SUE", name="Sue")
    assert await typed(kickoff, "role ml + @bob") == "@Bob answers too as the ML person of Ready-By."
    assert await typed(kickoff, "role ml backup @sue") == (
        "@Sue is the backup of the ML person of Ready-By. They are not in this channel yet: `/invite` them to see it."
    )

    assert await parts(kickoff, Role.ML) == {"U_ML": Part.OWNER, "U_BOB": Part.CONTRIBUTOR, "U_SUE": Part.BACKUP}
    assert "Also answering: @Bob, @Sue" in card(kickoff, 2).plain
    assert kickoff.slack.dm("sue") == []
    await kickoff.slack.says("bob", "ready-by", "idk", thread=card(kickoff, 2))
    await kickoff.settle()
    assert "ml.feasibility" in (await the_project(kickoff)).answers


async def test_a_role_is_handed_on_and_whoever_had_it_goes_on_answering(kickoff):
    add_bob(kickoff)
    await typed(kickoff, "role eng @bob", who="eng")

    assert await parts(kickoff) == {"U_BOB": Part.OWNER, "U_ENG": Part.CONTRIBUTOR}
    first, handed_on, again = kickoff.slack.messages("ready-by", card(kickoff, 3))
    assert handed_on.plain == "@Bob is the product engineer from now on. Everything said so far stays."
    assert "@Bob Where in the product" in again.plain
    assert first.plain == "Where it runs: see further down."


async def test_a_role_handed_to_somebody_outside_goes_on_in_direct_messages(kickoff):
    add_bob(kickoff, inside=False)
    await typed(kickoff, "role eng @bob")

    intro, question = kickoff.slack.dm("bob")
    assert "You are not in #ready-by yet" in intro.plain
    assert "Question 1 of" in question.plain
    assert len(kickoff.slack.messages("ready-by", card(kickoff, 3))) == 1

    await kickoff.slack.invites("pm", "ready-by", "bob")
    await kickoff.settle()
    assert "Question 1 of" in kickoff.slack.messages("ready-by", card(kickoff, 3))[-1].plain


async def test_an_answer_given_in_direct_messages_counts_after_the_move_into_the_thread(kickoff):
    add_bob(kickoff, inside=False)
    await typed(kickoff, "role ml @bob")
    intro, _ = kickoff.slack.dm("bob")
    reply = await kickoff.slack.says("bob", "dm", "idk", thread=intro)
    await kickoff.settle()
    await kickoff.slack.invites("pm", "ready-by", "bob")
    await kickoff.settle()

    assert "Question 2 of" in kickoff.slack.messages("ready-by", card(kickoff, 2))[-1].plain
    assert "ml.feasibility" in (await the_project(kickoff)).answers
    await kickoff.slack.edits("bob", reply, "proven here")
    await kickoff.settle()
    assert (await the_project(kickoff)).answers["ml.feasibility"].value == "proven_here"


async def test_a_role_is_left_and_shows_the_gap(kickoff):
    said = await typed(kickoff, "role eng - @eng")

    assert said == (
        "@Raj has no part in the product engineer's questions of Ready-By any more. "
        "Nobody answers them now: `/align role eng @name` names somebody."
    )
    assert "Product engineer  Nobody yet" in card(kickoff, 0).plain
    assert "Nobody yet." in card(kickoff, 3).plain
    assert "Engineer: nobody yet" in await typed(kickoff, "status")
    assert await typed(kickoff, "role eng @eng") == "@Raj is the product engineer of Ready-By."
    assert "Question 1 of" in kickoff.slack.messages("ready-by", card(kickoff, 3))[-1].plain


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("role eng @eng", "@Raj is the product engineer already."),
        (
            "role eng + @eng",
            "@Raj is the product engineer and answers already. To change that, name somebody else first",
        ),
        ("role eng backup @eng", "@Raj is the product engineer and answers already."),
        ("role eng - @bob", "@Bob has no part in the product engineer's questions here, so nothing was changed."),
        ("role eng @robot", "robot is an app and can't answer questions."),
        ("role eng @stranger", "stranger belongs to another company's Slack"),
        ("role eng <@U_LEFT>", "left's account is deactivated."),
        ("role eng <@U_NOBODY>", "I can't find the person named as Product engineer in this workspace."),
        ("role eng @nobody", "I can't tell who “@nobody” is. Type @ and pick the person from Slack's list."),
        ("role boss @bob", "Write it like `/align role eng @raj`: the roles are `pm`, `ml` and `eng`."),
        ("role eng", "Write it like `/align role eng @raj`: the roles are `pm`, `ml` and `eng`."),
        ("role eng @bob Route", "I know no “Route” here; the kickoff in this channel is Ready-By."),
    ],
)
async def test_what_cannot_be_gets_one_clear_sentence(kickoff, text, sentence):
    add_bob(kickoff)
    kickoff.slack.add_user("robot", id="U_ROBOT", bot=True)
    kickoff.slack.add_user("stranger", id="U_STRANGE", stranger=True)
    kickoff.slack.add_user("left", id="U_LEFT")
    kickoff.slack.world.workspace.user("left").deleted = True
    before = await the_project(kickoff)

    assert (await typed(kickoff, text)).startswith(sentence)
    assert await the_project(kickoff) == before


async def test_four_deliveries_of_one_command_change_a_role_once(kickoff):
    add_bob(kickoff)
    await kickoff.slack.commands("pm", "ready-by", "/align", "role eng @bob")
    delivery = next(d for d in reversed(kickoff.slack.deliveries) if d.kind == "slash_commands")
    assert await kickoff.slack.redeliver(delivery.id, times=4, at_once=True) == [200] * 4
    await kickoff.settle()

    assert len(kickoff.slack.messages("ready-by", card(kickoff, 3))) == 3


async def test_roles_need_the_project_named_where_a_channel_has_two(kickoff):
    await kickoff.slack.commands("pm", "ready-by", "/align", KICKOFF.replace("Ready-By", "Route Guess"))
    await kickoff.settle()
    add_bob(kickoff)

    assert await typed(kickoff, "role eng @bob") == (
        "Which one? This channel has Ready-By · Route Guess. Type the same again with the name at the end."
    )
    assert await typed(kickoff, "role eng @bob route guess") == "@Bob is the product engineer of Route Guess."


async def test_questions_handed_to_somebody_who_leaves_come_back(kickoff):
    add_bob(kickoff)
    (question,) = kickoff.slack.messages("ready-by", card(kickoff, 2))
    await typed(kickoff, "role ml + @bob")
    await kickoff.slack.clicks("ml", question, "Hand over")
    await kickoff.slack.submits("ml", {"Who can answer this?": "bob"})
    await kickoff.settle()
    assert (await the_project(kickoff)).interviews[Role.ML].handed

    await typed(kickoff, "role ml - @bob")
    assert not (await the_project(kickoff)).interviews[Role.ML].handed
