"""People fill in, send and close modals."""

from typing import Any

from bot.sandbox.acts.acting import Acting
from bot.sandbox.acts.answers import Answer
from bot.sandbox.choosing import chosen_value
from bot.sandbox.errors import ApiError, FieldErrors, NoSuchControl, RefusedByClient
from bot.sandbox.inputs import Input, Values, check_in_client, state_values
from bot.sandbox.limits.surfaces import check_view
from bot.sandbox.model import User
from bot.sandbox.payloads import common
from bot.sandbox.views import View

Json = dict[str, Any]


class Submitting(Acting):
    async def submits(
        self, who: str, values: dict[str, Any] | None = None, *, expect_errors: bool = False, unchecked: bool = False
    ) -> Answer:
        """Fill in inputs by label and submit; inputs not named keep what they show."""
        user = self._person(who)
        view = self._top(user)
        if not view.content.get("submit"):
            raise RefusedByClient(f"“{view.title}” has no submit button")
        self._fill(view, values or {})
        if not unchecked:
            _check(view)
        trigger = self.world.triggers.issue(user.id, view.id)
        payload = {
            "type": "view_submission",
            **common(user),
            "trigger_id": trigger.id,
            "view": view.as_json(),
            "response_urls": [],
        }
        answer = await self._hand_over("interactive", payload, user, trigger, None)
        if answer.ok:
            answer.errors = self._take(user, view, answer.body or {})
        if answer.errors and not expect_errors:
            raise FieldErrors(answer.errors)
        return answer

    async def fills(self, who: str, values: dict[str, Any]) -> None:
        """Type into the open modal without submitting it."""
        self._fill(self._top(self._person(who)), values)

    async def closes(self, who: str, *, everything: bool = False) -> Answer | None:
        """Cancel the top view, or leave the whole stack by its ×."""
        user = self._person(who)
        view = self._top(user)
        cleared = everything or bool(view.content.get("clear_on_close"))
        views = self.world.views.stack(user.id)[::-1] if cleared else [view]
        answer = None
        for closed in views:
            self.world.views.stack(user.id).remove(closed)
            if closed.content.get("notify_on_close"):
                payload = {"type": "view_closed", **common(user), "view": closed.as_json(), "is_cleared": cleared}
                answer = await self._hand_over("interactive", payload, user, None, None)
        return answer

    def _top(self, user: User) -> View:
        view = self.world.views.top(user.id)
        if view is None:
            raise RefusedByClient(f"{user.handle} has no modal open")
        return view

    def _fill(self, view: View, values: dict[str, Any]) -> None:
        for label, value in values.items():
            entry = _input(view, label)
            state = entry.state(chosen_value(entry.element, value, self.world.workspace))
            view.chosen.setdefault(entry.block_id, {})[entry.action_id] = state

    def _take(self, user: User, view: View, body: Any) -> dict[str, str]:
        """Act on the answer to a submission, and return the errors by label."""
        action = body.get("response_action") if isinstance(body, dict) else "a text"
        if action == "errors":
            return self._errors(view, body.get("errors") or {})
        if action in ("update", "push"):
            self._show(user, view, action, body.get("view"))
        elif action == "clear":
            self.world.views.clear(user.id)
        elif action is not None:
            self.world.bot_faults.append(f"unknown answer to a submission: {body!r}")
        elif view in self.world.views.stack(user.id):
            self.world.views.stack(user.id).remove(view)
        return {}

    def _show(self, user: User, view: View, action: str, content: Any) -> None:
        try:
            check_view(content, "modal")
            if action == "push":
                self.world.views.push(user.id, content)
            else:
                self.world.views.update(view, content)
        except ApiError as refusal:
            self.world.bot_faults.append(f"{action} in answer to a submission: {refusal.code} {refusal.details}")

    def _errors(self, view: View, errors: dict[str, str]) -> dict[str, str]:
        labels = {block["block_id"]: block["label"]["text"] for block in view.blocks if block["type"] == "input"}
        for block_id in errors.keys() - labels.keys():
            self.world.bot_faults.append(f"an error for {block_id!r}, which is no input block of “{view.title}”")
        if not errors:
            self.world.bot_faults.append(f"response_action errors of “{view.title}” without errors")
        return {labels.get(block_id, block_id): text for block_id, text in errors.items()}


def _input(view: View, label: str) -> Input:
    found = [entry for entry in view.inputs if label == entry.label]
    found = found or [entry for entry in view.inputs if label in (entry.action_id, entry.block_id)]
    if len(found) == 1:
        return found[0]
    raise NoSuchControl(f"{len(found)} inputs {label!r} in “{view.title}”; there are {view.labels}")


def _check(view: View) -> None:
    values: Values = state_values(view.blocks, view.chosen)
    for entry in view.inputs:
        state = values[entry.block_id][entry.action_id]
        check_in_client(entry, next(value for key, value in state.items() if key != "type"))
