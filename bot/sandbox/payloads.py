"""Messages and people in the form of Slack's payloads and events."""

from typing import Any
from uuid import uuid4

from bot.sandbox.model import TEAM, Channel, Message, User
from bot.sandbox.workspace import BOT_USER, Workspace

Json = dict[str, Any]
APP = "A0ALIGN"
BOT = f"B{BOT_USER[1:]}"
_CHANNEL_NAMES = {"im": "directmessage", "private": "privategroup"}


def message_json(message: Message, workspace: Workspace, *, metadata: bool = True) -> Json:
    channel = workspace.channels[message.channel]
    body: Json = {
        "type": "message",
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "team": _team(message, workspace),
    }
    if message.blocks:
        body["blocks"] = message.blocks
    if message.subtype:
        body["subtype"] = message.subtype
    if message.edited:
        body["edited"] = message.edited
    if message.metadata and metadata:
        body["metadata"] = message.metadata
    body |= message.extra | _authorship(message, workspace) | _threading(message, channel)
    if message.subtype == "bot_message":
        del body["user"]
    return body


def _team(message: Message, workspace: Workspace) -> str:
    author = workspace.users.get(message.user)
    return author.team if author else TEAM


def _authorship(message: Message, workspace: Workspace) -> Json:
    if message.bot_id is None:
        return {}
    app = APP if message.bot_id == BOT else f"A{message.bot_id[1:]}"
    name = workspace.name_of(message.user)
    profile = {"id": message.bot_id, "app_id": app, "name": name, "deleted": False, "team_id": TEAM}
    return {"bot_id": message.bot_id, "app_id": app, "bot_profile": profile}


def _threading(message: Message, channel: Channel) -> Json:
    if message.is_reply:
        parent = channel.messages.get(message.thread_ts or "")
        return {"thread_ts": message.thread_ts, "parent_user_id": parent.user if parent else ""}
    replies = channel.thread(message.ts)
    if not replies:
        return {}
    people = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(people),
        "latest_reply": replies[-1].ts,
        "reply_users": people,
        "is_locked": False,
        "subscribed": False,
    }


def typed_extras(message: Message) -> Json:
    return {"client_msg_id": str(uuid4())} if not message.by_bot else {}


def channel_brief(channel: Channel) -> Json:
    return {"id": channel.id, "name": _CHANNEL_NAMES.get(channel.kind, channel.name)}


def user_brief(user: User) -> Json:
    return {"id": user.id, "username": user.handle, "name": user.handle, "team_id": user.team}


def team_brief() -> Json:
    return {"id": TEAM, "domain": "acme"}


def common(user: User) -> Json:
    """What every interactive payload carries."""
    return {
        "user": user_brief(user),
        "team": team_brief(),
        "api_app_id": APP,
        "token": "verification",
        "enterprise": None,
        "is_enterprise_install": False,
    }
