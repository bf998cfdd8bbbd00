"""Every method of the Web API that the stand-in knows."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.model import TEAM
from bot.sandbox.payloads import BOT
from bot.sandbox.web import chat, conversations, modals
from bot.sandbox.web.arguments import Arguments
from bot.sandbox.world import World

Json = dict[str, Any]
Method = Callable[[World, Arguments], Json]


def auth_test(world: World, args: Arguments) -> Json:
    bot = world.workspace.bot
    return {
        "url": "https://acme.slack.com/",
        "team": "Acme",
        "user": bot.handle,
        "team_id": TEAM,
        "user_id": bot.id,
        "bot_id": BOT,
        "is_enterprise_install": False,
    }


def open_connection(world: World, args: Arguments) -> Json:
    url = world.base_url.replace("http://", "ws://")
    return {"url": f"{url}/link/?ticket={world.post.sockets.ticket()}&app_id=A0ALIGN"}


METHODS: dict[str, Method] = {
    "apps.connections.open": open_connection,
    "auth.test": auth_test,
    "chat.delete": chat.delete,
    "chat.getPermalink": chat.permalink,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.postMessage": chat.post_message,
    "chat.update": chat.update,
    "conversations.history": conversations.history,
    "conversations.info": conversations.info,
    "conversations.members": conversations.members,
    "conversations.open": conversations.open_conversation,
    "conversations.replies": conversations.replies,
    "users.conversations": conversations.users_conversations,
    "users.info": conversations.user_info,
    "views.open": modals.open_view,
    "views.publish": modals.publish_view,
    "views.push": modals.push_view,
    "views.update": modals.update_view,
}
