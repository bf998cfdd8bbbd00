"""Three weeks of Ready-By: a kickoff, an "I don't know", a slow engineer, production data that is hard to have, a
contradiction found and mended, a decision, a pulse.
"""

from .cast import ANA, CHANNEL, KICKOFF, MEI, RAJ
from .effort import too_much
from .stage import Stage, expect


async def tell(stage: Stage) -> None:
    await _kickoff(stage)
    await _interviews(stage)
    await _first_digest(stage)
    await _a_slow_engineer(stage)
    await _survey(stage)
    await _last_figure(stage)
    await _contradiction(stage)
    await _mended(stage)
    await _pulse(stage)
    await _third_digest(stage)
    expect(stage.slack.broadcasts == [], "a whole channel was called")
    expect(stage.slack.lost == [], "an event was lost")


async def _kickoff(stage: Stage) -> None:
    stage.print.chapter("Week 1 · The kickoff")
    stage.print.scene(f"Ana opens #{CHANNEL} and starts a kickoff. It takes a minute.")
    said = await stage.types("ana", KICKOFF)
    expect("Ready-By" in said, "the kickoff was not confirmed")
    expect(len(stage.slack.messages(CHANNEL)) == 4, "a kickoff is four messages in the channel")
    stage.print.news(CHANNEL)


async def _interviews(stage: Stage) -> None:
    stage.print.scene("Ana answers in her thread, one question at a time.")
    stage.print.news(CHANNEL, thread=stage.card("ana").ts)
    await stage.interview("ana", ANA)
    await stage.until(2026, 3, 2, 14, 30)
    stage.print.scene("Mei takes her turn after lunch. One thing she does not know, and says so.")
    stage.print.news(CHANNEL, thread=stage.card("mei").ts)
    await stage.interview("mei", MEI)


async def _first_digest(stage: Stage) -> None:
    await stage.until(2026, 3, 3, 10, 1)
    stage.print.scene("Tuesday at ten: the weekly digest. Raj has not been heard yet, and it says so.")
    expect(len(stage.digests()) == 1, "no digest came on Tuesday")
    stage.print.news(CHANNEL)
    expect("Not enough known" in stage.digests()[0].plain, "the digest does not say that too little is known")
    stage.print.scene("Each of the two who are waited for has one message, in their own working hours.")
    stage.print.news_of("raj")
    stage.print.news_of("ana")
    expect(len(stage.slack.dm("raj")) == 1, "Raj was not reminded once")


async def _a_slow_engineer(stage: Stage) -> None:
    ping = stage.slack.dm("ana")[-1]
    stage.print.scene("Ana knows the baseline, and answers it for Mei right there.")
    baseline = {
        "What the model must beat": "Current rule",
        "What it scores today (leave empty if not measured)": "6.1 minutes off",
    }
    await stage.fills_from("ana", ping, baseline)
    stage.print.scene("What somebody else says for a role counts once that role agrees. Mei does.")
    await stage.presses("mei", stage.record("mei", "ml.baseline"), "That's right")
    stage.print.as_it_stands(stage.record("mei", "ml.baseline"))
    await stage.until(2026, 3, 5, 12, 0)
    stage.print.scene("Thursday. Raj was reminded yesterday and this morning; now he takes ten minutes.")
    stage.print.news_of("raj")
    expect(2 <= len(stage.slack.dm("raj")) <= 3, "Raj should have been reminded again by now, a day at most once")
    stage.print.news(CHANNEL, thread=stage.card("raj").ts)
    await stage.interview("raj", RAJ, until="eng.input_survey")


async def _survey(stage: Stage) -> None:
    stage.print.scene("Now the data that production really has, one input at a time; each is rated at once.")
    await stage.interview("raj", RAJ, until="eng.limits")
    stage.print.scene("Two of the five are very hard to have. All three read why, and what would be simpler.")
    stage.print.news(CHANNEL, thread=stage.kickoff().ts)
    courier = next(m for m in stage.under_kickoff() if "courier location" in m.plain)
    expect("very hard" in courier.plain and "2-7 weeks sooner" in courier.plain, "the hard input was not explained")
    await stage.presses("mei", courier, "Use the simpler one")
    stage.print.as_it_stands(courier)
    expect("moderate" in await stage.types("raj", "inputs"), "the simpler input is not rated in the table")
    expect("courier" in await stage.types("mei", "later"), "the hard input does not wait for a later version")


