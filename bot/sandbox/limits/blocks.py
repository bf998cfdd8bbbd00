"""Limits of blocks, and the surfaces they may stand on."""

from typing import Any

from bot.sandbox.limits.data import (
    CHART,
    DATA_TABLE_OPTIONAL,
    DATA_TABLE_REQUIRED,
    TABLE,
    even_rows,
    plain_header,
)
from bot.sandbox.limits.elements import IN_ACTIONS, IN_INPUT, IN_SECTION, element
from bot.sandbox.limits.objects import BLOCK_ID, IMAGE_ELEMENT, IMAGE_SOURCE, URL, one_source, plain, text
from bot.sandbox.limits.rich_text import ELEMENTS as RICH_TEXT_PARTS
from bot.sandbox.limits.rules import (
    Problems,
    Rule,
    anything,
    boolean,
    every,
    items,
    of_type,
    one_of,
    record,
    rows_of,
    string,
)

_ID: dict[str, Rule] = {"block_id": BLOCK_ID}
_IMAGE = element("image")


def _text_or_image(value: Any, at: str, problems: Problems) -> None:
    is_image = isinstance(value, dict) and value.get("type") == "image"
    (_IMAGE if is_image else text(low=1))(value, at, problems)


def _something_to_show(value: Any, at: str, problems: Problems) -> None:
    if "text" not in value and "fields" not in value:
        problems.add(at, "missing required field: text or fields")


def _distinct_actions(value: Any, at: str, problems: Problems) -> None:
    ids = [e["action_id"] for e in rows_of(value, "elements") if isinstance(e, dict) and "action_id" in e]
    for twice in sorted({id for id in ids if ids.count(id) > 1}):
        problems.add(at, f"`action_id` {twice} already exists in this block")


_CARD = record(
    {},
    {
        **_ID,
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "subtext": text(200),
        "hero_image": IMAGE_ELEMENT,
        "icon": anything,
        "slack_icon": anything,
        "actions": items(element("button"), 1, 3),
    },
)
_TASK = record(
    {"task_id": string(1), "title": string(1)},
    {
        **_ID,
        "status": one_of("pending", "in_progress", "complete", "error"),
        "details": anything,
        "output": anything,
        "sources": anything,
    },
)
SIMPLE: dict[str, Rule] = {
    "actions": every(record({"elements": items(element(*IN_ACTIONS), 1, 25)}, _ID), _distinct_actions),
    "context": record({"elements": items(_text_or_image, 1, 10)}, _ID),
    "divider": record({}, _ID),
    "file": record({"external_id": string(1), "source": one_of("remote")}, _ID),
    "header": record({"text": plain(150)}, _ID),
    "image": every(record({"alt_text": string(1, 2000)}, {**_ID, **IMAGE_SOURCE, "title": plain(2000)}), one_source),
    "input": record(
        {"label": plain(2000), "element": element(*IN_INPUT)},
        {**_ID, "hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "rich_text": record({"elements": RICH_TEXT_PARTS}, _ID),
    "section": every(
        record(
            {},
            {
                **_ID,
                "text": text(),
                "fields": items(text(2000), 1, 10),
                "accessory": element(*IN_SECTION),
                "expand": boolean,
            },
        ),
        _something_to_show,
    ),
    "table": every(record({"rows": TABLE["rows"]}, {**_ID, "column_settings": TABLE["column_settings"]}), even_rows),
    "video": record(
        {"alt_text": string(1, 2000), "title": plain(200), "thumbnail_url": URL, "video_url": URL},
        {
            **_ID,
            "author_name": string(1, 50),
            "description": plain(200),
            "provider_name": string(1, 50),
            "provider_icon_url": URL,
            "title_url": URL,
        },
    ),
}
BLOCKS: dict[str, Rule] = {
    **SIMPLE,
    "alert": record({"text": text(200)}, {**_ID, "level": one_of("default", "info", "warning", "error", "success")}),
    "card": _CARD,
    "carousel": record({"elements": items(of_type({"card": _CARD}), 1, 10)}, _ID),
    "container": record(
        {"child_blocks": items(of_type(SIMPLE, what="child block"), 1, 10)},
        {
            **_ID,
            "title": text(150),
            "subtitle": text(150),
            "width": one_of("narrow", "standard", "wide", "full"),
            "is_collapsible": boolean,
            "default_collapsed": boolean,
        },
    ),
    "context_actions": record({"elements": items(element("feedback_buttons", "icon_button"), 1, 5)}, _ID),
    "data_table": every(record(DATA_TABLE_REQUIRED, {**_ID, **DATA_TABLE_OPTIONAL}), even_rows, plain_header),
    "data_visualization": record(CHART, _ID),
    "markdown": record({"text": string(1, 12_000)}, _ID),
    "plan": record({"title": anything}, {**_ID, "tasks": items(_TASK, 1, 50)}),
    "task_card": _TASK,
}
_EVERYWHERE = {"actions", "card", "context", "divider", "header", "image", "input", "rich_text", "section", "video"}
_BIG = {"carousel", "container", "data_table", "data_visualization", "table"}
ON_SURFACE = {
    "message": _EVERYWHERE | _BIG | {"context_actions", "file", "markdown", "plan", "task_card"},
    "modal": _EVERYWHERE | {"alert"},
    "home": _EVERYWHERE | _BIG,
}
_BLOCK = of_type(BLOCKS, what="type")


def block(value: Any, at: str, problems: Problems) -> None:
    kind = value.get("type") if isinstance(value, dict) else None
    _BLOCK(value, at, problems)
    if kind in BLOCKS and kind not in ON_SURFACE[problems.surface]:
        problems.add(f"{at}/type", f"{kind} is not allowed in a {problems.surface}")
