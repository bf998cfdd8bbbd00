"""The page for everybody: axe finds nothing grave, keys suffice, it keeps still, and it fits a phone."""

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from .conftest import Site
from .looks import LOOKS, PHONE, WIDE, Look, goes, grave, looking, rests, says, thread_links

pytestmark = pytest.mark.asyncio(loop_scope="module")
EVERY_LOOK = pytest.mark.parametrize("look", LOOKS, ids=str)
BOTH_LOOKS = pytest.mark.parametrize("look", [LOOKS[0], LOOKS[-1]], ids=str)  # light on a desk, dark in the hand
KICKOFF = "/align kickoff Ready-By pm:@ana ml:@mei eng:@raj launch:2026-06-01 Guests see when food is ready"
MOST_STOPS = 250  # of the Tab key, on a page with a long channel, a thread and the drawer
LOUD = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  const ringed = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const framed = getComputedStyle(one.closest(".composer") ?? document.body).boxShadow !== "none";
  const there = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return (ringed || framed) && there && one.checkVisibility({ opacityProperty: true });
}"""
WHICH = """() => {
  const one = document.activeElement;
  window.stops ??= new Map();
  if (!window.stops.has(one)) window.stops.set(one, window.stops.size);
  const part = one.closest("dialog, #top, #sidebar, #tools, #talk, #thread, #drawer");
  return [window.stops.get(one), part?.id ?? "", `${one.localName} ${one.getAttribute("aria-label") ?? one.innerText}`];
}"""
TOO_WIDE = """() => [...document.querySelectorAll("body *")].filter((one) => {
  if (!one.checkVisibility() || one.closest(".unseen, .skip")) return false;
  for (let up = one.parentElement; up; up = up.parentElement) {
    if (up.matches(".scroll-x")) return false;
  }
  const box = one.getBoundingClientRect();
  return box.width > 0 && (box.right > innerWidth + 0.5 || box.left < -0.5);
}).map((one) => one.outerHTML.slice(0, 120))"""


async def has_nothing_grave(page: Page, where: str) -> None:
    await rests(page)
    assert await grave(page) == [], where


async def opens_drawer(page: Page) -> None:
    await page.get_by_role("button", name="What just happened").click()
    drawer = page.get_by_role("complementary", name="What just happened")
    await drawer.locator("summary").first.click()
    await expect(drawer.locator("pre").first).to_be_visible()


async def open_everything(page: Page) -> None:
    """One place after the other, as somebody looks around."""
    await has_nothing_grave(page, "the channel")
    if await thread_links(page).count():
        await thread_links(page).last.click()
        await expect(page.locator("#thread textarea")).to_be_visible()
        await has_nothing_grave(page, "a thread")
    await goes(page, "app/home")
    await expect(page.locator(".home .block").first).to_be_visible()
    await has_nothing_grave(page, "the Home tab")
    await goes(page, "app/messages")
    await has_nothing_grave(page, "the app's messages")
    await goes(page, "")
    await has_nothing_grave(page, "the conversations")
    await opens_drawer(page)
    await has_nothing_grave(page, "the drawer")


async def open_form(page: Page, command: str) -> Locator:
    await says(page, command)
    form = page.get_by_role("dialog")
    await expect(form).to_be_visible()
    return form


@BOTH_LOOKS
async def test_axe_finds_nothing_grave_where_nothing_has_happened(empty: Site, chromium: Browser, look: Look) -> None:
    async with looking(chromium, empty.address, "ana", look) as page:
        await open_everything(page)


@BOTH_LOOKS
async def test_axe_finds_nothing_grave_after_a_kickoff(kickoff: Site, chromium: Browser, look: Look) -> None:
    async with looking(chromium, kickoff.address, "ana", look) as page:
        await open_everything(page)


@EVERY_LOOK
async def test_axe_finds_nothing_grave_in_trouble(trouble: Site, chromium: Browser, look: Look) -> None:
    async with looking(chromium, trouble.address, "ana", look) as page:
        await page.locator("#talk").get_by_text("Numbers as a table").last.click()
        await open_everything(page)


@BOTH_LOOKS
async def test_axe_finds_nothing_grave_in_the_kickoffs_form(empty: Site, chromium: Browser, look: Look) -> None:
    async with looking(chromium, empty.address, "ana", look) as page:
        form = await open_form(page, "/align kickoff")
        await has_nothing_grave(page, "the form")
        await form.get_by_role("button", name="Start").click()
        await expect(form.locator(".error:visible")).not_to_have_count(0)
        await has_nothing_grave(page, "the form with errors")


@BOTH_LOOKS
async def test_axe_finds_nothing_grave_in_an_inputs_form(kickoff: Site, chromium: Browser, look: Look) -> None:
    async with looking(chromium, kickoff.address, "raj", look) as page:
        await says(page, "/align inputs")
        table = page.locator("#talk .message").filter(has=page.locator("table")).last
        await table.get_by_role("combobox").first.select_option("kitchen_load_5min")
        form = page.get_by_role("dialog")
        await expect(form).to_be_visible()
        await has_nothing_grave(page, "the form")
        await form.locator("input[inputmode]").first.fill("soon")
        await form.get_by_role("button", name="Save").click()
        await expect(form.locator(".error:visible")).not_to_have_count(0)
        await has_nothing_grave(page, "the form with errors")
        await page.keyboard.press("Escape")
        await expect(form).to_be_hidden()


@BOTH_LOOKS
async def test_axe_finds_nothing_grave_while_time_passes(empty: Site, chromium: Browser, look: Look) -> None:
    async with looking(chromium, empty.address, "ana", look) as page, empty.live.lock:
        empty.live.publish(busy=True)
        await expect(page.locator("#top .status")).to_have_text("time passes …")
        assert await grave(page) == []


@BOTH_LOOKS
async def test_axe_finds_nothing_grave_in_menus_and_questions(kickoff: Site, chromium: Browser, look: Look) -> None:
    async with looking(chromium, kickoff.address, "ana", look, "") as page:
        await page.get_by_role("button", name="Scenes").click()
        assert await grave(page) == [], "a menu"
        await page.get_by_role("menuitem", name="Empty channel").click()
        await expect(page.get_by_role("dialog")).to_be_visible()
        assert await grave(page) == [], "a question"


async def tabs_to(page: Page, wanted: Locator) -> None:
    """By the Tab key alone; what has the focus on the way can be seen."""
    await expect(wanted).to_be_visible()
    for _ in range(MOST_STOPS):
        if await wanted.evaluate("it => it === document.activeElement"):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key does not come to {wanted}")


async def test_a_kickoff_is_started_and_a_question_answered_by_keyboard_alone(empty: Site, chromium: Browser) -> None:
    async with looking(chromium, empty.address, "ana", WIDE) as page:
        keys = page.keyboard
        await tabs_to(page, page.locator("#talk textarea"))
        await keys.type("/align kickoff")
        await keys.press("Escape")
        await keys.press("Enter")
        form = page.get_by_role("dialog")
        await expect(form.get_by_label("Product name")).to_be_focused()
        await keys.type("Ready-By")
        for label, name in {"PM": "Ana", "ML person": "Mei", "Product engineer": "Raj"}.items():
            await tabs_to(page, form.get_by_label(label))
            await keys.type(name)
        await tabs_to(page, form.get_by_role("button", name="Start"))
        await keys.press("Enter")
        await expect(form).to_be_hidden()
        await expect(page.locator("#talk textarea")).to_be_focused()
        await expect(thread_links(page)).to_have_count(3)
        await tabs_to(page, thread_links(page).first)
        await keys.press("Enter")
        thread = page.get_by_role("complementary", name="Thread")
        await expect(thread.locator("textarea")).to_be_focused()
        await keys.type("The order screen shows guests a ready-time, so couriers leave on time")
        await keys.press("Enter")
        await expect(thread.get_by_text("Question 2 of 12")).to_be_visible()


async def test_a_messages_menu_opens_and_closes_by_keyboard(empty: Site, chromium: Browser) -> None:
    async with looking(chromium, empty.address, "ana", WIDE) as page:
        await says(page, "The date moves")
        more = page.locator("#talk .message").last.get_by_role("button", name="More actions")
        await tabs_to(page, page.locator("#talk .message").last)
        await tabs_to(page, more)
        await page.keyboard.press("Enter")
        entries = page.get_by_role("menuitem")
        await expect(entries.first).to_be_focused()
        await page.keyboard.press("ArrowDown")
        await expect(entries.nth(1)).to_be_focused()
        await page.keyboard.press("End")
        await expect(entries.last).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(entries).to_have_count(0)
        await expect(more).to_be_focused()


async def test_escape_closes_a_form_and_gives_the_focus_back(empty: Site, chromium: Browser) -> None:
    async with looking(chromium, empty.address, "ana", WIDE) as page:
        form = await open_form(page, "/align kickoff")
        await page.keyboard.press("Escape")
        await expect(form).to_be_hidden()
        await expect(page.locator("#talk textarea")).to_be_focused()


async def test_escape_gives_the_focus_back_to_the_button_that_asked(kickoff: Site, chromium: Browser) -> None:
    async with looking(chromium, kickoff.address, "ana", WIDE) as page:
        await thread_links(page).first.click()
        live_with_it = page.locator("#thread").get_by_role("button", name="Live with it").last
        await live_with_it.focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("dialog")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_be_hidden()
        await expect(live_with_it).to_be_focused()


async def goes_round(page: Page) -> set[str]:
    """Press Tab until the focus is where it was before; the parts of the page that it came through."""
    met, unseen = dict[int, str](), list[str]()
    for _ in range(MOST_STOPS):
        await page.keyboard.press("Tab")
        number, part, name = await page.evaluate(WHICH)
        if number in met:
            assert (number, unseen) == (0, []), name
            return set(met.values())
        met[number] = part
        if part and not await page.evaluate(LOUD):
            unseen.append(f"{part}: {name}")
    raise AssertionError(f"the focus does not come round: {met}")


async def test_the_focus_goes_round_through_everything_and_is_always_seen(empty: Site, chromium: Browser) -> None:
    async with looking(chromium, empty.address, "ana", Look("light", 1600, 900)) as page:
        await says(page, KICKOFF)
        await page.get_by_role("button", name="What just happened").click()
        await thread_links(page).last.click()
        await expect(page.locator("#thread textarea")).to_be_focused()
        parts = await goes_round(page)
        assert parts - {""} == {"top", "sidebar", "tools", "talk", "thread", "drawer"}


async def test_the_focus_is_seen_in_long_conversations(trouble: Site, chromium: Browser) -> None:
    async with looking(chromium, trouble.address, "mei", WIDE) as page:
        await says(page, "/align inputs")
        await thread_links(page).last.click()
        await expect(page.locator("#thread textarea")).to_be_focused()
        assert {"talk", "thread"} <= await goes_round(page)


async def test_the_focus_stays_in_a_form(empty: Site, chromium: Browser) -> None:
    async with looking(chromium, empty.address, "ana", WIDE) as page:
        form = await open_form(page, "/align kickoff")
        for key in ["Tab"] * 20 + ["Shift+Tab"] * 20:
            await page.keyboard.press(key)
            assert await form.evaluate(
                "it => it.contains(document.activeElement) || document.activeElement === document.body"
            )


async def test_a_private_answer_stands_beside_the_message_that_was_clicked(trouble: Site, chromium: Browser) -> None:
    async with looking(chromium, trouble.address, "raj", WIDE) as page:
        await page.locator("#talk").get_by_role("button", name="See all").last.click()
        await expect(page.locator("#talk .message.ephemeral")).to_have_count(1)
        assert await grave(page) == []


async def test_what_one_asked_for_is_shown_whole_however_long_it_is(trouble: Site, chromium: Browser) -> None:
    async with looking(chromium, trouble.address, "raj", WIDE) as page:
        for _ in range(3):
            await says(page, "/align inputs")
            table = page.locator("#talk .message").last
            await expect(table.get_by_role("button", name="Add an input")).to_be_in_viewport()
            await expect(page.get_by_role("button", name="New messages")).to_be_hidden()


@pytest.mark.parametrize("moves", [True, False])
async def test_nothing_moves_for_whoever_wants_it_still(kickoff: Site, chromium: Browser, moves: bool) -> None:
    wish = "no-preference" if moves else "reduce"
    async with looking(chromium, kickoff.address, "ana", WIDE, reduced_motion=wish) as page:
        await thread_links(page).first.click()
        async with kickoff.live.lock:  # so the bot cannot answer yet
            button = page.locator("#thread").get_by_role("button", name="Discuss").last
            await button.click()
            await expect(button).to_have_attribute("aria-disabled", "true")
            assert bool(await page.evaluate("document.getAnimations().length")) is moves
        await rests(page)


async def fits(page: Page, where: str) -> None:
    await rests(page)
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE.width, where
    assert await page.evaluate(TOO_WIDE) == [], where


PANES = {"list": "#sidebar", "talk": "#talk", "thread": "#thread"}


async def shows_only(page: Page, wanted: str) -> None:
    for name, part in PANES.items():
        await expect(page.locator(part)).to_be_visible(visible=name == wanted)


async def walk_there_and_back(page: Page) -> None:
    """From the conversations into a thread and back: one pane at a time, none wider than the screen."""
    await fits(page, "the conversations")
    await shows_only(page, "list")
    await page.get_by_role("navigation", name="Conversations").get_by_role("link", name="ready-by").click()
    await expect(page.locator("#talk h1")).to_contain_text("ready-by")
    await fits(page, "the channel")
    await shows_only(page, "talk")
    if await thread_links(page).count():
        await thread_links(page).last.click()
        await fits(page, "a thread")
        await shows_only(page, "thread")
        await page.get_by_role("link", name="Back to #ready-by").click()
        await shows_only(page, "talk")
    await page.get_by_role("link", name="Back to the conversations").click()
    await shows_only(page, "list")
    await goes(page, "app/home")
    await expect(page.locator(".home .block").first).to_be_visible()
    await fits(page, "the Home tab")


async def test_a_phone_shows_one_pane_at_a_time_where_nothing_has_happened(empty: Site, chromium: Browser) -> None:
    async with looking(chromium, empty.address, "ana", PHONE, "") as page:
        await walk_there_and_back(page)


async def test_a_phone_shows_one_pane_at_a_time_after_a_kickoff(kickoff: Site, chromium: Browser) -> None:
    async with looking(chromium, kickoff.address, "raj", PHONE, "") as page:
        await walk_there_and_back(page)


async def test_a_phone_shows_one_pane_at_a_time_in_trouble(trouble: Site, chromium: Browser) -> None:
    async with looking(chromium, trouble.address, "ana", PHONE, "") as page:
        await walk_there_and_back(page)


async def test_a_phone_shows_forms_tables_and_the_drawer_whole(kickoff: Site, chromium: Browser) -> None:
    async with looking(chromium, kickoff.address, "mei", PHONE) as page:
        await says(page, "/align inputs")
        await fits(page, "a table")
        form = await open_form(page, "/align decide Ship it because it works")
        await fits(page, "a form")
        await page.keyboard.press("Escape")
        await expect(form).to_be_hidden()
        await goes(page, "")
        await opens_drawer(page)
        await fits(page, "the drawer")
        await page.get_by_role("button", name="Close the drawer").click()
        await expect(page.locator("#drawer")).to_be_hidden()
