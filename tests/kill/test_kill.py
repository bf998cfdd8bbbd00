"""kill -9 at random moments, while three people answer: nothing acknowledged is lost, nothing comes twice."""

import asyncio
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from bot.db import Database
from bot.sandbox import StandIn, wall_clock
from bot.sandbox.demo.world import APP_TOKEN, MANIFEST, SECRET, TOKEN
from tests.conftest import POSTGRES_ONLY
from tests.db.evidence import asked, doubled, failures, the_project

from .processes import PATIENCE, Person, Replica

CHANNELS = ("alpha", "beta", "gamma")
ROLES = ("pm", "ml", "eng")
QUESTIONS = 5  # of each role
AGAIN = tuple(0.3 * n for n in range(1, 200))  # when Slack delivers an event again, compressed
KILLS = 10


@pytest.fixture
async def slack():
    retries = {"retry_after": AGAIN}
    async with StandIn(wall_clock, MANIFEST, SECRET, TOKEN, APP_TOKEN, **retries) as slack:
        for who in ROLES:
            slack.add_user(who, tz="Europe/Berlin")
        for channel in CHANNELS:
            slack.add_channel(channel, id=f"C_{channel.upper()}", members=ROLES)
        yield slack


class Run:
    """People at work, and somebody who kills."""

    def __init__(self, slack: StandIn, url: str, folder: Path, replicas: int, seed: int) -> None:
        self.slack, self.url, self.random, self.kills = slack, url, Random(seed), 0
        self.replicas = [Replica(slack, url, folder) for _ in range(replicas)]
        self.people = [
            Person(slack, who, channel, card, Random(f"{seed}{who}{channel}"))
            for channel in CHANNELS
            for card, who in enumerate(ROLES, 1)
        ]

    async def through(self, kills: int) -> None:
        for replica in self.replicas:
            replica.start()
        try:
            await asyncio.gather(*(replica.answers() for replica in self.replicas))
            self.slack.deliver_to(f"{self.replicas[0].url}/slack/events")
            await self._kick_off()
            talking = [asyncio.ensure_future(person.answer_all(QUESTIONS)) for person in self.people]
            await self._kill(kills)
            await asyncio.gather(*talking)
            await self.slack.until(self._said_goodbye, within=PATIENCE)
            assert [await replica.stop() for replica in self.replicas] == [0] * len(self.replicas)
        finally:
            for replica in self.replicas:
                replica.make_sure_it_is_gone()

    async def _kick_off(self) -> None:
        for channel in CHANNELS:
            people = " ".join(f"{who}:<@U_{who.upper()}>" for who in ROLES)
            answer = await self.slack.commands("pm", channel, "/align", f"kickoff Ready-By {people}")
            assert answer.ok, answer

    async def _kill(self, kills: int) -> None:
        while self.kills < kills:
            victim = self.replicas[self.kills % len(self.replicas)]
            if self.random.random() < 0.8:  # else it may die while it starts
                await victim.answers()
            await asyncio.sleep(self.random.uniform(0.05, 1.2))
            victim.kill()
            self.kills += 1
            standing = [replica for replica in self.replicas if replica is not victim] or [victim]
            self.slack.deliver_to(f"{self.random.choice(standing).url}/slack/events")
            victim.start()
        await asyncio.gather(*(replica.answers() for replica in self.replicas))

    def _said_goodbye(self) -> bool:
        for channel in CHANNELS:
            for card in self.slack.messages(channel)[1:4]:
                said = [m for m in self.slack.messages(channel, thread=card) if m.by_bot]
                if len(said) < QUESTIONS + 1 or not any(
                    m.plain.startswith("That") or "thank" in m.plain.lower() for m in said
                ):
                    return False
        return True

    def figures(self) -> str:
        posts = sum(m.by_bot for channel in CHANNELS for m in self.slack.everything(channel))
        looks = len(self.slack.calls_of("conversations.history") + self.slack.calls_of("conversations.replies"))
        given = sum(len(person.given) for person in self.people)
        twice = len(doubled(self.slack, *CHANNELS))
        name = self.url.partition(":")[0].partition("+")[0]
        return (
            f"{name}, {len(self.replicas)} replica(s): {self.kills} kills, {given} answers, {posts} posts, "
            f"{twice} doubled, {looks} looks before a second try, {self.slack.ratelimited} × 429"
        )


async def examine(run: Run) -> list[str]:
    """Everything that must not be, in words."""
    database = Database(run.url, wall_clock)
    wrong = [f"posted twice: {key}" for key in doubled(run.slack, *CHANNELS)] + run.slack.bot_faults
    wrong += [f"given up: {failure.error}" for failure in await failures(database) if failure.direction == "out"]
    wrong += [f"lost: {parcel.payload}" for parcel in run.slack.lost]
    questions = await asked(database, run.slack, *CHANNELS)
    wrong += [f"asked {times} times: {question}" for question, times in questions.items() if times != 1]
    if len(questions) != len(CHANNELS) * len(ROLES) * QUESTIONS:
        wrong.append(f"only {len(questions)} questions were asked")
    stored = Counter[str]()
    for channel in CHANNELS:
        project = await the_project(database, f"C_{channel.upper()}")
        stored.update(str(answer.value) for answer in project.answers.values())
        wrong += [f"{role} of {channel} is not done" for role, held in project.interviews.items() if not held.done]
    given = Counter(text for person in run.people for text in person.given)
    wrong += [f"lost: {text}" for text in (given - stored)]
    await database.close()
    return wrong


async def live_through(run: Run, kills: int, capsys) -> None:
    async with asyncio.timeout(110):
        await run.through(kills)
    with capsys.disabled():
        print(f"\n{run.figures()}")
    assert await examine(run) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ten_kills_on_sqlite_lose_and_double_nothing(slack, migrated_url, tmp_path, capsys):
    await live_through(Run(slack, migrated_url, tmp_path, 1, seed=1), KILLS, capsys)


@pytest.mark.parametrize("database_url", POSTGRES_ONLY, indirect=True)
async def test_twelve_kills_of_two_replicas_on_postgres_lose_and_double_nothing(slack, migrated_url, tmp_path, capsys):
    await live_through(Run(slack, migrated_url, tmp_path, 2, seed=2), KILLS + 2, capsys)
