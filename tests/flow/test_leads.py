"""The leads' digest: where, when and by whom it is set, of which products it tells, and that it comes once a week."""

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from functools import partial

import pytest

from bot.config import Settings
from bot.jobs import tick
from bot.sandbox.demo.world import open_bot
from bot.sandbox.faults import Refuse
from tests.flow.conftest import KICKOFF
from tests.flow.stored import answered, the_project
from tests.flow.test_digest import CONTRADICTION, all_said

TUESDAY = datetime(2026, 3, 3, 9, tzinfo=UTC)
WEEK_AFTER = datetime(2026, 3, 10, 9, tzinfo=UTC)


@pytest.fixture
async def leads(kickoff):
    """A channel of leads with an admin in it, and a product that shares."""
    kickoff.slack.add_user("boss", id="U_BOSS", name="Bo", tz="Europe/Zagreb", admin=True)
    kickoff.slack.add_channel("leads", id="C_LEADS", members=["boss", "pm"])
    await typed(kickoff, "share on")
    await typed(kickoff, "leads here", who="boss", where="leads")
    return kickoff


async def typed(world, text, who="pm", where="ready-by"):
    said = await world.slack.commands(who, where, "/align", f"digest {text}")
    await world.settle()
    assert said.status == 200
    assert all(m.ephemeral_to for m in said.responses)
    return said.text


def posts(world, where="leads"):
    return [m.plain for m in world.slack.messages(where) if m.by_bot]


async def lived_to(world, moment):
    await world.move_to(moment.replace(hour=12))


async def test_leads_are_told_on_tuesday_at_ten_of_what_is_shared(leads):
    await lived_to(leads, TUESDAY)

    (post,) = posts(leads)
    assert post.splitlines()[0] == "ML portfolio · 1 project: ⚪ 1 not enough known"
    await all_said(leads)
    await answered(leads, CONTRADICTION)
    await lived_to(leads, WEEK_AFTER)

    first, second, *_ = posts(leads)[-1].splitlines()
    assert first == "ML portfolio · 1 project: 🔴 1 misaligned (+1) · ⚪ 0 not enough known (-1)"
    assert second.startswith(
        "🔴 Ready-By (new): ML and engineering disagree whether it can be done → @Ana decides by Thu"
    )
    assert "26" not in posts(leads)[-1], "no scores"


async def test_day_and_hour_can_be_named_and_it_can_be_stopped(leads):
    said = await typed(leads, "leads here friday 14:00", who="boss", where="leads")
    assert "every Friday at 14:00 (Europe/Zagreb time), next on Fri 6 Mar 2026, 13:00 UTC" in said
    await lived_to(leads, TUESDAY)
    assert posts(leads) == []
    await leads.move_to(datetime(2026, 3, 6, 14, tzinfo=UTC))
    assert len(posts(leads)) == 1

    assert "is off" in await typed(leads, "leads off", who="boss", where="leads")
    await leads.move_to(datetime(2026, 3, 20, 14, tzinfo=UTC))
    assert len(posts(leads)) == 1


async def test_only_admins_say_where_it_is_posted(leads):
    for text in ("leads here", "leads off"):
        said = await typed(leads, text, where="leads")
        assert said == (
            "Only the admins of this workspace can say where the leads' digest is posted. "
            "Ask one of them to type it here."
        )


async def test_so_may_those_whom_the_settings_of_the_bot_name(leads, monkeypatch):
    leads.slack.add_user("owner", id="U0OWNER", name="Ola", tz="Asia/Tokyo")
    await leads.slack.joins("owner", "leads")
    monkeypatch.setattr("bot.sandbox.demo.world.Settings", partial(Settings, alignbot_admins="U0OWNER"))
    async with open_bot(leads.bot.settings.database_url, leads.clock, leads.slack) as (_, url):
        leads.slack.deliver_to(f"{url}/slack/events")
        said = await typed(leads, "leads here", who="owner", where="leads")
        assert "comes here every Tuesday at 10:00 (Asia/Tokyo time)" in said


async def test_the_command_explains_itself(leads):
    assert "Type `/align digest leads here`" in await typed(leads, "leads")
    assert "Type `/align digest leads here`" in await typed(leads, "leads here soon", who="boss", where="leads")
    assert "Type `/align digest share on`" in await typed(leads, "share")
    assert "needs a channel" in await typed(leads, "leads here", who="boss", where="dm")


