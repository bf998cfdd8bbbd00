"""The one message a person gets on a day: when it comes, what stands in it, and when it does not come."""

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.db.tables import ping
from bot.jobs import tick
from bot.sandbox.demo.world import open_bot
from tests.flow.conftest import KICKOFF
from tests.flow.interviews import VALUES
from tests.flow.stored import answered, rows, the_project

TUESDAY = datetime(2026, 3, 3, tzinfo=UTC)
MONTH_LATER = datetime(2026, 4, 1, tzinfo=UTC)


def when(message, zone="UTC"):
    return f"{datetime.fromtimestamp(float(message.ts), ZoneInfo(zone)):%a %H:%M}"


def headlines(message):
    return [line.split(" · ")[0] for line in message.plain.splitlines() if "your answer appears in" in line]


async def pinged(world, who="ml"):
    """The first reminder of a person."""
    while not world.slack.dm(who):
        await world.move_to(world.clock() + timedelta(hours=6))
    return world.slack.dm(who)[-1]


async def answer_by_button(world, who, message, nth=0):
    clicked = await world.slack.clicks(who, message, "Answer", nth=nth)
    form = clicked.view
    await world.slack.submits(
        who, {entry.label: entry.options[0] if entry.options else "1" for entry in form.inputs[:1]}
    )


async def without_pulse(world):
    """What is reminded of are questions alone."""
    await world.settle()
    said = await world.slack.commands("pm", "ready-by", "/align", "pulse off")
    assert "The pulse is off" in said.text


@pytest.mark.parametrize(
    "zone",
    [
        "Pacific/Pago_Pago",
        "America/Los_Angeles",
        "Europe/Berlin",
        "Asia/Kathmandu",
        "Pacific/Auckland",
        "Pacific/Kiritimati",
    ],
)
async def test_everybody_is_reminded_in_their_own_working_hours_and_no_more_than_the_ladder_has(world, zone):
    world.slack.world.workspace.user("ml").tz = zone
    await world.slack.commands("pm", "ready-by", "/align", KICKOFF)
    await without_pulse(world)
    await world.move_to(MONTH_LATER)

    times = [when(m, zone) for m in world.slack.dm("ml")]
    assert len(times) == 3
    assert all(time.split()[1] in ("09:30", "10:00") and time[:3] not in ("Sat", "Sun") for time in times)
    assert await rows(world, ping) == 9


async def test_with_the_pulse_nobody_gets_more_than_one_message_a_day_and_three_a_week(kickoff):
    await kickoff.move_to(MONTH_LATER)

    days = [datetime.fromtimestamp(float(m.ts), UTC).date() for m in kickoff.slack.dm("ml")]
    assert len(days) == len(set(days))
    assert all(sum(day <= other < day + timedelta(days=7) for other in days) <= 3 for day in days)
    assert any("Pulse for Ready-By" in m.plain for m in kickoff.slack.dm("ml"))


async def test_a_reminder_lists_what_waits_and_says_why_how_long_and_where(kickoff):
    message = await pinged(kickoff)

    assert when(message, "Europe/Berlin") == "Tue 09:30"
    first, second, *_ = message.plain.splitlines()
    assert first.startswith("👋 ")
    assert "where you may be the one who knows" in first
    assert "waiting 1 working day" in second
    assert "your answer appears in #ready-by" in second
    assert message.plain.splitlines()[-1] == (
        "At most one such message a day. `/align questions` shows the list at any time, `/align pause` rests a product."
    )


async def test_two_projects_are_one_message_of_five_items_and_a_count_of_the_rest(kickoff):
    await kickoff.slack.commands("pm", "ready-by", "/align", KICKOFF.replace("Ready-By", "Route Guess"))
    await kickoff.settle()
    message = await pinged(kickoff)
    await kickoff.move_to(TUESDAY + timedelta(hours=23))

    assert len(kickoff.slack.dm("ml")) == 1
    assert len(headlines(message)) == 5
    assert [
        name for line in message.plain.splitlines() for name in ("Ready-By:", "Route Guess:") if line.startswith(name)
    ]
    assert f"{2 * blocking(kickoff, 'ml') - 5} more after these, no hurry." in message.plain


def blocking(world, role):
    return sum(q.blocking and q.core and q.role == role and q.waits_for is None for q in world.bot.bank.questions)


async def test_the_button_answers_right_there_and_the_message_says_so(kickoff):
    message = await pinged(kickoff)
    first = headlines(message)[0]
    await answer_by_button(kickoff, "ml", message)
    await kickoff.settle()

    assert len((await the_project(kickoff)).answers) == 1
    assert f"{first} done, thank you" in kickoff.slack.message(message).plain
    assert len(kickoff.slack.dm("ml")) == 1


async def test_a_question_answered_in_the_thread_is_struck_from_the_message(kickoff):
    message = await pinged(kickoff)
    card = kickoff.slack.messages("ready-by")[2]
    await kickoff.slack.says("ml", "ready-by", "proven here", thread=card)
    await kickoff.settle()

    title = kickoff.bot.bank["ml.feasibility"].title
    assert f"{title} done, thank you" in kickoff.slack.message(message).plain
    assert title not in headlines(kickoff.slack.message(message))


async def due_but_not_sent(world):
    """The reminder has been decided; it waits in the outbox for the relay."""
    world.clock.move_to(datetime(2026, 3, 3, 8, 30, tzinfo=UTC))
    await tick(world.bot.database, world.bot.bank, world.clock())


