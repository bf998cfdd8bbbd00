"""Socket Mode: the app's WebSockets, and envelopes that it acknowledges by id."""

import asyncio
import json
from collections.abc import Callable
from itertools import count
from secrets import token_hex
from typing import Any
from uuid import uuid4

from aiohttp import WSMsgType, web

from bot.sandbox.delivery.parcel import Outcome, Parcel

MOST_CONNECTIONS = 10


class Connection:
    def __init__(self, socket: web.WebSocketResponse) -> None:
        self.socket = socket
        self.waiting: dict[str, asyncio.Future[Any]] = {}
        self.retiring = False

    def acknowledge(self, envelope_id: str, payload: Any) -> None:
        waiting = self.waiting.pop(envelope_id, None)
        if waiting and not waiting.done():
            waiting.set_result(payload)

    def abandon(self) -> None:
        for waiting in self.waiting.values():
            if not waiting.done():
                waiting.set_exception(ConnectionError("the socket was closed"))
        self.waiting.clear()


class SocketHub:
    """All connections; a delivery goes over any of them, in turn."""

    def __init__(self, answer_within: float) -> None:
        self.answer_within = answer_within
        self.connections: list[Connection] = []
        self.used = False
        self.connected: Callable[[], None] = lambda: None
        self._tickets: set[str] = set()
        self._turns = count()

    def ticket(self) -> str:
        ticket = token_hex(8)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets or len(self.connections) >= MOST_CONNECTIONS:
            return web.Response(status=408 if ticket in self._tickets else 404)
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await self._converse(Connection(socket))
        return socket

    async def carry(self, parcel: Parcel, retry: int = 0, reason: str = "") -> Outcome:
        usable = [c for c in self.connections if not c.retiring] or self.connections
        if not usable:
            return Outcome(0, reason="connection_failed")
        connection = usable[next(self._turns) % len(usable)]
        try:
            payload = await asyncio.wait_for(self._acknowledged(connection, parcel, retry, reason), self.answer_within)
        except TimeoutError:
            return Outcome(0, reason="timeout")
        except ConnectionError:
            return Outcome(0, reason="connection_closed")
        return Outcome(200, payload)

    async def disconnect(self, reason: str) -> None:
        """Ask the app to connect anew, as Slack does every few hours."""
        for connection in list(self.connections):
            connection.retiring = True
            await connection.socket.send_json(
                {"type": "disconnect", "reason": reason, "debug_info": {"host": "stand-in"}}
            )

    async def drop(self) -> None:
        """Close every connection without a word."""
        for connection in list(self.connections):
            await connection.socket.close()

    async def _converse(self, connection: Connection) -> None:
        self.connections.append(connection)
        self.used = True
        try:
            await connection.socket.send_json(_hello(len(self.connections)))
            self.connected()
            async for message in connection.socket:
                if message.type == WSMsgType.TEXT:
                    _take(connection, message.data)
        finally:
            self.connections.remove(connection)
            connection.abandon()

    async def _acknowledged(self, connection: Connection, parcel: Parcel, retry: int, reason: str) -> Any:
        envelope_id = str(uuid4())
        waiting = connection.waiting[envelope_id] = asyncio.get_running_loop().create_future()
        await connection.socket.send_json(_envelope(envelope_id, parcel, retry, reason))
        return await waiting


def _take(connection: Connection, text: str) -> None:
    try:
        said = json.loads(text)
    except ValueError:
        return
    if isinstance(said, dict) and "envelope_id" in said:
        connection.acknowledge(said["envelope_id"], said.get("payload"))


def _hello(connections: int) -> dict[str, Any]:
    debug = {"host": "stand-in", "build_number": 1, "approximate_connection_time": 18060}
    return {
        "type": "hello",
        "num_connections": connections,
        "debug_info": debug,
        "connection_info": {"app_id": "A0ALIGN"},
    }


def _envelope(envelope_id: str, parcel: Parcel, retry: int, reason: str) -> dict[str, Any]:
    envelope = {
        "envelope_id": envelope_id,
        "type": parcel.kind,
        "payload": parcel.payload,
        "accepts_response_payload": parcel.kind != "events_api",
    }
    if parcel.kind == "events_api":
        envelope |= {"retry_attempt": retry, "retry_reason": reason}
    return envelope
