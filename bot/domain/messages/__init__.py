"""Everything the bot can say, as data. How it looks in Slack is slack/views' business.

Each message carries all that is shown, so that it can wait in the outbox as JSON and be rendered when it is posted.
Text that people typed is plain and unescaped here.
"""

from dataclasses import dataclass

from .living import FindingCard, FindingSolved, LivedWith, Matter, Ping, PingItem, PulseLine, PulseResult
from .pages import Brief, BriefInput, BriefLine, BriefPart
from .places import Direct, InChannel, InInterview, InThread, Over, OverCard, Place, UnderCard, UnderDigest
from .reporting import (
    Account,
    Digest,
    DigestThread,
    LaunchLine,
    OldAnswer,
    OpenQuestion,
    PortfolioDigest,
    RedLine,
    Split,
    StateCount,
    StatusPanel,
    Wanted,
    Week,
    WhiteLine,
)
from .talking import Ask, DirectIntro, Done, InterviewCard, KickoffCard, Note, Record, RoleLine, SecondChance, Told

__all__ = [
    "Account",
    "Ask",
    "Brief",
    "BriefInput",
    "BriefLine",
    "BriefPart",
    "Digest",
    "DigestThread",
    "Direct",
    "DirectIntro",
    "Done",
    "FindingCard",
    "FindingSolved",
    "InChannel",
    "InInterview",
    "InThread",
    "InterviewCard",
    "KickoffCard",
    "LaunchLine",
    "LivedWith",
    "Matter",
    "Message",
    "Note",
    "OldAnswer",
    "OpenQuestion",
    "Over",
    "OverCard",
    "Ping",
    "PingItem",
    "Place",
    "PortfolioDigest",
    "PulseLine",
    "PulseResult",
    "Record",
    "RedLine",
    "RoleLine",
    "Saying",
    "SecondChance",
    "Split",
    "StateCount",
    "StatusPanel",
    "Told",
    "UnderCard",
    "UnderDigest",
    "Wanted",
    "Week",
    "WhiteLine",
]

Message = (
    KickoffCard
    | InterviewCard
    | DirectIntro
    | Ask
    | Record
    | SecondChance
    | Done
    | Note
    | FindingCard
    | FindingSolved
    | PulseResult
    | Brief
    | Ping
    | Digest
    | DigestThread
    | PortfolioDigest
)


@dataclass(frozen=True, slots=True)
class Saying:
    """A message and where it goes. `once`: said one time ever; `slot`: a newer one replaces it in the queue."""

    message: Message
    to: Place
    once: str | None = None
    slot: str | None = None
