"""The settings, and the only place that reads the environment. Each field is its variable in lower case."""

import re
from collections.abc import Iterable
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import BaseModel, ConfigDict, DirectoryPath, Field, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
PERSON = re.compile(r"[UW][A-Z0-9]{2,}")


class WrongSettings(Exception):
    """One sentence for each variable that stops the start."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class Settings(BaseModel):
    """Checked values. A description ends the sentence "NAME must be …" that a wrong one is answered with."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    slack_bot_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_api_url: str = Field(
        "https://slack.com/api/",
        description="an http or https address ending with /api/, such as https://slack.com/api/",
    )
    slack_client_id: str | None = None
    slack_client_secret: SecretStr | None = None
    alignbot_encryption_keys: SecretStr | None = None
    alignbot_mode: Literal["http", "socket"] | None = Field(
        None, description="http or socket; remove it to let SLACK_APP_TOKEN decide"
    )
    database_url: str = Field(
        "sqlite+aiosqlite:///alignbot.db",
        repr=False,
        description="sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE",
    )
    host: str = "127.0.0.1"
    port: int = Field(3000, ge=1, le=65535, description="a whole number from 1 to 65535, such as 3000")
    alignbot_packs: DirectoryPath | None = Field(
        None, description="a folder that exists; remove it to use the built-in question packs"
    )
    alignbot_timezone: str = Field("UTC", description="an IANA zone name, such as Europe/Berlin or UTC")
    alignbot_log_format: Literal["console", "json"] | None = Field(
        None, description="console or json; remove it for console on a terminal and json elsewhere"
    )
    alignbot_log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="debug, info, warning or error"
    )
    alignbot_admins: Annotated[frozenset[str], NoDecode] = Field(
        frozenset(), description="Slack member ids separated by commas, such as U012AB3CD,U045EF6GH"
    )
    alignbot_lease: float = Field(30, ge=1, le=3600, description="a number of seconds from 1 to 3600, such as 30")

    @property
    def mode(self) -> Literal["socket", "http"]:
        return self.alignbot_mode or ("socket" if self.slack_app_token else "http")

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be shown, for the log to black out."""
        hidden = [value.get_secret_value() for _, value in self if isinstance(value, SecretStr)]
        keys = [key.strip() for text in hidden for key in text.split(",")]
        password = urlsplit(self.database_url).password
        return tuple(text for text in [*hidden, *keys, password] if text)

    def for_serving(self) -> Self:
        """These settings, if they are enough to talk to Slack."""
        problems = [problem for problem in (self._bot_token_problem(), self._mode_problem()) if problem]
        if problems:
            raise WrongSettings(problems)
        return self

    def _bot_token_problem(self) -> str | None:
        page = "Slack shows it under OAuth & Permissions, once the app is installed in the workspace."
        return _token_problem("SLACK_BOT_TOKEN", self.slack_bot_token, "xoxb-", page)

    def _mode_problem(self) -> str | None:
        if self.mode == "socket":
            page = (
                "Make one under Basic Information, App-Level Tokens, with connections:write; or set ALIGNBOT_MODE=http."
            )
            return _token_problem("SLACK_APP_TOKEN", self.slack_app_token, "xapp-", page)
        if self.slack_signing_secret is None:
            return (
                "SLACK_SIGNING_SECRET is missing, and without it nobody can tell Slack's requests from forged ones. "
                "Copy it from Basic Information, App Credentials; or set SLACK_APP_TOKEN to use Socket Mode instead."
            )
        return None

    @field_validator("alignbot_log_level", "alignbot_log_format", "alignbot_mode", mode="before")
    @classmethod
    def _any_case(cls, value: Any) -> Any:
        return value.lower() if isinstance(value, str) else value

    @field_validator("alignbot_admins", mode="before")
    @classmethod
    def _separated_by_commas(cls, value: Any) -> Any:
        people = [one.strip() for one in value.split(",") if one.strip()] if isinstance(value, str) else value
        if not all(PERSON.fullmatch(person) for person in people):
            raise ValueError
        return people

    @field_validator("slack_api_url")
    @classmethod
    def _api_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or not parts.path.endswith("/api/"):
            raise ValueError
        return value

    @field_validator("alignbot_timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError
        return value

    @field_validator("database_url")
    @classmethod
    def _with_our_driver(cls, value: str) -> str:
        scheme, separator, rest = value.partition("://")
        if scheme not in DRIVERS or not separator or not urlsplit(value):
            raise ValueError
        return f"{DRIVERS[scheme]}://{rest}"


class _FromEnvironment(Settings, BaseSettings):
    model_config = SettingsConfigDict(
        frozen=True, env_file=".env", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )


def load_settings() -> Settings:
    """The settings from the environment and, where it is silent, from `.env` in the working directory."""
    try:
        return _FromEnvironment()
    except ValidationError as error:
        raise WrongSettings(_sentence(details) for details in error.errors()) from None


def _sentence(error: ErrorDetails) -> str:
    field = str(error["loc"][0])
    return f"{field.upper()} is {_shown(field, error['input'])}. It must be {Settings.model_fields[field].description}."


def _shown(field: str, value: Any) -> str:
    """The wrong value, but of a database address only what cannot hold a password."""
    if field != "database_url":
        return repr(str(value))
    scheme, separator, _ = str(value).partition("://")
    return repr(f"{scheme}://…") if separator else "no database address"


def _token_problem(name: str, token: SecretStr | None, prefix: str, page: str) -> str | None:
    if token is None:
        return f"{name} is missing. {page}"
    if not token.get_secret_value().startswith(prefix):
        return f"{name} does not start with {prefix}, so it is another kind of token. {page}"
    return None
