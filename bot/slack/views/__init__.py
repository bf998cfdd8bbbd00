"""From what the bot says, as data, to what Slack's API takes. Pure: a message in, plain dicts out."""

from typing import Any

from bot.domain.bank import Bank
from bot.domain.messages import (
    Ask,
    Brief,
    CatchUp,
    DecisionLogged,
    Digest,
    DigestThread,
    DirectIntro,
    Done,
    FindingCard,
    FindingSolved,
    InterviewCard,
    KickoffCard,
    Message,
    Note,
    Ping,
    PortfolioDigest,
    PulseResult,
    Record,
    SecondChance,
    SimplerCard,
    SlotAgreed,
    TradeOff,
    Understood,
    WhoElse,
)

from . import (
    asking,
    brief,
    cards,
    catching_up,
    decisions,
    digest,
    digest_thread,
    findings,
    helping,
    pings,
    portfolio,
    pulse,
    records,
    simpler,
    talking,
    understood,
)

Post = dict[str, Any]
"""`text`, complete for screen readers and notifications, and `blocks`."""


def render(message: Message, bank: Bank) -> Post:
    """How a message looks. Without a default, so that mypy finds a message that has no look."""
    match message:
        case KickoffCard():
            return cards.kickoff(message)
        case InterviewCard():
            return cards.interview(message)
        case DirectIntro():
            return cards.intro(message)
        case Ask():
            return asking.ask(message, bank)
        case Record():
            return records.record(message, bank)
        case SecondChance():
            return talking.second_chance(message)
        case Done():
            return talking.done(message)
        case Note():
            return talking.note(message)
        case WhoElse():
            return helping.who_else(message, bank)
        case SlotAgreed():
            return helping.agreed(message)
        case Understood():
            return understood.understood(message)
        case FindingCard():
            return findings.card(message)
        case FindingSolved():
            return findings.solved(message)
        case SimplerCard():
            return simpler.card(message)
        case TradeOff():
            return simpler.trade_off(message)
        case PulseResult():
            return pulse.result(message)
        case Brief():
            return brief.brief(message)
        case Ping():
            return pings.ping(message, bank)
        case Digest():
            return digest.digest(message)
        case DigestThread():
            return digest_thread.thread(message)
        case PortfolioDigest():
            return portfolio.portfolio(message)
        case DecisionLogged():
            return decisions.logged(message)
        case CatchUp():
            return catching_up.catch_up(message)
