"""From what a test names (a label, a handle, a date) to what Slack sends for an element."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from bot.sandbox.controls import options_of
from bot.sandbox.errors import NoSuchControl, RefusedByClient
from bot.sandbox.inputs import MANY
from bot.sandbox.workspace import Workspace

Json = dict[str, Any]


def chosen_value(element: Json, wanted: Any, workspace: Workspace) -> Any:
    """The value of an element's state; None empties it."""
    kind = element["type"]
    if kind in MANY:
        several = wanted if isinstance(wanted, list | tuple | set) else [] if wanted is None else [wanted]
        return [_one(kind, element, item, workspace) for item in several]
    return None if wanted is None else _one(kind, element, wanted, workspace)


def _one(kind: str, element: Json, wanted: Any, workspace: Workspace) -> Any:
    if kind in ("static_select", "multi_static_select", "radio_buttons", "checkboxes"):
        return option_named(element, wanted)
    if "users_select" in kind:
        return workspace.user(wanted).id
    if "channels_select" in kind or "conversations_select" in kind:
        return workspace.channel(wanted).id
    return _WRITTEN.get(kind, lambda value: value)(wanted)


def option_named(element: Json, wanted: str) -> Json:
    for option in options_of(element):
        if wanted in (option["text"]["text"], option.get("value")):
            return {key: option[key] for key in ("text", "value", "description") if key in option}
    raise NoSuchControl(f"there is no option {wanted!r}; there are {[o['text']['text'] for o in options_of(element)]}")


def _date(wanted: date | str) -> str:
    written = wanted.isoformat()[:10] if isinstance(wanted, date) else str(wanted)
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", written):
        raise RefusedByClient(f"a date picker takes a date, not {written!r}")
    return written


def _time(wanted: time | str) -> str:
    return wanted.strftime("%H:%M") if isinstance(wanted, time) else str(wanted)


def _moment(wanted: datetime | int) -> int:
    return int(wanted.timestamp()) if isinstance(wanted, datetime) else wanted


def _rich_text(wanted: str | Json) -> Json:
    if isinstance(wanted, dict):
        return wanted
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": wanted}]}
    return {"type": "rich_text", "elements": [section]}


_WRITTEN: dict[str, Callable[[Any], Any]] = {
    "datepicker": _date,
    "timepicker": _time,
    "datetimepicker": _moment,
    "rich_text_input": _rich_text,
    "plain_text_input": str,
    "number_input": str,
    "email_text_input": str,
    "url_text_input": str,
}
