"""Slack's limits as a table of our own: what a message or a view must keep to, else Slack refuses all of it."""

from collections.abc import Iterator
from typing import Any

LONGEST = {
    "block_id": 255,
    "action_id": 255,
    "private_metadata": 3000,
    "callback_id": 255,
}
TEXTS = {
    ("button", "text"): 75,
    ("option", "text"): 75,
    ("option", "description"): 75,
    ("header", "text"): 150,
    ("modal", "title"): 24,
    ("modal", "submit"): 24,
    ("modal", "close"): 24,
    ("input", "label"): 2000,
    ("input", "hint"): 2000,
    ("section", "fields"): 2000,
}
ELEMENTS = {"actions": 25, "context": 10, "overflow": 5, "radio_buttons": 10, "checkboxes": 10, "static_select": 100}
MODAL = {"actions", "context", "divider", "header", "image", "input", "rich_text", "section"}


def length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def check_post(post: dict[str, Any]) -> None:
    assert post["text"].strip(), "empty text"
    assert length(post["text"]) <= 4000, "chat.update refuses it"
    assert 1 <= len(post["blocks"]) <= 50
    tables = [block for block in post["blocks"] if block["type"] == "data_table"]
    assert sum(length(said) for said in texts_of(tables)) <= 20_000
    assert sum(length(said) for said in texts_of([b for b in post["blocks"] if b not in tables])) <= 12_000
    _no_call_to_everybody(post["text"])
    check_blocks(post["blocks"])


def check_view(view: dict[str, Any]) -> None:
    assert len(view["blocks"]) <= 100
    assert {block["type"] for block in view["blocks"]} <= MODAL
    assert ("submit" in view) or not any(block["type"] == "input" for block in view["blocks"])
    for part in ("title", "submit", "close"):
        if part in view:
            _text(view[part], TEXTS["modal", part])
    assert length(view["private_metadata"]) <= 3000
    check_blocks(view["blocks"])


def check_blocks(blocks: list[dict[str, Any]]) -> None:
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    assert len(ids) == len(set(ids)), f"block ids repeat: {ids}"
    for block in blocks:
        assert 1 <= length(block.get("block_id", "x")) <= 255
        _CHECKS[block["type"]](block)


def _section(block: dict[str, Any]) -> None:
    assert "text" in block or "fields" in block
    if "text" in block:
        _text(block["text"], 3000)
    assert len(block.get("fields", [])) <= 10
    for part in block.get("fields", []):
        _text(part, 2000)
    if "accessory" in block:
        _element(block["accessory"])


def _row(block: dict[str, Any]) -> None:
    assert 1 <= len(block["elements"]) <= ELEMENTS[block["type"]]
    ids = [element["action_id"] for element in block["elements"] if "action_id" in element]
    assert len(ids) == len(set(ids)), f"action ids repeat: {ids}"
    for element in block["elements"]:
        if element["type"] in ("mrkdwn", "plain_text"):
            _text(element, 3000)
        else:
            _element(element)


def _input(block: dict[str, Any]) -> None:
    _text(block["label"], 2000)
    assert block["label"]["type"] == "plain_text"
    if "hint" in block:
        _text(block["hint"], 2000)
    _element(block["element"])


def _rich_text(block: dict[str, Any]) -> None:
    for part in block["elements"]:
        inner = part["elements"]
        assert inner
        if part["type"] == "rich_text_list":
            _rich_text(part)
        else:
            assert part["type"] in ("rich_text_section", "rich_text_quote")
            assert all(element["type"] in ("text", "user", "channel", "link") for element in inner)
            assert all(element.get("text", "x") for element in inner)


def _table(block: dict[str, Any]) -> None:
    rows = block["rows"]
    assert block["caption"].strip()
    assert 2 <= len(rows) <= 201
    assert len({len(row) for row in rows}) == 1 <= len(rows[0]) <= 20
    assert all(cell["type"] == "raw_text" and cell["text"] for row in rows for cell in row)


def _chart(block: dict[str, Any]) -> None:
    chart = block["chart"]
    categories = chart["axis_config"]["categories"]
    assert 1 <= length(block["title"]) <= 50
    assert 1 <= len(categories) == len(set(categories)) <= 20
    assert 1 <= len({series["name"] for series in chart["series"]}) == len(chart["series"]) <= 12
    for series in chart["series"]:
        assert [point["label"] for point in series["data"]] == categories
        assert all(1 <= length(label) <= 20 for label in (series["name"], *categories))
        assert all(isinstance(point["value"], int | float) for point in series["data"])


_CHECKS = {
    "section": _section,
    "actions": _row,
    "context": _row,
    "input": _input,
    "rich_text": _rich_text,
    "header": lambda block: _text(block["text"], 150),
    "data_visualization": _chart,
    "data_table": _table,
}


def _element(element: dict[str, Any]) -> None:
    assert 1 <= length(element["action_id"]) <= 255
    kind = element["type"]
    if kind == "button":
        _text(element["text"], 75)
        assert 1 <= length(element["value"]) <= 2000
    if "options" in element:
        _options(element)
    if "placeholder" in element:
        _text(element["placeholder"], 150)
    if kind == "plain_text_input":
        assert length(element.get("initial_value", "")) <= element["max_length"] <= 3000


def _options(element: dict[str, Any]) -> None:
    options = element["options"]
    assert 1 <= len(options) <= ELEMENTS[element["type"]]
    for option in options:
        _text(option["text"], 75)
        assert 1 <= length(option["value"]) <= 150
        if "description" in option:
            _text(option["description"], 75)
    start = element.get("initial_options", [element["initial_option"]] if "initial_option" in element else [])
    assert all(option in options for option in start)
    assert start or "initial_options" not in element


def _text(text: dict[str, Any], longest: int) -> None:
    assert text["text"].strip(), "empty text"
    assert length(text["text"]) <= longest, f"{length(text['text'])} > {longest}"
    if text["type"] == "mrkdwn":
        assert text["verbatim"] is True
        _no_call_to_everybody(text["text"])


def _no_call_to_everybody(text: str) -> None:
    for word in ("channel", "here", "everyone"):
        assert f"<!{word}" not in text
        assert f"@{word}" not in text


def texts_of(part: Any) -> Iterator[str]:
    """Every text a person reads, in the order of the blocks."""
    if isinstance(part, list):
        for item in part:
            yield from texts_of(item)
    elif isinstance(part, dict):
        if isinstance(part.get("text"), str):
            yield part["text"]
        for value in part.values():
            if isinstance(value, dict | list):
                yield from texts_of(value)
