"""Digests as people see them, whole, beside files that hold what they should be.

`pytest tests/slack/test_views_digest.py --rewrite-golden` writes the files anew: read the difference then.
"""

import re
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.as_snapshot import health_of
from bot.domain.bank import Role
from bot.domain.digest import tell
from bot.domain.findings import Basis
from bot.domain.messages import (
    Digest,
    DigestThread,
    LaunchLine,
    OpenQuestion,
    PortfolioDigest,
    RedLine,
    StateCount,
    Wanted,
    Week,
    WhiteLine,
)
from bot.sandbox.plain import block_as_text
from bot.slack.views import charts, digest_thread, render
from bot.slack.views.screen import LINES, in_turn, rows, shares, shortened
from tests.domain.test_digest import BANK, NOW
from tests.slack.block_kit import check_post, length, texts_of
from tests.slack.hostile import DIGESTS, PORTFOLIOS, THREADS
from tests.slack.seeing import lines, seen, shown
from tests.slack.weeks import PEOPLE, UNTIL, eventful, third_week, with_findings, with_inputs

CASES = {
    **{f"findings_{n:02}": lambda n=n: with_findings(n) for n in UNTIL},
    **{f"inputs_{n:03}": lambda n=n: with_inputs(n) for n in (1, 20, 100)},
    "everything": eventful,
}
often = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example]
)


def named(text):
    for id, name in PEOPLE.items():
        text = text.replace(f"<@{id}>", f"@{name}")
    return text


def whole(project):
    """Post and thread as text, as they stand below one another in the channel."""
    post, thread = third_week(project)
    parts = [seen(render(post, BANK)), *([] if post.nothing_new else [seen(render(thread, BANK))])]
    return named("\n--- thread ---\n".join(parts))


def screen(post):
    """Lines that a post takes on a phone: a chart and a row of buttons are one each."""
    one_each = ("data_visualization", "actions")
    texts = [b for b in post["blocks"] if b["type"] not in one_each]
    shown = [line for b in texts for line in block_as_text(b, lambda id: id).splitlines()]
    return sum(map(rows, shown)) + len(post["blocks"]) - len(texts)


@pytest.mark.parametrize("name", CASES)
def test_a_digest_reads_as_its_file_says(name, golden):
    golden(name, whole(CASES[name]()))


@pytest.mark.parametrize("number", UNTIL)
def test_the_projects_have_as_many_findings_as_their_names_say(number):
    found = [f for f in health_of(with_findings(number), BANK, NOW).findings if f.basis is not Basis.GAP]
    assert len(found) == number


@pytest.mark.parametrize("name", CASES)
def test_a_digest_fits_on_one_screen_and_its_thread_in_one_message(name):
    post, thread = (render(message, BANK) for message in third_week(CASES[name]()))
    assert screen(post) <= LINES
    for one in (post, thread):
        check_post(one)
        assert not one["text"].endswith("…")


WEEK = Digest(
    project=7,
    name="Ready-By",
    week="2026-W48",
    state="at_risk",
    because=("the work does not fit before the launch",),
    score=59,
    known="31 of 36",
    days_to_launch=38,
    asks=(
        Wanted(
            "9 weeks of work, 5.4 weeks left.",
            "Drop kitchen_load from V1 or move the date.",
            "U1",
            "critical",
            date(2026, 11, 26),
        ),
        Wanted("kitchen_load is very hard", "take the latest load, 2-7 weeks sooner", "U1", "high", date(2026, 11, 26)),
    ),
    changed=("13 new answers",),
    good=("The outcome is on a board with an owner.",),
    arrow=-9,
    trend=("▼9: new: the work does not fit before the launch",),
)
WEEKS = tuple(Week(f"2026-W{46 + n}", "at_risk", score, 3 - n, 1) for n, score in enumerate((52, 68, 59)))
ALONE = DigestThread(WEEK, None, (), (), (), (), (), (), (), (), None)


def test_a_post_says_state_and_cause_then_what_to_decide_what_changed_and_one_good_thing():
    assert shown(WEEK) == lines("""
        🟡 Ready-By · At risk · 59 (▼9) · 38 days to launch
        the work does not fit before the launch
        • 9 weeks of work, 5.4 weeks left → @ana: Drop kitchen_load from V1 or move the date · by Thu
        • kitchen_load is very hard → @ana: take the latest load, 2-7 weeks sooner · by Thu
        Changed ▼9: new: the work does not fit before the launch · 13 new answers
        Good The outcome is on a board with an owner.
        [See all] [My questions]
    """)


