"""Earlier or better: what PM and ML have said about it stands side by side, once."""

from dataclasses import replace

import pytest

from bot.domain import tradeoff
from bot.domain.answers import Answer, Mark
from bot.domain.messages import TradeOff, UnderCard
from bot.domain.project import Change, Stage
from tests.domain.hard_inputs import BANK, ML, NOW, PM, started

GAIN = {"gain": "8 % better", "extra_weeks": 4}
DEEP = {"ml.v1": "deep_or_ensemble"}
WHOLE = {**DEEP, "pm.ship_tradeoff": "simple_first", "ml.v1_gain": GAIN}


def saying(project, values, marks=frozenset()):
    after = project
    for id, value in values.items():
        after = after.with_answer(id, Answer(value, project.owner(BANK[id].role), NOW, marks=marks) if value else None)
    return tradeoff.weigh(after, BANK, project)


def test_both_sides_stand_side_by_side_once_both_are_said():
    one = saying(started(), {**DEEP, "pm.ship_tradeoff": "simple_first"})
    assert one.says == ()
    (saying_both,) = saying(one.project, {"ml.v1_gain": GAIN}).says

    assert saying_both.message == TradeOff(1, (PM, ML), "Ship the simpler one first", "8 % better", 4)
    assert saying_both.to == UnderCard(1)
    assert saying_both.once


@pytest.mark.parametrize(
    "values",
    [
        {**WHOLE, "ml.v1": "boosted_trees"},
        {**WHOLE, "pm.ship_tradeoff": {"unknown": True}},
        {**WHOLE, "ml.v1_gain": {"unknown": True}},
        {**WHOLE, "ml.v1_gain": {"not_measured": True}},
        {**WHOLE, "ml.v1": None},
    ],
)
def test_without_both_there_is_nothing_to_weigh(values):
    assert saying(started(), values).says == ()


@pytest.mark.parametrize("mark", [Mark.PARTIAL, Mark.GUESS])
def test_half_an_answer_or_a_guess_is_none(mark):
    known = saying(started(), {**DEEP, "pm.ship_tradeoff": "simple_first"}).project
    assert saying(known, {"ml.v1_gain": GAIN}, frozenset({mark})).says == ()


def test_it_is_said_again_only_when_one_of_the_two_is_another():
    told = saying(started(), WHOLE)
    assert saying(told.project, {"ml.latency": {"value": 5, "unit": "ms"}}).says == ()
    assert saying(told.project, {"pm.ship_tradeoff": "simple_first"}).says == ()
    (again,) = saying(told.project, {"pm.ship_tradeoff": "wait_for_full"}).says
    (better,) = saying(told.project, {"ml.v1_gain": {**GAIN, "extra_weeks": 2}}).says
    assert len({told.says[0].once, again.once, better.once}) == 3


@pytest.mark.parametrize("away", [{"stage": Stage.PAUSED}, {"reachable": False}])
def test_what_nobody_can_be_told_of_is_said_when_it_goes_on(away):
    found = saying(started(**away), WHOLE)
    back = replace(found.project, stage=Stage.ACTIVE, reachable=True)
    assert found.says == ()
    assert len(tradeoff.weigh(back, BANK, found.project).says) == 1
    assert saying(started(stage=Stage.CLOSED), WHOLE).says == ()


def test_a_change_of_something_else_is_not_looked_at():
    before = saying(started(), WHOLE).project
    after = replace(before, name="Other")
    assert tradeoff.weigh(after, BANK, before) == Change(after)
