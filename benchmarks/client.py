"""A client that costs next to nothing, so that what is measured is the server: prepared bytes in, a status out."""

import asyncio
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .figures import NotMeasured
from .workspace import HOST


class Connection:
    """One kept-alive connection; one request at a time."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(self, request: bytes) -> tuple[int, bytes]:
        """Status and body of the answer."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(HOST, self._port)
        reader, writer = self._streams
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        _, found, rest = head.lower().partition(b"content-length:")
        length = int(rest.split(b"\r\n", 1)[0]) if found else 0
        return int(head[9:12]), await reader.readexactly(length) if length else b""

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


async def get(port: int, path: str) -> bytes:
    connection = Connection(port)
    try:
        return (await connection.send(f"GET {path} HTTP/1.1\r\nHost: bench\r\n\r\n".encode()))[1]
    finally:
        connection.close()


@dataclass(frozen=True, slots=True)
class Sent:
    """When each request was due, as the machine's monotonic clock has it, and how long its answer took."""

    at: Sequence[float]
    took: Sequence[float]
    seconds: float

    @property
    def rate(self) -> float:
        return len(self.took) / self.seconds


async def at_once(port: int, requests: Sequence[bytes], connections: int = 8) -> Sent:
    """All of them, as fast as that many connections get their answers."""
    waiting, at, took = iter(requests), list[float](), list[float]()

    async def work() -> None:
        connection = Connection(port)
        for request in waiting:
            begun = time.monotonic()
            await _sent(connection, request)
            at.append(begun)
            took.append(time.monotonic() - begun)
        connection.close()

    started = time.monotonic()
    await asyncio.gather(*(work() for _ in range(connections)))
    return Sent(at, took, time.monotonic() - started)


async def at_rate(port: int, requests: Sequence[bytes], rate: float) -> Sent:
    """One after the other at a fixed rate, whether or not answers come; time counts from when a request was due."""
    idle: list[Connection] = []
    started = time.monotonic() + 0.1
    at = [started + number / rate for number in range(len(requests))]

    async def one(request: bytes, due: float) -> float:
        await asyncio.sleep(due - time.monotonic())
        connection = idle.pop() if idle else Connection(port)
        await _sent(connection, request)
        idle.append(connection)
        return time.monotonic() - due

    took = await asyncio.gather(*(one(request, due) for request, due in zip(requests, at, strict=True)))
    _close(idle)
    return Sent(at, took, time.monotonic() - started)


async def _sent(connection: Connection, request: bytes) -> None:
    status, body = await connection.send(request)
    if status != 200:
        raise NotMeasured(f"a delivery was answered {status}: {body[:200]!r}")


def _close(connections: Iterable[Connection]) -> None:
    for connection in connections:
        connection.close()
