"""Whatever people type: kept word for word, shown harmlessly, whole again in the form."""

import pytest

from tests.flow.interviews import talks

NASTY = (
    "<!channel> @here hi <@U_ENG> & *bold* _x_ `code` <https://example.com|click me>",
    "الوقت حتى يصبح الطلب جاهزا \u202e עברית",
    "👩‍👩‍👧 délai 🇭🇷 – 注文が遅れると配車係が連絡します",
    "```\nnot code\n```\n> not a quote\n• not a list",
)


def whole(view):
    """The text in the inputs of a form, put together again."""
    return "".join(i.shown or "" for i in view.inputs)


@pytest.mark.parametrize("words", NASTY)
async def test_hostile_words_are_kept_as_typed_and_do_no_harm(kickoff, words):
    pm, _, _ = talks(kickoff)
    typed = await pm.says(words)
    kept = await pm.answer("pm.user_decision")
    assert kept.splitlines()[0].split()[-1] in typed.plain + words

    record = await pm.shows("pm.user_decision")
    assert "<!" not in record.text
    await pm.clicks("pm.user_decision", "Edit")
    assert whole(kickoff.slack.view_of("pm")) == kept.replace("\u202e", "")
    await pm.submits()
    assert kickoff.slack.broadcasts == kickoff.slack.possible_broadcasts == []


async def test_ten_thousand_characters_are_kept_and_come_back_in_the_form(kickoff):
    pm, _, _ = talks(kickoff)
    words = ("Dispatchers hold a courier back when it is late. " * 250)[:10_000].strip()
    await pm.says(words)

    assert await pm.answer("pm.user_decision") == words
    record = (await pm.shows("pm.user_decision")).plain
    assert "more characters, see Edit)" in record
    await pm.clicks("pm.user_decision", "Edit")
    view = kickoff.slack.view_of("pm")
    assert whole(view) == words
    await pm.submits({view.inputs[0].label: "Changed at the start. " + view.inputs[0].shown[:2900]})
    assert (await pm.answer("pm.user_decision")).startswith("Changed at the start.")


async def test_more_than_can_be_kept_as_an_answer_is_kept_as_words(kickoff):
    pm, _, _ = talks(kickoff)
    await pm.says("word " * 2400)

    assert (await pm.project()).answers["pm.user_decision"].note == ("word " * 2400).strip()
    assert "I can keep 10,000" in (await pm.thread())[-1].plain
    assert await pm.asked() == "pm.user_decision"


async def test_an_emoji_alone_is_no_answer_and_no_error(kickoff):
    pm, ml, _ = talks(kickoff)
    await ml.says("👍")
    await pm.says("👍")

    assert await ml.asked() == "ml.feasibility"
    assert kickoff.slack.lost == []
