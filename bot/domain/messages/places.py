"""Where something is said."""

from dataclasses import dataclass

from bot.domain.bank import Role


@dataclass(frozen=True, slots=True)
class InChannel:
    """Said at the top level of a channel."""

    channel: str


@dataclass(frozen=True, slots=True)
class InThread:
    """Said in a thread whose root is known."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class InInterview:
    """Said in the thread of one role's interview, which may still be on its way to Slack."""

    project: int
    role: Role


@dataclass(frozen=True, slots=True)
class UnderCard:
    """Said in the thread of the kickoff card, which may still be on its way to Slack."""

    project: int


@dataclass(frozen=True, slots=True)
class UnderDigest:
    """Said in the thread of a project's digest of a week, which may still be on its way to Slack."""

    project: int
    week: str


@dataclass(frozen=True, slots=True)
class Direct:
    """Said to one person."""

    user: str


@dataclass(frozen=True, slots=True)
class Over:
    """Put over a message that stands already: it is edited in place."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class OverCard:
    """Put over the kickoff card (no role) or a role's card, wherever it stands by then."""

    project: int
    role: Role | None = None


Place = InChannel | InThread | InInterview | UnderCard | UnderDigest | Direct | Over | OverCard
