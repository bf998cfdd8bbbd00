"""The three roles see the same facts, meet, and somebody decides."""

from collections.abc import Iterator

from bot.domain import rules
from bot.domain.bank import Pillar, Role
from bot.domain.findings import Basis, Severity

from .case import Case
from .quoting import THE, listed, mid_sentence
from .registry import Sign, detector

EVIDENCE = ("proven_here", "promising_prototype", "proven_elsewhere")
MEETINGS = {"ml.pairing": "ML", "eng.pairing": "engineering"}
RARELY = {
    "monthly": "meet once a month",
    "at_handover": "meet only at the hand-over",
    "never": "have no plan to meet",
}
_OFTEN_FIRST = ("weekly", "fortnightly", *RARELY)


@detector(
    "ML and engineering disagree whether it can be done",
    Pillar.PARTNER,
    Basis.CONFLICT,
    seed="P2",
    who="decider",
    do="Sit down for thirty minutes, all three, with today's evidence on the table.",
)
def feasibility_disputed(case: Case) -> Iterator[Sign]:
    """One of ML and engineering says it works, the other that it does not."""
    ml_yes = case.is_one_of("ml.feasibility", *EVIDENCE)
    ml_no = case.is_one_of("ml.feasibility", "unlikely")
    eng_yes = case.is_one_of("eng.feasible", "yes", field="verdict")
    eng_no = case.is_one_of("eng.feasible", "no", field="verdict")
    if (ml_yes and eng_no) or (ml_no and eng_yes):
        evidence = mid_sentence(case.label("ml.feasibility"))
        verdict = mid_sentence(case.label("eng.feasible", "verdict"))
        because = case.text("eng.feasible", "because")
        reason = f": '{because}'" if because else ""
        say = f"ML says '{evidence}'; engineering says '{verdict}'{reason}."
        yield Sign(Severity.CRITICAL, say, reads=("ml.feasibility", "eng.feasible"))


@detector(
    "one person speaks for several roles",
    Pillar.PARTNER,
    Basis.RISK,
    seed="G3",
    who="decider",
    do="Name a second person, or somebody from outside to review.",
)
def single_voice(case: Case) -> Iterator[Sign]:
    """One person holds two or three of the roles."""
    held: dict[str, list[Role]] = {}
    for role in Role:
        if person := case.snapshot.people.get(role):
            held.setdefault(person, []).append(role)
    for roles in held.values():
        if len(roles) > 1:
            whom = listed([THE[role] for role in roles])
            say = f"One person speaks for {whom}; agreement with oneself is not evidence."
            yield Sign(Severity.HIGH if len(roles) == len(Role) else Severity.MEDIUM, say, reads=("people",))


@detector(
    "ML and engineering hardly meet",
    Pillar.PARTNER,
    Basis.RISK,
    seed="G3",
    who="ml with eng",
    do="Set up a standing thirty minutes every week or two.",
)
def pairing_gap(case: Case) -> Iterator[Sign]:
    """By the account of at least one of them, ML and engineering look at the work together rarely or not at all."""
    rare = sorted((q for q in MEETINGS if case.is_one_of(q, *RARELY)), key=lambda q: -_step(case, q))
    if rare:
        worst = case.text(rare[0])
        by = "" if len(rare) == len(MEETINGS) else f", says {MEETINGS[rare[0]]}"
        say = f"ML and engineering {RARELY[worst]}{by}."
        yield Sign(Severity.MEDIUM if worst == "monthly" else Severity.HIGH, say, reads=tuple(rare))


@detector(
    "ML and engineering disagree how often they meet",
    Pillar.PARTNER,
    Basis.CONFLICT,
    seed="G3",
    who="ml with eng",
    do="Agree on a regular slot.",
)
def pairing_disagree(case: Case) -> Iterator[Sign]:
    """The two accounts of how often they meet are far apart."""
    if all(case.said(question) for question in MEETINGS):
        ml, eng = (_step(case, question) for question in MEETINGS)
        if abs(ml - eng) >= rules.PAIRING_APART:
            told = [f"{who} says '{mid_sentence(case.label(question))}'" for question, who in MEETINGS.items()]
            say = f"How often do ML and engineering meet? {', '.join(told)}."
            yield Sign(Severity.MEDIUM, say, reads=tuple(MEETINGS))


def _step(case: Case, question: str) -> int:
    return _OFTEN_FIRST.index(case.text(question))


@detector("nobody decides", Pillar.PARTNER, Basis.RISK, seed="G1", who="pm", do="Name one person.")
def no_decider(case: Case) -> Iterator[Sign]:
    """Nobody makes the final call, or nobody knows who does."""
    if case.unknown("pm.decider") or case.is_one_of("pm.decider", "none"):
        whether = "Nobody knows who makes" if case.unknown("pm.decider") else "Nobody makes"
        say = f"{whether} the final call when accuracy, date and cost pull apart."
        yield Sign(Severity.MEDIUM, say, reads=("pm.decider",))
