"""A process that dies at the n-th step it waits for: nothing of it happens any more from then on."""

from collections.abc import Callable
from typing import Any

import aiohttp

from bot.db import Database

STATEMENTS = ("do_execute", "do_execute_no_params", "do_executemany")


class Crash(BaseException):
    """As if the power went: no handler of ordinary errors sees it."""


class Hazard:
    """Counts the steps of a process; the one numbered `at` kills it.

    Without statements: those of a transaction all come to the same, since nothing of it is kept before its commit.
    """

    def __init__(self, at: int | None = None, *, statements: bool = True) -> None:
        self.at, self.steps, self.dead, self.where = at, 0, False, ""
        self._statements = statements

    def step(self, what: str) -> None:
        if self.dead:
            raise Crash
        self.steps += 1
        if self.steps == self.at:
            self.dead, self.where = True, what
            raise Crash(what)

    def in_database(self, database: Database) -> None:
        """Before each statement, before each commit, and after it: kept, but nobody was told."""
        dialect: Any = database.engine.sync_engine.dialect
        for name in STATEMENTS:
            setattr(dialect, name, self._before(getattr(dialect, name)))
        dialect.do_commit = self._around(dialect.do_commit)

    def _before(self, execute: Callable[..., None]) -> Callable[..., None]:
        def haunted(cursor: Any, statement: str, *rest: Any) -> None:
            if self._statements or self.dead:
                self.step(statement.split("\n")[0][:60])
            execute(cursor, statement, *rest)

        return haunted

    def _around(self, commit: Callable[[Any], None]) -> Callable[[Any], None]:
        def haunted(connection: Any) -> None:
            self.step("before commit")
            commit(connection)
            self.step("after commit")

        return haunted

    def in_calls(self, session: aiohttp.ClientSession) -> None:
        """Before each call of Slack, and after it: carried out, and the answer not seen."""
        request = session._request

        async def haunted(method: str, url: Any, **options: Any) -> Any:
            name = str(url).rsplit("/", 1)[-1]
            self.step(f"before {name}")
            answer = await request(method, url, **options)
            self.step(f"after {name}")
            return answer

        object.__setattr__(session, "_request", haunted)
