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


def make_client(token: str, api_url: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    """A client without retry handlers: they post twice where Slack took the first try and the answer was lost."""
    return AsyncWebClient(token=token, base_url=api_url, session=session, retry_handlers=[])


def make_session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(timeout=TIMEOUT)


async def single_workspace(token: str) -> AuthorizeResult:
    """Who the bot is, without a call to Slack: each event says itself to whom it is delivered."""
    return AuthorizeResult(enterprise_id=None, team_id=None, bot_token=token)


class Socket(AsyncSocketModeHandler):
    """Slack's deliveries over a WebSocket; closed only when what came over it has been acknowledged."""

    def __init__(self, app: AsyncApp, app_token: str) -> None:
        super().__init__(app, app_token)
        self._under_way: set[asyncio.Task[Any] | None] = set()
        self._closing = False

    async def handle(self, client: Any, req: Any) -> None:
        if self._closing:  # not acknowledged, so Slack delivers it once more, to whoever is connected then
            return
        task = asyncio.current_task()
        self._under_way.add(task)
        try:
            await super().handle(client, req)
        finally:
            self._under_way.discard(task)

    async def drain(self) -> None:
        self._closing = True
        if under_way := [task for task in self._under_way if task]:
            await asyncio.wait(under_way, timeout=DRAIN)
        await self.close_async()


def make_socket(app: AsyncApp, app_token: str) -> Socket:
    return Socket(app, app_token)


async def connect(socket: Socket) -> None:
    await socket.connect_async()


async def disconnect(socket: Socket) -> None:
    await socket.drain()


__all__ = [
    "AsyncWebClient",
    "Socket",
    "connect",
    "disconnect",
    "make_client",
    "make_session",
    "make_socket",
    "single_workspace",
]