def test_a_chart_is_drawn_and_said_in_words_too():
    post = render(replace(WEEK, weeks=WEEKS), BANK)
    chart = next(block for block in post["blocks"] if block["type"] == "data_visualization")
    points = {one["name"]: [point["value"] for point in one["data"]] for one in chart["chart"]["series"]}
    assert points == {"Score": [52, 68, 59], "Blocking questions": [3, 2, 1]}
    numbers = "Score W46 52, W47 68, W48 59 · Blocking questions W46 3, W47 2, W48 1"
    assert post["text"].splitlines()[-1] == numbers

    without = charts.without_charts(post)
    assert [block["type"] for block in without["blocks"]].count("data_visualization") == 0
    assert numbers in seen(without)
    assert len(without["blocks"]) == len(post["blocks"])


def test_weeks_a_year_apart_have_labels_of_their_own():
    weeks = tuple(replace(week, week=f"{2025 + n}-W10") for n, week in enumerate(WEEKS))
    assert charts.line_of(weeks)["chart"]["axis_config"]["categories"] == ["2025-W10", "2026-W10", "2027-W10"]


def test_a_title_says_that_some_scores_are_provisional():
    weeks = (replace(WEEKS[0], state="not_enough_known"), *WEEKS[1:])
    assert charts.line_of(weeks)["title"] == "Score (provisional in ⚪ weeks), blocking questions"
    assert charts.line_of(WEEKS)["title"] == "Score, blocking questions"


def test_while_not_enough_is_known_the_share_stands_in_place_of_the_score():
    message = replace(WEEK, state="not_enough_known", score=None, asks=(), changed=(), trend=(), good=())
    assert shown(message).splitlines()[0] == "⚪ Ready-By · Not enough known · 31 of 36 known · 38 days to launch"


def test_a_week_without_news_is_one_line_that_calls_nobody():
    message = replace(WEEK, state="aligned", nothing_new=True, in_a_row=5, next_on=date(2026, 12, 1))
    post = render(message, BANK)
    assert seen(post) == "🟢 Ready-By · Aligned, 5th week, nothing new; next look Tue"
    assert post["text"] == "🟢 *Ready-By* · Aligned, 5th week, nothing new; next look Tue"


@pytest.mark.parametrize(
    ("number", "words"), [(2, "2nd"), (3, "3rd"), (11, "11th"), (12, "12th"), (21, "21st"), (113, "113th")]
)
def test_weeks_are_counted_as_people_say_it(number, words):
    assert f"Aligned, {words} week," in shown(replace(WEEK, state="aligned", nothing_new=True, in_a_row=number))


def test_nobody_is_called_more_than_twice_over_post_and_thread():
    held = tuple(OpenQuestion(f"Question {n}", Role.PM, "U1", 3) for n in range(3))
    other = tuple(OpenQuestion(f"Question {n}", Role.ML, "U2", 3) for n in range(3))
    text = shown(replace(ALONE, still_open=(*held, *other)))
    assert "Question 0 (PM, 3 working days) · Question 1 (PM" in text
    assert text.count("@mei") == 2


def test_a_bar_in_the_strip_shows_where_the_rules_changed():
    weeks = (*WEEKS[:2], replace(WEEKS[2], rules=2))
    assert "Last 3 digests 🟡🟡│🟡 (now at risk)" in shown(replace(ALONE, strip=weeks, oldest=None))


def test_what_somebody_asks_for_is_post_and_thread_in_one():
    post = digest_thread.with_post(replace(ALONE, oldest=9))
    check_post(post)
    assert seen(post).splitlines()[-2:] == ["Oldest open high finding 9 days", "[See all] [My questions]"]


PORTFOLIO = PortfolioDigest(
    team="T1",
    week="2026-W48",
    projects=11,
    counts=(
        StateCount("aligned", 5, 1),
        StateCount("at_risk", 3, 0),
        StateCount("misaligned", 1, 1),
        StateCount("not_enough_known", 2, -2),
    ),
    red=(
        RedLine(
            "Refund Guess",
            True,
            "ML and engineering disagree whether it can be done",
            "Thirty minutes, all three.",
            "U1",
            date(2026, 11, 25),
        ),
    ),
    white=(
        WhiteLine("Lead Score", 19, "no product engineer named"),
        WhiteLine("Tagger", 16, "waiting for the ML person"),
    ),
    shared_causes=("order events: 3 projects wait for it",),
    loaded=2,
    launches=(
        LaunchLine("Menu Sort", "aligned", date(2026, 12, 1)),
        LaunchLine("Shelf Scan", "at_risk", date(2026, 12, 9)),
    ),
    practice=("Menu Sort", "Service levels are defined and measured."),
)


