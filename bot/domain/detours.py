"""Ways around an answer, and back: a question is skipped, handed over, taken back; and what came of its posting."""

from dataclasses import replace
from datetime import datetime

from . import telling
from .answers import UNKNOWN, Answer, Source, State
from .bank import Bank, Question, Role
from .interview import advance, next_question, settle
from .project import Change, Handover, Member, Part, Project, Version


def skip(project: Project, bank: Bank, question: Question, at: datetime) -> Change:
    """Leave a question for the end. Blocking ones stay: they are what the kickoff is for."""
    interview = project.interviews[question.role]
    if question.blocking or project.settled(question.id):
        return Change(project)
    skipped = (*(id for id in interview.skipped if id != question.id), question.id)
    interview = replace(interview, skipped=skipped, asked=None if interview.asked == question.id else interview.asked)
    coming = next_question(project.with_interview(interview), bank, question.role)
    if coming is not None and coming.id == question.id:  # the end is here: asking again at once would be nagging
        interview = replace(interview, brought_back=(*interview.brought_back, question.id))
    change = Change(project.with_interview(interview))
    return change.then(advance, bank, at).then(telling.refresh, bank, question.id)


def hand_over(project: Project, bank: Bank, question: Question, *, to: str, by: str, at: datetime) -> Change:
    """Ask somebody else; the interview goes on, the role's person stays accountable and may take it back."""
    interview = project.interviews[question.role]
    before = interview.handed.get(question.id)
    if before is not None and before.to == to:
        return Change(project)
    interview = interview.without(question.id)
    if to != project.owner(question.role):
        interview = replace(interview, handed={**interview.handed, question.id: Handover(to, by, at)})
    asked = None if interview.asked == question.id else interview.asked
    change = Change(project.with_interview(replace(interview, asked=asked)))
    if to not in project.people(question.role):
        change = change.then(_with_helper, Member(question.role, to, Part.HELPER))
    change = change.then(_unknown_to, question, to, by, at)
    return change.then(telling.refresh, bank, question.id).then(advance, bank, at)


def _with_helper(project: Project, helper: Member) -> Change:
    return Change(project.with_member(helper))


def _unknown_to(project: Project, question: Question, to: str, by: str, at: datetime) -> Change:
    """An "I don't know" also says who was asked instead."""
    answer = project.answers.get(question.id)
    if answer is None or answer.state is not State.UNKNOWN:
        return Change(project)
    routed = replace(answer, value={**UNKNOWN, "ask": to}, by=by, at=at)
    return Change(project.with_answer(question.id, routed), (), (Version(question.id, routed, by, at),))


def withdraw(project: Project, bank: Bank, question: Question, *, by: str, at: datetime) -> Change:
    """Take an answer back: the question is open again, where it stands, and is asked anew if nothing else is."""
    if question.id not in project.answers:
        return Change(project)
    interview = project.interviews[question.role].with_edit(question.id)
    after = project.with_answer(question.id, None).with_interview(interview)
    change = Change(after, (), (Version(question.id, None, by, at),))
    return change.then(telling.refresh, bank, question.id).then(advance, bank, at)


def posted(project: Project, bank: Bank, role: Role, question: str | None, place: Source) -> Change:
    """Note that a question (or the goodbye) now stands in Slack; an older message of it points there."""
    interview = project.interviews[role]
    known = bank.by_id.get(question or "")
    says = telling.moved_on(project, known, asked=True) if known else ()
    posting = interview.posting and question != interview.asked
    interview = replace(interview, posting=posting, trail=(*interview.trail, (place.ts, question)))
    return Change(project.with_interview(interview.standing_at(place, *([question] if question else []))), says)


def shown(project: Project, bank: Bank, role: Role, questions: list[str], place: Source) -> Change:
    """Note that a record now stands in Slack."""
    known = [bank[question] for question in questions if question in bank.by_id]
    says = tuple(say for question in known for say in telling.moved_on(project, question, asked=True))
    return Change(project.with_interview(project.interviews[role].standing_at(place, *questions)), says)


def unknown(project: Project, bank: Bank, question: Question, answer: Answer) -> Change:
    """One of the honest ways of not giving a value; who already asked somebody else need not say so again."""
    handed = question.id in project.interviews[question.role].handed
    if handed and project.state(question.id) is State.UNKNOWN and answer.by in project.people(question.role):
        return Change(project)
    return settle(project, bank, question, answer)
