"""What goes to Slack, whatever Slack does with it: each message once, in order; what cannot succeed stops no other."""

from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.errors import SlackApiError
from sqlalchemy import insert, select

from bot.db.tables import job, lane
from bot.domain.bank import Role
from bot.domain.messages import Ask, Direct, InChannel, Note, Saying
from bot.sandbox import AcceptThenDrop, Delay, RateLimited, Refuse, Reset, ServerError
from bot.services import undelivered
from bot.slack import refusals
from tests.db.evidence import asked, doubled, failures, posted_jobs, the_project

ANSWER = "The order screen shows guests a time, so couriers leave on time"
FIRST = ["pm.user_decision", "ml.feasibility", "eng.serving"]


def pm_card(world):
    return world.slack.messages("ready-by")[1]


async def reply(world, text: str = ANSWER):
    return await world.slack.says("pm", "ready-by", text, thread=pm_card(world))


async def say(world, *texts: str, channel: str = "C_READY") -> None:
    async with world.bot.database.transaction() as uow:
        for text in texts:
            uow.outbox.say(Saying(Note(text), InChannel(channel)), team="T0ACME", lane=f"T0ACME:{channel}")


async def attempts(world) -> list[int]:
    """How many tries were made for each message, oldest first."""
    async with world.bot.database.transaction() as uow:
        return list(await uow.connection.scalars(select(job.c.tries).order_by(job.c.id)))


def texts(world, channel: str = "ready-by") -> list[str]:
    return [m.plain for m in world.slack.messages(channel)]


TROUBLE = [AcceptThenDrop(), Reset(), ServerError(503), ServerError(500)]


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("trouble", TROUBLE, ids=["accepted, then dropped", "reset", "503", "500"])
async def test_a_message_whose_answer_was_lost_is_looked_up_before_it_is_posted_again(kickoff, trouble, times):
    kickoff.slack.faults.next("chat.postMessage", trouble, times=times)
    looks = len(kickoff.slack.calls_of("conversations.replies"))
    await reply(kickoff)
    await kickoff.settle()

    assert (await asked(kickoff.bot.database, kickoff.slack, "ready-by"))[1, "pm.success_metric"] == 1
    assert doubled(kickoff.slack, "ready-by") == []
    assert len(kickoff.slack.calls_of("conversations.replies")) > looks
    assert await failures(kickoff.bot.database) == []


async def test_nothing_is_posted_again_as_long_as_looking_is_not_possible(kickoff):
    kickoff.slack.faults.next("chat.postMessage", AcceptThenDrop())
    kickoff.slack.faults.next("conversations.replies", ServerError(503), times=2)
    await reply(kickoff)
    await kickoff.settle()

    assert (await asked(kickoff.bot.database, kickoff.slack, "ready-by"))[1, "pm.success_metric"] == 1
    assert doubled(kickoff.slack, "ready-by") == []


async def test_an_answer_that_comes_after_the_client_s_patience_is_looked_up(kickoff):
    kickoff.bot.client.session._timeout = aiohttp.ClientTimeout(total=0.1)
    kickoff.slack.faults.next("chat.postMessage", Delay(0.3))
    asked_at = kickoff.clock()
    await reply(kickoff)
    await kickoff.settle()

    assert (await asked(kickoff.bot.database, kickoff.slack, "ready-by"))[1, "pm.success_metric"] == 1
    assert doubled(kickoff.slack, "ready-by") == []
    looked = kickoff.slack.calls_of("conversations.replies")[-1].at
    assert looked - asked_at >= timedelta(seconds=10), "the late one may still be on its way"


async def test_slack_s_wait_is_kept_and_the_order_too(kickoff):
    kickoff.slack.faults.next("chat.postMessage", RateLimited(7))
    before, posts = kickoff.clock(), len(kickoff.slack.calls_of("chat.postMessage"))
    await say(kickoff, "one", "two", "three")
    await kickoff.settle()

    assert texts(kickoff)[-3:] == ["one", "two", "three"]
    turned_away, *rest = kickoff.slack.calls_of("chat.postMessage")[posts:]
    assert turned_away.status == 429
    assert rest[0].at - before >= timedelta(seconds=7)
    assert [call.ok for call in rest] == [True] * 3, "nobody tried before the time was over"
    assert kickoff.slack.calls_of("conversations.history") == [], "what was turned away stands nowhere"


