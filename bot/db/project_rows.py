"""A project as rows and back: what of it stands in columns, and what only in the JSON of its interviews."""

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row

from bot.domain.answers import Answer, Mark, Source
from bot.domain.bank import Role
from bot.domain.project import DigestPlan, Interview, Member, Part, Project, Stage, Version

from .entries import chronicle

_PROGRESS = (
    "by_dm",
    "posting",
    "done",
    "trail",
    "records",
    "skipped",
    "brought_back",
    "handed",
    "nudged",
    "held",
    "refused",
    "helped",
    "began_at",
    "first_at",
)
_interview = TypeAdapter(Interview)


def to_project(rows: Sequence[Row[Any]], told: Sequence[Row[Any]]) -> Project:
    """From its rows joined with its parts, and what was said and happened in it."""
    row = rows[0]
    return Project(
        id=row.id,
        team=row.team_id,
        channel=row.channel,
        private=row.private,
        name=row.name,
        summary=row.summary,
        started_by=row.started_by,
        started_at=row.started_at,
        zone=row.zone,
        launch=row.launch,
        stage=Stage(row.stage),
        reachable=row.reachable,
        bank_version=row.bank_version,
        card=Source(row.channel, row.card_ts) if row.card_ts else None,
        digest=DigestPlan(row.digest_day, row.digest_hour),
        pulse_weeks=row.pulse_weeks,
        shared=row.shared,
        members=_to_members(rows),
        interviews=_to_interviews(rows),
        answers=_newest(row for row in told if row.kind == "answer"),
        **chronicle(told),
    )


def _to_interviews(rows: Iterable[Row[Any]]) -> dict[Role, Interview]:
    held = {row.i_role: row for row in rows}  # one row of each role's several: they differ in the member only
    return {role: _to_interview(held[role]) for role in Role if role in held}


def _to_members(rows: Iterable[Row[Any]]) -> tuple[Member, ...]:
    found = {(r.m_role, r.m_user_id): Member(Role(r.m_role), r.m_user_id, Part(r.m_part)) for r in rows if r.m_role}
    return tuple(found[key] for key in sorted(found))


def _to_interview(row: Row[Any]) -> Interview:
    fields = {
        "role": row.i_role,
        "card": {"channel": row.channel, "ts": row.i_card_ts} if row.i_card_ts else None,
        "place": {"channel": row.i_place_channel, "ts": row.i_place_ts} if row.i_place_ts else None,
        "asked": row.i_asked,
        "asked_at": row.i_asked_at,
    }
    return _interview.validate_python({**row.i_progress, **fields})


def interview_row(held: Interview) -> dict[str, Any]:
    whole = _interview.dump_python(held, mode="json")
    return {
        "role": held.role.value,
        "card_ts": held.card.ts if held.card else None,
        "place_channel": held.place.channel if held.place else None,
        "place_ts": held.place.ts if held.place else None,
        "asked": held.asked,
        "asked_at": held.asked_at,
        "progress": {name: whole[name] for name in _PROGRESS},
    }


def project_row(whole: Project) -> dict[str, Any]:
    return {
        "channel": whole.channel,
        "private": whole.private,
        "name": whole.name,
        "summary": whole.summary,
        "started_by": whole.started_by,
        "started_at": whole.started_at,
        "zone": whole.zone,
        "launch": whole.launch,
        "stage": whole.stage.value,
        "reachable": whole.reachable,
        "bank_version": whole.bank_version,
        "card_ts": whole.card.ts if whole.card else None,
        "digest_day": whole.digest.day,
        "digest_hour": whole.digest.hour,
        "pulse_weeks": whole.pulse_weeks,
        "shared": whole.shared,
    }


def member_row(id: int, of: Member) -> dict[str, Any]:
    return {"project_id": id, "role": of.role.value, "user_id": of.user, "part": of.part.value}


def version_row(id: int, version: Version) -> dict[str, Any]:
    said = version.answer
    source = said.source if said else None
    return {
        "project_id": id,
        "question": version.question,
        "value": said.value if said else None,
        "withdrawn": said is None,
        "by": version.by,
        "at": version.at,
        "channel": source.channel if source else None,
        "ts": source.ts if source else None,
        "marks": sorted(said.marks) if said else [],
        "note": said.note if said else "",
        "confirmed_at": said.confirmed_at if said else None,
    }


def to_answer(row: Row[Any]) -> Answer:
    source = Source(row.channel, row.ts) if row.ts else None
    return Answer(row.value, row.by, row.at, source, frozenset(map(Mark, row.marks)), row.note, row.confirmed_at)


def _newest(said: Iterable[Row[Any]]) -> dict[str, Answer]:
    newest = {row.question: row for row in said}
    return {question: to_answer(row) for question, row in newest.items() if not row.withdrawn}
