"""Blocks as a person reads them, for transcripts and assertions."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.text import readable

Names = Callable[[str], str]
Json = dict[str, Any]


def blocks_as_text(blocks: list[Json], names: Names) -> str:
    return "\n".join(filter(None, (block_as_text(block, names) for block in blocks)))


def block_as_text(block: Json, names: Names) -> str:
    shown = _SHOWN.get(block["type"])
    return shown(block, names) if shown else ""


def text_of(text: Json | str | None, names: Names) -> str:
    if text is None or isinstance(text, str):
        return text or ""
    return readable(text["text"], names) if text.get("type") == "mrkdwn" else str(text["text"])


def _section(block: Json, names: Names) -> str:
    lines = [text_of(block.get("text"), names), *(text_of(field, names) for field in block.get("fields", []))]
    accessory = block.get("accessory")
    return "\n".join(filter(None, [*lines, element_as_text(accessory, names) if accessory else ""]))


def _context(block: Json, names: Names) -> str:
    return " · ".join(element_as_text(element, names) for element in block["elements"])


def _actions(block: Json, names: Names) -> str:
    return " ".join(element_as_text(element, names) for element in block["elements"])


def _input(block: Json, names: Names) -> str:
    hint = text_of(block.get("hint"), names)
    return "\n".join(filter(None, [f"{block['label']['text']}:", element_as_text(block["element"], names), hint]))


def element_as_text(element: Json, names: Names) -> str:
    match element["type"]:
        case "mrkdwn" | "plain_text":
            return text_of(element, names)
        case "image":
            return f"[{element['alt_text']}]"
        case "button" | "workflow_button":
            return f"[{element['text']['text']}]"
        case "overflow":
            return f"[… {_options(element, names)}]"
        case "radio_buttons" | "checkboxes":
            return f"({_options(element, names)})"
    return f"[{_placeholder(element)}]"


def _options(element: Json, names: Names) -> str:
    return " | ".join(text_of(option["text"], names) for option in element["options"])


def _placeholder(element: Json) -> str:
    placeholder = element.get("placeholder")
    return str(element.get("initial_value") or (placeholder["text"] if placeholder else element["type"]))


def _table(block: Json, names: Names) -> str:
    rows = [" | ".join(_cell(cell, names) for cell in row) for row in block["rows"]]
    return "\n".join([*([block["caption"]] if "caption" in block else []), *rows])


def _cell(cell: Json, names: Names) -> str:
    if cell["type"] == "rich_text":
        return rich_text_as_text(cell, names)
    return str(cell.get("text", cell.get("value", "")))


def _chart(block: Json, names: Names) -> str:
    chart = block["chart"]
    if chart["type"] == "pie":
        lines = [f"{segment['label']}: {segment['value']}" for segment in chart["segments"]]
    else:
        lines = [f"{series['name']}: {_points(series)}" for series in chart["series"]]
    return "\n".join([block["title"], *lines])


def _points(series: Json) -> str:
    return ", ".join(f"{point['label']} {point['value']}" for point in series["data"])


def rich_text_as_text(block: Json, names: Names) -> str:
    return "\n".join(_rich(element, names) for element in block["elements"])


def _rich(element: Json, names: Names) -> str:
    match element["type"]:
        case "rich_text_list":
            return "\n".join(f"• {_rich(item, names)}" for item in element["elements"])
        case "rich_text_quote":
            return "> " + "".join(_rich(part, names) for part in element["elements"]).replace("\n", "\n> ")
        case "text":
            return str(element["text"])
        case "user":
            return f"@{names(element['user_id'])}"
        case "channel":
            return f"#{names(element['channel_id'])}"
        case "link":
            return str(element.get("text") or element["url"])
        case "emoji":
            return f":{element['name']}:"
        case "broadcast":
            return f"@{element['range']}"
        case "date":
            return str(element.get("fallback", element["timestamp"]))
    return "".join(_rich(part, names) for part in element.get("elements", []))


def _card(block: Json, names: Names) -> str:
    texts = [text_of(block.get(key), names) for key in ("title", "subtitle", "body", "subtext")]
    buttons = " ".join(element_as_text(button, names) for button in block.get("actions", []))
    return "\n".join(filter(None, [*texts, buttons]))


def _container(block: Json, names: Names) -> str:
    children = blocks_as_text(block.get("child_blocks") or block.get("elements") or [], names)
    return "\n".join(filter(None, [text_of(block.get("title"), names), children]))


_SHOWN: dict[str, Callable[[Json, Names], str]] = {
    "section": _section,
    "header": lambda block, names: text_of(block["text"], names),
    "context": _context,
    "divider": lambda block, names: "———",
    "actions": _actions,
    "input": _input,
    "image": lambda block, names: f"[{block['alt_text']}]",
    "markdown": lambda block, names: str(block["text"]),
    "alert": lambda block, names: text_of(block["text"], names),
    "table": _table,
    "data_table": _table,
    "data_visualization": _chart,
    "rich_text": rich_text_as_text,
    "card": _card,
    "container": _container,
    "carousel": _container,
}
