"""What is delivered to the app, and how a delivery went."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

Json = dict[str, Any]
ParcelKind = Literal["events_api", "slash_commands", "interactive"]


@dataclass
class Parcel:
    id: str
    kind: ParcelKind
    payload: Json
    attempts: int = 0
    first_at: datetime | None = None
    due: datetime | None = None
    reason: str = ""

    @property
    def type(self) -> str:
        """`message`, `app_mention`, `block_actions`, `/align` …"""
        if self.kind == "events_api":
            return str(self.payload.get("event", self.payload)["type"])
        return str(self.payload.get("command") or self.payload.get("type"))


@dataclass(frozen=True)
class Outcome:
    """The app's answer; status 0 if there was none, with the reason in Slack's words."""

    status: int
    body: Any = None
    reason: str = ""
    no_retry: bool = False

    @property
    def accepted(self) -> bool:
        return 200 <= self.status < 300


@dataclass(frozen=True)
class Delivery:
    id: str
    kind: ParcelKind
    type: str
    attempt: int
    status: int
    reason: str
    at: datetime
    payload: Json = field(repr=False, compare=False)

    @property
    def event_id(self) -> str:
        return self.id


class Carrier(Protocol):
    async def carry(self, parcel: Parcel, retry: int, reason: str) -> Outcome: ...
