"""One browser that looks on: it gets what has changed since its last frame, and never an older state after a newer."""

import asyncio
from collections import deque
from typing import Any

from .happened import Happening
from .messages import Key, Look, written
from .state import Sight

Json = dict[str, Any]


class Reader:
    """Frames wait one deep: who reads slowly gets only the newest, compared with what was really sent."""

    def __init__(self, handle: str) -> None:
        self.handle = handle
        self._waiting: Sight | None = None
        self._answers: deque[Json] = deque()
        self._something = asyncio.Event()
        self._head: Json = {}
        self._looks: dict[Key, Look] = {}
        self._era, self._happened = 0, 0

    def show(self, sight: Sight) -> None:
        self._waiting = sight
        self._something.set()

    def answer(self, answer: Json) -> None:
        """Goes out after the frame that shows what was done."""
        self._answers.append(answer)
        self._something.set()

    async def next(self) -> list[Json]:
        """Wait for something to send: a frame, answers, or both in this order."""
        while True:
            await self._something.wait()
            self._something.clear()
            sight, self._waiting = self._waiting, None
            answers = list(self._answers)
            self._answers.clear()
            frame = self._frame(sight) if sight else None
            if frame or answers:
                return [*([frame] if frame else []), *answers]

    def _frame(self, sight: Sight) -> Json | None:
        """What is different from the last frame; None if nothing is."""
        fresh = sight.era != self._era
        known = {} if fresh else self._looks
        changed = [look for key, look in sight.messages.items() if known.get(key) != look]
        gone = self._looks.keys() - sight.messages.keys()
        new = [one for one in sight.happened if fresh or one.number > self._happened]
        if not (fresh or changed or gone or new) and sight.head == self._head:
            return None
        self._head, self._looks, self._era = sight.head, sight.messages, sight.era
        self._happened = sight.happened[-1].number if sight.happened else 0
        return _put_together(sight, fresh, changed, gone, new)


def _put_together(sight: Sight, fresh: bool, changed: list[Look], gone: set[Key], new: list[Happening]) -> Json:
    frame: Json = {"version": sight.version, "fresh": fresh, **sight.head, "messages": {}, "gone": {}}
    for look in sorted(changed, key=lambda look: look.message.ts):
        frame["messages"].setdefault(look.message.channel, []).append(written(look, sight.me))
    for channel, ts in sorted(gone):
        frame["gone"].setdefault(channel, []).append(ts)
    frame["happened"] = [one.what for one in new]
    return frame
