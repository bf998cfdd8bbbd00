"""`/align` and its words: every answer is for the one who asked only, and says what to do next."""

import pytest

from bot.slack import commands
from tests.flow.conftest import KICKOFF
from tests.flow.stored import the_project


async def typed(world, text="", who="pm", where="ready-by"):
    said = await world.slack.commands(who, where, "/align", text)
    await world.settle()
    assert said.status == 200
    assert all(m.ephemeral_to for m in said.responses)
    return said.text


@pytest.fixture
async def two(kickoff):
    await kickoff.slack.commands("pm", "ready-by", "/align", KICKOFF.replace("Ready-By", "Route Guess"))
    await kickoff.settle()
    return kickoff


async def test_without_a_kickoff_the_panel_says_how_to_begin(world):
    assert await typed(world) == (
        "No kickoff runs in this channel yet. `/align kickoff` starts one: it takes a minute, "
        "then I ask the PM, the ML person and the engineer what only they know."
    )


async def test_the_bare_command_shows_where_it_stands_with_buttons(kickoff):
    text = await typed(kickoff)

    assert text.startswith("Ready-By · ⚪ Not enough known · 0 of 36 known")
    assert "PM @Ana 0 of 12 · ML @Mei 0 of" in text
    assert "Next digest" in text
    assert text.endswith("[See all] [My questions]")
    assert await typed(kickoff, "status") == text == await typed(kickoff, "status ready-by")


async def test_help_shows_everything_that_can_be_typed_a_line_each(world):
    text = await typed(world, "help")

    lines = text.splitlines()
    assert [line.split()[1].strip("`") for line in lines if line.startswith("`/align")] == list(commands.HELP)


def test_only_what_exists_is_offered():
    assert {*commands.HELP, "help"} == {*commands.COMMANDS}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("stauts", "I don't know “stauts”. Did you mean `/align status`?"),
        ("kick-off Ready-By", "I don't know “kick-off”. Did you mean `/align kickoff`?"),
        ("quesiton", "I don't know “quesiton”. Did you mean `/align questions`?"),
        ("xyzzy", "I don't know “xyzzy”. `/align help` lists what I do."),
        ("<!channel>", "I don't know “<!channel>”. `/align help` lists what I do."),
    ],
)
async def test_an_unknown_word_gets_the_nearest_match(world, text, answer):
    assert await typed(world, text) == answer


@pytest.mark.parametrize("text", ["STATUS", "  status  ", "status\tReady-By", "Status “Ready-By”"])
async def test_case_and_spaces_do_not_matter(kickoff, text):
    assert (await typed(kickoff, text)).startswith("Ready-By ·")


@pytest.mark.parametrize(
    "text", ["", "status", "digest", "digest friday", "digest off", "pause", "close", "pause Ro Gu"]
)
async def test_where_a_channel_has_two_projects_the_name_is_needed(two, text):
    assert await typed(two, text) == (
        "Which one? This channel has Ready-By · Route Guess. Type the same again with the name at the end."
    )


async def test_the_name_may_be_the_beginning_of_it(two):
    assert (await typed(two, "status route")).startswith("Route Guess ·")
    assert (await typed(two, "pause ready")) == "Ready-By is paused. `/align resume` wakes it up."
    assert "Route Guess now comes every Friday" in await typed(two, "digest friday 9:00 route guess")


async def test_a_name_that_is_not_there_is_named(kickoff):
    assert await typed(kickoff, "pause Nope") == "I know no “Nope” here; the kickoff in this channel is Ready-By."
    assert await typed(kickoff, "pause", where="dm") == (
        "No kickoff runs in this channel. `/align kickoff` starts one."
    )


async def test_my_questions_come_from_all_projects_with_the_blocking_ones_first(two):
    text = await typed(two, "questions", who="ml")

    assert text.splitlines()[0].startswith("24 questions for you")
    assert "Ready-By:" in text
    assert "Route Guess:" in text
    titles = [line for line in text.splitlines() if "your answer appears in" in line]
    blocking = {q.title for q in two.bot.bank.questions if q.blocking}
    flags = [title.split(" · ")[0] in blocking for title in titles]
    assert flags == sorted(flags, reverse=True)
    assert flags[0]
    assert len(titles) == 15
    assert text.splitlines()[-1] == "and 9 more after these."


