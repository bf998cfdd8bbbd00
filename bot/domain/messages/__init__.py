"""Everything the bot can say, as data. How it looks in Slack is slack/views' business.

Each message carries all that is shown, so that it can wait in the outbox as JSON and be rendered when it is posted.
Text that people typed is plain and unescaped here.
"""

from dataclasses import dataclass

from .living import (
    FindingCard,
    FindingSolved,
    LivedWith,
    Matter,
    Ping,
    PingItem,
    PulseLine,
    PulseResult,
    SimplerCard,
    TradeOff,
)
from .pages import Brief, BriefLine, BriefPart, InputLine, InputsPanel
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
from .settling import CatchUp, DecisionLogged
from .talking import (
    Ask,
    DirectIntro,
    Done,
    InterviewCard,
    KickoffCard,
    Note,
    Record,
    RoleLine,
    SecondChance,
    SlotAgreed,
    Told,
    Understood,
    UnderstoodRow,
    WhoElse,
)

__all__ = [
    "Account",
    "Ask",
    "Brief",
    "BriefLine",
    "BriefPart",
    "CatchUp",
    "DecisionLogged",
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
    "InputLine",
    "InputsPanel",
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
    "SimplerCard",
    "SlotAgreed",
    "Split",
    "StateCount",
    "StatusPanel",
    "Told",
    "TradeOff",
    "UnderCard",
    "UnderDigest",
    "Understood",
    "UnderstoodRow",
    "Wanted",
    "Week",
    "WhiteLine",
    "WhoElse",
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
    | WhoElse
    | SlotAgreed
    | Understood
    | FindingCard
    | FindingSolved
    | SimplerCard
    | TradeOff
    | PulseResult
    | Brief
    | Ping
    | Digest
    | DigestThread
    | PortfolioDigest
    | DecisionLogged
    | CatchUp
)


@dataclass(frozen=True, slots=True)
class Saying:
    """A message and where it goes. `once`: said one time ever; `slot`: a newer one replaces it in the queue."""

    message: Message
    to: Place
    once: str | None = None
    slot: str | None = None
