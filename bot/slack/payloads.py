"""What Slack sends, read: who, where, when, and the key under which a delivery counts once."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from bot.domain.escaping import unescape
from bot.domain.project import Reply

Payload = dict[str, Any]


def once_key(body: Payload) -> str:
    """The key of a delivery, the same however often Slack sends it."""
    match body:
        case {"type": "event_callback", "event_id": id}:
            return f"event:{id}"
        case {"type": "block_actions", "actions": [{"action_id": action, "action_ts": ts}, *_]}:
            return f"click:{user_of(body)}:{body.get('trigger_id', '')}:{action}:{ts}"
        case {"type": "view_submission", "view": {"id": id, **view}}:
            return f"view:{id}:{view.get('hash', '')}"
        case {"trigger_id": trigger}:
            return f"command:{trigger}"
    return f"body:{sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()}"


def kind_of(body: Payload) -> str:
    """In a word, for logs and for the list of what failed."""
    if "command" in body:
        return "command"
    event = body.get("event")
    kind = event.get("type") if isinstance(event, dict) else None
    return str(kind or body.get("type") or "delivery")[:32]


def team_of(body: Payload) -> str:
    team = body.get("team")
    return str(body.get("team_id") or (team.get("id") if isinstance(team, dict) else team) or "")


def user_of(body: Payload) -> str:
    user = body.get("user")
    return str(body.get("user_id") or (user.get("id") if isinstance(user, dict) else user) or "")


def bot_of(body: Payload) -> str | None:
    """The bot's own user id, as each event says for whom it was delivered."""
    for authorization in body.get("authorizations") or ():
        if authorization.get("is_bot"):
            return str(authorization.get("user_id") or "") or None
    return None


def thread_of(body: Payload) -> Payload:
    """Where an answer to a click is seen by who clicked: in the thread, where the message is a reply."""
    message = body.get("message") or body.get("container") or {}
    thread, ts = message.get("thread_ts"), message.get("ts") or message.get("message_ts")
    return {"thread_ts": thread} if thread and thread != ts else {}


def slack_time(ts: str) -> datetime:
    """The moment of a Slack timestamp, aware UTC."""
    return datetime.fromtimestamp(float(ts), UTC)


def reply_of(message: Payload) -> Reply:
    """A message as something a person said; its files count by their names."""
    files = [file.get("title") or file.get("name") or "a file" for file in message.get("files") or ()]
    text = "\n".join(filter(None, [unescape(message.get("text") or "").strip(), *(f"[{name}]" for name in files)]))
    return Reply(message["ts"], message["user"], storable(text), slack_time(message["ts"]))


def storable(text: str) -> str:
    """Without what no database takes: NUL, and halves of characters."""
    return text.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
