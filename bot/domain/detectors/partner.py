"""The three roles see the same facts, meet, and somebody decides."""

from collections.abc import Iterator

from bot.domain.bank import Pillar
from bot.domain.findings import Basis, Severity

from .case import Case
from .quoting import mid_sentence
from .registry import Sign, detector


@detector(
    "ML and engineering disagree whether it can be done",
    Pillar.PARTNER,
    Basis.CONFLICT,
    seed="P2",
    who="decider",
    do="Thirty minutes, all three, today's evidence on the table.",
)
def feasibility_disputed(case: Case) -> Iterator[Sign]:
    """One of ML and engineering says it works, the other that it does not."""
    ml_yes = case.is_one_of("ml.feasibility", "proven_here", "promising_prototype", "proven_elsewhere")
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
