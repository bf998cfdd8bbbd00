"""The stand-in for Slack: a local server for the app, and an API by which a test plays the people."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.sandbox.acts.clicking import Clicking
from bot.sandbox.acts.commanding import Commanding
from bot.sandbox.acts.gathering import Gathering
from bot.sandbox.acts.living import Living
from bot.sandbox.acts.looking import Looking
from bot.sandbox.acts.submitting import Submitting
from bot.sandbox.acts.talking import Talking
from bot.sandbox.clock import Clock, SimulatedClock
from bot.sandbox.faults import Faults
from bot.sandbox.manifest import read_manifest
from bot.sandbox.model import Channel, User
from bot.sandbox.web.server import Server
from bot.sandbox.world import World

RETRY_AFTER = (0, 60, 300)
LOOK_EVERY = 0.05


class StandIn(Talking, Commanding, Clicking, Submitting, Gathering, Living, Looking):
    def __init__(
        self,
        clock: Clock,
        manifest: Path,
        signing_secret: str = "signing-secret",
        bot_token: str = "xoxb-test",
        app_token: str = "xapp-test",
        *,
        pace: bool = True,
        answer_within: float = 3.0,
        retry_after: Sequence[float] = RETRY_AFTER,
        retry_in_background: bool | None = None,
    ) -> None:
        self.world = World(clock, read_manifest(manifest), signing_secret, answer_within, retry_after)
        self.world.pace.enabled = pace
        self._server = Server(self.world, bot_token, app_token)
        simulated = isinstance(clock, SimulatedClock)
        self._in_background = not simulated if retry_in_background is None else retry_in_background
        self._retrying: asyncio.Task[None] | None = None

    async def start(self, port: int = 0) -> None:
        self.world.base_url = await self._server.start(port)
        if self._in_background:
            self._retrying = asyncio.ensure_future(self._keep_retrying())

    async def stop(self) -> None:
        if self._retrying:
            self._retrying.cancel()
            with suppress(asyncio.CancelledError):
                await self._retrying
        await self.world.post.close()
        await self.world.post.sockets.drop()
        await self._server.stop()

    async def __aenter__(self) -> "StandIn":
        await self.start()
        return self

    async def __aexit__(self, *_: Any) -> None:
        await self.stop()

    @property
    def api_url(self) -> str:
        return f"{self.world.base_url}/api/"

    @property
    def faults(self) -> Faults:
        return self.world.faults

    @property
    def scopes(self) -> set[str]:
        """The granted scopes; take one out to play an installer who refused it."""
        return self.world.scopes

    @property
    def refuse_charts(self) -> bool:
        """Whether the workspace refuses messages with a native chart, as one does that has none yet."""
        return self.world.refuse_charts

    @refuse_charts.setter
    def refuse_charts(self, refuse: bool) -> None:
        self.world.refuse_charts = refuse

    def waits_for_answers(self, seconds: float) -> None:
        """How long, by real time, an app may take for an answer."""
        self.world.post.http.answer_within = self.world.post.sockets.answer_within = seconds

    def deliver_to(self, url: str | None) -> None:
        """The app's request URL for events, commands and interactions."""
        self.world.post.http.url = url

    def add_user(
        self,
        handle: str,
        *,
        id: str | None = None,
        name: str | None = None,
        tz: str = "UTC",
        admin: bool = False,
        guest: bool = False,
        single_channel: bool = False,
        stranger: bool = False,
        bot: bool = False,
    ) -> User:
        user = User(
            id or f"U_{handle.upper()}", handle, name or handle.title(), tz, admin, guest, single_channel, stranger, bot
        )
        return self.world.workspace.add_user(user)

    def add_channel(
        self,
        name: str,
        *,
        id: str | None = None,
        private: bool = False,
        members: Sequence[str] = (),
        bot: bool = True,
        archived: bool = False,
        ext_shared: bool = False,
    ) -> Channel:
        """A channel with these members, and with the app in it unless `bot` is false."""
        workspace = self.world.workspace
        ids = [workspace.user(member).id for member in members] + ([workspace.bot.id] if bot else [])
        channel = workspace.new_channel(id or f"C_{name.upper()}", name, "private" if private else "public", ids)
        channel.archived, channel.ext_shared = archived, ext_shared
        return channel

    def next_due(self) -> datetime | None:
        """When the next event is delivered again."""
        return self.world.post.next_due()

    async def run_due(self) -> int:
        return await self.world.post.run_due()

    async def redeliver(self, event_id: str, times: int = 1, at_once: bool = False) -> list[int]:
        return await self.world.post.redeliver(event_id, times, at_once)

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask the app's sockets to connect anew."""
        await self.world.post.sockets.disconnect(reason)

    async def drop_sockets(self) -> None:
        await self.world.post.sockets.drop()

    async def settled(self) -> None:
        """Wait until the deliveries of the app's own messages are through."""
        await self.world.post.settled()

    async def until(self, condition: Callable[[], object], within: float = 5.0) -> None:
        """Wait, by real time, for something that the app does on its own."""
        async with asyncio.timeout(within):
            while not condition():  # noqa: ASYNC110 - the condition is any expression of a test
                await asyncio.sleep(0.005)

    async def _keep_retrying(self) -> None:
        while True:
            await self.world.post.run_due()
            await asyncio.sleep(LOOK_EVERY)
