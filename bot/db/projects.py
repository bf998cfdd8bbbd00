"""Projects with their members, interviews and newest answers: loaded whole, locked, saved by what changed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.answers import Source
from bot.domain.bank import Role
from bot.domain.kickoff import slug
from bot.domain.project import Change, Project, Stage, Version

from .entries import SAID_AND_HAPPENED, save_chronicle
from .outbox import move_queued
from .project_rows import interview_row, member_row, project_row, to_answer, to_project, version_row
from .tables import answer, interview, member, project, reply
from .upsert import insert


class Projects:
    """A project that is read to be changed is locked until commit, so that two people's steps take turns."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, id: int) -> Project | None:
        """One project, locked until commit."""
        return await self._one(project.c.id == id)

    async def in_thread(self, channel: str, ts: str) -> tuple[Project, Role] | None:
        """The project, locked, and the role whose interview is held in a Slack thread."""
        here = select(interview.c.project_id).where(interview.c.place_channel == channel, interview.c.place_ts == ts)
        found = await self._one(project.c.id.in_(here))
        if found is None:
            return None
        place = Source(channel, ts)
        return found, next(role for role, held in found.interviews.items() if held.place == place)

    async def open_in(self, team: str, channel: str) -> Sequence[Project]:
        """The projects of a channel that are not closed, oldest first; read only."""
        return await self._many(
            project.c.team_id == team, project.c.channel == channel, project.c.stage != Stage.CLOSED
        )

    async def all_in(self, team: str, channel: str) -> Sequence[Project]:
        """All projects of a channel, closed ones too, oldest first; read only."""
        return await self._many(project.c.team_id == team, project.c.channel == channel)

    async def named(self, team: str, channel: str, slug: str) -> Project | None:
        """The open project of that name in a channel, locked."""
        here = (project.c.team_id == team, project.c.channel == channel, project.c.slug == slug)
        return await self._one(*here, project.c.stage != Stage.CLOSED)

    async def of_person(self, team: str, user: str) -> Sequence[Project]:
        """The open projects in which a person has a part, be it as a helper; read only."""
        mine = project.c.id.in_(select(member.c.project_id).where(member.c.user_id == user))
        return await self._many(project.c.team_id == team, project.c.stage != Stage.CLOSED, mine)

    async def sharing(self, team: str) -> Sequence[Project]:
        """The open projects that leads are told of; read only."""
        return await self._many(project.c.team_id == team, project.c.stage != Stage.CLOSED, project.c.shared)

    async def open_of(self, team: str) -> Sequence[Project]:
        """All open projects of a workspace; read only."""
        return await self._many(project.c.team_id == team, project.c.stage != Stage.CLOSED)

    async def held_in(self, channel: str) -> Sequence[Project]:
        """The open projects with an interview in that channel of direct messages; read only."""
        here = select(interview.c.project_id).where(interview.c.place_channel == channel)
        return await self._many(project.c.id.in_(here), project.c.stage != Stage.CLOSED)

    async def called(self, text: str) -> Sequence[Project]:
        """The projects of that number, or else of that name, over all channels and workspaces; read only."""
        numbered = await self._many(project.c.id == int(text)) if text.isdecimal() and len(text) < 10 else ()
        return numbered or await self._many(project.c.slug == slug(text))

    async def pings_due(self, now: datetime) -> Sequence[int]:
        return await self._ids(project.c.next_ping_at <= now)

    async def digests_due(self, now: datetime) -> Sequence[int]:
        return await self._ids(project.c.next_digest_at <= now)

    async def _ids(self, due: ColumnElement[bool]) -> Sequence[int]:
        return (await self._connection.scalars(select(project.c.id).where(due).order_by(project.c.id))).all()

    async def start(self, new: Project, slug: str) -> Project | None:
        """Store a new project with its members and interviews; None if one of that name is open in the channel."""
        row = {**project_row(new), "slug": slug, "team_id": new.team, "enterprise_id": ""}
        query = insert(self._connection, project).values(row).on_conflict_do_nothing().returning(project.c.id)
        id = await self._connection.scalar(query)
        if id is None:
            return None
        stored = replace(new, id=id)
        await self._connection.execute(
            interview.insert(), [{"project_id": id, **interview_row(i)} for i in new.interviews.values()]
        )
        if new.members:
            await self._connection.execute(member.insert(), [member_row(id, m) for m in new.members])
        return stored

    async def save(self, before: Project, change: Change) -> None:
        """Write what a change made different, and every version of an answer."""
        after = change.project
        if change.versions:
            await self._connection.execute(answer.insert(), [version_row(after.id, v) for v in change.versions])
        for role, held in after.interviews.items():
            if held != before.interviews.get(role):
                this = (interview.c.project_id == after.id, interview.c.role == role)
                await self._connection.execute(update(interview).where(*this).values(interview_row(held)))
        if project_row(after) != project_row(before):
            await self._connection.execute(update(project).where(project.c.id == after.id).values(project_row(after)))
        if after.members != before.members:
            await self._replace_members(after)
        await save_chronicle(self._connection, before, after)

    async def _replace_members(self, after: Project) -> None:
        await self._connection.execute(delete(member).where(member.c.project_id == after.id))
        if after.members:
            await self._connection.execute(member.insert(), [member_row(after.id, m) for m in after.members])

    async def wake_pings(self, id: int, at: datetime | None) -> None:
        """When somebody of this project may next be reminded; None: not before something changes."""
        await self._connection.execute(update(project).where(project.c.id == id).values(next_ping_at=at))

    async def wake_check(self, id: int, at: datetime | None) -> None:
        """When the next look at a project's ages, pulses and findings is due."""
        await self._connection.execute(update(project).where(project.c.id == id).values(next_check_at=at))

    async def checks_due(self, now: datetime) -> Sequence[int]:
        return await self._ids(project.c.next_check_at <= now)

    async def wake_digest(self, id: int, at: datetime | None) -> None:
        await self._connection.execute(update(project).where(project.c.id == id).values(next_digest_at=at))

    async def next_due(self) -> datetime | None:
        """The next moment at which the clock has something to do."""
        due = (project.c.next_ping_at, project.c.next_digest_at, project.c.next_check_at)
        moments = (await self._connection.execute(select(*map(func.min, due)))).one()
        return min((moment for moment in moments if moment is not None), default=None)

    async def digest_due_at(self, id: int) -> datetime | None:
        due: datetime | None = await self._connection.scalar(select(project.c.next_digest_at).where(project.c.id == id))
        return due

    async def channels(self) -> Sequence[str]:
        """The channels with an open project."""
        query = select(project.c.channel).where(project.c.stage != Stage.CLOSED).distinct().order_by(project.c.channel)
        return (await self._connection.scalars(query)).all()

    async def in_channel(self, team: str, channel: str) -> Sequence[int]:
        here = (project.c.team_id == team) & (project.c.channel == channel)
        return await self._ids(here)

    async def move(self, team: str, old: str, new: str) -> None:
        """A channel got a new id, as in a conversion to a shared one: everything held in it moves along."""
        for column in (project.c.channel, interview.c.place_channel, answer.c.channel, reply.c.channel):
            query = update(column.table).where(column == old)
            await self._connection.execute(query.values({column.name: new}))
        await move_queued(self._connection, team, old, new)

    async def versions(self, id: int, question: str) -> Sequence[Version]:
        """Every version of an answer, oldest first."""
        rows = await self._connection.execute(
            select(answer).where(answer.c.project_id == id, answer.c.question == question).order_by(answer.c.id)
        )
        return [Version(r.question, None if r.withdrawn else to_answer(r), r.by, r.at) for r in rows]

    async def all_versions(self, id: int) -> Sequence[Version]:
        """Every version of every answer, oldest first."""
        rows = await self._connection.execute(select(answer).where(answer.c.project_id == id).order_by(answer.c.id))
        return [Version(r.question, None if r.withdrawn else to_answer(r), r.by, r.at) for r in rows]

    async def _one(self, *where: ColumnElement[bool]) -> Project | None:
        """Locked first and read then: a statement that waits for a lock goes on with what it saw before.

        Of several, as where a closed kickoff was imported again, it is the newest.
        """
        if self._connection.dialect.name != "sqlite":  # there the whole database is ours
            await self._connection.execute(select(project.c.id).where(*where).order_by(project.c.id).with_for_update())
        found = await self._many(*where)
        return found[-1] if found else None

    async def _many(self, *where: ColumnElement[bool]) -> Sequence[Project]:
        rows = (await self._connection.execute(_with_parts(*where))).all()
        return await self._whole(rows) if rows else ()

    async def _whole(self, rows: Sequence[Row[Any]]) -> list[Project]:
        ids = sorted({row.id for row in rows})
        told = (await self._connection.execute(SAID_AND_HAPPENED, {"ids": ids})).all()
        return [to_project([r for r in rows if r.id == id], [r for r in told if r.project_id == id]) for id in ids]


def _with_parts(*where: ColumnElement[bool]) -> Select[Any]:
    held = [column.label(f"i_{column.name}") for column in interview.c if column.name != "project_id"]
    members = [member.c[name].label(f"m_{name}") for name in ("role", "user_id", "part")]
    return (
        select(project, *held, *members)
        .join(interview, interview.c.project_id == project.c.id)
        .outerjoin(member, member.c.project_id == project.c.id)
        .where(*where)
        .order_by(project.c.id)
    )
