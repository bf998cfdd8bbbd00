"""Slack gives an id of its own to every block and element that came without one."""

from copy import deepcopy
from secrets import token_urlsafe
from typing import Any

from bot.sandbox.controls import elements_in

Json = dict[str, Any]


def identified(blocks: list[Json]) -> list[Json]:
    blocks = deepcopy(blocks)
    for block in blocks:
        block.setdefault("block_id", token_urlsafe(4))
    for _, element in elements_in(blocks):
        element.setdefault("action_id", token_urlsafe(4))
    return blocks
