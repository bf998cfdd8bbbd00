"""What somebody else said counts once the role confirms it; words are clear once another role says so."""

from bot.sandbox.demo.world import World
from tests.flow.interviews import talks


async def answered_by_a_helper(kickoff: World):
    """Bob, who is none of the three, answers whether ML can do it."""
    _, ml, _ = talks(kickoff)
    kickoff.slack.add_user("bob", id="U_BOB", name="Bob", tz="Europe/Berlin")
    await ml.clicks("ml.feasibility", "Hand over")
    await ml.submits({"Who can answer this?": "bob"})
    await kickoff.move_to(kickoff.clock().replace(day=3, hour=12))
    [message] = kickoff.slack.dm("bob")
    await kickoff.slack.clicks("bob", message, "Answer")
    view = kickoff.slack.view_of("bob")
    await kickoff.slack.submits("bob", {view.labels[0]: "Works on our own data"})
    await kickoff.settle()
    return ml


async def blocking_open(kickoff: World):
    async with kickoff.bot.database.transaction() as uow:
        project = await uow.projects.get(1)
    return {q.id for q in project.blocking_open(kickoff.bot.bank)}


async def test_a_helpers_answer_counts_once_the_role_says_that_it_is_right(kickoff: World):
    ml = await answered_by_a_helper(kickoff)
    record = await ml.shows("ml.feasibility")
    assert "It counts once the role that was asked says that it is right." in record.plain
    assert "ml.feasibility" in await blocking_open(kickoff)

    await ml.clicks("ml.feasibility", "That's right")
    assert "It counts once" not in (await ml.shows("ml.feasibility")).plain
    assert "ml.feasibility" not in await blocking_open(kickoff)


async def test_the_role_hears_that_somebody_answered_for_it_and_confirms_it_there(kickoff: World):
    await answered_by_a_helper(kickoff)
    said = await kickoff.slack.commands("ml", "ready-by", "/align", "questions")
    assert "answered it; is that right?" in said.text

    await kickoff.slack.clicks("ml", kickoff.slack.ephemerals("ml")[-1], "That's right")
    await kickoff.settle()
    assert "ml.feasibility" not in await blocking_open(kickoff)


async def test_nobody_else_can_say_that_it_is_right(kickoff: World):
    ml = await answered_by_a_helper(kickoff)
    await ml.clicks("ml.feasibility", "That's right", by="pm")
    assert "Only the ML person can say that this is right" in kickoff.slack.ephemerals("pm")[-1].plain
    assert "ml.feasibility" in await blocking_open(kickoff)


async def test_words_that_leave_room_are_clear_once_another_role_says_so(kickoff: World):
    pm, _, _ = talks(kickoff)
    await pm.says("better results")
    assert "somebody of another role finds it clear" in (await pm.shows("pm.user_decision")).plain

    await pm.clicks("pm.user_decision", "Clear to me", by="eng")
    record = await pm.shows("pm.user_decision")
    assert "finds it clear" not in record.plain
    assert "Clear to me" not in [control.label for control in record.controls]


async def test_the_author_cannot_call_their_own_words_clear(kickoff: World):
    pm, _, _ = talks(kickoff)
    await pm.says("better results")
    await pm.clicks("pm.user_decision", "Clear to me")
    assert "somebody of another role says so" in kickoff.slack.ephemerals("pm")[-1].plain