async def test_any_number_of_waits_is_no_failure(kickoff):
    kickoff.slack.faults.next("chat.postMessage", Refuse("ratelimited"), times=12)
    await say(kickoff, "one")
    for _ in range(12):
        await kickoff.settle()
        kickoff.clock.forward(timedelta(seconds=30))
    await kickoff.settle()

    assert (texts(kickoff)[-1], await failures(kickoff.bot.database)) == ("one", [])


async def test_one_message_a_second_goes_to_a_channel_without_a_single_429(kickoff):
    await say(kickoff, *"abcdef")
    await kickoff.settle()

    assert kickoff.slack.ratelimited == 0
    times = [call.at for call in kickoff.slack.calls_of("chat.postMessage")]
    assert all(later - earlier >= timedelta(seconds=1) for earlier, later in zip(times[-6:], times[-5:], strict=False))


@pytest.mark.parametrize("code", ["token_revoked", "invalid_auth", "account_inactive", "missing_scope"])
async def test_a_bot_that_slack_does_not_let_in_waits_and_loses_nothing(kickoff, code):
    kickoff.slack.faults.next("chat.postMessage", Refuse(code), times=10)
    await say(kickoff, "one", "two")
    for _ in range(10):
        await kickoff.settle()
        kickoff.clock.forward(timedelta(minutes=10))
    await kickoff.settle()

    assert texts(kickoff)[-2:] == ["one", "two"]
    assert await failures(kickoff.bot.database) == []


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


async def test_a_known_direct_message_channel_is_not_asked_for_again(kickoff):
    for day in range(2):
        async with kickoff.bot.database.transaction() as uow:
            uow.outbox.say(Saying(Note(f"{day}"), Direct("U_PM")), team="T0ACME", lane="T0ACME:@U_PM")
        await kickoff.settle()

    assert [m.plain for m in kickoff.slack.dm("pm")] == ["0", "1"]
    assert len(kickoff.slack.calls_of("conversations.open")) == 1


ODD = [
    (503, "text/plain", "upstream is away"),
    (200, "text/plain", "ok"),
    (200, "application/json", "{not json"),
    (502, "application/json", "[]"),
    (200, "application/json", "[]"),
    (200, "application/json", "null"),
    (200, "application/json", '{"ok": false}'),
    (503, "text/html", ""),
    (429, "text/plain", "slow down"),
]


@pytest.mark.parametrize(("status", "kind", "body"), ODD)
async def test_whatever_stands_in_an_answer_that_is_none_the_message_waits(kickoff, status, kind, body):
    async def odd(_: web.Request) -> web.Response:
        return web.Response(status=status, text=body, content_type=kind)

    server = web.Application()
    server.router.add_post("/api/{method}", odd)
    site = web.AppRunner(server, access_log=None)
    await site.setup()
    await web.TCPSite(site, "127.0.0.1", 0).start()
    client, slack = kickoff.bot.client, kickoff.bot.client.base_url
    client.base_url = f"http://127.0.0.1:{site.addresses[0][1]}/api/"
    kickoff.clock.forward(timedelta(seconds=1))  # the pace of what was posted last
    await say(kickoff, "one")
    assert await kickoff.bot.relay.step() is None
    client.base_url = slack
    await site.cleanup()

    await kickoff.settle()
    assert texts(kickoff).count("one") == 1
    assert await failures(kickoff.bot.database) == []


class Odd:
    """What slack_sdk may put where its response should be."""

    status, headers = 502, {"Retry-After": "soon"}


@pytest.mark.parametrize("response", [Odd(), "text", None, {"ok": False}])
def test_an_error_without_a_readable_response_is_one_that_may_pass(response):
    refusal = refusals.read(SlackApiError("no", response))

    assert (refusal.code, refusal.may_pass, refusal.retry_after) == ("", True, 30.0)


async def test_a_new_lane_is_opened_for_each_conversation_and_stays(kickoff):
    await say(kickoff, "one")
    async with kickoff.bot.database.transaction() as uow:
        assert "T0ACME:C_READY" in set(await uow.connection.scalars(select(lane.c.key)))
