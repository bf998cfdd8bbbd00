"""Facts that only Slack knows, asked for before a transaction begins: who somebody is, what a channel is."""

import asyncio
from collections.abc import Awaitable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import BotError
from bot.domain.kickoff import Place
from bot.domain.people import Person, PersonKind

from . import refusals

DEADLINE = 2.0  # seconds, of the three in which a command must be answered
_PAGES = 5


class SlackIsSlow(BotError):
    def __init__(self) -> None:
        super().__init__("Slack is slow to answer me right now. Nothing was changed; please try again in a minute.")


async def in_time(*wanted: Awaitable[Any]) -> list[Any]:
    """All of these, within the deadline for answering a person."""
    try:
        async with asyncio.timeout(DEADLINE):
            found = await asyncio.gather(*wanted, return_exceptions=True)
    except TimeoutError:
        raise SlackIsSlow from None
    for one in found:
        if isinstance(one, BaseException):
            raise SlackIsSlow() if _passes(one) else one
    return found


def _passes(error: BaseException) -> bool:
    """Whether it is Slack's trouble, and over in a while."""
    if isinstance(error, SlackApiError):
        refusal = refusals.read(error)
        return refusal.asks_to_wait or refusal.may_pass or refusal.code == "expired_trigger_id"
    return isinstance(error, TimeoutError | aiohttp.ClientError | OSError)


async def place(
    client: AsyncWebClient, channel: str, name: str = "", *, looking_for: Iterable[str | None] = ()
) -> Place:
    """A channel as Slack describes it to the bot, with those of some people who are in it.

    A channel that the bot cannot see is one that it is not in.
    """
    if name == "directmessage" or name.startswith("mpdm-") or channel.startswith("D"):
        return Place(channel, name, direct=True)
    try:
        found = (await client.conversations_info(channel=channel))["channel"]
    except SlackApiError as error:
        if refusals.read(error).code in ("channel_not_found", "not_in_channel"):
            return Place(channel, name, private=True, bot_in=False)
        raise
    wanted = {user for user in looking_for if user}
    shown = _to_place(found, name)
    if not wanted or not shown.bot_in or shown.direct:
        return shown
    return replace(shown, members=frozenset(await _inside(client, channel, wanted)))


def _to_place(channel: dict[str, Any], name: str) -> Place:
    return Place(
        id=channel["id"],
        name=channel.get("name", name),
        private=bool(channel.get("is_private")),
        direct=bool(channel.get("is_im") or channel.get("is_mpim")),
        archived=bool(channel.get("is_archived")),
        bot_in=bool(channel.get("is_member")),
    )


async def _inside(client: AsyncWebClient, channel: str, wanted: set[str]) -> set[str]:
    """Who of these is in a channel; in one too large to look through, everybody."""
    found: set[str] = set()
    cursor = ""
    for _ in range(_PAGES):
        page = await client.conversations_members(channel=channel, limit=1000, cursor=cursor or None)
        found |= wanted.intersection(page["members"])
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor or found == wanted:
            return found
    return wanted


async def people(
    client: AsyncWebClient, team: str, users: Iterable[str | None], now: datetime, zone: str
) -> dict[str, Person]:
    """Those of these people whom Slack knows, by id."""
    wanted = sorted({user for user in users if user})
    found = await asyncio.gather(*(person(client, team, user, now, zone) for user in wanted))
    return {one.user: one for one in found if one is not None}


async def person(client: AsyncWebClient, team: str, user: str, now: datetime, zone: str) -> Person | None:
    try:
        return to_person((await client.users_info(user=user))["user"], team, now, zone)
    except SlackApiError as error:
        if refusals.read(error).code in ("user_not_found", "user_not_visible", "users_not_found"):
            return None
        raise


def to_person(user: dict[str, Any], team: str, now: datetime, zone: str) -> Person:
    """From Slack's user object, as in users.info and in user_change."""
    profile = user.get("profile") or {}
    return Person(
        team=team,
        user=user["id"],
        name=profile.get("display_name") or user.get("real_name") or profile.get("real_name") or user.get("name") or "",
        zone=user.get("tz") or zone,
        kind=_kind(user, team),
        admin=bool(user.get("is_admin") or user.get("is_owner")),
        seen_at=now,
    )


def _kind(user: dict[str, Any], team: str) -> PersonKind:
    if user.get("deleted"):
        return PersonKind.GONE
    if user.get("is_bot") or user.get("id") == "USLACKBOT":
        return PersonKind.BOT
    if user.get("is_stranger") or user.get("team_id", team) != team:
        return PersonKind.STRANGER
    return PersonKind.GUEST if user.get("is_restricted") or user.get("is_ultra_restricted") else PersonKind.MEMBER
