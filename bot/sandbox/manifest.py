"""What the app's manifest says it may do, and what Slack therefore sends and grants."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.sandbox.limits.manifests import manifest_problems


@dataclass(frozen=True)
class Command:
    name: str
    should_escape: bool
    description: str = ""
    usage_hint: str = ""


@dataclass(frozen=True)
class Shortcut:
    name: str
    callback_id: str
    on_message: bool


@dataclass(frozen=True)
class Manifest:
    display_name: str = "Bot"
    scopes: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    commands: dict[str, Command] = field(default_factory=dict)
    shortcuts: tuple[Shortcut, ...] = ()
    interactive: bool = False
    home_tab: bool = False
    messages_tab: bool = False
    messages_read_only: bool = True

    @property
    def people_can_write(self) -> bool:
        return self.messages_tab and not self.messages_read_only


def read_manifest(path: Path) -> Manifest:
    """Read a manifest, and refuse one that Slack would refuse."""
    document: Any = YAML(typ="safe").load(path)
    problems = manifest_problems(document or {})
    if problems:
        raise ValueError("\n".join(problems))
    return parse_manifest(document or {})


def parse_manifest(document: dict[str, Any]) -> Manifest:
    features = document.get("features", {})
    settings = document.get("settings", {})
    home = features.get("app_home", {})
    scopes = document.get("oauth_config", {}).get("scopes", {})
    return Manifest(
        display_name=_display_name(document),
        scopes=frozenset(scopes.get("bot", ())) | frozenset(scopes.get("bot_optional", ())),
        events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", ())),
        commands={c["command"]: _command(c) for c in _rows(features, "slash_commands")},
        shortcuts=tuple(
            Shortcut(s["name"], s["callback_id"], s.get("type") == "message") for s in _rows(features, "shortcuts")
        ),
        interactive=bool(settings.get("interactivity", {}).get("is_enabled")),
        home_tab=bool(home.get("home_tab_enabled")),
        messages_tab=bool(home.get("messages_tab_enabled")),
        messages_read_only=bool(home.get("messages_tab_read_only_enabled")),
    )


def _command(row: dict[str, Any]) -> Command:
    hints = str(row.get("description") or ""), str(row.get("usage_hint") or "")
    return Command(row["command"], bool(row.get("should_escape")), *hints)


def _rows(features: dict[str, Any], key: str) -> list[dict[str, Any]]:
    return list(features.get(key) or ())


def _display_name(document: dict[str, Any]) -> str:
    named = document.get("features", {}).get("bot_user", {}).get("display_name")
    return str(named or document.get("display_information", {}).get("name") or "Bot")
