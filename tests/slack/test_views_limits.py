"""Whatever people type, Slack takes the message, and nobody is called who should not be."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.answers import Answer, State
from bot.domain.bank import Bank, Question, Role, Type
from bot.domain.messages import Ask, Record, StatusPanel, Told
from bot.slack.views import render
from bot.slack.views.modals import (
    RowPage,
    answer_modal,
    kickoff_modal,
    loading_modal,
    one_go_modal,
    pages_of,
    people_modal,
    row_modal,
)
from bot.slack.views.status import help_text, questions, see_all, sentence, status
from tests.slack.block_kit import check_post, check_view, texts_of
from tests.slack.hostile import (
    BANK,
    FINDINGS,
    LINES,
    MESSAGES,
    OPEN,
    QUESTIONS,
    STATES,
    WANTED,
    items,
    said,
    several,
    value_of,
)

EVERY = pytest.mark.parametrize("question", BANK.questions, ids=lambda q: q.id)
PANEL = StatusPanel(7, "Ready-By", "active", "at_risk", ("late",), 55, "31 of 36", (), (), (), None)
often = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example]
)


@often
@given(MESSAGES)
def test_every_message_stays_within_slacks_limits(message):
    check_post(render(message, BANK))


@often
@given(st.builds(StatusPanel, st.just(7), said(), st.just("active"), STATES, several(said(), 2), st.none(),
                 st.just("3 of 36"), several(LINES, 3), several(OPEN, 7), several(WANTED, 7),
                 st.just(datetime(2026, 12, 1, 9, tzinfo=UTC))), items(20), said())  # fmt: skip
def test_what_only_one_person_sees_stays_within_them_too(panel, items, words):
    for post in (status(panel), questions(items), sentence(words), help_text({"status": "shows the state"})):
        check_post(post)


@often
@given(several(FINDINGS, 40))
def test_all_findings_at_once_stay_within_them(cards):
    check_post(see_all(PANEL, cards))


@EVERY
def test_every_question_can_be_asked(question: Question):
    post = render(asked(question), BANK)
    check_post(post)
    assert question.ask in " ".join(texts_of(post["blocks"]))
    assert "Why we ask" in post["text"]


@EVERY
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_every_question_fits_a_modal_whatever_was_answered(question: Question, data):
    value = data.draw(st.none() | value_of(question) | st.just({"unknown": True}))
    row = data.draw(st.none() | st.integers(0, 3)) if question.type is Type.ROWS else None
    subject = data.draw(said())
    view = answer_modal(
        question, BANK, text=data.draw(said()), project=7, value=value, subject=subject, row=row, ping="2026-11-25"
    )
    check_view(view)


@pytest.mark.parametrize("question", [q for q in BANK.questions if q.type is Type.ROWS], ids=lambda q: q.id)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_every_page_of_a_row_fits_a_modal(question: Question, data):
    [given, *_] = data.draw(value_of(question).filter(bool))
    fields = data.draw(st.lists(st.sampled_from(question.fields), unique_by=lambda f: f.name))
    names = data.draw(st.lists(said(), max_size=40))
    page = RowPage(fields, given, data.draw(said()), names, data.draw(st.booleans()), "0" * 32)
    check_view(row_modal(question, BANK, page, text=data.draw(said()), project=7))


@settings(max_examples=40, deadline=None)
@given(st.lists(QUESTIONS, max_size=15, unique_by=lambda q: q.id))
def test_all_in_one_go_shows_at_most_six_inputs_a_page(open_questions):
    pages = pages_of(open_questions)
    assert [q for page in pages for q in page] == [q for q in open_questions if q.type is not Type.ROWS]
    for number, page in enumerate(pages, 1):
        view = one_go_modal(page, BANK, number, len(pages), 7, Role.ML, {})
        check_view(view)
        assert 1 <= sum(block["type"] == "input" for block in view["blocks"]) <= 6


@often
@given(said(), said(), said())
def test_the_other_modals_stay_within_them(name, summary, title):
    check_view(kickoff_modal("C1", name=name, summary=summary, people={Role.PM: "U1"}, launch=date(2027, 3, 1)))
    check_view(people_modal(title, project=7, question="pm.today", suggested="U1", say=summary))
    check_view(loading_modal(title))


def test_six_of_the_longest_answers_fit_one_message():
    long = "word & " * 1400
    texts = (Type.SHORT_TEXT, Type.LONG_TEXT)
    written = [(q, {f.name: long for f in q.fields if f.type in texts} or long) for q in BANK.questions]
    told = [
        Told(q.id, long, State.ANSWERED, value, "U1", long)
        for q, value in written
        if q.type in texts or (q.type is Type.FORM and isinstance(value, dict))
    ]
    assert len(told) > 6
    post = render(Record(7, Role.PM, tuple(told[:6])), BANK)
    check_post(post)
    assert all(BANK[one.question].title in str(post) for one in told[:6])


def test_a_long_answer_says_how_much_is_left_out():
    long = " ".join(f"word{n}" for n in range(1100))
    post = render(Record(7, Role.PM, (Told("pm.user_decision", "Who?", State.ANSWERED, long, "U1"),)), BANK)
    shown = next(said for said in texts_of(post["blocks"]) if said.startswith("word0"))
    head, rest = shown.split("… (")
    assert long.startswith(head)
    assert long[len(head)] == " "
    assert rest == f"{len(long) - len(head):,} more characters, see Edit)"


def test_a_menu_takes_over_when_a_choice_has_many_options():
    base = BANK["pm.fallback"]
    many = Question(**{s: getattr(base, s) for s in base.__slots__} | {"options": base.options * 3})
    post = render(asked(many), Bank(1, (many,)))
    pick = next(block for block in post["blocks"] if block["type"] == "actions")["elements"][0]
    assert (pick["type"], pick["action_id"], len(pick["options"])) == ("static_select", "pick", 18)


def test_answers_in_one_go_start_from_what_is_kept():
    question = BANK["pm.success_metric"]
    kept = Answer({"metric": "late orders"}, "U1", datetime(2026, 11, 25, tzinfo=UTC))
    view = one_go_modal([question], BANK, 1, 1, 7, Role.PM, {question.id: kept})
    values = [block["element"].get("initial_value") for block in view["blocks"] if block["type"] == "input"]
    assert values == ["late orders", None]


def asked(question: Question, **more) -> Ask:
    given = {"number": 3, "total": 12, "minutes_left": 6, "person": "U1"} | more
    return Ask(7, question.role, question.id, question.ask, **given)


def test_a_record_of_too_many_questions_says_that_there_are_more():
    told = tuple(Told(q.id, q.ask, State.UNKNOWN, {"unknown": True}, "U1", suggested="U2") for q in BANK.questions[:11])
    post = render(Record(7, Role.PM, told), BANK)
    check_post(post)
    assert "and 3 more" in post["text"]
    assert "and 3 more" in str(post["blocks"][-1])
