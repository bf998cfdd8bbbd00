"""What comes from Slack: counted once, acknowledged after the commit, kept when we fail, refused when it is forged."""

import io
import json
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from slack_sdk.signature import SignatureVerifier

from bot import log
from bot.sandbox.demo.world import SECRET, World
from tests.db.evidence import failures, the_project
from tests.db.speaking import ANSWER, pm_card

FORM = "application/x-www-form-urlencoded"


@contextmanager
def broken(world: World) -> Iterator[None]:
    """Whatever a delivery would change fails, as if for a bug of ours."""
    database = world.bot.database
    whole = database.transaction

    def transaction(*, once: str | None = None) -> Any:
        if once is not None:
            raise RuntimeError("a bug of ours")
        return whole(once=once)

    database.transaction = transaction  # type: ignore[method-assign]
    try:
        yield
    finally:
        del database.transaction


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What the bot would write, with its own log set up as it is when it serves."""
    root = logging.getLogger()
    handlers, level, stream = root.handlers, root.level, io.StringIO()
    log.configure("debug", "json", stream=stream)
    yield stream
    root.handlers, root.level = handlers, level


async def versions(world: World, question: str = "pm.user_decision") -> int:
    project = await the_project(world.bot.database, "C_READY")
    async with world.bot.database.transaction() as uow:
        return len(await uow.projects.versions(project.id, question))


async def test_the_same_event_four_times_at_once_counts_once(kickoff):
    slack = kickoff.slack
    slack.deliver_to(None)
    await slack.says("pm", "ready-by", ANSWER, thread=pm_card(kickoff))
    slack.deliver_to(f"{kickoff.url}/slack/events")

    assert await slack.redeliver(slack.deliveries[-1].event_id, times=4, at_once=True) == [200] * 4
    await kickoff.settle()

    assert await versions(kickoff) == 1
    assert slack.lost == []


async def test_an_event_that_we_fail_on_is_kept_once_and_counts_when_slack_delivers_it_again(kickoff):
    slack = kickoff.slack
    with broken(kickoff):
        await slack.says("pm", "ready-by", ANSWER, thread=pm_card(kickoff))
        await slack.run_due()  # at once, and once more in a minute
        assert [d.status for d in slack.deliveries[-2:]] == [500, 500]

    (kept,) = await failures(kickoff.bot.database)
    assert (kept.direction, kept.kind, kept.key) == ("in", "message", f"event:{slack.deliveries[-1].event_id}")
    assert kept.payload["event"]["text"] == ANSWER
    assert await versions(kickoff) == 0

    await kickoff.settle()  # Slack delivers it again after a minute

    assert (await versions(kickoff), await failures(kickoff.bot.database), slack.lost) == (1, [], [])


async def test_after_a_failed_click_the_person_is_told_and_the_click_is_kept(kickoff):
    question = kickoff.slack.messages("ready-by", thread=pm_card(kickoff))[0]
    with broken(kickoff):
        answer = await kickoff.slack.clicks("pm", question, "I don't know")

    assert answer.ok
    assert "Something went wrong on my side" in answer.text
    (kept,) = await failures(kickoff.bot.database)
    assert (kept.kind, kept.payload["user"]["id"]) == ("block_actions", "U_PM")


async def test_after_a_failed_command_the_person_is_told_and_it_is_kept(kickoff):
    with broken(kickoff):
        answer = await kickoff.slack.commands("pm", "ready-by", "/align", "pause")

    assert answer.ok
    assert "Something went wrong on my side" in answer.text
    (kept,) = await failures(kickoff.bot.database)
    assert (kept.kind, kept.payload["text"]) == ("command", "pause")


async def test_after_a_failed_form_the_person_is_told_in_it_and_it_is_kept(kickoff):
    await kickoff.slack.clicks("pm", kickoff.slack.messages("ready-by", thread=pm_card(kickoff))[0], "Answer")
    with broken(kickoff):
        answer = await kickoff.slack.submits("pm", {kickoff.slack.view_of("pm").labels[0]: ANSWER})

    assert answer.ok
    assert "Something went wrong on my side" in kickoff.slack.view_of("pm").plain
    assert [f.kind for f in await failures(kickoff.bot.database)] == ["view_submission"]


async def test_even_a_database_that_is_away_ends_in_a_sentence_and_a_500(kickoff, monkeypatch):
    def away(**_: Any) -> Any:
        raise ConnectionError("the database is away")

    monkeypatch.setattr(kickoff.bot.database, "transaction", away)
    answer = await kickoff.slack.commands("pm", "ready-by", "/align", "status")
    await kickoff.slack.says("pm", "ready-by", ANSWER, thread=pm_card(kickoff))
    monkeypatch.undo()

    assert "Something went wrong on my side" in answer.text
    assert kickoff.slack.deliveries[-1].status == 500
    await kickoff.settle()
    assert await versions(kickoff) == 1


async def send(world: World, body: bytes, *, kind: str = "application/json", **headers: str) -> tuple[int, str]:
    """A request that Slack's server may have sent, or somebody else."""
    stamp = headers.pop("stamp", str(int(time.time())))
    signed = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body.decode("utf-8", "replace"))
    signature = headers.pop("signature", signed)
    sent = {"Content-Type": kind, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature, **headers}
    url = f"{world.url}/slack/events"
    async with aiohttp.ClientSession() as session, session.post(url, data=io.BytesIO(body), headers=sent) as answer:
        return answer.status, await answer.text()