async def _last_figure(stage: Stage) -> None:
    await stage.interview("raj", RAJ)
    expect("done" in stage.slack.dm("raj")[-1].plain.lower(), "the reminder does not show that it is settled")
    stage.print.scene("With his last figure two accounts cannot both be true. The kickoff's thread says so at once.")
    stage.print.news(CHANNEL, thread=stage.kickoff().ts)
    expect("265 ms" in stage.under_kickoff()[-1].plain, "the contradiction about the time to answer was not found")
    stage.print.scene(f"The kickoff is told. What it took: {stage.spent()}.")
    expect(not too_much(stage.effort), f"more was asked than is fair: {too_much(stage.effort)}")
    expect(len([m for m in stage.slack.messages(CHANNEL) if m.bot_id]) == 5, "four cards, and one digest, no more")


async def _contradiction(stage: Stage) -> None:
    stage.print.chapter("Week 2 · Two of the accounts do not fit")
    await stage.until(2026, 3, 10, 10, 1)
    stage.print.scene("The second digest: everybody has spoken. One screen in the channel, the rest in its thread.")
    stage.print.news(CHANNEL)
    digest = stage.digests()[-1]
    stage.print.news(CHANNEL, thread=digest.ts)
    expect(len(stage.digests()) == 2, "the second digest did not come")
    expect("Misaligned" in digest.plain and "265 ms" in digest.plain, "the digest does not name the contradiction")


async def _mended(stage: Stage) -> None:
    await stage.until(2026, 3, 11, 11, 0)
    stage.print.scene("Mei and Raj talk for a quarter of an hour. A smaller model will do; she edits her answer.")
    await stage.edits_answer("mei", "ml.latency", {"Model response time": ("70", "milliseconds")})
    stage.print.news(CHANNEL, thread=stage.kickoff().ts)
    expect("Solved" in stage.under_kickoff()[-1].plain, "the finding did not close when the figures fitted")
    said = await stage.says_under_kickoff(
        "raj", "Good: the smaller model it is, 70 ms, and we give up a little accuracy."
    )
    stage.print.scene("Raj keeps that: Log decision, in the menu of his message.")
    await stage.logs(
        "raj", said, {"Why?": "265 ms was too slow, and guests do not see the difference", "About": "time to answer"}
    )
    stage.print.news(CHANNEL, thread=stage.kickoff().ts)
    expect("Decision" in stage.under_kickoff()[-1].plain, "the decision was not kept")
    stage.print.scene("The kitchen's load is worth its price to Mei; Ana and Raj agree, and it stays as it is.")
    load = next(m for m in stage.under_kickoff() if "kitchen_load_5min" in m.plain and "Keep the original" in m.plain)
    keeps = {
        "Why does it stay? One sentence is enough.": "the rush shows nowhere else",
        "What does it bring? Give a figure.": "2 late pickups fewer per 100 orders",
    }
    await stage.fills_in("mei", load, "Keep the original", keeps)
    stage.print.news(CHANNEL, thread=stage.kickoff().ts)
    await stage.presses("ana", load, "Agree")
    await stage.presses("raj", load, "Agree")
    stage.print.as_it_stands(load)
    stage.print.scene(
        "While they are at it, they go through the inputs in production, and the board gets one more line."
    )
    await stage.edits_answer("mei", "ml.surveyed", {"Where we checked": "In production, together with an engineer"})
    covers = ["The PM's number", "Latency and errors", "Input freshness / coverage"]
    await stage.edits_answer("raj", "eng.monitoring", {"What it will show (leave empty if not planned)": covers})


async def _pulse(stage: Stage) -> None:
    stage.print.chapter("Week 3 · How it feels to each of them")
    await stage.until(2026, 3, 16, 15, 0)
    stage.print.scene("Two weeks in, the first pulse: four statements, 20 seconds, nobody sees another's mark first.")
    stage.print.news_of("raj")
    for who, mark in {"ana": "5", "mei": "4", "raj": "2"}.items():
        await stage.marks(who, mark)
    stage.print.news(CHANNEL, thread=stage.kickoff().ts)
    expect("by role" in stage.under_kickoff()[-1].plain, "the pulse was not shown when all had answered")


async def _third_digest(stage: Stage) -> None:
    await stage.until(2026, 3, 17, 10, 1)
    stage.print.scene("The third digest says what was solved, and what is still to be talked about.")
    stage.print.news(CHANNEL)
    digest = stage.digests()[-1]
    stage.print.news(CHANNEL, thread=digest.ts)
    expect(len(stage.digests()) == 3, "the third digest did not come")
    expect("At risk" in digest.plain.splitlines()[0], "the contradiction was mended, and the digest does not know")
    stage.print.scene("Ana asks why, point by point.")
    said = await stage.types("ana", "why")
    expect("Production data" in said, "the score was not explained")
    stage.print.scene("And she reads the whole product on one page.")
    expect("on one page" in await stage.types("ana", "brief"), "there is no page about the product")
    stage.print.scene("Her finished thread reads like a document:")
    for message in stage.thread("ana")[:3]:
        stage.print.as_it_stands(message)
