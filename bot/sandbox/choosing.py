"""From what a test names (a label, a handle, a date) to what Slack sends for an element."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from bot.sandbox.controls import options_of
from bot.sandbox.errors import NoSuchControl, RefusedByClient
from bot.sandbox.inputs import FIELDS, MANY
from bot.sandbox.workspace import Workspace

Json = dict[str, Any]
_CHOICES = ("static_select", "multi_static_select", "radio_buttons", "checkboxes", "overflow")
_SENT: dict[str, type | tuple[type, ...]] = {
    "datetimepicker": int,
    "rich_text_input": (str, dict),
    "number_input": (str, int, float),
}


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


def as_sent(element: Json, value: Any) -> Any:
    """A value in the client's form (an option by its value, an emptied text as "") as `chosen_value` takes it.

    Raises RefusedByClient for what no client could send for this element.
    """
    kind = element["type"]
    if kind not in FIELDS and kind != "overflow":
        return value
    several = value if kind in MANY and isinstance(value, list) else [value]
    taken = [_sent(kind, element, item) for item in several if item not in (None, "")]
    return taken if kind in MANY else taken[0] if taken else None


def _sent(kind: str, element: Json, value: Any) -> Any:
    if not isinstance(value, _SENT.get(kind, str)) or isinstance(value, bool):
        raise RefusedByClient(f"{value!r} is nothing that can be put there")
    if kind not in _CHOICES:
        return value
    found = next((option for option in options_of(element) if option.get("value") == value), None)
    if found is None:
        raise NoSuchControl(f"there is no option with the value {value!r}")
    return found


def option_named(element: Json, wanted: str | Json) -> Json:
    """The option with this label or value, or the option itself."""
    if isinstance(wanted, dict):
        return {key: wanted[key] for key in ("text", "value", "description") if key in wanted}
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