EVENT = json.dumps({"type": "event_callback", "event_id": "Ev1", "event": {"type": "message", "text": "a-secret-plan"}})


@pytest.mark.parametrize(
    "headers",
    [
        {"signature": "v0=0000"},
        {"signature": ""},
        {"signature": "v0=ñ"},
        {"stamp": str(int(time.time()) - 600)},
        {"stamp": str(int(time.time()) + 86_400)},
        {"stamp": "yesterday"},
        {"stamp": ""},
        {"stamp": "-5"},
        {"stamp": "٣"},
        {"stamp": "9" * 5000},
    ],
    ids=["forged", "unsigned", "no ASCII", "old", "of the future", "words", "none", "negative", "digits", "endless"],
)
async def test_what_slack_did_not_sign_just_now_is_refused_and_not_written_down(world, logged, headers):
    status, answer = await send(world, EVENT.encode(), **headers)

    assert status == 401
    assert "Traceback" not in answer + logged.getvalue()
    assert "a-secret-plan" not in logged.getvalue()
    assert await failures(world.bot.database) == []


async def test_a_body_larger_than_any_of_slack_s_is_refused(world, logged):
    status, _ = await send(world, b'{"type": "event_callback", "text": "' + b"x" * 1_100_000 + b'"}')

    assert (status, "Traceback" in logged.getvalue()) == (413, False)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"type": "event_call', "application/json"),
        (b"[1, 2]", "application/json"),
        (b"7", "application/json"),
        (b'"text"', "application/json"),
        (b"\xff\xfe\x00", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b"payload=%7Bnot+json", FORM),
        (b"payload=%5B1%5D", FORM),
        (b"hello", "text/plain; charset=klingon"),
    ],
    ids=["cut off", "a list", "a number", "a text", "bytes", "deep", "form cut off", "form of a list", "charset"],
)
async def test_what_is_no_request_of_slack_s_is_refused_without_a_traceback(world, logged, body, kind):
    status, answer = await send(world, body, kind=kind)

    assert status in (400, 401)
    assert "Traceback" not in answer + logged.getvalue()


def interaction(**payload: Any) -> bytes:
    return urlencode({"payload": json.dumps({"user": {"id": "U_PM"}, "team": {"id": "T0ACME"}, **payload})}).encode()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"type": "event_callback", "event_id": "Ev1", "event": {"type": "star_added"}}', "application/json"),
        (b'{"type": "event_callback", "event": {"type": "reaction_added"}}', "application/json"),
        (interaction(type="view_closed", view={"id": "V1", "callback_id": "kickoff"}), FORM),
        (interaction(type="shortcut", callback_id="unknown", trigger_id="1.2"), FORM),
        (interaction(type="message_action", callback_id="unknown", trigger_id="1.2"), FORM),
        (interaction(type="something_new"), FORM),
    ],
    ids=["event", "event without id", "closed view", "shortcut", "message shortcut", "unknown interaction"],
)
async def test_what_nobody_listens_to_is_acknowledged(world, logged, body, kind):
    """With an error Slack would deliver an event again, and in the end none at all."""
    status, answer = await send(world, body, kind=kind)

    assert (status, "Traceback" in answer + logged.getvalue()) == (200, False)


@pytest.mark.parametrize(
    "body",
    [
        {"type": "event_callback", "event_id": "Ev1", "event": {"type": "message"}},
        {"type": "event_callback", "event_id": "Ev2", "event": {"type": "message", "user": "U_PM", "thread_ts": "1.0"}},
        {"type": "event_callback", "event": {"type": "channel_archive"}},
        {"type": "event_callback", "event_id": "Ev4", "event": {"type": "user_change", "user": {}}},
        {"type": "event_callback", "event_id": "Ev5", "event": {"type": "channel_id_changed"}},
    ],
    ids=["message", "reply", "archived", "person", "moved"],
)
async def test_an_event_that_lacks_parts_breaks_nothing_else(world, body):
    """It may be answered with an error and kept; the next one is served as ever."""
    status, answer = await send(world, json.dumps(body).encode())

    assert status in (200, 500)
    assert "Traceback" not in answer
    said = await world.slack.commands("pm", "ready-by", "/align", "help")
    assert said.ok


async def test_two_deliveries_without_any_key_do_not_count_as_one(world):
    for name in ("one", "two"):
        body = {"type": "event_callback", "event": {"type": "channel_archive", "name": name}}
        await send(world, json.dumps(body).encode())

    assert len({f.key for f in await failures(world.bot.database)}) == 2
