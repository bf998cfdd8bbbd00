"""Finding the control a person means, and what Slack sends when it is used."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.choosing import as_sent, chosen_value, option_named
from bot.sandbox.controls import Control, Place, controls_in, elements_in, label_of
from bot.sandbox.errors import NoSuchControl
from bot.sandbox.inputs import FIELDS, MANY, Values
from bot.sandbox.workspace import Workspace

Json = dict[str, Any]


@dataclass(frozen=True)
class Pick:
    block: Json
    element: Json
    option: Json | None
    exact: bool = False  # meant by its ids, with a value in the form in which the client sends it

    @property
    def kind(self) -> str:
        return str(self.element["type"])

    @property
    def sends(self) -> bool:
        """Inputs send nothing until the form is submitted, unless the app asked for it."""
        return self.block["type"] != "input" or bool(self.block.get("dispatch_action"))


def pick(blocks: list[Json], label: str | Place, value: Any, nth: int | None) -> Pick:
    """The control with this label or action id; with a value, the field to put it in or the button that carries it."""
    if not isinstance(label, str):
        return _exactly(blocks, label)
    found = _fields(blocks, label, value) if value is not None else _clickable(blocks, label)
    if not found:
        raise NoSuchControl(f"there is no {label!r}; there are: {_listing(controls_in(blocks))}")
    if len(found) > 1 and nth is None:
        raise NoSuchControl(f"there are {len(found)} {label!r}; say which with nth=0…{len(found) - 1}")
    return found[nth or 0]


def _exactly(blocks: list[Json], place: Place) -> Pick:
    for block, element in elements_in(blocks):
        if (block["block_id"], element["action_id"]) == place:
            return Pick(block, element, None, exact=True)
    raise NoSuchControl(f"there is no {place!r}; there are: {_listing(controls_in(blocks))}")


def _clickable(blocks: list[Json], label: str) -> list[Pick]:
    holders = {(b["block_id"], e["action_id"]): b for b, e in elements_in(blocks)}
    return [
        Pick(holders[c.block_id, c.action_id], c.element, c.option)
        for c in controls_in(blocks)
        if label == c.label or label == c.action_id
    ]


def _fields(blocks: list[Json], label: str, value: Any) -> list[Pick]:
    return [
        Pick(block, element, None)
        for block, element in elements_in(blocks)
        if label in (label_of(block, element), element["action_id"], block["block_id"])
        and (element["type"] != "button" or element.get("value") == value)
    ]


def _listing(controls: list[Control]) -> str:
    return ", ".join(f"{c.label!r} ({c.action_id}, {c.kind})" for c in controls) or "no controls at all"


def action_of(picked: Pick, value: Any, chosen: Values, workspace: Workspace) -> Json:
    """The entry in `actions`, after noting the choice in the state of the message or view."""
    element = picked.element
    if picked.exact:
        value = as_sent(element, value)
    action: Json = {
        "type": picked.kind,
        "action_id": element["action_id"],
        "block_id": picked.block["block_id"],
        "action_ts": workspace.next_ts(),
    }
    if picked.kind == "overflow":
        return action | {"selected_option": _bare(picked.option or option_named(element, value))}
    if picked.kind not in FIELDS:
        return action | {key: element[key] for key in ("text", "value", "style") if key in element}
    state = _state(picked, value, chosen, workspace)
    chosen.setdefault(picked.block["block_id"], {})[element["action_id"]] = state
    started = FIELDS[picked.kind][1]
    return action | state | ({started: element[started]} if started in element else {})


def _state(picked: Pick, value: Any, chosen: Values, workspace: Workspace) -> Json:
    field, started = FIELDS[picked.kind]
    if picked.option is None:
        new = chosen_value(picked.element, value, workspace)
    elif picked.kind in MANY:
        before = chosen.get(picked.block["block_id"], {}).get(picked.element["action_id"], {})
        new = _toggled(list(before[field] if before else picked.element.get(started, [])), _bare(picked.option))
    else:
        new = _bare(picked.option)
    return {"type": picked.kind, field: new}


def _toggled(before: list[Json], option: Json) -> list[Json]:
    return [o for o in before if o != option] if option in before else [*before, option]


def _bare(option: Json | None) -> Json:
    return {key: value for key, value in (option or {}).items() if key in ("text", "value", "description")}
