"""What every listener is given besides Slack's payload."""

from dataclasses import dataclass, field

from bot.db import Database
from bot.domain.bank import Bank


@dataclass(frozen=True)
class Alignbot:
    database: Database
    bank: Bank
    zone: str = "UTC"  # for people whose zone Slack does not know
    admins: frozenset[str] = field(default=frozenset())
