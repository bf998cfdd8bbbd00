"""The page over its WebSocket: everybody sees their own, acts reach the real bot, and frames tell what has changed."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox.demo.world import APP_TOKEN, SECRET, TOKEN
from bot.sandbox.page.doing import do
from bot.sandbox.page.live import Live, open_live
from bot.sandbox.page.people import SUBCOMMANDS
from bot.sandbox.page.reader import Reader
from bot.sandbox.page.server import serve
from bot.slack.commands import COMMANDS
from tests.sandbox.browser import Browser, browsing

READY_BY = "C0READYBY"
KICKOFF = "/align kickoff Ready-By pm:@ana ml:@mei eng:@raj launch:2026-06-01 See when food is ready"


@pytest.fixture
async def live(tmp_path: Path) -> AsyncIterator[Live]:
    async with open_live("empty", tmp_path) as live:
        yield live
        assert live.world.slack.bot_faults == []
        assert live.world.slack.broadcasts == []


@pytest.fixture
async def address(live: Live) -> AsyncIterator[str]:
    async with serve(live, 0) as address:
        yield address


@pytest.fixture
async def ana(address: str) -> AsyncIterator[Browser]:
    async with browsing(address, "ana") as browser:
        yield browser


@pytest.fixture
async def mei(address: str) -> AsyncIterator[Browser]:
    async with browsing(address, "mei") as browser:
        yield browser


@pytest.fixture
async def kickoff(ana: Browser) -> Browser:
    assert (await ana.does("command", channel=READY_BY, text=KICKOFF))["ok"]
    return ana


def controls(blocks: list[dict]) -> list[tuple[str, dict]]:
    """Each element that can be used, with the id of its block."""
    found = []
    for block in blocks or []:
        elements = [*block.get("elements", []), block.get("accessory"), block.get("element")]
        found += [(block["block_id"], e) for e in elements if isinstance(e, dict) and "action_id" in e]
    return found


def card(browser: Browser) -> dict:
    """What the kickoff begins with."""
    return next(message for message in browser.said("ready-by") if message["by_bot"] and not message["ephemeral"])


def question(browser: Browser) -> tuple[dict, str]:
    """The message in my thread that waits for an answer, and the block of its buttons."""
    for message in reversed(list(browser.messages.values())):
        for block_id, element in controls(message["blocks"]):
            if element["action_id"] == "unknown" and message["thread_ts"]:
                return message, block_id
    raise AssertionError("nothing is asked")


async def test_the_first_frame_tells_who_i_am_and_what_there_is(ana: Browser):
    frame = ana.now
    assert (frame["fresh"], frame["busy"], frame["scene"]) == (True, False, "empty")
    assert frame["me"] == {
        "id": "U0ANA",
        "name": "Ana",
        "handle": "ana",
        "role": "the PM",
        "zone": "Europe/Berlin",
    }
    assert [(one["handle"], one["role"]) for one in frame["cast"]] == [
        ("ana", "the PM"),
        ("mei", "the ML person"),
        ("raj", "the engineer"),
        ("lea", "a lead"),
        ("otto", "an outsider"),
    ]
    assert [person["name"] for person in frame["people"].values() if person["bot"]] == ["Alignbot"]
    assert all(0 <= person["color"] <= 7 for person in frame["people"].values())
    assert frame["commands"][0]["command"] == "/align"
    assert frame["commands"][0]["usage_hint"].startswith("[kickoff")
    assert frame["shortcuts"] == [{"name": "Log decision", "callback_id": "log_decision"}]
    assert (frame["home"], frame["modals"], frame["messages"]) == (None, [], {})


async def test_each_word_of_the_command_can_be_completed():
    assert set(SUBCOMMANDS) == COMMANDS.keys()
    assert len(SUBCOMMANDS) == len(COMMANDS)


async def test_everybody_sees_the_channels_they_may_see(address: str, ana: Browser):
    async with browsing(address, "otto") as otto:
        assert {c["name"]: c["member"] for c in otto.now["channels"]} == {
            "ready-by": False,
            "general": True,
            "Alignbot": True,
        }
        assert otto.channel("Alignbot")["peer"] == "U0ALIGN"
        await ana.does("say", channel=READY_BY, text="Who is here?")
        assert (await otto.does("say", channel=READY_BY, text="Me"))["say"] == "you are not in that channel"
        assert (await otto.does("read", channel="C0LEADS", ts="1"))["say"] == "you are not in that channel"
        assert otto.messages == {}

        assert (await otto.does("join", channel="C0LEADS"))["say"] == "there is no such channel to join"
        assert (await otto.does("join", channel=READY_BY))["ok"]
        assert otto.channel("ready-by")["member"]
        assert [m["text"] for m in otto.said("ready-by")] == ["Who is here?", "<@U0OTTO> has joined the channel"]


async def test_a_whisper_is_seen_by_its_reader_only_and_can_be_put_away(ana: Browser, mei: Browser):
    await ana.does("command", channel=READY_BY, text="/align help")
    [whisper] = ana.said("ready-by")
    assert whisper["ephemeral"]
    assert whisper["by_bot"]
    await mei.sees(ana.version)
    assert mei.said("ready-by") == []
    refused = await mei.does("delete", channel=READY_BY, ts=whisper["ts"])
    assert refused["say"] == "that message is not there any more"

    await ana.does("delete", channel=READY_BY, ts=whisper["ts"])
    assert ana.now["gone"] == {READY_BY: [whisper["ts"]]}
    assert ana.said("ready-by") == []


async def test_a_kickoff_is_started_by_its_form_and_errors_stand_at_their_fields(ana: Browser):
    assert (await ana.does("command", channel=READY_BY, text="/align kickoff"))["ok"]
    [form] = ana.now["modals"]
    assert (form["type"], form["title"], form["errors"]) == ("modal", "New kickoff", {})
    assert [block["block_id"] for block in form["blocks"]] == ["name", "summary", "pm", "ml", "eng", "launch"]
    people = {"pm": {"value": "U0ANA"}, "ml": {"value": "U0MEI"}, "eng": {"value": "U0RAJ"}}

    calls = len(ana.happened)
    refused = await ana.does("submit", view=form["id"], values=people)
    assert refused["errors"] == {"name": "“Product name” must be filled in"}
    assert len(ana.happened) == calls, "nothing is sent that the client refuses"
    assert ana.now["modals"][0]["errors"] == refused["errors"]

    filled = {**people, "name": {"value": "Ready-By"}, "launch": {"value": "2026-01-01"}}
    refused = await ana.does("submit", view=form["id"], values=filled)
    assert refused["errors"]["launch"].startswith("The launch date has passed.")
    [form] = ana.now["modals"]
    assert form["errors"] == refused["errors"]
    assert form["chosen"]["name"]["value"]["value"] == "Ready-By", "what was typed stays"

    accepted = await ana.does("submit", view=form["id"], values={"launch": {"value": None}})
    assert accepted["ok"], accepted
    assert ana.now["modals"] == []
    assert "Ready-By" in card(ana)["text"]


async def test_what_is_typed_into_a_form_shows_in_my_other_window_only(address: str, ana: Browser, mei: Browser):
    await ana.does("command", channel=READY_BY, text="/align kickoff")
    async with browsing(address, "ana") as other:
        view = ana.now["modals"][0]["id"]
        await ana.does("fill", view=view, block_id="name", action_id="value", value="Ready-By")
        await other.sees(ana.version)
        assert other.now["modals"][0]["chosen"]["name"]["value"]["value"] == "Ready-By"
        for act in ("fill", "submit", "close"):
            refused = await mei.does(act, view=view, block_id="name", action_id="value", value="x")
            assert refused["say"] == "that form is not open any more"
        assert mei.now["modals"] == []
        assert (await ana.does("close", view=view))["ok"]
        assert ana.now["modals"] == []
        assert (await ana.does("close", view=view))["say"] == "that form is not on top any more"


async def test_a_question_is_answered_by_a_click_in_ones_own_thread(address: str, kickoff: Browser, mei: Browser):
    async with browsing(address, "raj") as raj:
        message, _ = question(raj)
        assert "Where in the product" in message["text"]
        [(block_id, _)] = [(b, e) for b, e in controls(message["blocks"]) if e["action_id"] == "pick"]
        click = {"where": {"channel": READY_BY, "ts": message["ts"]}, "block_id": block_id, "action_id": "pick"}

        assert "no option" in (await raj.does("click", **click, value="At request time"))["say"], "values, not labels"
        assert (await raj.does("click", **click, value="request_time"))["ok"]
        answered = raj.messages[READY_BY, message["ts"]]
        assert "At request time" in answered["text"]
        asked, _ = question(raj)
        assert asked["ts"] != message["ts"]

        await mei.sees(raj.version)
        assert mei.messages[READY_BY, message["ts"]]["chosen"] == {}, "what others picked is theirs"
        stale = await mei.does("click", **{**click, "block_id": "elsewhere"}, value="batch")
        assert "there is no ('elsewhere', 'pick')" in stale["say"]


async def test_the_next_morning_brings_the_reminder_before_everybodys_eyes(address: str, kickoff: Browser):
    async with browsing(address, "raj") as raj:
        assert raj.said("Alignbot") == []
        assert raj.channel("Alignbot")["unread"] == 0
        assert (await raj.does("clock", to="morning"))["ok"]
        assert raj.now["now"] == "2026-03-03T04:05:00+00:00", "09:35 where Raj lives"
        [reminder] = raj.said("Alignbot")
        assert "waiting 1 working day" in reminder["text"]
        assert raj.channel("Alignbot")["mentions"] == 1
        await kickoff.sees(raj.version)
        assert any(frame["busy"] for frame in kickoff.frames)
        assert not kickoff.now["busy"]
        await raj.does("read", channel=raj.channel("Alignbot")["id"], ts=reminder["ts"])
        assert raj.channel("Alignbot")["unread"] == raj.channel("Alignbot")["mentions"] == 0


async def test_the_clock_knows_its_steps(ana: Browser):
    for to, moment in {"hour": "2T10:00", "day": "3T10:00", "week": "10T10:00"}.items():
        assert (await ana.does("clock", to=to))["ok"]
        day, _, clock = moment.partition("T")
        assert ana.now["now"] == f"2026-03-{int(day):02}T{clock}:00+00:00"
    refused = await ana.does("clock", to="yesterday")
    assert refused["say"] == "the clock goes on by hour, morning, day, week"


async def test_a_frame_holds_only_what_is_new(kickoff: Browser, mei: Browser):
    await mei.does("say", channel=READY_BY, text="Hello @ana")
    [said] = mei.now["messages"].pop(READY_BY)
    assert (said["text"], said["mine"], said["edited"], said["replies"]) == ("Hello <@U0ANA>", True, False, 0)
    assert mei.now["messages"] == mei.now["gone"] == {}
    assert [one["kind"] for one in mei.now["happened"]] == ["event"]

    await mei.does("edit", channel=READY_BY, ts=said["ts"], text="Hello all")
    [edited] = mei.now["messages"][READY_BY]
    assert (edited["text"], edited["edited"]) == ("Hello all", True)
    await mei.does("say", channel=READY_BY, text="and more", thread_ts=said["ts"], broadcast=True)
    parent, reply = mei.now["messages"][READY_BY]
    assert (parent["replies"], parent["reply_users"], parent["last_reply"]) == (1, ["U0MEI"], reply["ts"])
    assert (reply["thread_ts"], reply["broadcast"]) == (said["ts"], True)

    await mei.does("delete", channel=READY_BY, ts=said["ts"])
    assert mei.messages[READY_BY, said["ts"]]["subtype"] == "tombstone"
    await mei.does("delete", channel=READY_BY, ts=reply["ts"])
    assert mei.now["gone"] == {READY_BY: [reply["ts"]]}
    versions = [frame["version"] for frame in mei.frames]
    assert versions == sorted(set(versions))


async def test_only_ones_own_words_can_be_changed(kickoff: Browser, mei: Browser):
    await kickoff.does("say", channel=READY_BY, text="Mine")
    ts = next(iter(kickoff.now["messages"][READY_BY]))["ts"]
    for act in ("edit", "delete"):
        refused = await mei.does(act, channel=READY_BY, ts=ts, text="Yours")
        assert refused == {"n": refused["n"], "ok": False, "say": "mei can change only their own messages"}
    assert (await mei.does("say", channel=READY_BY, text="  "))["say"] == "there is nothing to send yet"
    assert "instead" in (await kickoff.does("edit", channel=READY_BY, ts=ts, text=""))["say"]


async def test_what_is_unread_is_counted_for_each(kickoff: Browser, mei: Browser):
    await kickoff.does("say", channel="C0GENERAL", text="Lunch?")
    await kickoff.does("say", channel="C0GENERAL", text="@mei, you too")
    await mei.sees(kickoff.version)
    assert (mei.channel("general")["unread"], mei.channel("general")["mentions"]) == (2, 1)
    assert kickoff.channel("general")["unread"] == 0
    await mei.does("read", channel="C0GENERAL", ts=mei.said("general")[0]["ts"])
    assert (mei.channel("general")["unread"], mei.channel("general")["mentions"]) == (1, 1)
    await mei.does("read", channel="C0GENERAL", ts=mei.said("general")[1]["ts"])
    assert (mei.channel("general")["unread"], mei.channel("general")["mentions"]) == (0, 0)


async def test_reactions_are_put_and_taken_back(kickoff: Browser, mei: Browser):
    ts = card(kickoff)["ts"]
    await mei.does("react", channel=READY_BY, ts=ts, name=":eyes:")
    await kickoff.does("react", channel=READY_BY, ts=ts, name="eyes")
    assert kickoff.messages[READY_BY, ts]["reactions"] == [{"name": "eyes", "users": ["U0MEI", "U0ANA"]}]
    await mei.does("react", channel=READY_BY, ts=ts, name="eyes")
    await kickoff.does("react", channel=READY_BY, ts=ts, name="eyes")
    assert kickoff.messages[READY_BY, ts]["reactions"] == []


async def test_the_home_tab_and_the_shortcut_open(kickoff: Browser):
    assert (await kickoff.does("home"))["ok"]
    assert kickoff.now["home"]["type"] == "home"
    assert kickoff.now["home"]["blocks"]
    ts = card(kickoff)["ts"]
    assert (await kickoff.does("shortcut", channel=READY_BY, ts=ts, callback_id="log_decision"))["ok"]
    assert kickoff.now["modals"][-1]["title"] == "Log a decision"
    assert (await kickoff.does("close", view=kickoff.now["modals"][-1]["id"], all=True))["ok"]
    assert kickoff.now["modals"] == []


async def test_what_cannot_be_done_is_told_in_a_sentence(ana: Browser):
    for request, say in (
        ({"do": "fly"}, "the page cannot do “fly”"),
        ({"do": "say"}, "“text” has to be a text"),
        ({"do": "say", "text": "x", "channel": "C0NOWHERE"}, "you are not in that channel"),
        ({"do": "command", "channel": READY_BY, "text": "/other"}, "/other is not a valid command"),
        ({"do": "click", "where": "there"}, "“where” has to be an object"),
        ({"do": "submit", "view": "V1"}, "that form is not open any more"),
        ({"do": "scene", "name": "heaven"}, "the scenes are empty, kickoff, trouble"),
    ):
        answer = await ana.does(**request)
        assert not answer["ok"]
        assert say in answer["say"]


async def test_what_is_no_request_is_told_as_well(address: str, ana: Browser):
    for text in ("[1]", "no json", "null"):
        await ana._socket.send_str(text)
        assert (await ana.hears()) == {"n": None, "ok": False, "say": "That is no request."}
    assert (await ana.does("say", channel="C0GENERAL", text="Still here"))["ok"]
    await ana._socket.send_str("x" * (2**20 + 1))
    assert (await ana._socket.receive()).data == aiohttp.WSCloseCode.MESSAGE_TOO_BIG


async def test_another_scene_is_another_world(ana: Browser, mei: Browser):
    await ana.does("say", channel="C0GENERAL", text="Before")
    before = ana.said("general")[0]["ts"]
    assert (await mei.does("scene", name="empty"))["ok"]
    await ana.sees(mei.version)
    assert ana.now["fresh"]
    assert ana.now["gone"] == {"C0GENERAL": [before]}
    assert ana.messages == {}
    assert ana.happened == []
    assert (await ana.does("command", channel=READY_BY, text=KICKOFF))["ok"]
    assert "Ready-By" in card(ana)["text"]


async def test_who_comes_back_sees_it_all_again(address: str, kickoff: Browser):
    await kickoff.does("command", channel=READY_BY, text="/align help")
    async with browsing(address, "ana") as again:
        assert again.messages == kickoff.messages
        assert again.happened == kickoff.happened
        assert again.now["fresh"]
        assert again.version > kickoff.version


async def test_nobody_else_can_be_played(address: str):
    for handle in ("alignbot", "U0ANA", "nobody"):
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            async with browsing(address, handle):
                pass
        assert refused.value.status == 404


async def test_the_drawer_says_what_happened_and_keeps_secrets(kickoff: Browser):
    titles = [(one["kind"], one["title"], one["status"]) for one in kickoff.happened]
    command = KICKOFF.replace("@ana", "<@U0ANA>").replace("@mei", "<@U0MEI>").replace("@raj", "<@U0RAJ>")
    assert titles[0] == ("command", f"Ana: {command}"[:120], "200")
    assert ("api", "chat.postMessage → #ready-by", "ok") in titles
    assert ("event", "message → #ready-by", "200") in titles
    everything = json.dumps(kickoff.happened)
    for secret in (SECRET, TOKEN, APP_TOKEN, "response_url", "trigger_id", "/response/"):
        assert secret not in everything


async def test_other_pages_in_the_same_browser_get_nothing(address: str):
    async with aiohttp.ClientSession() as session:
        port = address.rpartition(":")[2]
        strange = ("http://evil.example", f"http://evil.example:{port}", "null", "http://127.0.0.1:1", "")
        for origin in (*strange, f"https://127.0.0.1:{port}"):
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await session.ws_connect(f"{address}/ws?as=ana", origin=origin)
            assert refused.value.status == 403
            async with session.get(address, headers={"Origin": origin}) as answer:
                assert answer.status == 403
        for host in (f"evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1:x"):
            async with session.get(address, headers={"Host": host}) as answer:
                assert answer.status == 403
        async with session.ws_connect(f"{address}/ws?as=ana", origin=f"http://localhost:{port}") as socket:
            assert (await socket.receive_json())["version"]


async def test_files_come_from_the_list_only_and_load_nothing_from_elsewhere(address: str):
    async with aiohttp.ClientSession() as session:
        for path in ("/static/server.py", "/static/..%2fserver.py", "/static/%2fetc%2fpasswd", "/static/", "/run.py"):
            async with session.get(f"{address}{path}") as answer:
                assert answer.status == 404
                assert answer.headers["Content-Security-Policy"].startswith("default-src 'self';")
                assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "kind"), [("", "text/html"), ("static/style.css", "text/css"), ("static/app.js", "text/javascript")]
)
async def test_the_page_itself_is_served(address: str, name: str, kind: str):
    async with aiohttp.ClientSession() as session, session.get(f"{address}/{name}") as answer:
        assert answer.status == 200
        assert answer.content_type == kind


async def test_who_reads_slowly_gets_the_newest_state_only(live: Live):
    reader = Reader("ana")
    await live.greet(reader)
    await reader.next()
    versions = []
    for text in ("one", "two", "three"):
        assert (await do(live, "mei", {"n": 1, "do": "say", "channel": "C0GENERAL", "text": text}))["ok"]
        versions.append(live._version)
    [frame] = await reader.next()
    assert frame["version"] == versions[-1]
    assert [m["text"] for m in frame["messages"]["C0GENERAL"]] == ["one", "two", "three"]

    live.publish()
    reader.answer({"n": 2})
    assert await reader.next() == [{"n": 2}], "no frame where nothing has changed"
