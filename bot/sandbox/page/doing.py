"""What the page asks for, as acts of the stand-in's people."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox.acts.answers import Answer
from bot.sandbox.errors import FieldErrors, NotFilledIn, RefusedByClient

from . import finding
from .asked import Asked
from .live import Live
from .passing import TIMES, steps
from .scenes import SCENES

Json = dict[str, Any]
log = logging.getLogger(__name__)


async def do(live: Live, who: str, request: Any) -> Json:
    """Carry out one request and show everybody what came of it; gives the answer for the one who asked."""
    if not isinstance(request, dict):
        return {"n": None, "ok": False, "say": "That is no request."}
    async with live.lock:
        try:
            answer = await _done(live, Asked(who, request))
        finally:
            live.publish()
    return {"n": request.get("n"), **answer}


async def _done(live: Live, asked: Asked) -> Json:
    try:
        act = _ACTS.get(asked.text("do"))
        if act is None:
            raise RefusedByClient(f"the page cannot do “{asked.text('do')[:40]}”")
        answer = await act(live, asked)
        if act not in _QUIET:
            await live.settle()
        return _told(answer)
    except NotFilledIn as refusal:
        return {"ok": False, "say": str(refusal), "errors": refusal.errors}
    except FieldErrors as refusal:
        return {"ok": False, "say": str(refusal), "errors": refusal.by_block}
    except RefusedByClient as refusal:
        return {"ok": False, "say": str(refusal)}
    except TimeoutError:
        return {"ok": False, "say": "Alignbot has not come to rest; what it still does shows up with the next act."}
    except Exception as error:
        log.exception("an act failed")
        return {"ok": False, "say": f"That did not work: {type(error).__name__}. The terminal says more."}


def _told(answer: Answer | None) -> Json:
    if answer is None or answer.ok:
        return {"ok": True}
    return {"ok": False, "say": f"Alignbot did not take that: {answer.reason} ({answer.status})."}


async def _say(live: Live, asked: Asked) -> None:
    text, channel = asked.text("text"), finding.channel(live, asked)
    if not text.strip():
        raise RefusedByClient("there is nothing to send yet")
    thread, aloud = asked.text_or_none("thread_ts"), asked.flag("broadcast")
    said = await live.world.slack.says(asked.who, channel.id, text, thread, broadcast=aloud)
    live.notes.marks_read(said.user, channel, said.ts)


async def _edit(live: Live, asked: Asked) -> None:
    text = asked.text("text")
    if not text.strip():
        raise RefusedByClient("an empty message has to be deleted instead")
    await live.world.slack.edits(asked.who, finding.message(live, asked), text)


async def _delete(live: Live, asked: Asked) -> None:
    """One's own message; what only I see is put away instead."""
    message = finding.message(live, asked)
    if message.ephemeral_to:
        live.notes.dismissed.add((message.ephemeral_to, message.ts))
    else:
        await live.world.slack.deletes(asked.who, message)


async def _react(live: Live, asked: Asked) -> None:
    message, name = finding.message(live, asked), asked.text("name").strip(":")
    if message.ephemeral_to or not 0 < len(name) <= 100:
        raise RefusedByClient("that cannot be put under this message")
    live.notes.reacts(live.person(asked.who).id, (message.channel, message.ts), name)


async def _command(live: Live, asked: Asked) -> Answer:
    command, _, text = asked.text("text").strip().partition(" ")
    return await live.world.slack.commands(asked.who, finding.channel(live, asked).id, command, text)


async def _click(live: Live, asked: Asked) -> Answer:
    where = asked.part("where")
    place = finding.view(live, where) if where.text_or_none("view") else finding.message(live, where)
    return await live.world.slack.clicks(asked.who, place, asked.place(), asked.value())


async def _fill(live: Live, asked: Asked) -> None:
    view, (block_id, action_id) = finding.top(live, asked), asked.place()
    await live.world.slack.fills(asked.who, {(block_id, action_id): asked.value()})
    live.notes.errors.get(view.id, {}).pop(block_id, None)


async def _submit(live: Live, asked: Asked) -> Answer:
    view = finding.top(live, asked)
    live.notes.errors.pop(view.id, None)
    try:
        return await live.world.slack.submits(asked.who, asked.values())
    except NotFilledIn as refusal:
        live.notes.errors[view.id] = dict(refusal.errors)
        raise
    except FieldErrors as refusal:
        live.notes.errors[view.id] = dict(refusal.by_block)
        raise


async def _close(live: Live, asked: Asked) -> Answer | None:
    finding.top(live, asked)
    return await live.world.slack.closes(asked.who, everything=asked.flag("all"))


async def _shortcut(live: Live, asked: Asked) -> Answer:
    return await live.world.slack.shortcut(asked.who, finding.message(live, asked), asked.text("callback_id"))


async def _home(live: Live, asked: Asked) -> None:
    await live.world.slack.opens_home(asked.who)


async def _join(live: Live, asked: Asked) -> None:
    channel = live.world.slack.world.workspace.channels.get(asked.text("channel"))
    if channel is None or (channel.kind != "public" and not channel.has(live.person(asked.who).id)):
        raise RefusedByClient("there is no such channel to join")
    await live.world.slack.joins(asked.who, channel.id)
    live.notes.marks_read(live.person(asked.who).id, channel, max(channel.messages, default=""))


async def _read(live: Live, asked: Asked) -> None:
    live.notes.marks_read(live.person(asked.who).id, finding.channel(live, asked), asked.text("ts"))


async def _clock(live: Live, asked: Asked) -> None:
    """Live through the time until then, and let everybody watch."""
    now, zone = live.world.clock(), ZoneInfo(live.person(asked.who).tz)
    until = TIMES.get(asked.text("to"))
    if until is None:
        raise RefusedByClient(f"the clock goes on by {', '.join(TIMES)}")
    live.publish(busy=True)
    for moment in steps(now, until(now.astimezone(zone))):
        await live.world.move_to(moment)
        live.publish(busy=True)


async def _scene(live: Live, asked: Asked) -> None:
    name = asked.text("name")
    if name not in SCENES:
        raise RefusedByClient(f"the scenes are {', '.join(SCENES)}")
    live.publish(busy=True)
    await live.begins(name)


Act = Callable[[Live, Asked], Awaitable[Answer | None]]

_ACTS: dict[str, Act] = {
    "say": _say,
    "edit": _edit,
    "delete": _delete,
    "react": _react,
    "command": _command,
    "click": _click,
    "fill": _fill,
    "submit": _submit,
    "close": _close,
    "shortcut": _shortcut,
    "home": _home,
    "join": _join,
    "read": _read,
    "clock": _clock,
    "scene": _scene,
}
_QUIET: tuple[Act, ...] = (_react, _fill, _read)
"""Only the page hears of these."""
