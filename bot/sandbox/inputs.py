"""Reading and filling in the inputs of a modal, as Slack's client does."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.controls import elements_in, label_of, options_of
from bot.sandbox.errors import RefusedByClient

Json = dict[str, Any]
Values = dict[str, dict[str, Json]]

FIELDS = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", "files"),
}
MANY = {kind for kind, (state, _) in FIELDS.items() if state.endswith("s")}
LONGEST_TEXT = 3000


@dataclass(frozen=True)
class Input:
    label: str
    kind: str
    block_id: str
    action_id: str
    required: bool
    block: Json = field(repr=False, compare=False)
    element: Json = field(repr=False, compare=False)

    @property
    def options(self) -> list[str]:
        return [option["text"]["text"] for option in options_of(self.element)]

    @property
    def initial(self) -> Any:
        return self.element.get(FIELDS[self.kind][1], [] if self.kind in MANY else None)

    @property
    def shown(self) -> Any:
        """The initial value as a person sees it: labels for options."""
        return [shown_value(v) for v in self.initial] if isinstance(self.initial, list) else shown_value(self.initial)

    def state(self, value: Any) -> Json:
        return {"type": self.kind, FIELDS[self.kind][0]: value}


def shown_value(value: Any) -> Any:
    return value["text"]["text"] if isinstance(value, dict) and "text" in value else value


def inputs_in(blocks: list[Json]) -> list[Input]:
    return list(_inputs_in(blocks))


def _inputs_in(blocks: list[Json]) -> Iterator[Input]:
    for block, element in elements_in(blocks):
        if element["type"] in FIELDS:
            required = block["type"] == "input" and not block.get("optional", False)
            label = label_of(block, element)
            yield Input(label, element["type"], block["block_id"], element["action_id"], required, block, element)


def state_values(blocks: list[Json], chosen: Values) -> Values:
    """`state.values`: what was chosen, otherwise what the inputs started with."""
    values: Values = {}
    for entry in _inputs_in(blocks):
        picked = chosen.get(entry.block_id, {}).get(entry.action_id) or entry.state(entry.initial)
        values.setdefault(entry.block_id, {})[entry.action_id] = picked
    return values


def check_in_client(entry: Input, value: Any) -> None:
    """Refuse what Slack's client marks in red before anything is sent."""
    if value in (None, "", []):
        if entry.required:
            raise RefusedByClient(f"“{entry.label}” must be filled in")
        return
    check = _CHECKS.get(entry.kind)
    if check:
        check(entry, value)
    most = entry.element.get("max_selected_items")
    if most and isinstance(value, list) and len(value) > most:
        raise RefusedByClient(f"“{entry.label}”: at most {most} can be chosen")


def _length(entry: Input, value: str) -> None:
    least, most = entry.element.get("min_length", 0), entry.element.get("max_length", LONGEST_TEXT)
    if not least <= len(value) <= most:
        raise RefusedByClient(f"“{entry.label}” takes {least} to {most} characters, not {len(value)}")


def _number(entry: Input, value: str) -> None:
    decimal = entry.element.get("is_decimal_allowed", False)
    if not re.fullmatch(r"-?\d+(\.\d+)?" if decimal else r"-?\d+", value):
        raise RefusedByClient(f"“{entry.label}” takes a {'' if decimal else 'whole '}number, not {value!r}")
    low, high = entry.element.get("min_value"), entry.element.get("max_value")
    if (low is not None and float(value) < float(low)) or (high is not None and float(value) > float(high)):
        raise RefusedByClient(f"“{entry.label}” takes a number from {low} to {high}, not {value}")


def _email(entry: Input, value: str) -> None:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
        raise RefusedByClient(f"“{entry.label}” takes an e-mail address, not {value!r}")


def _url(entry: Input, value: str) -> None:
    if not re.match(r"https?://\S+$", value):
        raise RefusedByClient(f"“{entry.label}” takes a link, not {value!r}")


_CHECKS = {
    "plain_text_input": _length,
    "number_input": _number,
    "email_text_input": _email,
    "url_text_input": _url,
}
