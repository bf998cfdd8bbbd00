"""What Slack sends, read: who, where, when, and the key under which a delivery counts once."""

from datetime import UTC, datetime
from typing import Any

from bot.domain.escaping import unescape
from bot.domain.project import Reply

Payload = dict[str, Any]


def once_key(body: Payload) -> str:
    """The key of a delivery, the same however often Slack sends it."""
    match body.get("type"):
        case "event_callback":
            return f"event:{body['event_id']}"
        case "block_actions":
            action = body["actions"][0]
            return f"click:{user_of(body)}:{body.get('trigger_id', '')}:{action['action_id']}:{action['action_ts']}"
        case "view_submission":
            return f"view:{body['view']['id']}:{body['view'].get('hash', '')}"
    return f"command:{body.get('trigger_id', '')}"


def kind_of(body: Payload) -> str:
    """In a word, for logs and for the list of what failed."""
    if "command" in body:
        return "command"
    return str(body.get("event", {}).get("type") or body.get("type") or "delivery")


def team_of(body: Payload) -> str:
    team = body.get("team")
    return str(body.get("team_id") or (team.get("id") if isinstance(team, dict) else team) or "")


def user_of(body: Payload) -> str:
    user = body.get("user")
    return str(body.get("user_id") or (user.get("id") if isinstance(user, dict) else user) or "")


def slack_time(ts: str) -> datetime:
    """The moment of a Slack timestamp, aware UTC."""
    return datetime.fromtimestamp(float(ts), UTC)


def reply_of(message: Payload) -> Reply:
    """A message as something a person said; its files count by their names."""
    files = [file.get("title") or file.get("name") or "a file" for file in message.get("files") or ()]
    text = "\n".join(filter(None, [unescape(message.get("text") or "").strip(), *(f"[{name}]" for name in files)]))
    return Reply(message["ts"], message["user"], text.replace("\0", ""), slack_time(message["ts"]))
