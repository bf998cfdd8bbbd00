"""A kickoff by command and by form, through the real app: what people see, and what is stored."""

import asyncio
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


async def test_the_form_asks_what_the_contract_names_and_starts_the_kickoff(world):
    said = await open_form(world)
    assert said.view.labels == list(FORM)

    await world.slack.submits("pm", FORM)
    await world.settle()

    assert [m.plain.splitlines()[0] for m in world.slack.messages("ready-by")] == [
        "Ready-By",
        "PM · Ready-By  @Ana",
        "ML person · Ready-By  @Mei",
        "Product engineer · Ready-By  @Raj",
    ]
    assert "Mon 1 Jun 2026" in world.slack.messages("ready-by")[0].plain
    assert [len(world.slack.messages("ready-by", card)) for card in world.slack.messages("ready-by")[1:]] == [1, 1, 1]


async def test_one_line_starts_at_once_and_says_what_comes_next(world):
    said = await world.slack.commands("pm", "ready-by", "/align", KICKOFF)

    assert said.text == "Ready-By is started: its card and the first questions come below in a moment."
    (stored,) = await projects(world)
    assert (stored.name, stored.summary, stored.launch) == ("Ready-By", "See when food is ready", date(2026, 6, 1))


async def test_mentions_picked_from_the_list_are_understood_as_slack_escapes_them(world):
    await world.slack.commands("pm", "ready-by", "/align", "kickoff “Ready-By” pm:@pm ml:@ml eng: @eng")

    (stored,) = await projects(world)
    assert stored.name == "Ready-By"
    assert [stored.owner(role) for role in stored.interviews] == ["U_PM", "U_ML", "U_ENG"]


async def test_a_kickoff_works_in_a_private_channel(world):
    world.slack.add_channel("secret", id="C_SECRET", members=["pm", "ml", "eng"], private=True)
    await world.slack.commands("pm", "secret", "/align", KICKOFF)
    await world.settle()

    assert len(world.slack.messages("secret")) == 4
    assert (await projects(world, "C_SECRET"))[0].private


async def test_one_person_may_speak_for_two_roles_in_two_threads(world):
    await world.slack.commands("pm", "ready-by", "/align", "kickoff Ready-By pm:@pm ml:@ml eng:@ml")
    await world.settle()

    _, _, ml, eng = world.slack.messages("ready-by")
    assert "@Mei" in ml.plain and "@Mei" in eng.plain
    assert [len(world.slack.messages("ready-by", card)) for card in (ml, eng)] == [1, 1]


async def test_a_role_without_a_person_is_a_gap_that_says_how_it_is_filled(world):
    said = await world.slack.commands("pm", "ready-by", "/align", "kickoff Ready-By pm:@pm ml:@ml")
    await world.settle()

    assert said.text.endswith("Nobody yet as the product engineer: `/align role eng @name` names somebody.")
    top, *_, eng = world.slack.messages("ready-by")
    assert "Product engineer  Nobody yet: `/align role eng @name`" in top.plain
    assert "Nobody yet. `/align role eng @name` names one, and the questions start here." in eng.plain
    assert world.slack.messages("ready-by", eng) == []


async def test_who_is_not_in_the_channel_is_asked_by_direct_message(world):
    world.slack.add_channel("other", id="C_OTHER", members=["pm", "ml"])
    said = await world.slack.commands("pm", "other", "/align", KICKOFF)
    await world.settle()

    assert "Not in this channel yet: @Raj. I ask by direct message until you `/invite` them." in said.text
    card = world.slack.messages("other")[-1]
    assert "@Raj is not in this channel yet: `/invite` @Raj; until then the questions go by direct message." in card.plain
    assert world.slack.messages("other", card) == []
    intro, question = world.slack.dm("eng")
    assert intro.plain.startswith("👋 You are the product engineer of Ready-By")
    assert question.thread_ts == intro.ts


async def test_who_joins_the_channel_goes_on_in_the_thread(world):
    world.slack.add_channel("other", id="C_OTHER", members=["pm", "ml"])
    await world.slack.commands("pm", "other", "/align", KICKOFF)
    await world.settle()
    await world.slack.invites("pm", "other", "eng")
    await world.settle()

    top, *_, card = world.slack.messages("other")[:4]
    assert "not in this channel yet" not in card.plain and "direct message" not in top.plain
    (question,) = world.slack.messages("other", card)
    assert "@Raj" in question.plain
    assert world.slack.dm("eng")[-1].plain == "You are in #other now, so the questions go on there, in your card's thread."


async def test_a_second_product_in_the_same_channel_is_a_kickoff_of_its_own(kickoff):
    await kickoff.slack.commands("pm", "ready-by", "/align", "kickoff Route Guess pm:@pm ml:@ml eng:@eng")
    await kickoff.settle()

    assert [p.name for p in await projects(kickoff)] == ["Ready-By", "Route Guess"]
    assert len(kickoff.slack.messages("ready-by")) == 8


