"""Limits of rich text."""

from bot.sandbox.limits.rules import Rule, anything, boolean, items, number, of_type, one_of, record, string

_STYLE = record(
    {},
    dict.fromkeys(
        ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"), boolean
    ),
)
_STYLED: dict[str, Rule] = {"style": _STYLE}
_INLINE: dict[str, Rule] = {
    "text": record({"text": string(1)}, _STYLED),
    "link": record({"url": string(1)}, {**_STYLED, "text": string(0), "unsafe": boolean}),
    "user": record({"user_id": string(1)}, _STYLED),
    "usergroup": record({"usergroup_id": string(1)}, _STYLED),
    "channel": record({"channel_id": string(1)}, _STYLED),
    "team": record({"team_id": string(1)}, _STYLED),
    "broadcast": record({"range": one_of("here", "channel", "everyone")}, _STYLED),
    "emoji": record({"name": string(1)}, {**_STYLED, "unicode": string(1), "skin_tone": number(whole=True)}),
    "date": record(
        {"timestamp": number(whole=True), "format": string(1)}, {**_STYLED, "url": string(1), "fallback": string(1)}
    ),
    "color": record({"value": string(1)}, _STYLED),
    "citation": anything,
}
_WORDS = items(of_type(_INLINE, what="rich text element"), 0, 1000)
_BORDER: dict[str, Rule] = {"border": number(0, 1, whole=True)}
_SECTION = record({"elements": _WORDS})
_LIST = record(
    {"elements": items(of_type({"rich_text_section": _SECTION}), 0, 1000), "style": one_of("bullet", "ordered")},
    {**_BORDER, "indent": number(0, 8, whole=True), "offset": number(0, whole=True)},
)
_PARTS: dict[str, Rule] = {
    "rich_text_section": _SECTION,
    "rich_text_list": _LIST,
    "rich_text_preformatted": record({"elements": _WORDS}, {**_BORDER, "language": string(0)}),
    "rich_text_quote": record({"elements": _WORDS}, _BORDER),
}
ELEMENTS = items(of_type(_PARTS, what="rich text part"), 0, 1000)
RICH_TEXT = record({"elements": ELEMENTS}, {"block_id": string(1, 255)})
