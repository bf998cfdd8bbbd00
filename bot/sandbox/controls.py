"""What can be clicked in blocks: buttons, and each option of a menu or a list."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

OPTION_KINDS = {
    "overflow": "overflow option",
    "radio_buttons": "radio option",
    "checkboxes": "checkbox option",
    "static_select": "select option",
    "multi_static_select": "select option",
}
Place = tuple[str, str]
"""Where exactly a control is: block id and action id."""
SILENT = {"image", "mrkdwn", "plain_text", "url_source"}


@dataclass(frozen=True)
class Control:
    label: str
    action_id: str
    kind: str
    block_id: str = field(default="", compare=False)
    element: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    option: dict[str, Any] | None = field(default=None, repr=False, compare=False)

    def __iter__(self) -> Iterator[str]:
        return iter((self.label, self.action_id, self.kind))


def controls_in(blocks: list[dict[str, Any]]) -> list[Control]:
    return [control for block, element in elements_in(blocks) for control in _controls_of(block, element)]


def elements_in(blocks: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Every interactive element with the block that holds it."""
    for block in blocks:
        for element in _elements_of(block):
            if element.get("type") not in SILENT:
                yield block, element
        for key in ("child_blocks", "elements"):
            if block.get("type") in ("container", "carousel"):
                yield from elements_in(block.get(key, []))


def _elements_of(block: dict[str, Any]) -> list[dict[str, Any]]:
    match block.get("type"):
        case "actions" | "context_actions":
            return list(block.get("elements", []))
        case "section":
            return [block["accessory"]] if "accessory" in block else []
        case "input":
            return [block["element"]]
        case "card":
            return list(block.get("actions", []))
    return []


def options_of(element: dict[str, Any]) -> list[dict[str, Any]]:
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    return list(element.get("options", [])) + grouped


def _controls_of(block: dict[str, Any], element: dict[str, Any]) -> list[Control]:
    kind, action_id, block_id = element["type"], element.get("action_id", ""), block.get("block_id", "")
    if kind in OPTION_KINDS:
        options = options_of(element)
        return [Control(o["text"]["text"], action_id, OPTION_KINDS[kind], block_id, element, o) for o in options]
    return [Control(label_of(block, element), action_id, kind, block_id, element)]


def label_of(block: dict[str, Any], element: dict[str, Any]) -> str:
    if block.get("type") == "input":
        return str(block["label"]["text"])
    for key in ("text", "placeholder"):
        if isinstance(element.get(key), dict):
            return str(element[key]["text"])
    return str(element.get("accessibility_label") or element.get("action_id", ""))
