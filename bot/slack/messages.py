"""Messages in channels and direct messages: replies, edits, deletions. Parse, open, call."""

from datetime import datetime

from bot.db import UnitOfWork
from bot.services import channels, replies

from .alignbot import Alignbot
from .payloads import Payload, once_key, reply_of, slack_time, team_of

_SAID = (None, "file_share", "thread_broadcast")


async def message(event: Payload, body: Payload, alignbot: Alignbot) -> None:
    """Whatever happened to a message; most of what is written in a channel is none of ours."""
    match event.get("subtype"):
        case "message_changed" if _by_person(event["message"]):
            await _changed(event, body, alignbot)
        case "message_deleted" if _by_person(event.get("previous_message") or {}):
            await _deleted(event, body, alignbot)
        case "channel_convert_to_private" | "channel_convert_to_public" as became:
            async with alignbot.database.transaction(once=once_key(body)) as uow:
                private = became == "channel_convert_to_private"
                await channels.converted(uow, alignbot.bank, team_of(body), event["channel"], private=private)
        case subtype if subtype in _SAID and _by_person(event) and _may_answer(event):
            async with alignbot.database.transaction(once=once_key(body)) as uow:
                await _said(event, alignbot, uow, team_of(body))


def _by_person(message: Payload) -> bool:
    return bool(message.get("user")) and not message.get("bot_id")


def _may_answer(event: Payload) -> bool:
    return "thread_ts" in event or event.get("channel_type") == "im"


async def _said(event: Payload, alignbot: Alignbot, uow: UnitOfWork, team: str) -> None:
    channel, reply = event["channel"], reply_of(event)
    if event.get("channel_type") == "im":
        await replies.record_direct(uow, alignbot.bank, team, channel, event.get("thread_ts"), reply)
    else:
        await replies.record_reply(uow, alignbot.bank, channel, event["thread_ts"], reply)


async def _changed(event: Payload, body: Payload, alignbot: Alignbot) -> None:
    async with alignbot.database.transaction(once=once_key(body)) as uow:
        reply, at = reply_of(event["message"]), _moment(event)
        await replies.reword_reply(uow, alignbot.bank, event["channel"], reply, at)


async def _deleted(event: Payload, body: Payload, alignbot: Alignbot) -> None:
    async with alignbot.database.transaction(once=once_key(body)) as uow:
        await replies.take_back_reply(uow, alignbot.bank, event["channel"], event["deleted_ts"], _moment(event))


def _moment(event: Payload) -> datetime:
    """When a message was edited or deleted."""
    return slack_time(event.get("event_ts") or event["ts"])
