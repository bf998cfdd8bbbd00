"""What leads are told, of which projects, and what never."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.bank import Role
from bot.domain.chronicle import Pulse
from bot.domain.portfolio import Leads, may_be_told, tell_leads
from bot.domain.project import Stage
from tests.domain.aligned import ALIGNED
from tests.domain.test_digest import BANK, FULL, NOW, project_of, rows

LEADS = Leads("T1", "C0LEADS", zone="Europe/Zagreb")
RED = {
    "ml.feasibility": "proven_here",
    "eng.feasible": {"verdict": "no", "because": "no interface"},
    "pm.decider": "U0ANA",
}
HARD = {
    "transform": "window_agg",
    "window": {"value": 5, "unit": "min"},
    "freshness_needed": {"value": 5, "unit": "min"},
    "source": "Order  Events",
    "source_kind": "stream",
    "in_prod": "none",
    "owner": "platform team",
}


def shared(id, answers, **changes):
    return project_of(answers, id=id, name=f"Product {id}", shared=True, **changes)


def told(*projects, before=None, now=NOW):
    return tell_leads(replace(LEADS, read=before or {}), projects, BANK, now)


def said(*projects, **more):
    return told(*projects, **more)[0]


def with_hard_input(id, **facts):
    """A project that waits for a stream."""
    features = [{**ALIGNED["features"][0], **HARD, **facts}, *ALIGNED["features"][1:]]
    return shared(id, FULL | {question: rows(question, features) for question in ("ml.inputs", "eng.input_survey")})


@pytest.mark.parametrize(
    ("change", "may"),
    [
        ({}, True),
        ({"stage": Stage.LAUNCHED}, True),
        ({"shared": False}, False),
        ({"private": True}, False),
        ({"stage": Stage.PAUSED}, False),
        ({"stage": Stage.CLOSED}, False),
    ],
)
def test_only_a_running_project_that_shares_and_is_public_is_told_of(change, may):
    project = replace(shared(1, FULL), **change)
    assert may_be_told(project) is may
    assert (told(project) is not None) is may


def test_a_private_project_leaves_no_trace_among_others():
    secret = replace(shared(2, FULL | RED), private=True, name="Secret")
    message, facts = told(shared(1, FULL), secret)
    assert message.projects == 1
    assert "Secret" not in repr((message, facts))
    assert list(facts["states"]) == ["1"]


def test_states_are_counted_with_the_change_since_the_last_one():
    before = {"states": {"1": "aligned", "2": "aligned", "3": "aligned"}}
    counts = said(shared(1, FULL), shared(2, FULL | RED), shared(3, {}), before=before).counts
    assert [(c.state, c.number, c.change) for c in counts] == [
        ("aligned", 1, -2),
        ("misaligned", 1, 1),
        ("not_enough_known", 1, 1),
    ]
    assert all(c.change == 0 for c in said(shared(1, FULL)).counts), "nothing to compare with"


def test_a_red_project_says_its_cause_the_decision_and_who_decides_until_when():
    (red,) = said(shared(1, FULL | RED)).red
    assert (red.name, red.new, red.cause) == ("Product 1", False, "ML and engineering disagree whether it can be done")
    assert (red.decider, red.by) == ("U0ANA", date(2026, 3, 5))
    assert "all three" in red.decision
    assert "no interface" not in repr(red), "no words of the team's answers"


def test_the_newly_red_come_first():
    before = {"states": {"1": "misaligned", "2": "aligned"}}
    red = said(shared(1, FULL | RED), shared(2, FULL | RED), before=before).red
    assert [(line.name, line.new) for line in red] == [("Product 2", True), ("Product 1", False)]


def test_a_kickoff_that_does_not_close_names_the_role_it_waits_for_and_nobody():
    young, old = shared(1, {}), shared(2, {}, started_at=NOW - timedelta(days=19))
    (line,) = said(young, old).white
    assert (line.name, line.days, line.waits_for) == ("Product 2", 19, "waiting for the ML person")
    vacant = replace(old, members=tuple(m for m in old.members if m.role is not Role.ENG))
    assert said(vacant).white[0].waits_for == "no product engineer named"


def test_what_several_projects_wait_for_is_told_once():
    causes = said(with_hard_input(1), with_hard_input(2, source="order events"), shared(3, FULL)).shared_causes
    assert causes[:2] == (
        "Order  Events: 2 projects wait for it",
        "platform team owns what 2 projects wait for",
    )
    apart = said(with_hard_input(1), with_hard_input(2, source="clicks", owner="web")).shared_causes
    assert not [cause for cause in apart if "wait for" in cause]


def test_a_person_who_owns_what_others_wait_for_is_not_named():
    causes = said(*(with_hard_input(n, owner="<@U0RAJ>") for n in (1, 2))).shared_causes
    assert "One person owns what 2 projects wait for" in causes
    assert "U0RAJ" not in repr(causes)


def test_the_same_weakness_in_several_projects_is_a_shared_cause():
    causes = said(shared(1, FULL | RED), shared(2, FULL | RED)).shared_causes
    assert causes == ("ML and engineering disagree whether it can be done: in 2 projects",)


def test_how_many_people_have_many_open_actions_is_a_number_without_names():
    """Of nine open questions one project leaves the engineer two: two projects make four."""
    message = said(shared(1, {}), shared(2, {}))
    assert message.loaded >= 1
    assert said(shared(1, FULL)).loaded == 0
    assert not any(user in repr(message) for user in ("'PM'", "'ML'", "'ENG'"))


@pytest.mark.parametrize(("day", "shown"), [("2026-03-03", 1), ("2026-04-02", 1), ("2026-04-03", 0), ("2026-03-02", 0)])
def test_launches_of_the_next_thirty_days_are_listed(day, shown):
    project = shared(1, FULL | {"pm.launch": {"date": day, "flexibility": "none"}})
    assert len(said(project).launches) == shown
    assert said(replace(project, stage=Stage.LAUNCHED)).launches == ()


def test_another_good_practice_each_week():
    first, facts = told(shared(1, FULL))
    second, _ = told(shared(1, FULL), before=facts)
    assert first.practice[0] == second.practice[0] == "Product 1"
    assert first.practice[1] != second.practice[1]
    assert said(shared(1, {})).practice is None


def test_neither_scores_nor_marks_of_a_pulse_are_told():
    marks = {Role.PM: {"pulse.date": 5}, Role.ML: {"pulse.date": 1}, Role.ENG: {"pulse.date": 2}}
    pulse = Pulse(1, NOW, NOW, ("pulse.date",), {}, marks, closed_at=NOW)
    message, facts = told(shared(1, FULL | RED, pulses=(pulse,)))
    everything = repr((message, facts))
    assert "score" not in everything
    assert "PM 5" not in everything
    assert "of 5" not in everything


def test_what_waits_for_the_other_side_is_told_to_no_lead():
    secret = {"pm.response_time": {"value": 123, "unit": "ms"}, "eng.latency_budget": {"value": 9, "unit": "ms"}}
    blind = shared(1, {id: value for id, value in FULL.items() if id != "ml.latency"} | secret)
    message, _ = told(blind, shared(2, FULL | RED))
    assert "longer wait" not in repr(message)
    assert "123" not in repr(message)


def test_the_leads_digest_is_planned_once_a_week():
    leads = replace(LEADS, day=2, hour=10).planned(NOW - timedelta(hours=1))
    assert leads.next_at == NOW
    assert replace(leads, week="2026-W10").planned(NOW - timedelta(hours=1)).next_at == NOW + timedelta(days=7)
    assert replace(leads, channel=None).planned(NOW).next_at is None
    assert replace(leads, zone="Asia/Tokyo").planned(NOW).next_at == datetime(2026, 3, 10, 1, tzinfo=UTC)
