"""Cards, pings and digests as people see them: a change of wording shows here."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.bank import Role
from bot.domain.messages import (
    Brief,
    BriefLine,
    BriefPart,
    DirectIntro,
    Done,
    InterviewCard,
    KickoffCard,
    Note,
    OpenQuestion,
    Ping,
    PingItem,
    RoleLine,
    SecondChance,
    StatusPanel,
    Wanted,
)
from bot.sandbox.controls import controls_in
from bot.slack.controls import read
from bot.slack.views import render
from bot.slack.views.status import help_text, questions, status
from tests.slack.seeing import BANK, labels, lines, seen, shown

ROLES = (
    RoleLine(Role.PM, ("U1",), 3, 12, done=False),
    RoleLine(Role.ML, ("U2",), 13, 13, done=True),
    RoleLine(Role.ENG, (), 0, 12, done=False),
)
CARD = KickoffCard(7, "Ready-By", "See when food is ready", date(2027, 3, 4), "U1", "active", ROLES, 4, complete=False)
INTERVIEW = InterviewCard(7, "Ready-By", Role.ML, "U2", ("U3",), 3, 12, 7, done=False)
DECIDE = Wanted("9 weeks of work, 5.4 weeks left", "drop kitchen_load from V1 or move the date", "U1", "critical")
OPEN = OpenQuestion("Where we checked", Role.ML, "U2", 3)


def test_the_kickoff_card_says_who_how_far_and_what_is_next():
    assert shown(CARD) == lines("""
        Ready-By
        See when food is ready
        Launch  Thu 4 Mar 2027
        PM  @ana · 3 of 12
        ML person  @mei · ✅ done, 13 of 13
        Product engineer  Nobody yet: `/align role eng @name`
        🔎 4 questions on feasibility and data still open. Next: each of you answers in the thread of your own card below, about 10 minutes in all, in one go or bit by bit. Then I put the three accounts side by side.
        Started by @ana. I post one digest a week here, on Tuesdays, and nothing else at the top of the channel. `/align pause` stops me, `/align digest` moves the digest.
    """)  # fmt: skip  # noqa: E501


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"state": "paused"}, "⏸️ Paused: nobody is reminded until `/align resume`. Answers are welcome."),
        ({"state": "closed"}, "📁 Closed. The answers stay in the threads below."),
        ({"complete": True}, "✅ Kickoff complete."),
        ({"launch": None}, "Launch  no date yet; the PM's answer sets it"),
    ],
)
def test_the_kickoff_card_follows_the_project(change, sentence):
    assert sentence in shown(replace(CARD, **change))


def test_an_interview_card_shows_progress_in_a_bar_and_in_words():
    assert shown(INTERVIEW) == lines("""
        ML person · Ready-By  @mei
        ▓▓░░░░░░░░  3 of 12 answered · about 7 min left
        The questions are in this thread, one at a time. “I don't know” is a good answer.
        Also answering: @raj
        [Answer in one go]
    """)


@pytest.mark.parametrize(
    ("change", "sentence", "button"),
    [
        ({"by_dm": True}, "@mei is not in this channel yet: `/invite` @mei; until then the questions go by", True),
        ({"person": None}, "Nobody yet. `/align role ml @name` names one, and the questions start here.", False),
        ({"done": True}, "✅ Done, thank you! The answers are in this thread; Edit there changes one.", False),
        ({"done": True, "waiting_for": "Link to success"}, "⏳ “Link to success” comes once the others", False),
        ({"paused": True}, "⏸️ Paused: nobody is reminded until `/align resume`. Answers are welcome.", False),
    ],
)
def test_an_interview_card_says_what_it_waits_for(change, sentence, button):
    message = replace(INTERVIEW, **change)
    assert sentence in shown(message)
    assert ("Answer in one go" in labels(message)) is button


def test_an_interview_by_direct_message_begins_with_why_it_is_here():
    assert shown(DirectIntro(7, "Ready-By", Role.ENG, "C1", 12)) == lines("""
        👋 You are the product engineer of Ready-By
        You are not in #ready-by yet, so I ask you here: one question at a time, about 12 min in all, whenever it suits you. “I don't know” is a good answer. Your answers are shown to the members of #ready-by.
        [Answer in one go]
    """)  # fmt: skip  # noqa: E501


def test_the_end_of_an_interview_says_what_happens_next():
    assert shown(Done(7, Role.PM, "U1", (Role.ML, Role.ENG), unknown=2)) == lines("""
        🙌 Thank you, @ana, that was the last question. Edit changes any answer, at any time.
        2 questions still say “I don't know”: pick someone who may know there, and I ask them.
        Next: the ML person and the product engineer are still answering; then I put the accounts side by side.
    """)
    assert "I call you then" in shown(Done(7, Role.ML, "U2", (Role.PM,), later="Link to success"))


def test_a_second_chance_is_friendly_and_has_a_button():
    message = SecondChance(7, "pm.today", "U1", "Kept. What do people do <today>?")
    assert shown(message) == "@ana Kept. What do people do <today>?\n[Answer]"


def test_a_note_is_our_own_mrkdwn():
    assert shown(Note("*Paused* by <@U1>.")) == "Paused by @ana."


def test_a_ping_bundles_what_waits_with_the_blocking_first():
    message = Ping("U1", date(2026, 11, 25), (
        PingItem(7, "Ready-By", "pm.decider", "Who decides", "Who makes the call?", Role.PM, 120, 3, link="C1"),
        PingItem(7, "Ready-By", "ml.feasibility", "Can ML do it", "Can it?", Role.ML, 15, 0, asked_by="U2", link="C1"),
        PingItem(7, "Ready-By", "pm.launch", "Launch date", "By when?", Role.PM, 20, 5, done=True),
    ), more=1)  # fmt: skip
    assert shown(message) == lines("""
        👋 2 questions where you may be the one who knows, 2 min in all:
        Can ML do it · 15 s; @mei hopes that you know · your answer appears in #ready-by
        [Answer]
        Ready-By: Can it?
        Who decides · 2 min; waiting 3 working days · your answer appears in #ready-by
        [Answer]
        Ready-By: Who makes the call?
        Launch date done, thank you
        1 more after these, no hurry.
        At most one such message a day. `/align questions` shows the list at any time, `/align pause` rests a product.
    """)
    assert read(controls_in(render(message, BANK)["blocks"])[0].element).extra == "2026-11-25"


def test_a_ping_with_nothing_left_only_thanks():
    item = PingItem(7, "Ready-By", "pm.launch", "Launch date", "By when?", Role.PM, 20, 5, done=True)
    assert shown(Ping("U1", date(2026, 11, 25), (item,))).startswith("🙌 All done here, thank you!\nLaunch date done")


def test_the_status_panel_says_where_it_stands_and_who_is_next():
    panel = StatusPanel(7, "Ready-By", "active", "at_risk", ("The launch moved",), None, "3 of 36", ROLES,
                        (OPEN,), (DECIDE,), None)  # fmt: skip
    assert seen(status(panel)) == lines("""
        Ready-By · 🟡 At risk · 3 of 36 known
        The launch moved
        PM @ana 3 of 12 · ML @mei 13 of 13 · Engineer: nobody yet, `/align role eng @name`
        Still open Where we checked (@mei, 3 working days)
        • 9 weeks of work, 5.4 weeks left. drop kitchen_load from V1 or move the date → @ana
        [See all] [My questions]
    """)


def test_my_questions_can_be_answered_where_they_are_listed():
    items = [PingItem(7, "Ready-By", "pm.decider", "Who decides", "Who makes the call?", Role.PM, 10, 0)]
    assert seen(questions(items)) == lines("""
        1 question for you, 10 s in all:
        Who decides · 10 s
        [Answer]
        Ready-By: Who makes the call?
    """)
    assert seen(questions([])) == "✅ Nothing is waiting for you. Thank you!"


def test_help_is_a_line_for_each_command():
    post = help_text({"kickoff": "starts one", "status": "where we are"})
    assert post["text"].splitlines()[1:] == [
        "`/align kickoff`  starts one",
        "`/align status`  where we are",
    ]


def test_the_goodbye_names_the_role_that_nobody_speaks_for():
    said = render(Done(1, Role.PM, "U0ANA", vacant=(Role.ENG,)), BANK)["text"]

    assert "nobody speaks for the product engineer yet; `/align role eng @name` names somebody" in said
    assert "all accounts are in" not in said


def test_what_people_wrote_stands_in_the_brief_as_they_wrote_it():
    said = BriefPart("Product", (BriefLine("Goal", "Q&A under < 3 min, ask <@U0MEI>"),))
    page = Brief(7, "Ready-By", "", date(2026, 3, 2), "at_risk", (), (), (said,), ())
    assert "Goal: Q&amp;A under &lt; 3 min, ask somebody" in render(page, BANK)["text"]
