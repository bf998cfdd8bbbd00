"""Whether the work fits before the launch: the weeks that ML, engineering and new inputs take, against those left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from . import rules
from .answers import Value
from .encoding import is_number
from .inputs import Surveyed, build_midpoint

NOTHING = Decimal(0)
DAYS_IN_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Effort:
    """Weeks as a role expects them; none for what it has not said, so that silence makes nothing late."""

    likely: Decimal = NOTHING
    worst: Decimal = NOTHING

    @property
    def given(self) -> bool:
        return self.worst > 0


@dataclass(frozen=True, slots=True)
class Build:
    """An input without which V1 is pointless, and which production cannot read yet."""

    input: Surveyed
    weeks: Decimal

    @property
    def estimate(self) -> bool:
        """A default of ours, not the engineer's own number."""
        return self.input.input.build_weeks is None


@dataclass(frozen=True, slots=True)
class Plan:
    """ML and engineering work side by side; engineering builds the inputs first."""

    days_left: int
    model: Effort
    launch: Effort
    builds: tuple[Build, ...]

    @property
    def building(self) -> Decimal:
        return sum((build.weeks for build in self.builds), NOTHING)

    @property
    def building_at_worst(self) -> Decimal:
        return self.building * rules.BUILDS_GOING_BADLY

    @property
    def likely(self) -> Decimal:
        return max(self.model.likely, self.building + self.launch.likely)

    @property
    def worst(self) -> Decimal:
        return max(self.model.worst, self.building_at_worst + self.launch.worst)

    @property
    def late(self) -> bool:
        return self.likely * DAYS_IN_A_WEEK > self.days_left

    @property
    def far_late(self) -> bool:
        return self.likely * DAYS_IN_A_WEEK > self.days_left * rules.FAR_OVER_DATE

    @property
    def late_at_worst(self) -> bool:
        return self.worst * DAYS_IN_A_WEEK > self.days_left


def effort(answer: Value) -> Effort:
    """What a role said; without a worst case the likely one stands for it."""
    likely, worst = (_weeks(answer, part) for part in ("likely", "worst"))
    return Effort(likely, max(likely, worst))


def _weeks(answer: Value, part: str) -> Decimal:
    weeks = answer.get(part) if isinstance(answer, Mapping) else None
    return Decimal(str(weeks)) if is_number(weeks) else NOTHING


def builds(inputs: Iterable[Surveyed]) -> tuple[Build, ...]:
    """What must be built, the longest first."""
    all_of_them = (Build(i, Decimal(str(build_midpoint(i.input, i.difficulty)))) for i in inputs if i.input.must)
    return tuple(sorted((b for b in all_of_them if b.weeks), key=lambda b: (-b.weeks, b.input.name)))
