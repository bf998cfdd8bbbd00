"""The bot dies at every single step that it waits for, and a new one goes on: nothing lost, nothing asked twice."""

import shutil
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.db.tables import metadata
from bot.sandbox import SimulatedClock, StandIn
from bot.sandbox.demo.world import APP_TOKEN, MANIFEST, SECRET, TOKEN
from tests.conftest import clear
from tests.db.crashing import Hazard
from tests.db.evidence import asked, doubled, failures, the_project
from tests.db.reborn import Lives

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
KICKOFF = "kickoff Ready-By pm:<@U_PM> ml:<@U_ML> eng:<@U_ENG> launch:2026-06-01 See when food is ready"
TYPED = "The order screen shows guests a time, so couriers leave on time"
SHARDS = 4
ASKED = ("pm.user_decision", "pm.success_metric", "pm.success_target", "ml.feasibility", "ml.target", "eng.serving")
EMPTIED = f"TRUNCATE {', '.join(metadata.tables)} RESTART IDENTITY"


async def live(url: str, at: int, *, statements: bool) -> tuple[Hazard, list[str]]:
    """A kickoff, a reply, a click, a form, reminders and a digest, with a death at one step; what is wrong then."""
    clock, hazard = SimulatedClock(MONDAY), Hazard(at, statements=statements)
    async with StandIn(clock, MANIFEST, SECRET, TOKEN, APP_TOKEN) as slack:
        for handle, zone in (("pm", "Europe/Zagreb"), ("ml", "Europe/Berlin"), ("eng", "Europe/Lisbon")):
            slack.add_user(handle, tz=zone)
        slack.add_channel("ready-by", id="C_READY", members=["pm", "ml", "eng"])
        lives = Lives(slack, url, clock, hazard)
        await lives.begin()
        await converse(lives, slack, clock)
        hazard.at = None  # the rest is only looking
        wrong = await examine(lives, slack)
        await lives.end()
    return hazard, wrong


async def converse(lives: Lives, slack: StandIn, clock: SimulatedClock) -> None:
    await lives.insist(lambda: slack.commands("pm", "ready-by", "/align", KICKOFF))
    await lives.settle()
    pm, ml, _eng = slack.messages("ready-by")[1:4]
    await slack.says("pm", "ready-by", TYPED, thread=pm)
    await lives.settle()
    await lives.insist(lambda: slack.clicks("ml", slack.messages("ready-by", thread=ml)[0], "Works on our own data"))
    await lives.settle()
    second = slack.messages("ready-by", thread=pm)[-1]
    await lives.insist(lambda: slack.clicks("pm", second, "Answer"))
    form = {"The number that must move": "late pickups per 100", "What kind of number it is": "What users do"}
    await lives.insist(lambda: slack.submits("pm", form))
    await lives.settle()
    clock.move_to(MONDAY + timedelta(days=1, hours=1, minutes=30))  # Tuesday: the digest, and the first reminders
    await lives.ticks()
    clock.forward(timedelta(hours=3))
    await lives.ticks()


async def examine(lives: Lives, slack: StandIn) -> list[str]:
    """Everything that must not be, in words."""
    database = lives.world.bot.database
    project = await the_project(database, "C_READY")
    wrong = [f"posted twice: {key}" for key in doubled(slack, "ready-by")]
    wrong += [f"given up: {failure.error}" for failure in await failures(database)]
    wrong += [f"lost: {parcel.payload}" for parcel in slack.lost] + slack.bot_faults
    said = {id: answer.value for id, answer in project.answers.items()}
    kept = {"metric": "late pickups per 100", "kind": "user_behaviour"}
    if said != {"pm.user_decision": TYPED, "ml.feasibility": "proven_here", "pm.success_metric": kept}:
        wrong.append(f"answers: {said}")
    questions = await asked(database, slack, "ready-by")
    if questions != {(1, question): 1 for question in ASKED}:
        wrong.append(f"asked: {dict(questions)}")
    wrong += [f"{role} still waits" for role, held in project.interviews.items() if held.posting or held.held]
    posts = Counter(m.plain.split("\n")[0] for m in slack.messages("ready-by"))
    wrong += [f"{times} times in the channel: {text}" for text, times in posts.items() if times > 1]
    wrong += [f"{len(slack.dm(who))} reminders of {who}" for who in ("ml", "eng") if len(slack.dm(who)) != 1]
    return wrong


def fresh(url: str, template: Path) -> None:
    """Everything that an earlier life wrote is gone."""
    if url.startswith("sqlite"):
        path = Path(url.partition("///")[2])
        for part in ("-wal", "-shm"):
            path.with_name(path.name + part).unlink(missing_ok=True)
        shutil.copy(template, path)
    else:
        clear(url.rpartition("/")[2], EMPTIED)


async def die_at_each(url: str, template: Path, steps: range, *, statements: bool) -> tuple[int, list[str]]:
    """How many deaths there were, and what any of them broke."""
    deaths, wrong = 0, []
    for at in steps:
        fresh(url, template)
        hazard, broken = await live(url, at, statements=statements)
        if not hazard.dead:
            break
        deaths += 1
        wrong += [f"step {at}, {hazard.where}: {text}" for text in broken]
    return deaths, wrong


@pytest.mark.parametrize("shard", range(SHARDS))
async def test_a_death_before_or_after_any_commit_or_call_loses_and_doubles_nothing(
    migrated_url, migrated_sqlite, shard, record_property, request
):
    """Every second of them on SQLite, and all with --every-death; every seventh on PostgreSQL."""
    on_sqlite = 1 if request.config.getoption("--every-death") else 2
    sparsely = on_sqlite if migrated_url.startswith("sqlite") else 7
    steps = range(1 + shard * sparsely, 10_000, SHARDS * sparsely)
    deaths, wrong = await die_at_each(migrated_url, migrated_sqlite, steps, statements=False)

    kind = migrated_url.partition(":")[0]
    record_property("figures", f"{kind}, part {shard}: {deaths} deaths around commits and calls, {len(wrong)} faults")
    assert (wrong, deaths > 5) == ([], True)


async def test_a_death_at_any_statement_loses_and_doubles_nothing(migrated_url, migrated_sqlite, record_property):
    """A sample: nothing of a transaction is kept before its commit, so the statements of one are all alike."""
    deaths, wrong = await die_at_each(migrated_url, migrated_sqlite, range(3, 10_000, 47), statements=True)

    kind = migrated_url.partition(":")[0]
    record_property("figures", f"{kind}: {deaths} deaths at statements, commits and calls, {len(wrong)} faults")
    assert (wrong, deaths > 5) == ([], True)
