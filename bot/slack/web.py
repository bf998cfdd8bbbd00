"""The HTTP server: Slack's deliveries, health, readiness, metrics."""

from collections.abc import Awaitable, Callable

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.app.async_app import AsyncApp

Readiness = Callable[[], Awaitable[str | None]]
"""None when ready; else the reason why not."""

LARGEST_BODY = 1024 * 1024  # Slack's own are far smaller


def create_web(app: AsyncApp | None, ready: Readiness, measure: Callable[[], Awaitable[None]]) -> web.Application:
    """The routes; without an app (in Socket Mode) Slack's deliveries come another way."""

    async def events(request: web.Request) -> web.Response:
        if not request.headers.get("X-Slack-Request-Timestamp", "").isdecimal():
            return web.Response(status=401, text="Not signed by Slack.")
        assert app is not None
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    async def healthz(_: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def readyz(_: web.Request) -> web.Response:
        why_not = await ready()
        return web.Response(status=503, text=f"{why_not}\n") if why_not else web.Response(text="ready\n")

    async def metrics(_: web.Request) -> web.Response:
        await measure()
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    site = web.Application(client_max_size=LARGEST_BODY)
    site.add_routes([web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", metrics)])
    if app is not None:
        site.add_routes([web.post("/slack/events", events)])
    return site
