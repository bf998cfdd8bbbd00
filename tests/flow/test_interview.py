"""Whole interviews, over HTTP: by reply, by control and form, in one go; and what they end with."""

import pytest

from bot.domain.bank import Role
from tests.flow.interviews import BANK, TYPED, VALUES, Talk


@pytest.fixture
def pm(kickoff):
    return Talk(kickoff, "pm")


@pytest.fixture
def ml(kickoff):
    return Talk(kickoff, "ml")


@pytest.fixture
def eng(kickoff):
    return Talk(kickoff, "eng")


def of(role):
    return {q.id for q in BANK.questions if q.id.startswith(role)}


def as_stored(id):
    """Typed lines hold what every line needs; what is optional comes by the form."""
    value = VALUES[id]
    if id == "ml.inputs":
        return [{name: part for name, part in row.items() if name != "window"} for row in value]
    if id == "eng.input_survey":
        return [{name: part for name, part in row.items() if name != "read_ms"} for row in value]
    return value


async def test_all_three_answer_everything_by_reply_and_the_kickoff_is_complete(pm, ml, eng, kickoff):
    for talk in (pm, ml, eng):
        await talk.types_all()

    project = await pm.project()
    assert {id: answer.value for id, answer in project.answers.items()} == {id: as_stored(id) for id in VALUES}
    assert all(interview.done for interview in project.interviews.values())
    assert "Kickoff complete" in kickoff.slack.messages("ready-by")[0].plain


async def test_all_three_answer_everything_by_controls_and_forms(pm, ml, eng, kickoff):
    for talk in (pm, ml, eng):
        await talk.fills_all()

    project = await pm.project()
    assert {id: answer.value for id, answer in project.answers.items()} == VALUES
    assert "Kickoff complete" in kickoff.slack.messages("ready-by")[0].plain
