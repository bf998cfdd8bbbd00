"""What the stand-in remembers for assertions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """One call of the Web API or of a response URL (method `response_url`)."""

    method: str
    args: Json
    at: datetime
    answer: Json
    status: int = 200

    @property
    def ok(self) -> bool:
        return bool(self.answer.get("ok"))

    @property
    def error(self) -> str | None:
        return self.answer.get("error")


@dataclass(frozen=True)
class Broadcast:
    """A message of the app that pinged everybody, or might have: a bare @here in mrkdwn that Slack may parse."""

    method: str
    channel: str
    text: str
    certain: bool = True
