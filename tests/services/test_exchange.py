"""Export and import: a project and its document say the same, and nothing is lost on the way."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.answers import Answer, Mark, Source
from bot.domain.as_snapshot import snapshot_of
from bot.domain.bank import Role
from bot.domain.chronicle import EventType, Followed, Happened, Pulse, Status, Turn
from bot.domain.commitments import Decision, Later, Offer, Shelf, Stand
from bot.domain.findings import Severity
from bot.domain.health import assess
from bot.domain.project import DigestPlan, Handover, Interview, Member, Part, Project, Reply, Stage, Standing, Version
from bot.domain.rules import PULSE
from bot.services.assessing import report
from bot.services.exchange import as_document, read
from bot.services.snapshots import MalformedSnapshot, read_snapshot
from tests.domain.aligned import BANK
from tests.strategies import TEXT, USERS, values

AS_OF = date(2026, 6, 1)
START = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 12_000_000).map(lambda s: START + timedelta(seconds=s))
TS = st.integers(1_700_000_000, 1_800_000_000).map(lambda n: f"{n}.000100")
SOURCES = st.builds(Source, st.just("C0READY"), TS)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
TURNS = st.builds(Turn, st.sampled_from(Status), MOMENTS, USERS, TEXT, st.none() | DAYS)
MARKS = st.sets(st.sampled_from([Mark.VAGUE, Mark.STALE, Mark.GUESS])).map(frozenset)


@st.composite
def answers(draw, question):
    marks = draw(MARKS)
    return Answer(
        draw(values(question)), draw(USERS), draw(MOMENTS), draw(st.none() | SOURCES), marks, draw(st.just("") | TEXT)
    )


@st.composite
def histories(draw):
    """Versions of some answers, oldest first; of each question the last one counts."""
    asked = draw(st.lists(st.sampled_from(BANK.questions), unique_by=lambda q: q.id, max_size=12))
    said = [Version(q.id, a, a.by, a.at) for q in asked for a in draw(st.lists(answers(q), min_size=1, max_size=2))]
    taken_back = draw(st.lists(st.sampled_from(asked), max_size=1)) if asked else []
    end = datetime(2026, 5, 31, 12, tzinfo=UTC)
    return sorted(said, key=lambda v: v.at) + [Version(q.id, None, "U0ANA", end) for q in taken_back]


def followed(draw):
    seen = st.builds(
        Followed,
        detector=st.sampled_from(["launch_at_risk", "feature_hard", "no_decider"]),
        input=st.none() | TEXT,
        severity=st.sampled_from(Severity),
        title=TEXT,
        message=TEXT,
        action=TEXT,
        who=st.lists(USERS, max_size=2).map(tuple),
        reads=st.just(("pm.launch",)),
        turns=st.lists(TURNS, min_size=1, max_size=3).map(tuple),
        announced=st.booleans(),
        card=st.none() | SOURCES,
    )
    return {f.key: f for f in draw(st.lists(seen, max_size=3))}


EVENTS = st.builds(
    Happened,
    type=st.sampled_from(EventType),
    at=MOMENTS,
    by=USERS,
    before=st.none() | DAYS,
    after=st.none() | DAYS,
    user=st.none() | USERS,
    roles=st.lists(st.sampled_from(Role), max_size=2, unique=True).map(tuple),
    sli=st.none() | TEXT,
    input=st.none() | TEXT,
    recheck=st.just(("ml.effort",)),
    resolved=st.booleans(),
)
PULSES = st.builds(
    Pulse,
    number=st.just(0),
    opened_at=st.just(START),
    closes_at=st.just(START),
    statements=st.just(tuple(PULSE)[:4]),
    asked=st.just({Role.PM: "U0ANA", Role.ML: "U0MEI"}),
    answers=st.dictionaries(
        st.sampled_from(Role),
        st.dictionaries(st.sampled_from(list(PULSE)[:4]), st.none() | st.integers(1, 5)),
        max_size=3,
    ),
    closed_at=st.none() | st.just(START),
)


WEEKS = st.tuples(st.integers(0, 20), st.integers(0, 20))
OFFERS = st.builds(
    Offer,
    input=TEXT,
    rule=st.sampled_from(["S0", "S1", "S7"]),
    simpler=TEXT,
    text=TEXT,
    difficulty=st.just("very hard"),
    because=TEXT,
    sooner=TEXT,
    at=MOMENTS,
    stand=st.sampled_from(Stand),
    by=USERS,
    reason=TEXT,
    gain=TEXT,
    agreed=st.lists(USERS, max_size=2).map(tuple),
    card=st.none() | SOURCES,
)
LATER = st.builds(
    Later,
    number=st.just(0),
    title=TEXT,
    input=TEXT,
    simpler=TEXT,
    reason=TEXT,
    gain=TEXT,
    cost_weeks=WEEKS,
    saved_weeks=WEEKS,
    revisit_when=TEXT,
    owner=USERS,
    by=USERS,
    at=MOMENTS,
    status=st.sampled_from(Shelf),
    listed=st.just({"name": "kitchen_load_5min", "window": {"value": 5, "unit": "min"}}),
    surveyed=st.just({}) | st.just({"name": "kitchen_load_5min", "read_ms": 25}),
)
DECISIONS = st.builds(
    Decision,
    number=st.just(0),
    what=TEXT,
    why=TEXT,
    alternatives=TEXT,
    who=st.lists(USERS, max_size=3).map(tuple),
    about=TEXT,
    link=TEXT,
    by=USERS,
    at=MOMENTS,
    supersedes=st.none() | st.just(1),
    withdrawn=st.booleans(),
)


def numbered(some):
    return tuple(replace(one, number=n) for n, one in enumerate(some, 1))


def week(n):
    """Of one project, rounds come one after the other."""
    at = START + timedelta(weeks=n)
    return {"number": n + 1, "opened_at": at, "closes_at": at}


@st.composite
def interviews(draw, role):
    questions = [q.id for q in BANK.of(role)]
    some = st.sampled_from(questions)
    return Interview(
        role,
        card=draw(st.none() | SOURCES),
        place=draw(st.none() | SOURCES),
        asked=draw(st.none() | some),
        asked_at=draw(st.none() | MOMENTS),
        trail=tuple(draw(st.lists(st.tuples(TS, st.none() | some), max_size=3))),
        records=draw(st.dictionaries(some, st.builds(Standing, TS, st.just(""), st.booleans()), max_size=3)),
        skipped=tuple(draw(st.lists(some, max_size=2))),
        handed=draw(st.dictionaries(some, st.builds(Handover, USERS, USERS, MOMENTS), max_size=2)),
        held=tuple(draw(st.lists(st.builds(Reply, TS, USERS, TEXT, MOMENTS), max_size=1))),
    )


@st.composite
def projects(draw):
    """A project with its history, as the database could hold it."""
    versions = draw(histories())
    newest = {v.question: v.answer for v in versions}
    members = draw(st.lists(st.builds(Member, st.sampled_from(Role), USERS, st.sampled_from(Part)), max_size=5))
    project = Project(
        id=draw(st.integers(1, 999)),
        team="T1",
        channel="C0READY",
        private=draw(st.booleans()),
        name=draw(TEXT),
        summary=draw(TEXT),
        started_by="U0ANA",
        started_at=draw(MOMENTS),
        zone="Europe/Zagreb",
        launch=draw(st.none() | DAYS),
        stage=draw(st.sampled_from(Stage)),
        reachable=draw(st.booleans()),
        card=draw(st.none() | SOURCES),
        digest=DigestPlan(draw(st.none() | st.integers(1, 7)), draw(st.integers(0, 23))),
        pulse_weeks=draw(st.sampled_from([None, 1, 2, 4])),
        shared=draw(st.booleans()),
        members=tuple(members),
        interviews={role: draw(interviews(role)) for role in Role},
        answers={id: answer for id, answer in newest.items() if answer},
        events=tuple(sorted(draw(st.lists(EVENTS, max_size=3)), key=lambda e: e.key)),
        followed=followed(draw),
        pulses=tuple(
            replace(p, **week(n), closed_at=p.closed_at and START + timedelta(weeks=n, days=2))
            for n, p in enumerate(draw(st.lists(PULSES, max_size=3)))
        ),
        offers={offer.input: offer for offer in draw(st.lists(OFFERS, max_size=2))},
        later=numbered(draw(st.lists(LATER, max_size=2))),
        decisions=numbered(draw(st.lists(DECISIONS, max_size=2))),
        functions=draw(st.dictionaries(st.sampled_from(["legal", "sre"]), USERS)),
    )
    return project, versions


def in_order(versions):
    """What was said to several questions at one moment has no order."""
    return sorted(versions, key=lambda version: (version.at, version.question))


def through_a_file(document):
    return json.loads(json.dumps(document))


@settings(max_examples=60)
@given(projects())
def test_a_round_trip_loses_nothing(told):
    project, versions = told
    document = through_a_file(as_document(project, versions, BANK, AS_OF))
    found, history = read(document, BANK)
    assert found == project
    assert in_order(history) == in_order(versions)


@settings(max_examples=60)
@given(projects())
def test_the_document_is_judged_as_the_bot_judges_the_project(told):
    project, versions = told
    document = through_a_file(as_document(project, versions, BANK, AS_OF))
    own = assess(snapshot_of(project, AS_OF), BANK)
    assert report(assess(read_snapshot(document, BANK), BANK)) == report(own)


def exported():
    at = datetime(2026, 3, 2, 8, tzinfo=UTC)
    decider = Version("pm.decider", Answer("U0ANA", "U0ANA", at), "U0ANA", at)
    project = Project(
        id=7,
        team="T1",
        channel="C0READY",
        private=False,
        name="Ready-By",
        summary="",
        started_by="U0ANA",
        started_at=at,
        zone="UTC",
        interviews={role: Interview(role) for role in Role},
        answers={"pm.decider": decider.answer},
    )
    return as_document(project, [decider], BANK, AS_OF)


def without(document, part):
    return {key: value for key, value in document.items() if key != part}


@pytest.mark.parametrize(
    ("change", "place", "expected"),
    [
        pytest.param(lambda d: without(d, "project"), "/project", "cannot be imported|not imported", id="a snapshot"),
        pytest.param(lambda d: without(d, "versions"), "/versions", "not imported", id="no history"),
        pytest.param(
            lambda d: {**d, "answers": {**d["answers"], "pm": {"pm.decider": "none"}}},
            "/answers/pm/pm.decider",
            "the same as the rest of the document says",
            id="an answer changed by hand",
        ),
        pytest.param(
            lambda d: {**d, "project": {**d["project"], "state": "asleep"}}, "/project/stage", "candidate", id="a state"
        ),
        pytest.param(
            lambda d: {**d, "versions": {"pm.decider": [{"question": "pm.decider"}]}},
            "/versions/pm.decider/0",
            "required",
            id="half a version",
        ),
    ],
)
def test_a_document_that_cannot_be_imported_says_where_and_why(change, place, expected):
    with pytest.raises(MalformedSnapshot, match=expected) as wrong:
        read(change(exported()), BANK)
    assert wrong.value.pointer.startswith(place)


def changed(place, value):
    """The document with another value at a place, or with none (`...`)."""

    def change(document):
        whole = through_a_file(document)
        *way, last = place
        part = whole
        for step in way:
            part = part[step]
        if value is ...:
            del part[last]
        else:
            part[last] = value
        return whole

    return change


VERSION = ("versions", "pm.decider", 0)


@pytest.mark.parametrize(
    ("place", "value", "expected"),
    [
        (("project", "name"), "Ready\0By", "text without NUL"),
        (("project", "summary"), "\ud800", "text without NUL and half characters"),
        (("project", "digest", "hour"), 10**30, "an hour from 0 to 23"),
        (("project", "pulse_weeks"), 10**30, "a number from 1 to 52"),
        (("project", "started_by"), "U" + "X" * 99, "at most 32 characters"),
        (("project", "interviews", "ml"), ..., "an interview of ml"),
        (("project", "interviews", "ml", "asked"), "ml.gone", "a question of bank version"),
        (("project", "card"), ..., "the same as"),
        ((*VERSION, "at"), "0001-01-01", "a moment with its zone"),
        ((*VERSION, "answer", "at"), "9999-12-31T23:59:59-12:00", "a moment with its zone"),
        ((*VERSION, "answer", "value"), 7, 'a Slack user id or "none"'),
    ],
)
def test_a_document_that_no_bot_has_written_is_refused_with_a_sentence(place, value, expected):
    document = {**changed(place, value)(exported()), "answers": {}, "provenance": {}}
    with pytest.raises(MalformedSnapshot, match=expected):
        read(document, BANK)


def test_a_finding_without_a_history_is_refused():
    finding = {"detector": "x", "input": None, "severity": "high", "title": "", "message": "", "action": "", "who": []}
    document = {**exported(), "findings": [{**finding, "reads": [], "turns": [], "status": "open"}]}
    with pytest.raises(MalformedSnapshot, match="/findings/0/turns: expected at least one"):
        read(document, BANK)


def test_half_given_answers_and_taken_back_ones_are_in_the_history_only():
    at = datetime(2026, 3, 2, 8, tzinfo=UTC)
    half = Answer({"date": "2026-09-01"}, "U0ANA", at, marks=frozenset({Mark.PARTIAL}))
    document = exported()
    project, versions = read(document, BANK)
    project = replace(project, answers={**project.answers, "pm.launch": half})
    told = as_document(project, [*versions, Version("pm.launch", half, "U0ANA", at)], BANK, AS_OF)
    assert "pm.launch" not in told["answers"]["pm"]
    assert read(through_a_file(told), BANK)[0].answers["pm.launch"] == half
