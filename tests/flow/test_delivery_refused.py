"""What Slack will not take, or what we cannot send: it stops no other message, and no interview waits for it."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from bot.db.tables import job
from bot.domain.bank import Role
from bot.domain.messages import Ask, InChannel, Saying
from bot.sandbox import AcceptThenDrop, Refuse, ServerError
from bot.services import undelivered
from tests.db.evidence import asked, failures, posted_jobs, the_project
from tests.db.speaking import attempts, reply, say, texts

FIRST = ["pm.user_decision", "ml.feasibility", "eng.serving"]


@pytest.mark.parametrize("code", ["is_archived", "invalid_blocks", "channel_not_found", "msg_too_long"])
async def test_what_slack_will_never_take_is_refused_at_once_and_others_go_on(kickoff, code):
    kickoff.slack.faults.next("chat.postMessage", Refuse(code))
    await say(kickoff, "one", "two")
    await kickoff.settle()

    assert texts(kickoff)[-1] == "two"
    assert (await attempts(kickoff))[-2:] == [1, 1]
    (given_up,) = await failures(kickoff.bot.database)
    assert (given_up.direction, given_up.kind, code in given_up.error) == ("out", "Note", True)


async def test_a_message_that_slack_fails_on_eight_times_is_given_up_and_others_go_on(kickoff):
    kickoff.slack.faults.next("chat.postMessage", ServerError(503), times=8)
    await say(kickoff, "one", "two")
    await kickoff.settle(timedelta(hours=1))

    assert texts(kickoff)[-1] == "two"
    (given_up,) = await failures(kickoff.bot.database)
    assert given_up.error == "gave up after 8 tries: HTTP 503"


async def test_an_archived_channel_stops_no_other_and_gets_everything_when_it_is_back(world):
    world.slack.add_channel("other", id="C_OTHER", members=["pm", "ml", "eng"])
    for channel in ("ready-by", "other"):
        command = "kickoff Ready-By pm:<@U_PM> ml:<@U_ML> eng:<@U_ENG>"
        await world.slack.commands("pm", channel, "/align", command)
    await world.slack.archives("pm", "ready-by")
    await world.settle()

    assert set(await asked(world.bot.database, world.slack, "other")) == {(2, question) for question in FIRST}
    assert posted_jobs(world.slack, "ready-by") == []
    assert all("is_archived" in f.error for f in await failures(world.bot.database) if f.kind == "KickoffCard")

    await world.slack.unarchives("pm", "ready-by")
    await world.settle()

    assert await asked(world.bot.database, world.slack, "ready-by") == {(1, question): 1 for question in FIRST}


async def refused_question(world, code: str = "invalid_blocks") -> None:
    """PM's next question is refused while a second reply waits for it."""
    await reply(world)
    await reply(world, "And the kitchen display sorts orders by it")
    world.slack.faults.next("chat.postMessage", Refuse(code))
    await world.settle()


async def test_a_refused_question_leaves_no_interview_waiting_and_no_reply_unfiled(kickoff):
    await refused_question(kickoff)

    project = await the_project(kickoff.bot.database, "C_READY")
    interview = project.interviews[Role.PM]
    assert (interview.posting, interview.held) == (False, ())
    assert str(project.answers["pm.user_decision"].value).endswith("sorts orders by it")
    assert [f.kind for f in await failures(kickoff.bot.database)] == ["Ask"]
    # The reply that was held went on with the interview.
    assert (await asked(kickoff.bot.database, kickoff.slack, "ready-by"))[1, "pm.success_metric"] == 1


