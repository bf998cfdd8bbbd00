"""What a digest's post has no room for: the rest of the week, in the order of the alignment model, 4.1."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from . import backlog, decisions, partnership, rules
from .actors import hidden, who_acts
from .as_snapshot import snapshot_of, today
from .bank import Bank, Pillar, Role
from .chronicle import Status as Stands
from .coverage import Status
from .durations import plain_number
from .findings import Basis, Finding, Severity
from .health import Deduction, Health, State
from .messages import Digest, DigestThread, OldAnswer, Split, Wanted, Week
from .overview import PILLARS, accounts, still_open
from .project import Project
from .rechecks import due
from .trend import strip

SERVICE_LEVELS = ("sla_breached", "sla_unmeasured")
_WEIGHTY = (Severity.HIGH, Severity.CRITICAL)


def details(
    project: Project,
    bank: Bank,
    health: Health,
    post: Digest,
    weeks: Sequence[Week],
    now: datetime,
    since: datetime | None = None,
) -> DigestThread:
    """Everything else there is to say; what has no content is left out by whoever shows it.

    `since`: when the last digest was told, from which on a decision is news.
    """
    scored = health.state is not State.NOT_ENOUGH_KNOWN
    return DigestThread(
        post=post,
        split=_untold(largest_split(project, now), post),
        accounts=accounts(project, bank),
        rechecks=_rechecks(project, bank, now),
        still_open=still_open(project, bank, now),
        old=_old(project, health, now),
        promised=tuple(p for p in _promised(project, bank, health) if not _asked(p.text, post)),
        pillars=tuple((PILLARS[p], score.points) for p, score in health.pillars.items()) if scored else (),
        reasons=tuple(_reasons(project, bank, health)),
        strip=strip(weeks),
        oldest=_oldest(project, now),
        later=backlog.digest_lines(project, now),
        decided=decisions.digest_lines(project, since, now),
        partnership=partnership.digest_line(project, bank, now),
    )


def worth_saying(thread: DigestThread) -> bool:
    """Whether there is anything that the post does not say."""
    told = (thread.split, thread.accounts, thread.rechecks, thread.still_open, thread.old, thread.promised)
    agreed = (thread.later, thread.decided, thread.partnership)
    return any((*told, *agreed, thread.pillars, thread.reasons, thread.oldest)) or len(thread.strip) > 1


def _untold(split: Split | None, post: Digest) -> Split | None:
    return None if split is None or any(split.statement.removesuffix(".") in ask.text for ask in post.asks) else split


def _asked(text: str, post: Digest) -> bool:
    """Whether the post asks for it already: nothing is said twice."""
    return any(ask.text.startswith(text.removesuffix(".")) for ask in post.asks)


def largest_split(project: Project, now: datetime) -> Split | None:
    """The statement of the latest pulse on which the roles are the furthest apart; its lowest reader explains."""
    pulses = snapshot_of(project, today(project, now)).pulse
    found = []
    for statement, (_, words) in rules.PULSE.items() if pulses else ():
        answers = pulses[-1].answers
        said = {role: answers.get(role, {}).get(statement) for role in Role}
        marks = {role: value for role, value in said.items() if value is not None}
        apart = max(marks.values(), default=0) - min(marks.values(), default=0)
        if apart >= rules.PULSE_APART:
            lowest = min(marks, key=lambda role: marks[role])
            found.append((apart, Split(words, tuple(marks.items()), project.owner(lowest))))
    return max(found, key=lambda each: each[0])[1] if found else None


def _rechecks(project: Project, bank: Bank, now: datetime) -> tuple[tuple[tuple[Role, ...], int], ...]:
    """How many answers each person is asked to look at again; one person may hold several roles."""
    counts = {role: sum(bank[r.question].role is role for r in due(project, bank, now)) for role in Role}
    by_person: dict[str, list[Role]] = {}
    for role, number in counts.items():
        if number:
            by_person.setdefault(project.owner(role) or role.value, []).append(role)
    return tuple((tuple(roles), sum(counts[role] for role in roles)) for roles in by_person.values())


def _old(project: Project, health: Health, now: datetime) -> tuple[OldAnswer, ...]:
    """Answers that nobody has confirmed for longer than they stay true by themselves, the oldest first."""
    found = [
        OldAnswer(q.title, q.role, (today(project, now) - today(project, project.answers[q.id].fresh_at)).days)
        for q in health.coverage.with_status(Status.STALE)
        if q.id in project.answers
    ]
    return tuple(sorted(found, key=lambda old: -old.days))


def _promised(project: Project, bank: Bank, health: Health) -> Iterator[Wanted]:
    """Service levels that were missed, and those that nobody measures."""
    for detector in SERVICE_LEVELS:
        for f in health.findings:
            if f.detector == detector and not hidden(project, bank, f.basis, f.reads):
                yield Wanted(f.message, f.action, who_acts(project, f.who), f.severity.value)


def _reasons(project: Project, bank: Bank, health: Health) -> Iterator[str]:
    """Where each point went, the largest loss first; what would quote a blind answer says only that it counts."""
    kept_back = {
        f.detector for f in health.findings if f.basis is not Basis.GAP and hidden(project, bank, f.basis, f.reads)
    }
    lost = [(d.points, pillar, d) for pillar, score in health.pillars.items() for d in score.deductions]
    for points, pillar, deduction in sorted(lost, key=lambda each: (-each[0], list(Pillar).index(each[1]))):
        reason = "shown when both sides have answered" if deduction.detector in kept_back else _lost(health, deduction)
        yield f"{PILLARS[pillar]} −{plain_number(points)}: {reason}"


def _lost(health: Health, deduction: Deduction) -> str:
    """What took points, in a few words: the whole of it stands above, under See all and in `/align why`."""
    behind = [f for f in health.findings if f.detector == deduction.detector and f.basis is not Basis.GAP]
    inputs = ", ".join(dict.fromkeys(f.input for f in behind if f.input))
    return f"{behind[0].title}{f' ({inputs})' if inputs else ''}{_half(health, behind)}"


def _half(health: Health, behind: Sequence[Finding]) -> str:
    """That a team lives with all of it, or with which inputs of it."""
    lived_with = [f for f in behind if (f.detector, f.input) in health.accepted]
    if not lived_with:
        return ""
    if len(lived_with) == len(behind):
        return "; you live with it, so half counts"
    named = " and ".join(dict.fromkeys(f.input for f in lived_with if f.input)) or "part of it"
    return f"; you live with {named}, which counts half"


def _oldest(project: Project, now: datetime) -> int | None:
    """Days since the oldest finding that is open, and high or critical, was first seen: the talk is not happening."""
    open_now = (f for f in project.followed.values() if f.status is Stands.OPEN and f.severity in _WEIGHTY)
    days = ((today(project, now) - today(project, f.open_since)).days for f in open_now)
    return max(days, default=None)
