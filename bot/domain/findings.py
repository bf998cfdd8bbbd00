"""What detectors report: a finding says what does not fit, a strength what goes well."""

from dataclasses import dataclass
from enum import StrEnum

from .bank import Pillar


class Severity(StrEnum):
    LOW = "low"  # hygiene
    MEDIUM = "medium"  # a weakness
    HIGH = "high"  # likely to cost value, date or trust
    CRITICAL = "critical"  # cannot succeed as described, or two roles contradict each other on a decisive point

    @property
    def rank(self) -> int:
        return list(Severity).index(self)

    @property
    def raised(self) -> "Severity":
        return list(Severity)[min(self.rank + 1, len(Severity) - 1)]


class Basis(StrEnum):
    GAP = "gap"  # something is not said
    CONFLICT = "conflict"  # two answers do not fit
    RISK = "risk"  # one answer is explicitly weak
    CHANGE = "change"  # time passed, or something happened
    STRENGTH = "strength"


@dataclass(frozen=True, slots=True)
class Quote:
    """One answer that a detector read, in plain text."""

    who: str  # "PM", "ML", "Engineering"
    about: str  # what was asked, in a few words
    text: str

    def __str__(self) -> str:
        return f"{self.who}, {self.about}: {self.text}"


@dataclass(frozen=True, slots=True)
class Finding:
    detector: str
    severity: Severity
    basis: Basis
    pillar: Pillar
    title: str  # what it is about, in a few words: for lists and state lines
    message: str  # plain text; people's words in it are unescaped
    action: str
    who: tuple[str, ...]  # who acts, the first to be asked first: role ids, or a person's Slack id
    input: str | None = None
    reads: tuple[str, ...] = ()  # questions
    quotes: tuple[Quote, ...] = ()

    @property
    def full_message(self) -> str:
        """The message with the answers it read behind it."""
        read = " · ".join(str(quote) for quote in self.quotes)
        return f"{self.message} ({read})" if read else self.message


@dataclass(frozen=True, slots=True)
class Strength:
    detector: str
    pillar: Pillar
    title: str
    message: str
