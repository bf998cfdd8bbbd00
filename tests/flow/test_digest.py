"""The weekly digest as the channel sees it, week by week, and that it comes exactly once.

`pytest tests/flow/test_digest.py --rewrite-golden` writes the texts in `golden` anew: read the difference then.
"""

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime

import pytest

from bot.db.tables import digest
from bot.jobs import tick
from bot.sandbox.demo.world import open_bot
from bot.sandbox.faults import Refuse
from tests.domain.test_digest import FULL
from tests.flow.conftest import KICKOFF
from tests.flow.stored import answered, rows

FIRST = datetime(2026, 3, 3, 9, tzinfo=UTC)
SECOND = datetime(2026, 3, 10, 9, tzinfo=UTC)
THIRD = datetime(2026, 3, 17, 9, tzinfo=UTC)
SAID = {id: {"PM": "U_PM", "ENG": "U_ENG"}.get(v, v) if isinstance(v, str) else v for id, v in FULL.items()}
SURVEY = "eng.input_survey"
CONTRADICTION = {
    "pm.success_metric": {"metric": "AUC of the model", "kind": "model_score"},
    "ml.feasibility": "proven_here",
    "ml.latency": {"value": 900, "unit": "ms"},
    "eng.feasible": {"verdict": "no", "because": "orders arrive in a nightly batch"},
}


def digests(world):
    known = [m for m in world.slack.messages("ready-by") if m.by_bot]
    return [m for m in known[4:] if "Ready-By" in m.plain]


def thread_of(world, post):
    """What stands in the thread of a digest."""
    return "\n".join(m.plain for m in world.slack.messages("ready-by", thread=post))


def whole(world):
    """The newest digest, with its thread below."""
    post = digests(world)[-1]
    return f"{post.plain}\n--- thread ---\n{thread_of(world, post)}"


async def all_said(world, but=()):
    await answered(world, {id: value for id, value in SAID.items() if id not in (SURVEY, *but)})
    await answered(world, {SURVEY: SAID[SURVEY]})


async def lived_to(world, moment):
    await world.move_to(moment.replace(hour=12))


async def test_a_kickoff_that_has_just_started(kickoff, golden):
    await lived_to(kickoff, FIRST)

    (message,) = digests(kickoff)
    golden("just_started", whole(kickoff))
    assert datetime.fromtimestamp(float(message.ts), UTC).replace(second=0) == FIRST


async def test_a_kickoff_in_the_middle(kickoff, golden):
    await lived_to(kickoff, FIRST)
    pm = {id: value for id, value in SAID.items() if id.startswith("pm.") and id != "pm.decider"}
    await answered(kickoff, pm | {"ml.v1": "deep_or_ensemble", "ml.feasibility": "plausible_untested"})
    await lived_to(kickoff, SECOND)

    golden("in_the_middle", whole(kickoff))


async def test_a_contradiction_and_the_week_after_it_was_mended_and_one_without_news(kickoff, golden):
    await all_said(kickoff)
    await answered(kickoff, CONTRADICTION)
    await lived_to(kickoff, FIRST)
    golden("contradicting", whole(kickoff))

    await answered(kickoff, {id: SAID[id] for id in CONTRADICTION})
    await lived_to(kickoff, SECOND)
    golden("mended", whole(kickoff))

    await lived_to(kickoff, THIRD)
    post = digests(kickoff)[-1]
    assert post.plain == "🟢 Ready-By · Aligned, 2nd week, nothing new; next look Tue"
    assert post.controls == []
    assert thread_of(kickoff, post) == ""
    assert "[See all]" in (await kickoff.slack.commands("pm", "ready-by", "/align", "digest")).text


async def test_a_digest_comes_once_a_week_over_ticks_restarts_and_three_replicas(kickoff):
    async with AsyncExitStack() as stack:
        url = kickoff.bot.settings.database_url
        opened = [await stack.enter_async_context(open_bot(url, kickoff.clock, kickoff.slack)) for _ in range(2)]
        bots = [kickoff.bot, *(bot for bot, _ in opened)]
        for moment in (FIRST, SECOND):
            kickoff.clock.move_to(moment)
            for _ in range(3):
                await asyncio.gather(*(tick(bot.database, bot.bank, kickoff.clock()) for bot in bots))
            await kickoff.settle()
    await lived_to(kickoff, SECOND)

    assert len(digests(kickoff)) == await rows(kickoff, digest) == 2


