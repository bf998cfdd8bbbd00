"""People click: in messages, in modals and on the Home tab."""

from typing import Any

from bot.sandbox.acts.acting import Acting
from bot.sandbox.acts.answers import Answer
from bot.sandbox.acts.picking import action_of, pick
from bot.sandbox.controls import Place
from bot.sandbox.errors import RefusedByClient
from bot.sandbox.inputs import state_values
from bot.sandbox.model import Message, User
from bot.sandbox.payloads import APP, channel_brief, common, message_json
from bot.sandbox.views import View

Json = dict[str, Any]


class Clicking(Acting):
    async def clicks(
        self,
        who: str,
        where: Message | View | None,
        label: str | Place,
        value: Any = None,
        *,
        nth: int | None = None,
        stale: bool = False,
    ) -> Answer:
        """Use a control by its label or action id, or by (block id, action id) with a value in the client's form.

        `stale` clicks in the message as the test holds it.
        """
        user = self._person(who)
        if not self.world.manifest.interactive:
            raise RefusedByClient("interactivity is off in the manifest")
        if isinstance(where, Message):
            return await self._clicks_message(user, where if stale else self._current(where), label, value, nth)
        view = where or self.world.views.top(user.id)
        if view is None:
            raise RefusedByClient(f"{user.handle} has no view open")
        if not stale and view not in (self.world.views.top(user.id), self.world.views.homes.get(user.id)):
            raise RefusedByClient(f"“{view.title}” is not on {user.handle}'s screen")
        return await self._clicks_view(user, view, label, value, nth)

    async def _clicks_message(
        self, user: User, message: Message, label: str | Place, value: Any, nth: int | None
    ) -> Answer:
        channel = self._place(user, message.channel)
        if message.ephemeral_to not in (None, user.id) or message.deleted:
            raise RefusedByClient(f"{user.handle} does not see that message")
        picked = pick(message.blocks if message.by_bot else [], label, value, nth)
        chosen = self.world.chosen[user.id, message.channel, message.ts]
        action = action_of(picked, value, chosen, self.world.workspace)
        if not picked.sends:
            return Answer(self.world, user.id, 200, reason="nothing is sent for an input")
        trigger, url = self.world.triggers.issue(user.id), self.world.response_urls.issue(user.id, channel, message)
        payload: Json = {"type": "block_actions", **common(user), "trigger_id": trigger.id, "actions": [action]}
        payload |= {"container": _container(message), "channel": channel_brief(channel)}
        payload |= {"state": {"values": state_values(message.blocks, chosen)}, "response_url": self._response_url(url)}
        if not message.ephemeral_to:
            payload["message"] = message_json(message, self.world.workspace)
        return self._unanswered(await self._hand_over("interactive", payload, user, trigger, url))

    async def _clicks_view(self, user: User, view: View, label: str | Place, value: Any, nth: int | None) -> Answer:
        if view.user != user.id:
            raise RefusedByClient(f"{user.handle} does not see that view")
        picked = pick(view.blocks, label, value, nth)
        action = action_of(picked, value, view.chosen, self.world.workspace)
        if not picked.sends:
            return Answer(self.world, user.id, 200, reason="nothing is sent for an input")
        trigger = self.world.triggers.issue(user.id, None if view.is_home else view.id)
        payload: Json = {"type": "block_actions", **common(user), "trigger_id": trigger.id, "actions": [action]}
        payload |= {"container": {"type": "view", "view_id": view.id}, "view": view.as_json()}
        return self._unanswered(await self._hand_over("interactive", payload, user, trigger, None))

    def _unanswered(self, answer: Answer) -> Answer:
        if answer.ok and answer.body:
            self.world.bot_faults.append(f"an acknowledged click has no body, but this one had {answer.body!r}")
        return answer


def _container(message: Message) -> Json:
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": message.ephemeral_to is not None,
        "app_id": APP,
    }
    return container | ({"thread_ts": message.thread_ts} if message.is_reply else {})
