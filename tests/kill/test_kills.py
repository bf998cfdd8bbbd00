"""`kill -9` at random moments, on real processes: no answer lost, no question unasked, nothing said twice."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.db import Database
from bot.domain.answers import State
from bot.domain.bank import Role
from bot.sandbox import Delay, StandIn
from bot.sandbox.demo.world import MANIFEST

from .people import Answering
from .processes import APP_TOKEN, SECRET, TOKEN, Serving, free_port

RETRIES = tuple(
    0.4 * n for n in range(1, 200)
)  # seconds; Slack's own are minutes apart, and the bot is never away so long
Record = Callable[[str, object], None]
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


async def _check(url: str, people: list[Answering]) -> int:
    """Every reply is in its answer, and each question was asked once. Returns the number of answers."""
    answers, database = 0, Database(url, now)
    async with database.transaction() as uow:
        projects = [await uow.projects.get(number) for number in range(1, len(people) + 1)]
    await database.close()
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


@pytest.fixture
async def slack() -> AsyncIterator[StandIn]:
    async with StandIn(now, MANIFEST, SECRET, TOKEN, APP_TOKEN, retry_after=RETRIES) as slack:
        slack.faults.rate("chat.postMessage", {Delay(0.25): 0.6}, seed=1)  # taken, not answered yet: the worst moment
        yield slack


async def _live_through(slack: StandIn, replicas: list[Serving], people: list[Answering], kills: int) -> None:
    try:
        async with asyncio.timeout(120), asyncio.TaskGroup() as at_work:
            for person in people:
                at_work.create_task(person.answer_all())
            at_work.create_task(_kill(slack, replicas, random.Random(kills), kills))
    except TimeoutError:
        logs = "\n".join(one.log.read_text()[-2000:] for one in replicas)
        lost = [parcel.id for parcel in slack.lost]
        pytest.fail(f"stuck: {[person.stands() for person in people]}, lost: {lost}\n{logs}")


@pytest.mark.parametrize(
    ("database_url", "replicas", "kills"),
    [("sqlite", 1, 10), ("postgres", 1, 6), ("postgres", 2, 8)],
    indirect=["database_url"],
)
async def test_a_killed_bot_loses_nothing_and_says_nothing_twice(
    slack: StandIn, migrated_url: str, replicas: int, kills: int, tmp_path: Path, record_property: Record
):
    settings = {"ALIGNBOT_LOG_LEVEL": "error"}
    serving = [Serving(slack, migrated_url, free_port(), settings, tmp_path / f"{n}.log") for n in range(replicas)]
    async with AsyncExitStack() as stack:
        for one in serving:
            await one.start()
            stack.push_async_callback(one.kill)
        slack.deliver_to(f"{serving[0].url}/slack/events")
        people = await _team(slack)
        await _live_through(slack, serving, people, kills)
        statuses = [await one.stop() for one in serving]
    answers, jobs = await _check(migrated_url, people), _jobs(slack, people)

    record_property(
        "figures", f"{_kind(migrated_url)}, {replicas} process(es): {kills} kills, {_figures(slack, jobs, answers)}"
    )
    assert statuses == [0] * replicas, "asked to end, it finishes what is under way and exits with 0"
    assert list(slack.lost) == []
    assert [job for job, times in jobs.items() if times > 1] == [], "nothing is said twice"


def _kind(url: str) -> str:
    return url.partition(":")[0].partition("+")[0]


def _figures(slack: StandIn, jobs: Counter[str], answers: int) -> str:
    looked = len(slack.calls_of("conversations.replies")) + len(slack.calls_of("conversations.history"))
    twice = sum(times > 1 for times in jobs.values())
    return (
        f"{answers} answers and 0 lost, {len(jobs)} messages and {twice} doubled, {looked} looks before a second post"
    )