async def test_what_was_answered_a_second_before_sending_is_not_in_the_message(kickoff):
    card = kickoff.slack.messages("ready-by")[2]
    await due_but_not_sent(kickoff)
    await kickoff.slack.says("ml", "ready-by", "proven here", thread=card)
    await kickoff.settle()

    (message,) = kickoff.slack.dm("ml")
    assert kickoff.bot.bank["ml.feasibility"].title not in message.plain
    assert len(headlines(message)) == blocking(kickoff, "ml") - 1


@pytest.mark.parametrize("text", ["pause", "close", "role ml - @ml"])
async def test_nothing_is_sent_that_no_longer_waits_when_it_is_due(kickoff, text):
    await due_but_not_sent(kickoff)
    await kickoff.slack.commands("pm", "ready-by", "/align", text)
    await kickoff.settle()
    assert kickoff.slack.dm("ml") == []

    await kickoff.move_to(MONTH_LATER)
    assert kickoff.slack.dm("ml") == []


async def test_resuming_brings_the_reminders_back(kickoff):
    await without_pulse(kickoff)
    await kickoff.slack.commands("pm", "ready-by", "/align", "pause")
    await kickoff.move_to(datetime(2026, 3, 10, 12, tzinfo=UTC))
    await kickoff.slack.commands("pm", "ready-by", "/align", "resume")
    await kickoff.move_to(MONTH_LATER)

    assert [when(m, "Europe/Berlin") for m in kickoff.slack.dm("ml")] == ["Tue 13:00"]


async def test_three_replicas_ticking_at_once_send_one_message(kickoff):
    kickoff.clock.move_to(datetime(2026, 3, 3, 8, 30, tzinfo=UTC))
    async with AsyncExitStack() as stack:
        url = kickoff.bot.settings.database_url
        opened = [await stack.enter_async_context(open_bot(url, kickoff.clock, kickoff.slack)) for _ in range(2)]
        bots = [kickoff.bot, *(bot for bot, _ in opened)]
        for _ in range(3):
            await asyncio.gather(*(tick(bot.database, bot.bank, kickoff.clock()) for bot in bots))
        await kickoff.settle()

    assert len(kickoff.slack.dm("ml")) == len(kickoff.slack.dm("eng")) == 1
    assert await rows(kickoff, ping) == 3


async def test_after_a_week_of_downtime_there_is_one_message(kickoff):
    await without_pulse(kickoff)
    kickoff.clock.move_to(datetime(2026, 3, 12, 9, tzinfo=UTC))
    await kickoff.tick()
    await kickoff.move_to(MONTH_LATER)

    assert [when(m, "Europe/Berlin") for m in kickoff.slack.dm("ml")] == ["Thu 10:00"]


async def test_a_helper_is_asked_once_in_their_working_hours_with_who_asks(kickoff):
    kickoff.slack.add_user("bob", id="U_BOB", name="Bob", tz="Asia/Tokyo")
    card = kickoff.slack.messages("ready-by")[2]
    (question,) = kickoff.slack.messages("ready-by", card)
    await kickoff.slack.clicks("ml", question, "Hand over")
    await kickoff.slack.submits("ml", {"Who can answer this?": "bob"})
    await kickoff.settle()
    message = await pinged(kickoff, "bob")

    assert when(message, "Asia/Tokyo") == "Tue 09:30"
    assert "@Mei hopes that you know" in message.plain
    await answer_by_button(kickoff, "bob", message)
    await kickoff.settle()
    assert "done, thank you" in kickoff.slack.message(message).plain
    assert (await the_project(kickoff)).answers["ml.feasibility"].by == "U_BOB"
    await kickoff.move_to(MONTH_LATER)
    assert len(kickoff.slack.dm("bob")) == 1


async def test_a_deactivated_person_is_not_written_to(kickoff):
    await kickoff.slack.deactivates("ml")
    await kickoff.move_to(MONTH_LATER)

    assert kickoff.slack.dm("ml") == []


async def test_summer_time_moves_with_the_persons_clock(world, clock):
    clock.move_to(datetime(2026, 3, 27, 11, tzinfo=UTC))  # a Friday; the clocks change on Sunday
    await world.slack.commands("pm", "ready-by", "/align", KICKOFF)
    await world.settle()
    message = await pinged(world)

    assert when(message, "Europe/Berlin") == "Mon 10:00"
    assert when(message) == "Mon 08:00"


async def test_a_finding_about_an_input_with_a_very_long_name_is_reminded_of_and_ticked_off(kickoff):
    name = "名" * 300
    listed = {"name": name, "entity": "user", "transform": "lookup", "importance": "must"}
    row = {"name": name, "source": "nothing", "source_kind": "db", "in_prod": "no"}
    await answered(kickoff, {"ml.inputs": [listed], "eng.input_survey": [row]})
    await kickoff.move_to(datetime(2026, 3, 3, 9, tzinfo=UTC))
    (message,) = [m for m in kickoff.slack.dm("eng") if "🛑 Critical" in m.plain]

    await answered(kickoff, {"eng.input_survey": [{**row, "in_prod": "served"}]})
    assert "production does not have an input done, thank you" in kickoff.slack.message(message).plain.lower()


async def test_a_pulse_that_closed_without_somebody_is_not_called_done_by_them(kickoff):
    await answered(kickoff, VALUES)
    await kickoff.slack.commands("pm", "ready-by", "/align", "pulse now")
    await kickoff.move_to(datetime(2026, 3, 3, 12, tzinfo=UTC))
    assert all("Pulse for Ready-By" in message.plain for message in kickoff.slack.dm("ml"))
    await kickoff.move_to(datetime(2026, 3, 9, 12, tzinfo=UTC))

    said = [message.plain for message in kickoff.slack.dm("ml")]
    assert said
    assert all(text.startswith("Nothing of this waits for you any more.") for text in said)
    assert "done, thank you" not in " ".join(said)
