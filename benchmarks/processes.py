"""Processes that are measured: the real bot, a bare app beside it, and a fast Slack."""

import asyncio
import os
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from .figures import NotMeasured
from .workspace import HOST, SECRET, TOKEN

ROOT = Path(__file__).parents[1]
PATIENCE = 30.0
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Service:
    process: asyncio.subprocess.Process
    port: int
    log: Path

    @property
    def pid(self) -> int:
        return self.process.pid

    def cpu(self) -> float:
        """Seconds of processor time so far, of all its threads."""
        fields = _proc(self.pid, "stat").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICK

    def memory(self) -> float:
        """Resident megabytes."""
        line = next(line for line in _proc(self.pid, "status").splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024


def _proc(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text()
    except OSError as error:
        raise NotMeasured(f"/proc does not tell of process {pid}: {error}") from None


def launch_bot(url: str, slack: int) -> AbstractAsyncContextManager[Service]:
    """The real bot, as it is deployed: HTTP mode, settings from the environment."""
    settings = {
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": f"http://{HOST}:{slack}/api/",
        "ALIGNBOT_MODE": "http",
        "DATABASE_URL": url,
    }
    return _launched("bot", "serve", **settings)


def launch_bare(url: str = "") -> AbstractAsyncContextManager[Service]:
    """Bolt alone; with a database, it runs the statements of an answer."""
    return _launched("benchmarks.bare_bolt", DATABASE_URL=url)


def bot(url: str, slack: int) -> AbstractAsyncContextManager[Service]:
    return _listening(launch_bot(url, slack))


def bare(url: str) -> AbstractAsyncContextManager[Service]:
    return _listening(launch_bare(url))


def slack() -> AbstractAsyncContextManager[Service]:
    return _listening(_launched("benchmarks.fast_slack"))


@asynccontextmanager
async def _launched(module: str, *arguments: str, **environment: str) -> AsyncIterator[Service]:
    """A process with a port of its own, stopped at the end."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="alignbot-bench-") as folder:
        log = Path(folder, "log")
        known = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        env = {**known, "PYTHONPATH": str(ROOT), "PORT": str(port), **environment}
        process = await _process([sys.executable, "-m", module, *arguments], env, folder, log)
        try:
            yield Service(process, port, log)
        finally:
            await _stop(process)


async def _process(
    command: Sequence[str], environment: Mapping[str, str], folder: str, log: Path
) -> asyncio.subprocess.Process:
    output = os.open(log, os.O_WRONLY | os.O_CREAT)
    try:
        return await asyncio.create_subprocess_exec(*command, env=environment, cwd=folder, stdout=output, stderr=output)
    finally:
        os.close(output)


@asynccontextmanager
async def _listening(launched: AbstractAsyncContextManager[Service]) -> AsyncIterator[Service]:
    async with launched as service:
        await _until_it_listens(service)
        yield service


async def _until_it_listens(service: Service) -> None:
    for _ in range(int(PATIENCE / 0.02)):
        if service.process.returncode is not None:
            raise NotMeasured(f"a process ended by itself: {service.log.read_text()[-2000:]}")
        try:
            _, writer = await asyncio.open_connection(HOST, service.port)
        except OSError:
            await asyncio.sleep(0.02)
            continue
        writer.close()
        return
    raise NotMeasured(f"nothing listens on port {service.port} after {PATIENCE:.0f} s")


async def _stop(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.send_signal(signal.SIGTERM)
    try:
        async with asyncio.timeout(10):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


def free_port() -> int:
    with socket.socket() as free:
        free.bind((HOST, 0))
        return int(free.getsockname()[1])
