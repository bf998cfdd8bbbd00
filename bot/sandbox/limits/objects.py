"""Limits of composition objects: texts, options, confirmation dialogs."""

from typing import Any

from bot.sandbox.limits.rules import (
    Problems,
    Rule,
    anything,
    boolean,
    every,
    items,
    of_type,
    one_of,
    record,
    rows_of,
    string,
)

ACTION_ID = string(1, 255)
BLOCK_ID = string(1, 255)
URL = string(1, 3000, r"\S+:\S+")
LONGEST_TEXT = 3000


def text(high: int = LONGEST_TEXT, *kinds: str, low: int = 1) -> Rule:
    written = {"text": string(low, high)}
    table = {
        "plain_text": record(written, {"emoji": boolean}),
        "mrkdwn": record(written, {"verbatim": boolean}),
    }
    return of_type(table, kinds or tuple(table), "text type")


def plain(high: int) -> Rule:
    return text(high, "plain_text")


CONFIRM = record(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
PLACEHOLDER = plain(150)
DISPATCH = record({"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 1, 2)})
FILTER = record(
    {},
    {
        "include": items(one_of("im", "mpim", "private", "public"), 1, 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)


def option(*text_kinds: str, url: bool = False) -> Rule:
    optional: dict[str, Rule] = {"description": text(75, *text_kinds)}
    if url:
        optional["url"] = URL
    return record({"text": text(75, *text_kinds), "value": string(1, 150)}, optional)


PLAIN_OPTION = option("plain_text")
RICH_OPTION = option("plain_text", "mrkdwn")
OVERFLOW_OPTION = option("plain_text", url=True)
OPTION_GROUP = record({"label": plain(75), "options": items(PLAIN_OPTION, 1, 100)})


def starts_with_an_option(*initial: str) -> Rule:
    """What is chosen at the start must be one of the options."""

    def check(value: Any, at: str, problems: Problems) -> None:
        offered = rows_of(value, "options")
        offered = offered + [one for group in rows_of(value, "option_groups") for one in rows_of(group, "options")]
        for key in initial:
            chosen = value.get(key, [])
            for one in chosen if isinstance(chosen, list) else [chosen]:
                if one not in offered:
                    problems.add(f"{at}/{key}", "must be one of the options")

    return check


def options_or_groups(value: Any, at: str, problems: Problems) -> None:
    if ("options" in value) == ("option_groups" in value):
        problems.add(at, "exactly one of options and option_groups is needed")


SELECT_OPTIONS: dict[str, Rule] = {
    "options": items(PLAIN_OPTION, 1, 100),
    "option_groups": items(OPTION_GROUP, 1, 100),
}
SLACK_FILE = record({}, {"id": anything, "url": anything})
IMAGE_SOURCE: dict[str, Rule] = {"image_url": URL, "slack_file": SLACK_FILE}


def one_source(value: Any, at: str, problems: Problems) -> None:
    if ("image_url" in value) == ("slack_file" in value):
        problems.add(at, "exactly one of image_url and slack_file is needed")


IMAGE_ELEMENT = every(record({"alt_text": string(1, 2000)}, IMAGE_SOURCE), one_source)
