"""Where a project stands: its snapshot, its health, and the three accounts side by side."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from . import calendar
from .bank import Bank, Role
from .findings import Basis, Finding
from .health import Health, assess
from .messages import Account, OpenQuestion, StatusPanel, Wanted
from .project import Project, Stage
from .reminders import LADDER, asked_since
from .snapshot import Event, Meta, Snapshot
from .telling import role_line
from .wording import short

FACTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Goal and metric", ("pm.success_metric", "ml.optimise", "eng.monitoring")),
    ("Time to answer", ("pm.response_time", "ml.latency", "eng.latency_budget")),
    ("Launch and effort", ("pm.launch", "ml.effort", "eng.effort")),
    ("First version", ("pm.ship_tradeoff", "ml.v1", "eng.serving")),
)
"""The facts on which all three depend, with the question that asks each role for its view of it."""


def snapshot_of(project: Project, as_of: date) -> Snapshot:
    """The project as a value for the rules; half-filled answers are left out."""
    given = {id: answer for id, answer in project.answers.items() if not answer.partial}
    zone = calendar.zone_of(project.zone)
    return Snapshot(
        id=str(project.id),
        as_of=as_of,
        people={role: project.owner(role) for role in Role},
        answers={id: answer.value for id, answer in given.items()},
        meta={id: Meta(answer.at.astimezone(zone).date(), answer.by) for id, answer in given.items()},
        marks={id: answer.marks for id, answer in given.items() if answer.marks},
        features=features(project),
        events=(Event("launched", as_of),) if project.stage is Stage.LAUNCHED else (),
    )


def features(project: Project) -> tuple[dict[str, object], ...]:
    """One record an input: what the ML person and the engineer say of it, merged by name."""
    records: dict[str, dict[str, object]] = {}
    for question in ("ml.inputs", "eng.input_survey"):
        answer = project.answers.get(question)
        rows = answer.value if answer and isinstance(answer.value, list) else []
        for row in rows:
            name = str(row.get("name", ""))
            records[name] = {**records.get(name, {}), **row}
    return tuple(records.values())


def health_of(project: Project, bank: Bank, now: datetime) -> Health:
    return assess(snapshot_of(project, now.astimezone(calendar.zone_of(project.zone)).date()), bank)


def accounts(project: Project, bank: Bank) -> tuple[Account, ...]:
    """What each role says of the same fact; a fact that only one has spoken of is no comparison yet."""
    found = (Account(fact, tuple(_views(project, bank, questions))) for fact, questions in FACTS)
    return tuple(account for account in found if len(account.views) > 1)


def _views(project: Project, bank: Bank, questions: Iterable[str]) -> Iterable[tuple[Role, str]]:
    for id in questions:
        answer = project.answers.get(id)
        if answer is not None and project.settled(id) and not bank.hidden(id, project.answers):
            yield bank[id].role, short(bank[id], answer.value)


def wanted(
    project: Project, bank: Bank, findings: Iterable[Finding], now: datetime, limit: int = 3
) -> tuple[Wanted, ...]:
    """The most severe findings with the one person who acts; nobody is named more than twice (alignment model, 4.1).

    What would quote an answer that is still hidden from the others waits until both sides are in.
    """
    asks: list[Wanted] = []
    for finding in sorted(findings, key=lambda f: (-f.severity.rank, f.basis is Basis.GAP)):
        if hides(finding, project, bank) or not _asks(finding, project, bank, now):
            continue
        person = who_acts(project, finding.who)
        if len(asks) < limit and (person is None or [a.person for a in asks].count(person) < 2):
            asks.append(Wanted(finding.message, finding.action, person, finding.severity.value))
    return tuple(asks)


def _asks(finding: Finding, project: Project, bank: Bank, now: datetime) -> bool:
    """Of the gaps only a role that nobody has, and one that is silent when its reminders are used up."""
    if finding.basis is not Basis.GAP:
        return True
    if finding.detector != "role_silent":
        return False
    waited = calendar.waited(project.started_at, now, calendar.zone_of(project.zone))
    return project.owner(bank[finding.reads[0]].role) is None or waited > LADDER[-1]


def hides(finding: Finding, project: Project, bank: Bank) -> bool:
    """Whether telling it would give away what is kept until the others have answered the same; a gap quotes nobody."""
    return finding.basis is not Basis.GAP and any(bank.hidden(id, project.answers) for id in finding.reads)


def who_acts(project: Project, who: Sequence[str]) -> str | None:
    """The first person that a finding's actors lead to; a vacant role leads on to the decider, then to the starter."""
    roles = {role.value: role for role in Role}
    named = (project.owner(roles[one]) if one in roles else _person(project, one) for one in who)
    return next(filter(None, named), None) or project.decider or project.started_by


def _person(project: Project, one: str) -> str | None:
    return project.decider if one == "decider" else one if one[:1] in "UW" and one.isupper() else None


def still_open(project: Project, bank: Bank, now: datetime) -> tuple[OpenQuestion, ...]:
    """Blocking questions with who holds them and for how many working days, the oldest first."""
    zone = calendar.zone_of(project.zone)
    found = [
        OpenQuestion(
            q.title, q.role, _holder(project, q.id, q.role), calendar.waited(asked_since(project, q), now, zone)
        )
        for q in project.blocking_open(bank)
        if q.unlocked(project.answers)
    ]
    return tuple(sorted(found, key=lambda q: -q.waited))


def _holder(project: Project, question: str, role: Role) -> str | None:
    handover = project.interviews[role].handed.get(question)
    return handover.to if handover else project.owner(role)


def panel(project: Project, bank: Bank, now: datetime, next_digest: datetime | None) -> StatusPanel:
    health = health_of(project, bank, now)
    return StatusPanel(
        project=project.id,
        name=project.name,
        project_state=project.stage.value,
        state=health.state.value,
        because=health.causes,
        score=health.score,
        known=known(health),
        roles=tuple(role_line(project, bank, role) for role in Role),
        still_open=still_open(project, bank, now),
        findings=wanted(project, bank, health.findings, now),
        next_digest=next_digest if project.stage in (Stage.ACTIVE, Stage.LAUNCHED) and project.reachable else None,
    )


def known(health: Health) -> str:
    """As in "31 of 36"; a half-known answer counts half."""
    total = health.coverage.total
    return f"{total.known:g} of {total.required}"
