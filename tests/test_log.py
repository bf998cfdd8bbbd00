import io
import json
import logging

import pytest
import structlog

from bot import log

SIGNING_SECRET = "0123456789abcdef0123456789abcdef"


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def as_it_was():
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


@pytest.fixture
def logged():
    stream = io.StringIO()
    log.configure(secrets=[SIGNING_SECRET, ""], stream=stream)
    return lambda: [json.loads(line) for line in stream.getvalue().splitlines()]


def test_our_events_and_those_of_libraries_come_out_alike(logged):
    structlog.get_logger("bot.services").info("asked", project=7)
    logging.getLogger("slack_bolt.AsyncApp").warning("slow %s", "listener", extra={"seconds": 3})

    ours, theirs = logged()
    assert (ours["event"], ours["project"], ours["level"], ours["logger"]) == ("asked", 7, "info", "bot.services")
    assert (theirs["event"], theirs["seconds"], theirs["level"]) == ("slow listener", 3, "warning")
    assert ours.keys() - {"project"} <= theirs.keys()


def test_context_is_added_to_every_line(logged):
    with structlog.contextvars.bound_contextvars(team="T1"):
        logging.getLogger("alembic").info("upgraded")

    assert logged()[0]["team"] == "T1"


def test_an_exception_is_one_line_with_its_traceback(logged):
    try:
        raise RuntimeError("lost")
    except RuntimeError:
        structlog.get_logger("bot").exception("job failed")

    (line,) = logged()
    assert "RuntimeError: lost" in line["exception"]


@pytest.mark.parametrize(
    "secret",
    [
        "xoxb-123-abc",
        "xoxe.xoxb-1-abc",
        "xapp-1-A0-abc",
        SIGNING_SECRET,
        "postgresql+psycopg://align:hunter2@db/align",
        "wss://wss-primary.slack.com/link/?ticket=abc&app_id=1",
        "https://hooks.slack.com/actions/T1/2/abc",
    ],
)
@pytest.mark.parametrize("format", ["json", "console"])
def test_secrets_are_blacked_out_wherever_they_stand(secret, format):
    stream = io.StringIO()
    log.configure("debug", format, [SIGNING_SECRET], stream)
    logger = structlog.get_logger("bot")

    logger.info(f"got {secret}")
    logger.info("deep", fields={"list": [secret], "object": ValueError(secret)})
    logging.getLogger("slack_sdk").error("sent %s", secret)
    try:
        raise RuntimeError(secret)
    except RuntimeError:
        logger.exception("failed")

    assert stream.getvalue().count(log.HIDDEN) >= 5
    assert not any(part in stream.getvalue() for part in (secret, "abc", "hunter2"))


def test_a_field_named_for_a_secret_is_blacked_out_whatever_it_holds(logged):
    structlog.get_logger("bot").info("read", signing_secret="s3", client_secret="s4", bot_token="s5", tokens_left=2)

    (line,) = logged()
    assert (line["signing_secret"], line["client_secret"], line["bot_token"]) == (log.HIDDEN,) * 3
    assert line["tokens_left"] == 2


def test_a_short_secret_does_not_black_out_words():
    stream = io.StringIO()
    log.configure(secrets=["a"], stream=stream)

    structlog.get_logger("bot").info("a banana")

    assert json.loads(stream.getvalue())["event"] == "a banana"


@pytest.mark.parametrize(
    ("name", "quietest"),
    [
        ("bot.slack.relay", "debug"),
        ("slack_sdk.web.async_client", "info"),
        ("app.py:AsyncApp", "info"),
        ("slack_bolt.AsyncRequestVerification", "warning"),
        ("slack_bolt.RequestVerification", "warning"),
        ("apscheduler.executors.default", "warning"),
        ("sqlalchemy.engine.Engine", "warning"),
    ],
)
def test_libraries_cannot_log_what_people_wrote_even_at_debug_level(name, quietest):
    stream = io.StringIO()
    log.configure("debug", "json", stream=stream)

    for level in ("debug", "info", "warning"):
        logging.getLogger(name).log(getattr(logging, level.upper()), "said")

    levels = [json.loads(line)["level"] for line in stream.getvalue().splitlines()]
    assert levels == ["debug", "info", "warning"][["debug", "info", "warning"].index(quietest) :]


async def test_bolt_does_not_log_the_body_of_a_forged_request():
    stream = io.StringIO()
    log.configure("debug", "json", stream=stream)

    answer = await send_forged("the answer is 2 %")

    assert answer == 401
    assert "the answer" not in stream.getvalue()


async def send_forged(text):
    from slack_bolt.async_app import AsyncApp, AsyncBoltRequest

    app = AsyncApp(token="xoxb-1", signing_secret=SIGNING_SECRET)
    headers = {"x-slack-signature": ["v0=00"], "x-slack-request-timestamp": ["1"]}
    response = await app.async_dispatch(AsyncBoltRequest(body=json.dumps({"text": text}), headers=headers))
    return response.status


@pytest.mark.parametrize(("level", "lines"), [("debug", 4), ("info", 3), ("warning", 2), ("error", 1)])
def test_the_level_says_how_much_is_written(level, lines):
    stream = io.StringIO()
    log.configure(level, "json", stream=stream)
    logger = structlog.get_logger("bot")

    for write in (logger.debug, logger.info, logger.warning, logger.error):
        write("event")

    assert len(stream.getvalue().splitlines()) == lines


@pytest.mark.parametrize(("stream", "is_json"), [(io.StringIO(), True), (Terminal(), False)])
def test_a_terminal_gets_text_and_anything_else_json(stream, is_json):
    log.configure(stream=stream)

    structlog.get_logger("bot").info("started")

    assert stream.getvalue().startswith("{") == is_json
    assert "started" in stream.getvalue()


def test_configuring_twice_does_not_write_twice():
    stream = io.StringIO()
    log.configure(stream=stream)
    log.configure(stream=stream)

    structlog.get_logger("bot").info("once")

    assert len(stream.getvalue().splitlines()) == 1
