"""`alignbot doctor`: what is well, and for what is not, the mend; one line each."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from ruamel.yaml import YAML

from bot.config import Settings, WrongSettings
from bot.db import migrate
from bot.runtime import Runtime, build
from bot.slack import checkup

MANIFEST = Path(__file__).parents[1] / "manifest.yml"
SLOW, SKEWED = timedelta(minutes=5), timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Result:
    well: bool
    what: str
    says: str

    def __str__(self) -> str:
        return f"{'ok  ' if self.well else 'MEND'}  {self.what:<9} {self.says}"


async def examine(settings: Settings) -> AsyncIterator[Result]:
    """Each check in turn; later ones are left out where an earlier one makes them pointless."""
    try:
        settings.for_serving()
    except WrongSettings as wrong:
        for problem in wrong.problems:
            yield Result(False, "settings", problem)
        return
    yield Result(True, "settings", f"{settings.mode} mode")
    async with build(settings) as runtime:
        async for result in _slack(runtime):
            yield result
        reachable = await _database(runtime)
        yield reachable
        if reachable.well:
            yield await _backlog(runtime)
            yield await _failures(runtime)
            yield await _channels(runtime)


async def _slack(runtime: Runtime) -> AsyncIterator[Result]:
    try:
        found = await checkup.installation(runtime.client)
    except checkup.Unreachable as error:
        yield Result(
            False, "token", f"{error}. Check SLACK_BOT_TOKEN and SLACK_API_URL; reinstall the app if it was removed."
        )
        return
    yield Result(True, "token", f"{found.user} in {found.team}")
    missing = sorted(_wanted_scopes() - found.scopes)
    mend = "Add them under OAuth & Permissions, or update the app from manifest.yml, and reinstall it."
    yield Result(not missing, "scopes", f"missing: {', '.join(missing)}. {mend}" if missing else "all of the manifest")


def _wanted_scopes() -> frozenset[str]:
    manifest = YAML(typ="safe", pure=True).load(MANIFEST)
    return frozenset(manifest["oauth_config"]["scopes"]["bot"])


async def _database(runtime: Runtime) -> Result:
    try:
        revision = await migrate.current(runtime.database)
    except Exception as error:
        return Result(
            False, "database", f"cannot be reached ({type(error).__name__}). Check DATABASE_URL and the server."
        )
    if revision != migrate.newest():
        return Result(
            False, "database", f"revision {revision or 'none'}, needed {migrate.newest()}. Run `alignbot migrate`."
        )
    return Result(True, "database", f"{runtime.database.engine.dialect.name}, revision {revision}")


async def _backlog(runtime: Runtime) -> Result:
    count, oldest = await runtime.lanes.backlog()
    late = oldest is not None and runtime.database.clock() - oldest > SLOW
    says = f"{count} waiting" + (
        f", the oldest since {oldest:%Y-%m-%d %H:%M} UTC. Is `alignbot serve` running?" if late else ""
    )
    return Result(not late, "delivery", says)


async def _failures(runtime: Runtime) -> Result:
    async with runtime.database.transaction() as uow:
        found = await uow.failures.all()
    says = f"{len(found)} given up on. `alignbot failed list` shows them." if found else "nothing given up on"
    return Result(not found, "failed", says)


async def _channels(runtime: Runtime) -> Result:
    async with runtime.database.transaction() as uow:
        channels = await uow.projects.channels()
    lost = await checkup.not_in(runtime.client, channels)
    mend = f"not in {', '.join(lost)}: type `/invite @Alignbot` there, or close those kickoffs."
    return Result(not lost, "channels", mend if lost else f"{len(channels)} with an open kickoff, all reachable")
