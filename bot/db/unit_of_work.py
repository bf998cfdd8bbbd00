"""What a transaction is: everything read, decided, stored and said in it happens wholly or not at all."""

from collections.abc import AsyncIterator, Callable
from collections.abc import Set as AbstractSet
from contextlib import asynccontextmanager
from datetime import datetime
from functools import cached_property

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import BotError

from .digests import Digests
from .engine import make_engine
from .failures import Failures
from .keys import EVENT, fitting
from .outbox import Outbox
from .people import People
from .pings import Pings
from .projects import Projects
from .replies import Replies
from .tables import handled
from .upsert import insert
from .workspaces import Workspaces

Clock = Callable[[], datetime]
"""The one clock of a running bot: aware UTC; simulated in tests and in the demo."""


class AlreadyHandled(BotError):
    """Slack delivered this before, and it counted then."""


class UnitOfWork:
    """One transaction with its repositories. `now` is the moment it began."""

    def __init__(self, connection: AsyncConnection, now: datetime, lanes: AbstractSet[str] = frozenset()) -> None:
        self.connection, self.now = connection, now
        self.outbox = Outbox(connection, now, lanes)

    @cached_property
    def projects(self) -> Projects:
        return Projects(self.connection)

    @cached_property
    def people(self) -> People:
        return People(self.connection)

    @cached_property
    def replies(self) -> Replies:
        return Replies(self.connection)

    @cached_property
    def pings(self) -> Pings:
        return Pings(self.connection)

    @cached_property
    def digests(self) -> Digests:
        return Digests(self.connection)

    @cached_property
    def workspaces(self) -> Workspaces:
        return Workspaces(self.connection)

    @cached_property
    def failures(self) -> Failures:
        return Failures(self.connection)

    async def forget_handled(self, before: datetime) -> None:
        """Drop once keys so old that Slack no longer delivers what they stand for."""
        await self.connection.execute(delete(handled).where(handled.c.at < before))


class Database:
    def __init__(self, url: str, clock: Clock) -> None:
        self.engine = make_engine(url)
        self.clock = clock
        self._lanes: set[str] = set()  # that are known to exist: none is ever taken away
        self.said: Callable[[], None] = lambda: None  # called after each commit that put something in the outbox

    @asynccontextmanager
    async def transaction(self, *, once: str | None = None) -> AsyncIterator[UnitOfWork]:
        """Commit on success, roll back on any exception. A once key is let in only once (AlreadyHandled).

        What was kept of an earlier, failed delivery with that key is forgotten with the success of this one.
        """
        async with self.engine.begin() as connection:
            uow = UnitOfWork(connection, self.clock(), self._lanes)
            if once is not None:
                await _let_in_once(uow, once)
                if once.startswith(EVENT):
                    await uow.failures.clear(once)
            yield uow
            said = await uow.outbox.flush()
        self._lanes |= uow.outbox.opened
        if said:
            self.said()

    async def close(self) -> None:
        await self.engine.dispose()


async def _let_in_once(uow: UnitOfWork, once: str) -> None:
    query = insert(uow.connection, handled).values(once=fitting(once), at=uow.now).on_conflict_do_nothing()
    if await uow.connection.scalar(query.returning(handled.c.once)) is None:
        raise AlreadyHandled(once)
