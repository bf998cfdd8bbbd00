"""Findings over time: seen, told where it matters, lived with, and closed by themselves when the answers agree.

Gaps are left out: they are the open questions, which have their own reminders and lines (alignment model, 3.7).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from .actors import concerned, hidden, in_words, unmentioned, who_acts
from .answers import Source, State
from .as_snapshot import health_of, today
from .bank import Bank
from .chronicle import Followed, Status, Turn, finding_key
from .coverage import LISTED
from .escaping import escape
from .findings import Basis, Finding, Severity
from .lists import rows_of
from .messages import FindingCard, FindingSolved, LivedWith, Note, Over, Saying, UnderCard
from .project import Change, Project, Stage


def _is_told(project: Project) -> bool:
    """Whether the channel hears of it: a project that rests or cannot be reached is told when it goes on."""
    return project.stage in (Stage.ACTIVE, Stage.LAUNCHED) and project.reachable


def follow(project: Project, bank: Bank, before: Project, at: datetime) -> Change:
    """Compare what the rules see now with what they saw before; does nothing where nothing they read has changed."""
    if not project.open or all(getattr(project, part) is getattr(before, part) for part in _READ):
        return Change(project)
    return _look(project, bank, before, at)


_READ = ("answers", "members", "events", "pulses", "stage", "reachable")


def look_again(project: Project, bank: Bank, at: datetime) -> Change:
    """The same, because time has passed."""
    return _look(project, bank, project, at)


def _look(project: Project, bank: Bank, before: Project, at: datetime) -> Change:
    seen = _visible(project, bank, health_of(project, bank, at).findings)
    change = Change(project)
    for finding in seen.values():
        change = change.then(_seen, finding, at)
    for key in [key for key, f in project.followed.items() if f.status is not Status.RESOLVED and key not in seen]:
        known = project.followed[key]
        change = change.then(_gone, known, _unsettled(project, bank, before, known), at)
    return change


def _visible(project: Project, bank: Bank, found: Sequence[Finding]) -> dict[str, Finding]:
    """By key, of several with one key the most severe; what would give a blind answer away waits for the others."""
    told = [f for f in found if f.basis is not Basis.GAP and not hidden(project, bank, f.basis, f.reads)]
    by_severity = sorted(told, key=lambda finding: finding.severity.rank)
    return {finding_key(f.detector, f.input): f for f in by_severity}


def _seen(project: Project, finding: Finding, at: datetime) -> Change:
    known = project.followed.get(finding_key(finding.detector, finding.input))
    now = _as_seen(known, finding) if known else _first_seen(finding, at)
    lived_with = known is not None and known.status is Status.ACCEPTED
    if known and _ended(project, known, finding, at):
        now = now.turned(Turn(Status.OPEN, at))
    elif known and lived_with and finding.severity.rank < known.severity.rank:
        now = replace(now, severity=known.severity)  # so grave a one they agreed to live with
    change = _told(project, known, now, at)
    called = change.project.followed[now.key].announced and not now.announced  # by its card, a moment ago
    if lived_with and now.status is Status.OPEN and _is_told(project) and not called:
        return change.then(_open_again, now)
    return change


def _told(project: Project, known: Followed | None, now: Followed, at: datetime) -> Change:
    """Stored; a critical one that the team has not been told of comes into the card's thread.

    One that was told and solved today and is there again waits for tomorrow's look: its card shows it meanwhile, and
    an answer that goes back and forth fills no thread.
    """
    again = now.card is not None and any(
        turn.status is Status.RESOLVED and today(project, turn.at) == today(project, at) for turn in now.turns
    )
    if now.severity is Severity.CRITICAL and not now.announced and not again and _is_told(project):
        told = replace(now, announced=True)
        return Change(project.with_followed(told), (Saying(card(project, told), UnderCard(project.id)),))
    return _kept(project, known, now)


def _first_seen(finding: Finding, at: datetime) -> Followed:
    return Followed(
        detector=finding.detector,
        input=finding.input,
        severity=finding.severity,
        title=finding.title,
        message=finding.full_message,
        action=finding.action,
        who=finding.who,
        reads=finding.reads,
        turns=(Turn(Status.OPEN, at),),
        read=" · ".join(map(str, finding.quotes)),
    )


def _as_seen(known: Followed, finding: Finding) -> Followed:
    return replace(
        _first_seen(finding, known.first_seen), turns=known.turns, announced=known.announced, card=known.card
    )


def _ended(project: Project, known: Followed, finding: Finding, at: datetime) -> bool:
    """Whether it is there again, or no longer what they wanted to live with: the time is over, or it became worse."""
    if known.status is not Status.ACCEPTED:
        return known.status is Status.RESOLVED
    until = known.turns[-1].until
    expired = until is not None and until < today(project, at)
    return expired or finding.severity.rank > known.severity.rank


def _open_again(project: Project, finding: Followed) -> Change:
    """Said once in the thread, where it was said that they live with it."""
    person = who_acts(project, finding.who)
    called = f" → <@{person}>" if person else ""
    say = f"⏰ *{escape(finding.title)}* is open again: the time to live with it is over, or it became worse.{called}"
    return Change(project, (Saying(Note(say), UnderCard(project.id)),))


def _unsettled(project: Project, bank: Bank, before: Project, known: Followed) -> str:
    """Why a finding is no longer seen though nothing was solved; "" where the answers agree."""
    if known.input and all(row.get("name") != known.input for row in rows_of(project, LISTED)):
        return f"“{known.input}” is no longer on the list of inputs."
    groups = [group for group in bank.blind if group & set(known.reads)]
    read = {id for id in set(known.reads).union(*groups) if id in bank.by_id}
    taken_back = any(before.state(id) in _KNOWN and project.state(id) not in _KNOWN for id in read)
    return "An answer behind it was taken back, so nobody knows." if taken_back else ""


_KNOWN = (State.ANSWERED, State.NOT_APPLICABLE)


def _gone(project: Project, known: Followed, unsettled: str, at: datetime) -> Change:
    """It is closed, and said so once where it was told: the answers agree, or nobody can tell any more."""
    solved = replace(known.turned(Turn(Status.RESOLVED, at, reason=unsettled)), announced=False)
    change = _kept(project, known, solved)
    if not known.announced or not _is_told(project):
        return change
    say = FindingSolved(project.id, solved.title, solved.input, unsettled)
    return change.then(lambda p: Change(p, (Saying(say, UnderCard(p.id)),)))


def _kept(project: Project, known: Followed | None, now: Followed) -> Change:
    """Stored, and its card shows it."""
    if now == known:
        return Change(project)
    after = project.with_followed(now)
    return Change(after, tuple(shown(after, now)))


def shown(project: Project, finding: Followed) -> Iterator[Saying]:
    """Its message in the card's thread, as it reads now."""
    if finding.card:
        where = finding.card
        slot = f"message:{where.channel}:{where.ts}"
        yield Saying(card(project, finding), Over(where.channel, where.ts), slot=slot)


