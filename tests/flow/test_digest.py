"""The weekly digest as the channel sees it, week by week, and that it comes exactly once."""

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from textwrap import dedent

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


def lines(text):
    return dedent(text).strip()


async def all_said(world, but=()):
    await answered(world, {id: value for id, value in SAID.items() if id not in (SURVEY, *but)})
    await answered(world, {SURVEY: SAID[SURVEY]})


async def lived_to(world, moment):
    await world.move_to(moment.replace(hour=12))


async def test_a_kickoff_that_has_just_started(kickoff):
    await lived_to(kickoff, FIRST)

    (message,) = digests(kickoff)
    assert message.plain == lines("""
        ⚪ Ready-By · Not enough known · 0 of 36 known · 90 days to launch
        feasibility or data questions open; a role has not been heard
        Still open How it works today (@Ana, 1 working day) · Can ML do it (@Mei, 1 working day) · True answers (@Mei, 1 working day) · and 5 more
        [See all] [My questions]
    """)  # fmt: skip  # noqa: E501
    assert datetime.fromtimestamp(float(message.ts), UTC).replace(second=0) == FIRST


async def test_a_kickoff_in_the_middle(kickoff):
    await lived_to(kickoff, FIRST)
    pm = {id: value for id, value in SAID.items() if id.startswith("pm.") and id != "pm.decider"}
    await answered(kickoff, pm | {"ml.v1": "deep_or_ensemble", "ml.feasibility": "plausible_untested"})
    await lived_to(kickoff, SECOND)

    assert digests(kickoff)[-1].plain == lines("""
        ⚪ Ready-By · Not enough known · 13 of 38 known · 113 days to launch
        feasibility or data questions open; a role has not been heard
        Decide this week
        • Evidence today that ML can do this: plausible, not tested. Run the smallest test that says yes or no, with a date, before more is built. → @Mei
        • The PM would ship the simpler one first; ML plans to start with: deep model or ensemble we train. Agree what is in V1 and what waits for V2. → @Ana
        • We have hardly heard from the ML person yet (2 of 12 questions). Name a person, or start the interview. → @Ana
        The three accounts side by side
        First version
        PM Ship the simpler one first · ML Deep model or ensemble we train
        Changed Launch 1 Jun 2026 → 1 Jul 2026 · New: not proven that ML can do it · New: PM and ML plan different first versions · 13 new answers
        Still open True answers (@Mei, 6 working days) · Model inputs (ML, 6 working days) · Where we checked (ML, 6 working days) · and 4 more
        [See all] [My questions]
    """)  # fmt: skip  # noqa: E501


CONTRADICTING = lines("""
    🔴 Ready-By · Misaligned · 26 · 120 days to launch
    ML and engineering disagree whether it can be done; too slow for the time it is given
    Decide this week
    • ML says 'works on our own data'; engineering says 'no': 'orders arrive in a nightly batch'. Thirty minutes, all three, today's evidence on the table. → @Ana
    • The model takes 900 ms and reading 'kitchen id' 5 ms, 905 ms together; the budget is 150 ms. A smaller model, a value computed beforehand, one slow input less, or another budget. → @Mei
    • Success is stated as a model score: 'AUC of the model'. Name the number outside the model that this should move. → @Ana
    The three accounts side by side
    Goal and metric
    PM AUC of the model, A model score (accuracy, AUC, RMSE...) · ML mean absolute error of the ready time in minutes · Engineer Before launch (day zero), The PM's number, Input freshness / coverage, Latency…
    Time to answer
    PM 200 ms · ML 900 ms · Engineer 150 ms
    Launch and effort
    PM 1 Jul 2026, Target · ML 3 weeks, 5 weeks · Engineer 2 weeks, 4 weeks
    Good ML's metric is tied to 'AUC of the model' and will be measured live. · The business outcome is on a board with an owner from day zero.
    [See all] [My questions]
    """)  # fmt: skip  # noqa: E501
MENDED = lines("""
    🟢 Ready-By · Aligned · 100 (▲74) · 113 days to launch
    The three accounts side by side
    Goal and metric
    PM late pickups per 100 orders, Time or effort saved · ML mean absolute error of the ready time in minutes · Engineer Before launch (day zero), The PM's number, Input freshness / coverage, Latency…
    Time to answer
    PM 200 ms · ML 30 ms · Engineer 150 ms
    Launch and effort
    PM 1 Jul 2026, Target · ML 3 weeks, 5 weeks · Engineer 2 weeks, 4 weeks
    Changed Misaligned → Aligned · Solved: ML and engineering disagree whether it can be done · Solved: too slow for the time it is given · Solved: success is a model score · and 1 more
    Good ML's metric is tied to 'late pickups per 100 orders' and will be measured live. · The business outcome is on a board with an owner from day zero.
    [See all] [My questions]
    """)  # fmt: skip  # noqa: E501


async def test_a_contradiction_and_the_week_after_it_was_mended_and_one_without_news(kickoff):
    await all_said(kickoff)
    await answered(kickoff, CONTRADICTION)
    await lived_to(kickoff, FIRST)
    assert digests(kickoff)[-1].plain == CONTRADICTING

    await answered(kickoff, {id: SAID[id] for id in CONTRADICTION})
    await lived_to(kickoff, SECOND)
    assert digests(kickoff)[-1].plain == MENDED

    await lived_to(kickoff, THIRD)
    assert digests(kickoff)[-1].plain == (
        "🟢 Aligned · Ready-By: nothing new this week; next look Tue 24 Mar 2026, 09:00 UTC"
    )
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
    name = "<!here> *Ready* & <https://evil.example|co>"
    await world.slack.commands("pm", "ready-by", "/align", KICKOFF.replace("Ready-By", name))
    await world.settle()
    await answered(world, {"pm.success_metric": {"metric": "<!channel> AUC & *stars*", "kind": "model_score"}})
    await lived_to(world, FIRST)

    posted = [m for m in world.slack.messages("ready-by") if m.by_bot][-1]
    assert "@here *Ready* & co" in posted.plain
    assert "<!channel> AUC & *stars*" in posted.plain
