"""Whole interviews, over HTTP: by reply, by controls and forms, in one go; and what they end with."""

from bot.domain.bank import Role
from tests.flow.interviews import BANK, TYPED, VALUES, filled_in, talks


def as_typed(id):
    """Typed lines hold what every line needs; what is optional comes by the form."""
    optional = {"ml.inputs": ["window"], "eng.input_survey": ["read_ms", "source"]}.get(id)
    value = VALUES[id]
    return [{k: v for k, v in row.items() if k not in optional} for row in value] if optional else value


async def test_all_three_answer_everything_by_reply_and_the_kickoff_is_complete(kickoff):
    for talk in talks(kickoff):
        await talk.types_all()

    project = await talk.project()
    assert {id: answer.value for id, answer in project.answers.items()} == {id: as_typed(id) for id in VALUES}
    assert all(interview.done for interview in project.interviews.values())
    assert "Kickoff complete" in kickoff.slack.messages("ready-by")[0].plain


async def test_all_three_answer_everything_by_controls_and_forms(kickoff):
    for talk in talks(kickoff):
        await talk.fills_all()

    assert {id: answer.value for id, answer in (await talk.project()).answers.items()} == VALUES
    assert "Kickoff complete" in kickoff.slack.messages("ready-by")[0].plain


async def test_a_finished_thread_holds_one_message_for_each_question_and_the_thanks(kickoff):
    pm, _, _ = talks(kickoff)
    await pm.fills_all()

    said = [m.plain for m in await pm.thread()]
    assert [text.splitlines()[0] for text in said[:-1]] == [q.title for q in BANK.of(Role.PM)]
    assert said[-1].splitlines() == [
        "🙌 Thank you, @Ana, that was the last question. Edit changes any answer, at any time.",
        "Next: the ML person and the product engineer are still answering; then I put the accounts side by side.",
    ]


async def answer_in_one_go(talk):
    """Page after page, everything that is on it; the titles of the pages."""
    await talk.world.slack.clicks(talk.who, await talk.root(), "Answer in one go")
    pages = []
    while (view := talk.world.slack.view_of(talk.who)) is not None:
        pages.append(view.plain.splitlines()[1])
        asked = [q for q in BANK.of(Role(talk.who)) if any(i.block_id.split("|")[0] == q.id for i in view.inputs)]
        values = {}
        for q in asked:
            labels = {i.block_id: i.label for i in view.inputs}
            values |= filled_in(q, VALUES[q.id], labels.get(q.id, ""))
        await talk.submits(values)
    return pages


async def test_everything_answered_in_one_go_comes_as_records_and_the_lists_follow_in_the_thread(kickoff):
    pm, ml, eng = talks(kickoff)
    pages = await answer_in_one_go(pm)
    await answer_in_one_go(ml)
    await ml.fills_all()
    await answer_in_one_go(eng)
    await eng.fills_all()

    assert pages[0].startswith("Page 1 of ")
    assert [page.split()[1] for page in pages] == [str(n) for n in range(1, len(pages) + 1)]
    assert {id: answer.value for id, answer in (await pm.project()).answers.items()} == VALUES
    assert "Kickoff complete" in kickoff.slack.messages("ready-by")[0].plain


async def test_a_page_becomes_one_record_and_only_the_next_open_question_is_asked(kickoff):
    pm, _, _ = talks(kickoff)
    await kickoff.slack.clicks("pm", await pm.root(), "Answer in one go")
    values = {BANK["pm.user_decision"].ask: VALUES["pm.user_decision"]}
    values |= filled_in(BANK["pm.success_metric"], VALUES["pm.success_metric"])
    values |= filled_in(BANK["pm.success_target"], {"target": 9, "unit": "% of orders"})
    values = {k: v for k, v in values.items() if k in kickoff.slack.view_of("pm").labels}
    await pm.submits(values)

    asked, record, follow = await pm.thread()
    assert asked.plain.startswith("Who acts on it\n")
    assert record.plain.startswith("Success metric\n")
    assert follow.plain.splitlines()[0].startswith("Question ")
    project = await pm.project()
    assert await pm.asked() == next(q.id for q in BANK.of(Role.PM) if not project.settled(q.id))


