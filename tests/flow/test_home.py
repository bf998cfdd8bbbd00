"""The Home tab: what waits for this person, and where their products stand."""

from bot.sandbox.demo.world import World


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
