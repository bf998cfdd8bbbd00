"""A hard input in the channel: a simpler one is offered beside it, taken by a click, or the original is kept."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.answers import Mark
from bot.domain.chronicle import Status
from bot.domain.commitments import Shelf, Stand
from bot.sandbox import FieldErrors
from bot.sandbox.faults import AcceptThenDrop
from tests.flow.interviews import VALUES, talks
from tests.flow.stored import answered, the_project
from tests.flow.test_exchange import exported, imported, vars_of

ZIP, ZIP_SURVEY = VALUES["ml.inputs"][0], VALUES["eng.input_survey"][0]
AVERAGE = {**VALUES["ml.inputs"][1], "name": "avg courier location last 5 min", "importance": "must"}
AVERAGE_SURVEY = {
    **VALUES["eng.input_survey"][1],
    "name": AVERAGE["name"],
    "owner": "couriers team",
    "history": "partial",
}
LATEST = "latest courier location"
HARD = {"ml.inputs": [ZIP, AVERAGE], "eng.input_survey": [ZIP_SURVEY, AVERAGE_SURVEY]}
NOT_BUILT = {**ZIP_SURVEY, "in_prod": "no"}
REASON, GAIN = "Why does it stay? One sentence is enough.", "What does it bring? Give a figure."


def card_thread(world):
    return world.slack.messages("ready-by", thread=world.slack.messages("ready-by")[0])


def only(world, word):
    (found,) = [m for m in card_thread(world) if word in m.plain]
    return found


def labels(message):
    return [control.label for control in message.controls]


async def offered(world, input=AVERAGE["name"]):
    return (await the_project(world)).offers[input]


async def click(world, who, message, label, **how):
    said = await world.slack.clicks(who, message, label, **how)
    await world.settle()
    return said


async def keeps(world, who, card, *, reason="Couriers turn around at the bridge", gain="0.4 min better"):
    clicked = await world.slack.clicks(who, card, "Keep the original")
    await world.slack.submits(who, {REASON: reason, GAIN: gain})
    await world.settle()
    return clicked


@pytest.fixture
async def hard(kickoff):
    await answered(kickoff, {"ml.inputs": HARD["ml.inputs"]})
    await answered(kickoff, {"eng.input_survey": HARD["eng.input_survey"]})
    return kickoff


async def test_a_simpler_input_is_offered_once_the_survey_shows_how_hard_it_is(hard):
    (card,) = card_thread(hard)

    assert card.plain.splitlines()[0] == "💡 @Mei, @Raj: a simpler input for the first version?"
    assert (
        "“avg courier location last 5 min” is very hard to have in production: a value over time to build" in card.plain
    )
    assert f"Simpler: “{LATEST}”. Use the latest value of the same signal" in card.plain
    assert "about 2-7 weeks sooner (default estimate)" in card.plain
    assert labels(card) == ["Use the simpler one", "Keep the original"]
    assert len(hard.slack.messages("ready-by")) == 4, "nothing new at the top of the channel"


async def test_the_engineer_takes_it_and_both_lists_the_backlog_and_the_card_say_so(hard):
    (card,) = card_thread(hard)
    await click(hard, "eng", card, "Use the simpler one")

    project = await the_project(hard)
    inputs, survey = project.answers["ml.inputs"], project.answers["eng.input_survey"]
    assert [row["name"] for row in inputs.value] == ["home zip code", LATEST]
    assert inputs.value[1]["transform"] == "latest"
    assert "window" not in inputs.value[1]
    assert (inputs.by, inputs.marks) == ("U_ML", frozenset()), (
        "an engineer's click makes no guess of the ML person's list"
    )
    assert survey.value[1] == {
        "name": LATEST, "source": "topic moves", "source_kind": "stream", "in_prod": "raw", "owner": "couriers team",
    }  # fmt: skip
    assert (survey.by, survey.marks) == ("U_ENG", frozenset())
    (entry,) = project.later
    assert entry.title == f"V2: avg courier location last 5 min instead of {LATEST}"
    assert entry.reason.startswith("H1 a value over time to build from a stream of events, H8 ")
    assert (entry.gain, entry.cost_weeks, entry.saved_weeks) == ("not measured", (4, 8), (2, 7))
    assert (entry.owner, entry.by, entry.status) == ("U_ML", "U_ENG", Shelf.WAITING)

    now = hard.slack.message(card)
    assert now.plain.startswith(f"✓ First version uses “{LATEST}”; “avg courier location last 5 min” waits for V2.")
    assert "@Raj chose so." in now.plain
    assert labels(now) == []
    assert "feature_hard:avg courier location last 5 min" not in {
        key for key, f in project.followed.items() if f.status is not Status.RESOLVED
    }
    _, ml, eng = talks(hard)
    assert LATEST in (await ml.shows("ml.inputs")).plain
    assert LATEST in (await eng.shows("eng.input_survey")).plain


async def test_what_the_engineer_must_look_at_opens_the_survey_again(kickoff):
    weekly = {**AVERAGE, "window": {"value": 1, "unit": "d"}}
    await answered(kickoff, {"ml.inputs": [ZIP, weekly]})
    await answered(kickoff, {"eng.input_survey": HARD["eng.input_survey"]})
    await click(kickoff, "ml", only(kickoff, "💡"), "Use the simpler one")

    project = await the_project(kickoff)
    row = project.answers["ml.inputs"].value[1]
    assert (row["name"], row["freshness_needed"]) == (f"nightly {AVERAGE['name']}", {"value": 1, "unit": "d"})
    assert project.answers["eng.input_survey"].marks == {Mark.PARTIAL}
    assert project.answers["eng.input_survey"].by == "U_ENG"
    assert project.state("eng.input_survey") == "unanswered"
    assert project.settled("ml.inputs")
    _, _, eng = talks(kickoff)
    assert f"nightly {AVERAGE['name']}" in (await eng.shows("eng.input_survey")).plain


async def test_leaving_it_out_takes_it_off_both_lists(kickoff):
    await answered(kickoff, {"ml.inputs": [ZIP, {**AVERAGE, "importance": "nice"}]})
    await answered(kickoff, {"eng.input_survey": HARD["eng.input_survey"]})
    card = only(kickoff, "Leave it out of the first version.")
    await click(kickoff, "ml", card, "Leave it out for now")

    project = await the_project(kickoff)
    assert [row["name"] for row in project.answers["ml.inputs"].value] == ["home zip code"]
    assert [row["name"] for row in project.answers["eng.input_survey"].value] == ["home zip code"]
    assert project.settled("eng.input_survey")
    assert project.later[0].title == "V2: avg courier location last 5 min"
    assert kickoff.slack.message(card).plain.startswith(
        "✓ First version goes without “avg courier location last 5 min”"
    )


async def test_the_only_input_is_not_left_out(kickoff):
    await answered(kickoff, {"ml.inputs": [{**AVERAGE, "importance": "nice"}]})
    await answered(kickoff, {"eng.input_survey": [AVERAGE_SURVEY]})
    said = await click(kickoff, "ml", only(kickoff, "💡"), "Leave it out for now")

    assert "is the only input on the list" in said.text
    assert (await the_project(kickoff)).later == ()


async def test_those_who_do_not_build_it_cannot_choose_the_simpler_one(hard):
    (card,) = card_thread(hard)
    said = await click(hard, "pm", card, "Use the simpler one")

    assert said.text.startswith("That is for those who build it: @Mei or @Raj.")
    assert (await the_project(hard)).later == ()
    await answered(hard, {"pm.decider": "U_PM"})
    await click(hard, "pm", card, "Use the simpler one")
    assert (await offered(hard)).stand is Stand.TAKEN


@pytest.mark.parametrize("others", [("eng", "eng"), ("eng", "ml")])
async def test_two_clicks_at_once_leave_one_entry(hard, others):
    (card,) = card_thread(hard)
    said = await asyncio.gather(*(hard.slack.clicks(who, card, "Use the simpler one") for who in others))
    await hard.settle()

    project = await the_project(hard)
    assert len(project.later) == 1
    assert [row["name"] for row in project.answers["ml.inputs"].value] == ["home zip code", LATEST]
    assert any("is in the first version already" in one.text for one in said if one.text)


async def test_a_redelivered_click_counts_once(hard):
    (card,) = card_thread(hard)
    await click(hard, "eng", card, "Use the simpler one")
    delivery = next(d for d in reversed(hard.slack.deliveries) if d.kind == "interactive")
    await hard.slack.redeliver(delivery.id, times=3, at_once=True)
    await hard.settle()

    assert len((await the_project(hard)).later) == 1


async def test_a_lost_answer_of_slack_posts_no_card_twice(kickoff):
    await answered(kickoff, {"ml.inputs": HARD["ml.inputs"]})
    kickoff.slack.faults.next("chat.postMessage", AcceptThenDrop(), times=2, channel="ready-by")
    await answered(kickoff, {"eng.input_survey": HARD["eng.input_survey"]})

    assert len([m for m in card_thread(kickoff) if "💡" in m.plain]) == 1
    assert (await offered(kickoff)).card is not None


async def test_the_original_is_kept_for_a_reason_and_counts_half_once_pm_and_engineer_agree(hard):
    card = only(hard, "💡")
    await keeps(hard, "ml", card)

    now = hard.slack.message(card)
    assert now.plain.startswith("🤝 “avg courier location last 5 min” stays in the first version.")
    assert "@Mei: “Couriers turn around at the bridge” · gain: 0.4 min better" in now.plain
    assert "Once the PM and the product engineer agree, it counts half." in now.plain
    assert labels(now) == ["Agree", "Use the simpler one"]
    assert only(hard, "🤝 @Ana, @Raj: @Mei keeps").plain.endswith("press Agree on its message above.")
    await click(hard, "pm", now, "Agree")
    assert "Once the product engineer agrees, it counts half." in hard.slack.message(card).plain
    await click(hard, "eng", hard.slack.message(card), "Agree")

    project = await the_project(hard)
    finding = project.followed["feature_hard:avg courier location last 5 min"]
    assert finding.status is Status.ACCEPTED
    assert (finding.turns[-1].by, finding.turns[-1].until) == ("U_ML", date(2026, 4, 1))
    assert "You live with it until Wed 1 Apr 2026, and it counts half." in hard.slack.message(card).plain
    assert labels(hard.slack.message(card)) == ["Use the simpler one"]
    assert project.later == ()


async def test_who_keeps_it_agrees_with_nobody_alone(hard):
    card = only(hard, "💡")
    await keeps(hard, "eng", card)
    assert "Once the PM agrees" in hard.slack.message(card).plain
    alone = await click(hard, "eng", hard.slack.message(card), "Agree")
    assert "You are the one who keeps it" in alone.text
    other = await click(hard, "ml", hard.slack.message(card), "Agree")
    assert "This takes the PM and the product engineer" in other.text
    assert (await offered(hard)).agreed == ()
    await click(hard, "pm", hard.slack.message(card), "Agree")
    finding = (await the_project(hard)).followed["feature_hard:avg courier location last 5 min"]
    assert finding.status is Status.ACCEPTED


@pytest.mark.parametrize(
    ("reason", "gain", "label"), [("  ", "3 %", REASON), ("It matters", "a lot", GAIN), ("It matters", " ", GAIN)]
)
async def test_keeping_it_takes_a_reason_and_a_figure(hard, reason, gain, label):
    card = only(hard, "💡")
    await hard.slack.clicks("ml", card, "Keep the original")
    with pytest.raises(FieldErrors) as raised:
        await hard.slack.submits("ml", {REASON: reason, GAIN: gain}, unchecked=True)

    assert set(raised.value.errors) == {label}
    assert (await offered(hard)).stand is Stand.OFFERED


async def test_somebody_outside_neither_keeps_nor_agrees(hard):
    hard.slack.add_user("other", id="U_OTHER", name="Ola")
    hard.slack.world.workspace.channel("ready-by").members.append("U_OTHER")
    card = only(hard, "💡")
    said = await click(hard, "other", card, "Keep the original")
    assert said.view is None
    assert said.text.startswith("Only the people of Ready-By can say which inputs")
    await keeps(hard, "ml", card)
    said = await click(hard, "other", hard.slack.message(card), "Agree")
    assert said.text.startswith("Only the people of Ready-By can agree")


async def test_an_old_button_says_what_became_of_it(hard):
    card = only(hard, "💡")
    await keeps(hard, "ml", card)
    said = await click(hard, "eng", card, "Use the simpler one", stale=True)
    assert "@Mei keeps “avg courier location last 5 min” meanwhile" in said.text
    await click(hard, "eng", hard.slack.message(card), "Use the simpler one")
    assert (await offered(hard)).stand is Stand.TAKEN
    assert (await the_project(hard)).later[0].gain == "0.4 min better"
    said = await click(hard, "ml", card, "Keep the original", stale=True)
    assert f"“{LATEST}” is in the first version already: @Raj said so." in said.text


async def test_the_inputs_of_a_closed_kickoff_stay_as_they_are(hard):
    card = only(hard, "💡")
    await hard.slack.commands("pm", "ready-by", "/align", "close")
    await hard.settle()
    for label in ("Use the simpler one", "Keep the original"):
        assert "is closed, so its inputs stay as they are." in (await click(hard, "eng", card, label)).text


async def test_what_is_easy_now_says_so_and_comes_back_in_silence_on_the_same_day(hard):
    card = only(hard, "💡")
    served = {**AVERAGE_SURVEY, "in_prod": "served"}
    await answered(hard, {"eng.input_survey": [ZIP_SURVEY, served]})
    assert hard.slack.message(card).plain.endswith("It is not hard any more.")
    assert labels(hard.slack.message(card)) == []
    await answered(hard, {"eng.input_survey": HARD["eng.input_survey"]})
    assert labels(hard.slack.message(card)) == ["Use the simpler one", "Keep the original"]
    assert len([m for m in card_thread(hard) if "💡" in m.plain]) == 1

    await answered(hard, {"eng.input_survey": [ZIP_SURVEY, served]})
    hard.clock.forward(timedelta(days=1))
    await answered(hard, {"eng.input_survey": HARD["eng.input_survey"]})
    assert len([m for m in card_thread(hard) if "💡" in m.plain]) == 1, "the first one stays gone"
    assert len(card_thread(hard)) == 2


async def test_an_input_that_is_not_in_production_at_all_is_told_in_one_place(kickoff):
    await answered(kickoff, {"ml.inputs": [ZIP, AVERAGE]})
    await answered(kickoff, {"eng.input_survey": [ZIP_SURVEY, {**AVERAGE_SURVEY, "in_prod": "no"}]})
    critical, offer = card_thread(kickoff)

    assert critical.plain.startswith("🛑 Critical")
    assert "“avg courier location last 5 min” is blocked; the 🛑 message in this thread says why." in offer.plain
    await keeps(kickoff, "ml", offer)
    await click(kickoff, "pm", kickoff.slack.message(offer), "Agree")
    await click(kickoff, "eng", kickoff.slack.message(offer), "Agree")
    assert kickoff.slack.message(critical).plain.startswith("🤝 Critical, lived with")


async def test_after_the_time_both_choices_are_there_again(hard):
    card = only(hard, "💡")
    await keeps(hard, "ml", card)
    await click(hard, "pm", hard.slack.message(card), "Agree")
    await click(hard, "eng", hard.slack.message(card), "Agree")
    await hard.move_to(datetime(2026, 4, 2, 12, tzinfo=UTC))

    assert labels(hard.slack.message(card)) == ["Use the simpler one", "Keep the original"]
    assert "is open again" in only(hard, "⏰").plain


async def test_a_paused_project_is_told_when_it_goes_on(kickoff):
    await kickoff.slack.commands("pm", "ready-by", "/align", "pause")
    await answered(kickoff, {"ml.inputs": HARD["ml.inputs"]})
    await answered(kickoff, {"eng.input_survey": HARD["eng.input_survey"]})
    assert not [m for m in card_thread(kickoff) if "💡" in m.plain]
    await kickoff.slack.commands("pm", "ready-by", "/align", "resume")
    await kickoff.settle()

    assert len([m for m in card_thread(kickoff) if "💡" in m.plain]) == 1


async def test_an_input_with_a_hostile_name_works_by_its_buttons(kickoff):
    name = "<!channel> | zip|code 📮 " + "very long " * 60
    name = name.strip()
    await answered(kickoff, {"ml.inputs": [ZIP, {**AVERAGE, "name": name}]})
    await answered(kickoff, {"eng.input_survey": [ZIP_SURVEY, {**AVERAGE_SURVEY, "name": name}]})
    await keeps(kickoff, "ml", only(kickoff, "💡"))
    await click(kickoff, "eng", only(kickoff, "stays in the first version."), "Use the simpler one")

    project = await the_project(kickoff)
    assert project.offers[name].stand is Stand.TAKEN
    assert len(project.answers["ml.inputs"].value[1]["name"]) <= 100


async def test_many_hard_inputs_are_offered_three_at_a_time(kickoff):
    names = [f"average load {n}" for n in range(5)]
    rows = [{**AVERAGE, "name": name} for name in names]
    await answered(kickoff, {"ml.inputs": [ZIP, *rows][:5]})
    await answered(kickoff, {"eng.input_survey": [ZIP_SURVEY, *({**AVERAGE_SURVEY, "name": n} for n in names[:4])]})
    cards = [m for m in card_thread(kickoff) if "simpler input for the first version?" in m.plain]
    assert len(cards) == 3
    assert only(kickoff, "Keep only the best 3").plain == "💡 Keep only the best 3 of the hard inputs for V1."
    await click(kickoff, "eng", cards[0], "Use the simpler one")

    assert "average load 3" in card_thread(kickoff)[-1].plain
    assert len([m for m in card_thread(kickoff) if "Keep only" in m.plain]) == 1


async def test_what_is_on_offer_and_what_waits_leave_with_the_project_and_come_back(hard):
    await click(hard, "eng", only(hard, "💡"), "Use the simpler one")
    now = {id: (await the_project(hard)).answers[id].value for id in HARD}
    await answered(hard, {"ml.inputs": [*now["ml.inputs"], {**AVERAGE, "name": "mean load"}]})
    await answered(hard, {"eng.input_survey": [*now["eng.input_survey"], {**AVERAGE_SURVEY, "name": "mean load"}]})
    before, document = await exported(hard)
    assert {offer.stand for offer in before.offers.values()} == {Stand.TAKEN, Stand.OFFERED}
    await hard.slack.commands("pm", "ready-by", "/align", "close")
    await hard.settle()
    after = await imported(hard, document)

    async with hard.bot.database.transaction() as uow:
        stored = await uow.projects.get(after.id)
    assert (stored.offers, stored.later) == (before.offers, before.later)
    assert {**vars_of(stored), "id": before.id} == vars_of(before)


async def test_earlier_or_better_is_asked_once_for_what_they_have_said(kickoff):
    await answered(kickoff, {"pm.ship_tradeoff": "simple_first", "ml.v1": "deep_or_ensemble"})
    await answered(kickoff, {"ml.v1_gain": {"gain": "finds 8 % more late orders", "extra_weeks": 4}})
    said = only(kickoff, "⚖️")

    assert said.plain.startswith("⚖️ @Ana, @Mei: earlier or better?")
    assert (
        "PM: “Ship the simpler one first” · ML, of the larger model: “finds 8 % more late orders”, for 4 extra weeks"
        in said.plain
    )
    await answered(kickoff, {"ml.latency": {"value": 30, "unit": "ms"}})
    assert len([m for m in card_thread(kickoff) if "⚖️" in m.plain]) == 1
    await answered(kickoff, {"pm.ship_tradeoff": "wait_for_full"})
    assert len([m for m in card_thread(kickoff) if "⚖️" in m.plain]) == 2
