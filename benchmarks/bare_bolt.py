"""The baseline: Bolt as bare as it gets, on its aiohttp server; with a database, it stores answers by hand.

SQLAlchemy is imported only where it is used, since the import alone is a good part of a start.
"""

import os
from typing import Any

from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from .workspace import HOST, SECRET, TOKEN


async def authorize(**_: Any) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id=None, bot_token=TOKEN)


def create_app(url: str) -> AsyncApp:
    client = AsyncWebClient(token=TOKEN)
    app = AsyncApp(client=client, signing_secret=SECRET, authorize=authorize, process_before_response=True)
    app.event("message")(_storing(url) if url else _nothing)
    return app


async def _nothing(event: dict[str, Any]) -> None:
    pass


def _storing(url: str) -> Any:
    from bot.db.engine import make_engine

    from .mirror import store_answer

    engine = make_engine(url)

    async def store(body: dict[str, Any]) -> None:
        async with engine.begin() as connection:
            await store_answer(connection, body)

    return store


if __name__ == "__main__":
    app = create_app(os.environ.get("DATABASE_URL", "")).web_app(path="/slack/events")
    web.run_app(app, host=HOST, port=int(os.environ["PORT"]), access_log=None, print=None)
