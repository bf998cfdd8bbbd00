"""Somebody in front of the page: they see, click, type and fill in, by the names that everybody reads or hears."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Browser, ConsoleMessage, Locator, Page, Request, expect

PATIENCE = 15_000  # milliseconds, for what the page has to show
NAMES = {"ana": "Ana", "mei": "Mei", "raj": "Raj", "lea": "Lea", "otto": "Otto"}


@asynccontextmanager
async def opened(chromium: Browser, address: str, handle: str) -> AsyncIterator["Person"]:
    """The page in a browser of its own, as this person."""
    context = await chromium.new_context(locale="en-GB", viewport={"width": 1280, "height": 860})
    context.set_default_timeout(PATIENCE)
    try:
        person = Person(await context.new_page(), address, handle)
        await person.page.goto(address)
        await person.becomes(handle)
        yield person
    finally:
        await context.close()


class Person:
    def __init__(self, page: Page, address: str, handle: str) -> None:
        self.page, self.name, self.trouble = page, NAMES[handle], list[str]()
        self._address = address
        page.on("console", self._hears)
        page.on("pageerror", lambda error: self.trouble.append(f"error: {error}"))
        page.on("requestfailed", lambda request: self.trouble.append(f"failed: {request.url} {request.failure}"))
        page.on("request", self._asks)
        page.on("response", lambda r: r.status >= 400 and self.trouble.append(f"{r.status}: {r.url}"))
        page.on("websocket", lambda socket: self._stays_here(socket.url.replace("ws://", "http://")))

    def _hears(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.trouble.append(f"{message.type}: {message.text}")

    def _asks(self, request: Request) -> None:
        self._stays_here(request.url)

    def _stays_here(self, url: str) -> None:
        if not url.startswith((f"{self._address}/", "data:", "blob:")):
            self.trouble.append(f"went elsewhere: {url}")

    async def becomes(self, handle: str) -> None:
        """By one click on the name, whoever they were before."""
        self.name = NAMES[handle]
        mine = self.page.get_by_role("group", name="You are").get_by_role("button", name=self.name)
        await mine.click()
        await expect(mine).to_have_attribute("aria-pressed", "true")

    # Where things are

    @property
    def places(self) -> Locator:
        return self.page.get_by_role("navigation", name="Conversations")

    def place(self, name: str) -> Locator:
        return self.places.get_by_role("link").filter(has_text=re.compile(rf"^[#◆]?{re.escape(name)}"))

    @property
    def talk(self) -> Locator:
        return self.page.get_by_role("main", name="Conversation")

    @property
    def thread(self) -> Locator:
        return self.page.get_by_role("complementary", name="Thread")

    @property
    def form(self) -> Locator:
        return self.page.get_by_role("dialog")

    def message(self, text: str | re.Pattern[str], where: Locator | None = None) -> Locator:
        """The newest message with these words, in the conversation or the thread."""
        lists = (where or self.talk).get_by_role("list", name=re.compile("^Messages"))
        return lists.locator("> li.message").filter(has_text=text).last

    # What they do

    async def goes_to(self, name: str) -> None:
        await self.place(name).click()
        await expect(self.talk.get_by_role("heading", level=1)).to_contain_text(name)

    async def says(self, text: str, where: Locator | None = None) -> None:
        """Type it into the box and press Enter; in the thread if `where` is the thread."""
        box = (where or self.talk).get_by_role("textbox", name=re.compile("^(Message|Reply)"))
        await box.fill(text)
        await box.press("Enter")
        await expect(box).to_have_value("")

    async def clicks(self, label: str, where: Locator | None = None) -> None:
        await (where or self.page).get_by_role("button", name=label, exact=True).click()

    async def opens_thread(self, message: Locator) -> None:
        await message.get_by_role("link", name=re.compile("repl(y|ies)")).click()
        await expect(self.thread).to_be_visible()

    async def chooses(self, entry: str, message: Locator) -> None:
        """From the ⋯ menu of a message."""
        await message.hover()
        await message.get_by_role("button", name="More actions").click()
        await self.page.get_by_role("menuitem", name=entry).click()

    async def fills(self, values: Mapping[str, Any]) -> None:
        """What the open form asks for, by its labels; a length of time is an amount and a unit."""
        for label, value in values.items():
            if isinstance(value, tuple):
                await self._fill(label, value[0])
                await self._fill(f"{label}: unit", value[1])
            else:
                await self._fill(label, value)

    async def _fill(self, label: str, value: Any) -> None:
        control = self._labelled(label)
        kind = await control.evaluate("it => it.getAttribute('role') ?? it.localName")
        if kind == "select":
            await control.select_option(await self._option(control, value))
        elif kind == "radiogroup":
            await control.get_by_label(value).check()
        elif kind in ("group", "button"):
            await self._ticks(control, value, opens=kind == "button")
        else:
            await control.fill(value)

    def _labelled(self, label: str) -> Locator:
        return self.form.get_by_label(re.compile(rf"^{re.escape(label)}( \(optional\))?( |$)")).first

    async def _option(self, control: Locator, value: str) -> str:
        """People are offered with what they are, such as “Ana (the PM)”."""
        offered = await control.get_by_role("option").all_inner_texts()
        return next((one for one in offered if one == value or one.startswith(f"{NAMES.get(value, value)} (")), value)

    async def _ticks(self, control: Locator, values: list[str], *, opens: bool) -> None:
        if opens:
            await control.click()
        for one in values:
            await self.form.get_by_role("checkbox", name=one).check()

    async def submits(self, values: Mapping[str, Any], button: str = "Save") -> None:
        """Fill in the form and send it; it must be taken."""
        await self.fills(values)
        title = await self.form.get_by_role("heading").first.inner_text()
        await self.clicks(button, self.form)
        await expect(self.form.get_by_role("heading", name=title, exact=True)).to_be_hidden()

    async def is_wrong(self, label: str, why: str) -> None:
        """The form says so at the field, which has the focus and is marked for those who listen."""
        control = self._labelled(label)
        await expect(control).to_have_attribute("aria-invalid", "true")
        await expect(control).to_have_accessible_description(re.compile(re.escape(why)))
        await expect(control).to_be_focused()
        await expect(self.form.get_by_text(why).first).to_be_visible()

    async def holds(self, words: str) -> bool:
        """Whether these words are anywhere in this page, shown or not."""
        return words in await self.page.content()

    async def sees(self, text: str | re.Pattern[str], where: Locator | None = None) -> None:
        await expect((where or self.talk).get_by_text(text).last).to_be_visible()
