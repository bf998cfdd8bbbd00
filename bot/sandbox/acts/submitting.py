"""People fill in, send and close modals."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.acts.acting import Acting
from bot.sandbox.acts.answers import Answer
from bot.sandbox.choosing import as_sent, chosen_value
from bot.sandbox.controls import Place
from bot.sandbox.errors import ApiError, FieldErrors, NoSuchControl, NotFilledIn, RefusedByClient
from bot.sandbox.inputs import Input, Values, check_in_client, state_values
from bot.sandbox.limits.surfaces import check_view
from bot.sandbox.model import User
from bot.sandbox.payloads import common
from bot.sandbox.views import View

Json = dict[str, Any]
Filled = Mapping[str, Any] | Mapping[Place, Any]


class Submitting(Acting):
    async def submits(
        self, who: str, values: Filled | None = None, *, expect_errors: bool = False, unchecked: bool = False
    ) -> Answer:
        """Fill in inputs by label, or by (block id, action id), and submit; inputs not named keep what they show."""
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
            answer.errors_by_block = self._take(user, view, answer.body or {})
            answer.errors = _by_label(view, answer.errors_by_block)
        if answer.errors and not expect_errors:
            raise FieldErrors(answer.errors, answer.errors_by_block)
        return answer

    async def fills(self, who: str, values: Filled) -> None:
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

    def _fill(self, view: View, values: Filled) -> None:
        for label, value in values.items():
            entry = _input(view, label)
            wanted = value if isinstance(label, str) else as_sent(entry.element, value)
            state = entry.state(chosen_value(entry.element, wanted, self.world.workspace))
            view.chosen.setdefault(entry.block_id, {})[entry.action_id] = state

    def _take(self, user: User, view: View, body: Any) -> dict[str, str]:
        """Act on the answer to a submission, and return the errors by block id."""
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
        for block_id in errors.keys() - _labels(view).keys():
            self.world.bot_faults.append(f"an error for {block_id!r}, which is no input block of “{view.title}”")
        if not errors:
            self.world.bot_faults.append(f"response_action errors of “{view.title}” without errors")
        return errors


def _labels(view: View) -> dict[str, str]:
    return {block["block_id"]: block["label"]["text"] for block in view.blocks if block["type"] == "input"}


def _by_label(view: View, errors: dict[str, str]) -> dict[str, str]:
    labels = _labels(view)
    return {labels.get(block_id, block_id): text for block_id, text in errors.items()}


def _input(view: View, label: str | Place) -> Input:
    found = [entry for entry in view.inputs if label in (entry.label, (entry.block_id, entry.action_id))]
    found = found or [entry for entry in view.inputs if label in (entry.action_id, entry.block_id)]
    if len(found) == 1:
        return found[0]
    raise NoSuchControl(f"{len(found)} inputs {label!r} in “{view.title}”; there are {view.labels}")


def _check(view: View) -> None:
    """Raises NotFilledIn with everything that is wrong, as the client marks it."""
    values: Values = state_values(view.blocks, view.chosen)
    errors: dict[str, str] = {}
    for entry in view.inputs:
        state = values[entry.block_id][entry.action_id]
        try:
            check_in_client(entry, next(value for key, value in state.items() if key != "type"))
        except RefusedByClient as refusal:
            errors.setdefault(entry.block_id, str(refusal))
    if errors:
        raise NotFilledIn(errors)
