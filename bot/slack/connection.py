"""How the bot reaches Slack: one client and one session for everything, and the socket where it is asked for."""

import asyncio
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

TIMEOUT = aiohttp.ClientTimeout(total=10)
DRAIN = 10.0  # seconds for what is under way when the bot is told to stop


def make_client(token: str | None, api_url: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    """A client without retry handlers: they post twice where Slack took the first try and the answer was lost."""
    return AsyncWebClient(token=token, base_url=api_url, session=session, retry_handlers=[])


def make_session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(timeout=TIMEOUT)


async def single_workspace(token: str) -> AuthorizeResult:
    """Who the bot is, without a call to Slack: each event says itself to whom it is delivered."""
    return AuthorizeResult(enterprise_id=None, team_id=None, bot_token=token)


class Socket:
    """Slack's deliveries over a WebSocket; closed only when what came over it has been acknowledged."""

    def __init__(self, app: AsyncApp, app_token: str) -> None:
        self._handler = AsyncSocketModeHandler(app, app_token)
        self._handler.client.socket_mode_request_listeners[:] = [self._take]
        self._under_way: set[asyncio.Task[Any]] = set()
        self._closing = False

    async def connect(self) -> None:
        """Try for as long as it takes."""
        await self._handler.connect_async()

    async def close(self) -> None:
        self._closing = True
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=DRAIN)
        await self._handler.close_async()

    async def _take(self, client: Any, request: Any) -> None:
        task = asyncio.current_task()
        if self._closing or task is None:
            return  # not acknowledged, so Slack delivers it once more, to whoever is connected then
        self._under_way.add(task)
        try:
            await self._handler.handle(client, request)
        finally:
            self._under_way.discard(task)


__all__ = ["AsyncWebClient", "Socket", "make_client", "make_session", "single_workspace"]
