"""Where a project stands: what to do about it, what is open, and the three accounts side by side."""

from collections.abc import Iterable
from datetime import datetime

from . import calendar
from .actors import hidden, who_acts
from .as_snapshot import health_of
from .bank import Bank, Role
from .findings import Basis, Finding
from .health import Health
from .messages import Account, Matter, OpenQuestion, StatusPanel, Wanted
from .project import Project, Stage
from .reminders import LADDERS, asked_since
from .telling import role_line
from .wording import short

FACTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Goal and metric", ("pm.success_metric", "ml.optimise", "eng.monitoring")),
    ("Time to answer", ("pm.response_time", "ml.latency", "eng.latency_budget")),
    ("Launch and effort", ("pm.launch", "ml.effort", "eng.effort")),
    ("First version", ("pm.ship_tradeoff", "ml.v1", "eng.serving")),
)
"""The facts on which all three depend, with the question that asks each role for its view of it."""


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
        if hidden(project, bank, finding.basis, finding.reads) or not _asks(finding, project, bank, now):
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
    return project.owner(bank[finding.reads[0]].role) is None or waited > LADDERS[Matter.QUESTION][-1]


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
