"""`/align later`: what waits for V2, brought back, done or dropped."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.commitments import Shelf
from bot.domain.project import Change
from bot.sandbox.model import Message
from tests.flow.interviews import VALUES, talks
from tests.flow.stored import answered, the_project
from tests.flow.test_simpler import AVERAGE, AVERAGE_SURVEY, HARD, LATEST, card_thread, click, labels, only

NAME = AVERAGE["name"]


async def later(world, who="pm", text="later") -> Message:
    said = await world.slack.commands(who, "ready-by", "/align", text)
    (whisper,) = said.responses
    assert whisper.ephemeral_to == f"U_{who.upper()}"
    return whisper


@pytest.fixture
async def parked(kickoff):
    await answered(kickoff, {"ml.inputs": HARD["ml.inputs"]})
    await answered(kickoff, {"eng.input_survey": HARD["eng.input_survey"]})
    await click(kickoff, "eng", only(kickoff, "💡"), "Use the simpler one")
    return kickoff


async def test_nothing_waits_at_first(kickoff):
    shown = await later(kickoff)
    assert shown.plain.startswith("Nothing waits for V2 in Ready-By yet.")
    assert labels(shown) == []


async def test_everybody_of_the_channel_sees_what_waits_why_and_until_when(parked):
    parked.slack.add_user("other", id="U_OTHER", name="Ola")
    parked.slack.world.workspace.channel("ready-by").members.append("U_OTHER")
    shown = await later(parked, "other")

    assert shown.plain.splitlines()[:5] == [
        "For V2 of Ready-By: 1 item waiting",
        f"{NAME} instead of {LATEST}",
        "Gain: not measured · cost: 4-8 weeks · 2-7 weeks saved in the first version",
        "Revisit when: the first version has been live for 2 weeks and the PM's number is measured · @Mei · "
        "since Mon 2 Mar 2026",
        "Why it waits: a value over time to build from a stream of events, to be built so that it is never older "
        "than a minute",
    ]
    assert labels(shown) == ["Revive", "Done", "Drop"]
    assert "⏰" not in shown.plain


async def test_revived_it_is_back_on_both_lists_beside_the_simpler_one(parked):
    shown = await later(parked, "ml")
    await click(parked, "ml", shown, "Revive")

    project = await the_project(parked)
    assert [row["name"] for row in project.answers["ml.inputs"].value] == ["home zip code", LATEST, NAME]
    assert project.answers["ml.inputs"].value[2] == AVERAGE
    assert project.answers["eng.input_survey"].value[2] == AVERAGE_SURVEY
    assert project.settled("eng.input_survey")
    assert (project.answers["eng.input_survey"].by, project.later[0].status) == ("U_ENG", Shelf.REVIVED)
    assert only(parked, "♻️").plain.startswith(f"♻️ @Mei brought “{NAME}” back")
    assert parked.slack.message(shown).plain.startswith("For V2 of Ready-By: nothing waiting"), "the list shows it"
    assert len([m for m in card_thread(parked) if "💡" in m.plain]) == 0, "it is back on purpose"


async def test_what_the_engineer_never_saw_is_surveyed_once_it_is_back(parked):
    async with parked.bot.database.transaction() as uow:
        project = await uow.projects.get(1)
        (entry,) = project.later
        await uow.projects.save(project, Change(replace(project, later=(replace(entry, surveyed={}),))))
    await click(parked, "eng", await later(parked, "eng"), "Revive")

    project = await the_project(parked)
    assert project.state("eng.input_survey") == "unanswered"
    _, _, eng = talks(parked)
    assert NAME in (await eng.shows("eng.input_survey")).plain


async def test_what_is_on_the_list_already_is_not_brought_back(parked):
    now = (await the_project(parked)).answers["ml.inputs"].value
    await answered(parked, {"ml.inputs": [*now, {**VALUES["ml.inputs"][0], "name": NAME.upper()}]})
    said = await click(parked, "ml", await later(parked, "ml"), "Revive")

    assert "is on the list of inputs already" in said.text
    assert (await the_project(parked)).later[0].status is Shelf.WAITING


@pytest.mark.parametrize(
    ("label", "shelf", "shown"), [("Done", Shelf.DONE, "✅ done"), ("Drop", Shelf.DROPPED, "➖ dropped")]
)
async def test_an_entry_is_settled_and_an_old_button_says_so(parked, label, shelf, shown):
    whisper = await later(parked, "pm")
    await click(parked, "pm", whisper, label)

    assert (await the_project(parked)).later[0].status is shelf
    assert shown in parked.slack.message(whisper).plain
    for old in ("Revive", "Done", "Drop"):
        assert "already. " in (await click(parked, "pm", whisper, old, stale=True)).text
    assert labels(await later(parked)) == []


@pytest.mark.parametrize("label", ["Revive", "Done", "Drop"])
async def test_only_the_people_of_the_project_decide_about_it(parked, label):
    parked.slack.add_user("other", id="U_OTHER", name="Ola")
    parked.slack.world.workspace.channel("ready-by").members.append("U_OTHER")
    said = await click(parked, "other", await later(parked, "other"), label)

    assert said.text.startswith("Only the people of Ready-By can ")
    assert (await the_project(parked)).later[0].status is Shelf.WAITING


@pytest.mark.parametrize("label", ["Revive", "Done", "Drop"])
async def test_the_list_of_a_closed_kickoff_stays_as_it_is(parked, label):
    shown = await later(parked)
    await parked.slack.commands("pm", "ready-by", "/align", "close")
    await parked.settle()
    assert "is closed, so its list for V2 stays" in (await click(parked, "pm", shown, label)).text


async def test_two_weeks_after_going_live_with_the_number_on_a_board_it_is_ready(parked):
    await answered(parked, {id: VALUES[id] for id in ("pm.measure_how", "eng.monitoring")})
    await parked.slack.commands("pm", "ready-by", "/align", "launched 2026-03-02")
    await parked.settle()
    assert "⏰" not in (await later(parked)).plain
    await parked.move_to(datetime(2026, 3, 17, 9, tzinfo=UTC))

    assert f"⏰ ready to revisit · {NAME}" in (await later(parked)).plain
