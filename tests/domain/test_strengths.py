"""What is praised: the trade that PM and ML agree on, the walk through production data, a simple start."""

import pytest

from bot.domain.detectors.registry import strengths
from bot.domain.detectors.strengths import good_baseline_first, good_data_survey, good_metric_link, good_tradeoff
from tests.domain.aligned import aligned, case, read
from tests.domain.inputs import plain

UNKNOWN = {"unknown": True}
PRICED = {"gain": "8 % more found", "extra_weeks": 6}


def answers(**given):
    """Without those that nobody gave."""
    return {id: value for id, value in given.items() if value is not None}


@pytest.mark.parametrize(
    ("wish", "v1", "gain", "good"),
    [
        ("simple_first", "rule", None, True),
        ("simple_first", "simple_model", None, True),
        ("depends_on_gap", "boosted_trees", None, True),
        ("depends_on_gap", "pretrained_api", None, True),
        ("depends_on_gap", "deep_or_ensemble", PRICED, True),
        ("depends_on_gap", "deep_or_ensemble", None, False),
        ("depends_on_gap", "deep_or_ensemble", UNKNOWN, False),
        ("depends_on_gap", "deep_or_ensemble", {"gain": "better", "extra_weeks": 6}, False),
        ("depends_on_gap", "deep_or_ensemble", {"gain": "8 % more found"}, False),
        ("simple_first", "deep_or_ensemble", PRICED, False),
        ("wait_for_full", "deep_or_ensemble", PRICED, False),
        ("wait_for_full", "rule", None, False),
        ("not_discussed", "rule", None, False),
        ("simple_first", "not_decided", None, False),
        (UNKNOWN, "rule", None, False),
        ("simple_first", UNKNOWN, None, False),
        ("simple_first", None, None, False),
    ],
)
def test_an_earlier_launch_has_a_price_on_which_pm_and_ml_agree(wish, v1, gain, good):
    praise = good_tradeoff(case(**answers(pm__ship_tradeoff=wish, ml__v1=v1, ml__v1_gain=gain)))
    assert praise == ("PM and ML agree what to trade for an earlier launch." if good else None)


@pytest.mark.parametrize(
    ("changes", "inputs", "good"),
    [
        ({}, [plain()], True),
        ({"ml__pairing": "fortnightly", "eng__pairing": "weekly"}, [plain()], True),
        ({}, [plain(), {"name": "later", "importance": "nice"}], True),
        ({}, [], False),
        ({}, [plain(), plain(name="y", in_prod="unknown")], False),
        ({}, [plain(source_kind=None)], False),
        ({"ml__surveyed": "in_production_alone"}, [plain()], False),
        ({"ml__surveyed": UNKNOWN}, [plain()], False),
        ({"ml__pairing": "monthly"}, [plain()], False),
        ({"eng__pairing": "never"}, [plain()], False),
        ({"eng__pairing": None}, [plain()], False),
    ],
)
def test_production_data_was_checked_together(changes, inputs, good):
    together = {"ml__surveyed": "in_production_with_engineer", "ml__pairing": "weekly", "eng__pairing": "fortnightly"}
    praise = good_data_survey(case(inputs, **answers(**{**together, **changes})))
    assert praise == ("ML and engineering walked through production data together." if good else None)


@pytest.mark.parametrize(
    ("baseline", "v1", "good"),
    [
        ({"kind": "current_rule", "score": "0.71"}, "rule", True),
        ({"kind": "human", "score": "finds nearly all of them"}, "pretrained_api", True),
        ({"kind": "current_rule", "score": "0.71"}, "deep_or_ensemble", False),
        ({"kind": "current_rule", "score": "0.71"}, "not_decided", False),
        ({"kind": "current_rule", "score": "0.71"}, None, False),
        ({"kind": "current_rule", "score": ""}, "rule", False),
        ({"kind": "current_rule", "score": "tbd"}, "rule", False),
        ({"kind": "current_rule", "score": "not measured yet"}, "rule", False),
        ({"kind": "current_rule"}, "rule", False),
        ({"kind": "none", "score": "0.71"}, "rule", False),
        (UNKNOWN, "rule", False),
        (None, "rule", False),
    ],
)
def test_a_simple_start_with_a_measured_baseline_is_praised(baseline, v1, good):
    praise = good_baseline_first(case(**answers(ml__baseline=baseline, ml__v1=v1)))
    assert praise == ("The simple version comes first, with a measured baseline." if good else None)


def test_what_is_praised_is_told_with_its_title_and_pillar():
    found = strengths(read(aligned(eng__slos=[])))
    assert [(s.detector, s.pillar, s.title, bool(s.message)) for s in found] == [
        ("good_metric_link", "product", "ML's metric is tied to the goal", True),
        ("good_day_zero_monitoring", "sla", "the outcome is watched from day zero", True),
        ("good_tradeoff", "simple", "PM and ML agree what an earlier launch is worth", True),
        ("good_data_survey", "data", "production data was checked together", True),
        ("good_baseline_first", "simple", "simple first, with a baseline", True),
    ]


def test_a_goal_without_a_name_is_the_pms_number():
    praise = good_metric_link(case(ml__metric_link="past_data", pm__measure_how="experiment"))
    assert praise == "ML's metric is tied to the PM's number and will be measured live."
