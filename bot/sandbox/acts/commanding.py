"""People type slash commands and use shortcuts."""

from typing import Any

from bot.sandbox.acts.acting import Acting
from bot.sandbox.acts.answers import Answer, take_acknowledgement
from bot.sandbox.errors import NoSuchControl, RefusedByClient
from bot.sandbox.manifest import Shortcut
from bot.sandbox.model import TEAM, Channel, Message, User
from bot.sandbox.payloads import APP, channel_brief, common, message_json
from bot.sandbox.text import typed

Json = dict[str, Any]


class Commanding(Acting):
    async def commands(self, who: str, where: str, command: str, text: str = "") -> Answer:
        """Type a slash command in a channel; there are none in threads."""
        user = self._person(who)
        channel = self._place(user, where)
        known = self.world.manifest.commands.get(command)
        if known is None:
            raise RefusedByClient(
                f"{command} is not a valid command; the app has {sorted(self.world.manifest.commands)}"
            )
        self._needs_commands_scope()
        if channel.archived:
            raise RefusedByClient(f"#{channel.name} is archived")
        written = typed(text.strip(), self.world.workspace) if known.should_escape else text.strip()
        trigger, url = self.world.triggers.issue(user.id), self.world.response_urls.issue(user.id, channel)
        form = _form(user, channel, command, written) | {
            "trigger_id": trigger.id,
            "response_url": self._response_url(url),
        }
        answer = await self._hand_over("slash_commands", form, user, trigger, url)
        if answer.ok:
            take_acknowledgement(self.world, url, answer.body)
        return answer

    async def shortcut(self, who: str, message: Message | None, name: str) -> Answer:
        """Choose a shortcut by name or callback id: of a message, or without one a global shortcut."""
        user = self._person(who)
        self._needs_commands_scope()
        found = self._shortcut(name, on_message=message is not None)
        trigger = self.world.triggers.issue(user.id)
        payload: Json = common(user) | {"trigger_id": trigger.id, "callback_id": found.callback_id}
        payload["action_ts"] = self.world.workspace.next_ts()
        if message is None:
            return await self._hand_over("interactive", payload | {"type": "shortcut"}, user, trigger, None)
        now = self._current(message)
        if now.ephemeral_to:
            raise RefusedByClient("ephemeral messages have no shortcuts")
        channel = self._place(user, now.channel)
        url = self.world.response_urls.issue(user.id, channel, now)
        payload |= {"type": "message_action", "channel": channel_brief(channel), "message_ts": now.ts}
        payload |= {"message": message_json(now, self.world.workspace), "response_url": self._response_url(url)}
        return await self._hand_over("interactive", payload, user, trigger, url)

    def _needs_commands_scope(self) -> None:
        if "commands" not in self.world.scopes:
            raise RefusedByClient("the app was not granted the scope `commands`")

    def _shortcut(self, name: str, *, on_message: bool) -> Shortcut:
        offered = [s for s in self.world.manifest.shortcuts if s.on_message == on_message]
        for shortcut in offered:
            if name in (shortcut.name, shortcut.callback_id):
                return shortcut
        raise NoSuchControl(f"there is no shortcut {name!r}; there are {[s.name for s in offered]}")


def _form(user: User, channel: Channel, command: str, text: str) -> Json:
    return {
        "token": "verification",
        "team_id": TEAM,
        "team_domain": "acme",
        "channel_id": channel.id,
        "channel_name": channel_brief(channel)["name"],
        "user_id": user.id,
        "user_name": user.handle,
        "command": command,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
    }
