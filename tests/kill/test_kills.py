"""`kill -9` at random moments, on real processes: no answer lost, no question unasked, nothing said twice."""

import asyncio
import random
from collections import Counter
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.db import Database
from bot.domain.answers import State
from bot.domain.bank import Role
from bot.sandbox import StandIn
from bot.sandbox.demo.world import MANIFEST
from tests.conftest import migrated

from .people import Answering
from .processes import APP_TOKEN, SECRET, TOKEN, Serving, free_port

RETRIES = tuple(
    0.4 * n for n in range(1, 200)
)  # seconds; Slack's own are minutes apart, and the bot is never away so long
ROLES = (Role.PM, Role.ML, Role.ENG)


def now() -> datetime:
    return datetime.now(UTC)


async def _team(slack: StandIn) -> list[Answering]:
    """Three people, each alone in a channel with a kickoff in which they hold one role."""
    people = []
    for number, role in enumerate(ROLES):
        who, channel = f"{role}-person", f"c-{role}"
        slack.add_user(who, id=f"U0{number}KILL", name=who.title(), tz="Europe/Berlin")
        slack.add_channel(channel, id=f"C0{number}KILL", members=[who])
        said = await slack.commands(who, channel, "/align", f"kickoff Product {number} {role}:@{who}")
        assert said.ok, said.reason
        people.append(Answering(slack, who, channel, number + 1))
    return people


async def _kill(slack: StandIn, replicas: list[Serving], dice: random.Random, times: int) -> None:
    """One after the other dies, and Slack's deliveries go to one that lives, if one does."""
    for _ in range(times):
        await asyncio.sleep(dice.uniform(0.05, 1.2))
        victim = dice.choice(replicas)
        await victim.kill()
        standing = [replica for replica in replicas if replica is not victim] or [victim]
        slack.deliver_to(f"{dice.choice(standing).url}/slack/events")
        await victim.start()


def _jobs(slack: StandIn, people: list[Answering]) -> Counter[str]:
    """How often each message of the bot stands in Slack, by the job that said it."""
    return Counter(
        message.metadata["event_payload"]["job"]
        for person in people
        for message in slack.everything(person.channel)
        if message.bot_id and message.metadata
    )


async def _check(database: Database, people: list[Answering]) -> int:
    """Every reply is in its answer, and each question was asked once. Returns the number of answers."""
    answers = 0
    async with database.transaction() as uow:
        projects = [await uow.projects.get(number) for number in range(1, len(people) + 1)]
    for person, project, role in zip(people, projects, ROLES, strict=True):
        assert project is not None
        asked = Counter(question for _, question in project.interviews[role].trail if question)
        assert set(asked.values()) == {1}, asked
        assert set(asked) == set(person.typed)
        for question, words in person.typed.items():
            assert project.state(question) in (State.ANSWERED, State.UNKNOWN), question
            said = project.answers[question]
            assert words in ("1", "I don't know") or words in str(said.value), (question, said)
            answers += 1
    return answers


@pytest.mark.parametrize(
    ("database_url", "replicas", "kills"),
    [("sqlite", 1, 10), ("postgres", 1, 6), ("postgres", 2, 8)],
    indirect=["database_url"],
)
async def test_a_killed_bot_loses_nothing_and_says_nothing_twice(
    database_url: str, replicas: int, kills: int, tmp_path: Path, record_property
):
    if not database_url.startswith("sqlite"):
        await asyncio.to_thread(migrated, database_url)
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(StandIn(now, MANIFEST, SECRET, TOKEN, APP_TOKEN, retry_after=RETRIES))
        serving = [
            Serving(slack, database_url, free_port(), {"ALIGNBOT_LOG_LEVEL": "error"}, tmp_path / f"{n}.log")
            for n in range(replicas)
        ]
        for one in serving:
            await one.start()
            stack.push_async_callback(one.kill)
        slack.deliver_to(f"{serving[0].url}/slack/events")
        people = await _team(slack)
        try:
            async with asyncio.timeout(120), asyncio.TaskGroup() as at_work:
                for person in people:
                    at_work.create_task(person.answer_all())
                at_work.create_task(_kill(slack, serving, random.Random(len(database_url)), kills))
        except TimeoutError:
            logs = "\n".join(one.log.read_text()[-2000:] for one in serving)
            lost = [parcel.id for parcel in slack.lost]
            pytest.fail(f"stuck: {[p.stands() for p in people]}, lost: {lost}\n{logs}")
        jobs = _jobs(slack, people)
        looked = len(slack.calls_of("conversations.replies")) + len(slack.calls_of("conversations.history"))
        statuses = [await one.stop() for one in serving]
        lost = list(slack.lost)
    database = Database(database_url, now)
    answers = await _check(database, people)
    await database.close()

    assert statuses == [0] * replicas, "asked to end, it finishes what is under way and exits with 0"
    assert lost == []
    assert [job for job, times in jobs.items() if times > 1] == [], "nothing is said twice"
    record_property(
        "figures",
        f"{database_url.split(':')[0]}, {replicas} process(es): {kills} kills, {answers} answers and none lost, "
        f"{len(jobs)} messages and none doubled, {looked} looks before a repeated post",
    )
