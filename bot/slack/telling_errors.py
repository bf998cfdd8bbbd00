"""How a sentence reaches the person who just did something: where they look, and only they."""

import json
from typing import Any

import structlog
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from .payloads import Payload
from .views.status import sentence

log = structlog.get_logger(__name__)


async def tell(text: str, body: Payload, client: AsyncWebClient) -> BoltResponse:
    """Answer a command or a form with a sentence; after a click, say it by its response_url; an event needs none."""
    if "command" in body:
        return _json({"response_type": "ephemeral", **sentence(text)})
    if body.get("type") == "view_submission":
        return _json({"response_action": "update", "view": sentence_modal(text)})
    try:
        await _say_beside(text, body, client)
    except Exception as error:  # Slack is away, or the trigger too old: there is no further way to this person
        log.warning("a sentence did not reach the person", error=type(error).__name__)
    return BoltResponse(status=200)


async def _say_beside(text: str, body: Payload, client: AsyncWebClient) -> None:
    if body.get("response_url"):
        await _respond(body["response_url"], text, body, client)
    elif body.get("trigger_id"):
        await client.views_open(trigger_id=body["trigger_id"], view=sentence_modal(text))


async def _respond(url: str, text: str, body: Payload, client: AsyncWebClient) -> None:
    thread = (body.get("message") or {}).get("thread_ts")
    said: dict[str, Any] = {"response_type": "ephemeral", "replace_original": False, **sentence(text)}
    webhook = AsyncWebhookClient(url, session=client.session, timeout=5, retry_handlers=[])
    answer = await webhook.send_dict({**said, "thread_ts": thread} if thread else said)
    if answer.status_code != 200:
        log.warning("a sentence did not reach the person", status=answer.status_code)


def sentence_modal(text: str) -> dict[str, Any]:
    """A view that only says something."""
    title, close = ({"type": "plain_text", "text": words} for words in ("Alignbot", "OK"))
    return {"type": "modal", "callback_id": "said", "title": title, "close": close, "blocks": sentence(text)["blocks"]}


def _json(answer: dict[str, Any]) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(answer), headers={"content-type": "application/json;charset=utf-8"})