@pytest.mark.parametrize("again", ["ready-by", "READY BY", " “Ready-By” ", "Ready_By"])
async def test_the_same_product_started_again_is_the_kickoff_that_runs(kickoff, again):
    said = await kickoff.slack.commands("ml", "ready-by", "/align", f"kickoff {again} pm:@ml ml:@ml eng:@ml")
    await kickoff.settle()

    assert said.text == "Ready-By is being kicked off here already. `/align status` shows where it stands."
    assert len(await projects(kickoff)) == 1
    assert len(kickoff.slack.messages("ready-by")) == 4


async def test_the_form_says_that_it_runs_already_where_the_name_stands(kickoff):
    await open_form(kickoff, "ml")
    said = await kickoff.slack.submits("ml", FORM, expect_errors=True)

    assert said.errors == {
        "Product name": "Ready-By is being kicked off here already. /align status shows where it stands."
    }


async def test_four_people_who_start_the_same_at_once_start_one_kickoff(world):
    world.slack.add_user("lead", id="U_LEAD", name="Lin")
    await world.slack.joins("lead", "ready-by")
    await asyncio.gather(
        *(world.slack.commands(who, "ready-by", "/align", KICKOFF) for who in ("pm", "ml", "eng", "lead"))
    )
    await world.settle()

    assert len(await projects(world)) == 1
    assert len([m for m in world.slack.messages("ready-by") if m.by_bot]) == 4


async def test_form_and_command_at_once_are_one_kickoff(world):
    await open_form(world)
    await asyncio.gather(
        world.slack.submits("pm", FORM, expect_errors=True),
        world.slack.commands("ml", "ready-by", "/align", KICKOFF),
    )
    await world.settle()

    assert len(await projects(world)) == 1
    assert len(world.slack.messages("ready-by")) == 4


@pytest.mark.parametrize("by_form", [False, True])
async def test_a_redelivered_kickoff_counts_once(world, by_form):
    if by_form:
        await open_form(world)
        await world.slack.submits("pm", FORM)
    else:
        await world.slack.commands("pm", "ready-by", "/align", KICKOFF)
    delivery = next(d for d in reversed(world.slack.deliveries) if d.kind != "events_api")
    assert await world.slack.redeliver(delivery.id, times=4, at_once=True) == [200] * 4
    await world.settle()

    assert len(await projects(world)) == 1
    assert len(world.slack.messages("ready-by")) == 4


async def test_a_name_is_free_again_once_its_kickoff_is_closed(kickoff):
    await kickoff.slack.commands("pm", "ready-by", "/align", "close")
    said = await kickoff.slack.commands("pm", "ready-by", "/align", KICKOFF)

    assert "is started" in said.text
    assert [p.open for p in await projects(kickoff)] == [False, True]


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

    assert said.text.startswith(sentence) and "\n" not in said.text
    assert await nothing_stored(world)


FORM_REFUSED = [
    ({"Product name": "   "}, {"Product name": "What is the product called? A few words are enough, such as “Churn radar”."}),
    ({"Product name": "x" * 81}, {"Product name": "A name has at most 80 characters; what people can do with it comes apart."}),
    ({"Launch date": date(2026, 3, 2)}, {"Launch date": "The launch date has passed. Pick a day to come, or leave it out for now."}),
    ({"PM": "robot"}, {"PM": "robot is an app and can't answer questions. Pick a person, or leave it empty for now."}),
    ({"ML person": "left"}, {"ML person": "left's account is deactivated. Pick somebody who is here, or leave it empty for now."}),
    ({"ML person": "stranger"}, {"ML person": "stranger belongs to another company's Slack, where I can't reach people. Pick a colleague."}),
    (
        {"Product name": "x" * 90, "PM": "robot", "Launch date": date(2020, 1, 1)},
        {
            "Product name": "A name has at most 80 characters; what people can do with it comes apart.",
            "PM": "robot is an app and can't answer questions. Pick a person, or leave it empty for now.",
            "Launch date": "The launch date has passed. Pick a day to come, or leave it out for now.",
        },
    ),
]  # fmt: skip


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

    assert said.errors == {"Product name": "Only members of a channel can start a kickoff in it. Join it, then try again."}


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
    assert "is started" in (await world.slack.commands("pm", "ready-by", "/align", KICKOFF)).text


async def test_a_slow_slack_keeps_what_was_typed_into_the_form(world, monkeypatch):
    monkeypatch.setattr(facts, "DEADLINE", 0.2)
    await open_form(world)
    world.slack.faults.next("users.info", ServerError(503))
    said = await world.slack.submits("pm", FORM, expect_errors=True)

    assert said.errors["Product name"].startswith("Slack is slow to answer me right now. Nothing was changed;")
    assert await nothing_stored(world)
    await world.slack.submits("pm")
    assert len(await projects(world)) == 1


async def test_the_person_asked_reads_the_launch_day_in_the_starters_zone(world):
    world.clock.forward(timedelta(hours=14.5))  # 23:30 in London is the next day in Kolkata
    said = await world.slack.commands("eng", "ready-by", "/align", "kickoff Late launch:2026-03-03 eng:@eng")

    assert said.text.startswith("The launch date has passed.")
