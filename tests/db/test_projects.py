"""What is stored of a project comes back as the same value, whatever was said and wherever it stands."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select

from bot.db import Database
from bot.db.lanes import Lanes
from bot.db.outbox import unpack
from bot.db.tables import job
from bot.domain.answers import Answer, Mark, Source
from bot.domain.bank import Role
from bot.domain.messages import InChannel, InThread, Note, Over, Saying
from bot.domain.project import Change, DigestPlan, Interview, Member, Part, Project, Stage, Version
from bot.domain.reminders import Pinged

from .queueing import take

AT = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)
QUESTIONS = ("pm.decider", "ml.inputs", "eng.volume", "pm.success_target")

text = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=30)
users = st.sampled_from(["U_PM", "U_ML", "U_ENG", "U_EVE"])
moments = st.integers(0, 10**15).map(lambda us: AT + timedelta(microseconds=us))
stamps = st.integers(0, 10**9).map(lambda n: f"{1_700_000_000 + n}.{n % 1_000_000:06d}")
json = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | text,
    lambda part: st.lists(part, max_size=3) | st.dictionaries(text, part, max_size=3),
    max_leaves=5,
)
answers = st.builds(
    Answer,
    value=json,
    by=users,
    at=moments,
    source=st.none() | st.builds(Source, st.just("C1"), stamps),
    marks=st.frozensets(st.sampled_from(Mark)),
    note=text,
)
given_answers = st.builds(lambda question, a: Version(question, a, a.by, a.at), st.sampled_from(QUESTIONS), answers)
withdrawn = st.builds(Version, st.sampled_from(QUESTIONS), st.none(), users, moments)
versions = given_answers | withdrawn
members = st.lists(
    st.builds(Member, st.sampled_from(Role), users, st.sampled_from(Part)),
    max_size=6,
    unique_by=lambda m: (m.role, m.user),
)
st.register_type_strategy(datetime, moments)


def interviews(role: Role) -> st.SearchStrategy[Interview]:
    """Anything that its types allow, at a place in Slack."""
    return st.builds(
        Interview,
        st.just(role),
        card=st.none() | st.builds(Source, st.just("C1"), stamps),
        place=st.none() | st.builds(Source, st.sampled_from(["C1", "D1"]), stamps),
        asked_at=st.none() | moments,
        asked=st.none() | st.sampled_from(QUESTIONS),
    )


changed = st.fixed_dictionaries(
    {
        "private": st.booleans(),
        "name": text,
        "summary": text,
        "zone": st.sampled_from(["UTC", "Europe/Berlin"]),
        "launch": st.none() | st.dates(),
        "stage": st.sampled_from(Stage),
        "reachable": st.booleans(),
        "card": st.none() | st.builds(Source, st.just("C1"), stamps),
        "digest": st.builds(DigestPlan, st.none() | st.integers(1, 7), st.integers(0, 23)),
        "members": members.map(tuple),
        "interviews": st.fixed_dictionaries({role: interviews(role) for role in Role}),
    }
)


def a_project(channel: str = "C1", name: str = "Ready-By") -> Project:
    return Project(
        id=0,
        team="T1",
        channel=channel,
        private=False,
        name=name,
        summary="See when food is ready",
        started_by="U_PM",
        started_at=AT,
        zone="Europe/Zagreb",
        members=(Member(Role.PM, "U_PM", Part.OWNER),),
        interviews={role: Interview(role) for role in Role},
    )


async def started(database: Database, slug: str = "ready by", **options: Any) -> Project:
    async with database.transaction() as uow:
        project = await uow.projects.start(a_project(**options), slug)
    assert project is not None
    return project


def in_any_order(project: Project | None) -> Project | None:
    """Members are a set: `people` puts them in order."""
    return project and replace(project, members=tuple(sorted(project.members, key=lambda m: (m.role, m.user))))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=changed, said=st.lists(versions, max_size=4))
async def test_a_saved_project_comes_back_as_it_was(database, changes, said):
    before = await started(database, slug=f"{datetime.now(UTC)}")  # each example has a project of its own
    newest = {v.question: v.answer for v in said}
    after = replace(before, **changes, answers={q: a for q, a in newest.items() if a})
    async with database.transaction() as uow:
        await uow.projects.save(before, Change(after, versions=tuple(said)))

    async with database.transaction() as uow:
        assert in_any_order(await uow.projects.get(before.id)) == in_any_order(after)
        for question in newest:
            assert list(await uow.projects.versions(before.id, question)) == [v for v in said if v.question == question]


async def test_only_what_changed_is_written(database):
    before = await started(database)
    statements: list[str] = []
    event.listen(database.engine.sync_engine, "before_cursor_execute", lambda c, cur, sql, *_: statements.append(sql))
    asked = replace(before.interviews[Role.ML], asked="ml.inputs")
    async with database.transaction() as uow:
        await uow.projects.save(before, Change(before.with_interview(asked)))

    assert [sql.split(" SET")[0] for sql in statements if not sql.startswith("BEGIN")] == ["UPDATE interview"]


async def test_two_open_kickoffs_of_one_name_in_a_channel_are_one(database):
    first = await started(database)
    async with database.transaction() as uow:
        assert await uow.projects.start(a_project(), "ready by") is None
        await uow.projects.save(first, Change(replace(first, stage=Stage.CLOSED)))
    assert (await started(database)).id != first.id
    await started(database, channel="C2")


async def test_the_interview_of_a_thread_is_found(database):
    before = await started(database)
    held = replace(before.interviews[Role.ENG], place=Source("C1", "1700000000.000002"))
    async with database.transaction() as uow:
        await uow.projects.save(before, Change(before.with_interview(held)))
        found = await uow.projects.in_thread("C1", "1700000000.000002")
        assert found
        assert (found[0].id, found[1]) == (before.id, Role.ENG)
        assert await uow.projects.in_thread("C2", "1700000000.000002") is None


async def test_two_changes_of_a_project_take_turns(database):
    before = await started(database)

    async def trail(n: int) -> None:
        async with database.transaction() as uow:
            project = await uow.projects.get(before.id)
            assert project is not None
            held = project.interviews[Role.PM]
            longer = replace(held, trail=(*held.trail, (f"{n}.0", None)))
            await uow.projects.save(project, Change(project.with_interview(longer)))

    await asyncio.gather(*map(trail, range(10)))

    async with database.transaction() as uow:
        project = await uow.projects.get(before.id)
    assert project
    assert len(project.interviews[Role.PM].trail) == 10


async def test_a_channel_that_gets_another_id_takes_everything_along(database, clock):
    before = await started(database)
    said = Version("pm.decider", Answer("U_PM", "U_PM", AT, Source("C1", "1.0")), "U_PM", AT)
    held = replace(before.interviews[Role.PM], card=Source("C1", "2.0"), place=Source("C1", "2.0"))
    places = (InChannel("C1"), InThread("C1", "2.0"), Over("C1", "2.0"), InChannel("C9"))
    async with database.transaction() as uow:
        after = before.with_interview(held)
        await uow.projects.save(before, Change(after, versions=(said,)))
        for place in places:
            uow.outbox.say(Saying(Note("hello"), place), team="T1", lane="T1:C1")

    async with database.transaction() as uow:
        await uow.projects.move("T1", "C1", "C2")

    async with database.transaction() as uow:
        project = await uow.projects.get(before.id)
        assert project
        assert (project.channel, project.interviews[Role.PM].place) == ("C2", Source("C2", "2.0"))
        assert project.answers["pm.decider"].source == Source("C2", "1.0")
        queued = [unpack(row.args).to for row in await uow.connection.execute(select(job.c.args).order_by(job.c.id))]
    assert queued == [InChannel("C2"), InThread("C2", "2.0"), Over("C2", "2.0"), InChannel("C9")]
    assert (await take(Lanes(database))).lane == "T1:C1"


async def test_what_is_due_next_is_known(database):
    project = await started(database)
    async with database.transaction() as uow:
        await uow.projects.wake_pings(project.id, AT + timedelta(days=1))
        await uow.projects.wake_digest(project.id, AT)
        assert await uow.projects.next_due() == AT
        assert (await uow.projects.digests_due(AT), await uow.projects.pings_due(AT)) == ([project.id], [])


@pytest.mark.parametrize("week", ["2026-W10"])
async def test_a_digest_of_a_week_is_taken_once(database, week):
    project = await started(database)
    async with database.transaction() as uow:
        assert await uow.digests.add(project.id, week, {"known": 1}, AT)
    async with database.transaction() as uow:
        assert not await uow.digests.add(project.id, week, {"known": 2}, AT)
        assert await uow.digests.last_delivered(project.id) is None, "it told nobody anything yet"
        await uow.digests.stands_at(project.id, week, "1.0")
        assert await uow.digests.last_delivered(project.id) == {"known": 1}


async def test_a_person_s_reminder_of_a_day_is_taken_once(database):
    project, today = await started(database), date(2026, 3, 3)
    items = [Pinged(project.id, "ml.inputs", today, "blocking question, 1 working days")]
    async with database.transaction() as uow:
        assert await uow.pings.add("T1", "U_PM", today, AT, items) is not None
    async with database.transaction() as uow:
        assert await uow.pings.add("T1", "U_PM", today, AT, items) is None
        assert await uow.pings.add("T1", "U_PM", today + timedelta(days=1), AT, items) is not None
        assert [pinged.day.day for pinged in await uow.pings.of("T1", "U_PM")] == [3, 4]
