"""The project on one page: what, why, how it is measured, V1, inputs, service levels, decisions, what is open."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from . import decisions, listing
from .as_snapshot import health_of, today
from .bank import Bank, Question, Role, Type
from .chronicle import Status
from .events import live_since
from .messages import Brief, BriefLine, BriefPart
from .overview import causes
from .project import Project
from .wording import Person, shown_parts

Names = Mapping[str, str]
"""People's names by their ids: a page mentions nobody, so that reading it calls nobody."""

PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Product", ("pm.user_decision", "pm.launch", "pm.stakes", "pm.fallback")),
    (
        "Success",
        ("pm.success_metric", "pm.success_target", "pm.measure_how", "pm.error_cost", "ml.optimise", "ml.metric_link"),
    ),
    (
        "First version",
        ("ml.target", "ml.v1", "pm.ship_tradeoff", "ml.baseline", "ml.feasibility", "ml.effort", "eng.effort"),
    ),
    (
        "Service levels and monitoring",
        ("pm.response_time", "eng.latency_budget", "eng.slos", "eng.monitoring", "eng.monitor_owner", "eng.rollback"),
    ),
)


def brief(project: Project, bank: Bank, names: Names, now: datetime) -> Brief:
    """What is known on a day, in people's own words; what is still blind, or not said, is not told."""
    health = health_of(project, bank, now)
    parts = [BriefPart(title, tuple(_lines(project, bank, ids, names))) for title, ids in PARTS]
    if live := live_since(project):
        day = today(project, live)
        parts[0] = replace(parts[0], lines=(BriefLine("Live since", f"{day.day} {day:%b %Y}"), *parts[0].lines))
    parts += [BriefPart("Decisions", tuple(_decisions(project, bank, names)))]
    parts += [BriefPart("Open questions", tuple(_open(project, bank, names)))]
    return Brief(
        project=project.id,
        name=project.name,
        summary=project.summary,
        day=today(project, now),
        state=health.state.value,
        because=causes(project, bank, health),
        people=tuple(_people(project, names)),
        parts=tuple(part for part in parts if part.lines),
        inputs=listing.lines(project, bank, names, now),
    )


def _people(project: Project, names: Names) -> Iterator[BriefLine]:
    for role in Role:
        owner = project.owner(role)
        yield BriefLine(role.label, _name(owner, names) if owner else "nobody yet")


def _name(user: str, names: Names) -> str:
    return names.get(user) or "a person no longer here"


def _lines(project: Project, bank: Bank, ids: tuple[str, ...], names: Names) -> Iterator[BriefLine]:
    for id in ids:
        if id in bank.by_id and (said := _said(project, bank, bank[id], names)):
            yield BriefLine(bank[id].title, said)


def _said(project: Project, bank: Bank, question: Question, names: Names) -> str:
    answer = project.answers.get(question.id)
    if answer is None or answer.partial:
        return ""
    if bank.hidden(question.id, project.answers):
        return "answered, shown when both sides are in"
    said = "".join(
        _name(part.id, names) if isinstance(part, Person) else part.text for part in shown_parts(question, answer.value)
    )
    label, colon, rest = said.partition(": ")
    echoes = question.type is Type.FORM and set(label.casefold().split()) <= set(question.title.casefold().split())
    return rest if colon and echoes else said


def _decisions(project: Project, bank: Bank, names: Names) -> Iterator[BriefLine]:
    if decider := _said(project, bank, bank["pm.decider"], names) if "pm.decider" in bank.by_id else "":
        yield BriefLine("Makes the call", decider)
    yield from decisions.brief_lines(project, names)
    for finding in project.followed.values():
        turn = finding.turns[-1]
        if finding.status is Status.ACCEPTED:
            until = f", until {turn.until.day} {turn.until:%b %Y}" if turn.until else ""
            about = f"{finding.title} ({finding.input})" if finding.input else finding.title
            yield BriefLine(f"Lives with: {about}", f"{turn.reason} ({_name(turn.by, names)}{until})")


def _open(project: Project, bank: Bank, names: Names) -> Iterator[BriefLine]:
    for role in Role:
        titles = [q.title for q in project.required(bank, role) if not project.settled(q.id)]
        if titles:
            yield BriefLine(role.label, ", ".join(titles))
