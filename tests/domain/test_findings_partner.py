"""Detectors of partnership: several voices, regular meetings, one who decides."""

import pytest

from bot.domain.detectors.partner import feasibility_disputed, no_decider, pairing_disagree, pairing_gap, single_voice
from bot.domain.findings import Severity
from tests.domain.aligned import aligned, case, read, severities

CRITICAL, HIGH, MEDIUM = Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM


@pytest.mark.parametrize(
    ("people", "severity", "say"),
    [
        ({"pm": "U0ANA", "ml": "U0MEI", "eng": "U0RAJ"}, None, ""),
        ({"pm": "U0ANA", "ml": "U0ANA", "eng": "U0RAJ"}, MEDIUM, "the PM and the ML person;"),
        ({"pm": "U0ANA", "ml": "U0RAJ", "eng": "U0RAJ"}, MEDIUM, "the ML person and the product engineer;"),
        ({"pm": "U0ANA", "ml": "U0ANA", "eng": "U0ANA"}, HIGH, "the PM, the ML person and the product engineer;"),
        ({"pm": "U0ANA", "ml": None, "eng": None}, None, ""),
        ({"pm": None, "ml": None, "eng": None}, None, ""),
    ],
)
def test_one_person_speaks_for_several_roles(people, severity, say):
    signs = [*single_voice(read({**aligned(), "people": people}))]
    assert [sign.severity for sign in signs] == ([severity] if severity else [])
    assert all(say in sign.say and "U0" not in sign.say for sign in signs)


@pytest.mark.parametrize(
    ("ml", "eng", "severity", "say", "reads"),
    [
        ("never", "never", HIGH, "ML and engineering have no plan to meet.", ("ml.pairing", "eng.pairing")),
        (
            "weekly",
            "at_handover",
            HIGH,
            "ML and engineering meet only at the hand-over, says engineering.",
            ("eng.pairing",),
        ),
        ("monthly", "monthly", MEDIUM, "ML and engineering meet once a month.", ("ml.pairing", "eng.pairing")),
        ("monthly", "never", HIGH, "ML and engineering have no plan to meet.", ("eng.pairing", "ml.pairing")),
        ("monthly", None, MEDIUM, "ML and engineering meet once a month, says ML.", ("ml.pairing",)),
        ("fortnightly", "weekly", None, "", ()),
        ({"unknown": True}, "weekly", None, "", ()),
        (None, None, None, "", ()),
    ],
)
def test_ml_and_engineering_hardly_meet(ml, eng, severity, say, reads):
    answers = {name: value for name, value in (("ml__pairing", ml), ("eng__pairing", eng)) if value}
    signs = [(sign.severity, sign.say, sign.reads) for sign in pairing_gap(case(**answers))]
    assert signs == ([(severity, say, reads)] if severity else [])


@pytest.mark.parametrize(
    ("ml", "eng", "fires"),
    [
        ("weekly", "monthly", True),
        ("never", "weekly", True),
        ("fortnightly", "at_handover", True),
        ("weekly", "fortnightly", False),
        ("at_handover", "never", False),
        ("weekly", {"unknown": True}, False),
        ("weekly", None, False),
    ],
)
def test_two_accounts_of_the_meetings_are_far_apart(ml, eng, fires):
    answers = {"ml__pairing": ml, **({"eng__pairing": eng} if eng else {})}
    assert severities(pairing_disagree, case(**answers)) == [MEDIUM] * fires


def test_both_accounts_of_the_meetings_are_quoted():
    (sign,) = pairing_disagree(case(ml__pairing="weekly", eng__pairing="never"))
    assert sign.say == "How often do ML and engineering meet? ML says 'weekly or more', engineering says 'not planned'."


@pytest.mark.parametrize(
    ("decider", "say"),
    [
        ("none", "Nobody makes the final call when accuracy, date and cost pull apart."),
        ({"unknown": True}, "Nobody knows who makes the final call when accuracy, date and cost pull apart."),
        ("U0ANA", None),
        (None, None),
    ],
)
def test_somebody_makes_the_final_call(decider, say):
    said = case(**({"pm__decider": decider} if decider else {}))
    assert [(sign.severity, sign.say) for sign in no_decider(said)] == ([(MEDIUM, say)] if say else [])


@pytest.mark.parametrize(
    ("evidence", "verdict", "fires"),
    [
        ("proven_here", "no", True),
        ("promising_prototype", "no", True),
        ("proven_elsewhere", "no", True),
        ("unlikely", "yes", True),
        ("plausible_untested", "no", False),
        ("unlikely", "no", False),
        ("unlikely", "yes_if", False),
        ("proven_here", "not_sure", False),
        ("proven_here", "yes", False),
    ],
)
def test_ml_and_engineering_contradict_each_other(evidence, verdict, fires):
    said = case(ml__feasibility=evidence, eng__feasible={"verdict": verdict, "because": "no room on the device"})
    assert severities(feasibility_disputed, said) == [CRITICAL] * fires


def test_one_voice_alone_is_no_dispute():
    assert severities(feasibility_disputed, case(eng__feasible={"verdict": "no", "because": "no GPU"})) == []


def test_a_yes_needs_no_reason_to_be_a_dispute():
    (sign,) = feasibility_disputed(case(ml__feasibility="unlikely", eng__feasible={"verdict": "yes"}))
    assert sign.say == "ML says 'unlikely'; engineering says 'yes'."


def test_a_dispute_quotes_the_blocker():
    disputed = case(ml__feasibility="proven_here", eng__feasible={"verdict": "no", "because": "the app can't call out"})
    (sign,) = feasibility_disputed(disputed)
    assert sign.say == "ML says 'works on our own data'; engineering says 'no': 'the app can't call out'."
