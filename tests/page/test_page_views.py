"""What each person sees is their own: whispers, channels, closed answers; and what they do with their own messages."""

import re

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.sandbox.demo.cast import ANA, KICKOFF

from .conftest import Arrives, Site

pytestmark = pytest.mark.asyncio(loop_scope="module")
DECISION = "The order screen shows guests a ready-time"
CHANGED = "Couriers leave when the food is ready"


@pytest_asyncio.fixture(loop_scope="module")
async def begun(empty: Site) -> Site:
    """A kickoff of which nobody has answered anything."""
    async with empty.behind() as stage:
        await stage.types("ana", KICKOFF)
    return empty


async def test_time_brings_a_reminder_and_a_digest(begun: Site, page_of: Arrives):
    raj = await page_of(begun, "raj")
    clock = raj.page.get_by_role("group", name="Clock")
    await expect(raj.place("Alignbot")).to_have_accessible_name(re.compile("Alignbot$"))
    await raj.clicks("Next morning", clock)
    await expect(clock).to_contain_text("Tue 3 Mar, 09:35")
    await expect(raj.place("Alignbot")).to_have_accessible_name(re.compile("1 mention$"))

    await raj.place("Alignbot").click()
    await raj.sees("waiting 1 working day")
    await expect(raj.place("Alignbot")).to_have_accessible_name(re.compile("Alignbot$"))

    await raj.goes_to("ready-by")
    await expect(raj.message("Not enough known")).to_have_count(0)
    await raj.clicks("+1 week", clock)
    await expect(clock).to_contain_text("Tue 10 Mar, 09:35")
    await raj.sees("Not enough known")


async def test_a_whisper_is_only_in_its_readers_page(begun: Site, page_of: Arrives):
    ana, mei = await page_of(begun, "ana"), await page_of(begun, "mei")
    await ana.says("/align help")
    whisper = ana.message("Only visible to you")
    await expect(whisper).to_contain_text("/align brief")
    await ana.says("Who is here?")
    await mei.sees("Who is here?")
    assert not await mei.holds("/align brief")

    await whisper.hover()
    await ana.clicks("Dismiss", whisper)
    await expect(ana.talk.get_by_text("/align brief")).to_have_count(0)


async def test_an_outsider_reads_a_channel_once_they_are_in_it(begun: Site, page_of: Arrives):
    otto = await page_of(begun, "otto")
    await expect(otto.place("leads")).to_have_count(0)
    await otto.goes_to("ready-by")
    await otto.sees("You are not in #ready-by.")
    assert not await otto.holds("Started by")
    await otto.clicks("Join", otto.talk)
    await otto.sees("Started by @Ana")
    await otto.opens_thread(otto.message("PM · Ready-By"))
    await otto.clicks("Answer", otto.thread)
    await otto.sees("This question is for", otto.message("Only visible to you", otto.thread))
    await expect(otto.form).to_have_count(0)


async def test_a_closed_answer_reaches_no_other_page(begun: Site, page_of: Arrives):
    async with begun.behind() as stage:
        await stage.interview("ana", ANA, until="pm.response_time")
    ana, mei, raj = [await page_of(begun, who) for who in ("ana", "mei", "raj")]
    for person in (ana, mei, raj):
        await person.opens_thread(person.message("PM · Ready-By"))
    await ana.clicks("Answer", ana.message("Question 9 of 12", ana.thread))
    await ana.submits({"Longest useful wait": ("437", "milliseconds")})
    for person in (ana, mei, raj):
        await person.sees("Answered, shown when", person.message("Longest useful wait", person.thread))
        assert not await person.holds("437 ms")


async def test_whoever_becomes_somebody_else_sees_with_their_eyes(begun: Site, page_of: Arrives):
    person = await page_of(begun, "ana")
    await person.says("/align help")
    await person.sees("Only visible to you")
    await person.becomes("mei")
    await person.sees("Started by @Ana")
    await expect(person.talk.get_by_text("Only visible to you")).to_have_count(0)
    await expect(person.place("leads")).to_have_count(0)
    await person.becomes("ana")
    await person.sees("Only visible to you")


async def test_editing_and_deleting_ones_message_changes_and_withdraws_the_answer(begun: Site, page_of: Arrives):
    ana, mei = await page_of(begun, "ana"), await page_of(begun, "mei")
    for person in (ana, mei):
        await person.opens_thread(person.message("PM · Ready-By"))
    await ana.says(DECISION, ana.thread)
    for person in (ana, mei):
        await person.sees(DECISION, person.message("Who acts on it", person.thread))

    await ana.chooses("Edit message", ana.message(DECISION, ana.thread))
    await ana.thread.get_by_label("Edit message").fill(CHANGED)
    await ana.clicks("Save", ana.thread)
    for person in (ana, mei):
        await person.sees("(edited)", person.message(CHANGED, person.thread))
        await person.sees(CHANGED, person.message("Who acts on it", person.thread))

    await ana.chooses("Delete message", ana.message(CHANGED, ana.thread))
    await ana.clicks("Delete", ana.form)
    for person in (ana, mei):
        await expect(person.thread.get_by_text(CHANGED)).to_have_count(0)
        await person.sees("0 of 12 answered", person.thread)


async def test_a_reaction_is_put_under_a_message_and_taken_back(begun: Site, page_of: Arrives):
    ana, mei = await page_of(begun, "ana"), await page_of(begun, "mei")
    await ana.says("We call the model from the order service.")
    said = mei.message("We call the model")
    await said.hover()
    await mei.clicks("React", said)
    await mei.page.get_by_role("menuitem").first.click()
    mine = said.get_by_role("button", name="1 by Mei")
    await expect(mine).to_have_attribute("aria-pressed", "true")
    theirs = ana.message("We call the model").get_by_role("button", name="1 by Mei")
    await expect(theirs).to_have_attribute("aria-pressed", "false")
    await mine.click()
    await expect(theirs).to_have_count(0)


async def test_a_decision_is_logged_from_the_menu_of_a_message(begun: Site, page_of: Arrives):
    raj, ana = await page_of(begun, "raj"), await page_of(begun, "ana")
    await raj.says("We call the model from the order service.")
    await raj.chooses("Log decision", raj.message("We call the model"))
    await raj.submits({"Why?": "one team owns that service", "About": "where the model runs"}, "Log it")
    await ana.opens_thread(ana.message("Started by @Ana"))
    decision = ana.message("Decision #1 · where the model runs", ana.thread)
    await expect(decision).to_contain_text("Why one team owns that service")
