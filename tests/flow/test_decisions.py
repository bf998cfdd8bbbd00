"""Decisions: logged from a message or by the command, superseded, withdrawn; never two about one thing unnoticed."""

import pytest

from bot.sandbox.faults import RateLimited, Refuse, Reset
from tests.flow.conftest import KICKOFF
from tests.flow.stored import answered, projects, the_project

FORM = {"What was decided?": "We launch in May", "Why?": "The contract says so", "About": "launch date"}


def card(world, where="ready-by"):
    return next(m for m in world.slack.messages(where) if m.by_bot)


def told(world, where="ready-by"):
    return [m.plain for m in world.slack.messages(where, card(world, where)) if m.by_bot and "Decision #" in m.plain]


async def logged(world, who="pm", **more):
    """Through the form that the command opens."""
    await world.slack.commands(who, "ready-by", "/align", "decide")
    await world.slack.submits(who, FORM | more)
    await world.settle()


async def listed(world, who="pm"):
    return await world.slack.commands(who, "ready-by", "/align", "decide list")


async def test_a_message_in_a_thread_becomes_a_decision_with_its_words_and_its_link(kickoff):
    root = await kickoff.slack.says("ml", "ready-by", "What about the launch?")
    said = await kickoff.slack.says("pm", "ready-by", "@ml & all: we launch in May <b>", thread=root)
    opened = await kickoff.slack.shortcut("ml", said, "Log decision")

    assert opened.view.title == "Log a decision"
    assert opened.view.inputs[0].initial == "@ml & all: we launch in May <b>"
    await kickoff.slack.submits("ml", {"Why?": "The contract says so", "About": "launch date"})
    await kickoff.settle()

    (decision,) = (await the_project(kickoff)).decisions
    assert (decision.number, decision.by, decision.who) == (1, "U_ML", ("U_ML",))
    assert decision.link == f"https://acme.slack.com/archives/C_READY/p{said.ts.replace('.', '')}" + (
        f"?thread_ts={root.ts}&cid=C_READY"
    )
    assert told(kickoff) == [
        "📌 Decision #1 · launch date\n@ml & all: we launch in May <b>\nWhy The contract says so\n"
        "Decided by ml · said in this message."
    ]
    assert [m.plain for m in kickoff.slack.messages("ready-by", root) if m.by_bot] == []


async def test_the_bots_own_message_can_be_logged_as_well(kickoff):
    opened = await kickoff.slack.shortcut("pm", card(kickoff), "log_decision")
    assert opened.view.inputs[0].initial.startswith("Kickoff: Ready-By")


async def test_the_command_opens_the_form_empty_or_with_what_was_typed(kickoff):
    empty = await kickoff.slack.commands("pm", "ready-by", "/align", "decide")
    assert empty.view.inputs[0].initial in (None, "")
    assert empty.text == "A form is open for you: what was decided, why, and about what."
    await kickoff.slack.closes("pm")
    typed = await kickoff.slack.commands("pm", "ready-by", "/align", "decide list price stays at 5 & @ml agrees")
    assert typed.view.inputs[0].initial == "list price stays at 5 & @ml agrees"


async def test_the_one_who_makes_the_call_is_suggested_as_who_decided(kickoff):
    kickoff.slack.add_user("lead", id="U_LEAD", name="Dee")
    await answered(kickoff, {"pm.decider": "U_LEAD"})
    await logged(kickoff)

    assert (await the_project(kickoff)).decisions[0].who == ("U_LEAD",)
    assert told(kickoff)[0].endswith("Decided by lead.")


async def test_an_app_decides_nothing(kickoff):
    kickoff.slack.add_user("robot", id="U_ROBOT", bot=True)
    await kickoff.slack.commands("pm", "ready-by", "/align", "decide")
    answer = await kickoff.slack.submits("pm", FORM | {"Who decided?": ["robot"]}, expect_errors=True)
    assert answer.errors["Who decided?"].endswith("Pick the people who decided; left empty, it is you.")
    await kickoff.slack.submits("pm", {"Who decided?": []})
    assert (await the_project(kickoff)).decisions[0].who == ("U_PM",)


@pytest.mark.parametrize("fault", [Refuse("message_not_found"), RateLimited(30), Reset()])
async def test_a_decision_is_kept_without_its_link_where_slack_does_not_give_it(kickoff, fault):
    kickoff.slack.faults.next("chat.getPermalink", fault, times=3)
    said = await kickoff.slack.says("pm", "ready-by", "May it is")
    await kickoff.slack.shortcut("pm", said, "Log decision")
    await kickoff.slack.submits("pm", {"Why?": "It is due", "About": "launch date"})
    await kickoff.settle()

    (decision,) = (await the_project(kickoff)).decisions
    assert (decision.what, decision.link) == ("May it is", "")
    assert "this message" not in told(kickoff)[0]