def test_leads_read_states_and_causes_and_nobodys_score():
    assert shown(PORTFOLIO) == lines("""
        ML portfolio · 11 projects: 🟢 5 aligned (+1) · 🟡 3 at risk · 🔴 1 misaligned (+1) · ⚪ 2 not enough known (-2)
        🔴 Refund Guess (new): ML and engineering disagree whether it can be done → @ana decides by Wed: Thirty minutes, all three
        ⚪ Not closed Lead Score: open 19 days, no product engineer named · Tagger: open 16 days, waiting for the ML person
        Shared cause order events: 3 projects wait for it
        Load 2 people hold four or more open actions each
        Launching in 30 days Menu Sort 🟢 aligned (1 Dec) · Shelf Scan 🟡 at risk (9 Dec)
        Worth copying Menu Sort: Service levels are defined and measured.
    """)  # fmt: skip  # noqa: E501


def test_where_nobody_decides_the_leads_are_asked_to_name_somebody():
    red = replace(PORTFOLIO.red[0], decider=None, new=False)
    assert "(new)" not in shown(replace(PORTFOLIO, red=(red,)))
    assert "→ name who decides, by Wed: Thirty minutes, all three" in shown(replace(PORTFOLIO, red=(red,)))


# ---- whatever people type

MAY_BE_CALLED = re.compile(r"<@(\w+)>")


def called(post):
    """The people whom a message calls, in its blocks and in its text."""
    in_blocks = re.findall(r"'type': 'user', 'user_id': '(\w+)'", str(post["blocks"]))
    return Counter(in_blocks), Counter(MAY_BE_CALLED.findall(post["text"]))


@often
@given(DIGESTS)
def test_any_post_fits_on_one_screen(message):
    assert screen(render(message, BANK)) <= LINES


@often
@given(THREADS)
def test_only_who_has_to_act_is_called_and_nobody_more_than_twice(message):
    post, thread = render(message.post, BANK), render(message, BANK)
    asked = {ask.person for ask in message.post.asks}
    below = {one.person for one in (*message.still_open, *message.promised)} | {message.split and message.split.person}
    for shown_in, allowed in ((post, asked), (thread, below)):
        for people in called(shown_in):
            assert set(people) <= allowed
    in_all = called(post)[0] + called(thread)[0]
    assert max(in_all.values(), default=0) <= 2


@often
@given(PORTFOLIOS)
def test_leads_read_twelve_lines_at_most_that_call_only_who_decides(message):
    post = render(message, BANK)
    assert len(post["blocks"]) <= LINES
    for people in called(post):
        assert set(people) <= {red.decider for red in message.red}


@often
@given(st.one_of(DIGESTS, THREADS, PORTFOLIOS))
def test_nothing_is_cut_inside_a_link_a_mention_or_an_escaped_character(message):
    post = render(message, BANK)
    for text in [post["text"], *(t for b in post["blocks"] for t in texts_of(b.get("text", {})))]:
        assert re.fullmatch(r"(?:[^&<]|&(?:amp|lt|gt);|<@\w+>)*", text), text


@often
@given(st.lists(st.text("abc.,;:(@<é", min_size=1, max_size=20), min_size=9).map(" ".join), st.integers(30, 200))
def test_a_shortened_text_ends_between_words(text, room):
    short = shortened(text, room)
    assert length(short) <= room
    if short != text:
        head = short.removesuffix("…")
        assert text.startswith(head)
        assert text[len(head)] in " .,;:("


@given(st.lists(st.integers(1, 9), max_size=3), st.integers(3, 12))
def test_lines_are_shared_so_that_each_has_one_and_none_has_more_than_it_wants(wanted, room):
    given_ = shares(wanted, room)
    assert all(1 <= got <= want for got, want in zip(given_, wanted, strict=True))
    assert sum(given_) <= max(room, len(wanted))
    assert given_ == wanted or sum(given_) == room


@given(st.lists(st.text("ab ,", max_size=80), min_size=1, max_size=4), st.integers(40, 120))
def test_parts_of_a_line_share_it(parts, room):
    assert sum(map(length, in_turn(parts, room))) <= room


def test_the_digest_of_an_old_row_compares_with_what_it_has():
    """Rows of the first release hold no provisional score, no version of the rules, no pillars."""
    old = {"state": "aligned", "score": 100, "findings": {}, "answers": {}, "launch": "2026-07-01", "week": "2026-W09"}
    post, thread, _ = tell(with_findings(1), BANK, [old, old], NOW)
    assert (post.arrow, post.trend) == (-9, ("▼9: new: nobody decides",))
    assert post.weeks == ()
    assert [week.state for week in thread.strip] == ["aligned", "aligned"]
