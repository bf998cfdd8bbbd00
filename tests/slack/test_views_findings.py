"""Findings, lists of what to change and reminders of both, as people see them: a change of wording shows here."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.bank import Role
from bot.domain.deciding import Edit
from bot.domain.messages import FindingCard, FindingSolved, Matter, Ping, PingItem
from bot.slack.controls import decode
from bot.slack.views import render
from bot.slack.views.findings import edits, live_with_modal, source_modal
from tests.slack.block_kit import check_view
from tests.slack.seeing import BANK, labels, lines, seen, shown

CARD = FindingCard(
    project=7,
    key="latency_over_budget",
    severity="critical",
    title="too slow for its budget",
    text="90 ms model + 60 ms inputs = 150 ms; budget 100 ms.",
    action="Smaller model, or another budget.",
    person="U2",
    with_whom=("U3",),
    status="open",
    read="ML, speed: 90 ms · Engineering, budget: 100 ms",
    beside="the product engineer",
)
ACCEPTED = replace(CARD, status="accepted", by="U1", reason="Only in May", until=date(2026, 4, 1))
ITEM = PingItem(
    7, "Ready-By", "latency_over_budget", "Too slow", "150 ms; budget 100 ms.", Role.PM, 60, 2, Matter.HIGH,
    "Smaller model.",
)  # fmt: skip
RECHECK = PingItem(
    7, "Ready-By", "ml.effort", "Weeks for the model", "3, 5", Role.ML, 5, 0, Matter.RECHECK, "the launch date moved"
)


def test_an_open_finding_says_what_does_not_fit_what_was_said_and_calls_one_person():
    assert shown(CARD) == lines("""
        🛑 Critical · Too slow for its budget
        90 ms model + 60 ms inputs = 150 ms; budget 100 ms.
        They said: ML, speed: 90 ms · Engineering, budget: 100 ms
        Next: Smaller model, or another budget. → @mei, with the product engineer
        [Discuss] [I changed it] [Live with it]
    """)


def test_what_is_lived_with_says_who_why_and_until_when_without_a_button():
    assert shown(ACCEPTED).splitlines()[0] == "🤝 Critical, lived with · Too slow for its budget"
    assert shown(ACCEPTED).splitlines()[-1] == (
        "You live with it until Wed 1 Apr 2026, and it counts half. @ana said so: “Only in May”"
    )
    assert labels(ACCEPTED) == []


def test_what_is_solved_says_so_without_a_button():
    solved = replace(CARD, status="resolved")
    assert shown(solved).splitlines()[0] == "✅ Solved (it was critical) · Too slow for its budget"
    assert labels(solved) == []
    assert shown(FindingSolved(7, "Too slow", "zip")) == "✅ Solved: Too slow (“zip”). The answers fit now."


def test_what_is_only_no_longer_seen_is_not_called_solved():
    why = "An answer behind it was taken back, so nobody knows."
    gone = replace(CARD, status="resolved", reason=why)
    assert shown(gone).splitlines()[0] == "➖ No longer seen (it was critical) · Too slow for its budget"
    assert shown(gone).splitlines()[-1] == why
    assert shown(FindingSolved(7, "Too slow", "zip", why)) == f"➖ No longer seen: Too slow (“zip”). {why}"


@pytest.mark.parametrize("severity", ["critical", "high", "medium", "low"])
def test_the_severity_is_a_word_beside_its_symbol(severity):
    assert severity.capitalize() in shown(replace(CARD, severity=severity)).splitlines()[0]


@pytest.mark.parametrize("status", ["open", "accepted", "resolved"])
def test_the_text_for_screen_readers_says_what_the_blocks_say(status):
    card = replace(ACCEPTED, status=status)
    text = render(card, BANK)["text"]
    for words in (card.text, card.read, "Too slow for its budget"):
        assert words in text


def test_each_button_carries_the_whole_key_of_an_input_with_any_name():
    card = replace(CARD, key="feature_hard:a|b <!channel>")
    for block in render(card, BANK)["blocks"]:
        for element in block.get("elements", []):
            if element["type"] == "button":
                assert decode(element["value"]).extra == card.key


def test_reminders_of_findings_and_rechecks_are_settled_in_place():
    assert shown(Ping("U1", date(2026, 3, 3), (ITEM, RECHECK))) == lines("""
        👋 2 things for you, 65 s in all:
        🔶 High: Too slow · waiting 2 working days
        Ready-By: 150 ms; budget 100 ms. Next: Smaller model.
        [Discuss] [I changed it] [Live with it]
        Weeks for the model · still true? the launch date moved; 5 s
        Ready-By: 3, 5
        [Still true] [Change it]
        At most one such message a day. `/align questions` shows the list at any time, `/align pause` rests a product.
    """).replace("65 s", "1 min")


def test_a_list_of_answers_has_a_button_for_each():
    post = edits(7, [Edit("ml.effort", "Weeks", "3, 5"), Edit("eng.input_survey", "Inputs", "zip", row=2)])
    assert seen(post) == lines("""
        Several of your answers are behind this. Which one changes?
        Weeks: 3, 5
        [Edit]
        Inputs: zip
        [Edit]
    """)


@pytest.mark.parametrize("name", ["zip", "<!channel> & " * 300, "📮" * 2000])
def test_the_forms_take_any_name(name):
    check_view(live_with_modal(7, f"feature_hard:{name}", name, name, date(2026, 3, 2)))
    check_view(source_modal(7, [name, *map(str, range(150))]))
