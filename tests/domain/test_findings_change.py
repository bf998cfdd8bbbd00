"""Detectors of change: what happened to the project since the answers were given."""

import pytest

from bot.domain.detectors.change import date_slipped, owner_left, reconfirm_due
from bot.domain.findings import Severity
from tests.domain.aligned import aligned, read, severities

HIGH, MEDIUM = Severity.HIGH, Severity.MEDIUM


def event(type, day, **facts):
    return {"type": type, "date": day, **facts}


def moved(before, after, day="2026-02-28"):
    return event("date_change", day, **{"from": before, "to": after})


def after(*events, **changes):
    return read({**aligned(**changes), "events": list(events)})


@pytest.mark.parametrize(
    ("events", "fires"),
    [
        ([event("date_change", "2026-02-22")], 1),  # 8 days
        ([event("date_change", "2026-02-23")], 0),
        ([event("date_change", "2026-02-01", resolved=True)], 0),
        ([event("scope_change", "2026-02-01"), event("source_change", "2026-02-01")], 2),
        ([event("sla_breach", "2026-02-01", sli="freshness")], 1),
        ([event("launched", "2026-02-01")], 1),
        ([event("left", "2026-02-01", user="U0RAJ")], 1),
        ([event("left", "2026-02-01", user="U0BOB")], 0),
        ([], 0),
    ],
)
def test_answers_wait_for_another_look_for_a_week(events, fires):
    assert severities(reconfirm_due, after(*events)) == [MEDIUM] * fires


def test_the_answers_in_question_are_told_by_role():
    (sign,) = reconfirm_due(after(event("date_change", "2026-02-02")))
    assert sign.say == (
        "The launch date changed on 2 Feb 2026; 4 answers need another look: earlier or better (PM); "
        "weeks for the model (ML); can we build it, weeks to launch (Engineering)."
    )
    assert sign.reads == ("pm.ship_tradeoff", "ml.effort", "eng.feasible", "eng.effort")
    assert sign.who == ("pm", "ml", "eng")


def test_many_answers_in_question_are_only_counted():
    (sign,) = reconfirm_due(after(event("scope_change", "2026-02-02")))
    assert sign.say == (
        "The goal, its user or what is predicted changed on 2 Feb 2026; 7 answers need another look (PM 2, ML 5)."
    )


def test_up_to_five_answers_in_question_are_named():
    hard = {**aligned()["features"][0], "history": "none"}
    document = {**aligned(), "events": [event("date_change", "2026-02-02")], "features": [hard]}
    (sign,) = reconfirm_due(read(document))
    assert "; 5 answers need another look: earlier or better (PM);" in sign.say


def test_answers_that_nobody_gave_need_no_second_look():
    gone = dict.fromkeys(("pm__ship_tradeoff", "ml__effort", "eng__feasible", "eng__effort"))
    assert not [*reconfirm_due(after(event("date_change", "2026-02-02"), **gone))]
    gone.pop("ml__effort")
    (sign,) = reconfirm_due(after(event("date_change", "2026-02-02"), **gone))
    assert "1 answer needs another look: weeks for the model (ML)." in sign.say


def left(user, **facts):
    return event("left", "2026-03-01", user=user, **facts)


@pytest.mark.parametrize(
    ("events", "changes", "say", "who"),
    [
        ([left("U0DEA")], {"pm__decider": "U0DEA"}, "made the final call", ("pm",)),
        ([left("U0DEA")], {"eng__monitor_owner": "U0DEA"}, "watched the monitoring", ()),
        ([left("U0RAJ")], {}, "was the product engineer and watched the monitoring", ()),
        ([left("U0MEI"), left("U0MEI")], {}, "was the ML person", ()),
        ([left("U0BOB")], {}, None, None),
        ([left("U0MEI", resolved=True)], {}, None, None),
        ([event("left", "2026-03-01")], {}, None, None),
    ],
)
def test_somebody_who_owned_a_part_has_left(events, changes, say, who):
    signs = [(sign.severity, sign.say, sign.who) for sign in owner_left(after(*events, **changes))]
    assert signs == ([(HIGH, f"Somebody has left who {say}; no successor is named yet.", who)] if say else [])


@pytest.mark.parametrize(
    ("changes", "reads"),
    [
        ({"pm__decider": "U0MEI"}, ("pm.decider",)),
        ({"eng__monitor_owner": "U0MEI"}, ("eng.monitor_owner",)),
        ({"pm__decider": "U0MEI", "eng__monitor_owner": "U0MEI"}, ("pm.decider", "eng.monitor_owner")),
        ({}, ("people",)),
    ],
)
def test_what_still_has_the_name_of_somebody_who_left_is_read(changes, reads):
    (sign,) = owner_left(after(left("U0MEI"), **changes))
    assert sign.reads == reads


@pytest.mark.parametrize("owner", ["U0BOB", "<@U0BOB>", "<@U0BOB|bob>"])
def test_the_owner_of_an_input_has_left(owner):
    document = {**aligned(), "events": [left("U0BOB")]}
    document["features"][0]["owner"] = owner
    (sign,) = owner_left(read(document))
    assert sign.say == "Somebody has left who owned 'home zip code'; no successor is named yet."
    assert sign.reads == ("eng.input_survey",)


@pytest.mark.parametrize(
    ("moves", "severity", "say"),
    [
        ([("2026-06-01", "2026-06-15")], None, None),  # 14 days
        ([("2026-06-01", "2026-06-16")], MEDIUM, "The launch moved once, by 15 days."),
        (
            [("2026-06-01", "2026-06-08"), ("2026-06-08", "2026-06-15")],
            MEDIUM,
            "The launch moved twice, by 14 days in total.",
        ),
        ([("2026-06-01", "2026-07-14")], HIGH, "The launch moved once, by 43 days."),
        ([("2026-06-01", "2026-06-02")] * 3, HIGH, "The launch moved 3 times, by 3 days in total."),
        ([("2026-06-15", "2026-06-01")] * 3, None, None),
        ([("2026-06-15", "2026-06-15")] * 3, None, None),
        ([("2026-06-15", "2026-06-01"), ("2026-06-01", "2026-06-02")], None, None),
        ([("2026-06-01", "2026-06-08"), ("2026-06-08", "2026-06-01")], None, None),
        ([], None, None),
    ],
)
def test_the_launch_keeps_moving(moves, severity, say):
    signs = [(sign.severity, sign.say) for sign in date_slipped(after(*(moved(*move) for move in moves)))]
    assert signs == ([(severity, say)] if severity else [])


def test_a_move_without_its_dates_is_a_move():
    (sign,) = date_slipped(after(event("date_change", "2026-02-27"), event("date_change", "2026-02-28")))
    assert (sign.severity, sign.say) == (MEDIUM, "The launch moved twice.")


def test_a_move_of_which_only_one_day_is_known_counts_as_a_move():
    half = event("date_change", "2026-02-27", to="2026-07-01")
    (sign,) = date_slipped(after(half, moved("2026-07-01", "2026-07-08")))
    assert (sign.severity, sign.say) == (MEDIUM, "The launch moved twice, by 7 days in total.")


def test_what_is_live_cannot_be_put_off():
    slips = [moved("2026-02-01", "2026-02-10")] * 3
    assert not [*date_slipped(after(*slips, event("launched", "2026-03-01")))]
