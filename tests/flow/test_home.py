"""The Home tab: what waits for this person, and where their products stand."""

from datetime import timedelta

import pytest

from bot.sandbox.demo.world import World
from bot.services import interviews


async def test_an_empty_home_explains_the_first_step(world: World):
    await world.slack.opens_home("pm")

    home = world.slack.home_of("pm")
    assert home is not None
    assert "`/align kickoff`" in home.plain or "/align kickoff" in home.plain


async def test_home_shows_what_waits_for_me_and_my_products(kickoff: World):
    await kickoff.slack.opens_home("ml")

    home = kickoff.slack.home_of("ml")
    assert home is not None
    assert "12 questions" in home.plain
    assert "Ready-By" in home.plain
    assert "Not enough known" in home.plain


async def test_a_question_is_answered_on_the_home_tab(kickoff: World):
    await kickoff.slack.opens_home("eng")
    home = kickoff.slack.home_of("eng")
    assert home is not None

    await kickoff.slack.clicks("eng", home, "Answer", nth=0)
    view = kickoff.slack.view_of("eng")
    assert view is not None
    await kickoff.slack.submits("eng", {view.labels[0]: "At request time"})
    await kickoff.settle()

    cards = kickoff.slack.messages("ready-by")
    thread = kickoff.slack.messages("ready-by", thread=cards[3].ts)
    assert "At request time" in thread[0].plain


async def test_the_products_of_others_are_not_shown(kickoff: World):
    kickoff.slack.add_user("other", id="U_OTHER", name="Ola", tz="Europe/Oslo")

    await kickoff.slack.opens_home("other")

    home = kickoff.slack.home_of("other")
    assert home is not None
    assert "Ready-By" not in home.plain


async def test_the_messages_tab_draws_nothing(kickoff: World):
    await kickoff.slack.opens_home("pm", tab="messages")

    assert kickoff.slack.calls_of("views.publish") == []


async def test_the_tab_is_drawn_anew_after_an_answer_given_there(kickoff: World):
    await kickoff.slack.opens_home("eng")
    home = kickoff.slack.home_of("eng")
    assert "11 questions" in home.plain
    await kickoff.slack.clicks("eng", home, "Answer", nth=0)
    await kickoff.slack.submits("eng", {kickoff.slack.view_of("eng").labels[0]: "At request time"})
    await kickoff.settle()

    assert "11 questions" in kickoff.slack.home_of("eng").plain
    assert kickoff.bot.bank["eng.volume"].title in kickoff.slack.home_of("eng").plain


async def test_a_list_asked_for_on_the_tab_opens_over_it(kickoff: World):
    await kickoff.slack.opens_home("pm")
    await kickoff.slack.clicks("pm", kickoff.slack.home_of("pm"), "See all")

    assert "Still open" in kickoff.slack.view_of("pm").plain


@pytest.mark.parametrize(
    ("label", "said"),
    [("Discuss", "calls everybody concerned together"), ("I changed it", "Several of your answers are behind this")],
)
async def test_a_finding_in_a_list_over_the_tab_answers_over_the_list(kickoff: World, label: str, said: str):
    await kickoff.slack.commands("pm", "ready-by", "/align", "role ml @eng")
    await kickoff.settle()
    for question, value in (
        ("ml.feasibility", "proven_here"),
        ("eng.feasible", {"verdict": "no", "because": "no way"}),
    ):
        async with kickoff.bot.database.transaction() as uow:
            await interviews.answer_many(uow, kickoff.bot.bank, 1, {question: value}, by="U_ENG", at=uow.now)
    await kickoff.settle()
    await kickoff.slack.opens_home("eng")
    await kickoff.slack.clicks("eng", kickoff.slack.home_of("eng"), "See all")
    await kickoff.slack.clicks("eng", kickoff.slack.view_of("eng"), label, nth=0)
    await kickoff.settle()

    assert said in kickoff.slack.view_of("eng").plain
    async with kickoff.bot.database.transaction() as uow:
        assert await uow.failures.all() == []


async def test_the_settings_are_changed_in_a_form_that_shows_what_is_set(kickoff: World):
    await kickoff.slack.opens_home("pm")
    await kickoff.slack.clicks("pm", kickoff.slack.home_of("pm"), "Settings")
    form = kickoff.slack.view_of("pm")
    assert form.labels == ["Weekly digest on", "at", "Pulse: how each role reads four statements", "Leads"]
    await kickoff.slack.submits(
        "pm",
        {"Weekly digest on": "Friday", "at": "14:00", "Pulse: how each role reads four statements": "Every week"},
    )
    await kickoff.settle()

    async with kickoff.bot.database.transaction() as uow:
        project = await uow.projects.get(1)
    assert (project.digest.day, project.digest.hour, project.pulse_weeks, project.shared) == (5, 14, 1, False)


async def test_the_settings_of_others_are_refused(kickoff: World):
    kickoff.slack.add_user("lead", id="U_LEAD", name="Lea", tz="Europe/Oslo")
    await kickoff.slack.joins("lead", "ready-by")
    said = await kickoff.slack.commands("lead", "ready-by", "/align", "settings")
    assert "Only the people of Ready-By can change its settings" in said.text


async def test_a_product_shows_its_states_of_the_last_weeks(kickoff: World):
    await kickoff.move_to(kickoff.clock() + timedelta(days=16))
    await kickoff.slack.opens_home("pm")

    assert "Not enough known · ⚪⚪⚪" in kickoff.slack.home_of("pm").plain