async def test_a_second_decision_about_the_same_thing_is_pointed_out_at_once_and_in_the_list(kickoff):
    await logged(kickoff)
    await logged(kickoff, "eng", **{"What was decided?": "June", "About": "The Launch Dates"})

    assert told(kickoff)[1].endswith(
        "⚠️ There are two decisions about “The Launch Dates” now: #1 and #2. Which one holds? `/align decide list`"
    )
    text = (await listed(kickoff)).text
    assert text.index("⚠️ #2 June") < text.index("⚠️ #1 We launch in May")


async def test_one_is_superseded_from_the_list_and_the_old_one_stays_on_record(kickoff):
    await logged(kickoff)
    shown = (await listed(kickoff, "ml")).responses[0]
    opened = await kickoff.slack.clicks("ml", shown, "Supersede")
    assert {one.label: one.initial for one in opened.view.inputs}["About"] == "launch date"
    await kickoff.slack.submits("ml", {"What was decided?": "June", "Why?": "The data come late"})
    await kickoff.settle()

    assert told(kickoff)[1].endswith("It takes the place of #1.")
    text = (await listed(kickoff)).text
    assert "Decisions of Ready-By · 1 holds" in text
    assert "#1 We launch in May · superseded by #2" in text
    assert "⚠️" not in text


async def test_two_people_supersede_one_decision_and_the_second_is_told_of_the_first(kickoff):
    await logged(kickoff)
    for who in ("ml", "eng"):
        shown = (await listed(kickoff, who)).responses[0]
        await kickoff.slack.clicks(who, shown, "Supersede")
    await kickoff.slack.submits("ml", {"What was decided?": "June", "Why?": "Late data"})
    mine = {"What was decided?": "July", "Why?": "Holidays"}
    answer = await kickoff.slack.submits("eng", mine, expect_errors=True)

    assert answer.errors["Takes the place of"].startswith("#1 was superseded by #2 meanwhile. Leave this empty")
    await kickoff.slack.submits("eng", {"Takes the place of": None})
    await kickoff.settle()
    assert [one.supersedes for one in (await the_project(kickoff)).decisions] == [None, 1, None]
    assert "#2 and #3. Which one holds?" in told(kickoff)[-1]


async def test_one_is_withdrawn_and_what_it_superseded_holds_again(kickoff):
    await logged(kickoff)
    shown = (await listed(kickoff)).responses[0]
    await kickoff.slack.clicks("pm", shown, "Supersede")
    await kickoff.slack.submits("pm", {"What was decided?": "June", "Why?": "Late data"})
    shown = (await listed(kickoff)).responses[0]
    answer = await kickoff.slack.clicks("pm", shown, "Withdraw")
    await kickoff.settle()

    assert answer.text == "#2 is withdrawn. The thread of the card of Ready-By in #ready-by tells of it."
    said = [m.plain for m in kickoff.slack.messages("ready-by", card(kickoff))]
    assert said[-1] == "↩️ @Ana withdrew decision #2 about launch date: “June”. #1 holds again."
    again = await kickoff.slack.clicks("pm", shown, "Withdraw")
    assert again.text == "#2 is withdrawn already. `/align decide list` shows what holds."
    late = await kickoff.slack.clicks("pm", shown, "Supersede")
    assert (
        late.text
        == "#2 was withdrawn meanwhile, so there is nothing to supersede. `/align decide list` shows what holds."
    )


@pytest.fixture
async def with_bob(kickoff):
    kickoff.slack.add_user("bob", id="U_BOB", name="Bob")
    kickoff.slack.world.workspace.channel("ready-by").members.append("U_BOB")
    return kickoff


async def test_others_are_told_whom_to_ask_where_they_look(with_bob):
    sentence = "Only the people of Ready-By can log its decisions: @Ana, @Mei, @Raj. Ask one of them."
    assert (await with_bob.slack.commands("bob", "ready-by", "/align", "decide May")).text == sentence
    root = await with_bob.slack.says("ml", "ready-by", "When?")
    said = await with_bob.slack.says("bob", "ready-by", "May", thread=root)
    answer = await with_bob.slack.shortcut("bob", said, "Log decision")
    assert (answer.text, answer.view) == (sentence, None)
    assert answer.responses[0].thread_ts == root.ts
    assert (await the_project(with_bob)).decisions == ()


async def test_who_only_reads_along_cannot_withdraw_or_supersede(with_bob):
    await logged(with_bob)
    shown = (await listed(with_bob, "bob")).responses[0]
    withdrawn = await with_bob.slack.clicks("bob", shown, "Withdraw")
    assert withdrawn.text.startswith("Only who logged it, who decided it and the people of Ready-By can withdraw #1.")
    assert "can log its decisions" in (await with_bob.slack.clicks("bob", shown, "Supersede")).text
    assert not (await the_project(with_bob)).decisions[0].withdrawn


