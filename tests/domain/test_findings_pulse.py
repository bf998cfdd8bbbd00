"""Detectors of the pulse: how far the roles are apart, who doubts, who has become silent."""

import pytest

from bot.domain import rules
from bot.domain.bank import Pillar
from bot.domain.detectors.pulse import pulse_drop, pulse_low, pulse_silent, pulse_split, said_vs_felt
from bot.domain.findings import Severity
from bot.domain.health import assess
from bot.services.snapshots import read_snapshot
from tests.domain.aligned import BANK, aligned, read, severities

HIGH, MEDIUM = Severity.HIGH, Severity.MEDIUM
ROLES = ("pm", "ml", "eng")


def round_of(statement, *values, day="2026-03-01"):
    """One statement as PM, ML and engineering read it; a role without a value is absent."""
    answers = {role: {statement: value} for role, value in zip(ROLES, values, strict=False) if value != "absent"}
    return {"date": day, "answers": answers}


def pulse(*rounds, **changes):
    return read({**aligned(**changes), "pulse": list(rounds)})


@pytest.mark.parametrize(
    ("values", "severity", "who"),
    [
        ((5, 2, 4), HIGH, ("ml", "pm")),
        ((4, 3, 2), MEDIUM, ("eng", "pm")),
        ((3, 3, 5), MEDIUM, ("pm", "eng")),
        ((4, 3, 3), None, None),
        ((5, None, 1), HIGH, ("eng", "pm")),
        ((5, None, None), None, None),
        ((5, "absent", "absent"), None, None),
    ],
)
def test_the_spread_between_the_roles_counts(values, severity, who):
    signs = [*pulse_split(pulse(round_of("pulse.date", *values)))]
    assert [(sign.severity, sign.who, sign.pillar) for sign in signs] == (
        [(severity, who, Pillar.SIMPLE)] if severity else []
    )


def test_a_spread_is_told_by_role():
    (sign,) = pulse_split(pulse(round_of("pulse.date", 4, 3, 2)))
    assert sign.say == "PM 4, ML 3, Engineering 2 of 5, so 2 apart, on 'The current date is realistic'."
    assert sign.reads == ("pulse.date",)


def test_only_the_latest_pulse_is_compared():
    old = round_of("pulse.date", 5, 1, 1, day="2026-02-15")
    assert not [*pulse_split(pulse(old, round_of("pulse.goal", 4, 4, 4)))]
    assert [*pulse_split(pulse(round_of("pulse.goal", 4, 4, 4, day="2026-02-01"), old))]


@pytest.mark.parametrize(
    ("values", "severity", "say"),
    [
        (
            (2, 2, 3),
            HIGH,
            "The PM and the ML person doubt the statement 'The current date is realistic' (PM 2, ML 2 of 5).",
        ),
        (
            (3, 3, 1),
            MEDIUM,
            "The product engineer doubts the statement 'The current date is realistic' (Engineering 1 of 5).",
        ),
        ((3, 3, 2), None, None),
        ((1, 1, 1), HIGH, None),
        ((None, None, 1), None, None),
        (("absent", 2, 2), HIGH, None),
    ],
)
def test_doubt_counts_when_it_is_shared_or_strong(values, severity, say):
    signs = [*pulse_low(pulse(round_of("pulse.date", *values)))]
    assert [sign.severity for sign in signs] == ([severity] if severity else [])
    assert say is None or signs[0].say == say


@pytest.mark.parametrize(
    ("earlier", "now", "fires"),
    [
        ((4, 4, 4), (4, 2, 4), True),
        ((4, 4, 4), (4, 3, 4), False),
        ((4, None, 4), (4, 1, 4), False),
        ((1, 1, 1), (5, 5, 5), False),
    ],
)
def test_a_role_loses_confidence(earlier, now, fires):
    said = pulse(round_of("pulse.date", *earlier, day="2026-02-15"), round_of("pulse.date", *now))
    signs = [*pulse_drop(said)]
    assert [(sign.severity, sign.who) for sign in signs] == [(MEDIUM, ("ml",))] * fires
    assert not fires or signs[0].say == "The ML person went from 4 to 2 of 5 on 'The current date is realistic'."


def test_confidence_is_compared_with_the_time_a_role_last_read_the_statement():
    first, other = round_of("pulse.data", 5, 5, 5, day="2026-02-01"), round_of("pulse.goal", 4, 4, 4, day="2026-02-15")
    assert len([*pulse_drop(pulse(first, other, round_of("pulse.data", 5, 3, 5)))]) == 1
    assert not [*pulse_drop(pulse(first, other))]


