"""`python -m tests.page.pictures`: the pictures of the page that the README shows, from the scene “trouble”."""

import asyncio
import base64
import os
import tempfile
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright, expect

from bot.sandbox.page.live import open_live
from bot.sandbox.page.server import serve

from .conftest import CHROMIUM, WHY_NOT
from .looks import Look, looking, rests, says

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
QUALITY = 0.8
LARGEST = 60_000  # bytes
AS_WEBP = """async ([picture, quality]) => {
  const image = await createImageBitmap(await (await fetch(picture)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height);
  canvas.getContext("2d").drawImage(image, 0, 0);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: "image/webp", quality })).arrayBuffer());
  return btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join(""));
}"""


async def write() -> None:
    """Both pictures into docs/pictures. Raises SystemExit without Chromium or if one is too large."""
    if WHY_NOT:
        raise SystemExit(WHY_NOT)
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        async with open_live("trouble", Path(folder)) as live, serve(live, 0) as address, async_playwright() as driver:
            arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
            chromium = await driver.chromium.launch(executable_path=CHROMIUM, args=arguments)
            await _digest(chromium, address)
            await _survey(chromium, address)
            await chromium.close()


async def _digest(chromium: Browser, address: str) -> None:
    async with looking(chromium, address, "ana", Look("light", 1280, 800)) as page:
        await rests(page)
        await expect(page.locator("#talk .chart").last).to_be_in_viewport()
        await _keep(page, "digest")


async def _survey(chromium: Browser, address: str) -> None:
    async with looking(chromium, address, "raj", Look("dark", 390, 844)) as page:
        await says(page, "/align inputs")
        table = page.locator("#talk .message").filter(has=page.locator("table")).last
        await table.get_by_role("combobox").first.select_option("kitchen_load_5min")
        await expect(page.get_by_role("dialog")).to_be_visible()
        await _keep(page, "survey")


async def _keep(page: Page, name: str) -> None:
    """Take the picture, and let Chromium itself make it small."""
    await page.mouse.move(0, 0)
    taken = await page.screenshot(animations="disabled", caret="hide")
    blank = await page.context.new_page()
    picture = f"data:image/png;base64,{base64.b64encode(taken).decode()}"
    small = base64.b64decode(await blank.evaluate(AS_WEBP, [picture, QUALITY]))
    if len(small) > LARGEST:
        raise SystemExit(f"{name} has {len(small)} bytes; at most {LARGEST} are wanted in the repository.")
    file = FOLDER / f"{name}.webp"
    file.write_bytes(small)
    print(f"{file.relative_to(FOLDER.parents[1])}: {len(small) / 1000:.0f} kB")


if __name__ == "__main__":
    asyncio.run(write())
