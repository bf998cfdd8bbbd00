"""The page's HTTP server on 127.0.0.1: the files of the page, and a WebSocket for each browser that looks on."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from aiohttp import WSMsgType, web

from bot.sandbox.errors import RefusedByClient

from .doing import do
from .live import HANDLES, Live
from .reader import Reader

HOST = "127.0.0.1"
LONGEST_FRAME = 2**20
_NAMES = ("127.0.0.1", "localhost", "::1")
_TYPES = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "json": "application/json",
}
_POLICY = (
    "default-src 'self'; connect-src 'self' ws://{host}; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@asynccontextmanager
async def serve(live: Live, port: int) -> AsyncIterator[str]:
    """Serve the page on this port (0: a free one); gives its address. Raises OSError if the port is taken."""
    runner = web.AppRunner(_application(live), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, port).start()
        yield f"http://{HOST}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def _application(live: Live) -> web.Application:
    sockets: set[web.WebSocketResponse] = set()
    files = _files()

    async def index(_: web.Request) -> web.Response:
        return _file(files, "index.html")

    async def static(request: web.Request) -> web.Response:
        return _file(files, request.match_info["name"])

    async def socket(request: web.Request) -> web.StreamResponse:
        return await _converse(request, live, sockets)

    async def nothing(_: web.Request) -> web.Response:
        return web.Response(status=204)

    async def hang_up(_: web.Application) -> None:
        for open in list(sockets):
            await open.close()

    app = web.Application(middlewares=[_only_from_here])
    app.add_routes([web.get("/", index), web.get("/static/{name}", static), web.get("/ws", socket)])
    app.router.add_get("/favicon.ico", nothing)
    app.on_response_prepare.append(_fence_in)
    app.on_shutdown.append(hang_up)
    return app


def _files() -> dict[str, bytes]:
    """The files of the package, by name: nothing else is ever read, whatever is asked for."""
    folder = resources.files(__package__) / "static"
    if not folder.is_dir():
        return {}
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.name.rpartition(".")[2] in _TYPES}


def _file(files: dict[str, bytes], name: str) -> web.Response:
    if name not in files:
        raise web.HTTPNotFound(text="There is no such file.")
    return web.Response(body=files[name], content_type=_TYPES[name.rpartition(".")[2]], charset="utf-8")


@web.middleware
async def _only_from_here(request: web.Request, handler: Any) -> web.StreamResponse:
    """Another page in the same browser must not reach this one, by whatever name it calls this computer."""
    if not _is_ours(request, f"http://{request.headers.get('Host', '')}"):
        raise web.HTTPForbidden(text="This page is only for the computer it runs on.")
    origin = request.headers.get("Origin")
    if (origin is not None or request.path == "/ws") and not _is_ours(request, origin or ""):
        raise web.HTTPForbidden(text="This page is only for the computer it runs on.")
    answer: web.StreamResponse = await handler(request)
    return answer


def _is_ours(request: web.Request, url: str) -> bool:
    own: Any = request.transport.get_extra_info("sockname") if request.transport else None
    try:
        parts = urlsplit(url)
        return own is not None and parts.hostname in _NAMES and (parts.port or 80) == own[1] and parts.scheme == "http"
    except ValueError:
        return False


async def _fence_in(request: web.Request, response: web.StreamResponse) -> None:
    if _is_ours(request, f"http://{request.headers.get('Host', '')}"):
        response.headers["Content-Security-Policy"] = _POLICY.format(host=request.headers["Host"])
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"


async def _converse(request: web.Request, live: Live, sockets: set[web.WebSocketResponse]) -> web.StreamResponse:
    try:
        who = live.person(request.query.get("as", HANDLES[0])).handle
    except RefusedByClient as refusal:
        raise web.HTTPNotFound(text=str(refusal)) from None
    socket = web.WebSocketResponse(heartbeat=30, max_msg_size=LONGEST_FRAME)
    await socket.prepare(request)
    sockets.add(socket)
    reader = Reader(who)
    writing = asyncio.ensure_future(_write(socket, reader))
    try:
        await live.greet(reader)
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                reader.answer(await do(live, who, _parsed(message.data)))
    finally:
        live.readers.discard(reader)
        sockets.discard(socket)
        writing.cancel()
        with suppress(asyncio.CancelledError):
            await writing
    return socket


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


async def _write(socket: web.WebSocketResponse, reader: Reader) -> None:
    with suppress(ConnectionError):
        while True:
            for frame in await reader.next():
                await socket.send_str(json.dumps(frame, separators=(",", ":")))
