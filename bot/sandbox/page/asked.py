"""One request of the page, read strictly: what is missing or of another kind is told in a sentence."""

from typing import Any

from bot.sandbox.controls import Place
from bot.sandbox.errors import RefusedByClient

Json = dict[str, Any]


class Asked:
    def __init__(self, who: str, request: Json) -> None:
        self.who = who
        self._request = request

    def text(self, name: str) -> str:
        value = self._request.get(name)
        if not isinstance(value, str):
            raise RefusedByClient(f"“{name}” has to be a text")
        return value

    def text_or_none(self, name: str) -> str | None:
        return None if self._request.get(name) is None else self.text(name)

    def flag(self, name: str) -> bool:
        return self._request.get(name) is True

    def value(self) -> Any:
        return self._request.get("value")

    def place(self) -> Place:
        return self.text("block_id"), self.text("action_id")

    def part(self, name: str) -> "Asked":
        value = self._request.get(name)
        if not isinstance(value, dict):
            raise RefusedByClient(f"“{name}” has to be an object")
        return Asked(self.who, value)

    def values(self) -> dict[Place, Any]:
        """What was filled in, by block id and action id."""
        blocks = self._request.get("values") or {}
        if not isinstance(blocks, dict) or not all(isinstance(actions, dict) for actions in blocks.values()):
            raise RefusedByClient("“values” has to be an object of objects")
        return {(block, action): value for block, actions in blocks.items() for action, value in actions.items()}
