"""What Slack says of this installation: who the bot is there, what it may do, where it is."""

from collections.abc import Iterable
from dataclasses import dataclass

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient


@dataclass(frozen=True, slots=True)
class Installation:
    team: str
    user: str
    scopes: frozenset[str]


class Unreachable(Exception):
    """Slack did not answer, or did not let the bot in; says which."""


async def installation(client: AsyncWebClient) -> Installation:
    """Who the token belongs to and what it may do. Raises Unreachable."""
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        raise Unreachable(f"Slack answers {error.response['error']}") from None
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise Unreachable(f"no answer from {client.base_url}: {type(error).__name__}") from None
    granted = answer.headers.get("x-oauth-scopes", "")
    return Installation(answer["team"], answer["user"], frozenset(s.strip() for s in granted.split(",") if s.strip()))


async def not_in(client: AsyncWebClient, channels: Iterable[str]) -> list[str]:
    """Those of these channels in which the bot cannot post."""
    lost = []
    for channel in channels:
        try:
            found = (await client.conversations_info(channel=channel))["channel"]
        except SlackApiError:
            lost.append(channel)
        else:
            if not found.get("is_member") or found.get("is_archived"):
                lost.append(channel)
    return lost
