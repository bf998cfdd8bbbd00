"""Six weeks in: the digest with its chart, the Home tab, and the table of inputs."""

import re

import pytest
from playwright.async_api import expect

from bot.sandbox.payloads import TEAM
from bot.services import interviews

from .conftest import Arrives, Site

pytestmark = pytest.mark.asyncio(loop_scope="module")
SPARE = {
    "entity": "order",
    "transform": "lookup",
    "freshness_needed": {"value": 1, "unit": "d"},
    "importance": "should",
}


async def test_the_digest_shows_its_course_as_a_picture_and_as_numbers(trouble: Site, page_of: Arrives):
    ana = await page_of(trouble, "ana")
    digest = ana.message("days to launch")
    await expect(digest).to_contain_text("Misaligned · 25 · 90 days to launch")
    chart = digest.get_by_role("figure", name=re.compile("^Score, blocking questions"))
    picture = chart.get_by_role("img", name=re.compile("line chart"))
    await expect(picture).to_be_visible()
    assert await picture.evaluate("it => it.namespaceURI") == "http://www.w3.org/2000/svg"
    numbers = chart.get_by_role("table")
    await chart.get_by_text("Numbers as a table").click()
    await expect(numbers.get_by_role("row", name=re.compile("^W11 28"))).to_be_visible()
    await expect(numbers.get_by_role("row")).to_have_count(1 + 6)


async def test_the_digest_tells_everything_to_whoever_asks(trouble: Site, page_of: Arrives):
    ana, mei = await page_of(trouble, "ana"), await page_of(trouble, "mei")
    await ana.clicks("See all", ana.message("days to launch"))
    listed = "Inputs were not checked together in production"
    for person, times in ((ana, 1), (mei, 0)):
        whispers = person.talk.get_by_role("listitem").filter(has_text="Only visible to you")
        await expect(whispers.get_by_text(listed)).to_have_count(times)


async def test_the_home_tab_of_the_pm_says_what_waits_and_how_it_stands(trouble: Site, page_of: Arrives):
    ana = await page_of(trouble, "ana")
    await ana.goes_to("Alignbot")
    await ana.talk.get_by_role("link", name="Home").click()
    await expect(ana.talk.get_by_role("heading", name="What needs you now")).to_be_visible()
    await ana.sees("Earlier or better")
    await expect(ana.talk.get_by_role("table", name="Inputs of Ready-By")).to_be_visible()
    await ana.clicks("Still true", ana.talk)
    await expect(ana.talk.get_by_role("button", name="Still true")).to_have_count(0)
    await ana.clicks("See all", ana.talk)
    await ana.sees("Too slow for the time it is given", ana.form)
    await ana.clicks("Close", ana.form)
    await expect(ana.form).to_have_count(0)


async def test_the_table_of_inputs_has_pages_and_an_order(trouble: Site, page_of: Arrives):
    async with trouble.behind() as stage, stage.world.bot.database.transaction() as uow:
        project, *_ = await uow.projects.open_in(TEAM, "C0READYBY")
        rows = [*project.answers["ml.inputs"].value, *({"name": f"spare {n}", **SPARE} for n in range(1, 8))]
        given = {"ml.inputs": rows}
        await interviews.answer_many(uow, stage.world.bot.bank, project.id, given, by="U0MEI", at=uow.now)

    mei = await page_of(trouble, "mei")
    await mei.says("/align inputs")
    table = mei.message("Only visible to you").get_by_role("table", name="Inputs of Ready-By")
    names = table.get_by_role("rowheader")
    await expect(names).to_have_count(10)
    await mei.clicks("Next rows", mei.talk)
    await expect(names).to_have_text(["spare 6", "spare 7"])
    await mei.sees("11–12 of 12")

    head = table.get_by_role("columnheader", name=re.compile("^Input"))
    await head.get_by_role("button").click()
    await expect(head).to_have_attribute("aria-sort", "ascending")
    await expect(names.first).to_have_text("dish prep time")
    await head.get_by_role("button").click()
    await expect(head).to_have_attribute("aria-sort", "descending")
    await expect(names.first).to_have_text("spare 7")
    await expect(names).to_have_count(10)
