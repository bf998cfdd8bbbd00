"""Where accounts do not fit: the people concerned talk, refuse or change it, each in their own browser."""

import re

import pytest
from playwright.async_api import Locator, expect

from .conftest import Arrives, Site
from .people import Person

pytestmark = pytest.mark.asyncio(loop_scope="module")
TOO_SLOW = "Too slow for the time it is given"


def critical(person: Person) -> Locator:
    return person.message(re.compile(rf"Critical.*{TOO_SLOW}"), person.thread)


async def test_a_critical_finding_is_talked_about_not_lived_with_and_mended(kickoff: Site, page_of: Arrives):
    everybody = [await page_of(kickoff, who) for who in ("ana", "mei", "raj")]
    ana, mei, raj = everybody
    for person in everybody:
        await person.opens_thread(person.message("Kickoff complete"))

    await mei.clicks("Discuss", critical(mei))
    for person in everybody:
        await person.sees("To talk about:", person.thread)
    await mei.sees("calls everybody concerned together", mei.thread)
    await expect(raj.thread.get_by_text("calls everybody concerned together")).to_have_count(0)

    await mei.clicks("Live with it", critical(mei))
    await mei.sees("somebody else says that you live with it: @Ana", mei.thread)
    await ana.clicks("Live with it", critical(ana))
    await ana.fills({"Why is it all right for now?": "A pilot says more in May", "Until when?": "2026-03-01"})
    await ana.clicks("Live with it", ana.form)
    await ana.is_wrong("Until when?", "day")
    await ana.clicks("Cancel", ana.form)
    await expect(ana.form).to_have_count(0)

    await mei.clicks("I changed it", critical(mei))
    await expect(mei.form.get_by_label("Model response time", exact=True)).to_have_value("240")
    await mei.submits({"Model response time": "70"})
    for person in everybody:
        await person.sees("Solved", person.thread)
        await expect(critical(person).get_by_role("button", name="Discuss")).to_have_count(0)
