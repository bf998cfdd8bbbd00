"""A finding in the channel: told where the kickoff stands, talked over, changed, lived with, and gone by itself."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.chronicle import Status
from bot.sandbox import FieldErrors
from bot.sandbox.faults import AcceptThenDrop
from bot.services import interviews
from bot.slack.controls import Control
from tests.flow.interviews import VALUES
from tests.flow.stored import answered, the_project

UNLIKELY = {"ml.feasibility": "unlikely"}
DISPUTED = {"ml.feasibility": "proven_here", "eng.feasible": {"verdict": "no", "because": "no events at night"}}
WHY, UNTIL = "Why is it all right for now?", "Until when?"
TODAY = date(2026, 3, 2)


def card_thread(world):
    """What stands in the thread of the kickoff card."""
    return world.slack.messages("ready-by", thread=world.slack.messages("ready-by")[0])


def only(world, word):
    (found,) = [m for m in card_thread(world) if word in m.plain]
    return found


async def found(world, key="feasibility_unproven"):
    return (await the_project(world)).followed[key]


def labels(message):
    return [control.label for control in message.controls]


async def lives_with(world, who, card, *, reason="A pilot says more in May", until=None):
    clicked = await world.slack.clicks(who, card, "Live with it")
    if clicked.view is None:
        return clicked
    values = {WHY: reason, **({UNTIL: until} if until else {})}
    await world.slack.submits(who, values)
    await world.settle()
    return clicked


@pytest.fixture
async def unlikely(kickoff):
    await answered(kickoff, UNLIKELY)
    return kickoff


async def test_a_critical_finding_stands_in_the_cards_thread_and_calls_the_one_who_acts(unlikely):
    (card,) = card_thread(unlikely)

    assert card.plain.startswith("🛑 Critical · ")
    assert "Next: " in card.plain
    assert card.plain.count("@") == 1
    assert "→ @Mei" in card.plain
    assert "Unlikely" in card.plain, "the answer that it rests on"
    assert labels(card) == ["Discuss", "I changed it", "Live with it"]
    assert len(unlikely.slack.messages("ready-by")) == 4, "nothing new at the top of the channel"


async def test_it_is_gone_by_itself_when_the_answer_changes_and_says_so_once(unlikely):
    (card,) = card_thread(unlikely)
    clicked = await unlikely.slack.clicks("ml", card, "I changed it")
    assert clicked.view is not None
    await unlikely.slack.submits("ml", {clicked.view.labels[0]: "Works on our own data"})
    await unlikely.settle()

    now = unlikely.slack.message(card)
    assert now.plain.startswith("✅ Solved (it was critical) · ")
    assert labels(now) == []
    assert len([m for m in card_thread(unlikely) if m.plain.startswith("✅ Solved: ")]) == 1
    await answered(unlikely, {"ml.v1": "boosted_trees"})
    assert len(card_thread(unlikely)) == 2


async def test_a_redelivered_answer_tells_a_finding_once(kickoff):
    thread = kickoff.slack.messages("ready-by")[2]
    (question,) = kickoff.slack.messages("ready-by", thread)
    await kickoff.slack.clicks("ml", question, "Unlikely")
    delivery = next(d for d in reversed(kickoff.slack.deliveries) if d.kind == "interactive")
    await kickoff.slack.redeliver(delivery.id, times=3, at_once=True)
    await kickoff.settle()

    assert len(card_thread(kickoff)) == 1


async def test_a_lost_answer_of_slack_posts_no_finding_twice(kickoff):
    await kickoff.settle()
    kickoff.slack.faults.next("chat.postMessage", AcceptThenDrop(), times=2, channel="ready-by")
    await answered(kickoff, UNLIKELY)

    assert len([m for m in card_thread(kickoff) if "Critical" in m.plain]) == 1


async def test_discuss_calls_the_people_together_once_a_day(kickoff):
    await answered(kickoff, DISPUTED)
    card = only(kickoff, "Critical")
    said = await kickoff.slack.clicks("pm", card, "Discuss")
    await kickoff.slack.clicks("eng", card, "Discuss")
    await kickoff.settle()

    assert "calls everybody concerned together, once a day at most" in said.text
    assert said.responses[0].ephemeral_to == "U_PM"
    note = only(kickoff, "💬")
    assert note.plain.startswith("💬 @Ana, @Mei, @Raj: ")
    assert "To talk about: which of these answers changes" in note.plain

    kickoff.clock.forward(timedelta(days=1))
    await kickoff.slack.clicks("ml", card, "Discuss")
    await kickoff.settle()
    assert len([m for m in card_thread(kickoff) if "💬" in m.plain]) == 2


@pytest.mark.parametrize(("who", "question"), [("ml", "ml.feasibility"), ("eng", "eng.feasible")])
async def test_i_changed_it_opens_the_answer_that_is_ones_own(kickoff, who, question):
    await answered(kickoff, DISPUTED)
    clicked = await kickoff.slack.clicks(who, only(kickoff, "Critical"), "I changed it")

    assert clicked.view is not None
    assert clicked.view.title == kickoff.bot.bank[question].title


async def test_whoever_has_no_answer_in_it_hears_whose_they_are(kickoff):
    await answered(kickoff, DISPUTED)
    clicked = await kickoff.slack.clicks("pm", only(kickoff, "Critical"), "I changed it")

    assert clicked.view is None
    assert "@Mei, the ML person" in clicked.text
    assert "@Raj, the product engineer" in clicked.text


async def test_several_answers_of_ones_own_are_listed_each_with_its_button(kickoff):
    await kickoff.slack.commands("pm", "ready-by", "/align", "role eng @ml")
    await kickoff.settle()
    await answered(kickoff, {"ml.feasibility": "proven_here"})
    await answered_by_ml(kickoff, {"eng.feasible": DISPUTED["eng.feasible"]})
    clicked = await kickoff.slack.clicks("ml", only(kickoff, "Critical"), "I changed it")

    (whisper,) = clicked.responses
    assert labels(whisper) == ["Edit", "Edit"]
    opened = await kickoff.slack.clicks("ml", whisper, "Edit", nth=0)
    assert opened.view is not None


async def answered_by_ml(world, values):
    async with world.bot.database.transaction() as uow:
        await interviews.answer_many(uow, world.bot.bank, 1, values, by="U_ML", at=uow.now)
    await world.settle()


async def test_living_with_it_takes_a_reason_and_a_day_and_is_said_once(unlikely):
    (card,) = card_thread(unlikely)
    opened = await lives_with(unlikely, "pm", card)
    assert opened.view.title == "Live with it"

    now, note = card_thread(unlikely)
    assert now.plain.startswith("🤝 Critical, lived with · ")
    assert "until Wed 1 Apr 2026, and it counts half" in now.plain
    assert "@Ana said so: “A pilot says more in May”" in now.plain
    assert labels(now) == []
    assert note.plain.startswith("🤝 Not proven that ML can do it: @Ana says that you live with it until ")
    status = await unlikely.slack.commands("eng", "ready-by", "/align", "status")
    assert "Lived with 🤝 " in status.text
    assert "(@Ana until Wed 1 Apr 2026)" in status.text


@pytest.mark.parametrize(
    ("reason", "until", "label"),
    [
        ("  ", TODAY + timedelta(days=5), WHY),
        ("ok", TODAY, UNTIL),
        ("ok", TODAY - timedelta(days=1), UNTIL),
        ("ok", TODAY + timedelta(days=181), UNTIL),
    ],
)
async def test_what_is_wrong_with_the_form_stands_at_its_input(unlikely, reason, until, label):
    (card,) = card_thread(unlikely)
    await unlikely.slack.clicks("pm", card, "Live with it")
    with pytest.raises(FieldErrors) as raised:
        await unlikely.slack.submits("pm", {WHY: reason, UNTIL: until}, unchecked=True)

    assert set(raised.value.errors) == {label}
    assert (await found(unlikely)).status is Status.OPEN


@pytest.mark.parametrize(
    ("decider", "who", "says"),
    [
        ("none", "ml", "You are the one who acts on it, so somebody else says that you live with it: @Ana"),
        ("U_ML", "ml", "You are the one who acts on it, so somebody else says that you live with it: @Ana"),
        ("U_PM", "eng", "Not yours to say: @Ana can."),
        ("U_PM", "other", "Only the people of Ready-By can live with a finding: "),
    ],
)
async def test_who_may_not_say_that_they_live_with_it(unlikely, decider, who, says):
    unlikely.slack.add_user("other", id="U_OTHER", name="Ola")
    unlikely.slack.world.workspace.channel("ready-by").members.append("U_OTHER")
    await answered(unlikely, {"pm.decider": decider})
    refused = await lives_with(unlikely, who, only(unlikely, "🛑"))

    assert refused.text.startswith(says)
    assert (await found(unlikely)).status is Status.OPEN
    assert not [m for m in card_thread(unlikely) if "🤝" in m.plain]


async def test_it_opens_again_when_the_time_is_over_and_calls_the_one_who_acts(unlikely):
    (card,) = card_thread(unlikely)
    await lives_with(unlikely, "pm", card, until=TODAY + timedelta(days=8))
    await unlikely.move_to(datetime(2026, 3, 10, 22, tzinfo=UTC))
    assert (await found(unlikely)).status is Status.ACCEPTED
    await unlikely.move_to(datetime(2026, 3, 11, 12, tzinfo=UTC))

    now = unlikely.slack.message(card)
    assert now.plain.startswith("🛑 Critical · ")
    assert labels(now) == ["Discuss", "I changed it", "Live with it"]
    assert "is open again" in only(unlikely, "⏰").plain
    assert "→ @Mei" in only(unlikely, "⏰").plain


@pytest.mark.parametrize("label", ["Discuss", "I changed it", "Live with it"])
async def test_an_old_button_says_what_became_of_it(unlikely, label):
    (card,) = card_thread(unlikely)
    await answered(unlikely, {"ml.feasibility": "proven_here"})
    said = await unlikely.slack.clicks("pm", card, label, stale=True)

    assert "is solved already" in said.text


@pytest.mark.parametrize("label", ["Discuss", "I changed it", "Live with it"])
async def test_the_findings_of_a_closed_kickoff_stay_as_they_are(unlikely, label):
    (card,) = card_thread(unlikely)
    await unlikely.slack.commands("pm", "ready-by", "/align", "close")
    await unlikely.settle()
    said = await unlikely.slack.clicks("pm", card, label)

    assert "is closed, so its findings stay as they are." in said.text


async def test_who_acts_is_reminded_and_may_settle_it_from_the_reminder(unlikely):
    await unlikely.move_to(datetime(2026, 3, 3, 12, tzinfo=UTC))
    message = next(m for m in unlikely.slack.dm("ml") if "Critical" in m.plain)
    assert message.plain.splitlines()[1].startswith("🛑 Critical: ")
    assert "Next: " in message.plain
    clicked = await unlikely.slack.clicks("ml", message, "I changed it")
    await unlikely.slack.submits("ml", {clicked.view.labels[0]: "Works on our own data"})
    await unlikely.settle()

    assert "done, thank you" in unlikely.slack.message(message).plain


async def test_what_i_must_act_on_is_in_my_list(unlikely):
    mine = await unlikely.slack.commands("ml", "ready-by", "/align", "questions")
    assert mine.text.splitlines()[1].startswith("🛑 Critical: ")
    assert mine.text.splitlines()[0].endswith("in all:")
    others = await unlikely.slack.commands("eng", "ready-by", "/align", "questions")
    assert "Critical" not in others.text


async def test_a_finding_about_an_input_with_a_hostile_name_works_by_its_buttons(kickoff):
    name = "<!channel> | zip|code 📮 " + "very long " * 60
    row = {**VALUES["ml.inputs"][0], "name": name.strip()}
    survey = {"name": name.strip(), "source": "nothing", "source_kind": "db", "in_prod": "no"}
    await answered(kickoff, {"ml.inputs": [row], "eng.input_survey": [survey]})
    card = only(kickoff, "Critical")
    clicked = await kickoff.slack.clicks("eng", card, "I changed it")
    assert clicked.view is not None
    await kickoff.slack.closes("eng", everything=True)
    await lives_with(kickoff, "ml", card)

    accepted = [f for f in (await the_project(kickoff)).followed.values() if f.status is Status.ACCEPTED]
    assert [f.input for f in accepted] == [name.strip()]


async def test_an_unknown_key_is_no_finding(unlikely):
    (card,) = card_thread(unlikely)
    control = Control("discuss", 1, "", "nonsense")
    for block in card.blocks:
        for element in block.get("elements", []):
            if element.get("action_id") == "discuss":
                element["value"] = control.encode()
    said = await unlikely.slack.clicks("pm", card, "Discuss", stale=True)
    assert "I don't see this one any more" in said.text


async def test_see_all_lists_every_finding_with_its_buttons_and_the_decider_lives_with_one(kickoff):
    await answered(kickoff, {"pm.measure_how": "offline_only", "pm.decider": "U_PM"})
    await kickoff.slack.commands("pm", "ready-by", "/align", "status")
    await kickoff.slack.clicks("pm", kickoff.slack.ephemerals("pm")[-1], "See all")
    listed = kickoff.slack.ephemerals("pm")[-1]
    assert "Next: Choose" in listed.plain
    assert labels(listed)[:3] == ["Discuss", "I changed it", "Live with it"]

    await lives_with(kickoff, "pm", listed)
    assert (await found(kickoff, "outcome_not_measured")).status is Status.ACCEPTED
