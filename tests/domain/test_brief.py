"""The page about a product: what is known, in people's words, and nothing that is still blind."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.domain.answers import Answer, Mark
from bot.domain.bank import Role
from bot.domain.brief import brief
from bot.domain.chronicle import EventType, Followed, Happened, Status, Turn
from bot.domain.findings import Severity
from bot.domain.project import Member, Part
from bot.services.briefs import as_markdown
from tests.domain.aligned import ALIGNED, BANK
from tests.domain.projects import started

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
NAMES = {"U0ANA": "Ana", "U0MEI": "Mei", "U0RAJ": "Raj"}
RECORD = dict(ALIGNED["features"][0])
PROJECT = started(
    NOW, "UTC", summary="See when food is ready.", members=tuple(map(Member, Role, NAMES, [Part.OWNER] * 3))
)


def said(**answers):
    values = {id.replace("__", "."): value for id, value in answers.items()}
    return replace(PROJECT, answers={id: Answer(value, "U0ANA", NOW) for id, value in values.items()})


def everything():
    by_role = ALIGNED["answers"]
    values = {id: value for role in by_role for id, value in by_role[role].items()}
    return said(
        **{id.replace(".", "__"): value for id, value in values.items()},
        ml__inputs=[RECORD],
        eng__input_survey=[RECORD],
    )


def page(project):
    return brief(project, BANK, NAMES, NOW)


def lines(project, title):
    return {line.title: line.text for part in page(project).parts if part.title == title for line in part.lines}


def test_it_tells_product_success_version_levels_and_decisions_in_this_order():
    assert [part.title for part in page(everything()).parts] == [
        "Product",
        "Success",
        "First version",
        "Service levels and monitoring",
        "Decisions",
    ]


def test_what_is_live_says_since_when():
    assert "Live since" not in lines(everything(), "Product")
    live = replace(everything(), events=(Happened(EventType.LAUNCHED, NOW, "U0ANA"),))
    assert lines(live, "Product")["Live since"] == f"{NOW.day} {NOW:%b %Y}"


def test_a_label_that_only_repeats_the_title_is_left_out():
    said_of = lines(everything(), "First version")
    assert said_of["What is predicted"].startswith("minutes until ready\n")
    assert said_of["Weeks for the model"] == "Likely: 3 weeks\nIf things go badly: 5 weeks"


def test_people_are_named_and_not_called():
    told = page(everything())
    assert [line.text for line in told.people] == ["Ana", "Mei", "Raj"]
    assert lines(everything(), "Decisions") == {"Makes the call": "Ana"}
    assert "<@" not in str(told)


def test_somebody_unknown_is_not_shown_as_an_id():
    assert "U0EVE" not in str(page(said(pm__decider="U0EVE")))


def test_the_inputs_say_where_they_come_from_and_how_hard_they_are():
    [one] = page(everything()).inputs
    assert (one.importance, one.in_production, one.difficulty) == (
        "must-have",
        "A service can read the finished value today",
        "easy",
    )


def test_a_blind_answer_is_not_told_before_the_others_are_in():
    alone = said(eng__latency_budget={"value": 150, "unit": "ms"})
    assert lines(alone, "Service levels and monitoring") == {
        BANK["eng.latency_budget"].title: "answered, shown when both sides are in"
    }


def test_what_is_only_half_said_is_an_open_question():
    half = Answer({"date": "2026-09-01"}, "U0ANA", NOW, marks=frozenset({Mark.PARTIAL}))
    project = replace(PROJECT, answers={"pm.launch": half})
    assert lines(project, "Product") == {}
    assert BANK["pm.launch"].title in lines(project, "Open questions")[Role.PM.label]


def test_what_the_team_lives_with_is_a_decision_with_reason_name_and_end():
    turns = (Turn(Status.OPEN, NOW), Turn(Status.ACCEPTED, NOW, "U0ANA", "Pilot first.", date(2026, 4, 1)))
    hard = Followed("feature_hard", "load", Severity.HIGH, "an input is hard", "…", "…", ("ml",), ("ml.inputs",), turns)
    assert lines(PROJECT.with_followed(hard), "Decisions") == {
        "Lives with: an input is hard (load)": "Pilot first. (Ana, until 1 Apr 2026)"
    }


def test_the_markdown_is_a_page_with_headings_and_a_table():
    text = as_markdown(page(everything()))
    assert text.startswith("# Ready-By\n")
    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        "## Product",
        "## Success",
        "## Inputs",
        "## First version",
        "## Service levels and monitoring",
        "## Decisions",
    ]
    assert (
        "| Input | Importance | Source | In production | Need | Offer | Read time | Owner | Difficulty | Why "
        "| Risk that training differs | To build |"
    ) in text


def test_peoples_words_are_no_markup():
    text = as_markdown(page(replace(PROJECT, name="# [x](y)\n| <b>", summary="*all* `good`")))
    assert text.splitlines()[0] == r"# \# \[x\](y) · \| \<b\>"
    assert r"\*all\* \`good\`" in text


def test_an_input_shows_no_reason_that_would_give_a_blind_time_budget_away():
    whole = everything()
    budget = Answer({"value": 7, "unit": "ms"}, "U0RAJ", NOW)
    slow = replace(whole, answers={**whole.answers, "eng.latency_budget": budget})
    alone = replace(slow, answers={id: answer for id, answer in slow.answers.items() if id != "ml.latency"})

    (kept_back,), (told,) = page(alone).inputs, page(slow).inputs
    assert (kept_back.difficulty, kept_back.reasons) == ("easy", "")
    assert (told.difficulty, told.reasons) == ("hard", "reading it takes more than half of the time budget")
