"""Post, thread and chart of a digest on their way to Slack: nothing twice, nothing without its post."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.messages import Saying, UnderDigest
from bot.sandbox.faults import AcceptThenDrop, Refuse, ServerError
from bot.services import delivery
from tests.flow.stored import answered
from tests.flow.test_digest import FIRST, SECOND, THIRD, digests, lived_to, thread_of

NUMBERS = "Score W10 0, W11 0, W12 0 · Blocking questions W10 9, W11 9, W12 9"


def charts(message):
    return [block for block in message.blocks if block["type"] == "data_visualization"]


async def test_from_the_third_week_on_a_chart_is_drawn(kickoff):
    await lived_to(kickoff, THIRD)

    assert [len(charts(message)) for message in digests(kickoff)] == [0, 0, 1]
    assert NUMBERS in digests(kickoff)[-1].text


async def test_where_slack_refuses_charts_the_numbers_come_as_a_line_and_nothing_twice(kickoff):
    kickoff.slack.refuse_charts = True
    await lived_to(kickoff, THIRD)

    *_, third = digests(kickoff)
    assert len(digests(kickoff)) == 3
    assert charts(third) == []
    assert NUMBERS in third.plain
    assert "Still open" in thread_of(kickoff, third)


@pytest.mark.parametrize("fault", [AcceptThenDrop(), ServerError(503, accepted=True), ServerError(503)])
async def test_a_post_without_its_chart_is_not_repeated_when_the_answer_to_it_is_lost(kickoff, fault):
    await lived_to(kickoff, SECOND)
    kickoff.slack.refuse_charts = True
    kickoff.slack.faults.next("chat.postMessage", Refuse("invalid_blocks"), channel="ready-by")
    kickoff.slack.faults.next("chat.postMessage", fault, channel="ready-by")
    await lived_to(kickoff, THIRD)

    assert kickoff.slack.faults.pending == 0
    assert len(digests(kickoff)) == 3
    assert NUMBERS in digests(kickoff)[-1].plain


async def test_a_message_that_is_refused_with_and_without_its_chart_is_given_up(kickoff):
    await lived_to(kickoff, SECOND)
    kickoff.slack.faults.next("chat.postMessage", Refuse("invalid_blocks"), times=2, channel="ready-by")
    await lived_to(kickoff, THIRD)

    assert len(digests(kickoff)) == 2


async def test_without_a_post_there_is_no_thread(kickoff):
    await lived_to(kickoff, FIRST)
    before = len(kickoff.slack.everything("ready-by"))
    kickoff.slack.faults.next("chat.postMessage", Refuse("not_in_channel"), channel="ready-by")
    await lived_to(kickoff, SECOND)

    assert len(kickoff.slack.everything("ready-by")) == before
    async with kickoff.bot.database.transaction() as uow:
        where = Saying(None, UnderDigest(1, "2026-W11"))
        assert await delivery.target(uow, kickoff.bot.bank, "T0ACME", where) == delivery.Nowhere(
            "the digest was never posted"
        )


async def test_a_thread_stands_below_its_own_post_and_comes_once(kickoff):
    await lived_to(kickoff, FIRST)
    await answered(kickoff, {"pm.fallback": "default_or_rule"})
    await lived_to(kickoff, SECOND)

    first, second = digests(kickoff)
    threads = [kickoff.slack.messages("ready-by", thread=post) for post in (first, second)]
    assert [len(thread) for thread in threads] == [1, 1]
    assert "Last 2 digests" in threads[1][0].plain


async def test_a_change_of_the_rules_breaks_the_trend_in_sight(kickoff, monkeypatch):
    await lived_to(kickoff, THIRD)
    monkeypatch.setattr("bot.domain.health.Health.__init__.__defaults__", (99,))
    await lived_to(kickoff, THIRD + timedelta(days=7))

    post = digests(kickoff)[-1]
    assert "Changed the rules changed, so the score is not comparable with the last one" in post.plain
    assert charts(post) == []
    assert "⚪⚪⚪│⚪" in thread_of(kickoff, post)


async def test_the_facts_of_a_digest_are_kept_for_the_next_one(kickoff):
    await lived_to(kickoff, SECOND)
    async with kickoff.bot.database.transaction() as uow:
        first, second = await uow.digests.history(1, 5)
        assert await uow.digests.history(1, 1) == [second]

    assert (first["week"], second["week"]) == ("2026-W10", "2026-W11")
    assert {"provisional", "blocking_open", "pillars", "rules_version", "severities"} <= first.keys()
    assert datetime.fromtimestamp(float(digests(kickoff)[0].ts), UTC) >= FIRST
