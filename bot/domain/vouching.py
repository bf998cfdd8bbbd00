"""Somebody stands by another's answer: words are clear to them, or what another role guessed is right.

Whoever wrote something finds it clear, so only a person of another role can say so (alignment model, 3.9). A guess
counts once the role that can know it has confirmed it (3.9, authority).
"""

from dataclasses import replace
from datetime import datetime

from . import telling
from .answers import Answer, Mark
from .bank import Bank, Question, Role
from .errors import BotError
from .helping import heard
from .permissions import NotAllowed
from .project import Change, Project, Version


def clear(project: Project, bank: Bank, question: Question, *, by: str, at: datetime) -> Change:
    """ "Clear to me": nobody doubts these words any more, until they are changed. Raises BotError."""
    answer = _answer(project, question)
    if Mark.VAGUE not in answer.marks:
        raise BotError("These words are clear already.")
    others = [role for role in Role if role is not question.role]
    if by == answer.by or not any(by in project.people(role) for role in others):
        raise NotAllowed("Words are clear when somebody of another role says so: one of the other two, please.")
    return _without(project, bank, question, Mark.VAGUE, by, at)


def confirm(project: Project, bank: Bank, question: Question, *, by: str, at: datetime) -> Change:
    """ "That's right": what somebody else guessed is the role's own answer from now on. Raises BotError."""
    answer = _answer(project, question)
    if Mark.GUESS not in answer.marks:
        raise BotError("This one counts already.")
    if by not in project.people(question.role):
        raise NotAllowed(f"Only the {question.role.label} can say that this is right. *Edit* there says otherwise.")
    spoken_for = project.with_interview(heard(project.interviews[question.role], at))
    return _without(spoken_for, bank, question, Mark.GUESS, by, at)


def _answer(project: Project, question: Question) -> Answer:
    answer = project.answers.get(question.id)
    if answer is None or not project.settled(question.id):
        raise BotError("This answer was taken back meanwhile. `/align questions` shows what is open.")
    return answer


def _without(project: Project, bank: Bank, question: Question, mark: Mark, by: str, at: datetime) -> Change:
    before = project.answers[question.id]
    confirmed_at = at if mark is Mark.GUESS else before.confirmed_at  # that words are clear makes them no younger
    answer = replace(before, marks=before.marks - {mark}, confirmed_at=confirmed_at)
    change = Change(project.with_answer(question.id, answer), (), (Version(question.id, answer, by, at),))
    return change.then(telling.refresh, bank, question.id)
