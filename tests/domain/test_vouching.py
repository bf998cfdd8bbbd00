"""Standing by another's answer: words are clear to another role; a guess is right to the role that can know it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.answers import Answer, Mark
from bot.domain.bank import Role
from bot.domain.errors import BotError
from bot.domain.project import Member, Part
from bot.domain.vouching import clear, confirm
from tests.domain.aligned import BANK
from tests.domain.projects import started

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = AT + timedelta(days=1)
QUESTION = BANK["ml.optimise"]


def project(*marks):
    answer = Answer("accuracy", "MEI", AT, marks=frozenset(marks))
    contributor = Member(Role.ML, "KIM", Part.CONTRIBUTOR)
    return started(AT, answers={QUESTION.id: answer}).with_member(contributor)


@pytest.mark.parametrize("by", ["ANA", "RAJ"])
def test_words_are_clear_once_somebody_of_another_role_says_so(by):
    change = clear(project(Mark.VAGUE, Mark.STALE), BANK, QUESTION, by=by, at=LATER)
    answer = change.project.answers[QUESTION.id]
    assert answer.marks == {Mark.STALE}
    assert (answer.value, answer.by, answer.fresh_at) == ("accuracy", "MEI", AT)
    assert [(v.by, v.at, v.answer) for v in change.versions] == [(by, LATER, answer)]


@pytest.mark.parametrize("by", ["MEI", "KIM", "EVE"])
def test_nobody_of_the_same_role_and_no_stranger_makes_words_clear(by):
    with pytest.raises(BotError, match="another role"):
        clear(project(Mark.VAGUE), BANK, QUESTION, by=by, at=LATER)


def test_the_author_does_not_make_their_own_words_clear_by_holding_a_second_role():
    both = project(Mark.VAGUE).with_member(Member(Role.ENG, "MEI", Part.CONTRIBUTOR))
    with pytest.raises(BotError, match="another role"):
        clear(both, BANK, QUESTION, by="MEI", at=LATER)


@pytest.mark.parametrize("by", ["MEI", "KIM"])
def test_a_guess_counts_and_is_young_again_once_the_role_confirms_it(by):
    change = confirm(project(Mark.GUESS), BANK, QUESTION, by=by, at=LATER)
    answer = change.project.answers[QUESTION.id]
    assert (answer.marks, answer.fresh_at) == (frozenset(), LATER)


@pytest.mark.parametrize("by", ["ANA", "RAJ", "EVE"])
def test_only_the_role_that_can_know_it_confirms_a_guess(by):
    with pytest.raises(BotError, match="ML person"):
        confirm(project(Mark.GUESS), BANK, QUESTION, by=by, at=LATER)


@pytest.mark.parametrize("step", [clear, confirm])
def test_what_needs_no_word_from_anybody_is_left_alone(step):
    with pytest.raises(BotError, match="already"):
        step(project(), BANK, QUESTION, by="ANA", at=LATER)


@pytest.mark.parametrize("step", [clear, confirm])
def test_an_answer_that_was_taken_back_cannot_be_stood_by(step):
    gone = replace(project(Mark.GUESS, Mark.VAGUE), answers={})
    with pytest.raises(BotError, match="taken back"):
        step(gone, BANK, QUESTION, by="RAJ", at=LATER)
