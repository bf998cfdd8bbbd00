"""Which channels the app may see, read and post to."""

from bot.sandbox.errors import ApiError
from bot.sandbox.model import Channel, Message, User
from bot.sandbox.scopes import require
from bot.sandbox.world import World


def seen(world: World, id: str) -> Channel:
    """A channel the app knows of: public, or one of its own."""
    channel = world.workspace.channels.get(id)
    if channel is None or (channel.kind != "public" and not world.workspace.bot_is_in(channel)):
        raise ApiError("channel_not_found")
    return channel


def joined(world: World, id: str) -> Channel:
    channel = seen(world, id)
    if not world.workspace.bot_is_in(channel):
        raise ApiError("not_in_channel")
    return channel


def postable(world: World, id: str) -> Channel:
    """A channel to post to; a person's id stands for the DM with them."""
    if id in world.workspace.users:
        return _direct(world, world.workspace.users[id])
    channel = seen(world, id)
    if channel.archived:
        raise ApiError("is_archived")
    if channel.kind == "im" and not world.manifest.messages_tab:
        raise ApiError("messages_tab_disabled")
    if not world.workspace.bot_is_in(channel) and "chat:write.public" not in world.scopes:
        raise ApiError("not_in_channel")
    return channel


def _direct(world: World, user: User) -> Channel:
    if user.bot or user.stranger:
        raise ApiError("channel_not_found")
    if not world.manifest.messages_tab:
        raise ApiError("messages_tab_disabled")
    return world.workspace.open_im(user.id)


def known_user(world: World, id: str) -> User:
    user = world.workspace.users.get(id)
    if user is None:
        raise ApiError("user_not_found")
    return user


def require_of_kind(world: World, table: dict[str, str], id: str) -> None:
    """The scope for this kind of channel; for an unknown one any of them will do."""
    channel = world.workspace.channels.get(id)
    require(world.scopes, *([table[channel.kind]] if channel else table.values()))


def own_message(world: World, channel: Channel, ts: str, refusal: str) -> Message:
    message = channel.messages.get(ts)
    if message is None or message.deleted:
        raise ApiError("message_not_found")
    if message.user != world.workspace.bot.id:
        raise ApiError(refusal)
    return message


def parent_of(channel: Channel, thread_ts: str | None) -> str | None:
    """The thread to answer in; only a parent's ts names a thread."""
    if not thread_ts:
        return None
    parent = channel.messages.get(thread_ts)
    if parent is None or (parent.deleted and not channel.thread(thread_ts)):
        raise ApiError("thread_not_found")
    if parent.is_reply or parent.ephemeral_to:
        raise ApiError("cannot_reply_to_message")
    return thread_ts
