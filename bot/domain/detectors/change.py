"""What has happened to the project since the answers were given."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from bot.domain import rules
from bot.domain.bank import Pillar, Question, Role
from bot.domain.findings import Basis, Severity
from bot.domain.snapshot import Event
from bot.domain.triggers import same_person, to_recheck

from .case import Case
from .gaps import asked, titles
from .quoting import SPEAKERS, THE, listed, names, on
from .registry import Sign, detector

FEW = 5
WHAT_HAPPENED: Mapping[str, str] = {
    "date_change": "The launch date changed",
    "scope_change": "The goal, its user or what is predicted changed",
    "source_change": "A source of inputs changed",
    "feature_added": "An input was added",
    "sla_breach": "A service level was missed",
    "left": "Somebody left",
    "launched": "It went live",
}


@detector(
    "answers wait for another look",
    Pillar.PARTNER,
    Basis.CHANGE,
    who="",
    do="Say that they are still true, or what has changed.",
)
def reconfirm_due(case: Case) -> Iterator[Sign]:
    """Something happened more than a week ago, and the answers it puts in question have not been looked at again."""
    signs = {}
    for event in case.events:
        waiting = to_recheck(event, case.snapshot, case.bank)
        if waiting and not event.resolved and case.snapshot.as_of - event.date > rules.RECHECK_WITHIN:
            questions = [case.bank[id] for id in waiting]
            say = f"{WHAT_HAPPENED[event.type]} on {on(event.date)}; {_another_look(questions)}."
            signs[say] = Sign(Severity.MEDIUM, say, reads=waiting, who=asked(questions))
    yield from signs.values()


def _another_look(questions: Sequence[Question]) -> str:
    """A few answers are named, many only counted."""
    needs = "1 answer needs" if len(questions) == 1 else f"{len(questions)} answers need"
    if len(questions) <= FEW:
        return f"{needs} another look: {titles(questions)}"
    counts = ((SPEAKERS[role], sum(q.role is role for q in questions)) for role in Role)
    return f"{needs} another look ({', '.join(f'{who} {n}' for who, n in counts if n)})"


@detector(
    "somebody who owned a part has left", Pillar.PARTNER, Basis.CHANGE, seed="G2", who="decider", do="Name a successor."
)
def owner_left(case: Case) -> Iterator[Sign]:
    """Somebody left who decided, watched the monitoring, owned an input or held a role, and nobody has followed."""
    for user in dict.fromkeys(event.user for event in _unresolved(case, "left") if event.user):
        roles = [THE[role] for role in Role if case.snapshot.people.get(role) == user]
        owned, reads = _owned(case, user)
        if roles or owned:
            was = [f"was {listed(roles)}"] if roles else []
            say = f"Somebody has left who {listed([*was, *owned])}; no successor is named yet."
            decided = case.person("pm.decider") == user
            who = (Role.PM.value,) if decided else ()
            yield Sign(Severity.HIGH, say, reads=reads or ("people",), who=who)


def _owned(case: Case, user: str) -> tuple[list[str], tuple[str, ...]]:
    """What still has this person's name on it, and the questions that say so."""
    inputs = [i for i in case.inputs if same_person(i.input.owner, user)]
    found = {
        "pm.decider": "made the final call" if case.person("pm.decider") == user else "",
        "eng.monitor_owner": "watched the monitoring" if case.person("eng.monitor_owner") == user else "",
        "eng.input_survey": f"owned {names(inputs)}" if inputs else "",
    }
    return [words for words in found.values() if words], tuple(id for id, words in found.items() if words)


@detector(
    "the launch keeps moving",
    Pillar.PARTNER,
    Basis.CHANGE,
    seed="G1",
    who="decider",
    do="Make the first version smaller, or set a new date once and openly.",
)
def date_slipped(case: Case) -> Iterator[Sign]:
    """The launch was put off several times or by many days; a product that is live has nothing left to put off."""
    late = [] if case.live else [event for event in case.events if _put_off(event)]
    days = sum((e.after - e.before for e in late if e.before and e.after), timedelta())
    severities = ((Severity.HIGH, rules.SLIPPED_FAR), (Severity.MEDIUM, rules.SLIPPED))
    found = [severity for severity, (moves, far) in severities if len(late) >= moves or days > far]
    if found:
        times = {1: "once", 2: "twice"}.get(len(late), f"{len(late)} times")
        far = f", by {days.days} {'day' if days.days == 1 else 'days'}{' in total' if len(late) > 1 else ''}"
        say = f"The launch moved {times}{far if days else ''}."
        yield Sign(found[0], say, reads=("pm.launch",))


def _put_off(event: Event) -> bool:
    """Moved to a later day, or to one that nobody wrote down; an earlier launch is no slip."""
    return event.type == "date_change" and not (event.before and event.after and event.after <= event.before)


def _unresolved(case: Case, type: str) -> list[Event]:
    return [event for event in case.events if event.type == type and not event.resolved]
