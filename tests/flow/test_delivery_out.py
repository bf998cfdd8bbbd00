"""What goes to Slack, whatever Slack does with it: each message once, in order; what cannot succeed stops no other."""

from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.errors import SlackApiError
from sqlalchemy import select

from bot.db.tables import lane
from bot.domain.messages import Direct, Note, Saying
from bot.sandbox import AcceptThenDrop, Delay, RateLimited, Refuse, Reset, ServerError
from bot.slack import refusals
from tests.db.evidence import asked, doubled, failures
from tests.db.speaking import reply, say, texts

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
