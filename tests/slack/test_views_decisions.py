"""Decisions as people see them: the message, the list, the form; and whatever was typed, Slack takes it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.answers import Answer
from bot.domain.bank import Role
from bot.domain.commitments import Decision
from bot.domain.messages import DecisionLogged
from bot.domain.project import Member, Part, Project
from bot.sandbox.controls import controls_in
from bot.slack.controls import read_metadata
from bot.slack.views import render
from bot.slack.views.catching_up import who_is_who
from bot.slack.views.decision_form import Start, decision_form
from bot.slack.views.decisions import all_of, logged
from tests.slack.block_kit import check_post, check_view, texts_of
from tests.slack.hostile import BANK, DECISIONS, said
from tests.slack.seeing import lines, seen, shown

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
TOLD = DecisionLogged(
    7, 4, "We launch in May", "The contract says so", "June", "launch date", ("Ana", "Mei"), "https://acme.slack.com/x"
)
PROJECT = Project(7, "T1", "C1", False, "Ready-By", "", "U1", AT, "UTC")
often = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def decided(*some, **fields):
    return replace(PROJECT, decisions=tuple(some), **fields)


def one(number, what="We launch in May", about="launch date", **more):
    return Decision(number, what, more.pop("why", "It is due"), "", ("U1",), about, "", "U1", AT, **more)


def test_a_new_decision_says_what_why_what_else_who_and_where_it_was_said():
    assert shown(TOLD) == lines("""
        📌 Decision #4 · launch date
        We launch in May
        Why The contract says so
        Weighed June
        Decided by Ana and Mei · said in this message.
    """)
    assert "<https://acme.slack.com/x|this message>" in render(TOLD, BANK)["text"]


def test_it_says_what_it_takes_the_place_of_and_what_holds_beside_it():
    told = shown(replace(TOLD, supersedes=2, beside=(3,), link=""))
    assert told.splitlines()[-2:] == [
        "Decided by Ana and Mei. It takes the place of #2.",
        "⚠️ There are two decisions about “launch date” now: #3 and #4. Which one holds? `/align decide list`",
    ]
    assert "There are 3 decisions" in shown(replace(TOLD, beside=(1, 2)))


def test_it_calls_nobody():
    named = "<@U2> and <@U3|raj> say <!channel>"
    post = render(replace(TOLD, what=named, why=named, alternatives=named, about=named, who=(named,)), BANK)
    assert "<@" not in str(post)
    assert "somebody and @raj say" in post["text"]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "https://x|<!channel>", "http://x", "https://x y"])
def test_what_is_no_link_is_not_shown_as_one(link):
    assert "this message" not in shown(replace(TOLD, link=link))


def test_a_list_without_decisions_says_how_to_log_one():
    assert seen(all_of(PROJECT)).startswith("No decision is logged for Ready-By yet. `/align decide` logs one")


def test_the_list_shows_what_holds_first_and_strikes_through_what_does_not():
    project = decided(one(1), one(2, "Two people", "team"), one(3, "June", supersedes=1))
    text = seen(all_of(project))

    assert text.index("#3 June") < text.index("#2 Two people") < text.index("#1 We launch in May")
    assert text.startswith("Decisions of Ready-By · 2 hold")
    assert "#1 We launch in May · superseded by #3" in text
    struck = [e for b in all_of(project)["blocks"] for p in b.get("elements", []) for e in p.get("elements", [])]
    assert [e["text"] for e in struck if e.get("style") == {"strike": True}] == ["#1 We launch in May"]
    assert [c.label for c in controls_in(all_of(project)["blocks"])] == ["Supersede", "Withdraw"] * 2
    assert "⚠️" not in text


def test_two_that_hold_about_one_subject_are_marked():
    text = seen(all_of(decided(one(1), one(2, "June", "Launch dates"), one(3, "Two people", "team"))))
    assert "⚠️ #1" in text
    assert "⚠️ #2" in text
    assert "⚠️ #3" not in text
    assert text.startswith("Decisions of Ready-By · 3 hold · ⚠️ about the same thing: #1 and #2\n")


def test_one_decision_holds():
    assert seen(all_of(decided(one(1)))).startswith("Decisions of Ready-By · 1 holds\n")


def test_a_hundred_decisions_of_the_longest_words_fit_and_the_rest_is_counted():
    long = "<@U2> & <!channel> word " * 130
    post = all_of(decided(*(one(n, long, f"subject {n}", why=long) for n in range(1, 101))))
    check_post(post)
    shown_numbers = [n for n in range(1, 101) if f"*#{n}*" in str(post["blocks"])]
    assert shown_numbers[-1] == 100
    assert f"and {100 - len(shown_numbers)} more, older ones." in seen(post)


def test_the_form_asks_for_six_things_and_starts_with_the_words_of_the_message():
    view = decision_form([PROJECT], Start("U1", "May it is", "C1", "1.0"))
    check_view(view)
    labels = [block["label"]["text"] for block in view["blocks"]]
    assert labels == ["What was decided?", "Why?", "What else was weighed?", "Who decided?", "About"]
    assert view["blocks"][0]["element"]["initial_value"] == "May it is"
    assert view["blocks"][3]["element"]["initial_users"] == ["U1"]
    assert not view["blocks"][4]["optional"]
    assert read_metadata(view) == {"project": 7, "channel": "C1", "ts": "1.0"}


def test_who_decides_is_the_one_who_makes_the_call_where_that_is_known():
    project = PROJECT.with_answer("pm.decider", Answer("U9", "U1", AT))
    assert decision_form([project], Start("U1"))["blocks"][3]["element"]["initial_users"] == ["U9"]


def test_with_earlier_decisions_their_subjects_can_be_picked_and_one_superseded():
    view = decision_form([decided(one(1), one(2, "Two", "team"))], Start("U1", supersedes=1))
    check_view(view)
    by_label = {block["label"]["text"]: block for block in view["blocks"]}
    assert by_label["About"]["optional"]
    assert by_label["About"]["element"]["initial_value"] == "launch date"
    subjects = by_label["Or the subject of an earlier one"]["element"]["options"]
    assert [option["text"]["text"] for option in subjects] == ["team", "launch date"]
    assert (
        by_label["Takes the place of"]["element"]["initial_option"]["text"]["text"]
        == "#1 launch date: We launch in May"
    )


def test_of_several_products_one_is_picked_and_each_decision_says_whose_it_is():
    other = replace(decided(one(1)), id=8, name="Route Guess")
    view = decision_form([decided(one(1, "Two", "team")), other], Start("U1"))
    check_view(view)
    by_label = {block["label"]["text"]: block for block in view["blocks"]}
    assert [o["value"] for o in by_label["Product"]["element"]["options"]] == ["7", "8"]
    assert [o["value"] for o in by_label["Takes the place of"]["element"]["options"]] == ["7|1", "8|1"]
    assert "Route Guess #1" in str(by_label["Takes the place of"])
    assert "project" not in read_metadata(view)


@often
@given(DECISIONS)
def test_any_decision_is_a_message_that_slack_takes(told):
    post = logged(told)
    check_post(post)
    assert not any("<@" in text or "<!" in text for text in texts_of(post["blocks"]))


@often
@given(st.lists(st.tuples(said(), said(), said()), max_size=12), said(), st.integers(0, 12))
def test_any_decisions_are_a_list_and_a_form_that_slack_takes(words, name, number):
    some = [one(n, what, about, why=why) for n, (what, about, why) in enumerate(words, 1)]
    project = replace(decided(*some), name=name)
    check_post(all_of(project))
    check_view(decision_form([project], Start("U1", name, "C1", "1.0", number)))
    check_view(decision_form([project, replace(project, id=8)], Start("U1", name)))


def test_who_is_who_lists_each_part_and_how_to_change_it():
    parts = (("U2", Part.OWNER), ("U1", Part.CONTRIBUTOR), ("U3", Part.BACKUP))
    members = tuple(Member(Role.ML, user, part) for user, part in parts)
    told = seen(who_is_who(replace(PROJECT, members=members).with_answer("pm.decider", Answer("U3", "U1", AT))))
    assert told.splitlines()[:5] == [
        "Ready-By: who is who",
        "PM nobody yet, `/align role pm @name` names somebody",
        "ML person @mei · answers too: @ana · backup: @raj",
        "Product engineer nobody yet, `/align role eng @name` names somebody",
        "Makes the call @raj",
    ]
    assert "To change it: `/align role eng @name`" in told
