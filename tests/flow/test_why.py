"""`/align why`: every point with its reason and where that was said, for the one who asked only."""

import re

import pytest

from bot.sandbox.model import Message
from tests.flow.interviews import VALUES, talks
from tests.flow.stored import answered

PILLARS = ("Product", "Production data", "Simple & time", "Partnership", "SLA")


async def why(world, who="pm", text="why") -> Message:
    said = await world.slack.commands(who, "ready-by", "/align", text)
    (whisper,) = said.responses
    assert whisper.ephemeral_to == f"U_{who.upper()}"
    return whisper


@pytest.fixture
async def whole(kickoff):
    for talk in (*talks(kickoff), *talks(kickoff)):
        await talk.is_at(None)
    return kickoff


async def test_it_says_state_causes_coverage_and_each_pillars_points(kickoff):
    text = (await why(kickoff)).plain

    assert text.startswith("Ready-By · ⚪ Not enough known · no score yet, because too little is known")
    assert "Known 0 of 36: PM 0 of 12 · ML 0 of 12 · Engineer 0 of 12" in text
    for pillar in PILLARS:
        assert re.search(rf"^{pillar} 0 of 20 · 0 for what is known \(0 of \d+\)$", text, re.MULTILINE), pillar
    assert "It describes alignment and predicts nothing" in text


async def test_each_deduction_has_its_points_its_reason_and_the_messages_that_said_it(whole):
    whisper = await why(whole)
    lines = [line for line in whisper.plain.splitlines() if line.startswith("• −")]
    assert any("high: " in line for line in lines)
    shown = {m.ts.replace(".", "") for m in whole.slack.everything("ready-by")}
    links = re.findall(r"<https://slack.com/archives/(\w+)/p(\d+)\|", str(whisper.blocks))

    assert links
    assert {channel for channel, _ in links} == {"C_READY"}
    assert {ts for _, ts in links} <= shown


async def test_the_score_can_be_added_up_from_its_pillars(whole):
    text = (await why(whole)).plain
    points = [float(found) for found in re.findall(r"^[A-Z][\w &]+ ([\d.]+) of 20 · ", text, re.MULTILINE)]
    score = int(re.search(r"score (\d+) of 100", text)[1])

    assert len(points) == 5
    adds_up = f"half of {sum(points):g}, the sum of the pillars, and half of 5 × {min(points):g}, the weakest ("
    assert adds_up in text
    assert score == int((sum(points) + 5 * min(points)) / 2 + 0.5)


async def test_points_and_deductions_add_up(whole):
    for section in (await why(whole)).plain.split("\n"):
        if found := re.match(r"(.+) ([\d.]+) of 20 · ([\d.]+) for", section):
            name, points, known = found[1], float(found[2]), float(found[3])
            taken = [float(n) for n in re.findall(r"• −([\d.]+) ", _below(await why(whole), name))]
            more = [float(n) for n in re.findall(r"more, −([\d.]+)", _below(await why(whole), name))]
            assert points == pytest.approx(max(0, known - sum(taken) - sum(more)), abs=0.2), name


def _below(whisper, pillar):
    (text,) = [
        b["text"]["text"] for b in whisper.blocks if b["type"] == "section" and f"*{pillar}* " in b["text"]["text"]
    ]
    return text


async def test_what_is_asked_blind_is_not_given_away(kickoff):
    await answered(
        kickoff,
        {**{id: VALUES[id] for id in ("eng.serving", "eng.volume")}, "ml.latency": {"value": 900, "unit": "ms"}},
    )
    await answered(kickoff, {"eng.latency_budget": {"value": 100, "unit": "ms"}})

    assert "900" not in (await why(kickoff)).plain


async def test_what_the_team_lives_with_counts_half_and_says_so(kickoff):
    await answered(kickoff, {"ml.feasibility": "unlikely"})
    (card,) = kickoff.slack.messages("ready-by", thread=kickoff.slack.messages("ready-by")[0])
    assert "• −20 " in (await why(kickoff)).plain
    await kickoff.slack.clicks("pm", card, "Live with it")
    await kickoff.slack.submits("pm", {"Why is it all right for now?": "A pilot says more in May"})
    await kickoff.settle()
    text = (await why(kickoff)).plain

    assert "• −10 " in text
    assert "You live with 1 finding; half counts." in text


@pytest.mark.parametrize("text", ["why Route", "why <!channel>"])
async def test_a_kickoff_that_is_not_here_is_said(kickoff, text):
    assert (await why(kickoff, text=text)).plain.startswith("I know no “")


async def test_hostile_words_call_nobody_and_everything_fits(whole):
    row = {**VALUES["ml.inputs"][0]}
    rows = [{**row, "name": f"<!channel> <@U_PM> & {n} {'wide ' * 80}".strip()} for n in range(5)]
    survey = [{"name": each["name"], "source": "x", "source_kind": "db", "in_prod": "no"} for each in rows]
    await answered(whole, {"ml.inputs": rows, "eng.input_survey": survey})
    whisper = await why(whole)

    assert len(whisper.blocks) <= 50
    assert "<!channel>" not in str(whisper.blocks)
    assert "@Ana" not in whisper.plain
