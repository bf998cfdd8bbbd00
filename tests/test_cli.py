"""The command line as a process: what it prints, and with which exit status."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.db.migrate import newest

ROOT = Path(__file__).parents[1]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def alignbot(tmp_path: Path) -> Run:
    """Runs a command in an empty folder, with no settings but the given ones."""

    def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        ours = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "ALIGNBOT_"))}
        environment = {**ours, "PYTHONPATH": str(ROOT), "DATABASE_URL": "sqlite:///alignbot.db", **settings}
        command = [sys.executable, "-m", "bot", *arguments]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120)

    return run


COMMANDS = (
    "serve",
    "migrate",
    "demo",
    "sandbox",
    "assess",
    "export",
    "import",
    "tick",
    "doctor",
    "packs check",
    "failed list",
    "failed retry",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_a_help_with_an_example(command: str):
    help = CliRunner().invoke(app, [*command.split(), "--help"])

    assert help.exit_code == 0
    assert f"Example: alignbot {command}" in " ".join(help.output.split()).replace(
        "DATABASE_URL=postgresql://localhost/alignbot ", ""
    )


def test_a_wrong_setting_stops_the_start_with_a_sentence_that_names_it(alignbot: Run):
    done = alignbot("serve", SLACK_BOT_TOKEN="xoxb-1", SLACK_SIGNING_SECRET="s", PORT="many")

    assert done.returncode == 1
    assert done.stderr.startswith("PORT is 'many'. It must be a whole number")
    assert "Traceback" not in done.stderr


def test_a_missing_token_says_where_to_find_it(alignbot: Run):
    done = alignbot("serve")

    assert done.returncode == 1
    assert "SLACK_BOT_TOKEN is missing" in done.stderr
    assert "OAuth & Permissions" in done.stderr


def test_a_database_that_cannot_be_reached_is_a_sentence_without_its_password(alignbot: Run):
    done = alignbot("migrate", DATABASE_URL="postgresql://me:hush@127.0.0.1:1/none")

    assert done.returncode == 1
    assert "cannot be reached" in done.stderr
    assert "hush" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_an_unmigrated_server_database_is_refused_with_the_command_to_run(alignbot: Run, database_url: str):
    done = alignbot("serve", SLACK_BOT_TOKEN="xoxb-1", SLACK_SIGNING_SECRET="s", DATABASE_URL=database_url)

    assert done.returncode == 1
    assert "Run `alignbot migrate` first." in done.stderr
    assert "Traceback" not in done.stderr


def test_migrate_brings_either_database_to_the_newest_schema(alignbot: Run, database_url: str):
    done = alignbot("migrate", DATABASE_URL=database_url)

    assert (done.returncode, done.stdout) == (0, f"The database is at revision {newest()}.\n"), done.stderr


def test_an_invalid_pack_stops_the_start_with_file_and_line(alignbot: Run, tmp_path: Path):
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "mine.yaml").write_text("questions:\n- id: pm.new\n  role: pm\n  colour: red\n")

    checked = alignbot("packs", "check", "packs")
    served = alignbot("serve", SLACK_BOT_TOKEN="xoxb-1", SLACK_SIGNING_SECRET="s", ALIGNBOT_PACKS="packs")

    assert checked.returncode == 1
    assert "mine.yaml:4: " in checked.stdout
    assert served.returncode == 1
    assert "mine.yaml:4: " in served.stderr
    assert "Traceback" not in served.stderr


def test_assess_prints_a_report_for_each_snapshot_in_order(alignbot: Run, tmp_path: Path):
    people = {"pm": "U1", "ml": "U2", "eng": "U3"}
    empty = [{"id": id, "as_of": "2026-11-25", "people": people, "answers": {}, "features": []} for id in ("a", "b")]
    (tmp_path / "two.json").write_text(json.dumps(empty))

    done = alignbot("assess", "two.json")

    assert done.returncode == 0, done.stderr
    assert [(r["id"], r["state"]) for r in json.loads(done.stdout)] == [
        ("a", "not_enough_known"),
        ("b", "not_enough_known"),
    ]


def test_a_malformed_snapshot_is_named_by_file_pointer_and_what_was_expected(alignbot: Run, tmp_path: Path):
    snapshot = {"id": "a", "as_of": "2026-11-25", "people": {}, "answers": {"eng": {"eng.serving": "moon"}}}
    (tmp_path / "one.json").write_text(json.dumps(snapshot))

    done = alignbot("assess", "one.json")

    assert done.returncode == 2
    assert done.stderr.startswith("one.json: /answers/eng/eng.serving: expected")


@pytest.mark.parametrize(
    ("moment", "says"),
    [
        ("yesterday", "is no ISO moment"),
        ("2026-03-02T10:00", "has no zone"),
        ("2999-01-01T10:00Z", "still to come"),
    ],
)
def test_tick_refuses_a_moment_it_cannot_take(alignbot: Run, moment: str, says: str):
    done = alignbot("tick", "--at", moment)

    assert done.returncode == 2
    assert says in done.stderr


def test_tick_on_an_empty_database_has_nothing_to_say(alignbot: Run, database_url: str):
    alignbot("migrate", DATABASE_URL=database_url)

    done = alignbot("tick", "--at", "2026-03-02T10:00Z", DATABASE_URL=database_url)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "Nothing is due then.\n")


def test_failed_list_says_that_there_is_nothing(alignbot: Run, database_url: str):
    alignbot("migrate", DATABASE_URL=database_url)

    done = alignbot("failed", "list", DATABASE_URL=database_url)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "Nothing was given up on.\n")


def test_failed_list_wants_a_migrated_database(alignbot: Run):
    done = alignbot("failed", "list")

    assert done.returncode == 1
    assert "Run `alignbot migrate` first." in done.stderr


def test_doctor_says_what_is_missing_and_where_it_is_found(alignbot: Run):
    done = alignbot("doctor")

    assert done.returncode == 1
    assert done.stdout.startswith("MEND  settings  SLACK_BOT_TOKEN is missing.")


def test_the_demo_plays_to_its_end(alignbot: Run):
    done = alignbot("demo")

    assert done.returncode == 0, done.stderr
    for expected in ("Not enough known", "Misaligned", "Solved", "by role", "At risk", "on one page", "Played in"):
        assert expected in done.stdout


def test_each_command_that_the_readme_names_exists(alignbot: Run):
    words = [
        line.split("alignbot ", 1)[1] for line in (ROOT / "README.md").read_text().splitlines() if "`alignbot " in line
    ]
    named = {word.split("`")[0].split()[0].strip(",") for word in words}

    assert named
    assert named <= {command.split()[0] for command in COMMANDS}
    targets = (ROOT / "Makefile").read_text()
    assert all(f"\n{target}:" in targets for target in ("setup", "demo", "test", "check", "bench"))


def test_the_page_of_the_stand_in_says_where_it_is_and_stops_when_asked(tmp_path: Path):
    command = [sys.executable, "-m", "bot", "sandbox", "--port", str(_free_port())]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True) as page:
        assert page.stdout is not None
        said = [page.stdout.readline() for _ in range(2)]
        page.send_signal(signal.SIGINT)
        assert page.wait(timeout=60) == 0
    assert f"http://127.0.0.1:{command[-1]} is the page" in said[1]
    assert "Ctrl-C stops it" in said[1]
    assert list(tmp_path.iterdir()) == []


def test_a_taken_port_is_told_in_a_sentence(alignbot: Run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = alignbot("sandbox", "--port", str(port))

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"Port {port} is taken. Choose another one: alignbot sandbox --port {port + 1}\n"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port
