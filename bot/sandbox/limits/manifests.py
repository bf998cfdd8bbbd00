"""Limits of the app's manifest."""

from typing import Any

from bot.sandbox.limits.rules import Problems, Rule, items, rows_of, string
from bot.sandbox.scopes import EVENTS

Json = dict[str, Any]
COMMAND = string(2, 32, r"/[a-z0-9_\-]+")
_TEXTS: dict[str, Rule] = {
    "/display_information/name": string(1, 35),
    "/display_information/description": string(0, 140),
    "/display_information/long_description": string(175, 4000),
    "/features/bot_user/display_name": string(1, 80),
}
_LISTS = {
    "/features/slash_commands": 50,
    "/features/shortcuts": 10,
    "/oauth_config/scopes/bot": 255,
    "/settings/event_subscriptions/bot_events": 100,
}
_COMMAND: dict[str, Rule] = {"command": COMMAND, "description": string(1, 2000), "usage_hint": string(0, 1000)}
_SHORTCUT: dict[str, Rule] = {"name": string(1, 24), "description": string(1, 150), "callback_id": string(1, 255)}
OF_EACH_TYPE = 5


def manifest_problems(document: Json) -> list[str]:
    problems = Problems("message")
    for pointer, rule in _TEXTS.items():
        if (value := _at(document, pointer)) is not None:
            rule(value, pointer, problems)
    for pointer, most in _LISTS.items():
        items(lambda *_: None, 0, most)(_at(document, pointer) or [], pointer, problems)
    features = document.get("features")
    _each(rows_of(features, "slash_commands"), _COMMAND, "/features/slash_commands", problems)
    _each(rows_of(features, "shortcuts"), _SHORTCUT, "/features/shortcuts", problems)
    for kind in ("message", "global"):
        if sum(one.get("type") == kind for one in rows_of(features, "shortcuts")) > OF_EACH_TYPE:
            problems.add("/features/shortcuts", f"no more than {OF_EACH_TYPE} {kind} shortcuts")
    _events_need_scopes(document, problems)
    return problems.found


def _each(rows: list[Any], rules: dict[str, Rule], at: str, problems: Problems) -> None:
    for index, row in enumerate(rows):
        for field, rule in rules.items():
            if field in row or field != "usage_hint":
                rule(row.get(field), f"{at}/{index}/{field}", problems)


def _events_need_scopes(document: Json, problems: Problems) -> None:
    scopes = set(_at(document, "/oauth_config/scopes/bot") or ()) | set(
        _at(document, "/oauth_config/scopes/bot_optional") or ()
    )
    for event in _at(document, "/settings/event_subscriptions/bot_events") or ():
        needed = EVENTS.get(event, ())
        if needed and not scopes & set(needed):
            problems.add("/settings/event_subscriptions/bot_events", f"{event} needs the scope {' or '.join(needed)}")


def _at(document: Any, pointer: str) -> Any:
    for key in pointer.strip("/").split("/"):
        document = document.get(key) if isinstance(document, dict) else None
    return document