@pytest.mark.parametrize(
    ("rounds", "silent"),
    [
        ([(4, 4, "absent"), (4, 4, "absent")], ["The product engineer"]),
        ([(4, 4, "absent"), (4, 4, None)], []),
        ([(4, 4, "absent"), (4, 4, 3)], []),
        ([(4, 4, "absent")], []),
        ([(4, 4, 4), (4, "absent", "absent"), (4, "absent", "absent")], ["The ML person", "The product engineer"]),
        ([], []),
    ],
)
def test_a_role_that_missed_two_pulses_is_silent(rounds, silent):
    said = pulse(*(round_of("pulse.goal", *values, day=f"2026-02-0{n + 1}") for n, values in enumerate(rounds)))
    assert [sign.say for sign in pulse_silent(said)] == [f"{who} has not answered the last 2 pulses." for who in silent]


@pytest.mark.parametrize(
    ("rounds", "reads"),
    [
        ([("pulse.date", 4), ("pulse.goal", 3)], ("pulse.goal", "pulse.date")),
        ([("pulse.data", 4), ("pulse.data", 3)], ("pulse.data",)),
    ],
)
def test_a_silent_role_missed_the_statements_that_others_read(rounds, reads):
    said = pulse(*(round_of(statement, mark, mark, "absent") for statement, mark in rounds))
    (sign,) = pulse_silent(said)
    assert sign.reads == reads


def test_where_everybody_was_silent_any_statement_may_have_been_asked():
    nobody = {"date": "2026-02-01", "answers": {}}
    assert {sign.reads for sign in pulse_silent(pulse(nobody, {**nobody, "date": "2026-02-15"}))} == {
        tuple(rules.PULSE)
    }


@pytest.mark.parametrize(
    ("statement", "values", "changes", "who"),
    [
        ("pulse.feasible", (4, 2, 4), {}, ["ml"]),
        ("pulse.feasible", (4, 2, 1), {}, ["ml", "eng"]),
        ("pulse.feasible", (1, 3, 3), {}, []),
        ("pulse.feasible", (4, 2, 4), {"ml__feasibility": "plausible_untested"}, []),
        ("pulse.feasible", (4, 4, 2), {"eng__feasible": {"verdict": "yes_if", "because": "GPUs by May"}}, []),
        ("pulse.feasible", (4, 4, 2), {"eng__feasible": {"unknown": True}}, []),
        ("pulse.date", (4, 4, 2), {}, ["eng"]),
        ("pulse.date", (1, 4, 4), {}, []),
        ("pulse.date", (4, 4, 2), {"pm__launch": {"date": "2026-03-09", "flexibility": "fixed"}}, []),
        ("pulse.date", (4, 4, 2), {"pm__launch": None}, []),
        ("pulse.date", (4, 4, 2), {"ml__effort": None, "eng__effort": None}, []),
        ("pulse.date", (4, 4, 2), {"ml__effort": {"worst": 4}, "eng__effort": None}, []),
    ],
)
def test_what_is_answered_and_what_is_felt_differ(statement, values, changes, who):
    said = pulse(round_of(statement, *values), **changes)
    assert [(sign.severity, *sign.who) for sign in said_vs_felt(said)] == [(MEDIUM, role) for role in who]


def test_the_date_is_no_question_any_more_once_it_is_live():
    document = {**aligned(), "pulse": [round_of("pulse.date", 4, 1, 1)]}
    assert len([*said_vs_felt(read(document))]) == 2
    assert not [*said_vs_felt(read({**document, "events": [{"type": "launched", "date": "2026-03-01"}]}))]


def test_a_reading_against_the_answers_names_both():
    (sign,) = said_vs_felt(pulse(round_of("pulse.feasible", 4, 2, 4)))
    assert sign.say == (
        "The answers say yes, yet in the pulse the ML person gave "
        "2 of 5 to 'Knowing what we know today, we can deliver this'."
    )
    assert sign.reads == ("ml.feasibility", "pulse.feasible")


def test_two_statements_of_one_pillar_cost_as_much_as_one():
    both = {role: {"pulse.goal": value, "pulse.feasible": value} for role, value in zip(ROLES, (5, 3, 3), strict=True)}
    found = assess(read_snapshot({**aligned(), "pulse": [{"date": "2026-03-01", "answers": both}]}, BANK), BANK)
    assert len([f for f in found.findings if f.detector == "pulse_split"]) == 2
    assert [(d.detector, d.points) for d in found.pillars[Pillar.PRODUCT].deductions] == [("pulse_split", 3)]


def test_nothing_is_read_into_a_project_without_pulses():
    for detector in (pulse_split, pulse_low, pulse_drop, pulse_silent, said_vs_felt):
        assert severities(detector, pulse()) == []
