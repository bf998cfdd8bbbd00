"""conversations.* and users.*: channels, members, what was said, and who people are."""

from collections.abc import Sequence
from typing import Any, TypeVar

from bot.sandbox.errors import ApiError
from bot.sandbox.model import Channel, Message, channel_json, user_json
from bot.sandbox.payloads import message_json
from bot.sandbox.scopes import HISTORY, READ, require
from bot.sandbox.web.access import joined, known_user, require_of_kind, seen
from bot.sandbox.web.arguments import Arguments
from bot.sandbox.world import World

Json = dict[str, Any]
Row = TypeVar("Row")
_TYPES = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}


def open_conversation(world: World, args: Arguments) -> Json:
    users = args.text("users").split(",")
    if len(users) != 1 or not users[0]:
        raise ApiError("users_list_not_supplied" if not users[0] else "not_enough_users")
    user = known_user(world, users[0])
    if user.bot:
        raise ApiError("cannot_dm_bot")
    if user.stranger:
        raise ApiError("user_not_visible")
    if user.deleted:
        raise ApiError("user_disabled")
    already_open = world.workspace.im(user.id) is not None
    channel = world.workspace.open_im(user.id)
    whole = channel_json(channel, world.workspace.bot.id)
    return {
        "no_op": already_open,
        "already_open": already_open,
        "channel": whole if args.flag("return_im") else {"id": channel.id},
    }


def info(world: World, args: Arguments) -> Json:
    id = args.needed("channel", "channel_not_found")
    require_of_kind(world, READ, id)
    body = channel_json(seen(world, id), world.workspace.bot.id)
    if not args.flag("include_num_members"):
        body.pop("num_members", None)
    return {"channel": body}


def members(world: World, args: Arguments) -> Json:
    id = args.needed("channel", "channel_not_found")
    require_of_kind(world, READ, id)
    page, cursor = paged(seen(world, id).members, args, 100)
    return {"members": list(page), "response_metadata": {"next_cursor": cursor}}


def history(world: World, args: Arguments) -> Json:
    id = args.needed("channel", "channel_not_found")
    require_of_kind(world, HISTORY, id)
    channel = joined(world, id)
    below = args.text("cursor").removeprefix("before:") or "9999999999"
    shown = [m for m in channel.messages.values() if _in_channel(m) and _in_span(m.ts, args) and m.ts < below]
    limit = _limit(args, 100)
    page = shown[::-1][:limit]
    cursor = f"before:{page[-1].ts}" if len(shown) > limit else ""
    return {"messages": _written(world, page, args), **_more(cursor), "pin_count": 0}


def replies(world: World, args: Arguments) -> Json:
    id, ts = args.needed("channel", "channel_not_found"), args.needed("ts", "thread_not_found")
    require_of_kind(world, HISTORY, id)
    channel = joined(world, id)
    parent = channel.messages.get(ts)
    if parent is None or (parent.deleted and parent.subtype != "tombstone"):
        raise ApiError("thread_not_found")
    page, cursor = paged([m for m in channel.thread(ts) if _in_span(m.ts, args)], args, 1000)
    return {"messages": _written(world, [parent, *page], args), **_more(cursor)}


def user_info(world: World, args: Arguments) -> Json:
    user = known_user(world, args.needed("user", "user_not_found"))
    return {"user": user_json(user, world.clock())}


def users_conversations(world: World, args: Arguments) -> Json:
    kinds = _kinds(world, args.text("types", "public_channel"))
    user = known_user(world, args.text("user") or world.workspace.bot.id)
    found = [c for c in world.workspace.joined_by(user.id) if c.kind in kinds and _listed(world, c, args)]
    page, cursor = paged(found, args, 100)
    channels = [channel_json(channel, world.workspace.bot.id) for channel in page]
    return {"channels": channels, "response_metadata": {"next_cursor": cursor}}


def _kinds(world: World, types: str) -> list[str]:
    wanted = [kind.strip() for kind in types.split(",")]
    if any(kind not in _TYPES for kind in wanted):
        raise ApiError("invalid_types")
    for kind in wanted:
        require(world.scopes, READ.get(_TYPES[kind], "mpim:read"))
    return [_TYPES[kind] for kind in wanted]


def _listed(world: World, channel: Channel, args: Arguments) -> bool:
    hidden = channel.kind != "public" and not world.workspace.bot_is_in(channel)
    return not hidden and not (channel.archived and args.flag("exclude_archived"))


def _in_channel(message: Message) -> bool:
    gone = message.deleted and message.subtype != "tombstone"
    return not gone and (not message.is_reply or message.subtype == "thread_broadcast")


def _in_span(ts: str, args: Arguments) -> bool:
    oldest, latest = args.text("oldest", "0"), args.text("latest", "9999999999")
    if ts in (oldest, latest):
        return args.flag("inclusive")
    return float(oldest) < float(ts) < float(latest)


def _written(world: World, messages: Sequence[Message], args: Arguments) -> list[Json]:
    metadata = args.flag("include_all_metadata")
    return [message_json(message, world.workspace, metadata=metadata) for message in messages]


def _more(cursor: str) -> Json:
    return {"has_more": bool(cursor), **({"response_metadata": {"next_cursor": cursor}} if cursor else {})}


def _limit(args: Arguments, default: int) -> int:
    limit = args.number("limit", default)
    if not 1 <= limit <= 1000:
        raise ApiError("invalid_limit")
    return limit


def paged(rows: Sequence[Row], args: Arguments, default: int) -> tuple[Sequence[Row], str]:
    limit = _limit(args, default)
    try:
        start = int(args.text("cursor", "next:0").removeprefix("next:"))
    except ValueError:
        raise ApiError("invalid_cursor") from None
    end = start + limit
    return rows[start:end], f"next:{end}" if end < len(rows) else ""
