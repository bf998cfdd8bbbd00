"""What happens in the workspace: to channels, to people. A dict from the event to the service that it concerns."""

from collections.abc import Awaitable, Callable

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.db import UnitOfWork
from bot.domain.kickoff import Place
from bot.services import channels, people

from . import facts
from .alignbot import Alignbot
from .payloads import Payload, bot_of, once_key, team_of

_BACK = ("channel_unarchive", "group_unarchive")

Happening = Callable[[UnitOfWork, Alignbot, str, Payload], Awaitable[None]]


async def happened(event: Payload, body: Payload, client: AsyncWebClient, alignbot: Alignbot) -> None:
    if event["type"] in _BACK and not (await facts.place(client, event["channel"])).bot_in:
        return  # open again, but the bot has to be invited first
    gone = event["type"] == "user_change" and event["user"].get("deleted")
    inside = await _inside(client, alignbot, team_of(body), event["user"]["id"]) if gone else ()
    async with alignbot.database.transaction(once=once_key(body)) as uow:
        if event["type"] in ("member_joined_channel", "member_left_channel"):
            await _moved(uow, alignbot, team_of(body), event, us=bot_of(body))
        elif event["type"] == "user_change":
            person = facts.to_person(event["user"], team_of(body), uow.now, alignbot.zone)
            await people.changed(uow, alignbot.bank, person, uow.now, inside)
        else:
            await EVENTS[event["type"]](uow, alignbot, team_of(body), event)


async def _inside(client: AsyncWebClient, alignbot: Alignbot, team: str, gone: str) -> people.Inside:
    """Which of those who step in are in the channels concerned; where Slack doesn't answer they are asked directly."""
    async with alignbot.database.transaction() as uow:
        wanted = await people.next_in_line(uow, team, gone)
    looks = (facts.place(client, channel, looking_for=users) for channel, users in wanted.items())
    try:
        found: list[Place] = await facts.in_time(*looks)
    except (facts.SlackIsSlow, SlackApiError):
        return ()
    return {(place.id, user) for place in found for user in place.members}


async def _moved(uow: UnitOfWork, alignbot: Alignbot, team: str, event: Payload, us: str | None) -> None:
    """Somebody came or went."""
    channel, joined = event["channel"], event["type"] == "member_joined_channel"
    if event.get("user") == us:
        change = channels.reachable if joined else channels.unreachable
        await change(uow, alignbot.bank, team, channel, uow.now)
    else:
        move = channels.joined if joined else channels.left
        await move(uow, alignbot.bank, team, channel, event["user"], uow.now)


async def _gone(uow: UnitOfWork, alignbot: Alignbot, team: str, event: Payload) -> None:
    await channels.unreachable(uow, alignbot.bank, team, event["channel"], uow.now)


async def _back(uow: UnitOfWork, alignbot: Alignbot, team: str, event: Payload) -> None:
    await channels.reachable(uow, alignbot.bank, team, event["channel"], uow.now)


async def _new_id(uow: UnitOfWork, alignbot: Alignbot, team: str, event: Payload) -> None:
    await uow.projects.move(team, event["old_channel_id"], event["new_channel_id"])


async def _shared(uow: UnitOfWork, alignbot: Alignbot, team: str, event: Payload) -> None:
    await channels.shared(uow, alignbot.bank, team, event["channel"], still=True)


async def _unshared(uow: UnitOfWork, alignbot: Alignbot, team: str, event: Payload) -> None:
    if not event.get("is_ext_shared"):  # else other companies still read it
        await channels.shared(uow, alignbot.bank, team, event["channel"], still=False)


async def _nothing(uow: UnitOfWork, alignbot: Alignbot, team: str, event: Payload) -> None:
    """Known, and nothing to do here: projects are kept by the channel's id, not by its name."""


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
    "channel_shared": _shared,
    "channel_unshared": _unshared,
    "user_change": _nothing,
    "app_uninstalled": _nothing,
    "tokens_revoked": _nothing,
}
