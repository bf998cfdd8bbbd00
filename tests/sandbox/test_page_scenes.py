"""The scenes of the page: each starts, holds what it promises, and goes on from there."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from bot.cli import Scene
from bot.domain.commitments import Stand
from bot.sandbox.demo.world import World
from bot.sandbox.model import Message
from bot.sandbox.page.happened import Drawer
from bot.sandbox.page.scenes import SCENES, open_scene
from tests.flow.stored import the_project

pytestmark = pytest.mark.asyncio(loop_scope="module")
BERLIN = ZoneInfo("Europe/Berlin")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def empty(tmp_path_factory) -> AsyncIterator[World]:
    async with open_scene("empty", tmp_path_factory.mktemp("empty")) as world:
        yield world


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def kickoff(tmp_path_factory) -> AsyncIterator[World]:
    async with open_scene("kickoff", tmp_path_factory.mktemp("kickoff")) as world:
        yield world


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def trouble(tmp_path_factory) -> AsyncIterator[World]:
    async with open_scene("trouble", tmp_path_factory.mktemp("trouble")) as world:
        yield world


def thread(world: World) -> list[Message]:
    """What stands under the card of the kickoff."""
    return world.slack.messages("ready-by", thread=world.slack.messages("ready-by")[0])


def digests(world: World, where: str = "ready-by") -> list[Message]:
    return [m for m in world.slack.messages(where) if "Misaligned" in m.plain or "portfolio" in m.plain]


async def test_the_command_line_offers_each_scene():
    assert [scene.value for scene in Scene] == list(SCENES)


async def test_the_empty_scene_has_people_and_channels_and_no_word(empty: World):
    workspace = empty.slack.world.workspace
    assert {user.handle for user in workspace.users.values()} == {"alignbot", "ana", "mei", "raj", "lea", "otto"}
    members = {c.name: c.members for c in workspace.channels.values() if c.kind != "im"}
    bot = workspace.bot.id
    assert members == {
        "ready-by": ["U0ANA", "U0MEI", "U0RAJ", bot],
        "leads": ["U0LEA", "U0ANA", bot],
        "general": ["U0ANA", "U0MEI", "U0RAJ", "U0LEA", "U0OTTO", bot],
    }
    assert not any(channel.messages for channel in workspace.channels.values())
    assert empty.clock().astimezone(BERLIN).isoformat() == "2026-03-02T10:00:00+01:00"


async def test_the_kickoff_is_finished_and_its_findings_are_told(kickoff: World):
    card, *threads = [m for m in kickoff.slack.messages("ready-by") if m.by_bot]
    assert "Kickoff complete" in card.plain
    assert len(threads) == 3
    assert all("Done, thank you" in m.plain for m in threads)
    assert any("265 ms" in m.plain for m in thread(kickoff))
    assert [c.label for m in thread(kickoff) for c in m.controls].count("Use the simpler one") == 2


async def test_after_the_kickoff_the_digest_comes_to_the_team_and_to_the_leads(kickoff: World):
    assert digests(kickoff) == digests(kickoff, "leads") == []
    await kickoff.move_to(kickoff.clock() + timedelta(days=8))
    assert len(digests(kickoff)) == len(digests(kickoff, "leads")) == 2


async def test_six_weeks_of_trouble_end_on_a_working_day_after_the_digest(trouble: World):
    now = trouble.clock().astimezone(BERLIN)
    assert (f"{now:%A %H:%M}", now.date().isoformat()) == ("Tuesday 10:05", "2026-04-14")
    assert len(digests(trouble)) == len(digests(trouble, "leads")) == 6
    newest = digests(trouble)[-1]
    shown = [newest, *trouble.slack.messages("ready-by", thread=newest)]
    assert any(block["type"] == "data_visualization" for message in shown for block in message.blocks)


async def test_the_trouble_is_all_there(trouble: World):
    project = await the_project(trouble, "C0READYBY")
    said = [m.plain for m in thread(trouble)]
    assert sum("moved the launch" in text for text in said) == 2
    assert any("by role" in text and "3 apart" in text for text in said)
    assert any("265 ms" in m.plain and m.controls for m in thread(trouble)), "the contradiction is open"
    assert len(project.decisions) == len(project.later) == 1
    assert sorted(offer.stand for offer in project.offers.values()) == sorted([Stand.OFFERED, Stand.TAKEN])
    assert [c.label for m in thread(trouble) for c in m.controls].count("Use the simpler one") == 1


async def test_the_drawer_keeps_the_newest_three_hundred(trouble: World):
    drawer = Drawer(trouble.slack.world)
    kept = drawer.now()
    assert len(kept) == 300
    assert kept[-1].what["at"] == max(one.at for one in (*trouble.slack.calls, *trouble.slack.deliveries)).isoformat()
    assert drawer.now() == kept
    assert all(len(json.dumps(one.what)) < 10_000 for one in kept)


@pytest.mark.parametrize("scene", ["empty", "kickoff", "trouble"])
async def test_nothing_went_wrong_on_the_way(scene: str, request: pytest.FixtureRequest):
    slack = request.getfixturevalue(scene).slack
    assert (slack.broadcasts, slack.bot_faults, list(slack.lost)) == ([], [], [])
    assert all(delivery.status == 200 for delivery in slack.deliveries)
