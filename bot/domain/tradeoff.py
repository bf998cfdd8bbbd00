"""Earlier or better: what the PM would choose, beside what the larger first version brings and costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from .actors import concerned
from .answers import State, is_not_measured
from .bank import Bank
from .messages import Saying, TradeOff, UnderCard
from .offers import is_told
from .project import Change, Project

WISH, GAIN = "pm.ship_tradeoff", "ml.v1_gain"


@dataclass(frozen=True, slots=True)
class _Pair:
    wish: str  # option
    gain: str
    extra_weeks: float

    @property
    def key(self) -> str:
        return sha256(repr(self).encode("utf-8", "replace")).hexdigest()[:32]


def weigh(project: Project, bank: Bank, before: Project) -> Change:
    """Put the two side by side once both are said; again when one of them is another."""
    if project.answers is before.answers and is_told(project) == is_told(before):
        return Change(project)
    pair = _pair(project, bank)
    if pair is None or not project.open or not is_told(project):
        return Change(project)
    if is_told(before) and pair == _pair(before, bank):
        return Change(project)
    option = bank[WISH].option(pair.wish)
    said = TradeOff(
        project=project.id,
        people=concerned(project, ("pm", "ml")),
        wish=option.label if option else pair.wish,
        gain=pair.gain,
        extra_weeks=pair.extra_weeks,
    )
    return Change(project, (Saying(said, UnderCard(project.id), once=f"tradeoff:{project.id}:{pair.key}"),))


def _pair(project: Project, bank: Bank) -> _Pair | None:
    """What both have said, if both have and neither is a guess."""
    asked = all(id in bank.by_id and bank[id].applies(project.answers) for id in (WISH, GAIN))
    if not asked or not all(_known(project, id) for id in (WISH, GAIN)):
        return None
    wish, gain = project.answers[WISH].value, project.answers[GAIN].value
    if is_not_measured(gain) or not isinstance(gain, Mapping) or not gain.get("gain"):
        return None
    return _Pair(str(wish), str(gain["gain"]), gain.get("extra_weeks") or 0)


def _known(project: Project, question: str) -> bool:
    return project.state(question) is State.ANSWERED and not project.guessed(question)
