"""Marks of the pulse."""

from bot.services import pulses
from bot.slack import controls
from bot.slack.payloads import Payload
from bot.slack.views import pulse as view
from bot.slack.views import status as panels
from bot.slack.views.blocks import post

from .click import Click, once


async def mark(one: Click) -> Payload | None:
    """Keep a mark. Where only the one who clicked sees the statements, they are drawn anew."""
    value = controls.PULSE_MARKS[one.control.action]
    key, statement = one.control.subject, one.control.extra
    async with once(one) as uow:
        project = await pulses.mark(uow, one.alignbot.bank, one.project, key, statement, value, by=one.user)
        left = pulses.waiting(project, one.alignbot.bank, one.user, uow.now)
    if not (one.body.get("container") or {}).get("is_ephemeral"):
        return None
    if left is None:
        said = panels.sentence("Thank you! The result comes when all have answered, or when the round closes.")
    else:
        said = post([view.to_mark_text(left)], view.to_mark(left))
    return {**said, "replace_original": True}