async def test_a_refused_question_is_asked_anew_by_the_next_step_and_not_twice_by_a_retry(kickoff):
    await reply(kickoff)
    kickoff.slack.faults.next("chat.postMessage", Refuse("invalid_blocks"))
    await kickoff.settle()
    await reply(kickoff, "And the kitchen display sorts orders by it")
    await kickoff.settle()
    assert (await asked(kickoff.bot.database, kickoff.slack, "ready-by"))[1, "pm.success_metric"] == 1

    async with kickoff.bot.database.transaction() as uow:
        assert await undelivered.post_again(uow, kickoff.bot.bank) == 1
    await kickoff.settle()

    assert (await asked(kickoff.bot.database, kickoff.slack, "ready-by"))[1, "pm.success_metric"] == 1
    assert await failures(kickoff.bot.database) == []


async def test_a_retry_asks_what_was_refused_and_posts_the_rest_again(kickoff):
    await reply(kickoff)
    await say(kickoff, "a note")
    kickoff.slack.faults.next("chat.postMessage", Refuse("invalid_blocks"), times=2)
    await kickoff.settle()
    assert {f.kind for f in await failures(kickoff.bot.database)} == {"Ask", "Note"}

    async with kickoff.bot.database.transaction() as uow:
        assert await undelivered.post_again(uow, kickoff.bot.bank) == 2
    await kickoff.settle()

    assert (await asked(kickoff.bot.database, kickoff.slack, "ready-by"))[1, "pm.success_metric"] == 1
    assert (texts(kickoff)[-1], await failures(kickoff.bot.database)) == ("a note", [])


async def test_what_slack_took_before_it_was_given_up_is_found_by_the_retry(kickoff):
    kickoff.slack.faults.next("chat.postMessage", AcceptThenDrop())
    kickoff.slack.faults.next("conversations.history", Refuse("internal_error"), times=7)
    await say(kickoff, "one")
    await kickoff.settle(timedelta(hours=1))
    assert [f.kind for f in await failures(kickoff.bot.database)] == ["Note"]

    async with kickoff.bot.database.transaction() as uow:
        await undelivered.post_again(uow, kickoff.bot.bank)
    await kickoff.settle()

    assert texts(kickoff).count("one") == 1
    assert await failures(kickoff.bot.database) == []


async def test_an_unreadable_row_and_a_message_that_cannot_be_rendered_stop_no_other(kickoff):
    unknown = Ask(1, Role.PM, "pm.not_in_this_bank", "?", 1, 1, 1, "U_PM")
    row = {"team_id": "T0ACME", "enterprise_id": "", "lane": "T0ACME:C_READY", "kind": "Poem", "tries": 0, "excused": 0}
    async with kickoff.bot.database.transaction() as uow:
        await uow.connection.execute(
            insert(job).values(**row, key="x", args={"message": {"kind": "Poem"}}, due_at=uow.now)
        )
        uow.outbox.say(Saying(unknown, InChannel("C_READY")), team="T0ACME", lane="T0ACME:C_READY")
    await say(kickoff, "still here")
    await kickoff.settle()

    assert texts(kickoff)[-1] == "still here"
    given_up = {f.kind: f.error.split(":")[0] for f in await failures(kickoff.bot.database)}
    assert given_up == {"Poem": "unreadable", "Ask": "cannot be rendered"}


async def test_a_fault_of_our_own_in_delivering_is_tried_again_and_blocks_no_lane_for_ever(kickoff, monkeypatch):
    async def broken(*_: object) -> None:
        raise RuntimeError("a bug of ours")

    with monkeypatch.context() as patched:
        patched.setattr("bot.services.delivery.target", broken)
        await say(kickoff, "one")
        await kickoff.settle(timedelta(hours=1))
    await say(kickoff, "two")
    await kickoff.settle()

    assert texts(kickoff)[-1] == "two"
    (given_up,) = await failures(kickoff.bot.database)
    assert "a bug of ours" in given_up.error


async def test_what_is_to_be_edited_and_was_deleted_is_left_alone(kickoff):
    kickoff.slack.faults.next("chat.update", Refuse("message_not_found"))
    await reply(kickoff)
    await kickoff.settle()

    assert await failures(kickoff.bot.database) == []
