"""Ways around an answer, and back: a question is skipped, handed over, taken back; and what came of its posting."""

from dataclasses import replace
from datetime import datetime

from . import telling
from .answers import UNKNOWN, Answer, Source, State
from .bank import Bank, Question, Role
from .errors import BotError
from .helping import unhelped
from .interview import advance, next_question, settle
from .messages import InInterview, Saying, WhoElse
from .permissions import NotAllowed
from .project import Change, Handover, Member, Part, Project, Version
from .roles import THE


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


def hand_over(
    project: Project, bank: Bank, question: Question, *, to: str, by: str, at: datetime, slot: datetime | None = None
) -> Change:
    """Ask somebody else; the interview goes on, the role's person stays accountable and may take it back.

    `slot`: when the two of them could talk.
    """
    interview = project.interviews[question.role]
    before = interview.handed.get(question.id)
    if before is not None and before.to == to:
        return Change(project)
    refused = {**interview.refused, question.id: tuple(u for u in interview.refused.get(question.id, ()) if u != to)}
    interview = replace(interview.without(question.id), refused={id: who for id, who in refused.items() if who})
    if to != project.owner(question.role):
        interview = replace(interview, handed={**interview.handed, question.id: Handover(to, by, at, slot)})
    asked = None if interview.asked == question.id else interview.asked
    change = Change(project.with_interview(replace(interview, asked=asked)))
    if to not in project.people(question.role):
        change = change.then(_with_helper, Member(question.role, to, Part.HELPER))
    change = change.then(_unknown_to, question, to, by, at)
    return change.then(telling.refresh, bank, question.id).then(advance, bank, at)


def _with_helper(project: Project, helper: Member) -> Change:
    return Change(project.with_member(helper))


def _unknown_to(project: Project, question: Question, to: str | None, by: str, at: datetime) -> Change:
    """An "I don't know" also says who was asked instead."""
    answer = project.answers.get(question.id)
    if answer is None or answer.state is not State.UNKNOWN:
        return Change(project)
    routed = replace(answer, value={**UNKNOWN, **({"ask": to} if to else {})}, by=by, at=at)
    return Change(project.with_answer(question.id, routed), (), (Version(question.id, routed, by, at),))


def refuse(project: Project, bank: Bank, question: Question, *, by: str, at: datetime) -> Change:
    """ "Not me": whoever asked is told, and asks somebody else. Raises BotError."""
    interview = project.interviews[question.role]
    handover = interview.handed.get(question.id)
    if handover is None or by != handover.to:
        with_whom = f"<@{handover.to}> is asked this one" if handover else "Nobody else is asked this any more"
        raise NotAllowed(f"{with_whom}, so there is nothing for you to refuse.")
    names = tuple(dict.fromkeys((*interview.refused.get(question.id, ()), by)))
    after = project.with_interview(replace(interview, refused={**interview.refused, question.id: names}))
    change = Change(after).then(_back, question, handover).then(_unknown_to, question, None, handover.by, at)
    return change.then(_who_else, question, handover).then(telling.refresh, bank, question.id).then(advance, bank, at)


def _back(project: Project, question: Question, handover: Handover) -> Change:
    """A question is nobody else's any more; who helped with nothing else there has no part in it."""
    interview = project.interviews[question.role].without(question.id)
    helps = any(other.to == handover.to for other in interview.handed.values()) or any(
        answer.by == handover.to and id in interview.helped for id, answer in project.answers.items()
    )
    gone = Member(question.role, handover.to, Part.HELPER)
    members = tuple(member for member in project.members if helps or member != gone)
    return Change(replace(project, members=members).with_interview(interview))


def _who_else(project: Project, question: Question, handover: Handover) -> Change:
    suggested = telling.suggested_helper(project, question)
    message = WhoElse(project.id, question.id, handover.by, handover.to, suggested)
    return Change(project, (Saying(message, InInterview(project.id, question.role)),))


def take_back(project: Project, bank: Bank, question: Question, *, by: str, at: datetime) -> Change:
    """A question that somebody else was asked is the role's again, and open. Raises BotError."""
    handover = project.interviews[question.role].handed.get(question.id)
    if handover is None:
        raise BotError("Nobody else is asked this any more, so there is nothing to take back.")
    if by != handover.by and by not in project.people(question.role):
        raise NotAllowed(f"<@{handover.by}> asked, so <@{handover.by}> or {THE[question.role]} can take it back.")
    change = Change(project).then(_back, question, handover)
    if project.state(question.id) is State.UNKNOWN:  # to take it back is to know more than "I don't know"
        open_again = change.project.with_answer(question.id, None)
        change = Change(open_again, (), (Version(question.id, None, by, at),))
    return change.then(telling.refresh, bank, question.id).then(advance, bank, at)


def withdraw(project: Project, bank: Bank, question: Question, *, by: str, at: datetime) -> Change:
    """Take an answer back: the question is open again, where it stands, and is asked anew if nothing else is."""
    if question.id not in project.answers:
        return Change(project)
    interview = unhelped(project.interviews[question.role].with_edit(question.id), question.id)
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
    """One of the honest ways of not giving a value; who already asked somebody else need not say so again.

    Who was asked to help and doesn't know either can't help.
    """
    handed = project.interviews[question.role].handed.get(question.id)
    if handed and answer.by == handed.to and answer.by not in project.people(question.role):
        return refuse(project, bank, question, by=answer.by, at=answer.at)
    if handed and project.state(question.id) is State.UNKNOWN and answer.by in project.people(question.role):
        return Change(project)
    return settle(project, bank, question, answer)
