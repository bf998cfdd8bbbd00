"""What happens in the workspace: to channels, to people. A dict from the event to the service that it concerns."""

from collections.abc import Awaitable, Callable

from slack_sdk.web.async_client import AsyncWebClient

from bot.db import UnitOfWork
from bot.services import channels, people

from . import facts
from .alignbot import Alignbot
from .payloads import Payload, bot_of, once_key, team_of

_BACK = ("channel_unarchive", "group_unarchive")

Happening = Callable[[UnitOfWork, Alignbot, str, Payload], Awaitable[None]]


async def happened(event: Payload, body: Payload, client: AsyncWebClient, alignbot: Alignbot) -> None:
    if event["type"] in _BACK and not (await facts.place(client, event["channel"])).bot_in:
        return  # open again, but the bot has to be invited first
    async with alignbot.database.transaction(once=once_key(body)) as uow:
        if event["type"] in ("member_joined_channel", "member_left_channel"):
            await _moved(uow, alignbot, team_of(body), event, us=bot_of(body))
        else:
            await EVENTS[event["type"]](uow, alignbot, team_of(body), event)


async def _moved(uow: UnitOfWork, alignbot: Alignbot, team: str, event: Payload, us: str | None) -> None:
    """Somebody came or went."""
    channel, joined = event["channel"], event["type"] == "member_joined_channel"
    if event.get("user") == us:
        change = channels.reachable if joined else channels.unreachable
        await change(uow, alignbot.bank, team, channel, uow.now)
    elif joined:
        await channels.joined(uow, alignbot.bank, team, channel, event["user"], uow.now)


async def _gone(uow: UnitOfWork, alignbot: Alignbot, team: str, event: Payload) -> None:
    await channels.unreachable(uow, alignbot.bank, team, event["channel"], uow.now)


async def _back(uow: UnitOfWork, alignbot: Alignbot, team: str, event: Payload) -> None:
    await channels.reachable(uow, alignbot.bank, team, event["channel"], uow.now)


async def _new_id(uow: UnitOfWork, alignbot: Alignbot, team: str, event: Payload) -> None:
    await uow.projects.move(team, event["old_channel_id"], event["new_channel_id"])


async def _person(uow: UnitOfWork, alignbot: Alignbot, team: str, event: Payload) -> None:
    person = facts.to_person(event["user"], team, uow.now, alignbot.zone)
    await people.changed(uow, alignbot.bank, person, uow.now)


async def _nothing(uow: UnitOfWork, alignbot: Alignbot, team: str, event: Payload) -> None:
    """Known, and nothing to do: projects are kept by the channel's id, not by its name."""


EVENTS: dict[str, Happening] = {
    "member_joined_channel": _nothing,
    "member_left_channel": _nothing,
    "channel_archive": _gone,
    "group_archive": _gone,
    "channel_deleted": _gone,
    "group_deleted": _gone,
    "channel_left": _gone,
    "group_left": _gone,
    "channel_unarchive": _back,
    "group_unarchive": _back,
    "channel_rename": _nothing,
    "group_rename": _nothing,
    "channel_id_changed": _new_id,
    "user_change": _person,
    "app_uninstalled": _nothing,
    "tokens_revoked": _nothing,
}
