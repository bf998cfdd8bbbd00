"""Where a project stands: what to do about it, what is open, and the three accounts side by side."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from . import calendar
from .actors import hidden, who_acts
from .as_snapshot import health_of, snapshot_of, today
from .bank import Bank, Pillar, Role
from .chronicle import Status, finding_key
from .coverage import coverage
from .findings import Basis, Finding
from .following import lived_with
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
PILLARS: dict[Pillar, str] = {
    Pillar.PRODUCT: "Product",
    Pillar.DATA: "Production data",
    Pillar.SIMPLE: "Simple & time",
    Pillar.PARTNER: "Partnership",
    Pillar.SLA: "SLA",
}
MOST_ASKS, NAMED = 3, 2  # things to decide in one digest, and times that one person is named in them
TWO_DAYS = 2  # working days from the digest to the day by which something is done


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
    project: Project, bank: Bank, findings: Iterable[Finding], now: datetime, *, by: date | None = None
) -> tuple[Wanted, ...]:
    """The most severe findings, of these the oldest first, with the one person who acts (alignment model, 4.1).

    Nobody is named more than twice. What the team lives with is no question any more; what would quote an answer that
    is still hidden from the others waits until both sides are in.
    """

    def order(finding: Finding) -> tuple[int, bool, datetime]:
        followed = project.followed.get(finding_key(finding.detector, finding.input))
        return -finding.severity.rank, finding.basis is Basis.GAP, followed.open_since if followed else now

    spoken_of = (f for f in sorted(findings, key=order) if told(project, bank, f, now))
    asks: list[Wanted] = []
    for finding, *more in _alike(f for f in spoken_of if _asks(f, project, bank, now)):
        person = who_acts(project, finding.who)
        if len(asks) < MOST_ASKS and (person is None or [a.person for a in asks].count(person) < NAMED):
            text = f"{finding.message.removesuffix('.')}, and so for {len(more)} more." if more else finding.message
            asks.append(Wanted(text, finding.action, person, finding.severity.value, by, finding.title))
    return tuple(asks)


def _alike(findings: Iterable[Finding]) -> list[list[Finding]]:
    """What one detector says several times (of inputs, of statements) with one thing to do is one thing to ask for."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        gap = finding.basis is Basis.GAP
        key = (id(finding),) if gap else (finding.detector, finding.action, finding.who)
        groups.setdefault(key, []).append(finding)
    return list(groups.values())


def told(project: Project, bank: Bank, finding: Finding, now: datetime) -> bool:
    """Whether a finding is spoken of: not what gives a blind answer away, nor what the team lives with for now."""
    followed = project.followed.get(finding_key(finding.detector, finding.input))
    turn = followed.turns[-1] if followed else None
    lived_with = (
        turn is not None
        and turn.status is Status.ACCEPTED
        and (turn.until is None or turn.until >= today(project, now))
    )
    return not lived_with and not hidden(project, bank, finding.basis, finding.reads)


def due_day(project: Project, now: datetime, working_days: int = TWO_DAYS) -> date:
    """Until when something said now is to be done: so many working days later, on the project's calendar."""
    day = today(project, now)
    while working_days:
        day += timedelta(days=1)
        working_days -= calendar.working_day(day)
    return day


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
        for q in coverage(snapshot_of(project, today(project, now)), bank).blocking_open
        if q.unlocked(project.answers)
    ]
    return tuple(sorted(found, key=lambda q: -q.waited))


def _holder(project: Project, question: str, role: Role) -> str | None:
    handover = project.interviews[role].handed.get(question)
    return handover.to if handover else project.owner(role)


UNREACHABLE = "unreachable"  # in the place of a stage: the bot cannot write in the channel
KEPT_BACK = "something that is shown when both sides have answered"


def causes(project: Project, bank: Bank, health: Health) -> tuple[str, ...]:
    """Why it stands there, in words; what rests on an answer that is kept back is not named (alignment model, 1.1)."""
    told = {f.detector for f in health.findings if not hidden(project, bank, f.basis, f.reads)}
    kept_back = {f.detector for f in health.findings} - told
    named = sorted(zip(health.because, health.causes, strict=True), key=lambda cause: cause[0] in health.lived_with)
    return tuple(dict.fromkeys(KEPT_BACK if detector in kept_back else title for detector, title in named))


def panel(project: Project, bank: Bank, now: datetime, next_digest: datetime | None) -> StatusPanel:
    health = health_of(project, bank, now)
    return StatusPanel(
        project=project.id,
        name=project.name,
        project_state=project.stage.value if project.reachable else UNREACHABLE,
        state=health.state.value,
        because=causes(project, bank, health),
        score=health.score,
        known=known(health),
        roles=tuple(role_line(project, bank, role) for role in Role),
        still_open=still_open(project, bank, now),
        findings=wanted(project, bank, health.findings, now),
        next_digest=next_digest if project.stage in (Stage.ACTIVE, Stage.LAUNCHED) and project.reachable else None,
        lived_with=lived_with(project),
    )


def known(health: Health) -> str:
    """As in "31 of 36"; a half-known answer counts half."""
    total = health.coverage.total
    return f"{total.known:g} of {total.required}"
