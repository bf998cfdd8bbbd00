"""The HTTP server: Slack's deliveries, health, readiness, metrics."""

from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

log = structlog.get_logger(__name__)

Readiness = Callable[[], Awaitable[str | None]]
"""None when ready; else the reason why not."""

LARGEST_BODY = 1024 * 1024  # Slack's own are far smaller


def create_web(app: AsyncApp | None, ready: Readiness, measure: Callable[[], Awaitable[None]]) -> web.Application:
    """The routes; without an app (in Socket Mode) Slack's deliveries come another way."""

    async def healthz(_: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def readyz(_: web.Request) -> web.Response:
        why_not = await ready()
        return web.Response(status=503, text=f"{why_not}\n") if why_not else web.Response(text="ready\n")

    async def metrics(_: web.Request) -> web.Response:
        try:
            await measure()
        except Exception:
            log.warning("the backlog cannot be measured")  # the rest of the numbers matter all the more then
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    site = web.Application(client_max_size=LARGEST_BODY)
    site.add_routes([web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", metrics)])
    if app is not None:
        site.add_routes([web.post("/slack/events", _deliveries(app))])
    return site


def _deliveries(app: AsyncApp) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def take(request: web.Request) -> web.Response:
        if not _may_be_signed(request):
            return web.Response(status=401, text="Not signed by Slack.")
        received = await _read(request)
        if received is None:
            return web.Response(status=400, text="Not a request of Slack's.")
        return await to_aiohttp_response(await app.async_dispatch(received))

    return take


def _may_be_signed(request: web.Request) -> bool:
    """Bolt checks the signature; it only cannot stand what is no signature or no time at all."""
    stamp = request.headers.get("X-Slack-Request-Timestamp", "")
    signature = request.headers.get("X-Slack-Signature", "")
    return stamp.isascii() and stamp.isdecimal() and len(stamp) < 20 and signature.isascii()


async def _read(request: web.Request) -> AsyncBoltRequest | None:
    """None for what is no JSON object or form, in whatever way."""
    try:
        return await to_bolt_request(request)
    except web.HTTPException:  # too large
        raise
    except Exception as error:
        log.info("a request cannot be read", error=type(error).__name__)
        return None
