"""chat.*: posting, changing and deleting messages."""

from typing import Any

from bot.sandbox.errors import ApiError
from bot.sandbox.model import Channel, Message
from bot.sandbox.payloads import message_json
from bot.sandbox.web.access import joined, known_user, own_message, parent_of, postable, seen
from bot.sandbox.web.arguments import Arguments
from bot.sandbox.web.content import Content, read_content, read_metadata
from bot.sandbox.world import World

Json = dict[str, Any]


def post_message(world: World, args: Arguments) -> Json:
    channel = postable(world, args.needed("channel", "channel_not_found"))
    content, metadata = read_content(args, charts=not world.refuse_charts), read_metadata(args)
    thread_ts = parent_of(channel, args.text("thread_ts"))
    shown_in_channel = thread_ts is not None and args.flag("reply_broadcast")
    message = posted(
        world,
        channel,
        content,
        thread_ts=thread_ts,
        metadata=metadata,
        subtype="thread_broadcast" if shown_in_channel else None,
    )
    world.note_broadcasts("chat.postMessage", channel.id, content.text, content.blocks)
    return {"channel": channel.id, "ts": message.ts, "message": message_json(message, world.workspace)}


def posted(world: World, channel: Channel, content: Content, **fields: Any) -> Message:
    """Put a message of the app into a channel, and let everybody know."""
    workspace = world.workspace
    message = workspace.post(workspace.message(channel, workspace.bot, content.text, blocks=content.blocks, **fields))
    world.tell_later(world.message_event(message, channel), channel)
    return message


def update(world: World, args: Arguments) -> Json:
    channel = seen(world, args.needed("channel", "channel_not_found"))
    before = own_message(world, channel, args.needed("ts", "message_not_found"), "cant_update_message")
    if channel.archived:
        raise ApiError("is_inactive")
    content = read_content(args, update=True, charts=not world.refuse_charts)
    metadata = read_metadata(args) if "metadata" in args else before.metadata
    changed(world, channel, before, content, metadata)
    world.note_broadcasts("chat.update", channel.id, content.text, content.blocks)
    message = message_json(channel.messages[before.ts], world.workspace)
    return {"channel": channel.id, "ts": before.ts, "text": content.text, "message": message}


def changed(world: World, channel: Channel, before: Message, content: Content, metadata: Json | None) -> None:
    after = before.changed(text=content.text, blocks=content.blocks, metadata=metadata)
    old, new = message_json(before, world.workspace), message_json(after, world.workspace)
    channel.messages[before.ts] = after
    world.tell_later(world.change_event("message_changed", channel, message=new, previous_message=old), channel)


def delete(world: World, args: Arguments) -> Json:
    channel = seen(world, args.needed("channel", "channel_not_found"))
    message = own_message(world, channel, args.needed("ts", "message_not_found"), "cant_delete_message")
    world.tell_later(taken_away(world, channel, message), channel)
    return {"channel": channel.id, "ts": message.ts}


def taken_away(world: World, channel: Channel, message: Message) -> Json:
    """Delete a message; a parent with replies leaves a tombstone."""
    old = message_json(message, world.workspace)
    gone = message.changed(deleted=True)
    channel.messages[message.ts] = gone
    if not channel.thread(message.ts):
        return world.change_event("message_deleted", channel, deleted_ts=message.ts, previous_message=old)
    stone = gone.changed(
        text="This message was deleted.",
        user="USLACKBOT",
        bot_id=None,
        blocks=[],
        subtype="tombstone",
        extra={"hidden": True},
    )
    channel.messages[message.ts] = stone
    new = message_json(stone, world.workspace)
    return world.change_event("message_changed", channel, message=new, previous_message=old)


def post_ephemeral(world: World, args: Arguments) -> Json:
    channel = joined(world, args.needed("channel", "channel_not_found"))
    user = known_user(world, args.needed("user", "user_not_found"))
    if channel.archived:
        raise ApiError("is_archived")
    if not channel.has(user.id):
        raise ApiError("user_not_in_channel")
    content = read_content(args, charts=not world.refuse_charts)
    message = whispered(world, channel, user.id, content, parent_of(channel, args.text("thread_ts")))
    world.note_broadcasts("chat.postEphemeral", channel.id, content.text, content.blocks)
    return {"message_ts": message.ts}


def whispered(world: World, channel: Channel, user: str, content: Content, thread_ts: str | None) -> Message:
    workspace = world.workspace
    fields: Json = {"blocks": content.blocks, "thread_ts": thread_ts, "ephemeral_to": user}
    message = workspace.message(channel, workspace.bot, content.text, **fields)
    world.ephemerals[user].append(message)
    return message


def permalink(world: World, args: Arguments) -> Json:
    channel = seen(world, args.needed("channel", "channel_not_found"))
    message = channel.messages.get(args.needed("message_ts", "message_not_found"))
    if message is None or message.deleted:
        raise ApiError("message_not_found")
    link = f"https://acme.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}
