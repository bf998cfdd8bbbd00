"""The HTTP server: Web API, response URLs and WebSockets on one free local port."""

import asyncio
import socket
import struct
from collections.abc import Callable
from typing import Any

from aiohttp import web

from bot.sandbox.errors import ApiError
from bot.sandbox.faults import AcceptThenDrop, Delay, RateLimited, Refuse, Reset, ServerError
from bot.sandbox.record import Call
from bot.sandbox.scopes import METHODS as SCOPES
from bot.sandbox.scopes import require
from bot.sandbox.web.arguments import Arguments, read_arguments
from bot.sandbox.web.methods import METHODS
from bot.sandbox.web.responses import respond
from bot.sandbox.world import World

Json = dict[str, Any]


class Server:
    def __init__(self, world: World, bot_token: str, app_token: str) -> None:
        self._world, self._bot_token, self._app_token = world, bot_token, app_token
        self._runner: web.AppRunner | None = None

    async def start(self, port: int = 0) -> str:
        app = web.Application(client_max_size=2**24)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/response/{token}", self._response)
        app.router.add_get("/link/", self._world.post.sockets.serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        try:
            args = await read_arguments(request)
        except ApiError as refusal:
            return self._refused(method, {}, refusal)
        return await self._with_fault(request, method, args, lambda: self._carried_out(method, args))

    async def _response(self, request: web.Request) -> web.StreamResponse:
        try:
            args = await read_arguments(request)
        except ApiError as refusal:
            return self._refused("response_url", {}, refusal, 400)
        token = request.match_info["token"]
        return await self._with_fault(request, "response_url", args, lambda: self._responded(token, args))

    async def _with_fault(
        self, request: web.Request, method: str, args: Arguments, act: Callable[[], web.Response]
    ) -> web.StreamResponse:
        fault = self._world.faults.draw(method, args.text("channel"))
        match fault:
            case Reset():
                return self._dropped(request, method, args, reset=True)
            case ServerError(status, accepted):
                if accepted:
                    act()
                return self._broken(method, args, status)
            case RateLimited(retry_after):
                return self._limited(method, args, retry_after)
            case Refuse(error):
                return self._refused(method, args.values, ApiError(error))
            case Delay(seconds, before=True):
                await asyncio.sleep(seconds)
        answer = act()
        if isinstance(fault, Delay) and not fault.before:
            await asyncio.sleep(fault.seconds)
        return self._dropped(request, method, args, reset=False) if isinstance(fault, AcceptThenDrop) else answer

    def _carried_out(self, method: str, args: Arguments) -> web.Response:
        try:
            self._check_token(method, args.token)
            if method not in METHODS:
                raise ApiError("unknown_method")
            wait = self._world.pace.wait(method, self._target(args.text("channel")))
            if wait:
                return self._limited(method, args, wait)
            require(self._world.scopes, *SCOPES.get(method, ()))
            return self._answered(method, args.values, {"ok": True, **METHODS[method](self._world, args)})
        except ApiError as refusal:
            return self._refused(method, args.values, refusal)

    def _check_token(self, method: str, token: str | None) -> None:
        if not token:
            raise ApiError("not_authed")
        if method == "apps.connections.open":
            if token != self._app_token:
                raise ApiError("not_allowed_token_type" if token == self._bot_token else "invalid_auth")
            return
        if token != self._bot_token:
            raise ApiError("not_allowed_token_type" if token == self._app_token else "invalid_auth")
        if self._world.token_error:
            raise ApiError(self._world.token_error)

    def _target(self, channel: str) -> str:
        """A person's id and the DM with them are one place."""
        found = self._world.workspace.channels.get(channel)
        return found.peer if found and found.kind == "im" else channel

    def _responded(self, token: str, args: Arguments) -> web.Response:
        try:
            respond(self._world, token, args)
        except ApiError as refusal:
            return self._refused("response_url", args.values, refusal, 404 if refusal.code.endswith("_url") else 400)
        return self._answered("response_url", args.values, {"ok": True})

    def _answered(self, method: str, values: Json, answer: Json, status: int = 200, **headers: str) -> web.Response:
        self._note(method, values, answer, status)
        headers["x-oauth-scopes"] = ",".join(sorted(self._world.scopes))
        return web.json_response(answer, status=status, headers=headers)

    def _refused(self, method: str, values: Json, refusal: ApiError, status: int = 200) -> web.Response:
        return self._answered(method, values, {"ok": False, "error": refusal.code, **refusal.details}, status)

    def _limited(self, method: str, args: Arguments, retry_after: int) -> web.Response:
        self._world.ratelimited += 1
        answer = {"ok": False, "error": "ratelimited"}
        return self._answered(method, args.values, answer, 429, **{"Retry-After": str(retry_after)})

    def _broken(self, method: str, args: Arguments, status: int) -> web.Response:
        self._note(method, args.values, {"ok": False, "error": f"http {status}"}, status)
        return web.Response(status=status, text="<html>Server error</html>", content_type="text/html")

    def _dropped(self, request: web.Request, method: str, args: Arguments, *, reset: bool) -> web.Response:
        if reset:
            self._note(method, args.values, {"ok": False, "error": "connection reset"}, 0)
        transport = request.transport
        if transport is not None:
            if reset:
                _linger_not(transport.get_extra_info("socket"))
            transport.abort()
        return web.Response()

    def _note(self, method: str, values: Json, answer: Json, status: int) -> None:
        self._world.calls.append(Call(method, values, self._world.clock(), answer, status))


def _linger_not(connection: socket.socket | None) -> None:
    if connection is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
