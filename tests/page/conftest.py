"""The page in a real browser: Chromium of the system, the scenes in the tests' own loop, and everybody's own tab."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from bot.sandbox.demo.stage import Stage
from bot.sandbox.demo.transcript import Transcript
from bot.sandbox.page.live import Live, open_live
from bot.sandbox.page.server import serve

from .people import PATIENCE, Person, opened

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
WHY_NOT = "" if CHROMIUM else "no Chromium: set CHROMIUM to its path, or install Debian's package chromium"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever needs a browser is skipped where there is none; one that was named must start."""
    if WHY_NOT:
        for item in items:
            if "chromium" in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.skip(reason=WHY_NOT))


@dataclass
class Site:
    """A scene, and its page's address."""

    live: Live
    address: str

    @asynccontextmanager
    async def behind(self) -> AsyncIterator[Stage]:
        """What happens before the curtain rises: by the stand-in itself, and then everybody sees it."""
        async with self.live.lock:
            stage = Stage(self.live.world)
            stage.print = Transcript(self.live.world.slack, self.live.world.clock, lambda _: None)
            yield stage
            self.live.publish()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        await browser.close()


@asynccontextmanager
async def on_stage(scene: str, folder: Path) -> AsyncIterator[Site]:
    async with open_live(scene, folder) as live, serve(live, 0) as address:
        yield Site(live, address)


@pytest_asyncio.fixture(loop_scope="module")
async def empty(tmp_path: Path) -> AsyncIterator[Site]:
    async with on_stage("empty", tmp_path) as site:
        yield site


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def kickoff(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """Shared by the tests of a module: none may rely on what another has left alone."""
    async with on_stage("kickoff", tmp_path_factory.mktemp("kickoff")) as site:
        yield site


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def trouble(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """Shared by the tests of a module: none may rely on what another has left alone."""
    async with on_stage("trouble", tmp_path_factory.mktemp("trouble")) as site:
        yield site


Arrives = Callable[[Site, str], Awaitable[Person]]


@pytest_asyncio.fixture(loop_scope="module")
async def page_of(chromium: Browser) -> AsyncIterator[Arrives]:
    """Opens the page of a site in a tab and becomes somebody there; in the end nothing may have gone wrong anywhere."""
    async with AsyncExitStack() as tabs:
        here: list[tuple[Site, Person]] = []

        async def arrives(site: Site, handle: str) -> Person:
            person = await tabs.enter_async_context(opened(chromium, site.address, handle))
            here.append((site, person))
            return person

        yield arrives
        for site, person in here:
            slack = site.live.world.slack
            assert person.trouble == [], f"in {person.name}'s browser"
            assert (slack.bot_faults, slack.broadcasts) == ([], [])
