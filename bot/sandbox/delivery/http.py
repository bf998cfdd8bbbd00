"""Signed HTTP deliveries to the app's request URL."""

import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import urlencode

import aiohttp

from bot.sandbox.delivery.parcel import Outcome, Parcel

AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"
FORM = "application/x-www-form-urlencoded"


class HttpCarrier:
    def __init__(self, signing_secret: str, answer_within: float) -> None:
        self.url: str | None = None
        self.answer_within = answer_within
        self._secret = signing_secret
        self._session: aiohttp.ClientSession | None = None

    async def carry(self, parcel: Parcel, retry: int = 0, reason: str = "") -> Outcome:
        if self.url is None:
            return Outcome(0, reason="connection_failed")
        body, content_type = _written(parcel)
        headers = {
            "Content-Type": content_type,
            "User-Agent": AGENT,
            **self._signature(body),
            **_retry_headers(retry, reason),
        }
        try:
            return await self._sent(self.url, body, headers)
        except TimeoutError:
            return Outcome(0, reason="http_timeout")
        except aiohttp.ClientError:
            return Outcome(0, reason="connection_failed")

    async def close(self) -> None:
        if self._session:
            await self._session.close()
            self._session = None

    async def _sent(self, url: str, body: bytes, headers: dict[str, str]) -> Outcome:
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True, limit=0))
        limit = aiohttp.ClientTimeout(total=self.answer_within)
        async with self._session.post(url, data=body, headers=headers, timeout=limit, allow_redirects=False) as answer:
            content = await _content(answer)
            refused = answer.status >= 300
            no_retry = answer.headers.get("x-slack-no-retry") == "1"
            return Outcome(answer.status, content, "http_error" if refused else "", no_retry)

    def _signature(self, body: bytes) -> dict[str, str]:
        # The app compares this with its own wall clock, whatever time the workspace has.
        stamp = str(int(time.time()))
        digest = hmac.new(self._secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def _written(parcel: Parcel) -> tuple[bytes, str]:
    if parcel.kind == "events_api":
        return json.dumps(parcel.payload).encode(), "application/json"
    form = {"payload": json.dumps(parcel.payload)} if parcel.kind == "interactive" else parcel.payload
    return urlencode(form).encode(), FORM


def _retry_headers(retry: int, reason: str) -> dict[str, str]:
    return {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason} if retry else {}


async def _content(answer: aiohttp.ClientResponse) -> Any:
    text = await answer.text()
    if not text:
        return None
    try:
        return json.loads(text)
    except ValueError:
        return text
