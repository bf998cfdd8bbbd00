"""Limits of whole messages and views."""

import json
from typing import Any

from bot.sandbox.errors import ApiError, InvalidBlocks
from bot.sandbox.limits.blocks import block
from bot.sandbox.limits.data import DATA_TABLE_TEXT, TABLE_TEXT, text_length
from bot.sandbox.limits.objects import plain
from bot.sandbox.limits.rules import Problems, Rule, Surface, boolean, items, record, rows_of, string

BLOCKS_IN_MESSAGE = 50
BLOCKS_IN_VIEW = 100
ALL_BLOCK_TEXT = 12_000
LONGEST_TEXT = 40_000
LONGEST_UPDATE = 4_000
LARGEST_METADATA = 16_000
LARGEST_VIEW = 250_000
CHARTS = 2

Json = dict[str, Any]


def check_message_blocks(blocks: Any, *, charts: bool = True) -> None:
    """`charts`: whether the workspace knows them yet."""
    problems = Problems("message")
    items(block, 1, BLOCKS_IN_MESSAGE)(blocks, "/blocks", problems)
    for index, one in enumerate(blocks if isinstance(blocks, list) and not charts else ()):
        if isinstance(one, dict) and one.get("type") == "data_visualization":
            problems.add(f"/blocks/{index}/type", "unsupported type: data_visualization")
    if problems.found:
        raise InvalidBlocks(problems.found)
    _check_together(blocks, problems)
    if problems.found:
        raise InvalidBlocks(problems.found)
    if _length_without_tables(blocks) > ALL_BLOCK_TEXT:
        raise ApiError("msg_blocks_too_long")


def _check_together(blocks: list[Json], problems: Problems) -> None:
    _distinct_block_ids(blocks, "/blocks", problems)
    kinds = [one["type"] for one in blocks]
    if kinds.count("table") > 1:
        raise InvalidBlocks(["[ERROR] only_one_table_allowed [json-pointer:/blocks]"])
    if kinds.count("data_visualization") > CHARTS:
        problems.add("/blocks", f"no more than {CHARTS} data_visualization blocks allowed")
    for kind, limit in (("table", TABLE_TEXT), ("data_table", DATA_TABLE_TEXT), ("markdown", ALL_BLOCK_TEXT)):
        if sum(text_length(one) for one in blocks if one["type"] == kind) > limit:
            problems.add("/blocks", f"all {kind} blocks together must be less than {limit + 1} characters")


def _length_without_tables(blocks: list[Json]) -> int:
    return sum(text_length(one) for one in blocks if one["type"] not in ("table", "data_table"))


def _distinct_block_ids(blocks: list[Json], at: str, problems: Problems) -> None:
    seen: set[str] = set()
    for index, one in enumerate(blocks):
        id = one.get("block_id") if isinstance(one, dict) else None
        if isinstance(id, str):
            if id in seen:
                problems.add(f"{at}/{index}/block_id", f"`block_id` {id} already exists")
            seen.add(id)


_COMMON: dict[str, Rule] = {
    "private_metadata": string(0, 3000),
    "callback_id": string(0, 255),
    "external_id": string(0, 255),
}
_VIEWS: dict[str, Rule] = {
    "modal": record(
        {"title": plain(24), "blocks": items(block, 1, BLOCKS_IN_VIEW)},
        {
            **_COMMON,
            "submit": plain(24),
            "close": plain(24),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
            "submit_disabled": boolean,
        },
    ),
    "home": record({"blocks": items(block, 0, BLOCKS_IN_VIEW)}, _COMMON),
}


def check_view(view: Any, surface: Surface) -> None:
    """Refuse a view as views.open and views.publish do: `invalid_arguments`, with pointers."""
    if not isinstance(view, dict):
        raise ApiError(
            "invalid_arguments", response_metadata={"messages": ["[ERROR] must provide an object [json-pointer:/view]"]}
        )
    problems = Problems(surface)
    if view.get("type") != surface:
        problems.add("/view/type", f"must be {surface}")
    _VIEWS[surface](view, "/view", problems)
    blocks = [one for one in rows_of(view, "blocks") if isinstance(one, dict)]
    _distinct_block_ids(blocks, "/view/blocks", problems)
    if surface == "modal" and any(one.get("type") == "input" for one in blocks) and not view.get("submit"):
        problems.add("/view", "missing required field: submit")
    if sum(one.get("type") == "data_visualization" for one in blocks) > CHARTS:
        problems.add("/view/blocks", f"no more than {CHARTS} data_visualization blocks allowed")
    if problems.found:
        raise InvalidBlocks(problems.found, "invalid_arguments")
    if len(json.dumps(view)) > LARGEST_VIEW:
        raise ApiError("view_too_large")


def check_metadata(metadata: Any) -> None:
    if not isinstance(metadata, dict) or set(metadata) - {"event_type", "event_payload", "entities"}:
        raise ApiError("invalid_metadata_format")
    if not isinstance(metadata.get("event_type"), str) or not isinstance(metadata.get("event_payload"), dict):
        raise ApiError("invalid_metadata_format")
    if len(json.dumps(metadata)) > LARGEST_METADATA:
        raise ApiError("metadata_too_large")
