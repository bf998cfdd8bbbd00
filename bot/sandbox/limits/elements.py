"""Limits of block elements, and on which surface and in which block each may stand."""

from typing import Any

from bot.sandbox.limits.objects import (
    ACTION_ID,
    CONFIRM,
    DISPATCH,
    FILTER,
    IMAGE_ELEMENT,
    OVERFLOW_OPTION,
    PLACEHOLDER,
    PLAIN_OPTION,
    RICH_OPTION,
    SELECT_OPTIONS,
    URL,
    options_or_groups,
    plain,
    starts_with_an_option,
)
from bot.sandbox.limits.rules import (
    Problems,
    Rule,
    anything,
    boolean,
    every,
    items,
    number,
    of_type,
    one_of,
    record,
    string,
)

DATE = string(10, 10, r"\d{4}-\d{2}-\d{2}")
TIME = string(5, 5, r"\d{2}:\d{2}")
NUMERAL = string(1, 100, r"-?\d+(\.\d+)?")
ONE = number(1, whole=True)
IDS = items(string(1), 0, 1000)
_STYLE = one_of("primary", "danger")
_IDENTITY: dict[str, Rule] = {"action_id": ACTION_ID, "focus_on_load": boolean}
_MENU: dict[str, Rule] = {**_IDENTITY, "placeholder": PLACEHOLDER, "confirm": CONFIRM}
_TYPED: dict[str, Rule] = {**_IDENTITY, "placeholder": PLACEHOLDER, "dispatch_action_config": DISPATCH}
_SEVERAL: dict[str, Rule] = {**_MENU, "max_selected_items": ONE}
_BUTTON = record(
    {"text": plain(75)},
    {
        "action_id": ACTION_ID,
        "url": URL,
        "value": string(0, 2000),
        "style": _STYLE,
        "confirm": CONFIRM,
        "accessibility_label": string(1, 75),
        "agent_prompt": string(1, 4000),
    },
)
_FEEDBACK = record({"text": plain(75), "value": string(1, 2000)}, {"accessibility_label": string(1, 75)})


def _listed(rule: Rule, high: int, *initial: str) -> Rule:
    fields: dict[str, Rule] = {**_IDENTITY, "confirm": CONFIRM}
    fields |= dict.fromkeys(initial, anything)
    return every(record({"options": items(rule, 1, high)}, fields), starts_with_an_option(*initial))


def _static(extra: dict[str, Rule], initial: str) -> Rule:
    return every(
        record({}, {**extra, **SELECT_OPTIONS, initial: anything}), options_or_groups, starts_with_an_option(initial)
    )


ELEMENTS: dict[str, Rule] = {
    "button": _BUTTON,
    "checkboxes": _listed(RICH_OPTION, 10, "initial_options"),
    "radio_buttons": _listed(RICH_OPTION, 10, "initial_option"),
    "overflow": record({"options": items(OVERFLOW_OPTION, 1, 5)}, {"action_id": ACTION_ID, "confirm": CONFIRM}),
    "datepicker": record({}, {**_MENU, "initial_date": DATE}),
    "timepicker": record({}, {**_MENU, "initial_time": TIME, "timezone": string(1)}),
    "datetimepicker": record({}, {**_IDENTITY, "confirm": CONFIRM, "initial_date_time": number(0, whole=True)}),
    "static_select": _static(_MENU, "initial_option"),
    "multi_static_select": _static(_SEVERAL, "initial_options"),
    "external_select": record({}, {**_MENU, "initial_option": PLAIN_OPTION, "min_query_length": number(0, whole=True)}),
    "multi_external_select": record(
        {}, {**_SEVERAL, "initial_options": items(PLAIN_OPTION, 1, 100), "min_query_length": number(0, whole=True)}
    ),
    "users_select": record({}, {**_MENU, "initial_user": string(1)}),
    "multi_users_select": record({}, {**_SEVERAL, "initial_users": IDS}),
    "channels_select": record({}, {**_MENU, "initial_channel": string(1), "response_url_enabled": boolean}),
    "multi_channels_select": record({}, {**_SEVERAL, "initial_channels": IDS}),
    "conversations_select": record(
        {},
        {
            **_MENU,
            "initial_conversation": string(1),
            "default_to_current_conversation": boolean,
            "response_url_enabled": boolean,
            "filter": FILTER,
        },
    ),
    "multi_conversations_select": record(
        {}, {**_SEVERAL, "initial_conversations": IDS, "default_to_current_conversation": boolean, "filter": FILTER}
    ),
    "plain_text_input": record(
        {},
        {
            **_TYPED,
            "initial_value": string(0, 3000),
            "multiline": boolean,
            "min_length": number(0, 3000, whole=True),
            "max_length": number(1, 3000, whole=True),
        },
    ),
    "rich_text_input": record(
        {},
        {
            **_TYPED,
            "initial_value": anything,
            "min_lines": number(1, 100, whole=True),
            "max_lines": number(1, 100, whole=True),
        },
    ),
    "email_text_input": record({}, {**_TYPED, "initial_value": string(0)}),
    "url_text_input": record({}, {**_TYPED, "initial_value": string(0)}),
    "number_input": record(
        {"is_decimal_allowed": boolean},
        {**_TYPED, "initial_value": NUMERAL, "min_value": NUMERAL, "max_value": NUMERAL},
    ),
    "file_input": record(
        {}, {"action_id": ACTION_ID, "filetypes": items(string(1), 1, 100), "max_files": number(1, 10, whole=True)}
    ),
    "image": IMAGE_ELEMENT,
    "workflow_button": record(
        {"text": plain(75), "workflow": anything},
        {"action_id": ACTION_ID, "style": _STYLE, "accessibility_label": string(1, 75)},
    ),
    "feedback_buttons": record({"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, {"action_id": ACTION_ID}),
    "icon_button": record(
        {"icon": string(1), "text": plain(75)},
        {
            "action_id": ACTION_ID,
            "value": string(0, 2000),
            "confirm": CONFIRM,
            "accessibility_label": string(1, 75),
            "visible_to_user_ids": items(string(1), 1, 10),
        },
    ),
}
_ONLY_ON = {
    "email_text_input": ("modal",),
    "url_text_input": ("modal",),
    "number_input": ("modal",),
    "file_input": ("modal",),
    "rich_text_input": ("modal", "home"),
}
_MENUS = tuple(kind for kind in ELEMENTS if kind.endswith("select"))
CHOICES = (*_MENUS, "checkboxes", "radio_buttons", "datepicker", "timepicker")
IN_ACTIONS = (*CHOICES, "button", "workflow_button", "overflow", "datetimepicker")
IN_SECTION = (*CHOICES, "button", "workflow_button", "overflow", "image")
IN_INPUT = (*CHOICES, "datetimepicker", "plain_text_input", "rich_text_input", *_ONLY_ON)


def element(*kinds: str) -> Rule:
    typed = of_type(ELEMENTS, kinds, "element type")

    def check(value: Any, at: str, problems: Problems) -> None:
        typed(value, at, problems)
        kind = value.get("type") if isinstance(value, dict) else None
        if kind in kinds and problems.surface not in _ONLY_ON.get(str(kind), (problems.surface,)):
            problems.add(f"{at}/type", f"{kind} is not allowed in a {problems.surface}")

    return check
