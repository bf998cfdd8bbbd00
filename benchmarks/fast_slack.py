"""A Slack that says yes to everything at once, in a process of its own; it remembers when it was asked for what."""

import asyncio
import itertools
import json
import os
import time
from typing import Any

from .workspace import HOST

SEEN = "/seen"  # tells of all calls so far, and forgets them
_calls: list[dict[str, Any]] = []
_numbers = itertools.count(1)


class Slack(asyncio.Protocol):
    """As much HTTP as a keep-alive client needs."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport, self._buffer = transport, b""

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (parts := _request_in(self._buffer)) is not None:
            path, body, self._buffer = parts
            answer = json.dumps(_answer(path, body)).encode()
            head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(answer)}\r\n\r\n"
            self._transport.write(head.encode() + answer)  # type: ignore[attr-defined]


def _request_in(buffer: bytes) -> tuple[str, bytes, bytes] | None:
    """Path, body and what follows, once the request is whole."""
    head, found, rest = buffer.partition(b"\r\n\r\n")
    if not found:
        return None
    _, sized, after = head.lower().partition(b"content-length:")
    length = int(after.split(b"\r\n", 1)[0]) if sized else 0
    if len(rest) < length:
        return None
    return head.split(b" ", 2)[1].decode(), rest[:length], rest[length:]


def _answer(path: str, body: bytes) -> Any:
    if path == SEEN:
        seen = _calls[:]
        _calls.clear()
        return seen
    method = path.rpartition("/")[2]
    said = json.loads(body) if body[:1] == b"{" else {}
    channel = said.get("channel") or "D1"
    _calls.append({"at": time.monotonic(), "method": method, "channel": channel, "thread": said.get("thread_ts")})
    ts = said.get("ts") or f"{int(time.time())}.{next(_numbers) % 1_000_000:06}"
    return {"ok": True, "ts": ts, "channel": {"id": channel} if method == "conversations.open" else channel}


async def main() -> None:
    server = await asyncio.get_running_loop().create_server(Slack, HOST, int(os.environ["PORT"]))
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