async def test_what_is_left_empty_stays_open_and_a_half_filled_form_says_what_it_lacks(kickoff):
    pm, _, _ = talks(kickoff)
    await kickoff.slack.clicks("pm", await pm.root(), "Answer in one go")
    await pm.submits({"The number that must move": "late pickups per 100 orders"})

    assert kickoff.slack.view_of("pm").plain.splitlines()[1].startswith("Page 2 of")
    await kickoff.slack.closes("pm")
    assert (await pm.project()).state("pm.success_metric") == "unanswered"
    assert await pm.asked() == "pm.user_decision"
    await pm.types("pm.user_decision")
    said = (await pm.shows("pm.success_metric")).plain
    assert "> The number that must move: late pickups per 100 orders" in said
    assert "Still missing: What kind of number it is." in said


async def test_a_follow_up_that_a_page_calls_for_is_on_the_next_page(kickoff):
    _, ml, _ = talks(kickoff)
    await kickoff.slack.clicks("ml", await ml.root(), "Answer in one go")
    await ml.submits({BANK["ml.feasibility"].ask: "Unlikely"})

    assert "The smallest test" in kickoff.slack.view_of("ml").labels


async def test_nothing_is_left_for_a_form_once_only_lists_are_open(kickoff):
    _, ml, _ = talks(kickoff)
    await ml.is_at("ml.inputs")
    await answer_in_one_go(ml)
    said = await kickoff.slack.clicks("ml", await ml.root(), "Answer in one go")

    assert "Lists of inputs grow in the thread" in said.text


async def test_only_the_roles_own_people_answer_in_one_go(kickoff):
    pm, _, _ = talks(kickoff)
    said = await kickoff.slack.clicks("eng", await pm.root(), "Answer in one go")

    assert "These are the questions of the PM." in said.text
    assert said.view is None


async def test_the_link_to_success_waits_for_the_pms_number_and_then_quotes_it(kickoff):
    pm, ml, _ = talks(kickoff)
    await ml.is_at(None)
    assert "“Link to success” comes as soon as the others" in (await ml.thread())[-1].plain

    await pm.types("pm.user_decision")
    await pm.types("pm.success_metric")

    asked = await ml.shows("ml.metric_link")
    assert '@Mei The PM\'s number is "late pickups per 100 orders".' in asked.plain
    assert asked.plain.startswith("Question 16 of 16")
    await ml.types("ml.metric_link")
    assert "that was the last question" in (await ml.thread())[-1].plain


async def test_the_engineer_is_called_again_once_there_are_inputs_to_survey(kickoff):
    _, ml, eng = talks(kickoff)
    await eng.is_at(None)
    assert "“Inputs in production” comes as soon as" in (await eng.thread())[-1].plain
    assert "⏳ “Inputs in production” comes once" in (await eng.root()).plain
    card = kickoff.slack.messages("ready-by")[0].plain
    assert "Product engineer  @Raj · 12 of 13" in card

    await ml.is_at("ml.inputs")
    await ml.types("ml.inputs")

    asked = (await eng.thread())[-1].plain
    assert "@Raj For each input the ML person listed" in asked
    assert "[Survey: home zip code]" in asked
    assert "⏳" not in (await eng.root()).plain


async def test_a_follow_up_that_no_longer_applies_says_so_and_the_interview_goes_on(kickoff):
    _, ml, _ = talks(kickoff)
    await ml.types("ml.feasibility")
    follow_up = await ml.shows("ml.feasibility_test")
    await ml.clicks("ml.feasibility", "Edit")
    await ml.submits({"Can ML do it": "Works on our own data"})

    assert "not needed any more" in kickoff.slack.message(follow_up).plain
    assert await ml.asked() == "ml.target"


async def test_the_interview_goes_on_after_a_week(kickoff, clock):
    pm, _, _ = talks(kickoff)
    await pm.types("pm.user_decision")
    await kickoff.move_to(clock().replace(day=9))
    await pm.types("pm.success_metric")

    assert await pm.answer("pm.success_metric") == VALUES["pm.success_metric"]
    assert await pm.asked() == "pm.success_target"


async def test_the_bank_is_covered_by_what_these_tests_answer():
    assert set(TYPED) == set(VALUES) == set(BANK.by_id)
