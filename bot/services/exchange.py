"""A whole project as one document, and back without loss (alignment model, section 6).

What the rules read stands where snapshots have it. `project` and `versions` hold the rest, and all that an import
needs; whatever else the document says must agree with them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.db import UnitOfWork
from bot.domain import kickoff
from bot.domain.answers import Answer, Mark
from bot.domain.as_snapshot import snapshot_of, today
from bot.domain.bank import Bank, Role
from bot.domain.chronicle import Followed
from bot.domain.commitments import Decision, Later
from bot.domain.coverage import LISTED, SURVEY
from bot.domain.errors import BotError
from bot.domain.project import Change, Part, Project, Version
from bot.domain.snapshot import Event, Snapshot

from .digests import plan_next
from .snapshots import CLEAR, MalformedSnapshot, pointer, read_snapshot, wrong_with
from .storable import must_be_text, must_fit

_PROJECT, _SNAPSHOT = TypeAdapter(Project), TypeAdapter(Snapshot)
_VERSION, _VERSIONS, _FOLLOWED = (
    TypeAdapter(Version),
    TypeAdapter(dict[str, list[Version]]),
    TypeAdapter(list[Followed]),
)
_DECISIONS, _BACKLOG = TypeAdapter(tuple[Decision, ...]), TypeAdapter(tuple[Later, ...])
_ELSEWHERE = ("answers", "followed", "decisions", "later")
"""Parts of a project that have a place of their own in the document."""


async def export(uow: UnitOfWork, bank: Bank, project: Project) -> dict[str, Any]:
    """A project with its whole history, as it is now: locked, so that no answer comes between the two."""
    project = await uow.projects.get(project.id) or project
    return as_document(project, await uow.projects.all_versions(project.id), bank, today(project, uow.now))


def as_document(project: Project, versions: Iterable[Version], bank: Bank, as_of: date) -> dict[str, Any]:
    """A project and all versions of its answers, oldest first, as a JSON document."""
    by_question: dict[str, list[Any]] = {}
    for version in versions:
        by_question.setdefault(version.question, []).append(_version(version))
    return {
        **_for_the_rules(snapshot_of(project, as_of), bank),
        "project": _project(project),
        "findings": [_finding(followed) for _, followed in sorted(project.followed.items())],
        "decisions": _DECISIONS.dump_python(project.decisions, mode="json"),
        "backlog": _BACKLOG.dump_python(project.later, mode="json"),
        "indicators": [],
        "provenance": {id: _provenance(answer) for id, answer in sorted(project.answers.items())},
        "versions": by_question,
    }


def _for_the_rules(snapshot: Snapshot, bank: Bank) -> dict[str, Any]:
    whole = _SNAPSHOT.dump_python(snapshot, mode="json")
    rows = {id for id in (LISTED, SURVEY) if isinstance(snapshot.answers.get(id), list)}
    said = {id: value for id, value in whole["answers"].items() if id not in rows}
    return {
        "id": whole["id"],
        "as_of": whole["as_of"],
        "people": whole["people"],
        "answers": {role.value: {q.id: said[q.id] for q in bank.of(role) if q.id in said} for role in Role},
        "answer_meta": whole["meta"],
        "features": whole["features"],
        "events": [_event(event) for event in snapshot.events],
        "pulse": whole["pulse"],
    }


def _event(event: Event) -> dict[str, Any]:
    parts = {
        "type": event.type,
        "date": event.date.isoformat(),
        "resolved": event.resolved,
        "from": event.before and event.before.isoformat(),
        "to": event.after and event.after.isoformat(),
        "user": event.user,
        "sli": event.sli,
    }
    return {name: part for name, part in parts.items() if part is not None}


def _project(project: Project) -> dict[str, Any]:
    bare = replace(project, answers={}, followed={}, decisions=(), later=())
    whole = _PROJECT.dump_python(bare, mode="json")
    whole |= {"state": whole.pop("stage"), "launch": project.launch_day and project.launch_day.isoformat()}
    others = {part: [m for m in whole["members"] if m["part"] == part] for part in (Part.CONTRIBUTOR, Part.BACKUP)}
    named = {"contributors": others[Part.CONTRIBUTOR], "backups": others[Part.BACKUP]}
    kept = {name: part for name, part in whole.items() if name not in _ELSEWHERE}
    return {**kept, **named, "first_launch": project.launch and project.launch.isoformat()}


def _finding(followed: Followed) -> dict[str, Any]:
    turn = followed.turns[-1]
    [whole] = _FOLLOWED.dump_python([followed], mode="json")
    accepted = {"accepted_by": turn.by or None, "reason": turn.reason or None, "until": turn.until}
    told = {name: part.isoformat() if isinstance(part, date) else part for name, part in accepted.items()}
    return {**whole, "status": turn.status.value, **told}


def _version(version: Version) -> dict[str, Any]:
    whole: dict[str, Any] = _VERSION.dump_python(version, mode="json")
    if version.answer:
        whole["answer"]["marks"] = sorted(version.answer.marks)
    return whole


def _provenance(answer: Answer) -> dict[str, Any]:
    """Words that nobody doubts are marked clear, so that no reader doubts them again."""
    marks = sorted(answer.marks) if Mark.VAGUE in answer.marks else [*sorted(answer.marks), CLEAR]
    message = answer.source and {"channel": answer.source.channel, "ts": answer.source.ts}
    return {"by": answer.by, "at": answer.at.isoformat(), "message": message, "marks": marks}


async def take_in(uow: UnitOfWork, bank: Bank, document: Any) -> Project:
    """Store an exported project with its history, under a new number. Raises MalformedSnapshot, or BotError where a
    kickoff of that name is open in the channel.
    """
    project, versions = read(document, bank)
    stored = await uow.projects.start(project, kickoff.slug(project.name))
    if stored is None:
        raise BotError(f"A kickoff named {project.name} is open in {project.channel} already. Close it first.")
    bare = replace(
        stored, answers={}, events=(), followed={}, pulses=(), offers={}, later=(), decisions=(), functions={}
    )
    await uow.projects.save(bare, Change(stored, versions=tuple(versions)))
    await uow.projects.wake_pings(stored.id, uow.now)
    await uow.projects.wake_check(stored.id, uow.now)
    await plan_next(uow, stored, uow.now)
    return stored


def read(document: Any, bank: Bank) -> tuple[Project, list[Version]]:
    """The project and the versions of its answers, oldest first, of an exported document."""
    must_be_text(document)
    snapshot = read_snapshot(document, bank)
    for part in ("project", "versions"):
        if not isinstance(document.get(part), Mapping):
            raise MalformedSnapshot(
                f"/{part}", "what an export says there: a bare snapshot can be assessed, not imported"
            )
    by_question = _checked(_VERSIONS, document["versions"], "/versions")
    said = [version for some in by_question.values() for version in some]
    newest = {id: some[-1].answer for id, some in by_question.items() if some}
    project = replace(_read_project(document), answers={id: answer for id, answer in newest.items() if answer})
    must_fit(project, said, bank)
    versions = sorted(said, key=lambda version: version.at)
    _must_agree(document, as_document(project, versions, bank, snapshot.as_of))
    return project, versions


def _read_project(document: Mapping[str, Any]) -> Project:
    said = document["project"]
    whole = {**said, "stage": said.get("state"), "launch": said.get("first_launch")}
    found: list[Followed] = _checked(_FOLLOWED, document.get("findings", []), "/findings")
    for n, one in enumerate(found):
        if not one.turns:
            raise MalformedSnapshot(pointer(("findings", n, "turns")), "at least one")
    project: Project = _checked(_PROJECT, whole, "/project")
    decisions = _checked(_DECISIONS, document.get("decisions") or [], "/decisions")
    later = _checked(_BACKLOG, document.get("backlog") or [], "/backlog")
    return replace(project.with_followed(*found), decisions=decisions, later=later)


def _checked(adapter: TypeAdapter[Any], data: Any, place: str) -> Any:
    try:
        return adapter.validate_python(data)
    except ValidationError as error:
        raise wrong_with(error).within(place) from None


def _must_agree(said: Mapping[str, Any], told: Mapping[str, Any]) -> None:
    """Nothing that was changed by hand in one place of the document may get lost in another."""
    for part, whole in told.items():
        expected = _as_far_as_said(said.get(part), whole) if part in _READ_FROM else whole
        if part in said and said[part] != expected:
            place = _first_difference(said[part], expected)
            raise MalformedSnapshot(pointer((part, *place)), "the same as the rest of the document says")


_READ_FROM = ("project", "findings", "decisions", "backlog", "versions")
"""Parts that are said nowhere else: what an older version did not write in them yet was read as its default."""


def _as_far_as_said(said: Any, told: Any) -> Any:
    if isinstance(said, dict) and isinstance(told, dict):
        return {key: _as_far_as_said(said[key], value) for key, value in told.items() if key in said}
    if isinstance(said, list) and isinstance(told, list) and len(said) == len(told):
        return [_as_far_as_said(one, other) for one, other in zip(said, told, strict=True)]
    return told


def _first_difference(one: Any, other: Any) -> tuple[str | int, ...]:
    if isinstance(one, dict) and isinstance(other, dict):
        keys: Iterable[Any] = [*one, *(key for key in other if key not in one)]
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        keys = range(len(one))
    else:
        return ()
    different = next(k for k in keys if _at(one, k) != _at(other, k))
    return (different, *_first_difference(_at(one, different), _at(other, different)))


def _at(whole: Any, key: Any) -> Any:
    return whole.get(key, _MISSING) if isinstance(whole, dict) else whole[key]


_MISSING = object()
"""Not the same as null."""