def stands(project: Project, finding: Followed, where: Source, posted: FindingCard) -> Change:
    """Its message stands now; what has changed since it was written is put right."""
    after = project.with_followed(replace(finding, card=where))
    changed = card(after, finding) != posted
    return Change(after, tuple(shown(after, after.followed[finding.key])) if changed else ())


def card(project: Project, finding: Followed) -> FindingCard:
    turn = finding.turns[-1]
    return FindingCard(
        project=project.id,
        key=finding.key,
        severity=finding.severity.value,
        title=finding.title,
        text=unmentioned(project, finding.message.removesuffix(f" ({finding.read})")),
        action=unmentioned(project, finding.action),
        person=who_acts(project, finding.who),
        with_whom=concerned(project, finding.who)[1:],
        status=turn.status.value,
        by=turn.by,
        reason=turn.reason,
        until=turn.until,
        input=finding.input,
        read=unmentioned(project, finding.read),
        beside=in_words(project, finding.who[1:]),
    )


def cards(project: Project) -> tuple[FindingCard, ...]:
    """All findings that are not resolved, open ones first, the most severe and then the oldest before the others."""
    known = [f for f in project.followed.values() if f.status is not Status.RESOLVED]
    known.sort(key=lambda f: (f.status is not Status.OPEN, -f.severity.rank, f.open_since, f.key))
    return tuple(card(project, finding) for finding in known)


def lived_with(project: Project) -> tuple[LivedWith, ...]:
    """What the team knows and lives with for now, the one that ends first before the others."""
    turns = [(f, f.turns[-1]) for f in project.followed.values() if f.status is Status.ACCEPTED]
    found = [LivedWith(f"{f.title} (“{f.input}”)" if f.input else f.title, turn.by, turn.until) for f, turn in turns]
    return tuple(sorted(found, key=lambda each: (each.until is None, each.until)))
