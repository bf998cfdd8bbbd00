"""Slack's own tables: as a block, and as lines for whoever does not see it."""

from collections.abc import Iterator, Sequence

from .text import Json, cut, size

TABLE = "data_table"
NOT_SAID = "–"
LONGEST_TEXT = 2800
_LONGEST_LINE, _REST, _PAGE = 400, 60, 10


def table(caption: str, rows: Sequence[Sequence[str]]) -> Json:
    """The first row is the header; no cell may be empty."""
    cells = [[{"type": "raw_text", "text": text} for text in row] for row in rows]
    return {"type": TABLE, "caption": caption, "rows": cells, "page_size": _PAGE}


def in_words(block: Json) -> str:
    header, *rows = [[str(cell["text"]) for cell in row] for row in block["rows"]]
    return "\n".join(fitting([in_a_line(header, row) for row in rows]))


def in_a_line(header: Sequence[str], cells: Sequence[str]) -> str:
    """A row whose first cell is its name."""
    facts = [f"{label.lower()} {cell}" for label, cell in zip(header[1:], cells[1:], strict=True) if cell != NOT_SAID]
    return cut(f"• {cells[0]}: {' · '.join(facts)}" if facts else f"• {cells[0]}", _LONGEST_LINE)


def fitting(said: Sequence[str], room: int = LONGEST_TEXT) -> Iterator[str]:
    """Whole lines while they fit, then how many more there are."""
    for n, text in enumerate(said):
        room -= size(text) + 1
        if room < _REST:
            yield f"and {len(said) - n} more."
            return
        yield text
