"""How the bot reaches Slack: one client and one session for everything, and the socket where it is asked for."""

import aiohttp
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler as Socket
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

TIMEOUT = aiohttp.ClientTimeout(total=10)


def make_client(token: str, api_url: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    """A client without retry handlers: they post twice where Slack took the first try and the answer was lost."""
    return AsyncWebClient(token=token, base_url=api_url, session=session, retry_handlers=[])


def make_session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(timeout=TIMEOUT)


async def single_workspace(token: str) -> AuthorizeResult:
    """Who the bot is, without a call to Slack: each event says itself to whom it is delivered."""
    return AuthorizeResult(enterprise_id=None, team_id=None, bot_token=token)


def make_socket(app: AsyncApp, app_token: str) -> Socket:
    return Socket(app, app_token)


async def connect(socket: Socket) -> None:
    await socket.connect_async()


async def disconnect(socket: Socket) -> None:
    await socket.close_async()


__all__ = ["AsyncWebClient", "Socket", "connect", "disconnect", "make_client", "make_session", "make_socket", "single_workspace"]
