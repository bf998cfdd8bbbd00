"""Block Kit as plain dicts, each within Slack's limits whatever it is given."""

from collections.abc import Iterable, Sequence

from bot.slack.controls import Control

from .text import NOTHING, Json, clean, cut, size, split

LONGEST_TEXT = 3900  # chat.update refuses more than 4,000
MOST_BLOCKS = 50
_OPTION_LABEL, _RADIO_OPTIONS, _SELECT_OPTIONS = 75, 10, 100


def post(text: Iterable[str], blocks: Iterable[Json]) -> Json:
    """A message: `text` says all that the blocks say, for screen readers and notifications."""
    whole = cut("\n".join(filter(None, text)), LONGEST_TEXT)
    return {"text": whole if whole.strip() else NOTHING, "blocks": list(blocks)[:MOST_BLOCKS]}


def mrkdwn(text: str, limit: int = 3000) -> Json:
    """Our own words. Verbatim: nothing that only looks like a mention or a channel becomes one."""
    return {"type": "mrkdwn", "text": _filled(cut(text, limit)), "verbatim": True}


def plain(text: str, limit: int = 3000) -> Json:
    return {"type": "plain_text", "text": _filled(cut(clean(text), limit)), "emoji": True}


def _filled(text: str) -> str:
    return text if text.strip() else NOTHING


def section(text: Json, accessory: Json | None = None, block_id: str = "") -> Json:
    return _named({"type": "section", "text": text} | ({"accessory": accessory} if accessory else {}), block_id)


def fields(texts: Sequence[Json]) -> Json:
    return {"type": "section", "fields": list(texts[:10])}


def context(*elements: Json) -> Json:
    return {"type": "context", "elements": list(elements[:10])}


def header(text: str) -> Json:
    return {"type": "header", "text": plain(" ".join(text.split()), 150)}


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": list(elements)}


def rich_line(elements: Sequence[Json]) -> Json:
    return {"type": "rich_text_section", "elements": list(elements) or [{"type": "text", "text": NOTHING}]}


def user(id: str) -> Json:
    return {"type": "user", "user_id": id}


def words(text: str, **style: bool) -> Json:
    return {"type": "text", "text": text or NOTHING, **({"style": style} if style else {})}


def actions(control: Control, *elements: Json) -> Json:
    """A row of controls; those without a value of their own are told apart by its block id."""
    return {"type": "actions", "block_id": control.block_id, "elements": list(elements)}


def button(label: str, control: Control, style: str = "") -> Json:
    made = {
        "type": "button",
        "action_id": control.action,
        "text": plain(label, 75),
        "value": control.encode(),
    }
    return made | ({"style": style} if style else {})


def option(id: str, label: str) -> Json:
    """An option with its whole label: what is too long for one line goes on in the second."""
    first, *rest = split(clean(label), _OPTION_LABEL) if size(label) > _OPTION_LABEL else [label]
    made: Json = {"text": plain(first, _OPTION_LABEL), "value": id}
    return made | ({"description": plain("".join(rest), _OPTION_LABEL)} if rest else {})


def overflow(action_id: str, options: Sequence[Json]) -> Json:
    return {"type": "overflow", "action_id": action_id, "options": list(options[:5])}


def one_of(action_id: str, options: Sequence[Json], initial: Json | None = None, *, most: int = _RADIO_OPTIONS) -> Json:
    """Radio buttons while the options are few, a menu when they are many."""
    start = {"initial_option": initial} if initial else {}
    if len(options) <= most:
        return {"type": "radio_buttons", "action_id": action_id, "options": list(options), **start}
    hint = plain("Pick one", 150)
    return {
        "type": "static_select",
        "action_id": action_id,
        "options": list(options[:_SELECT_OPTIONS]),
        "placeholder": hint,
        **start,
    }


def several_of(action_id: str, options: Sequence[Json], initial: Sequence[Json]) -> Json:
    start = {"initial_options": list(initial)} if initial else {}
    if len(options) <= _RADIO_OPTIONS:
        return {"type": "checkboxes", "action_id": action_id, "options": list(options), **start}
    shown = list(options[:_SELECT_OPTIONS])
    return {"type": "multi_static_select", "action_id": action_id, "options": shown, **start}


def person(action_id: str, placeholder: str, initial: str | None = None) -> Json:
    start = {"initial_user": initial} if initial else {}
    return {"type": "users_select", "action_id": action_id, "placeholder": plain(placeholder, 150), **start}


def _named(block: Json, block_id: str) -> Json:
    return block | ({"block_id": block_id} if block_id else {})
