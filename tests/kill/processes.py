"""Real processes of `alignbot serve`, and people who answer through everything that happens to them."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from random import Random

import aiohttp

from bot.sandbox import StandIn
from bot.sandbox.demo.world import APP_TOKEN, SECRET, TOKEN
from bot.sandbox.model import Message

ROOT = Path(__file__).parents[2]
PACK = Path(__file__).parent / "pack"
PATIENCE = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Replica:
    """One bot at one address, started as often as it is killed."""

    def __init__(self, slack: StandIn, database_url: str, folder: Path, *, socket_mode: bool = False) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = folder / f"{self.port}.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": slack.api_url,
            "DATABASE_URL": database_url,
            "PORT": str(self.port),
            "ALIGNBOT_LEASE": "1",
            "ALIGNBOT_PACKS": str(PACK),
            "ALIGNBOT_LOG_FORMAT": "json",
            **({"SLACK_APP_TOKEN": APP_TOKEN} if socket_mode else {}),
        }

    def start(self) -> None:
        command = [sys.executable, "-m", "bot", "serve"]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=self._log.parent, env=self._environment, stdout=log, stderr=log
            )

    @property
    def log(self) -> str:
        return self._log.read_text() if self._log.exists() else ""

    def kill(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    async def stop(self) -> int:
        """Ask it to end, and say how it did."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return await asyncio.to_thread(self._process.wait, PATIENCE)

    def make_sure_it_is_gone(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self.kill()

    async def get(self, path: str) -> tuple[int, str]:
        async with aiohttp.ClientSession() as session, session.get(f"{self.url}{path}") as answer:
            return answer.status, await answer.text()

    async def answers(self) -> None:
        """Wait until it is up."""
        async with asyncio.timeout(PATIENCE):
            while True:
                with suppress(aiohttp.ClientError):
                    if (await self.get("/healthz"))[0] == 200:
                        return
                assert self._process is not None and self._process.poll() is None, self.log[-3000:]
                await asyncio.sleep(0.02)


class Person:
    """Somebody who answers each question of an interview when it is there, by typing or by a click."""

    def __init__(self, slack: StandIn, who: str, channel: str, card: int, random: Random) -> None:
        self._slack, self._who, self._channel, self._card, self._random = slack, who, channel, card, random
        self.given: list[str] = []

    async def answer_all(self, questions: int) -> None:
        answered: set[str] = set()
        while len(answered) < questions:
            question = await self._next(answered)
            await asyncio.sleep(self._random.uniform(0, 0.8))  # thinking
            await self._answer(question)
            answered.add(question.ts)

    async def _next(self, answered: set[str]) -> Message:
        async with asyncio.timeout(PATIENCE):
            while True:
                cards = self._slack.messages(self._channel)
                thread = self._slack.messages(self._channel, thread=cards[self._card]) if len(cards) > 3 else []
                for message in thread:
                    if message.by_bot and message.plain.startswith("Question") and message.ts not in answered:
                        return message
                await asyncio.sleep(0.03)

    async def _answer(self, question: Message) -> None:
        choice = any(control.label == "The first way" for control in question.controls)
        if not choice:
            text = (
                f"The order screen shows guests a time, and couriers leave on time, says {self._who} at {question.ts}"
            )
            await self._slack.says(self._who, self._channel, text, thread=question)
            self.given.append(text)
            return
        while not (await self._slack.clicks(self._who, question, "The first way")).ok:
            await asyncio.sleep(0.3)  # Slack shows a warning sign, and people click again
        self.given.append("first")
