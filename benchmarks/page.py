"""The stand-in's page in Chromium: until something is seen, and how it scrolls through 2,000 messages."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from playwright.async_api import Browser, Page, async_playwright

from bot.sandbox.page.live import Live, open_live
from bot.sandbox.page.scenes import SCENES
from bot.sandbox.page.server import serve

from .figures import Figure, NotMeasured

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
CHANNEL, MESSAGES, LONG = "C0READYBY", 2_000, "trouble"
WATCH = """
  window.seen = { tasks: [0], frames: [0], from: 0 };
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (one.startTime >= seen.from) seen.tasks.push(one.duration);
  }).observe({ type: "longtask", buffered: true });
  new MutationObserver((_, observer) => {
    if (!document.querySelector("#talk .composer")) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => { seen.usable = performance.now(); }));
  }).observe(document, { childList: true, subtree: true });
"""
COUNT_FRAMES = """() => {
  Object.assign(seen, { tasks: [0], frames: [0], from: performance.now() });
  let last = performance.now();
  const next = (now) => { seen.frames.push(now - last); last = now; requestAnimationFrame(next); };
  requestAnimationFrame((now) => { last = now; requestAnimationFrame(next); });
}"""
PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
AT_TOP = "() => document.querySelector('#talk .scroller').scrollTop === 0"
SHOWN = "() => document.querySelectorAll('#talk .message').length"


async def measure(quick: bool) -> Sequence[Figure]:
    async with _chromium() as chromium:
        return [one for scene in SCENES for one in await _of(chromium, scene, 3 if quick else 7)]


async def _of(chromium: Browser, scene: str, rounds: int) -> Sequence[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        async with open_live(scene, Path(folder)) as live:
            seen = await _seen(chromium, live, rounds)
            return [*seen, *(await _scrolled(chromium, live) if scene == LONG else ())]


@asynccontextmanager
async def _chromium() -> AsyncIterator[Browser]:
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        raise NotMeasured("no Chromium: set CHROMIUM to its path, or install Debian's package chromium")
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=path, args=arguments)
        yield chromium
        await chromium.close()


@asynccontextmanager
async def _page(chromium: Browser, live: Live) -> AsyncIterator[Page]:
    """Ana's page of this scene, in a browser that has never seen it."""
    async with serve(live, 0) as address:
        context = await chromium.new_context(viewport={"width": 1280, "height": 800})
        await context.add_init_script(WATCH)
        page = await context.new_page()
        await page.goto(f"{address}/?as=ana#/{CHANNEL}")
        await page.locator("#talk .composer").wait_for()
        yield page
        await context.close()


async def _seen(chromium: Browser, live: Live, rounds: int) -> Sequence[Figure]:
    painted, usable = [], []
    for _ in range(rounds):
        async with _page(chromium, live) as page:
            await page.wait_for_timeout(300)
            painted.append(float(await page.evaluate(PAINTED)))
            usable.append(float(await page.evaluate("seen.usable")))
    return (
        Figure(f"first paint, {live.scene}", median(painted), "ms", must=1_000, proud=300),
        Figure(f"conversation there, {live.scene}", median(usable), "ms", must=1_000, proud=500),
    )


async def _scrolled(chromium: Browser, live: Live) -> Sequence[Figure]:
    _fill(live)
    async with _page(chromium, live) as page:
        await page.evaluate(COUNT_FRAMES)
        await _to_the_top(page)
        task, frame = await page.evaluate("[Math.max(...seen.tasks), Math.max(...seen.frames)]")
    return (
        Figure("longest task while scrolling", task, "ms", must=200, proud=100),
        Figure("longest frame while scrolling", frame, "ms"),
    )


def _fill(live: Live) -> None:
    """Say again what was said in the channel, digests and charts included, until it is long enough."""
    workspace = live.world.slack.world.workspace
    before = [one for one in workspace.channels[CHANNEL].messages.values() if not one.is_reply]
    for one in islice(cycle(before), MESSAGES):
        workspace.post(replace(one, ts=workspace.next_ts(), thread_ts=None))


async def _to_the_top(page: Page) -> None:
    await page.mouse.move(700, 400)
    for _ in range(3_000):
        await page.mouse.wheel(0, -1_200)
        if await page.evaluate(AT_TOP) and await page.evaluate(SHOWN) >= MESSAGES:
            return
    raise NotMeasured("the beginning of the channel was not reached")