async def test_my_questions_are_answered_right_there(kickoff):
    said = await kickoff.slack.commands("eng", "ready-by", "/align", "questions")
    clicked = await kickoff.slack.clicks("eng", said.responses[0], "Answer", nth=0)
    assert clicked.view is not None
    label = clicked.view.inputs[0].label
    await kickoff.slack.submits("eng", {label: clicked.view.inputs[0].options[0]})
    await kickoff.settle()

    assert len((await the_project(kickoff)).answers) == 1


async def test_whoever_has_no_questions_is_told_so(kickoff):
    kickoff.slack.add_user("bob", id="U_BOB", name="Bob")
    kickoff.slack.world.workspace.channel("ready-by").members.append("U_BOB")
    assert await typed(kickoff, "questions", who="bob") == "✅ Nothing is waiting for you. Thank you!"


async def test_pause_resume_and_close_say_so_to_everybody_once(kickoff):
    card = kickoff.slack.messages("ready-by")[0]
    assert await typed(kickoff, "pause") == "Ready-By is paused. `/align resume` wakes it up."
    assert await typed(kickoff, "pause") == "Ready-By is paused already. `/align resume` wakes it up."
    assert "⏸️ Paused" in kickoff.slack.message(card).plain
    assert "⏸️ Paused" in await typed(kickoff)
    assert "Next digest" not in await typed(kickoff)
    assert await typed(kickoff, "resume", who="eng") == (
        "Ready-By goes on. `/align questions` shows what waits for you."
    )
    assert await typed(kickoff, "resume") == (
        "Ready-By isn't paused; everything runs. `/align status` shows where it stands."
    )
    assert await typed(kickoff, "close", who="ml") == "Ready-By is closed. Everything said is kept in its threads."
    assert await typed(kickoff, "close") == "No kickoff runs in this channel. `/align kickoff` starts one."
    assert "📁 Closed" in kickoff.slack.message(card).plain
    assert [m.plain for m in kickoff.slack.messages("ready-by", card)] == [
        "@Ana paused this kickoff: no reminders, no digest, until `/align resume`. Answers are still welcome.",
        "@Raj resumed this kickoff. It goes on where it stood.",
        "@Mei closed this kickoff. Everything said is kept; nothing more is asked or posted.",
    ]
    assert len(kickoff.slack.messages("ready-by")) == 4


async def test_the_digest_is_shown_now_and_to_the_one_who_asked(kickoff):
    text = await typed(kickoff, "digest")

    assert text.startswith("⚪ Ready-By · Not enough known · 0 of 36 known")
    assert len(kickoff.slack.messages("ready-by")) == 4
    assert await typed(kickoff, "digest now") == text == await typed(kickoff, "digest Ready-By")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "digest thursday 14:00",
            "The digest of Ready-By now comes every Thursday at 14:00 (Europe/Zagreb time), next on ",
        ),
        ("digest Thu 2pm", "every Thursday at 14:00"),
        ("digest fri", "every Friday at 10:00"),
        ("digest mon 8", "every Monday at 8:00"),
        ("digest off", "The weekly digest is off. `/align digest tuesday 10:00` turns it on again;"),
        ("digest mon 14:30", "Which hour? Write it like `/align digest thursday 14:00`; full hours only."),
        ("digest mon 25:00", "Which hour?"),
        ("digest mon 13pm", "Which hour?"),
        ("digest daily", "I know no “daily” here; the kickoff in this channel is Ready-By."),
    ],
)
async def test_the_digest_is_moved_in_plain_words(kickoff, text, says):
    assert says in await typed(kickoff, text)


async def test_the_panel_buttons_answer_in_private(kickoff):
    said = await kickoff.slack.commands("ml", "ready-by", "/align")
    everything = await kickoff.slack.clicks("ml", said.responses[0], "See all")
    mine = await kickoff.slack.clicks("ml", said.responses[0], "My questions")

    assert everything.text.startswith("Ready-By ·")
    assert mine.text.startswith("12 questions for you")
    assert all(m.ephemeral_to for m in [*everything.responses, *mine.responses])


async def test_every_answer_has_words_beside_its_blocks(kickoff):
    for text in ("", "help", "status", "questions", "digest", "nonsense", "role"):
        said = await kickoff.slack.commands("pm", "ready-by", "/align", text)
        assert said.responses[0].text.strip()
