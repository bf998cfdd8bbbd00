"""Events that could not be handled, handed to the listeners once more."""

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.db import Database
from bot.db.failures import Failure


async def retry(app: AsyncApp, database: Database, failure: Failure) -> bool:
    """True if it went well this time. Only events: the trigger of a click or a command has long expired."""
    if failure.payload.get("type") != "event_callback":
        return False
    answer = await app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=failure.payload))
    if answer.status != 200:
        return False
    async with database.transaction() as uow:
        await uow.failures.clear(failure.key)
    return True
