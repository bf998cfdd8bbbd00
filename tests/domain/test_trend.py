"""Arrows with their causes, the weeks of the chart, and what stands below a digest's post."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.as_snapshot import health_of
from bot.domain.bank import Role
from bot.domain.chronicle import Followed, Pulse, Status, Turn
from bot.domain.details import largest_split
from bot.domain.findings import Severity
from bot.domain.messages import Week
from bot.domain.overview import due_day, wanted
from bot.domain.trend import RULES_CHANGED, charted, in_a_row, trend
from tests.domain.aligned import ALIGNED
from tests.domain.test_calendar import ZONES, at, moments
from tests.domain.test_digest import BANK, FULL, NOW, below, facts, project_of, rows, told

PILLARS = {"product": 20.0, "data": 20.0, "simple": 20.0, "partner": 20.0, "sla": 20.0}


def week_facts(score, state="at_risk", **more):
    return {"state": state, "score": score, "findings": {}, "answers": {}, "rules_version": 1, "known": 1.0} | more


def findings(**severities):
    return {"findings": {key: f"title of {key}" for key in severities}, "severities": severities}


def test_five_points_or_another_state_are_worth_an_arrow():
    assert trend(week_facts(60), week_facts(64)).arrow is None
    assert trend(week_facts(60), week_facts(65)).arrow == 5
    assert trend(week_facts(60), week_facts(55)).arrow == -5
    assert trend(week_facts(79), week_facts(80, "aligned")).arrow == 1
    assert trend(week_facts(79), week_facts(79)).arrow is None


def test_an_arrow_names_what_was_solved_and_what_is_new_the_gravest_first():
    before = week_facts(60, **findings(slow="high"))
    now = week_facts(50, **findings(b="medium", a="medium", grave="critical"))
    assert trend(before, now).causes == ("▼10: new: title of grave; title of a; title of b",)
    assert trend(now, before).causes == ("▲10: solved: title of grave; title of a; title of b",)


def test_points_won_and_points_lost_are_told_apart():
    before = week_facts(60, **findings(slow="high"), pillars=PILLARS | {"sla": 0.0})
    now = week_facts(66, **findings(split="medium"), pillars=PILLARS | {"sla": 10.0, "partner": 10.0})
    moved = trend(before, now)
    assert moved.arrow == 6
    assert moved.causes == ("▲30: solved: title of slow", "▼24: new: title of split")
    assert moved.said == {"slow", "split"}


@pytest.mark.parametrize(
    ("before", "now", "cause"),
    [
        ({"known": 0.5}, {"known": 0.9}, "▲10: more is known"),
        (findings(slow="critical"), findings(slow="high"), "▲10: less severe: title of slow"),
        ({}, {}, "▲10: less counts against it"),
        (findings(slow="high") | {"answers": {"q": "1"}}, {}, "▲10: no longer seen: title of slow"),
    ],
)
def test_an_arrow_without_a_finding_has_a_cause_all_the_same(before, now, cause):
    assert trend(week_facts(60, **before), week_facts(70, **now)).causes == (cause,)


def test_downwards_too():
    assert trend(week_facts(60, known=0.9), week_facts(50, known=0.8)).causes == ("▼10: less is known",)
    worse = trend(week_facts(60, **findings(slow="high")), week_facts(50, **findings(slow="critical")))
    assert worse.causes == ("▼10: more severe: title of slow",)


def test_findings_of_one_detector_are_one_cause():
    now = week_facts(50, **{"findings": {f"unowned:{n}": f"nobody owns it ({n})" for n in "cab"}})
    assert trend(week_facts(60), now).causes == ("▼10: new: nobody owns it (a) and 2 more",)


def test_a_change_of_the_rules_breaks_the_trend_and_says_so():
    moved = trend(week_facts(60), week_facts(90, "aligned", rules_version=2))
    assert (moved.arrow, moved.causes) == (None, (RULES_CHANGED,))
    assert trend({**week_facts(60), "rules_version": 1}, week_facts(90)).arrow == 30


def test_provisional_scores_move_the_trend_while_not_enough_is_known():
    before, now = (week_facts(None, "not_enough_known", provisional=points) for points in (10, 22))
    assert trend(before, now).arrow == 12
    assert trend(week_facts(None, "not_enough_known"), week_facts(60)).arrow is None, "an old row kept none"


def test_a_small_step_from_a_score_that_nobody_saw_is_worth_no_arrow():
    unseen = week_facts(None, "not_enough_known", provisional=27)
    assert trend(unseen, week_facts(28, "misaligned")).arrow is None
    assert trend(unseen, week_facts(71)).arrow == 44


@given(
    st.integers(0, 100),
    st.integers(0, 100),
    st.lists(st.floats(0, 20), min_size=5, max_size=5),
    st.lists(st.floats(0, 20), min_size=5, max_size=5),
)
def test_what_is_won_and_lost_adds_up_to_the_arrow(before, now, old, new):
    moved = trend(
        week_facts(before, pillars=dict(zip(PILLARS, old, strict=True))),
        week_facts(now, pillars=dict(zip(PILLARS, new, strict=True))),
    )
    parts = [cause.partition(":")[0] for cause in moved.causes]
    assert sum(int(part[1:]) * (1 if part[0] == "▲" else -1) for part in parts) == (moved.arrow or 0)


def weeks(*scores, rules=1):
    return [Week(f"2026-W{10 + n}", "at_risk", score, 2, rules) for n, score in enumerate(scores)]


def test_a_chart_begins_with_the_third_week_and_holds_twelve():
    assert charted(weeks(50, 60)) == ()
    assert len(charted(weeks(50, 60, 70))) == 3
    assert [week.score for week in charted(weeks(*range(20)))] == list(range(8, 20))


def test_a_chart_holds_only_weeks_that_can_be_compared():
    changed = [replace(week, rules=2) for week in weeks(1, 2, 3, 4)[1:]]
    assert charted([*weeks(1), *changed]) == tuple(changed)
    assert charted([*weeks(1, 2, 3), replace(weeks(1)[0], rules=2)]) == ()
    assert charted(weeks(None, 2, 3)) == ()


def test_digests_with_one_state_are_counted():
    three = weeks(1, 2, 3)
    assert in_a_row(three) == 3
    assert in_a_row([*three, replace(three[0], state="aligned")]) == 1


# ---- the rest of the week


def test_the_largest_split_of_the_latest_pulse_is_explained_by_its_lowest_reader():
    marks = {
        Role.PM: {"pulse.date": 4, "pulse.goal": 5},
        Role.ML: {"pulse.date": 3, "pulse.goal": None},
        Role.ENG: {"pulse.date": 1, "pulse.goal": 3},
    }
    pulse = Pulse(2, NOW, NOW, ("pulse.date", "pulse.goal"), {}, marks, closed_at=NOW)
    split = largest_split(project_of(FULL, pulses=(pulse,)), NOW)
    assert split.statement == "The current date is realistic."
    assert split.marks == ((Role.PM, 4), (Role.ML, 3), (Role.ENG, 1))
    assert split.person == "ENG"
    running = replace(pulse, number=3, closed_at=None)
    assert largest_split(project_of(FULL, pulses=(running,)), NOW) is None
    agreed = replace(pulse, answers={role: {"pulse.date": 4} for role in Role})
    assert largest_split(project_of(FULL, pulses=(pulse, agreed)), NOW) is None


def test_a_split_that_the_post_asks_about_is_not_told_again_in_its_thread():
    marks = {Role.PM: {"pulse.date": 5, "pulse.goal": 5}, Role.ML: {"pulse.date": 5}, Role.ENG: {"pulse.date": 1}}
    pulse = Pulse(2, NOW, NOW, ("pulse.date", "pulse.goal"), {}, marks, closed_at=NOW)
    project = project_of(FULL, pulses=(pulse,))
    assert any("The current date is realistic" in ask.text for ask in told(project).asks)
    assert below(project).split is None
    assert largest_split(project, NOW) is not None


def test_one_thing_to_say_of_several_statements_is_one_ask():
    marks = {
        role: dict.fromkeys(("pulse.date", "pulse.goal"), mark) for role, mark in zip(Role, (5, 5, 1), strict=True)
    }
    pulse = Pulse(2, NOW, NOW, ("pulse.date", "pulse.goal"), {}, marks, closed_at=NOW)
    split = [ask for ask in told(project_of(FULL, pulses=(pulse,))).asks if "4 apart" in ask.text]
    assert [ask.text.endswith(", and so for 1 more.") for ask in split] == [True]


def test_an_answer_that_is_old_is_open_again_with_its_age():
    project = project_of(FULL)
    project = project.with_answer("ml.surveyed", replace(project.answers["ml.surveyed"], at=NOW - timedelta(days=50)))
    thread = below(project)
    assert [(old.title, old.role, old.days) for old in thread.old] == [("Where we checked", Role.ML, 50)]
    assert thread.rechecks == (((Role.ML,), 1),)


def test_one_person_in_two_roles_is_counted_once():
    project = project_of(FULL)
    old = {id: replace(a, at=NOW - timedelta(days=100)) for id, a in project.answers.items()}
    project = replace(project, answers=old, members=tuple(replace(m, user="ONE") for m in project.members))
    (only,) = below(project).rechecks
    assert only == ((Role.PM, Role.ML, Role.ENG), len([q for q in project.required(BANK)]))


def test_reasons_keep_back_what_waits_for_the_other_side():
    secret = {"pm.response_time": {"value": 123, "unit": "ms"}, "eng.latency_budget": {"value": 456, "unit": "ms"}}
    blind = project_of({id: value for id, value in FULL.items() if id != "ml.latency"} | secret)
    reasons = below(blind).reasons
    assert any(reason.endswith("shown when both sides have answered") for reason in reasons)
    assert "123" not in repr(reasons)


def test_pillars_are_told_only_beside_a_score():
    assert below(project_of({})).pillars == ()
    assert dict(below(project_of(FULL)).pillars)["Production data"] == 20


def seen(days, *, severity=Severity.HIGH, status=Status.OPEN, until=None, detector="no_decider"):
    turns = (Turn(Status.OPEN, NOW - timedelta(days=days)), *([Turn(status, NOW, until=until)] if status else []))
    return Followed(detector, None, severity, "t", "m", "a", ("pm",), (), turns)


def test_the_age_of_the_oldest_open_high_finding_is_told():
    aged = {"a": seen(9), "b": seen(30, severity=Severity.MEDIUM), "c": seen(40, status=Status.RESOLVED)}
    assert below(project_of(FULL, followed=aged)).oldest == 9
    assert below(project_of(FULL)).oldest is None


def test_what_the_team_lives_with_is_asked_again_only_when_its_time_is_over():
    answers = FULL | {"pm.decider": "none"}
    accepted = seen(5, status=Status.ACCEPTED, until=NOW.date())
    project = project_of(answers, followed={"no_decider": accepted})
    assert told(project).asks == ()
    assert [ask.title for ask in told(project, now=NOW + timedelta(days=1)).asks] == ["nobody decides"]


def test_what_the_team_lives_with_is_the_last_cause_and_says_so():
    clash = {"pm.ship_tradeoff": "simple_first", "ml.v1": "deep_or_ensemble"}
    answers = FULL | clash | {"eng.monitoring": {"when": "none"}}
    accepted = seen(5, status=Status.ACCEPTED, until=NOW.date(), detector="tradeoff_conflict")
    before = told(project_of(answers)).because
    after = told(project_of(answers, followed={"tradeoff_conflict": accepted})).because
    title = "PM and ML plan different first versions"
    assert before.index(title) < len(before) - 1
    assert after[-1] == f"{title}, which you live with"
    assert sorted(after[:-1]) == sorted(cause for cause in before if cause != title)


def test_of_two_findings_as_grave_the_older_one_is_asked_for_first():
    answers = FULL | {"pm.decider": "none", "eng.rollback": "hard"}
    titles = {}
    for older in ("no_decider", "no_way_back"):
        project = project_of(answers, followed={older: seen(9, detector=older)})
        titles[older] = told(project).asks[0].title
    assert titles["no_decider"] != titles["no_way_back"]


def test_one_thing_to_do_for_many_inputs_is_one_ask():
    features = [{**feature, "owner": ""} for feature in ALIGNED["features"][:3]]
    project = project_of(FULL | {id: rows(id, features) for id in ("ml.inputs", "eng.input_survey")})
    (ask,) = wanted(project, BANK, health_of(project, BANK, NOW).findings, NOW)
    assert ask.text == "Nobody owns 'home zip code', and so for 2 more."


@pytest.mark.parametrize(
    ("zone", "now", "day"),
    [
        ("Europe/Zagreb", "2026-03-03 10:00", date(2026, 3, 5)),  # Tuesday: by Thursday
        ("Europe/Zagreb", "2026-03-05 10:00", date(2026, 3, 9)),
        ("Europe/Zagreb", "2026-03-06 10:00", date(2026, 3, 10)),
        ("Europe/Zagreb", "2026-03-07 10:00", date(2026, 3, 10)),
        ("Pacific/Kiritimati", "2026-03-03 10:00", date(2026, 3, 5)),
    ],
)
def test_an_ask_is_due_two_working_days_later(zone, now, day):
    assert due_day(project_of({}, zone=zone), at(zone, now)) == day


@given(moments, st.sampled_from(ZONES))
def test_an_ask_is_never_due_on_a_weekend(moment: datetime, zone):
    day = due_day(project_of({}, zone=zone), moment)
    assert day.weekday() < 5
    assert 2 <= (day - moment.astimezone(ZoneInfo(zone)).date()).days <= 4


def test_answers_newly_in_question_are_news():
    before = facts(project_of(FULL))
    later = NOW + timedelta(days=46)
    message = told(project_of(FULL), before, now=later)
    assert any("answers to look at again" in change for change in message.changed)
    assert not any(
        "look at again" in c for c in told(project_of(FULL), facts(project_of(FULL), later), now=later).changed
    )
