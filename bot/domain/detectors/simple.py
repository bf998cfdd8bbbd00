"""Start simple, with data and model, and say aloud what that trades."""

from collections.abc import Iterator

from bot.domain.bank import Pillar
from bot.domain.findings import Basis, Severity

from .case import Case
from .quoting import mid_sentence
from .registry import Sign, detector

SIMPLE_START = ("rule", "simple_model", "boosted_trees", "pretrained_api")


@detector(
    "PM and ML plan different first versions",
    Pillar.SIMPLE,
    Basis.CONFLICT,
    seed="G1",
    who="pm with ml",
    do="Agree what is in V1 and what waits for V2.",
)
def tradeoff_conflict(case: Case) -> Iterator[Sign]:
    """The PM wants early and simple, ML builds the full thing; or the other way round."""
    too_much = case.is_one_of("pm.ship_tradeoff", "simple_first") and case.is_one_of("ml.v1", "deep_or_ensemble")
    too_little = case.is_one_of("pm.ship_tradeoff", "wait_for_full") and case.is_one_of("ml.v1", *SIMPLE_START)
    if too_much or too_little:
        wish, plan = mid_sentence(case.label("pm.ship_tradeoff")), mid_sentence(case.label("ml.v1"))
        yield Sign(
            Severity.HIGH if too_much else Severity.MEDIUM,
            f"The PM would {wish}; ML plans to start with: {plan}.",
            reads=("pm.ship_tradeoff", "ml.v1"),
        )
