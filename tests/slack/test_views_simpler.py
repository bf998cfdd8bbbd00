"""A simpler input beside a hard one, what is traded for earlier, and the list for V2, as people see them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.backlog import Backlog, Item
from bot.domain.bank import Role
from bot.domain.commitments import Later, Shelf
from bot.domain.messages import SimplerCard, TradeOff
from bot.slack.controls import decode
from bot.slack.views import render
from bot.slack.views.backlog import backlog
from bot.slack.views.simpler import keep_modal
from tests.slack.block_kit import check_post, check_view
from tests.slack.hostile import IDS, said
from tests.slack.seeing import BANK, labels, lines, seen, shown

CARD = SimplerCard(
    project=7,
    key="abc",
    input="avg load",
    simpler="latest load",
    difficulty="very hard",
    because="a value over time to build from a stream of events; no past values to train on",
    text="Use the latest value of the same signal.",
    sooner="about 2-7 weeks sooner (default estimate)",
    people=("U2", "U3"),
    stand="offered",
)
KEPT = replace(CARD, stand="kept", by="U2", reason="It is the model", gain="3 % more", waiting=(Role.PM, Role.ENG))
ENTRY = Later(
    number=1,
    title="V2: avg load instead of latest load",
    input="avg load",
    simpler="latest load",
    reason="H1 a value over time",
    gain="not measured",
    cost_weeks=(4, 8),
    saved_weeks=(2, 7),
    revisit_when="V1 live 2+ weeks and the PM's number measured",
    owner="U2",
    by="U3",
    at=datetime(2026, 3, 2, 9, tzinfo=UTC),
)


def test_an_offer_says_what_is_hard_what_is_simpler_and_what_it_saves():
    assert shown(CARD) == lines("""
        💡 @mei, @raj: a simpler input for the first version?
        “avg load” is very hard to have in production: a value over time to build from a stream of events; no past values to train on.
        Simpler: “latest load”. Use the latest value of the same signal. That is about 2-7 weeks sooner (default estimate).
        [Use the simpler one] [Keep the original]
    """)  # noqa: E501


def test_an_offer_beside_another_one_calls_nobody_again():
    assert shown(replace(CARD, people=())).startswith("💡 A simpler input for the first version?")


def test_what_a_card_of_its_own_has_said_is_not_said_twice():
    told = shown(replace(CARD, told=True, difficulty="blocked"))
    assert "“avg load” is blocked; the 🛑 message in this thread says why." in told
    assert CARD.because not in told
    assert f"“avg load” is blocked: {CARD.because}." in shown(replace(CARD, difficulty="blocked"))


def test_nothing_is_promised_where_nothing_is_saved_and_nothing_takes_its_place():
    left_out = shown(replace(CARD, simpler="", sooner="", text="Leave it out of the first version."))
    assert "Simpler: Leave it out of the first version.\n" in left_out
    assert "the first version without this input?" in left_out
    assert "[Leave it out for now] [Keep the original]" in left_out


def test_taken_it_says_what_the_first_version_uses_and_what_waits():
    taken = replace(CARD, stand="taken", by="U3")
    assert (
        shown(taken)
        == "✓ First version uses “latest load”; “avg load” waits for V2. @raj chose so. `/align later` lists it."
    )
    without = shown(replace(taken, simpler="", next="Start logging it today."))
    assert without.splitlines()[0].startswith("✓ First version goes without “avg load”; it waits for V2.")
    assert without.splitlines()[1] == "Next: Start logging it today."


@pytest.mark.parametrize(
    ("card", "says", "buttons"),
    [
        (KEPT, "Once the PM and the product engineer agree, it counts half.", ["Agree", "Use the simpler one"]),
        (
            replace(KEPT, waiting=(Role.PM,), agreed=("U3",)),
            "✓ @raj agreed.\nOnce the PM agrees, it counts half.",
            ["Agree", "Use the simpler one"],
        ),
        (
            replace(KEPT, waiting=(), agreed=("U1", "U3"), until=date(2026, 4, 1)),
            "✓ @ana and @raj agreed.\nYou live with it until Wed 1 Apr 2026, and it counts half.",
            ["Use the simpler one"],
        ),
    ],
)
def test_kept_it_says_why_what_it_brings_and_who_agrees(card, says, buttons):
    top = "🤝 “avg load” stays in the first version.\n@mei: “It is the model” · gain: 3 % more\n"
    assert shown(card).startswith(top + says)
    assert labels(card) == buttons


def test_what_is_not_hard_any_more_says_why_without_a_button():
    gone = replace(CARD, stand="gone", reason="It is not hard any more.")
    assert shown(gone) == "➖ Nothing simpler is needed for “avg load”. It is not hard any more."
    assert labels(gone) == []


def test_each_button_says_how_it_stood_and_which_input_it_is_about():
    for card in (CARD, KEPT):
        for block in render(card, BANK)["blocks"]:
            for element in block.get("elements", []):
                control = decode(element["value"])
                assert (control.subject, control.extra) == (card.stand, "abc")


def test_earlier_and_better_stand_side_by_side():
    message = TradeOff(7, ("U1", "U2"), "Ship the simpler one first", "8 % better", 4)
    assert shown(message) == lines("""
        ⚖️ @ana, @mei: earlier or better?
        PM: “Ship the simpler one first” · ML, of the larger model: “8 % better”, for 4 extra weeks
        Which one wins for the first version? Ten minutes will do; `/align decide` keeps what you decide.
    """)
    assert "1 extra week\n" in shown(replace(message, extra_weeks=1))


def test_the_list_for_v2_shows_what_waits_and_in_short_what_is_settled():
    settled = replace(ENTRY, number=2, title="V2: zip", status=Shelf.DROPPED)
    assert seen(backlog(Backlog(7, "Ready-By", (Item(ENTRY, True), Item(settled, False))))) == lines("""
        For V2 of Ready-By: 1 item waiting
        ⏰ ready to revisit · avg load instead of latest load
        Gain: not measured · cost: 4-8 weeks · 2-7 weeks saved in the first version
        Revisit when: V1 live 2+ weeks and the PM's number measured · @mei · since Mon 2 Mar 2026
        Why it waits: a value over time
        [Revive] [Done] [Drop]
        ➖ dropped: zip
    """)


def test_dropping_asks_once_more():
    post = backlog(Backlog(7, "Ready-By", (Item(ENTRY, False),)))
    (drop,) = [e for block in post["blocks"] for e in block.get("elements", []) if e.get("action_id") == "later_drop"]
    assert drop["confirm"]["title"]["text"] == "Drop it?"


def test_an_empty_list_says_what_comes_there():
    assert seen(backlog(Backlog(7, "Ready-By", ()))).startswith("Nothing waits for V2 in Ready-By yet.")


def test_a_long_list_says_how_much_it_leaves_out():
    items = [Item(replace(ENTRY, number=n, status=Shelf.WAITING if n < 30 else Shelf.DONE), False) for n in range(60)]
    post = backlog(Backlog(7, "Ready-By", tuple(items)))
    check_post(post)
    assert "and 15 more that wait" in post["text"]
    assert "and 20 more that are settled." in seen(post)


LATERS = st.builds(
    Later,
    number=st.integers(1, 9999),
    title=said(),
    input=said(),
    simpler=said(),
    reason=said(),
    gain=said(),
    cost_weeks=st.tuples(st.floats(0, 1e6), st.floats(0, 1e6)),
    saved_weeks=st.tuples(st.floats(0, 1e6), st.floats(0, 1e6)),
    revisit_when=said(),
    owner=IDS | st.just(""),
    by=IDS,
    at=st.just(ENTRY.at),
    status=st.sampled_from(Shelf),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example])
@given(st.lists(st.builds(Item, LATERS, st.booleans()), max_size=40, unique_by=lambda i: i.entry.number), said())
def test_the_list_stays_within_slacks_limits_whatever_is_in_it(items, name):
    check_post(backlog(Backlog(7, name, tuple(items))))


@settings(max_examples=40, deadline=None)
@given(said())
def test_the_form_takes_any_name(name):
    check_view(keep_modal(7, "0" * 32, name))
