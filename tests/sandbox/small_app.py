"""What the tests of the stand-in share: a manifest, some people, a served Bolt app."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from bot.sandbox import StandIn

MANIFEST = """
display_information: {name: Testbot}
features:
  app_home: {home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false}
  bot_user: {display_name: testbot}
  slash_commands:
    - {command: /test, description: Test, should_escape: true}
    - {command: /raw, description: Test, should_escape: false}
  shortcuts:
    - {name: Log decision, type: message, callback_id: log_decision, description: Keep it}
    - {name: Start here, type: global, callback_id: start_here, description: Start}
oauth_config:
  scopes:
    bot: [app_mentions:read, "channels:history", "channels:read", "chat:write", commands, "groups:history",
          "groups:read", "im:history", "im:read", "im:write", "users:read"]
settings:
  interactivity: {is_enabled: true}
  event_subscriptions:
    bot_events: [app_home_opened, app_mention, app_uninstalled, channel_archive, channel_deleted, channel_id_changed,
                 channel_left, channel_rename, channel_shared, channel_unarchive, channel_unshared,
                 group_archive, group_deleted, group_left,
                 group_rename, group_unarchive, member_joined_channel, member_left_channel, message.channels,
                 message.groups, message.im, team_join, tokens_revoked, user_change]
"""
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def people(slack: StandIn) -> None:
    slack.add_user("pm", id="U_PM", name="Ana Pavic", tz="Europe/Zagreb")
    slack.add_user("ml", id="U_ML", name="Max Lund")
    slack.add_channel("churn", id="C_CHURN", members=["pm", "ml"])
    slack.add_channel("general", id="C_GENERAL", members=["pm", "ml"], bot=False)
    slack.add_channel("secret", id="C_SECRET", private=True, members=["pm"], bot=False)
    slack.add_channel("plans", id="C_PLANS", private=True, members=["pm", "ml"])


@asynccontextmanager
async def served(app: AsyncApp, slack: StandIn) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        runner = web.AppRunner(app.web_app(path="/slack/events"), access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        slack.deliver_to(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
        yield


async def refusal(call: Any) -> str:
    """The error code with which a call of the Web API is refused."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict[str, str]:
    return {"type": "mrkdwn", "text": text}


def field(block_id: str, label: str, element: dict, **more) -> dict:
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **more}


def modal(title: str, *blocks: dict, **more) -> dict:
    shown = list(blocks) or [{"type": "section", "text": mrkdwn("hello")}]
    view = {"type": "modal", "callback_id": title.lower(), "title": plain(title), "blocks": shown}
    return view | ({"submit": plain("Send")} if blocks else {}) | more
