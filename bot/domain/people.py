"""What is known of a person: facts from Slack, cached, refreshed by its events."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PersonKind(StrEnum):
    MEMBER = "member"
    GUEST = "guest"
    STRANGER = "stranger"  # of another company, by Slack Connect
    BOT = "bot"
    GONE = "gone"  # deactivated


@dataclass(frozen=True, slots=True)
class Person:
    team: str
    user: str
    name: str
    zone: str  # IANA
    kind: PersonKind
    admin: bool
    seen_at: datetime
    dm: str | None = None
