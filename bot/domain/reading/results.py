"""What came of reading a person's words."""

from dataclasses import dataclass

from bot.domain.answers import Value
from bot.domain.bank import Field


@dataclass(frozen=True, slots=True)
class Read:
    """A whole answer; `note` holds the words if they say more than the value does."""

    value: Value
    note: str = ""


@dataclass(frozen=True, slots=True)
class Partly:
    """A form or list of which some parts are still missing."""

    value: Value
    missing: tuple[Field, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Words that are no value here: kept as a note, and a friendly second chance."""

    kept: str
    say: str


@dataclass(frozen=True, slots=True)
class DontKnow:
    pass


@dataclass(frozen=True, slots=True)
class Skip:
    """Asked for; whether a question may be skipped is the interview's rule."""


@dataclass(frozen=True, slots=True)
class NotApplicable:
    pass


@dataclass(frozen=True, slots=True)
class NotMeasured:
    pass


Reading = Read | Partly | Unreadable | DontKnow | Skip | NotApplicable | NotMeasured


@dataclass(frozen=True, slots=True)
class Found:
    """A single value in a text, and the words around it that it does not say."""

    value: Value
    rest: str = ""
    sure: bool = True  # plain to see even in the middle of a longer text
    exact: bool = True  # the value says all that the words it came from say


@dataclass(frozen=True, slots=True)
class Unclear:
    """No single value: what to say about it."""

    say: str
