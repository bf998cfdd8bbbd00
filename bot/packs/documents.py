"""YAML text with the line of every piece of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode


class Unreadable(Exception):
    """Text that is no YAML."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Document:
    data: Any
    root: Node | None

    def line(self, path: tuple[str | int, ...]) -> int:
        """The line of the deepest piece that the path reaches; what is missing stands where it would belong."""
        node, line = self.root, 1
        for step in path:
            found = _step(node, step)
            if found is not None:
                node, line = found
        return line


def read(path: Path) -> Document:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(1, "is not UTF-8 text") from error
    return Document(_parsed(YAML(typ="safe", pure=True).load, text), _parsed(YAML(typ="safe", pure=True).compose, text))


def _parsed(parse: Callable[[str], Any], text: str) -> Any:
    try:
        return parse(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unreadable(mark.line + 1 if mark else 1, _sentence(error)) from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise Unreadable(1, str(error).splitlines()[0] if str(error) else "cannot be read") from error


def _sentence(error: MarkedYAMLError) -> str:
    problem = str(error.problem or error.context or "cannot be read").strip()
    return problem.splitlines()[0]


def _step(node: Node | None, step: str | int) -> tuple[Node, int] | None:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return value, key.start_mark.line + 1
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        item = node.value[step]
        return item, item.start_mark.line + 1
    return None
