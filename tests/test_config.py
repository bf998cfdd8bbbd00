import re
from pathlib import Path

import pytest

from bot.config import Settings, WrongSettings, load_settings

ROOT = Path(__file__).parent.parent

SOCKET = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
HTTP = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "5ec2e7"}


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)


@pytest.fixture
def load(monkeypatch):
    def load(**environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return load_settings()

    return load


def problems_of(act):
    with pytest.raises(WrongSettings) as wrong:
        act()
    return wrong.value.problems


def test_an_empty_environment_gives_the_documented_defaults(load):
    settings = load()

    assert (settings.database_url, settings.host, settings.port) == (
        "sqlite+aiosqlite:///alignbot.db",
        "127.0.0.1",
        3000,
    )
    assert (settings.slack_api_url, settings.alignbot_timezone) == ("https://slack.com/api/", "UTC")
    assert (settings.alignbot_packs, settings.alignbot_log_format, settings.alignbot_log_level) == (None, None, "info")
    assert (settings.alignbot_admins, settings.alignbot_lease) == (frozenset(), 30)


def test_the_example_file_names_every_variable_and_no_other():
    named = re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)

    assert sorted(named) == sorted(field.upper() for field in Settings.model_fields)


def test_the_example_file_can_be_copied_as_it_is(load):
    Path(".env").write_text((ROOT / ".env.example").read_text())

    assert load().model_dump() == Settings().model_dump()


def test_a_dot_env_file_is_read_and_the_environment_wins(load):
    Path(".env").write_text("PORT=4000\nHOST=0.0.0.0\n")

    settings = load(PORT="5000")

    assert (settings.host, settings.port) == ("0.0.0.0", 5000)


def test_an_empty_value_counts_as_none(load):
    assert load(SLACK_APP_TOKEN="", PORT="").mode == "http"


def test_settings_made_by_hand_do_not_read_the_environment(monkeypatch):
    monkeypatch.setenv("PORT", "4000")

    assert Settings().port == 3000


@pytest.mark.parametrize(
    ("environment", "mode"),
    [
        ({}, "http"),
        (SOCKET, "socket"),
        ({**SOCKET, "ALIGNBOT_MODE": "http"}, "http"),
        ({"ALIGNBOT_MODE": "Socket"}, "socket"),
    ],
)
def test_an_app_token_means_socket_mode_unless_said_otherwise(load, environment, mode):
    assert load(**environment).mode == mode


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("sqlite:///a.db", "sqlite+aiosqlite:///a.db"),
        ("sqlite+aiosqlite:////data/a.db", "sqlite+aiosqlite:////data/a.db"),
        ("postgres://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgresql://u:p@h:5432/d?sslmode=require", "postgresql+psycopg://u:p@h:5432/d?sslmode=require"),
        ("postgresql+psycopg://h/d", "postgresql+psycopg://h/d"),
    ],
)
def test_a_database_address_gets_our_driver(load, given, used):
    assert load(DATABASE_URL=given).database_url == used


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("SLACK_API_URL", "https://slack.com/api"),
        ("SLACK_API_URL", "slack.com/api/"),
        ("SLACK_API_URL", "http://[/api/"),
        ("ALIGNBOT_MODE", "sockets"),
        ("ALIGNBOT_TIMEZONE", "Berlin"),
        ("ALIGNBOT_TIMEZONE", "../UTC"),
        ("ALIGNBOT_LOG_FORMAT", "xml"),
        ("ALIGNBOT_LOG_LEVEL", "loud"),
        ("ALIGNBOT_PACKS", "no-such-folder"),
        ("ALIGNBOT_ADMINS", "@pam"),
        ("ALIGNBOT_LEASE", "0"),
        ("DATABASE_URL", "mysql://u:hunter2@h/d"),
        ("DATABASE_URL", "postgresql+asyncpg://u:hunter2@h/d"),
        ("DATABASE_URL", "alignbot.db"),
    ],
)
def test_a_wrong_value_is_answered_with_one_sentence_that_names_it(load, name, value):
    problems = problems_of(lambda: load(**{name: value}))

    assert [problem.partition(" ")[0] for problem in problems] == [name]
    assert re.fullmatch(r".+ is .+\. It must be [^.]+\S+\.", problems[0].replace("…", ""))


def test_every_variable_that_can_be_wrong_says_what_it_must_be():
    free = {"slack_client_id", "host"}
    secret = {name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)}

    assert {name for name, field in Settings.model_fields.items() if field.description is None} == free | secret


def test_a_sentence_says_what_was_wrong_and_what_to_do(load):
    assert problems_of(lambda: load(PORT="http", ALIGNBOT_MODE="sockets")) == (
        "ALIGNBOT_MODE is 'sockets'. It must be http or socket; remove it to let SLACK_APP_TOKEN decide.",
        "PORT is 'http'. It must be a whole number from 1 to 65535, such as 3000.",
    )


def test_a_database_password_is_in_no_sentence_and_no_repr(load):
    assert "hunter2" not in str(problems_of(lambda: load(DATABASE_URL="mysql://u:hunter2@h/d")))
    assert "hunter2" not in repr(load(DATABASE_URL="postgresql://u:hunter2@h/d"))


@pytest.mark.parametrize("environment", [SOCKET, HTTP])
def test_one_workspace_needs_two_secrets_to_be_served(load, environment):
    settings = load(**environment)

    assert settings.for_serving() is settings


@pytest.mark.parametrize(
    ("environment", "starts"),
    [
        ({}, ["SLACK_BOT_TOKEN is missing.", "SLACK_SIGNING_SECRET is missing"]),
        ({**SOCKET, "SLACK_BOT_TOKEN": "xoxp-1"}, ["SLACK_BOT_TOKEN does not start with xoxb-"]),
        ({**SOCKET, "SLACK_APP_TOKEN": "xoxb-1"}, ["SLACK_APP_TOKEN does not start with xapp-"]),
        ({**HTTP, "ALIGNBOT_MODE": "socket"}, ["SLACK_APP_TOKEN is missing."]),
        ({**SOCKET, "ALIGNBOT_MODE": "http"}, ["SLACK_SIGNING_SECRET is missing"]),
    ],
)
def test_what_serving_lacks_is_named(load, environment, starts):
    problems = problems_of(load(**environment).for_serving)

    assert len(problems) == len(starts)
    assert all(problem.startswith(start) for problem, start in zip(problems, starts, strict=True))


def test_admins_are_separated_by_commas(load):
    assert load(ALIGNBOT_ADMINS="U012AB3CD, W045EF6GH,").alignbot_admins == {"U012AB3CD", "W045EF6GH"}


def test_settings_cannot_be_changed(load):
    with pytest.raises(ValueError, match="frozen"):
        load().port = 1


def test_secrets_are_listed_for_the_log_and_shown_nowhere(load):
    settings = load(**SOCKET, DATABASE_URL="postgresql://u:hunter2@h/d", ALIGNBOT_ENCRYPTION_KEYS="key1,key2")

    assert set(settings.secrets) == {"xoxb-1", "xapp-1", "hunter2", "key1,key2", "key1", "key2"}
    assert not any(secret in repr(settings) + str(settings) for secret in settings.secrets)
