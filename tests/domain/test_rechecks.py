"""What puts answers in question, who looks at them again, and when it is over."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain import events, launch, rechecks, rules, telling
from bot.domain import interview as interviews
from bot.domain.answers import UNKNOWN, Answer, Mark, Source
from bot.domain.bank import Role
from bot.domain.chronicle import EventType, Happened
from bot.domain.errors import BotError
from bot.domain.messages import Note, Record
from bot.domain.project import Interview, Member, Part, Stage
from bot.packs.loader import load_bank
from tests.domain import projects
from tests.flow.interviews import VALUES

BANK = load_bank()
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
PM, ML, ENG = "U_PM", "U_ML", "U_ENG"
PEOPLE = dict(zip(Role, (PM, ML, ENG), strict=True))
AFTER_DATE = {"pm.ship_tradeoff", "ml.effort", "eng.feasible", "eng.effort", "eng.input_survey"}


def started(**more):
    members = tuple(Member(role, user, Part.OWNER) for role, user in zip(Role, PEOPLE.values(), strict=True))
    held = {role: Interview(role, place=Source("C1", f"{n}.0")) for n, role in enumerate(Role, 1)}
    return projects.started(NOW, **{"started_by": PM, "members": members, "interviews": held, **more})


def complete(**more):
    """Everything is answered."""
    project = started(**more)
    for id, value in VALUES.items():
        project = project.with_answer(id, Answer(value, PEOPLE[BANK[id].role], NOW))
    return project


def edited(project, question, value, by=None, at=NOW + DAY):
    """Somebody changes an answer; what follows for the others."""
    answer = Answer(value, by or PEOPLE[BANK[question].role], at)
    change = interviews.take(project, BANK, BANK[question], answer)
    return change.then(rechecks.notice, BANK, project, change.versions, at).project


def asked_again(project, at=NOW + DAY):
    return {recheck.question for recheck in rechecks.due(project, BANK, at)}


def moved(project, day, by=PM, because="", at=NOW + DAY):
    change = launch.move(project, BANK, day, because=because, by=by, at=at)
    return change.then(rechecks.notice, BANK, project, change.versions, at)


def notes(change):
    return [saying.message.text for saying in change.says if isinstance(saying.message, Note)]


@pytest.mark.parametrize(
    ("question", "value", "type", "asked"),
    [
        ("pm.launch", {"date": "2026-09-01", "flexibility": "target"}, EventType.DATE_CHANGE, AFTER_DATE),
        ("pm.launch", {"flexibility": "none"}, EventType.DATE_CHANGE, AFTER_DATE),
        ("pm.launch", {"date": "2026-07-01", "flexibility": "fixed"}, None, set()),
        ("pm.user_decision", "Riders wait at the counter until the order is called.", EventType.SCOPE_CHANGE,
         {"pm.success_metric", "pm.success_target", "ml.target", "ml.optimise", "ml.metric_link", "ml.baseline",
          "ml.representative"}),
        ("ml.target", {"predicts": "late or not", "per": "order", "when": "at noon each day"}, EventType.SCOPE_CHANGE,
         {"pm.success_metric", "pm.success_target", "ml.optimise", "ml.metric_link", "ml.baseline",
          "ml.representative"}),
        ("ml.v1", "boosted_trees", None, set()),
    ],
)  # fmt: skip
def test_an_edit_puts_what_builds_on_it_in_question(question, value, type, asked):
    project = edited(complete(), question, value)
    assert [event.type for event in project.events] == ([type] if type else [])
    assert asked_again(project) == asked


def test_an_input_more_is_asked_about_and_what_depends_on_it():
    project = edited(complete(), "ml.inputs", [*VALUES["ml.inputs"], {"name": "weather", "importance": "nice"}])
    (event,) = project.events
    assert (event.type, event.input) == (EventType.FEATURE_ADDED, "weather")
    assert {"ml.latency", "eng.effort", "eng.limits"} <= asked_again(project)


def test_what_is_told_for_the_first_time_is_no_change():
    project = started().with_answer("pm.user_decision", Answer(VALUES["pm.user_decision"], PM, NOW))
    assert edited(project, "pm.user_decision", "Riders wait at the counter until it is called.").events == ()


def test_each_answer_is_over_when_it_was_confirmed_or_changed():
    project = edited(complete(), "pm.launch", {"date": "2026-09-01", "flexibility": "target"})
    for question in ("ml.effort", "eng.effort", "eng.input_survey"):
        by = PEOPLE[BANK[question].role]
        project = rechecks.confirm(project, BANK, question, by=by, at=NOW + 2 * DAY).project
    assert asked_again(project) == {"pm.ship_tradeoff", "eng.feasible"}
    assert not events.over(project, project.events[0])

    project = edited(project, "pm.ship_tradeoff", "wait_for_full", at=NOW + 2 * DAY)
    project = edited(project, "eng.feasible", {"verdict": "yes", "because": "we did it twice"}, at=NOW + 2 * DAY)
    assert asked_again(project) == set()
    assert events.over(project, project.events[0])


def test_an_old_answer_is_young_again_once_it_is_confirmed_and_its_record_says_so():
    limit = rules.CONFIRMED_FOR[BANK["ml.feasibility"].kind]
    late = NOW + limit + DAY
    project = complete()
    project = project.with_interview(project.interviews[Role.ML].standing_at(Source("C1", "5.0"), "ml.feasibility"))
    assert "ml.feasibility" in asked_again(project, late)
    change = rechecks.confirm(project, BANK, "ml.feasibility", by=ML, at=late)

    assert "ml.feasibility" not in asked_again(change.project, late)
    assert change.versions[0].answer.value == VALUES["ml.feasibility"]
    (record,) = [saying.message for saying in change.says if isinstance(saying.message, Record)]
    assert record.told[0].confirmed == late.date()


def test_a_mark_of_age_goes_with_the_confirmation():
    project = complete()
    old = Answer("checked_none", ENG, NOW, marks=frozenset({Mark.STALE}))
    confirmed = rechecks.confirm(project.with_answer("eng.limits", old), BANK, "eng.limits", by=ENG, at=NOW).project
    assert confirmed.answers["eng.limits"].marks == frozenset()


@pytest.mark.parametrize("question", ["ml.effort", "pm.launch"])
def test_what_nobody_doubts_is_not_confirmed(question):
    with pytest.raises(BotError, match="Nobody doubts this one"):
        rechecks.confirm(complete(), BANK, question, by=PM, at=NOW)


def test_moving_the_launch_says_what_moved_why_and_who_looks_again():
    change = moved(complete(), date(2026, 8, 1), by=ENG, because="the contract <!channel> moved")
    (note,) = notes(change)

    assert note.startswith(f"📅 <@{ENG}> moved the launch from 1 Jul 2026 to 1 Aug 2026, because the contract &lt;!")
    assert "the ML person (Weeks for the model), the product engineer (" in note
    assert change.project.answers["pm.launch"].value == {"date": "2026-08-01", "flexibility": "target"}
    assert change.project.answers["pm.launch"].marks == frozenset(), "whoever steers may set it: it is no guess"
    assert asked_again(change.project) == AFTER_DATE
    assert telling.kickoff_card(change.project, BANK).launch == date(2026, 8, 1)


@pytest.mark.parametrize("before", [None, Answer(dict(UNKNOWN), PM, NOW)])
def test_a_date_that_comes_before_the_answer_is_kept_and_the_question_stays_open(before):
    project = started() if before is None else started(answers={"pm.launch": before})
    change = moved(project, date(2026, 8, 1), by=ML)

    assert change.project.answers["pm.launch"].value == {"date": "2026-08-01"}
    assert not change.project.settled("pm.launch")
    assert change.project.launch_day == date(2026, 8, 1)
    assert "How firm it is, the PM says in their thread." in notes(change)[0]
    assert change.project.events == ()


def test_a_date_can_be_dropped_and_come_back():
    dropped = moved(complete(launch=date(2026, 6, 1)), None)
    assert dropped.project.launch_day is None
    assert [(e.before, e.after) for e in dropped.project.events] == [(date(2026, 7, 1), None)]
    again = moved(dropped.project, date(2026, 9, 1), at=NOW + 2 * DAY)
    assert again.project.launch_day == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("day", "say"),
    [(date(2026, 7, 1), "is 1 Jul 2026 already"), (date(2026, 3, 2), "has passed. .*`/align launched 2026-03-02`")],
)
def test_a_date_that_stands_or_has_passed_is_refused(day, say):
    with pytest.raises(BotError, match=say):
        moved(complete(), day)


@pytest.mark.parametrize(
    ("day", "on"),
    [(None, date(2026, 3, 2)), (date(2026, 3, 2), date(2026, 3, 2)), (date(2026, 2, 20), date(2026, 2, 20))],
)
def test_it_is_live_since_today_or_a_day_that_has_passed(day, on):
    change = launch.launched(complete(), BANK, day, by=PM, at=NOW)
    (event,) = change.project.events

    assert change.project.stage is Stage.LAUNCHED
    assert (event.type, event.at.date()) == (EventType.LAUNCHED, on)
    assert event.recheck == ("eng.slos", "eng.monitoring", "eng.monitor_owner")
    assert "🚀" in notes(change)[0]


def test_it_goes_live_once_and_not_in_the_future():
    live = launch.launched(complete(), BANK, None, by=PM, at=NOW).project
    with pytest.raises(BotError, match="is live already"):
        launch.launched(live, BANK, None, by=PM, at=NOW)
    with pytest.raises(BotError, match=r"is still to come\. `/align date 2026-03-03`"):
        launch.launched(complete(), BANK, date(2026, 3, 3), by=PM, at=NOW)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_day_long_ago_is_a_slip_of_the_hand(zone):
    with pytest.raises(BotError, match="0001-01-01 is long ago"):
        launch.launched(complete(zone=zone), BANK, date(1, 1, 1), by=PM, at=NOW)


def test_what_is_paused_stays_paused_though_it_is_live():
    live = launch.launched(complete(stage=Stage.PAUSED), BANK, None, by=PM, at=NOW).project
    assert (live.stage, launch.went_live(live)) == (Stage.PAUSED, True)


def test_another_source_puts_the_row_and_what_builds_on_it_in_question():
    change = rechecks.source_changed(complete(), BANK, "average location", by=ML, at=NOW + DAY)
    assert asked_again(change.project) == {
        "eng.input_survey",
        "ml.representative",
        "eng.skew_plan",
        "eng.latency_budget",
    }
    assert notes(change)[0].startswith("🔁 <@U_ML> says that the source of “average location” has changed.")
    with pytest.raises(BotError, match="no longer on the list"):
        rechecks.source_changed(complete(), BANK, "nothing", by=ML, at=NOW)


@pytest.mark.parametrize(
    ("user", "roles", "empty"),
    [(ENG, [Role.ENG], (Role.ENG,)), (ENG, list(Role), (Role.ENG,)), (ML, list(Role), (Role.ML,))],
)
def test_whoever_leaves_leaves_what_they_own_to_be_looked_at(user, roles, empty):
    project = rechecks.leave(complete(), BANK, user, roles, by=PM, at=NOW + DAY)
    (event,) = project.events
    own = {q.id for q in BANK.questions if PEOPLE[q.role] == user and q.id in VALUES}

    assert (event.user, event.roles) == (user, empty)
    assert own <= set(event.recheck)


def test_whoever_keeps_another_role_has_not_left():
    members = (*started().members[:2], Member(Role.ENG, ML, Part.OWNER))
    project = rechecks.leave(_held_by(members), BANK, ML, [Role.ENG], by=PM, at=NOW + DAY)
    (event,) = project.events

    assert (event.user, event.roles) == (None, (Role.ENG,))
    assert {BANK[id].role for id in event.recheck} == {Role.ENG}


def _held_by(members):
    project = complete()
    given = {id: Answer(a.value, ML if BANK[id].role is Role.ENG else a.by, NOW) for id, a in project.answers.items()}
    return replace(project, members=members, answers=given)


def test_whoever_owned_nothing_leaves_no_trace():
    project = complete().with_member(Member(Role.ENG, "U_NEW", Part.CONTRIBUTOR))
    assert rechecks.leave(project, BANK, "U_NEW", [Role.ENG], by=PM, at=NOW + DAY) == project


def test_an_empty_role_keeps_the_event_open_until_somebody_follows():
    project = rechecks.leave(started(), BANK, ENG, [Role.ENG], by=PM, at=NOW)
    (event,) = project.events
    gone = replace(project, members=project.members[:2])
    assert not events.over(gone, event)
    assert events.over(gone.with_member(Member(Role.ENG, "U_NEW", Part.OWNER)), event)


def test_an_event_that_is_said_to_be_over_asks_for_nothing():
    event = Happened(EventType.SOURCE_CHANGE, NOW + DAY, input="zip", recheck=("ml.effort",), resolved=True)
    assert asked_again(complete(events=(event,))) == set()
