"""Limits of tables and charts."""

from typing import Any

from bot.sandbox.limits.rich_text import RICH_TEXT
from bot.sandbox.limits.rules import (
    Problems,
    Rule,
    boolean,
    every,
    items,
    number,
    of_type,
    one_of,
    record,
    rows_of,
    string,
)

COLUMNS = 20
TABLE_TEXT = 10_000
DATA_TABLE_TEXT = 20_000
LABEL = string(1, 20)


def _cell(*kinds: str, low: int = 0) -> Rule:
    table: dict[str, Rule] = {
        "raw_text": record({"text": string(low)}, {"emoji": boolean}),
        "raw_number": record({"value": number()}, {"text": string(1)}),
        "rich_text": RICH_TEXT,
    }
    return of_type(table, kinds or tuple(table), "cell type")


_SETTING = record({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})
_COLUMN = every(lambda value, at, problems: _SETTING(value, at, problems) if value is not None else None)
TABLE: dict[str, Rule] = {
    "rows": items(items(_cell(), 1, COLUMNS), 1, 100),
    "column_settings": items(_COLUMN, 1, COLUMNS),
}
DATA_TABLE_REQUIRED: dict[str, Rule] = {
    "rows": items(items(_cell(low=1), 1, COLUMNS), 2, 201),
    "caption": string(1),
}
DATA_TABLE_OPTIONAL: dict[str, Rule] = {
    "page_size": number(1, 100, whole=True),
    "row_header_column_index": number(0, COLUMNS - 1, whole=True),
}


def even_rows(value: Any, at: str, problems: Problems) -> None:
    rows = [row for row in rows_of(value, "rows") if isinstance(row, list)]
    if len({len(row) for row in rows}) > 1:
        problems.add(f"{at}/rows", "all rows must have the same number of cells")


def plain_header(value: Any, at: str, problems: Problems) -> None:
    for cell in (rows_of(value, "rows") or [[]])[0]:
        if isinstance(cell, dict) and cell.get("type") == "rich_text":
            problems.add(f"{at}/rows/0", "header cells cannot be rich text")


def text_length(value: Any) -> int:
    """Characters of all texts inside a block."""
    if isinstance(value, list):
        return sum(map(text_length, value))
    if isinstance(value, dict):
        return sum(len(v) if k == "text" and isinstance(v, str) else text_length(v) for k, v in value.items())
    return 0


_POINT = record({"label": LABEL, "value": number()})
_SERIES = items(record({"name": LABEL, "data": items(_POINT, 1, 20)}), 1, 12)
_AXIS = record({"categories": items(LABEL, 1, 20)}, {"x_label": string(1, 50), "y_label": string(1, 50)})


def _fits_axis(value: Any, at: str, problems: Problems) -> None:
    axis = value.get("axis_config")
    categories = rows_of(axis, "categories")
    if len(set(map(str, categories))) < len(categories):
        problems.add(f"{at}/axis_config/categories", "categories must be unique")
    series = [one for one in rows_of(value, "series") if isinstance(one, dict)]
    names = [str(one.get("name")) for one in series]
    if len(set(names)) < len(names):
        problems.add(f"{at}/series", "series names must be unique")
    for index, one in enumerate(series):
        labels = [point.get("label") for point in rows_of(one, "data") if isinstance(point, dict)]
        if sorted(map(str, labels)) != sorted(map(str, categories)):
            problems.add(f"{at}/series/{index}/data", "needs exactly one point for each category")


_LINES = every(record({"series": _SERIES, "axis_config": _AXIS}), _fits_axis)
_PIE = record({"segments": items(record({"label": LABEL, "value": number(above=0)}), 1, 12)})
CHART: dict[str, Rule] = {
    "title": string(1, 50),
    "chart": of_type({"pie": _PIE, "bar": _LINES, "line": _LINES, "area": _LINES}, what="chart type"),
}
