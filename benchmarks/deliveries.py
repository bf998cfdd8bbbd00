"""What Slack sends, as bytes that are ready for the wire: made and signed before the time that is measured."""

import hashlib
import hmac
import itertools
import json
import time
from typing import Any
from urllib.parse import urlencode

from bot.slack.controls import PICK, Control

from .seeding import Seeded
from .workspace import SECRET, TEAM

ANSWER = "Dispatchers hold a courier back when the order will be ready late."
CHOICE, CHOSEN = "pm.measure_how", "experiment"
_numbers = itertools.count(1)

Payload = dict[str, Any]


def reply(to: Seeded, text: str = ANSWER) -> Payload:
    """A typed answer to the open question."""
    return said(to.channel, to.user, text, thread_ts=to.thread)


def said(channel: str, user: str, text: str, **more: str) -> Payload:
    """Any message in a channel."""
    number = next(_numbers)
    ts = f"{int(time.time())}.{number % 1_000_000:06}"
    message = {"type": "message", "channel": channel, "user": user, "text": text, "ts": ts, "event_ts": ts, **more}
    return {
        "type": "event_callback",
        "team_id": TEAM,
        "api_app_id": "A1",
        "event_id": f"Ev{number}",
        "event_time": int(time.time()),
        "authorizations": [{"team_id": TEAM, "user_id": "UBOT", "is_bot": True}],
        "event": {**message, "channel_type": "channel", "team": TEAM, "client_msg_id": f"m{number}"},
    }


def click(on: Seeded, question: str = CHOICE, option: str = CHOSEN) -> Payload:
    """An option picked on the message of a choice."""
    number = next(_numbers)
    action = {
        "type": "radio_buttons",
        "action_id": PICK,
        "block_id": Control(PICK, on.project, question).block_id,
        "selected_option": {"value": option, "text": {"type": "plain_text", "text": option}},
        "action_ts": f"{time.time():.6f}",
    }
    return {
        "type": "block_actions",
        "team": {"id": TEAM},
        "user": {"id": on.user, "team_id": TEAM},
        "api_app_id": "A1",
        "channel": {"id": on.channel},
        "message": {"ts": on.asked_at, "thread_ts": on.thread},
        "container": {"type": "message", "channel_id": on.channel, "message_ts": on.asked_at},
        "trigger_id": f"1.{number}",
        "actions": [action],
    }


def command(text: str, channel: str, user: str) -> Payload:
    number = next(_numbers)
    who = {"team_id": TEAM, "channel_id": channel, "channel_name": "general", "user_id": user, "api_app_id": "A1"}
    return {"command": "/align", "text": text, "trigger_id": f"1.{number}", **who}


def request(payload: Payload) -> bytes:
    """The signed HTTP request that delivers a payload."""
    is_event = payload.get("type") == "event_callback"
    form = payload if "command" in payload else {"payload": json.dumps(payload)}
    body = json.dumps(payload) if is_event else urlencode(form)
    kind = "application/json" if is_event else "application/x-www-form-urlencoded"
    at = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), f"v0:{at}:{body}".encode(), hashlib.sha256).hexdigest()
    head = (
        "POST /slack/events HTTP/1.1\r\nHost: bench\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {len(body.encode())}\r\n"
        f"X-Slack-Request-Timestamp: {at}\r\nX-Slack-Signature: v0={digest}\r\n\r\n"
    )
    return head.encode() + body.encode()
