"""When the digest comes, in every zone; what is news in it; who is named; what stays hidden."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import breakdown
from bot.domain.answers import Answer
from bot.domain.bank import Role
from bot.domain.brief import brief
from bot.domain.chronicle import EventType, Happened
from bot.domain.digest import after_week, next_digest, tell, week_of
from bot.domain.overview import panel
from bot.domain.project import DigestPlan, Handover, Interview, Member, Part, Project, Stage
from bot.packs.loader import load_bank
from tests.domain.aligned import ALIGNED
from tests.domain.test_calendar import ZONES, at, here, moments

BANK = load_bank()
NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)
WHO = {"U0ANA": "PM", "U0RAJ": "ENG"}
FLAT = {
    id: WHO.get(v, v) if isinstance(v, str) else v for part in ALIGNED["answers"].values() for id, v in part.items()
}


def rows(question, features=tuple(ALIGNED["features"])):
    names = {field.name for field in BANK[question].fields}
    return [{key: value for key, value in feature.items() if key in names} for feature in features]


FULL = FLAT | {id: rows(id) for id in ("ml.inputs", "eng.input_survey")}


def project_of(answers, at=NOW, **changes):
    members = tuple(Member(role, role.upper(), Part.OWNER) for role in Role)
    given_ = {id: Answer(value, BANK[id].role.upper(), at) for id, value in answers.items()}
    interviews = {role: Interview(role) for role in Role}
    whole = Project(1, "T1", "C1", False, "Ready-By", "", "PM", NOW - timedelta(days=1), "Europe/Zagreb")
    return replace(whole, members=members, interviews=interviews, answers=given_, **changes)


def told(project, *before, now=NOW):
    """The post, after digests with these facts."""
    return tell(project, BANK, before, now)[0]


def below(project, *before, now=NOW):
    """The thread of the post."""
    return tell(project, BANK, before, now)[1]


def facts(project, now=NOW):
    return tell(project, BANK, [], now)[2]


@pytest.mark.parametrize(
    ("zone", "after", "comes", "utc"),
    [
        ("Europe/Zagreb", "2026-03-02 10:00", "2026-03-03 10:00", "2026-03-03 09:00"),
        ("Europe/Zagreb", "2026-03-03 09:59", "2026-03-03 10:00", "2026-03-03 09:00"),
        ("Europe/Zagreb", "2026-03-03 10:00", "2026-03-10 10:00", "2026-03-10 09:00"),
        ("Europe/Zagreb", "2026-03-24 10:00", "2026-03-31 10:00", "2026-03-31 08:00"),  # summer time began
        ("Europe/Zagreb", "2026-10-20 10:00", "2026-10-27 10:00", "2026-10-27 09:00"),
        ("America/New_York", "2026-03-03 10:00", "2026-03-10 10:00", "2026-03-10 14:00"),
        ("Pacific/Pago_Pago", "2026-03-02 10:00", "2026-03-03 10:00", "2026-03-03 21:00"),
        ("Pacific/Kiritimati", "2026-03-02 10:00", "2026-03-03 10:00", "2026-03-02 20:00"),
    ],
)
def test_the_digest_comes_on_tuesday_at_ten_by_the_projects_clock(zone, after, comes, utc):
    found = next_digest(DigestPlan(), zone, at(zone, after))
    assert (here(zone, found), f"{found:%Y-%m-%d %H:%M}") == (comes, utc)


def test_a_digest_that_is_off_never_comes():
    assert next_digest(DigestPlan(None), "UTC", NOW) is None


@given(moments, st.sampled_from(ZONES), st.integers(1, 7), st.integers(0, 23))
def test_one_digest_a_week_at_its_hour_in_any_zone(after, zone, day, hour):
    first = next_digest(DigestPlan(day, hour), zone, after)
    second = next_digest(DigestPlan(day, hour), zone, first)
    clock = first.astimezone(ZoneInfo(zone))

    assert after < first <= after + timedelta(days=7, hours=2)
    assert timedelta(days=6, hours=22) <= second - first <= timedelta(days=7, hours=2)
    assert clock.isoweekday() == day
    assert clock.hour == hour or clock.utcoffset() != (clock - timedelta(hours=3)).utcoffset()  # an hour left out
    assert week_of(first, zone) != week_of(second, zone)


@given(moments, st.sampled_from(ZONES))
def test_the_week_after_is_the_next_one(moment, zone):
    end = after_week(moment, zone)
    assert week_of(end, zone) == week_of(moment, zone) != week_of(end + timedelta(hours=2), zone)


def test_weeks_are_those_of_the_projects_calendar():
    sunday_evening = datetime(2027, 1, 3, 23, tzinfo=UTC)
    assert week_of(sunday_evening, "UTC") == "2026-W53"
    assert week_of(sunday_evening, "Asia/Tokyo") == "2027-W01"


def test_the_first_digest_has_no_news_and_says_what_is_open_with_whom_and_how_long():
    message = told(project_of({}))
    assert (message.state, message.changed, message.score, message.known) == ("not_enough_known", (), None, "0 of 36")
    assert all(q.person == q.role.upper() and q.waited == 1 for q in below(project_of({})).still_open)
    assert message.asks == ()


def test_a_role_that_nobody_has_is_asked_for_at_once_and_a_silent_one_when_its_reminders_are_used_up():
    vacant = project_of({})
    vacant = replace(vacant, members=tuple(m for m in vacant.members if m.role is not Role.ENG))
    assert [(a.text, a.person) for a in told(vacant).asks] == [("Nobody is named as the product engineer yet.", "PM")]
    later = told(project_of({}), now=NOW + timedelta(days=9))
    assert [a.text.split(" yet")[0] for a in later.asks] == ["We have hardly heard from the PM", "We have hardly heard from the ML person"]  # fmt: skip  # noqa: E501


def test_an_aligned_week_without_news_is_one_line():
    project = project_of(FULL)
    assert told(project).state == "aligned"
    assert told(project, facts(project)).nothing_new
    assert not told(project).nothing_new  # nobody has seen the first one


@pytest.mark.parametrize(
    ("change", "news"),
    [
        ({"pm.fallback": "keep_last"}, ("Answered anew: Without a prediction",)),
        ({"pm.fallback": None}, ("1 answer taken back",)),
        (
            {"pm.launch": {"date": "2026-08-01", "flexibility": "target"}},
            ("Launch 1 Jul 2026 → 1 Aug 2026, 31 days later", "Answered anew: Launch date"),
        ),
        (
            {"pm.launch": {"date": None, "flexibility": "none"}},
            ("Launch 1 Jul 2026 → no date", "Answered anew: Launch date"),
        ),
    ],
)
def test_news_is_what_changed_since_the_last_digest(change, news):
    before, later = project_of(FULL), NOW + timedelta(days=7)
    answers = {id: Answer(value, "PM", later) for id, value in change.items() if value is not None}
    after = replace(before, answers={id: a for id, a in before.answers.items() if id not in change} | answers)
    found = told(after, facts(before), now=later).changed
    assert tuple(line for line in found if not line.startswith(("New:", "Solved:"))) == news


def test_findings_come_and_go_as_what_moved_the_score_with_their_names():
    good, bad = project_of(FULL), project_of(FULL | {"ml.latency": {"value": 900, "unit": "ms"}})
    worse, better = told(bad, facts(good)), told(good, facts(bad))
    assert (worse.arrow, better.arrow) == (worse.score - 100, 100 - worse.score)
    assert "new: too slow for the time it is given" in worse.trend[0]
    assert "solved: too slow for the time it is given" in better.trend[0]
    assert not [line for line in (*worse.changed, *better.changed) if "too slow" in line]


def test_a_small_movement_has_no_arrow_and_its_finding_is_a_plain_change():
    weak = FULL | {"pm.measure_how": "offline_only"}  # another pillar is weaker, so a medium finding costs little
    message = told(project_of(weak | {"pm.decider": "none"}), facts(project_of(weak)))
    assert (message.state, message.arrow, message.trend) == ("at_risk", None, ())
    assert "New: nobody decides" in message.changed


def test_a_finding_that_went_with_its_answer_is_not_called_solved():
    bad = project_of(FULL | {"ml.feasibility": "unlikely"})
    gone = replace(bad, answers={id: a for id, a in bad.answers.items() if id != "ml.feasibility"})
    message = told(gone, facts(bad))
    said = " ".join((*message.trend, *message.changed)).casefold()
    assert "solved" not in said
    assert "no longer seen" in said


def test_what_waits_for_the_other_side_is_told_nowhere():
    """The engineer and the PM have answered in secret; the ML person has not."""
    secret = {"pm.response_time": {"value": 123, "unit": "ms"}, "eng.latency_budget": {"value": 456, "unit": "ms"}}
    hidden = project_of({id: v for id, v in FULL.items() if id != "ml.latency"} | secret)
    post, thread, kept = tell(hidden, BANK, [{**facts(project_of({})), "state": "aligned"}], NOW)
    everything = repr(replace(thread, post=replace(post, because=()))) + repr(kept)
    assert "123" not in everything and "456" not in everything  # noqa: PT018
    assert "latency_expectation_gap" not in kept["findings"]
    shown = below(project_of(FULL | secret))
    assert "123" in repr(shown) and "456" in repr(shown)  # noqa: PT018


@pytest.mark.parametrize("seen", ["digest", "status", "why", "brief"])
def test_a_state_names_no_cause_that_waits_for_the_other_side(seen):
    """The ML person has said in secret that they never meet; the engineer has not answered yet."""
    alone = {id: v for id, v in FULL.items() if id != "eng.pairing"} | {"ml.pairing": "never"}
    because = {
        "digest": lambda project: told(project).because,
        "status": lambda project: panel(project, BANK, NOW, None).because,
        "why": lambda project: breakdown.of(project, BANK, NOW).because,
        "brief": lambda project: brief(project, BANK, {}, NOW).because,
    }[seen]
    assert because(project_of(alone)) == ("something that is shown when both sides have answered",)
    assert because(project_of(alone | {"eng.pairing": "never"})) == ("ML and engineering hardly meet",)


def test_three_accounts_stand_side_by_side_once_two_have_spoken():
    alone = below(project_of({"ml.v1": "rule"}))
    assert alone.accounts == ()
    both = below(project_of({"ml.v1": "rule", "pm.ship_tradeoff": "simple_first"}))
    assert [(a.fact, [role for role, _ in a.views]) for a in both.accounts] == [("First version", [Role.PM, Role.ML])]
    assert len(below(project_of(FULL)).accounts) == 4


def test_what_is_live_counts_its_days_and_not_those_to_a_launch():
    week_ago = Happened(EventType.LAUNCHED, NOW - timedelta(days=7), "PM")
    planned, live = project_of(FULL), project_of(FULL, events=(week_ago,))
    assert (told(planned).days_live, told(planned).days_to_launch) == (None, 120)
    assert (told(live).days_live, told(live).days_to_launch) == (7, None)
    assert "Live since 24 Feb 2026" in told(live, facts(planned)).changed
    assert not any("Live since" in line for line in told(live, facts(live)).changed)


def test_another_good_thing_comes_first_each_week():
    project = project_of(FULL)
    firsts = {told(project, now=NOW + timedelta(days=7 * n)).good[0] for n in range(4)}
    assert len(firsts) == 4


ANSWERS = st.fixed_dictionaries({id: st.sampled_from([None, value]) for id, value in FULL.items()})


@given(ANSWERS, st.sampled_from([None, "PM", "ML", "ENG"]))
def test_at_most_three_asks_and_nobody_is_asked_more_than_twice(answers, everybody):
    project = project_of({id: value for id, value in answers.items() if value is not None})
    if everybody:
        project = replace(project, members=tuple(replace(m, user=everybody) for m in project.members))
    message = told(project, now=NOW + timedelta(days=20))
    assert len(message.asks) <= 3
    assert all(count <= 2 for count in Counter(a.person for a in message.asks).values())
    ranks = [["low", "medium", "high", "critical"].index(a.severity) for a in message.asks]
    assert ranks == sorted(ranks, reverse=True)


def test_a_question_in_a_helpers_hands_shows_the_helper_and_counts_from_the_asking():
    project = project_of({})
    handed = {"ml.feasibility": Handover("BOB", "ML", NOW)}
    project = project.with_interview(replace(project.interviews[Role.ML], handed=handed))
    assert next(q for q in below(project).still_open if q.title == BANK["ml.feasibility"].title).person == "BOB"


@pytest.mark.parametrize("stage", Stage)
def test_days_to_launch_are_counted_on_the_projects_calendar(stage):
    project = project_of({"pm.launch": {"date": "2026-03-05", "flexibility": "fixed"}}, stage=stage)
    late = datetime(2026, 3, 3, 23, 30, tzinfo=UTC)  # the fourth in Zagreb
    assert (told(project).days_to_launch, told(project, now=late).days_to_launch) == (2, 1)
