"""The page about a product: for the one who asks, or for the channel."""

from bot.sandbox.demo.world import World
from tests.flow.interviews import talks


async def test_whoever_asks_sees_the_page_and_only_they(kickoff: World):
    pm, _, _ = talks(kickoff)
    await pm.types("pm.user_decision")
    before = len(kickoff.slack.messages("ready-by"))
    said = await kickoff.slack.commands("ml", "ready-by", "/align", "brief")
    await kickoff.settle()

    assert "Ready-By on one page" in said.text
    assert "PM: pm" in said.text
    assert len(kickoff.slack.messages("ready-by")) == before


async def test_the_people_of_a_product_may_post_it_and_it_calls_nobody(kickoff: World):
    said = await kickoff.slack.commands("pm", "ready-by", "/align", "brief post")
    await kickoff.settle()

    assert "comes into the channel" in said.text
    posted = kickoff.slack.messages("ready-by")[-1]
    assert "on one page" in posted.plain
    assert "<@" not in str(posted.blocks)


async def test_others_may_read_but_not_post_it(kickoff: World):
    kickoff.slack.add_user("lead", id="U_LEAD", name="Lea", tz="Europe/Oslo")
    await kickoff.slack.joins("lead", "ready-by")

    assert "on one page" in (await kickoff.slack.commands("lead", "ready-by", "/align", "brief")).text
    assert "can post its brief" in (await kickoff.slack.commands("lead", "ready-by", "/align", "brief post")).text
