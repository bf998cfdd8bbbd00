"""Structured logs of ours and of every library, one line an event, with nothing secret in them."""

import logging
import re
import sys
from collections.abc import Iterable
from typing import Any, Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

Format = Literal["console", "json"]

HIDDEN = "[hidden]"
SECRET_FIELD = re.compile(r"(secret|token|password|authorization|encryption_keys?)$", re.IGNORECASE)
SECRET_TEXT = re.compile(
    r"xox[a-z](?:\.xox[a-z])?-[\w-]+|xapp-[\w-]+"
    r"|(?<=://)[^\s/:@]*:[^\s/@]+(?=@)"
    r"|(?<=ticket=)[^&\s\"']+"
    r"|(?<=hooks\.slack\.com/)[^\s\"']+"
)

# The handler asks here, since Bolt sets its loggers to the root's level whenever it makes an app.
# Libraries write whole requests at debug level, and Bolt writes a body with a wrong signature at info level.
QUIETEST = {
    "bot": logging.NOTSET,
    "slack_bolt.RequestVerification": logging.WARNING,
    "slack_bolt.AsyncRequestVerification": logging.WARNING,
    "apscheduler": logging.WARNING,
    "alembic.runtime.migration": logging.WARNING,  # `alignbot migrate` says where the database is
    "aiohttp.access": logging.WARNING,
    "sqlalchemy.engine": logging.WARNING,
}


def configure(
    level: str = "info", format: Format | None = None, secrets: Iterable[str] = (), stream: TextIO | None = None
) -> None:
    """Send every log record to the stream; calling it again replaces what it set before."""
    stream = stream or sys.stderr
    ours: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *ours, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    _send_to(_Handler(stream), _formatter(format or _fitting(stream), ours, secrets), level)


class _Handler(logging.StreamHandler[TextIO]):
    """A class of its own, so that it is found again."""


def _send_to(handler: _Handler, formatter: logging.Formatter, level: str) -> None:
    handler.setFormatter(formatter)
    handler.addFilter(_loud_enough)
    root = logging.getLogger()
    root.handlers = [other for other in root.handlers if not isinstance(other, _Handler)] + [handler]
    root.setLevel(level.upper())


def _formatter(format: Format, ours: list[Processor], secrets: Iterable[str]) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*ours, structlog.stdlib.ExtraAdder()],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.StackInfoRenderer(),
            structlog.processors.format_exc_info,
            _hide_fields,
            _renderer(format),
            _Redaction(secrets),  # after the renderer, so that objects that print themselves hide nothing from it
        ],
    )


def _renderer(format: Format) -> Processor:
    if format == "json":
        return structlog.processors.JSONRenderer(sort_keys=True, ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)


def _fitting(stream: TextIO) -> Format:
    return "console" if stream.isatty() else "json"


def _loud_enough(record: logging.LogRecord) -> bool:
    name = record.name
    while name and name not in QUIETEST:
        name = name.rpartition(".")[0]
    return record.levelno >= QUIETEST.get(name, logging.INFO)


def _hide_fields(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    return {name: HIDDEN if SECRET_FIELD.search(name) and value else value for name, value in event.items()}


class _Redaction:
    def __init__(self, secrets: Iterable[str]) -> None:
        # A shorter one would black out harmless words.
        long_enough = sorted({secret for secret in secrets if len(secret) >= 6}, key=len, reverse=True)
        known = "|".join(re.escape(secret) for secret in long_enough)
        self._pattern = re.compile(f"{known}|{SECRET_TEXT.pattern}") if known else SECRET_TEXT

    def __call__(self, _: WrappedLogger, __: str, line: Any) -> str:
        return self._pattern.sub(HIDDEN, line)
