"""Short ways to say something in the channel of a flow test, by a person and by the bot, and to read it back."""

from sqlalchemy import select

from bot.db.tables import job
from bot.domain.messages import InChannel, Note, Saying
from bot.sandbox.demo.world import World
from bot.sandbox.model import Message

ANSWER = "The order screen shows guests a time, so couriers leave on time"


def pm_card(world: World) -> Message:
    return world.slack.messages("ready-by")[1]


async def reply(world: World, text: str = ANSWER) -> Message:
    return await world.slack.says("pm", "ready-by", text, thread=pm_card(world))


async def say(world: World, *texts: str, channel: str = "C_READY") -> None:
    async with world.bot.database.transaction() as uow:
        for text in texts:
            uow.outbox.say(Saying(Note(text), InChannel(channel)), team="T0ACME", lane=f"T0ACME:{channel}")


async def attempts(world: World) -> list[int]:
    """How many tries were made for each message, oldest first."""
    async with world.bot.database.transaction() as uow:
        return list(await uow.connection.scalars(select(job.c.tries).order_by(job.c.id)))


def texts(world: World, channel: str = "ready-by") -> list[str]:
    return [m.plain for m in world.slack.messages(channel)]
