"""The Bolt app: which listener gets what, and what becomes of an error."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot import metrics
from bot.db import AlreadyHandled
from bot.domain.errors import BotError

from . import clicks, commands, events, home, messages, shortcuts, submissions
from .alignbot import Alignbot
from .payloads import bot_of, kind_of, once_key, team_of
from .telling_errors import tell

__all__ = ["AsyncApp", "create_app"]

log = structlog.get_logger(__name__)

Identity = Callable[[], Awaitable[AuthorizeResult]]
_ANYTHING = re.compile(".*")


def create_app(alignbot: Alignbot, client: AsyncWebClient, signing_secret: str, identity: Identity) -> AsyncApp:
    """An app whose listeners answer Slack only after their commit.

    process_before_response: an event that we failed on gets a 500, and Slack delivers it again. An authorize of our
    own: with Bolt's, events are answered 200 and dropped until the first auth.test succeeds.
    """

    async def authorize(**_: Any) -> AuthorizeResult:
        return await identity()

    app = AsyncApp(
        client=client,
        signing_secret=signing_secret,
        authorize=authorize,
        process_before_response=True,
        raise_error_for_unhandled_request=True,
    )
    app.error(_ErrorAnswer(alignbot))
    _listen(app, alignbot)
    return app


def _listen(app: AsyncApp, alignbot: Alignbot) -> None:
    @app.middleware
    async def provide(context: AsyncBoltContext, body: dict[str, Any], next: Callable[[], Awaitable[None]]) -> None:
        context["alignbot"] = alignbot
        context["bot_user_id"] = bot_of(body)
        await next()

    app.command("/align")(commands.align)
    app.action(_ANYTHING)(clicks.click)
    app.shortcut(_ANYTHING)(shortcuts.shortcut)
    app.view(_ANYTHING)(submissions.submit)
    app.event("message")(messages.message)
    app.event("app_home_opened")(home.opened)
    for event in events.EVENTS:
        app.event(event)(events.happened)


class _ErrorAnswer:
    """Known errors are sentences for the person; anything else is logged, kept with its payload, and answered 500."""

    def __init__(self, alignbot: Alignbot) -> None:
        self._alignbot = alignbot

    async def __call__(self, error: Exception, body: dict[str, Any], client: AsyncWebClient) -> BoltResponse:
        match error:
            case AlreadyHandled():
                return BoltResponse(status=200)
            case BoltUnhandledRequestError():
                log.info("nobody listens to this", kind=kind_of(body))
                return await tell(NOT_KNOWN, body, client)
            case BotError():
                return await tell(str(error), body, client)
        log.error("delivery failed", kind=kind_of(body), once=once_key(body), exc_info=error)
        metrics.FAILED_DELIVERIES.inc()
        await self._keep(error, body)
        if body.get("type") == "event_callback":
            return BoltResponse(status=500)  # Slack will deliver the event again
        return await tell(FAILED, body, client)

    async def _keep(self, error: Exception, body: dict[str, Any]) -> None:
        kept = {name: value for name, value in body.items() if name != "token"}
        try:
            async with self._alignbot.database.transaction() as uow:
                await uow.failures.keep(team_of(body), once_key(body), kind_of(body), kept, repr(error), uow.now)
        except Exception:
            log.exception("a failed delivery could not be kept", once=once_key(body))


FAILED = "Something went wrong on my side. What you sent is kept, so nothing is lost; please try once more."
NOT_KNOWN = "I don't know what to do with this one yet. `/align help` lists what I do."
