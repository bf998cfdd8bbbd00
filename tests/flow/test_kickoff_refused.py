"""Every reason why a kickoff cannot be: one clear sentence where the person looks, and nothing stored."""

from datetime import date, timedelta

import pytest

from bot.db.tables import handled, interview, job, person, project
from bot.sandbox.faults import Delay, RateLimited, Reset, ServerError
from bot.slack import facts
from tests.flow.conftest import KICKOFF
from tests.flow.stored import projects, rows

FORM = {
    "Product name": "Ready-By",
    "What will people be able to do?": "See when food is ready",
    "PM": "pm",
    "ML person": "ml",
    "Product engineer": "eng",
    "Launch date": date(2026, 6, 1),
}


async def nothing_stored(world):
    return [await rows(world, table) for table in (project, interview, person, job, handled)] == [0, 0, 0, 0, 0]


async def open_form(world, who="pm", channel="ready-by"):
    said = await world.slack.commands(who, channel, "/align", "kickoff")
    assert said.view.title == "New kickoff", said.text
    return said


def add_oddities(world):
    world.slack.add_user("guest", id="U_GUEST", name="Gus", guest=True)
    world.slack.add_user("stranger", id="U_STRANGE", name="Sam", stranger=True)
    world.slack.add_user("robot", id="U_ROBOT", name="Beep", bot=True)
    world.slack.add_user("left", id="U_LEFT", name="Lea")
    world.slack.world.workspace.user("left").deleted = True


REFUSED = [
    ("pm:@ml", "", "What is the product called?"),
    ("“” pm:@ml", "", "What is the product called?"),
    (f"{'x' * 81} pm:@ml", "Product name", "A name has at most 80 characters"),
    ("Ready-By launch:2026-03-02", "Launch date", "The launch date has passed."),
    ("Ready-By launch:2020-01-01", "Launch date", "The launch date has passed."),
    ("Ready-By ml:<@U_ROBOT>", "ML person", "robot is an app and can't answer questions."),
    ("Ready-By ml:<@U_LEFT>", "ML person", "left's account is deactivated."),
    ("Ready-By ml:<@U_STRANGE>", "ML person", "stranger belongs to another company's Slack"),
    ("Ready-By ml:<@U_NOBODY>", "", "I can't find the person named as ML person in this workspace."),
]


@pytest.mark.parametrize(("typed", "label", "sentence"), REFUSED, ids=[sentence[:30] for *_, sentence in REFUSED])
async def test_what_cannot_be_gets_one_clear_sentence_and_stores_nothing(world, typed, label, sentence):
    add_oddities(world)
    said = await world.slack.commands("pm", "ready-by", "/align", f"kickoff {typed}")

    assert said.text.startswith(sentence)
    assert "\n" not in said.text
    assert await nothing_stored(world)


NO_NAME = {"Product name": "What is the product called? A few words are enough, such as “Churn radar”."}
LONG_NAME = {"Product name": "A name has at most 80 characters; what people can do with it comes apart."}
PASSED = {"Launch date": "The launch date has passed. Pick a day to come, or leave it out for now."}
ROBOT = {"PM": "robot is an app and can't answer questions. Pick a person, or leave it empty for now."}
LEFT = {"ML person": "left's account is deactivated. Pick somebody who is here, or leave it empty for now."}
ELSEWHERE = "stranger belongs to another company's Slack, where I can't reach people. Pick a colleague."
FORM_REFUSED = [
    ({"Product name": "   "}, NO_NAME),
    ({"Product name": "\u200b\u200d"}, NO_NAME),
    ({"Product name": "x" * 81}, LONG_NAME),
    ({"Launch date": date(2026, 3, 2)}, PASSED),
    ({"PM": "robot"}, ROBOT),
    ({"ML person": "left"}, LEFT),
    ({"ML person": "stranger"}, {"ML person": ELSEWHERE}),
    ({"Product name": "x" * 90, "PM": "robot", "Launch date": date(2020, 1, 1)}, LONG_NAME | ROBOT | PASSED),
]


@pytest.mark.parametrize(("change", "errors"), FORM_REFUSED)
async def test_the_form_says_what_is_wrong_at_the_input_it_is_about(world, change, errors):
    add_oddities(world)
    await open_form(world)
    said = await world.slack.submits("pm", FORM | change, expect_errors=True, unchecked=True)

    assert said.errors == errors
    assert await nothing_stored(world)
    await world.slack.submits("pm", FORM)  # the same form, mended
    assert len(await projects(world)) == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Ready-By pm:@anna ml:@ml", "I can't tell who “pm:@anna” is. Type @ and pick the person from Slack's list."),
        ("Ready-By @ml", "I can't tell what @Mei does here. Put `pm:`, `ml:` or `eng:` before each person."),
        ("Ready-By pm:@pm pm:@ml", "There are two people for `pm`. Name one here;"),
        ("Ready-By launch:soon", "I can't read “soon” as a date. Write it like `launch:2027-02-01`."),
    ],
)
async def test_a_line_that_cannot_be_read_says_how_to_write_it(world, typed, sentence):
    said = await world.slack.commands("pm", "ready-by", "/align", f"kickoff {typed}")

    assert said.text.startswith(sentence)
    assert await nothing_stored(world)


