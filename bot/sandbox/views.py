"""Modals and Home tabs: who has which view open, in stacks of at most three."""

from dataclasses import dataclass, field
from itertools import count
from secrets import token_hex
from typing import Any

from bot.sandbox.controls import Control, controls_in
from bot.sandbox.errors import ApiError
from bot.sandbox.identified import identified
from bot.sandbox.inputs import Input, Values, inputs_in, state_values
from bot.sandbox.model import TEAM, Names
from bot.sandbox.plain import blocks_as_text

Json = dict[str, Any]
DEEPEST = 3
_DEFAULTS: Json = {
    "private_metadata": "",
    "callback_id": "",
    "title": None,
    "submit": None,
    "close": None,
    "clear_on_close": False,
    "notify_on_close": False,
    "external_id": "",
}


@dataclass
class View:
    id: str
    user: str
    content: Json
    hash: str
    root_id: str
    names: Names = field(repr=False, compare=False)
    previous_id: str | None = None
    chosen: Values = field(default_factory=dict)

    @property
    def title(self) -> str:
        title = self.content.get("title")
        return str(title["text"]) if title else ""

    @property
    def blocks(self) -> list[Json]:
        return list(self.content["blocks"])

    @property
    def private_metadata(self) -> str:
        return str(self.content["private_metadata"])

    @property
    def callback_id(self) -> str:
        return str(self.content["callback_id"])

    @property
    def is_home(self) -> bool:
        return bool(self.content["type"] == "home")

    @property
    def inputs(self) -> list[Input]:
        return inputs_in(self.blocks)

    @property
    def labels(self) -> list[str]:
        return [entry.label for entry in self.inputs]

    @property
    def controls(self) -> list[Control]:
        return controls_in(self.blocks)

    @property
    def plain(self) -> str:
        body = blocks_as_text(self.blocks, self.names)
        return f"{self.title}\n{body}" if self.title else body

    def as_json(self, values: Values | None = None) -> Json:
        return {
            "id": self.id,
            "team_id": TEAM,
            **_DEFAULTS,
            **self.content,
            "state": {"values": state_values(self.blocks, self.chosen) if values is None else values},
            "hash": self.hash,
            "previous_view_id": self.previous_id,
            "root_view_id": self.root_id,
            "app_id": "A0ALIGN",
            "app_installed_team_id": TEAM,
            "bot_id": "B0ALIGN",
        }


class Views:
    def __init__(self, names: Names) -> None:
        self._names, self._numbers = names, count(1)
        self.known: dict[str, View] = {}
        self.homes: dict[str, View] = {}
        self._stacks: dict[str, list[View]] = {}

    def stack(self, user: str) -> list[View]:
        return self._stacks.setdefault(user, [])

    def top(self, user: str) -> View | None:
        return self.stack(user)[-1] if self.stack(user) else None

    def open(self, user: str, content: Json) -> View:
        before, self._stacks[user] = self.stack(user), []
        try:
            return self.push(user, content)
        except ApiError:
            self._stacks[user] = before
            raise

    def push(self, user: str, content: Json) -> View:
        stack = self.stack(user)
        if len(stack) >= DEEPEST:
            raise ApiError("push_limit_reached")
        self._check_external_id(content, None)
        view = self._new(user, content)
        if stack:
            view.root_id, view.previous_id = stack[0].id, stack[-1].id
        stack.append(view)
        return view

    def update(self, view: View, content: Json, hash: str | None = None) -> View:
        if hash and hash != view.hash:
            raise ApiError("hash_conflict")
        self._check_external_id(content, view)
        view.content, view.hash = _complete(content), _new_hash()
        return view

    def publish(self, user: str, content: Json, hash: str | None = None) -> View:
        if user in self.homes:
            return self.update(self.homes[user], content, hash)
        self._check_external_id(content, None)
        self.homes[user] = self._new(user, content)
        return self.homes[user]

    def close(self, user: str) -> View | None:
        return self.stack(user).pop() if self.stack(user) else None

    def clear(self, user: str) -> None:
        self.stack(user).clear()

    def open_one(self, id: str | None, external_id: str | None) -> View:
        for view in self._open():
            if view.id == id or (external_id and view.content["external_id"] == external_id):
                return view
        raise ApiError("not_found")

    def _open(self) -> list[View]:
        return [view for stack in self._stacks.values() for view in stack] + list(self.homes.values())

    def _check_external_id(self, content: Json, itself: View | None) -> None:
        external_id = content.get("external_id")
        if external_id and any(v is not itself and v.content["external_id"] == external_id for v in self._open()):
            raise ApiError("duplicate_external_id")

    def _new(self, user: str, content: Json) -> View:
        id = f"V{next(self._numbers):08d}"
        self.known[id] = View(id, user, _complete(content), _new_hash(), id, self._names)
        return self.known[id]


def _complete(content: Json) -> Json:
    return {**_DEFAULTS, **content, "blocks": identified(content["blocks"])}


def _new_hash() -> str:
    return f"{token_hex(5)}.{token_hex(4)}"
