"""How the three roles read the same statements: the signal is the spread between roles, not the average."""

from collections.abc import Iterator, Mapping

from bot.domain import rules
from bot.domain.bank import Pillar, Role
from bot.domain.findings import Basis, Severity

from .case import Case
from .partner import EVIDENCE
from .quoting import SPEAKERS, THE, listed, upper_first
from .registry import Sign, detector
from .simple import launch_at_risk

Readings = Mapping[Role, int]
"""What each role made of one statement; "can't say" is left out."""


def _readings(case: Case, statement: str, back: int = 0) -> Readings:
    """Of the latest round, or of one so many rounds before it."""
    if back >= len(case.snapshot.pulse):
        return {}
    answers = case.snapshot.pulse[-1 - back].answers
    said = {role: answers.get(role, {}).get(statement) for role in Role}
    return {role: value for role, value in said.items() if value is not None}


def _compared(case: Case) -> Iterator[tuple[str, Readings]]:
    """The statements that at least two roles have read."""
    for statement in rules.PULSE:
        readings = _readings(case, statement)
        if len(readings) > 1:
            yield statement, readings


def _quoted(statement: str) -> str:
    return f"'{rules.PULSE[statement][1].rstrip('.')}'"


def _by_role(readings: Readings) -> str:
    return ", ".join(f"{SPEAKERS[role]} {value}" for role, value in readings.items())


@detector(
    "the roles see a statement differently",
    None,
    Basis.CONFLICT,
    who="",
    do="Say why, lowest mark first; take fifteen minutes.",
)
def pulse_split(case: Case) -> Iterator[Sign]:
    """Two roles are far apart on the same statement of the latest pulse."""
    for statement, readings in _compared(case):
        low, high = min(readings, key=lambda r: readings[r]), max(readings, key=lambda r: readings[r])
        apart = readings[high] - readings[low]
        if apart >= rules.PULSE_APART:
            yield Sign(
                Severity.HIGH if apart >= rules.PULSE_FAR_APART else Severity.MEDIUM,
                f"{_by_role(readings)} of 5, so {apart} apart, on {_quoted(statement)}.",
                reads=(statement,),
                who=(low.value, high.value),
                pillar=rules.PULSE[statement][0],
            )


@detector(
    "a statement of the pulse is doubted",
    None,
    Basis.RISK,
    who="decider",
    do="Find out why, and change the answer that is no longer true.",
)
def pulse_low(case: Case) -> Iterator[Sign]:
    """Several roles doubt a statement of the latest pulse, or one doubts it strongly."""
    for statement, readings in _compared(case):
        doubts = {role: value for role, value in readings.items() if value <= rules.PULSE_DOUBT}
        many = len(doubts) >= rules.PULSE_MANY_DOUBT
        if many or any(value <= rules.PULSE_STRONG_DOUBT for value in doubts.values()):
            who = upper_first(listed([THE[role] for role in doubts]))
            yield Sign(
                Severity.HIGH if many else Severity.MEDIUM,
                f"{who} {'doubt' if many else 'doubts'} the statement {_quoted(statement)} ({_by_role(doubts)} of 5).",
                reads=(statement,),
                pillar=rules.PULSE[statement][0],
            )


@detector("a role has lost confidence", None, Basis.CHANGE, who="", do="Say what has changed.")
def pulse_drop(case: Case) -> Iterator[Sign]:
    """A role agrees with a statement much less than when it last read it."""
    for statement in rules.PULSE:
        for role, now in _readings(case, statement).items():
            before = _before(case, statement, role)
            if before is not None and before - now >= rules.PULSE_DROP:
                say = f"{upper_first(THE[role])} went from {before} to {now} of 5 on {_quoted(statement)}."
                yield Sign(
                    Severity.MEDIUM, say, reads=(statement,), who=(role.value,), pillar=rules.PULSE[statement][0]
                )


def _before(case: Case, statement: str, role: Role) -> int | None:
    """What a role said of a statement the time before; statements take turns, so that may be some rounds ago."""
    earlier = (_readings(case, statement, back).get(role) for back in range(1, len(case.snapshot.pulse)))
    return next((value for value in earlier if value is not None), None)


@detector(
    "a role is silent in the pulse",
    Pillar.PARTNER,
    Basis.CHANGE,
    seed="G3",
    who="decider",
    do="Ask once in person, or hand the role over.",
)
def pulse_silent(case: Case) -> Iterator[Sign]:
    """A role took no part in the latest rounds; "can't say" is taking part."""
    rounds = case.snapshot.pulse[-rules.PULSE_SILENT :]
    if len(rounds) < rules.PULSE_SILENT:
        return
    asked = {statement for pulse in rounds for answers in pulse.answers.values() for statement in answers}
    for role in Role:
        if not any(pulse.answers.get(role) for pulse in rounds):
            say = f"{upper_first(THE[role])} has not answered the last {rules.PULSE_SILENT} pulses."
            yield Sign(Severity.MEDIUM, say, reads=tuple(s for s in rules.PULSE if not asked or s in asked))


@detector(
    "the answers say yes, the pulse says no",
    Pillar.PARTNER,
    Basis.CONFLICT,
    seed="P2",
    who="",
    do="Bring the estimate or the evidence up to date.",
)
def said_vs_felt(case: Case) -> Iterator[Sign]:
    """A role doubts in the pulse what its own answers, or its estimates against the launch date, say."""
    for statement, said in (("pulse.feasible", _can_be_done(case)), ("pulse.date", _in_time(case))):
        for role, value in _readings(case, statement).items():
            if role in said and value <= rules.PULSE_DOUBT:
                mark = f"{value} of 5 to {_quoted(statement)}"
                say = f"The answers say yes, yet in the pulse {THE[role]} gave {mark}."
                yield Sign(Severity.MEDIUM, say, reads=(*said[role], statement), who=(role.value,))


def _can_be_done(case: Case) -> Mapping[Role, tuple[str, ...]]:
    """Who says in answers that it works, and where."""
    ml, eng = case.is_one_of("ml.feasibility", *EVIDENCE), case.is_one_of("eng.feasible", "yes", field="verdict")
    said = ((Role.ML, "ml.feasibility", ml), (Role.ENG, "eng.feasible", eng))
    return {role: (question,) for role, question, yes in said if yes}


def _in_time(case: Case) -> Mapping[Role, tuple[str, ...]]:
    """The two whose work fits before the launch, as far as they have estimated it; nobody once it is live."""
    efforts = [question for question in ("ml.effort", "eng.effort") if case.said(question, "likely") is not None]
    if case.live or case.days_left is None or not efforts or any(launch_at_risk(case)):
        return {}
    return dict.fromkeys((Role.ML, Role.ENG), ("pm.launch", *efforts))