@pytest.mark.parametrize("name", ["@here", "<!channel> & co", "*bold* `code` <https://evil.example|safe>", "a\u202eb"])
async def test_hostile_names_call_nobody_and_break_nothing(world, name):
    await world.slack.commands("pm", "ready-by", "/align", f"kickoff {name} pm:@pm ml:@ml eng:@eng")
    await world.settle()
    await world.slack.commands("pm", "ready-by", "/align", "status")
    await world.slack.commands("eng", "ready-by", "/align", "pause no such")
    await world.slack.commands("pm", "ready-by", "/align", "digest friday")

    assert len(world.slack.messages("ready-by")) == 4


@pytest.mark.parametrize("private", [False, True])
async def test_a_bot_that_is_not_in_the_channel_says_how_to_invite_it(world, private):
    world.slack.add_channel("quiet", id="C_QUIET", members=["pm"], private=private, bot=False)
    for typed in ("kickoff", KICKOFF):
        said = await world.slack.commands("pm", "quiet", "/align", typed)
        assert said.text == "I'm not in this channel yet. Type `/invite @Alignbot` here, then try again."
        assert said.view is None
    assert await nothing_stored(world)


async def test_a_direct_message_is_no_place_for_a_kickoff(world):
    for typed in ("kickoff", KICKOFF):
        said = await world.slack.commands("pm", "dm", "/align", typed)
        assert said.text.startswith("A kickoff lives in a channel, where the three of you can see it.")
    assert await nothing_stored(world)


async def test_a_channel_archived_while_the_form_was_open_is_named_in_the_form(world):
    await open_form(world)
    await world.slack.archives("ml", "ready-by")
    said = await world.slack.submits("pm", FORM, expect_errors=True)

    assert said.errors["Product name"].startswith("This channel is archived, so nobody could answer here.")
    assert len(await projects(world)) == 0


async def test_whoever_left_the_channel_meanwhile_starts_nothing_in_it(world):
    await open_form(world)
    await world.slack.leaves("pm", "ready-by")
    said = await world.slack.submits("pm", FORM, expect_errors=True)

    assert said.errors == {
        "Product name": "Only members of a channel can start a kickoff in it. Join it, then try again."
    }


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("guest", "Guests can't start a kickoff. Ask a full member of this channel to; you can take part in it."),
        ("stranger", "Only people of the workspace that installed me can start a kickoff here."),
    ],
)
async def test_guests_and_people_of_other_companies_start_none(world, who, sentence):
    add_oddities(world)
    world.slack.world.workspace.channel("ready-by").members += ["U_GUEST", "U_STRANGE"]
    said = await world.slack.commands(who, "ready-by", "/align", KICKOFF)

    assert said.text.startswith(sentence)
    assert await nothing_stored(world)


@pytest.mark.parametrize("fault", [Delay(5, before=True), ServerError(503), Reset(), RateLimited(30)], ids=str)
@pytest.mark.parametrize("method", ["conversations.info", "users.info", "conversations.members"])
async def test_a_slack_that_is_slow_gets_a_sentence_and_changes_nothing(world, monkeypatch, method, fault):
    monkeypatch.setattr(facts, "DEADLINE", 0.2)
    world.slack.faults.next(method, fault, times=5)
    said = await world.slack.commands("pm", "ready-by", "/align", KICKOFF)

    assert said.text == "Slack is slow to answer me right now. Nothing was changed; please try again in a minute."
    assert await nothing_stored(world)
    world.slack.faults.clear()
    monkeypatch.undo()
    assert "is started" in (await world.slack.commands("pm", "ready-by", "/align", KICKOFF)).text


async def test_a_slow_slack_keeps_what_was_typed_into_the_form(world, monkeypatch):
    monkeypatch.setattr(facts, "DEADLINE", 0.2)
    await open_form(world)
    world.slack.faults.next("users.info", ServerError(503))
    said = await world.slack.submits("pm", FORM, expect_errors=True)

    assert said.errors["Product name"].startswith("Slack is slow to answer me right now. Nothing was changed;")
    assert await nothing_stored(world)
    monkeypatch.undo()
    await world.slack.submits("pm")
    assert len(await projects(world)) == 1


async def test_the_person_asked_reads_the_launch_day_in_the_starters_zone(world):
    world.clock.forward(timedelta(hours=14.5))  # 23:30 in London is the next day in Kolkata
    said = await world.slack.commands("eng", "ready-by", "/align", "kickoff Late launch:2026-03-03 eng:@eng")

    assert said.text.startswith("The launch date has passed.")
