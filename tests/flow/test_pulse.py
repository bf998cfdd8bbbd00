"""The pulse in Slack: asked in the one message of the day, marked blind, shown by role in the kickoff's thread."""

from datetime import timedelta

import pytest

from bot.sandbox.demo.world import World

MARKS = {"pm": "4", "ml": "4", "eng": "2"}


async def project(world: World):
    async with world.bot.database.transaction() as uow:
        return await uow.projects.get(1)


async def start(world: World):
    said = await world.slack.commands("pm", "ready-by", "/align", "pulse now")
    assert "The pulse of Ready-By is open" in said.text


async def marks_all(world: World, who: str, mark: str, where=None):
    """Marks each statement in the message that asks."""
    message = where or world.slack.dm(who)[-1]
    for n in range(4):
        await world.slack.clicks(who, message, mark, nth=n)
        await world.settle()


def threads(world: World):
    card = world.slack.messages("ready-by")[0]
    return [m.plain for m in world.slack.messages("ready-by", thread=card.ts)]


async def at_noon(world: World, days: int = 1):
    await world.move_to((world.clock() + timedelta(days=days)).replace(hour=11, minute=0))


async def test_everybody_answers_before_anybody_sees_and_then_by_role(kickoff: World):
    await start(kickoff)
    await at_noon(kickoff)
    for who in ("pm", "ml"):
        assert "Pulse for Ready-By" in kickoff.slack.dm(who)[-1].plain
        await marks_all(kickoff, who, MARKS[who])
    assert not any("by role" in said for said in threads(kickoff))

    await marks_all(kickoff, "eng", MARKS["eng"])
    [result] = [said for said in threads(kickoff) if "by role" in said]
    assert "PM 4 · ML 4 · Engineer 2 (2 apart)" in result
    assert "@Raj, you marked the first one lowest: say why" in result


async def test_a_mark_shows_at_once_to_the_one_who_made_it(kickoff: World):
    await start(kickoff)
    await at_noon(kickoff)
    message = kickoff.slack.dm("pm")[-1]
    await kickoff.slack.clicks("pm", message, "5", nth=0)
    await kickoff.settle()
    assert kickoff.slack.message(message).plain.count("you say 5") == 1

    await marks_all(kickoff, "pm", "3", message)
    assert "Pulse done, thank you" in kickoff.slack.message(message).plain


async def test_a_split_becomes_a_finding_and_lowers_nothing_else(kickoff: World):
    await start(kickoff)
    await at_noon(kickoff)
    for who, mark in {"pm": "5", "ml": "5", "eng": "1"}.items():
        await marks_all(kickoff, who, mark)
    assert {key for key in (await project(kickoff)).followed if key.startswith("pulse_")} >= {"pulse_split"}


async def test_it_is_marked_on_the_home_tab_too(kickoff: World):
    await start(kickoff)
    await kickoff.slack.opens_home("eng")
    await kickoff.slack.clicks("eng", kickoff.slack.home_of("eng"), "can't say", nth=0)
    await kickoff.settle()
    assert "you say can't say" in kickoff.slack.home_of("eng").plain


async def test_it_is_marked_in_the_answer_to_the_command_which_is_drawn_anew(kickoff: World):
    await start(kickoff)
    said = await kickoff.slack.commands("ml", "ready-by", "/align", "pulse")
    assert "Nobody sees a mark before all have answered" in said.text
    await marks_all(kickoff, "ml", "4", kickoff.slack.ephemerals("ml")[-1])
    assert (await project(kickoff)).pulses[-1].answered("ml")


async def test_it_comes_every_two_weeks_by_itself_and_closes_after_three_working_days(kickoff: World):
    before = await project(kickoff)
    await kickoff.move_to(before.started_at + timedelta(days=14, hours=4))
    [pulse] = (await project(kickoff)).pulses
    assert f"{pulse.opened_at:%a %d %H:%M}" == "Mon 16 08:00"
    await marks_all(kickoff, "pm", "4", next(m for m in reversed(kickoff.slack.dm("pm")) if "Pulse for" in m.plain))

    await kickoff.move_to(pulse.closes_at + timedelta(minutes=2))
    [result] = [said for said in threads(kickoff) if "by role" in said]
    assert "Not in this time: the ML person and the product engineer." in result


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("pulse", "has had no pulse yet. The next pulse opens on"),
        ("pulse off", "The pulse is off."),
        ("pulse weekly", "The next pulse opens on"),
    ],
)
async def test_the_command_says_when_the_next_one_comes(kickoff: World, typed: str, says: str):
    assert says in (await kickoff.slack.commands("pm", "ready-by", "/align", typed)).text


async def test_a_second_round_and_a_stranger_are_refused(kickoff: World):
    await start(kickoff)
    assert "running already" in (await kickoff.slack.commands("pm", "ready-by", "/align", "pulse now")).text
    kickoff.slack.add_user("lea", id="U_LEA", name="Lea", tz="Europe/Oslo")
    await kickoff.slack.joins("lea", "ready-by")
    assert (
        "Only the people of Ready-By" in (await kickoff.slack.commands("lea", "ready-by", "/align", "pulse now")).text
    )
    assert "0 of 3 roles have answered" in (await kickoff.slack.commands("lea", "ready-by", "/align", "pulse")).text
