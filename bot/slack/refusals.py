"""What Slack said when it did not take a call, whatever it wrote it in: JSON, a page of HTML, nothing at all."""

from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError

_WAIT = {"ratelimited", "rate_limited", "message_limit_exceeded"}
_PASSES = {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"}
_STOPPED = {"token_revoked", "token_expired", "account_inactive", "invalid_auth", "not_authed", "missing_scope"}
SECONDS = 30.0  # to wait where Slack does not say how long


@dataclass(frozen=True, slots=True)
class Refusal:
    code: str  # empty where Slack named none
    status: int
    retry_after: float
    details: str = ""

    @property
    def asks_to_wait(self) -> bool:
        return self.status == 429 or self.code in _WAIT

    @property
    def stops_the_bot(self) -> bool:
        """The token or a scope is gone: nothing can be posted until somebody installs the app again."""
        return self.code in _STOPPED

    @property
    def may_pass(self) -> bool:
        """Slack's own trouble; the call may even have been carried out."""
        return self.status >= 500 or not self.code or self.code in _PASSES

    def __str__(self) -> str:
        return f"{self.code or f'HTTP {self.status}'} {self.details}".strip()


def read(error: SlackApiError) -> Refusal:
    """The client gives its own response, aiohttp's, or a text in its place."""
    response = error.response
    data = getattr(response, "data", None)
    answer: dict[str, Any] = data if isinstance(data, dict) else {}
    status = getattr(response, "status_code", None) or getattr(response, "status", None) or 0
    headers = getattr(response, "headers", None) or {}
    return Refusal(str(answer.get("error") or ""), int(status), _seconds(headers.get("Retry-After")), _details(answer))


def _seconds(header: Any) -> float:
    try:
        return max(1.0, float(header))
    except (TypeError, ValueError):
        return SECONDS


def _details(answer: dict[str, Any]) -> str:
    metadata = answer.get("response_metadata")
    messages = metadata.get("messages") if isinstance(metadata, dict) else None
    return "; ".join(map(str, messages))[:500] if isinstance(messages, list) else ""
