"""A kickoff by command and by form, through the real app: what people see, and what is stored."""

import asyncio
from datetime import date

import pytest

from bot.db.tables import handled, interview, job, person, project
from tests.flow.conftest import KICKOFF
from tests.flow.stored import projects, rows

FORM = {
    "Product name": "Ready-By",
    "What will people be able to do?": "See when food is ready",
    "PM": "pm",
    "ML person": "ml",
    "Product engineer": "eng",
    "Launch date": date(2026, 6, 1),
}


async def nothing_stored(world):
    return [await rows(world, table) for table in (project, interview, person, job, handled)] == [0, 0, 0, 0, 0]


async def open_form(world, who="pm", channel="ready-by"):
    said = await world.slack.commands(who, channel, "/align", "kickoff")
    assert said.view.title == "New kickoff", said.text
    return said


async def test_the_form_asks_what_the_contract_names_and_starts_the_kickoff(world):
    said = await open_form(world)
    assert said.view.labels == list(FORM)

    await world.slack.submits("pm", FORM)
    await world.settle()

    assert [m.plain.splitlines()[0] for m in world.slack.messages("ready-by")] == [
        "Ready-By",
        "PM · Ready-By  @Ana",
        "ML person · Ready-By  @Mei",
        "Product engineer · Ready-By  @Raj",
    ]
    assert "Mon 1 Jun 2026" in world.slack.messages("ready-by")[0].plain
    assert [len(world.slack.messages("ready-by", card)) for card in world.slack.messages("ready-by")[1:]] == [1, 1, 1]


async def test_one_line_starts_at_once_and_says_what_comes_next(world):
    said = await world.slack.commands("pm", "ready-by", "/align", KICKOFF)

    assert said.text == "Ready-By is started: its card and the first questions come below in a moment."
    (stored,) = await projects(world)
    assert (stored.name, stored.summary, stored.launch) == ("Ready-By", "See when food is ready", date(2026, 6, 1))


async def test_mentions_picked_from_the_list_are_understood_as_slack_escapes_them(world):
    await world.slack.commands("pm", "ready-by", "/align", "kickoff “Ready-By” pm:@pm ml:@ml eng: @eng")

    (stored,) = await projects(world)
    assert stored.name == "Ready-By"
    assert [stored.owner(role) for role in stored.interviews] == ["U_PM", "U_ML", "U_ENG"]


async def test_a_kickoff_works_in_a_private_channel(world):
    world.slack.add_channel("secret", id="C_SECRET", members=["pm", "ml", "eng"], private=True)
    await world.slack.commands("pm", "secret", "/align", KICKOFF)
    await world.settle()

    assert len(world.slack.messages("secret")) == 4
    assert (await projects(world, "C_SECRET"))[0].private


async def test_one_person_may_speak_for_two_roles_in_two_threads(world):
    await world.slack.commands("pm", "ready-by", "/align", "kickoff Ready-By pm:@pm ml:@ml eng:@ml")
    await world.settle()

    _, _, ml, eng = world.slack.messages("ready-by")
    assert "@Mei" in ml.plain
    assert "@Mei" in eng.plain
    assert [len(world.slack.messages("ready-by", card)) for card in (ml, eng)] == [1, 1]


async def test_a_role_without_a_person_is_a_gap_that_says_how_it_is_filled(world):
    said = await world.slack.commands("pm", "ready-by", "/align", "kickoff Ready-By pm:@pm ml:@ml")
    await world.settle()

    assert said.text.endswith("Nobody yet as the product engineer: `/align role eng @name` names somebody.")
    top, *_, eng = world.slack.messages("ready-by")
    assert "Product engineer  Nobody yet: `/align role eng @name`" in top.plain
    assert "Nobody yet. `/align role eng @name` names one, and the questions start here." in eng.plain
    assert world.slack.messages("ready-by", eng) == []


async def test_who_is_not_in_the_channel_is_asked_by_direct_message(world):
    world.slack.add_channel("other", id="C_OTHER", members=["pm", "ml"])
    said = await world.slack.commands("pm", "other", "/align", KICKOFF)
    await world.settle()

    assert "Not in this channel yet: @Raj. I ask by direct message until you `/invite` them." in said.text
    card = world.slack.messages("other")[-1]
    assert (
        "@Raj is not in this channel yet: `/invite` @Raj; until then the questions go by direct message." in card.plain
    )
    assert world.slack.messages("other", card) == []
    intro, question = world.slack.dm("eng")
    assert intro.plain.startswith("👋 You are the product engineer of Ready-By")
    assert question.thread_ts == intro.ts


