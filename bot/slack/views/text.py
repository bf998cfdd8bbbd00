"""Words on their way to Slack: the one place that escapes, cuts and quotes what people typed."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from bot.domain.bank import Role

Json = dict[str, Any]

THE = {Role.PM: "the PM", Role.ML: "the ML person", Role.ENG: "the product engineer"}
NOTHING = "–"  # Slack refuses an empty text
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_BROADCAST_WORD = re.compile(r"@(?=(?:here|channel|everyone)\b)", re.IGNORECASE)
_BROADCAST = re.compile(r"<!(?=(?:here|channel|everyone)\b)", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:amp|lt|gt);|<[^<>\n]+>")
_TOKEN = re.compile(
    r"<(?:@(?P<user>[UW]\w{1,30})(?:\|[^<>]*)?|#(?P<channel>[CG]\w{1,30})(?:\|[^<>]*)?"
    r"|(?P<url>https?://[\w.-]+[^\s<>|]{0,2000})(?:\|(?P<label>[^<>]*))?)>",
    re.ASCII,
)
_JOINERS = "\u200d\ufe0e\ufe0f\u20e3"  # what makes one emoji of several characters
_LONG_WORD = 60  # a longer one, or a script without spaces, may be cut inside


def clean(text: str) -> str:
    """Without characters that cannot be seen but do harm: control codes, direction overrides, half characters."""
    return _UNSEEN.sub("", text)


def escape(text: str) -> str:
    """People's words, safe inside mrkdwn: no entity, no link, no call to everybody."""
    escaped = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _BROADCAST_WORD.sub("@\u2060", escaped)


def harmless(text: str) -> str:
    """Our own mrkdwn, which never calls everybody, whatever slipped into it."""
    return _BROADCAST_WORD.sub("@\u2060", _BROADCAST.sub("&lt;!", clean(text)))


def line(text: str, limit: int = 200) -> str:
    """Words for the middle of a sentence: on one line, and no longer than fits there."""
    return cut(" ".join(clean(text).split()), limit)


def size(text: str) -> int:
    """Length as Slack's clients count it: an emoji is two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "replace")) // 2


def cut(text: str, limit: int, end: str = "…") -> str:
    """At most `limit` long, never cut within a word, a link, a mention or an emoji."""
    if size(text) <= limit:
        return text
    return text[: _place(text, limit - size(end))].rstrip() + end


def clip(text: str, limit: int) -> str:
    """A long answer, cut with a word on how much is left out and where to see it."""
    if size(text) <= limit:
        return text
    head = text[: _place(text, limit - 45)].rstrip()
    return f"{head}… ({len(text) - len(head):,} more characters, see Edit)"


def split(text: str, limit: int) -> list[str]:
    """The same words in pieces that fit; put together again they are the text."""
    pieces = []
    while size(text) > limit:
        place = _place(text, limit) or 1
        pieces.append(text[:place])
        text = text[place:]
    return [*pieces, text]


def _place(text: str, room: int) -> int:
    """Where to cut so that the part before is at most `room` long and ends between words."""
    end = _within(text, max(room, 0))
    if not text[end].isspace():
        spaces = [i for i in range(max(end - _LONG_WORD, 0), end) if text[i].isspace()]
        end = spaces[-1] + 1 if spaces else end
    start = max(text.rfind("<", 0, end), text.rfind("&", 0, end))
    entity = _ENTITY.match(text, start) if start >= 0 else None
    if entity and entity.end() > end:
        end = start
    for _ in range(20):
        if not (0 < end < len(text) and (text[end] in _JOINERS or text[end - 1] in "\u200d")):
            break
        end -= 1
    return end


def _within(text: str, room: int) -> int:
    end = min(room, len(text) - 1)
    while size(text[:end]) > room:
        end -= max((size(text[:end]) - room) // 2, 1)
    return end


def spoken(text: str, *, bold: bool = False) -> list[Json]:
    """People's words as rich text elements, where nothing they typed can be a command."""
    elements: list[Json] = []
    position = 0
    for token in _TOKEN.finditer(text := clean(text)):
        elements += [*_plain_element(text[position : token.start()], bold), _entity_element(token)]
        position = token.end()
    return elements + _plain_element(text[position:], bold)


def _plain_element(text: str, bold: bool) -> list[Json]:
    style = {"style": {"bold": True}} if bold else {}
    return [{"type": "text", "text": text, **style}] if text else []


def _entity_element(token: re.Match[str]) -> Json:
    if token["user"]:
        return {"type": "user", "user_id": token["user"]}
    if token["channel"]:
        return {"type": "channel", "channel_id": token["channel"]}
    label = {"text": token["label"]} if token["label"] else {}
    return {"type": "link", "url": token["url"], **label}


def flat(text: str) -> str:
    """The same elements as mrkdwn, for the plain version of a message."""
    return "".join(_FLAT[element["type"]](element) for element in spoken(text))


_FLAT: Mapping[str, Callable[[Json], str]] = {
    "text": lambda element: escape(element["text"]),
    "user": lambda element: mention(element["user_id"]),
    "channel": lambda element: channel(element["channel_id"]),
    "link": lambda element: escape(element.get("text") or element["url"]),
}


def quote(text: str) -> Json:
    """What somebody said, word for word, as a quote."""
    elements = spoken(text) if text.strip() else []
    return {"type": "rich_text_quote", "elements": elements or _plain_element(NOTHING, False)}


def mention(user: str) -> str:
    return f"<@{user}>" if re.fullmatch(r"\w+", user, re.ASCII) else escape(user)


def channel(id: str) -> str:
    return f"<#{id}>" if re.fullmatch(r"\w+", id, re.ASCII) else escape(id)


def when(moment: datetime) -> str:
    """A moment, shown in the zone of whoever reads it."""
    fallback = f"{day(moment.astimezone(UTC).date())}, {moment.astimezone(UTC):%H:%M} UTC"
    return f"<!date^{int(moment.timestamp())}^{{date_short_pretty}} at {{time}}|{fallback}>"


def day(on: date) -> str:
    return f"{on:%a} {on.day} {on:%b %Y}"


def count(number: int, noun: str, plural: str = "") -> str:
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def working_days(number: int) -> str:
    return count(number, "working day")


def minutes(seconds: int) -> str:
    return f"{seconds} s" if seconds < 60 else f"{round(seconds / 60)} min"


def listed(words: Sequence[str]) -> str:
    """“a, b and c”."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def bar(done: int, total: int, width: int = 10) -> str:
    """How far it is, in characters; the words beside it say the same."""
    filled = min(done * width // max(total, 1), width)
    return "▓" * filled + "░" * (width - filled)
