"""What a team settles as it goes, and what somebody new to it should know."""

from dataclasses import dataclass

from bot.domain.bank import Role


@dataclass(frozen=True, slots=True)
class DecisionLogged:
    """What was decided. It names people without calling them."""

    project: int
    number: int
    what: str
    why: str
    alternatives: str
    about: str
    who: tuple[str, ...]  # names
    link: str  # to the message in which it was said; empty: none
    supersedes: int | None = None
    beside: tuple[int, ...] = ()  # others about the same subject that hold as well


@dataclass(frozen=True, slots=True)
class CatchUp:
    """A role's interview so far, for somebody who has just come to it. It calls that one person only."""

    project: int
    first: str  # our own sentence, in mrkdwn: who is what now
    answered: int
    total: int
    said: tuple[tuple[str, str], ...]  # titles of questions, and what was answered in short
    still_open: tuple[str, ...]  # titles of questions
    others: tuple[tuple[Role, str], ...]  # names; empty: nobody yet
    findings: tuple[str, ...]