async def test_who_joins_the_channel_goes_on_in_the_thread(world):
    world.slack.add_channel("other", id="C_OTHER", members=["pm", "ml"])
    await world.slack.commands("pm", "other", "/align", KICKOFF)
    await world.settle()
    await world.slack.invites("pm", "other", "eng")
    await world.settle()

    top, *_, card = world.slack.messages("other")[:4]
    assert "not in this channel yet" not in card.plain
    assert "direct message" not in top.plain
    (question,) = world.slack.messages("other", card)
    assert "@Raj" in question.plain
    assert (
        world.slack.dm("eng")[-1].plain == "You are in #other now, so the questions go on there, in your card's thread."
    )


async def test_a_second_product_in_the_same_channel_is_a_kickoff_of_its_own(kickoff):
    await kickoff.slack.commands("pm", "ready-by", "/align", "kickoff Route Guess pm:@pm ml:@ml eng:@eng")
    await kickoff.settle()

    assert [p.name for p in await projects(kickoff)] == ["Ready-By", "Route Guess"]
    assert len(kickoff.slack.messages("ready-by")) == 8


@pytest.mark.parametrize("again", ["ready-by", "READY BY", " “Ready-By” ", "Ready_By"])
async def test_the_same_product_started_again_is_the_kickoff_that_runs(kickoff, again):
    said = await kickoff.slack.commands("ml", "ready-by", "/align", f"kickoff {again} pm:@ml ml:@ml eng:@ml")
    await kickoff.settle()

    assert said.text == "Ready-By is being kicked off here already. `/align status` shows where it stands."
    assert len(await projects(kickoff)) == 1
    assert len(kickoff.slack.messages("ready-by")) == 4


async def test_the_form_says_that_it_runs_already_where_the_name_stands(kickoff):
    await open_form(kickoff, "ml")
    said = await kickoff.slack.submits("ml", FORM, expect_errors=True)

    assert said.errors == {
        "Product name": "Ready-By is being kicked off here already. /align status shows where it stands."
    }


async def test_four_people_who_start_the_same_at_once_start_one_kickoff(world):
    world.slack.add_user("lead", id="U_LEAD", name="Lin")
    await world.slack.joins("lead", "ready-by")
    await asyncio.gather(
        *(world.slack.commands(who, "ready-by", "/align", KICKOFF) for who in ("pm", "ml", "eng", "lead"))
    )
    await world.settle()

    assert len(await projects(world)) == 1
    assert len([m for m in world.slack.messages("ready-by") if m.by_bot]) == 4


async def test_form_and_command_at_once_are_one_kickoff(world):
    await open_form(world)
    await asyncio.gather(
        world.slack.submits("pm", FORM, expect_errors=True),
        world.slack.commands("ml", "ready-by", "/align", KICKOFF),
    )
    await world.settle()

    assert len(await projects(world)) == 1
    assert len(world.slack.messages("ready-by")) == 4


@pytest.mark.parametrize("by_form", [False, True])
async def test_a_redelivered_kickoff_counts_once(world, by_form):
    if by_form:
        await open_form(world)
        await world.slack.submits("pm", FORM)
    else:
        await world.slack.commands("pm", "ready-by", "/align", KICKOFF)
    delivery = next(d for d in reversed(world.slack.deliveries) if d.kind != "events_api")
    assert await world.slack.redeliver(delivery.id, times=4, at_once=True) == [200] * 4
    await world.settle()

    assert len(await projects(world)) == 1
    assert len(world.slack.messages("ready-by")) == 4


async def test_a_name_is_free_again_once_its_kickoff_is_closed(kickoff):
    await kickoff.slack.commands("pm", "ready-by", "/align", "close")
    said = await kickoff.slack.commands("pm", "ready-by", "/align", KICKOFF)

    assert "is started" in said.text
    assert [p.open for p in await projects(kickoff)] == [False, True]
