"""What a test reads from Slack and the database together: which message stands how often, which question was asked."""

from collections import Counter

from sqlalchemy import event, select

from bot.db import Database
from bot.db.failures import Failure
from bot.db.tables import job
from bot.domain.project import Project
from bot.sandbox import StandIn

TEAM = "T0ACME"


def posted_jobs(slack: StandIn, channel: str) -> list[str]:
    """The job behind each message of the bot that stands in a channel, in their order."""
    return [m.metadata["event_payload"]["job"] for m in slack.everything(channel) if m.by_bot and m.metadata]


def doubled(slack: StandIn, *channels: str) -> list[str]:
    counted = Counter(key for channel in channels for key in posted_jobs(slack, channel))
    return [key for key, times in counted.items() if times > 1]


async def asked(database: Database, slack: StandIn, *channels: str) -> Counter[tuple[int, str]]:
    """How often each question of each project stands in these channels."""
    async with database.transaction() as uow:
        rows = await uow.connection.execute(select(job.c.key, job.c.args).where(job.c.kind == "Ask"))
        questions = {row.key: (row.args["message"]["project"], row.args["message"]["question"]) for row in rows}
    keys = [key for channel in channels for key in posted_jobs(slack, channel)]
    return Counter(questions[key] for key in keys if key in questions)


async def the_project(database: Database, channel: str) -> Project:
    async with database.transaction() as uow:
        (found,) = await uow.projects.all_in(TEAM, channel)
        return found


async def failures(database: Database) -> list[Failure]:
    async with database.transaction() as uow:
        return list(await uow.failures.all())


class Statements:
    """Every statement of a database from now on, those that begin and end a transaction left out."""

    def __init__(self, database: Database) -> None:
        self.seen: list[str] = []
        event.listen(database.engine.sync_engine, "before_cursor_execute", self._note)

    def _note(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            self.seen.append(statement)
