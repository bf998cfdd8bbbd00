"""The running page: one world at a time, one act at a time, and everybody who looks on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path

from bot.sandbox.demo.world import World
from bot.sandbox.errors import RefusedByClient
from bot.sandbox.model import User

from .happened import Drawer
from .notes import Notes
from .people import CAST
from .reader import Reader
from .scenes import open_scene
from .state import Sight, seen_by

HANDLES = tuple(actor.handle for actor in CAST)
OLD = timedelta(hours=1)  # what was said before is read when a scene begins
PATIENCE = 20.0  # seconds, by real time, for all that follows from an act


@asynccontextmanager
async def open_live(scene: str, folder: Path) -> AsyncIterator["Live"]:
    """The page's inside, on a scene; closes the world that it has in the end."""
    live = Live(folder)
    try:
        await live.begins(scene)
        yield live
    finally:
        await live.ends()


class Live:
    world: World
    notes: Notes

    def __init__(self, folder: Path) -> None:
        self.lock = asyncio.Lock()
        self.readers: set[Reader] = set()
        self.scene = ""
        self._folder, self._stage = folder, AsyncExitStack()
        self._version = self._era = 0

    async def begins(self, scene: str) -> None:
        """Start a scene with a new database; the world before it ends once this one stands."""
        stage = AsyncExitStack()
        world = await stage.enter_async_context(open_scene(scene, self._folder))
        before, self._stage = self._stage, stage
        self.world, self.notes, self.scene = world, Notes(), scene
        self._drawer = Drawer(world.slack.world)
        self.notes.all_is_read(world.slack.world.workspace, f"{(world.clock() - OLD).timestamp():.6f}")
        self._era += 1
        await before.aclose()

    async def ends(self) -> None:
        await self._stage.aclose()

    async def settle(self) -> None:
        """Let the app do what follows from an act. Raises TimeoutError if it does not come to rest."""
        async with asyncio.timeout(PATIENCE):
            await self.world.settle()

    def person(self, handle: str) -> User:
        """One of those whom one can be. Raises RefusedByClient for anybody else."""
        if handle not in HANDLES:
            raise RefusedByClient(f"one can be {', '.join(HANDLES)}, not “{handle[:40]}”")
        return self.world.slack.world.workspace.user(handle)

    def publish(self, *, busy: bool = False) -> None:
        """Show everybody how it is now. Called only while no act is half done: by whoever holds the lock."""
        self._version += 1
        for reader in self.readers:
            reader.show(self._seen_by(reader.handle, busy))

    async def greet(self, reader: Reader) -> None:
        """From now on this reader sees everything; first how it is now."""
        async with self.lock:
            self.readers.add(reader)
            self._version += 1
            reader.show(self._seen_by(reader.handle, False))

    def _seen_by(self, handle: str, busy: bool) -> Sight:
        return seen_by(
            self.world.slack.world,
            self.notes,
            self.person(handle),
            self._drawer.now(),
            version=self._version,
            era=self._era,
            scene=self.scene,
            busy=busy,
        )
