"""A kickoff on the page, from the command to the last question, by clicking and typing alone."""

import pytest
from playwright.async_api import Locator, expect

from bot.packs.loader import load_bank
from bot.sandbox.demo.cast import ANA, KICKOFF, MEI, RAJ, Answer, DoesNotKnow, Fills, Lines, Picks, Says

from .conftest import Arrives, Site
from .people import Person

pytestmark = pytest.mark.asyncio(loop_scope="module")
BANK = load_bank()
UNSURE = {"pm.error_cost": DoesNotKnow(asks="Mei (the ML person)")}
READABLE = "Can production read it today?"
LAST = "that was the last question"


def asked(person: Person, question: str) -> Locator:
    """The message in the thread that asks it, by the end of its words: the beginning may name what others said."""
    return person.message(BANK[question].ask[-40:], person.thread)


async def answers(person: Person, question: str, answer: Answer) -> None:
    here = asked(person, question)
    await expect(here.get_by_role("button", name="I don't know")).to_be_visible()
    match answer:
        case Says(text) | Lines(text):
            await person.says(text, person.thread)
        case Picks(label):
            choices = here.get_by_role("radiogroup", name=BANK[question].ask[:40])
            await choices.get_by_label(label).click()
        case Fills(values):
            await person.clicks("Answer", here)
            await person.submits(values)
        case DoesNotKnow(asks):
            await person.clicks("I don't know", here)
            record = person.message(BANK[question].title, person.thread)
            await record.get_by_label("Someone who may know").select_option(label=asks)
            await expect(record).to_contain_text("@Mei is asked")


async def test_a_kickoff_is_started_by_its_form_and_the_pm_is_heard(empty: Site, page_of: Arrives):
    ana = await page_of(empty, "ana")
    box = ana.talk.get_by_role("textbox", name="Message #ready-by")
    await box.press_sequentially("/al")
    await box.press("Tab")
    await box.press_sequentially("kick")
    await box.press("Enter")
    await expect(box).to_have_value("/align kickoff ")
    await box.press("Enter")

    await ana.fills({"PM": "ana", "ML person": "mei", "Product engineer": "raj", "Launch date": "2026-01-01"})
    await ana.clicks("Start", ana.form)
    await ana.is_wrong("Product name", "Please fill this in.")
    await ana.fills({"Product name": "Ready-By"})
    await ana.clicks("Start", ana.form)
    await ana.is_wrong("Launch date", "The launch date has passed.")
    await ana.submits({"Launch date": "2026-06-01"}, "Start")

    await ana.opens_thread(ana.message("PM · Ready-By"))
    await ana.sees("0 of 12 answered", ana.thread)
    for question, answer in {**ANA, **UNSURE}.items():
        if question == "pm.success_target":
            await ana.clicks("Answer", asked(ana, question))
            await ana.clicks("Save", ana.form)
            await ana.is_wrong("Value that makes it worth the work", "Please fill this in.")
            await ana.clicks("Cancel", ana.form)
        await answers(ana, question, answer)
    await ana.sees(LAST, ana.thread)


async def test_inputs_are_listed_surveyed_and_made_simpler_before_all_three(empty: Site, page_of: Arrives):
    async with empty.behind() as stage:
        await stage.types("ana", KICKOFF)
        await stage.interview("mei", MEI, until="ml.inputs")
        await stage.interview("raj", RAJ, until="eng.input_survey")

    mei = await page_of(empty, "mei")
    await mei.opens_thread(mei.message("ML person · Ready-By"))
    await answers(mei, "ml.inputs", MEI["ml.inputs"])
    understood = mei.message("This is what I understood", mei.thread)
    await mei.clicks("That's right", understood)
    await mei.sees("5 inputs listed", mei.thread)

    raj = await page_of(empty, "raj")
    await raj.opens_thread(raj.message("Product engineer · Ready-By"))
    survey = asked(raj, "eng.input_survey")
    (first, second), *_ = RAJ["eng.input_survey"].rows
    await raj.clicks("Survey: kitchen_load_5min", survey)
    await raj.fills(first)
    await raj.clicks("Save", raj.form)
    await expect(raj.form.get_by_text("The first part is kept.")).to_be_visible()
    await raj.submits(second)
    await raj.sees("very hard: a value over time to build from a stream of events", survey)

    same = survey.get_by_role("combobox", name="Same source as …")
    await same.select_option("kitchen_load_5min")
    await expect(raj.form.get_by_text("avg courier location last 5 min")).to_be_visible()
    await raj.fills({READABLE: first[READABLE]})
    await raj.clicks("Save", raj.form)
    await expect(raj.form.get_by_text("The first part is kept.")).to_be_visible()
    await raj.submits({})
    await expect(survey.get_by_role("button", name="Survey: guest's home zip code")).to_be_visible()

    offer = "a simpler input for the first version?"
    ana = await page_of(empty, "ana")
    for person in (ana, mei, raj):
        await person.opens_thread(person.message("Started by @Ana"))
        await person.sees(offer, person.message("kitchen_load_5min", person.thread))
    await mei.clicks("Use the simpler one", mei.message("kitchen_load_5min", mei.thread))
    for person in (ana, mei, raj):
        await person.sees("First version uses “latest_kitchen_load”", person.thread)
