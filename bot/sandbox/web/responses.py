"""Response URLs: answers to the person who just typed a command or clicked."""

from typing import Any

from bot.sandbox.errors import ApiError
from bot.sandbox.model import Message
from bot.sandbox.triggers import ResponseUrl
from bot.sandbox.web.access import parent_of
from bot.sandbox.web.arguments import Arguments
from bot.sandbox.web.chat import changed, posted, taken_away, whispered
from bot.sandbox.web.content import Content, read_content
from bot.sandbox.world import World

Json = dict[str, Any]


def respond(world: World, token: str, args: Arguments) -> Json:
    answer(world, world.response_urls.use(token), args)
    return {}


def answer(world: World, url: ResponseUrl, args: Arguments) -> None:
    """Show an answer, sent to the URL or in the acknowledgement itself."""
    if args.flag("delete_original"):
        _delete(world, url, args)
        return
    content = read_content(args)
    world.note_broadcasts("response_url", url.channel.id, content.text, content.blocks)
    if args.flag("replace_original"):
        _replace(world, url, content)
    else:
        url.answers.append(_new(world, url, content, args))


def _new(world: World, url: ResponseUrl, content: Content, args: Arguments) -> Message:
    thread_ts = parent_of(url.channel, args.text("thread_ts"))
    if args.text("response_type") == "in_channel":
        return posted(world, url.channel, content, thread_ts=thread_ts)
    return whispered(world, url.channel, url.user, content, thread_ts)


def _replace(world: World, url: ResponseUrl, content: Content) -> None:
    origin = _origin(url)
    if origin.ephemeral_to:
        after = origin.changed(text=content.text, blocks=content.blocks)
        whispers = world.ephemerals[origin.ephemeral_to]
        whispers[:] = [after if m.ts == origin.ts else m for m in whispers]
        return
    changed(world, url.channel, url.channel.messages[origin.ts], content, origin.metadata)


def _delete(world: World, url: ResponseUrl, args: Arguments) -> None:
    if set(args.values) - {"delete_original"}:
        raise ApiError("invalid_arguments")
    origin = _origin(url)
    if origin.ephemeral_to:
        whispers = world.ephemerals[origin.ephemeral_to]
        whispers[:] = [m for m in whispers if m.ts != origin.ts]
    else:
        world.tell_later(taken_away(world, url.channel, url.channel.messages[origin.ts]), url.channel)


def _origin(url: ResponseUrl) -> Message:
    if url.origin is None:
        raise ApiError("no_original_message")
    return url.origin
