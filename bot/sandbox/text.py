"""Slack's text: what a person types becomes entities and escapes, and becomes readable again."""

import re
from collections.abc import Callable
from typing import Any, Protocol

Names = Callable[[str], str]

_SPECIAL = re.compile(r"(?<![\w<])@(here|channel|everyone)\b")
_MENTION = re.compile(r"(?<![\w<!])@([\w][\w.\-]*)")
_CHANNEL = re.compile(r"(?<![\w<&])#([\w\-]+)")
_URL = re.compile(r"https?://[^\s<>|]+")
_ENTITY = re.compile(r"<([@#!]?)([^>|]*)(?:\|([^>]*))?>")
_MARK = re.compile(r"(?<![\w*_~`])([*_~])(?=\S)([^\n]*?\S)\1(?![\w*_~`])")
_BROADCAST = re.compile(r"<!(?:here|channel|everyone)(?:\|[^>]*)?>")
_LONE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt);)")


class Directory(Protocol):
    """Who and what can be named in a text."""

    def mention(self, handle: str) -> str | None: ...

    def channel_link(self, name: str) -> str | None: ...


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def typed(text: str, directory: Directory) -> str:
    """Slack's form of what a person typed: escaped, with mentions, channels and links as entities."""
    text = _URL.sub(lambda url: f"<{url[0]}>", escape(text))
    text = _SPECIAL.sub(lambda word: f"<!{word[1]}>", text)
    text = _MENTION.sub(lambda at: _mention(at[0], at[1], directory), text)
    return _CHANNEL.sub(lambda hash_: directory.channel_link(hash_[1]) or hash_[0], text)


def _mention(whole: str, handle: str, directory: Directory) -> str:
    bare = handle.rstrip(".-")
    found = directory.mention(bare)
    return f"{found}{handle[len(bare) :]}" if found else whole


def pings_everyone(text: str) -> bool:
    return bool(_BROADCAST.search(text))


def may_ping_everyone(text: str) -> bool:
    return bool(_SPECIAL.search(text))


def normal(text: str) -> str:
    """Slack stores an app's text with lone ampersands escaped."""
    return _LONE_AMPERSAND.sub("&amp;", text)


def readable(text: str, names: Names) -> str:
    """mrkdwn as it looks on the screen: names for ids, no marks, no entities."""
    text = _ENTITY.sub(lambda entity: _shown(entity, names), text)
    for _ in range(2):
        text = _MARK.sub(r"\2", text)
    return unescape(text)


def _shown(entity: re.Match[str], names: Names) -> str:
    sign, target, label = entity[1], entity[2], entity[3]
    if sign == "@":
        return f"@{names(target)}"
    if sign == "#":
        return f"#{names(target)}"
    if sign == "!":
        return label or f"@{target.split('^')[0]}"
    return label or target.removeprefix("mailto:")


def rich_text(text: str) -> list[dict[str, Any]]:
    """The block which Slack's client makes of a typed text."""
    elements: list[dict[str, Any]] = []
    position = 0
    for entity in _ENTITY.finditer(text):
        elements += _words(text[position : entity.start()])
        elements.append(_entity_element(entity))
        position = entity.end()
    elements += _words(text[position:])
    section = {"type": "rich_text_section", "elements": elements}
    return [{"type": "rich_text", "block_id": "typed", "elements": [section]}]


def _words(text: str) -> list[dict[str, Any]]:
    return [{"type": "text", "text": unescape(text)}] if text else []


def _entity_element(entity: re.Match[str]) -> dict[str, Any]:
    sign, target = entity[1], entity[2]
    if sign == "@":
        return {"type": "user", "user_id": target}
    if sign == "#":
        return {"type": "channel", "channel_id": target}
    if sign == "!":
        return {"type": "broadcast", "range": target}
    return {"type": "link", "url": unescape(target)}