async def test_only_the_people_of_a_product_share_it_and_it_can_be_taken_back(leads):
    leads.slack.add_user("guest", id="U_OTHER", name="Oz")
    await leads.slack.joins("guest", "ready-by")
    assert "Only the people of Ready-By can share it with the leads" in await typed(leads, "share off", who="guest")
    assert "tells nothing of Ready-By any more" in await typed(leads, "share off Ready-By")
    await lived_to(leads, TUESDAY)

    assert posts(leads) == []
    assert (await the_project(leads)).shared is False


async def test_a_private_channels_product_is_never_told_not_even_its_name(leads):
    leads.slack.add_channel("secret", id="C_SECRET", members=["pm", "ml", "eng"], private=True)
    await leads.slack.commands("pm", "secret", "/align", KICKOFF.replace("Ready-By", "Hush"))
    await leads.settle()
    said = await typed(leads, "share on", where="secret")
    assert said.startswith("This channel is private, so Hush stays in it")
    await lived_to(leads, TUESDAY)

    (post,) = posts(leads)
    assert "1 project" in post
    assert "Hush" not in post


async def test_a_product_whose_channel_became_private_since_cannot_be_shared(leads):
    await typed(leads, "share off")
    leads.slack.world.workspace.channel("ready-by").kind = "private"
    assert "This channel is private" in await typed(leads, "share on")


async def test_a_product_whose_channel_becomes_private_is_told_no_more_and_must_be_shared_anew(leads):
    await leads.slack.converts("pm", "ready-by", private=True)
    await lived_to(leads, TUESDAY)
    assert posts(leads) == []
    await leads.slack.commands("pm", "ready-by", "/align", "settings")
    assert "Leads" not in leads.slack.view_of("pm").labels

    await leads.slack.converts("pm", "ready-by", private=False)
    await lived_to(leads, WEEK_AFTER)
    assert posts(leads) == []
    await typed(leads, "share on")
    await lived_to(leads, datetime(2026, 3, 17, 9, tzinfo=UTC))
    assert len(posts(leads)) == 1


async def test_it_comes_once_over_ticks_and_replicas(leads):
    async with AsyncExitStack() as stack:
        url = leads.bot.settings.database_url
        opened = [await stack.enter_async_context(open_bot(url, leads.clock, leads.slack)) for _ in range(2)]
        bots = [leads.bot, *(bot for bot, _ in opened)]
        for moment in (TUESDAY, WEEK_AFTER):
            leads.clock.move_to(moment)
            for _ in range(3):
                await asyncio.gather(*(tick(bot.database, bot.bank, leads.clock()) for bot in bots))
            await leads.settle()

    assert len(posts(leads)) == 2


async def test_moved_within_its_week_it_is_not_told_twice(leads):
    await lived_to(leads, TUESDAY)
    said = await typed(leads, "leads here friday", who="boss", where="leads")
    assert "next on Fri 13 Mar" in said
    await leads.move_to(datetime(2026, 3, 12, tzinfo=UTC))
    assert len(posts(leads)) == 1


async def test_news_counts_from_what_slack_has(leads):
    await lived_to(leads, TUESDAY)
    await all_said(leads)
    leads.slack.faults.next("chat.postMessage", Refuse("not_in_channel"), channel="leads")
    await lived_to(leads, WEEK_AFTER)
    assert len(posts(leads)) == 1
    await lived_to(leads, datetime(2026, 3, 17, 9, tzinfo=UTC))

    assert "🟢 1 aligned (+1)" in posts(leads)[-1]


async def test_after_a_long_outage_it_waits_for_its_next_day(leads):
    leads.clock.move_to(datetime(2026, 3, 7, 9, tzinfo=UTC))
    await leads.tick()
    assert posts(leads) == []
    await lived_to(leads, WEEK_AFTER)
    assert len(posts(leads)) == 1


async def test_without_a_product_that_shares_nothing_is_posted(leads):
    await typed(leads, "share off")
    await lived_to(leads, WEEK_AFTER)
    assert posts(leads) == []
