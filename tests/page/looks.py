"""How the page may look: light or dark, on a desk or in the hand; and what is found on it by machines."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Locator, Page, expect

GRAVE = {"serious", "critical"}


class Look(NamedTuple):
    theme: str
    width: int
    height: int

    @property
    def in_hand(self) -> bool:
        return self.width < 760

    def __str__(self) -> str:
        return f"{self.theme} {self.width}x{self.height}"


WIDE, PHONE = Look("light", 1280, 800), Look("light", 390, 844)
LOOKS = [Look(theme, *size) for theme in ("light", "dark") for size in (WIDE[1:], PHONE[1:])]


@asynccontextmanager
async def looking(
    chromium: Browser, address: str, handle: str, look: Look, place: str = "C0READYBY", **more: Any
) -> AsyncIterator[Page]:
    """The page in a browser of its own, at this place (what follows “#/” in its address)."""
    context = await chromium.new_context(
        color_scheme=look.theme,  # type: ignore[arg-type]
        viewport={"width": look.width, "height": look.height},
        has_touch=look.in_hand,
        locale="en-GB",
        **more,
    )
    try:
        page = await context.new_page()
        await page.goto(f"{address}/?as={handle}#/{place}")
        await expect(page.get_by_role("group", name="You are").locator("[aria-pressed=true]")).to_have_count(1)
        yield page
    finally:
        await context.close()


async def goes(page: Page, place: str) -> None:
    """To another place on the same page, as by a link."""
    await page.evaluate("place => { location.hash = `#/${place}` }", place)


async def says(page: Page, text: str) -> None:
    """Write it into the conversation, and wait until the bot has come to rest."""
    box = page.locator("#talk textarea")
    await box.fill(text)
    await box.press("Escape")  # nothing is to be completed
    await box.press("Enter")
    await rests(page)


async def rests(page: Page) -> None:
    await expect(page.locator("#top .status")).to_have_count(1)
    await expect(page.locator("#top .status.busy")).to_have_count(0, timeout=20_000)


async def grave(page: Page) -> list[str]:
    """What axe calls serious or critical, one line for each place."""
    found = await Axe().run(page)
    return [
        f"{one['id']} ({one['impact']}) at {' '.join(map(str, node['target']))}: {node['html'][:120]}"
        for one in found.response["violations"]
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]


def thread_links(page: Page) -> Locator:
    return page.locator("#talk a.replies")
