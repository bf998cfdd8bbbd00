"""Who is asked instead, when the two could talk, and what each of them can press."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.answers import UNKNOWN, State
from bot.domain.bank import Role
from bot.domain.messages import Matter, Ping, PingItem, SlotAgreed, WhoElse
from bot.sandbox.controls import controls_in
from bot.slack.controls import Control, read
from bot.slack.views import helping, render
from tests.slack.seeing import BANK, labels, recorded, seen, shown, told

SLOT = datetime(2026, 3, 3, 9, tzinfo=UTC)
WHEN = "Tue 3 Mar 2026, 09:00 UTC"


def asked(**more):
    return recorded(told("pm.today", State.UNKNOWN, UNKNOWN, helper="U3", **{"slot": SLOT, **more}))


def item(**more):
    given = {"matter": Matter.HELP, "asked_by": "U1", "slot": SLOT, "why": "A rule is hard to beat.", **more}
    ping = PingItem(7, "Ready-By", "pm.today", "Today", "What happens today?", Role.PM, 30, 0, link="C1", **given)
    return Ping("U3", date(2026, 3, 3), (ping,))


@pytest.mark.parametrize(
    ("more", "line", "buttons"),
    [
        ({}, f"15 minutes for you two: {WHEN}.", ["Works for me", "Another time", "Not me", "Take it back"]),
        ({"agreed": ("U3",)}, f"{WHEN} · ✓ @raj · @ana still to say.",
         ["Works for me", "Another time", "Not me", "Take it back"]),
        ({"agreed": ("U3", "U1")}, f"{WHEN} · ✓ both.", ["Another time", "Not me", "Take it back"]),
        ({"slot_over": True}, f"15 minutes for you two: was {WHEN}.", ["Another time", "Not me", "Take it back"]),
        ({"slot": None}, "@raj is asked; @ana stays in the loop.", ["Not me", "Take it back"]),
    ],
)  # fmt: skip
def test_a_record_says_who_is_asked_and_when_the_two_could_talk(more, line, buttons):
    assert "@raj is asked; @ana stays in the loop." in shown(asked(**more))
    assert line in shown(asked(**more))
    assert labels(asked(**more)) == ["Edit", *buttons]


def test_the_button_names_the_time_that_it_stood_beside():
    works = next(c for c in controls_in(render(asked(), BANK)["blocks"]) if c.label == "Works for me")
    assert read(works.element) == Control("slot_agree", 7, "pm.today", str(int(SLOT.timestamp())))


def test_the_time_is_read_in_the_zone_of_whoever_reads_it():
    assert f"<!date^{int(SLOT.timestamp())}^{{date_short_pretty}} at {{time}}|{WHEN}>" in render(asked(), BANK)["text"]


@pytest.mark.parametrize(
    ("more", "line", "buttons"),
    [
        ({}, f"15 minutes with @ana: {WHEN}.", ["Answer", "Works for me", "Another time", "Not me"]),
        ({"agreed": ("U1",)}, f"{WHEN} · ✓ @ana.", ["Answer", "Works for me", "Another time", "Not me"]),
        ({"agreed": ("U3",)}, f"{WHEN} · ✓ you.", ["Answer", "Another time", "Not me"]),
        ({"agreed": ("U1", "U3")}, f"{WHEN} · ✓ both.", ["Answer", "Another time", "Not me"]),
        ({"slot_over": True}, f"15 minutes with @ana: was {WHEN}.", ["Answer", "Another time", "Not me"]),
        ({"slot": None}, "@ana hopes that you know", ["Answer", "Not me"]),
    ],
)
def test_who_is_asked_sees_who_asks_and_when_they_could_talk(more, line, buttons):
    assert line in shown(item(**more))
    assert line in render(item(**more), BANK)["text"].replace("<@U1>", "@ana").replace(
        f"<!date^{int(SLOT.timestamp())}^{{date_short_pretty}} at {{time}}|{WHEN}>", WHEN
    )
    assert labels(item(**more)) == buttons


def test_who_is_asked_sees_why_and_what_is_known():
    assert "Why it is asked: A rule is hard to beat. Known so far: A rule" in shown(item(known="A rule"))
    assert "Known so far" not in shown(item())


def test_an_item_that_is_done_offers_nothing():
    assert labels(item(done=True)) == []


def test_both_names_stand_under_what_a_helper_said():
    assert "@ana, asked by @mei" in shown(recorded(told("pm.today", State.ANSWERED, {"now": "rule"}, asked_by="U2")))


@pytest.mark.parametrize(("suggested", "say"), [("U2", "Who else may know? @mei may."), (None, "Who else may know?")])
def test_who_asked_is_told_that_somebody_can_not_help_with_the_picker_beside(suggested, say):
    message = WhoElse(7, "pm.today", "U1", "U3", suggested)
    assert f"@ana: @raj can't help with {BANK['pm.today'].title}. {say}" in shown(message).replace("*", "")
    pickers = ["Ask them", "Someone else who may know"] if suggested else ["Someone who may know"]
    assert labels(message) == pickers


def test_that_a_time_suits_both_is_said_with_both_names():
    assert shown(SlotAgreed("<Today>", ("U1", "U3"), SLOT)).replace("*", "") == (
        f"✓ @ana and @raj: 15 minutes about <Today>, {WHEN}. It suits you both."
    )


@pytest.mark.parametrize(("slot", "start"), [(SLOT, {"initial_date_time": int(SLOT.timestamp())}), (None, {})])
def test_another_time_starts_from_the_one_proposed(slot, start):
    view = helping.move_modal(7, "pm.today", "Today", slot)
    assert view["blocks"][1]["element"] == {"type": "datetimepicker", "action_id": "value", **start}
    assert "15 minutes about “Today”" in seen(view)
