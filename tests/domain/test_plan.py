"""The weeks of work against the days that are left, in exact numbers."""

from decimal import Decimal

import pytest

from bot.domain.inputs import survey
from bot.domain.plan import Effort, Plan, builds, effort
from tests.domain.inputs import AVERAGE_LOCATION, LATEST_LOCATION, ONLINE, plain


def plan(days_left, model=(0, 0), launch=(0, 0), building=()):
    inputs = [survey(plain(name=f"{n}", in_prod="raw", build_weeks=w), ONLINE) for n, w in enumerate(building)]
    parts = (Effort(*map(Decimal, map(str, part))) for part in (model, launch))
    return Plan(days_left, *parts, builds(inputs))


@pytest.mark.parametrize(
    ("model", "launch", "building", "likely", "worst"),
    [
        ((4, 8), (0, 0), (), 4, 8),
        ((4, 8), (3, 6), (), 4, 8),
        ((4, 8), (3, 6), (2,), 5, 9),
        ((4, 8), (3, 6), (1,), 4, 8),
        ((4, 8), (0, 0), (6,), 6, 9),
        ((0, 0), (0.1, 0.1), (0.1, 0.1), Decimal("0.3"), Decimal("0.4")),
    ],
)
def test_ml_works_beside_engineering_which_builds_the_inputs_first(model, launch, building, likely, worst):
    found = plan(100, model, launch, building)
    assert (found.likely, found.worst) == (likely, worst)


@pytest.mark.parametrize(
    ("days", "late", "far_late", "at_worst"),
    [
        (36, False, False, False),
        (35, False, False, False),
        (34, False, False, True),
        (28, False, False, True),
        (27, True, False, True),
        (23, True, False, True),
        (22, True, True, True),
        (0, True, True, True),
        (-1, True, True, True),
    ],
)
def test_work_is_late_only_when_it_takes_more_than_what_is_left(days, late, far_late, at_worst):
    found = plan(days, model=(4, 5))
    assert (found.late, found.far_late, found.late_at_worst) == (late, far_late, at_worst)


def test_far_late_begins_above_a_quarter_more():
    assert not plan(28, model=(5, 5)).far_late
    assert plan(28, model=(5.01, 5.01)).far_late


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"likely": 3, "worst": 5}, (3, 5)),
        ({"likely": 3}, (3, 3)),
        ({"likely": 3, "worst": 2}, (3, 3)),
        ({"worst": 5}, (0, 5)),
        ({"likely": 0.1, "worst": 0.3}, (Decimal("0.1"), Decimal("0.3"))),
        ({}, (0, 0)),
        (None, (0, 0)),
    ],
)
def test_an_effort_is_what_was_said_and_no_more(answer, expected):
    found = effort(answer)
    assert (found.likely, found.worst) == expected
    assert found.given == (expected != (0, 0))


def test_must_haves_that_production_cannot_read_yet_are_built_the_longest_first():
    records = [
        LATEST_LOCATION,
        AVERAGE_LOCATION,
        plain(name="own number", in_prod="raw", build_weeks=2),
        plain(name="read already"),
        {**AVERAGE_LOCATION, "name": "left out", "importance": "should"},
        plain(name="not looked up", in_prod="unknown"),
        plain(name="not looked up, yet priced", in_prod="unknown", build_weeks=1),
    ]
    found = builds(survey(record, ONLINE) for record in records)
    assert [(b.input.name, b.weeks, b.estimate) for b in found] == [
        ("average location, last 5 minutes", 6, True),
        ("own number", 2, False),
        ("most recent location", Decimal("1.5"), True),
        ("not looked up, yet priced", 1, False),
    ]