async def test_whoever_decided_may_withdraw_without_a_role(with_bob):
    await logged(with_bob, **{"Who decided?": ["bob"]})
    shown = (await listed(with_bob, "bob")).responses[0]
    assert (await with_bob.slack.clicks("bob", shown, "Withdraw")).text.startswith("#1 is withdrawn.")


async def test_a_channel_without_a_kickoff_has_no_place_for_decisions(world):
    said = await world.slack.says("pm", "ready-by", "May it is")
    sentence = "No kickoff runs in this channel, so a decision has no place here. `/align kickoff` starts one."
    assert (await world.slack.shortcut("pm", said, "Log decision")).text == sentence
    assert (await world.slack.commands("pm", "ready-by", "/align", "decide May")).text == sentence
    assert (await listed(world)).text.startswith("No kickoff runs in this channel.")


async def test_a_form_that_was_open_when_the_kickoff_closed_keeps_what_was_typed(kickoff):
    await kickoff.slack.commands("pm", "ready-by", "/align", "decide")
    await kickoff.slack.commands("ml", "ready-by", "/align", "close")
    answer = await kickoff.slack.submits("pm", FORM, expect_errors=True)
    assert answer.errors == {"What was decided?": "Ready-By is closed, so its decisions stay as they are."}


async def test_of_two_products_in_a_channel_one_is_picked_in_the_form(kickoff):
    await kickoff.slack.commands("pm", "ready-by", "/align", KICKOFF.replace("Ready-By", "Route Guess"))
    await kickoff.settle()
    await logged(kickoff, Product="Ready-By")
    await kickoff.slack.commands("pm", "ready-by", "/align", "decide")
    wrong = FORM | {"Product": "Route Guess", "Takes the place of": "1|1"}
    answer = await kickoff.slack.submits("pm", wrong, expect_errors=True)
    assert answer.errors == {
        "Takes the place of": "That one belongs to another product. Pick one of this product, or none."
    }
    typed = {"Takes the place of": None, "About": None, "Or the subject of an earlier one": "launch date"}
    await kickoff.slack.submits("pm", typed)

    first, second = await projects(kickoff)
    assert [len(first.decisions), len(second.decisions)] == [1, 1]
    assert second.decisions[0].about == "launch date"
    said = await kickoff.slack.commands("pm", "ready-by", "/align", "decide list route")
    assert "Decisions of Route Guess · 1 holds" in said.text
    assert (await listed(kickoff)).text.startswith("Which one? This channel has")


async def test_in_a_private_channel_it_is_the_same(world):
    world.slack.add_channel("secret", id="C_SECRET", members=["pm", "ml", "eng"], private=True)
    await world.slack.commands("pm", "secret", "/align", KICKOFF)
    await world.settle()
    said = await world.slack.says("pm", "secret", "May it is")
    await world.slack.shortcut("pm", said, "Log decision")
    await world.slack.submits("pm", {"Why?": "It is due", "About": "launch date"})
    await world.settle()

    assert "said in this message." in told(world, "secret")[0]


async def test_neither_what_nor_subject_may_be_left_empty_where_a_subject_could_be_picked(kickoff):
    await logged(kickoff)
    await kickoff.slack.commands("pm", "ready-by", "/align", "decide")
    answer = await kickoff.slack.submits(
        "pm", {"What was decided?": "X", "Why?": " Y ", "About": None}, expect_errors=True
    )
    assert list(answer.errors) == ["About"]
    await kickoff.slack.submits("pm", {"Or the subject of an earlier one": "launch date"})
    assert (await the_project(kickoff)).decisions[1].about == "launch date"


async def test_a_form_delivered_again_logs_one_decision(kickoff):
    await kickoff.slack.commands("pm", "ready-by", "/align", "decide")
    await kickoff.slack.submits("pm", FORM)
    form = kickoff.slack.deliveries[-1]
    await kickoff.slack.redeliver(form.id, times=3, at_once=True)
    await kickoff.settle()

    assert len((await the_project(kickoff)).decisions) == 1
    assert len(told(kickoff)) == 1


async def test_a_shortcut_of_an_older_version_gets_a_sentence(kickoff):
    shortcut, *_ = kickoff.slack.world.manifest.shortcuts
    old = type(shortcut)("Old one", "old_one", on_message=True)
    manifest = type(kickoff.slack.world.manifest)
    values = {name: getattr(kickoff.slack.world.manifest, name) for name in manifest.__dataclass_fields__}
    kickoff.slack.world.manifest = manifest(**values | {"shortcuts": (old,)})
    answer = await kickoff.slack.shortcut("pm", card(kickoff), "Old one")
    assert answer.text == "I don't know this shortcut any more. `/align help` lists what I do."


async def test_the_page_about_the_product_names_what_was_decided_and_by_whom(kickoff):
    await logged(kickoff)
    page = await kickoff.slack.commands("pm", "ready-by", "/align", "brief")
    assert "#1 launch date: We launch in May (The contract says so; pm)" in page.text
