"""The real bot as a process that can be killed at any moment and started again."""

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import DEVNULL, Process
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from bot.sandbox import StandIn

ROOT = Path(__file__).parents[2]
SECRET, TOKEN, APP_TOKEN = "kill-signing-secret", "xoxb-kill", "xapp-kill"
LEASE = "1"  # seconds: a dead process's delivery is taken over soon


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Serving:
    """`alignbot serve` on a port of its own."""

    slack: StandIn
    database_url: str
    port: int
    settings: dict[str, str]
    log: Path
    process: Process | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def command(self) -> tuple[str, ...]:
        return (sys.executable, "-m", "bot", "serve")

    @property
    def environment(self) -> dict[str, str]:
        ours = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "ALIGNBOT_"))}
        return {
            **ours,
            "PYTHONPATH": str(ROOT),
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": self.slack.api_url,
            "DATABASE_URL": self.database_url,
            "PORT": str(self.port),
            "ALIGNBOT_LEASE": LEASE,
            **self.settings,
        }

    async def start(self) -> None:
        """Start it, and wait until it answers."""
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *self.command, cwd=self.log.parent, env=self.environment, stdout=DEVNULL, stderr=log
            )
        await self._answers()

    async def _answers(self) -> None:
        async with aiohttp.ClientSession() as session, asyncio.timeout(60):
            while True:
                assert self.process is not None
                assert self.process.returncode is None, self.log.read_text()
                try:
                    async with session.get(f"{self.url}/healthz"):
                        return
                except aiohttp.ClientError:
                    await asyncio.sleep(0.02)

    async def kill(self) -> None:
        """As if the machine had lost its power: nothing is finished, nothing is said."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """Ask it to end; its exit status."""
        return await self._end(signal.SIGTERM)

    async def _end(self, how: signal.Signals) -> int:
        assert self.process is not None
        if self.process.returncode is None:
            self.process.send_signal(how)
        async with asyncio.timeout(30):
            return await self.process.wait()
