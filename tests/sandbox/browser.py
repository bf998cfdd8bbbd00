"""A browser on the page, as far as the protocol goes: it asks, and keeps what it was shown."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

PATIENCE = 30.0


class Browser:
    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket, self._asked = socket, 0
        self.frames: list[dict[str, Any]] = []
        self.messages: dict[tuple[str, str], dict[str, Any]] = {}
        self.happened: list[dict[str, Any]] = []

    async def hears(self) -> dict[str, Any]:
        said: dict[str, Any] = await self._socket.receive_json(timeout=PATIENCE)
        if "version" in said:
            self._take(said)
        return said

    async def does(self, do: str, **details: Any) -> dict[str, Any]:
        """Ask for something, and see all that came before the answer."""
        self._asked += 1
        await self._socket.send_json({"n": self._asked, "do": do, **details})
        while (said := await self.hears()).get("n") != self._asked:
            pass
        return said

    async def sees(self, version: int) -> None:
        while self.frames[-1]["version"] < version:
            await self.hears()

    def _take(self, frame: dict[str, Any]) -> None:
        if frame["fresh"]:
            self.messages.clear()
            self.happened.clear()
        self.frames.append(frame)
        self.happened += frame["happened"]
        for channel, gone in frame["gone"].items():
            for ts in gone:
                self.messages.pop((channel, ts), None)
        self.messages |= {(m["channel"], m["ts"]): m for ms in frame["messages"].values() for m in ms}

    @property
    def now(self) -> dict[str, Any]:
        return self.frames[-1]

    @property
    def version(self) -> int:
        return int(self.now["version"])

    def channel(self, name: str) -> dict[str, Any]:
        return next(c for c in self.now["channels"] if c["name"] == name)

    def said(self, name: str, thread: str | None = None) -> list[dict[str, Any]]:
        """What stands in a channel, or in a thread of it."""
        id = self.channel(name)["id"]
        there = sorted((m for (channel, _), m in self.messages.items() if channel == id), key=lambda m: m["ts"])
        return [m for m in there if (m["thread_ts"] if m["thread_ts"] != m["ts"] else None) == thread]


@asynccontextmanager
async def browsing(address: str, handle: str) -> AsyncIterator[Browser]:
    """The page opened as somebody, with its first frame."""
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{address}/ws?as={handle}", origin=address, max_msg_size=0) as socket,
    ):
        browser = Browser(socket)
        await browser.hears()
        yield browser
