"""The ladder, the bundle and the caps: a table for each rule, and a life of two years for all of them together."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import calendar
from bot.domain.answers import UNKNOWN, Answer
from bot.domain.bank import Role
from bot.domain.messages import Matter
from bot.domain.project import Handover, Interview, Member, Part, Project, Stage
from bot.domain.reminders import LADDERS, OpenItem, Pinged, Send, Wait, decide, open_items
from bot.packs.loader import load_bank
from tests.domain.test_calendar import at, moments, zones

BANK = load_bank()
ZONE = "Europe/Zagreb"
HERE = ZoneInfo(ZONE)
ASKED = at(ZONE, "2026-03-02 11:00")  # a Monday
ITEM = OpenItem(1, "ml.feasibility", Matter.QUESTION, ASKED, Role.ML)


def live(items, zone, start, days, *, ticks=lambda now, until: until, answered=None):
    """All messages that a person gets when the bot looks at the moments it planned, and at others too."""
    history, sent, now = [], [], start
    while now < start + timedelta(days=days):
        left = [i for i in items if i.since <= now and not (answered and answered(i, now))]
        decision = decide(left, history, zone, now)
        if isinstance(decision, Send):
            history += decision.rules
            sent.append((now, decision))
            now += timedelta(minutes=1)
            continue
        assert decision.until is None or decision.until > now, decision
        later = [i.since for i in items if i.since > now]
        planned = min([*([decision.until] if decision.until else []), *later], default=None)
        if planned is None:
            break
        now = ticks(now, planned)
    return sent


@pytest.mark.parametrize(
    ("now", "says"),
    [
        ("2026-03-02 16:29", None),
        ("2026-03-03 09:29", None),
        ("2026-03-03 09:30", "blocking question, working day 1"),
        ("2026-03-04 12:00", "blocking question, working day 1"),
        ("2026-03-05 09:30", "blocking question, working day 3"),
        ("2026-03-06 15:00", None),
        ("2026-03-07 12:00", None),
        ("2026-03-09 10:00", "blocking question, working day 5"),
        ("2026-06-09 10:00", "blocking question, working day 5"),
    ],
)
def test_a_blocking_question_is_brought_up_after_one_three_and_five_working_days(now, says):
    decision = decide([ITEM], [], HERE, at(ZONE, now))
    assert (decision.rules[0].rule if isinstance(decision, Send) else None) == says


def test_each_step_of_the_ladder_comes_once_and_then_never_again():
    days = [now.astimezone(HERE).date().isoformat() for now, _ in live([ITEM], HERE, ASKED, 365)]
    assert days == ["2026-03-03", "2026-03-05", "2026-03-09"]


@pytest.mark.parametrize("days", [5, 7, 30])
def test_steps_that_were_overslept_are_one_message(days):
    assert len(live([ITEM], HERE, ASKED + timedelta(days=days + 2), 365)) == 1


def test_a_step_overslept_leaves_the_later_ones():
    days = [now.astimezone(HERE).date().isoformat() for now, _ in live([ITEM], HERE, at(ZONE, "2026-03-06 09:00"), 90)]
    assert days == ["2026-03-06", "2026-03-09"]


def test_whoever_is_asked_to_help_is_asked_at_once_in_working_hours_and_once_more():
    asked = replace(ITEM, since=at(ZONE, "2026-03-06 18:00"), matter=Matter.HELP, asked_by="U2", blocking=False)
    sent = live([asked], HERE, asked.since, 90)
    assert [f"{now.astimezone(HERE):%m-%d %H:%M}" for now, _ in sent] == ["03-09 10:00", "03-11 09:30"]
    assert [d.rules[0].rule for _, d in sent] == ["asked to help, working day 0", "asked to help, working day 2"]


def test_who_was_reminded_of_their_own_question_is_still_asked_to_help_with_it():
    history = [Pinged(1, "ml.feasibility", at(ZONE, "2026-03-03 09:30").date(), "blocking question, working day 1")] * 3
    asked = replace(ITEM, since=at(ZONE, "2026-03-04 12:00"), matter=Matter.HELP, asked_by="U2")
    assert isinstance(decide([asked], history, HERE, at(ZONE, "2026-03-04 12:01")), Send)


def test_everything_due_is_one_message_with_the_newest_blocking_first():
    items = [
        replace(ITEM, subject="a", since=ASKED),
        replace(
            ITEM, subject="help", since=ASKED + timedelta(hours=3), matter=Matter.HELP, asked_by="U2", blocking=False
        ),
        replace(ITEM, subject="b", since=ASKED + timedelta(hours=1), project=2),
        replace(ITEM, subject="c", since=ASKED + timedelta(hours=2)),
        replace(ITEM, subject="d", since=ASKED),
    ]
    decision = decide(items, [], HERE, at(ZONE, "2026-03-03 09:30"))
    assert [i.subject for i in decision.items] == ["c", "b", "a", "d", "help"]
    assert [p.subject for p in decision.rules] == ["c", "b", "a", "d", "help"]


def test_one_message_a_day_and_three_in_seven_days():
    items = [replace(ITEM, subject=f"q{n}", since=ASKED + timedelta(days=n)) for n in range(12)]
    sent = [now.astimezone(HERE).date() for now, _ in live(items, HERE, ASKED, 60)]
    assert len(set(sent)) == len(sent)
    assert all(sum(0 <= (day - other).days < 7 for other in sent) <= 3 for day in sent)


@pytest.mark.parametrize(
    ("history", "now", "rule", "until"),
    [
        (0, "2026-03-02 08:00", "outside working hours", "2026-03-02 10:00"),
        (0, "2026-03-02 12:00", "no step of the ladder reached", "2026-03-03 09:30"),
        (1, "2026-03-03 12:00", "one message a day", "2026-03-04 09:30"),
    ],
)
def test_a_wait_says_why_and_until_when(history, now, rule, until):
    past = [Pinged(1, ITEM.subject, at(ZONE, "2026-03-03 09:30").date(), "blocking question, working day 1")] * history
    assert decide([ITEM], past, HERE, at(ZONE, now)) == Wait(at(ZONE, until), rule)


def test_nothing_open_waits_for_a_change():
    assert decide([], [], HERE, ASKED) == Wait(None, "nothing open")


histories = st.lists(
    st.tuples(st.timedeltas(timedelta(0), timedelta(days=40)), st.booleans(), st.integers(1, 3)), min_size=1, max_size=9
)


@settings(max_examples=200)
@given(moments, zones, histories, st.randoms(use_true_random=False))
def test_whatever_happens_nobody_is_written_to_at_night_twice_a_day_or_beyond_the_ladder(start, zone, given_, random):
    items = [
        OpenItem(
            project,
            f"q{n}",
            Matter.HELP if helps else Matter.QUESTION,
            start + after,
            asked_by="U2" if helps else None,
            blocking=not helps,
        )
        for n, (after, helps, project) in enumerate(given_)
    ]
    gone = {item.subject: item.since + timedelta(days=random.random() * 20) for item in items}

    def ticks(now, planned):
        """The clock is late, early, or stands still for a while."""
        return random.choice(
            [planned, planned, planned + timedelta(hours=random.random() * 200), now + (planned - now) / 2]
        )

    sent = live(items, zone, start, 120, ticks=ticks, answered=lambda item, now: now >= gone[item.subject])

    days = [now.astimezone(zone).date() for now, _ in sent]
    assert all(calendar.working_time(now, zone) for now, _ in sent)
    assert len(set(days)) == len(days)
    assert all(sum(0 <= (day - other).days < 7 for other in days) <= 3 for day in days)
    counts = Counter(item for _, decision in sent for item in decision.items)
    assert all(count <= len(LADDERS[item.matter]) for item, count in counts.items())
    assert all(now < gone[item.subject] for now, decision in sent for item in decision.items)


def project_of(**changes):
    members = tuple(Member(role, role.upper(), Part.OWNER) for role in Role)
    interviews = {role: Interview(role) for role in Role}
    whole = Project(1, "T1", "C1", False, "Ready-By", "", "PM", ASKED, ZONE, members=members, interviews=interviews)
    return replace(whole, **changes)


def open_now(project, user="ML"):
    return [item.subject for item in open_items(project, BANK, user, ASKED)]


def test_only_blocking_questions_are_brought_up_and_only_to_the_roles_person():
    project = project_of()
    assert open_now(project)
    assert all(BANK[q].blocking and BANK[q].role is Role.ML for q in open_now(project))
    contributor = replace(project, members=(*project.members, Member(Role.ML, "BOB", Part.CONTRIBUTOR)))
    assert open_now(contributor, "BOB") == []


@pytest.mark.parametrize(
    "change",
    [
        {"stage": Stage.CANDIDATE},
        {"stage": Stage.PAUSED},
        {"stage": Stage.CLOSED},
        {"reachable": False},
        {"members": ()},
    ],
)
def test_a_project_at_rest_reminds_nobody(change):
    assert open_now(project_of(**change)) == []


@pytest.mark.parametrize("value", ["proven_here", dict(UNKNOWN), {"na": True}])
def test_what_was_reacted_to_is_not_brought_up(value):
    project = project_of(answers={"ml.feasibility": Answer(value, "ML", ASKED)})
    assert "ml.feasibility" not in open_now(project)


def test_a_question_that_is_locked_counts_from_its_unlocking():
    assert "eng.input_survey" not in open_now(project_of(), "ENG")
    later = ASKED + timedelta(days=2)
    project = project_of(answers={"ml.inputs": Answer([{"name": "zip"}], "ML", later)})
    item = next(i for i in open_items(project, BANK, "ENG", ASKED) if i.subject == "eng.input_survey")
    assert item.since == later


def test_what_was_handed_over_is_the_helpers_and_no_longer_ones_own():
    project = project_of()
    handed = {"ml.feasibility": Handover("BOB", "ML", ASKED), "no.longer.asked": Handover("BOB", "ML", ASKED)}
    project = project.with_interview(replace(project.interviews[Role.ML], handed=handed))
    project = replace(project, members=(*project.members, Member(Role.ML, "BOB", Part.HELPER)))

    assert "ml.feasibility" not in open_now(project)
    (item,) = open_items(project, BANK, "BOB", ASKED)
    assert (item.subject, item.asked_by, item.blocking) == ("ml.feasibility", "ML", True)
