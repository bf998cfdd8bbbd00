from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.views.text import (
    bar,
    clean,
    clip,
    count,
    cut,
    escape,
    flat,
    harmless,
    line,
    listed,
    mention,
    minutes,
    quote,
    size,
    split,
    spoken,
    when,
)
from tests.slack.hostile import said


@pytest.mark.parametrize(
    ("typed", "safe"),
    [
        ("a < b && c > d", "a &lt; b &amp;&amp; c &gt; d"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("&lt;", "&amp;lt;"),
        ("mail @channel now", "mail @\u2060channel now"),
        ("\u202eevil\u202c", "evil"),
    ],
)
def test_words_are_escaped_once_and_call_nobody(typed, safe):
    assert escape(typed) == safe


def test_our_own_mrkdwn_keeps_dates_and_mentions_but_never_calls_everybody():
    assert harmless("<@U1> <!date^1^{date}|x> <!here|here>") == "<@U1> <!date^1^{date}|x> &lt;!here|here>"


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("hello wonderful world", 21, "hello wonderful world"),
        ("hello wonderful world", 20, "hello wonderful…"),
        ("hello wonderful world", 12, "hello…"),
        ("see <https://example.org/a b|the long label> now", 20, "see…"),
        ("ask <@U0123456789> now", 12, "ask…"),
        ("a &amp; b", 5, "a…"),
        ("x" * 100, 10, "x" * 9 + "…"),
        ("ab\U0001f600\U0001f600\U0001f600", 6, "ab\U0001f600…"),
        ("ab \U0001f468\u200d\U0001f469 cd", 8, "ab…"),
    ],
)
def test_a_text_is_cut_between_words(text, limit, short):
    assert cut(text, limit) == short


@given(said(), st.integers(1, 4000))
def test_a_cut_text_fits_and_begins_as_it_did(text, limit):
    short = cut(text, limit)
    assert size(short) <= limit
    assert text.startswith(short.removesuffix("…"))
    short.encode()


@given(said(), st.integers(60, 4000))
def test_a_clipped_answer_fits_and_counts_what_is_left(text, limit):
    assert size(clip(text, limit)) <= limit


@given(said(), st.integers(2, 3000))
def test_pieces_put_together_are_the_text(text, limit):
    pieces = split(text, limit)
    assert "".join(pieces) == text
    assert all(size(piece) <= limit for piece in pieces)


@given(said())
def test_nothing_that_people_type_becomes_a_call_to_everybody(text):
    assert {element["type"] for element in spoken(text)} <= {"text", "user", "channel", "link"}
    assert "<!" not in flat(text)
    assert quote(text)["elements"]


@given(said().filter(lambda text: "<" not in text))
def test_every_word_that_can_be_seen_is_shown(text):
    assert "".join(element["text"] for element in spoken(text)) == clean(text)


def test_mentions_and_links_of_people_stay_what_they_are():
    assert spoken("ask <@U1A> in <#C1A|general>: <https://x.org/a|here>!") == [
        {"type": "text", "text": "ask "},
        {"type": "user", "user_id": "U1A"},
        {"type": "text", "text": " in "},
        {"type": "channel", "channel_id": "C1A"},
        {"type": "text", "text": ": "},
        {"type": "link", "url": "https://x.org/a", "text": "here"},
        {"type": "text", "text": "!"},
    ]


def test_a_moment_is_shown_in_the_readers_zone():
    assert when(datetime(2026, 11, 25, 8, 0, tzinfo=UTC)) == (
        "<!date^1795593600^{date_short_pretty} at {time}|Wed 25 Nov 2026, 08:00 UTC>"
    )


def test_small_words():
    assert mention("U1") == "<@U1>"
    assert mention("U1> <!here") == "U1&gt; &lt;!here"
    assert [count(1, "day"), count(2, "day"), count(0, "reply", "replies")] == ["1 day", "2 days", "0 replies"]
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert [minutes(15), minutes(60), minutes(100)] == ["15 s", "1 min", "2 min"]
    assert [bar(0, 12), bar(6, 12, 4), bar(12, 12, 4), bar(3, 0, 4)] == ["░" * 10, "▓▓░░", "▓▓▓▓", "▓▓▓▓"]
    assert line("a\n\n b\tc") == "a b c"