async def test_news_counts_from_the_last_digest_that_slack_has(kickoff):
    await lived_to(kickoff, FIRST)
    await answered(kickoff, {"pm.fallback": "default_or_rule"})
    kickoff.slack.faults.next("chat.postMessage", Refuse("invalid_blocks"), channel="ready-by")
    await lived_to(kickoff, SECOND)
    assert len(digests(kickoff)) == 1
    await lived_to(kickoff, THIRD)

    assert "1 new answer" in digests(kickoff)[-1].plain


async def test_a_digest_moved_within_its_week_is_not_posted_twice(kickoff):
    await lived_to(kickoff, FIRST)
    said = await kickoff.slack.commands("pm", "ready-by", "/align", "digest friday 9:00")
    assert said.text.endswith("next on Fri 13 Mar 2026, 08:00 UTC.")
    await kickoff.move_to(datetime(2026, 3, 12, tzinfo=UTC))
    assert len(digests(kickoff)) == 1
    await kickoff.move_to(datetime(2026, 3, 13, 9, tzinfo=UTC))
    assert len(digests(kickoff)) == 2


@pytest.mark.parametrize("text", ["pause", "close", "digest off"])
async def test_a_project_at_rest_has_no_digest(kickoff, text):
    await kickoff.slack.commands("pm", "ready-by", "/align", text)
    await lived_to(kickoff, SECOND)

    assert digests(kickoff) == []


async def test_a_digest_that_is_long_overdue_waits_for_its_next_day(kickoff):
    kickoff.clock.move_to(datetime(2026, 3, 7, 9, tzinfo=UTC))
    await kickoff.tick()
    assert digests(kickoff) == []
    await lived_to(kickoff, SECOND)
    assert len(digests(kickoff)) == 1


async def test_what_waits_for_the_other_side_is_in_no_digest_status_or_panel(kickoff):
    secret = {"pm.response_time": {"value": 123, "unit": "ms"}, "eng.latency_budget": {"value": 456, "unit": "ms"}}
    await all_said(kickoff, but=("ml.latency",))
    await answered(kickoff, secret)
    await lived_to(kickoff, FIRST)
    private = [(await kickoff.slack.commands("ml", "ready-by", "/align", text)).text for text in ("", "digest")]

    for text in (digests(kickoff)[-1].plain, digests(kickoff)[-1].text, *private):
        assert "123" not in text
        assert "456" not in text
    await answered(kickoff, {"ml.latency": {"value": 30, "unit": "ms"}})
    assert (
        "PM 123 ms · ML 30 ms · Engineer 456 ms"
        in (await kickoff.slack.commands("ml", "ready-by", "/align", "digest")).text
    )


@pytest.mark.parametrize("zone", ["Pacific/Pago_Pago", "Asia/Kathmandu", "Pacific/Kiritimati"])
async def test_the_digest_comes_at_ten_on_tuesday_where_the_kickoff_was_started(world, zone):
    world.slack.world.workspace.user("pm").tz = zone
    await world.slack.commands("pm", "ready-by", "/align", KICKOFF)
    await world.settle()
    await world.move_to(datetime(2026, 3, 31, tzinfo=UTC))

    tuesdays = [datetime.fromtimestamp(float(m.ts), UTC) for m in digests(world)]
    offset = {"Pacific/Pago_Pago": 21, "Asia/Kathmandu": 4.25, "Pacific/Kiritimati": 20}[zone]
    assert len(tuesdays) in (4, 5)
    assert all(at.hour + at.minute / 60 == offset for at in tuesdays)


async def test_hostile_words_call_nobody_in_a_digest(world):
    name = "<!here> *Ready* & <https://e.vil|co>"
    await world.slack.commands("pm", "ready-by", "/align", KICKOFF.replace("Ready-By", name))
    await world.settle()
    await answered(world, {"pm.success_metric": {"metric": "<!channel> AUC & *stars*", "kind": "model_score"}})
    await lived_to(world, FIRST)

    posted = [m for m in world.slack.messages("ready-by") if m.by_bot][-1]
    assert "@here *Ready* & co" in posted.plain
    assert "<!channel> AUC & *stars*" in posted.plain
