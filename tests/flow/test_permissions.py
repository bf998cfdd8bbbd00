"""Who may do what, by the real commands and controls: each kind of person tries everything."""

import pytest

from tests.flow.stored import answered, projects, the_project

KINDS = {
    "pm": "role",
    "eng": "role",
    "more": "contributor",
    "backup": "contributor",
    "helper": "helper",
    "decider": "decider",
    "member": "member",
    "guest": "guest",
    "stranger": "stranger",
}
READS = {"": "Ready-By · ", "status": "Ready-By · ", "why": "Ready-By · ", "digest": " Ready-By · "}
STEERS = {
    "role eng + <@U_SPARE>": "@Sue answers too as the product engineer",
    "role eng - <@U_SPARE>": "@Sue has no part",
    "digest thursday 14:00": "now comes every Thursday",
    "digest share on": "now tells of Ready-By",
    "date 2026-08-03": "now is on Mon 3 Aug 2026",
    "launched": "is live",
    "pause": "is paused",
    "resume": "goes on",
    "close": "is closed",
}
MAY_STEER = {"role", "contributor", "decider"}
MAY_START = {"role", "contributor", "helper", "decider", "member"}


@pytest.fixture
async def full(kickoff):
    """Everybody is in the channel: one of each kind."""
    slack = kickoff.slack
    for handle in ("more", "backup", "helper", "decider", "member", "spare"):
        slack.add_user(handle, id=f"U_{handle.upper()}", name="Sue" if handle == "spare" else handle.title())
    slack.add_user("guest", id="U_GUEST", guest=True)
    slack.add_user("stranger", id="U_STRANGER", stranger=True)
    for handle in (*KINDS, "spare"):
        members = slack.world.workspace.channel("ready-by").members
        if (id := slack.world.workspace.user(handle).id) not in members:
            members.append(id)
    await slack.commands("pm", "ready-by", "/align", "role ml + @more")
    await slack.commands("pm", "ready-by", "/align", "role ml backup @backup")
    await answered(kickoff, {"pm.decider": "U_DECIDER"})
    await slack.clicks("ml", first_question(kickoff), "Hand over")
    await slack.submits("ml", {"Who can answer this?": "helper"})
    await kickoff.settle()
    return kickoff


def first_question(world, card=2):
    thread = world.slack.messages("ready-by", world.slack.messages("ready-by")[card])
    return next(m for m in thread if "Question 1 of" in m.plain or "Can ML" in m.plain)


async def said(world, who, text):
    answer = await world.slack.commands(who, "ready-by", "/align", text)
    assert all(m.ephemeral_to for m in answer.responses)
    return answer.text


@pytest.mark.parametrize("who", KINDS)
async def test_everybody_in_the_channel_reads_and_only_its_people_steer(full, who):
    for text, shows in READS.items():
        assert shows in await said(full, who, text), text
    before = await the_project(full)
    for text, done in STEERS.items():
        answer = await said(full, who, text)
        if KINDS[who] in MAY_STEER:
            assert done in answer, text
        else:
            assert answer.startswith("Only the people of Ready-By can ")
            assert answer.endswith("Ask one of them.")
            assert await the_project(full) == before


@pytest.mark.parametrize("who", KINDS)
async def test_only_full_members_start_a_kickoff(full, who):
    answer = await said(full, who, "kickoff Another One")
    assert ("is started" in answer) is (KINDS[who] in MAY_START)
    assert len(await projects(full)) == 1 + (KINDS[who] in MAY_START)


@pytest.mark.parametrize("who", KINDS)
async def test_only_the_roles_people_answer_a_question_by_its_button(full, who):
    thread = full.slack.messages("ready-by", full.slack.messages("ready-by")[2])
    question = next(m for m in reversed(thread) if any(c.label == "I don't know" for c in m.controls))
    before = len((await the_project(full)).answers)
    answer = await full.slack.clicks(who, question, "I don't know")
    await full.settle()

    may = who in ("more", "backup")  # contributors of this role; the helper was handed another question
    assert len((await the_project(full)).answers) == before + may
    if not may:
        assert answer.text.startswith("This question is for @Mei, the ML person. To answer as well, ask to be added:")


async def test_a_helper_answers_what_was_handed_over_and_nothing_else(full):
    mine = await full.slack.commands("helper", "ready-by", "/align", "questions")
    assert mine.text.startswith("1 question for you")
    clicked = await full.slack.clicks("helper", mine.responses[0], "Answer")
    await full.slack.submits("helper", {clicked.view.inputs[0].label: clicked.view.inputs[0].options[0]})
    await full.settle()

    assert (await the_project(full)).answers["ml.feasibility"].by == "U_HELPER"
    assert (await said(full, "helper", "questions")) == "✅ Nothing is waiting for you. Thank you!"


async def test_a_private_channels_project_shows_nowhere_else(world):
    world.slack.add_channel("secret", id="C_SECRET", members=["pm", "ml", "eng"], private=True)
    world.slack.add_user("other", id="U_OTHER", name="Oz")
    world.slack.world.workspace.channel("ready-by").members.append("U_OTHER")
    await world.slack.commands("pm", "secret", "/align", "kickoff Hush pm:@pm ml:@ml eng:@eng")
    await world.settle()

    for who in ("pm", "other"):
        for text in ("", "status", "status Hush", "digest Hush", "pause Hush"):
            assert "Hush " not in (await said(world, who, text)), text
    assert "Hush" not in await said(world, "other", "questions")
    assert all("Hush" not in m.plain for m in world.slack.everything("ready-by"))
