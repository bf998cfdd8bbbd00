import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from ruamel.yaml import YAML

from bot.slack import events as happenings

ROOT = Path(__file__).parent.parent
DATA = ROOT / "tests" / "data"

MANIFEST: dict[str, Any] = YAML(typ="safe").load(ROOT / "manifest.yml")
GRANTED = set(MANIFEST["oauth_config"]["scopes"]["bot"])
EVENTS = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
NEEDED = json.loads((DATA / "slack_scopes.json").read_text())
DOCUMENT = (ROOT / "docs" / "slack-app.md").read_text()


def explained_under(title: str) -> dict[str, str]:
    section = DOCUMENT.split(f"\n## {title}\n")[1].split("\n## ")[0]
    return dict(re.findall(r"^\| `([^`]+)` \| (.+?) \|$", section, re.MULTILINE))


def test_the_manifest_is_valid_by_slacks_schema():
    schema = json.loads((DATA / "manifest.schema.2.0.0.json").read_text())

    assert [error.message for error in Draft7Validator(schema).iter_errors(MANIFEST)] == []


def test_the_schema_notices_a_misspelt_key():
    schema = json.loads((DATA / "manifest.schema.2.0.0.json").read_text())

    assert not Draft7Validator(schema).is_valid(MANIFEST | {"setings": {}})


@pytest.mark.parametrize("event", EVENTS)
def test_the_scope_of_each_event_is_granted(event):
    enough = NEEDED["events"][event]

    assert not enough or GRANTED & set(enough)


@pytest.mark.parametrize("method", NEEDED["methods"])
def test_the_scope_of_each_method_is_granted(method):
    enough = NEEDED["methods"][method]

    assert not enough or GRANTED & set(enough)


def test_each_granted_scope_is_explained_and_no_other():
    assert set(explained_under("Scopes")) == GRANTED


def test_each_event_is_explained_and_no_other():
    assert list(explained_under("Events")) == EVENTS


def test_the_command_hands_over_ids_instead_of_names():
    assert [(one["command"], one["should_escape"]) for one in MANIFEST["features"]["slash_commands"]] == [
        ("/align", True)
    ]


def test_the_app_asks_for_nothing_on_behalf_of_a_person():
    assert set(MANIFEST["oauth_config"]["scopes"]) == {"bot"}
    assert "user_events" not in MANIFEST["settings"]["event_subscriptions"]


def test_the_bot_listens_to_each_event_and_no_other():
    heard = {"message" if event.startswith("message.") else event for event in EVENTS}

    assert {"message", "app_home_opened", *happenings.EVENTS} == heard
