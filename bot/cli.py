"""The command line. Each command is a few lines: read settings, build, run, print. Exit 0, 1 failed, 2 wrong usage."""

import asyncio
import json
import sys
from collections.abc import Coroutine
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import log
from bot.config import Settings, WrongSettings, load_settings

app = typer.Typer(
    help="Keeps the PM, the ML person and the product engineer of an ML product aligned, in Slack.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)
packs = typer.Typer(help="Question packs.", no_args_is_help=True)
failed = typer.Typer(help="Messages and events given up on.", no_args_is_help=True)
app.add_typer(packs, name="packs")
app.add_typer(failed, name="failed")


class Form(StrEnum):
    SNAPSHOT = "snapshot"
    BRIEF = "brief"


class Scene(StrEnum):
    EMPTY = "empty"
    KICKOFF = "kickoff"
    TROUBLE = "trouble"


def main() -> None:
    """Known errors are a sentence on standard error, without a traceback."""
    from bot.db.migrate import NotReachable
    from bot.packs.loader import InvalidPack
    from bot.runtime import CannotStart

    try:
        app()
    except (WrongSettings, InvalidPack, CannotStart, NotReachable) as error:
        sys.exit(_complain(str(error)))


def _complain(text: str, code: int = 1) -> int:
    print(text, file=sys.stderr)
    return code


def _settings() -> Settings:
    settings = load_settings()
    log.configure(settings.alignbot_log_level, settings.alignbot_log_format, settings.secrets)
    return settings


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(work)


@app.command(epilog="Example: alignbot serve")
def serve() -> None:
    """Run the bot. Migrates an SQLite file by itself; a server's database wants `alignbot migrate` first."""
    from bot.runtime import serve as run_bot

    _run(run_bot(_settings()))


@app.command(epilog="Example: DATABASE_URL=postgresql://localhost/alignbot alignbot migrate")
def migrate() -> None:
    """Bring the database to the newest schema."""
    from bot import operations

    print(f"The database is at revision {_run(operations.migrate_database(_settings()))}.")


@app.command(epilog="Example: alignbot demo")
def demo(
    headless: Annotated[
        bool, typer.Option(help="Print the transcript only; the demo has no page of its own yet.")
    ] = True,
) -> None:
    """Play a whole kickoff by three people against the local stand-in for Slack, and print what each of them sees."""
    from bot.sandbox.demo import play

    sys.exit(_run(play.main()))


@app.command(epilog="Example: alignbot sandbox --scene trouble")
def sandbox(
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port on 127.0.0.1.")] = 8000,
    scene: Annotated[
        Scene, typer.Option(help="Nothing said yet, a finished kickoff, or six weeks of a product in trouble.")
    ] = Scene.EMPTY,
) -> None:
    """Open the local stand-in for Slack as a page on this computer, on which you play every role yourself."""
    from bot.sandbox.page.run import PortTaken, open_page

    try:
        _run(open_page(port, scene.value))
    except PortTaken as error:
        sys.exit(_complain(str(error)))
    except KeyboardInterrupt:  # where Ctrl-C cannot be asked for kindly
        return


@app.command(epilog="Example: alignbot assess snapshot.json")
def assess(
    files: Annotated[list[Path], typer.Argument(help="Snapshots: each file holds one or a list of them.")],
) -> None:
    """Print the alignment of projects as JSON: state, score, findings, and a reason for each point."""
    from bot.services.assessing import assess_file
    from bot.services.snapshots import MalformedSnapshot

    try:
        reports = [report for file in files for report in assess_file(file)]
    except MalformedSnapshot as error:
        sys.exit(_complain(str(error), 2))
    print(json.dumps(reports, indent=2, ensure_ascii=False))


@app.command(epilog="Example: alignbot export Ready-By > ready-by.json")
def export(
    project: Annotated[str, typer.Argument(help="Its number or its name.")],
    form: Annotated[
        Form, typer.Option("--as", help="A snapshot, which `import` and `assess` read, or the brief.")
    ] = Form.SNAPSHOT,
) -> None:
    """Print a project with its whole history as JSON, or what it is about as Markdown."""
    from bot import operations
    from bot.domain.errors import BotError

    try:
        print(_run(operations.export(_settings(), project, form.value)))
    except BotError as error:
        sys.exit(_complain(str(error)))


@app.command("import", epilog="Example: alignbot import ready-by.json")
def take_in(file: Annotated[Path, typer.Argument(help="What `export` has printed.")]) -> None:
    """Store an exported project with its whole history, under a new number; it goes on in its channel."""
    from bot import operations
    from bot.domain.errors import BotError
    from bot.services.assessing import parsed
    from bot.services.snapshots import MalformedSnapshot

    try:
        project = _run(operations.take_in(_settings(), parsed(file)))
    except MalformedSnapshot as error:
        sys.exit(_complain(str(error.within(file=str(file))), 2))
    except BotError as error:
        sys.exit(_complain(str(error)))
    print(f"{project.name} is project {project.id} now, in {project.channel}.")


@app.command(epilog="Example: alignbot tick --at 2026-12-01T10:00+01:00 --dry-run")
def tick(
    at: Annotated[str, typer.Option(help="The moment, as ISO text with its zone.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Change nothing; say what would be sent.")] = False,
) -> None:
    """Run everything that is due at a moment, once; a line for each message, to whom, and by which rule."""
    from bot import operations

    moment = _moment(at)
    if moment > datetime.now(UTC) and not dry_run:
        sys.exit(_complain("This moment is still to come. Add --dry-run to see what would be sent then.", 2))
    happened = _run(operations.tick_once(_settings(), moment, rehearsal=dry_run))
    for done in happened:
        print(f"{done.what:<9} {done.to:<14} {done.rule}")
    if not happened:
        _complain("Nothing is due then.")


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        sys.exit(_complain(f"{text!r} is no ISO moment. Write it like 2026-12-01T10:00+01:00.", 2))
    if moment.tzinfo is None:
        sys.exit(_complain(f"{text!r} has no zone. Add one, as in 2026-12-01T10:00+01:00 or …10:00Z.", 2))
    return moment.astimezone(UTC)


@app.command(epilog="Example: alignbot doctor")
def doctor() -> None:
    """Check settings, token, scopes, database, deliveries and channels; a line each, with the mend."""
    from bot.doctor import examine

    async def examined() -> bool:
        well = True
        async for result in examine(settings):
            print(result)
            well &= result.well
        return well

    settings = _settings()
    sys.exit(0 if _run(examined()) else 1)


@packs.command("check", epilog="Example: alignbot packs check my-packs")
def check_packs(folder: Annotated[Path, typer.Argument(exists=True, file_okay=False)]) -> None:
    """Check question packs: file, line, problem."""
    from bot.packs.loader import check_packs

    problems = check_packs(folder)
    for problem in problems:
        print(problem)
    if problems:
        sys.exit(1)
    print("All question packs are valid.")


@failed.command("list", epilog="Example: alignbot failed list")
def list_failed() -> None:
    """Show what was given up on: deliveries from Slack (in) and messages to it (out)."""
    from bot import operations

    given_up = _run(operations.list_failed(_settings()))
    for failure in given_up:
        print(f"{failure.direction:<4} {failure.id:<6} {failure.at:%Y-%m-%d %H:%M}  {failure.kind:<16} {failure.error}")
    if not given_up:
        _complain("Nothing was given up on.")


@failed.command("retry", epilog="Example: alignbot failed retry")
def retry_failed() -> None:
    """Handle failed events again and queue refused messages once more; `alignbot serve` then posts them."""
    from bot import operations

    handled, queued, left = _run(operations.retry_failed(_settings()))
    print(f"{handled} events handled, {queued} messages queued again, {left} still failed.")
