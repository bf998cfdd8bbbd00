"""How an interview runs: which question is open, what a reply answers, what is said next (alignment model, 1.1)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from . import telling
from .answers import UNKNOWN, Answer, Mark, Source, State, Value
from .bank import Bank, Question, Role
from .messages import InInterview, Saying, SecondChance
from .project import Change, Handover, Member, Part, Project, Version
from .vagueness import vague


def next_question(project: Project, bank: Bank, role: Role) -> Question | None:
    """The first open question in interview order; skipped ones come back once, at the end."""
    interview = project.interviews[role]
    fresh = [q for q in _open(project, bank, role) if q.id not in interview.skipped]
    back = [q for q in _open(project, bank, role) if q.id in interview.skipped and q.id not in interview.brought_back]
    return next(iter(fresh + back), None)


def _open(project: Project, bank: Bank, role: Role) -> Iterator[Question]:
    handed = project.interviews[role].handed
    for question in project.required(bank, role):
        if question.unlocked(project.answers) and not project.settled(question.id) and question.id not in handed:
            yield question


def still_asked(project: Project, bank: Bank, role: Role) -> bool:
    """Whether the question that was asked last still waits for its answer."""
    interview = project.interviews[role]
    question = bank.by_id.get(interview.asked or "")
    return (
        question is not None
        and question.applies(project.answers)
        and not project.settled(question.id)
        and question.id not in interview.handed
        and (question.id not in interview.skipped or question.id in interview.brought_back)
    )


def advance(project: Project, bank: Bank, at: datetime, *, call: bool = False) -> Change:
    """Ask whatever can be asked now, in every interview: one answer may open another role's question."""
    change = Change(project)
    for role in Role:
        if role in project.interviews and project.owner(role) is not None:
            change = change.then(lambda p, role=role: _advance(p, bank, role, at, call))  # type: ignore[misc]
    return change


def _advance(project: Project, bank: Bank, role: Role, at: datetime, call: bool) -> Change:
    if still_asked(project, bank, role):
        return Change(project)
    question = next_question(project, bank, role)
    return _ask(project, bank, question, at, call) if question else _say_goodbye(project, bank, role)


def _ask(project: Project, bank: Bank, question: Question, at: datetime, call: bool) -> Change:
    interview = project.interviews[question.role]
    again = question.id in interview.skipped or question.id in interview.records
    brought_back = (
        (*interview.brought_back, question.id) if question.id in interview.skipped else interview.brought_back
    )
    asked = replace(interview, asked=question.id, asked_at=at, posting=True, done=False, brought_back=brought_back)
    after = project.with_interview(asked)
    mention = call or interview.done or not interview.trail
    message = telling.ask(after, bank, question, mention=mention, again=again)
    return Change(after, (Saying(message, InInterview(project.id, question.role)),))


def _say_goodbye(project: Project, bank: Bank, role: Role) -> Change:
    interview = project.interviews[role]
    if interview.done or (interview.asked is None and not interview.records):
        return Change(project)
    after = project.with_interview(replace(interview, asked=None, asked_at=None, posting=True, done=True))
    return Change(after, (Saying(telling.done(after, bank, role), InInterview(project.id, role)),))


def settle(
    project: Project,
    bank: Bank,
    question: Question,
    value: Value,
    *,
    by: str,
    at: datetime,
    source: Source | None = None,
    note: str | None = None,
    show: bool = True,
) -> Change:
    """Keep a complete value as the newest version of an answer, show it (unless the caller does), and go on."""
    before = project.answers.get(question.id)
    kept = note if note is not None else (before.note if before and before.partial else "")
    answer = Answer(value, by, at, source, _marks(project, question, value, by), kept)
    if before and (before.value, before.note, before.partial) == (value, kept, False):
        return advance(project, bank, at)
    interview = project.interviews[question.role]
    handed = {id: h for id, h in interview.handed.items() if id != question.id}
    skipped = tuple(id for id in interview.skipped if id != question.id)
    after = project.with_answer(question.id, answer).with_interview(replace(interview, handed=handed, skipped=skipped))
    change = Change(after, (), (Version(question.id, answer, by, at),))
    change = change.then(lambda p: advance(p, bank, at)).then(lambda p: _ask_once_more(p, question, answer))
    return change.then(lambda p: telling.refresh(p, bank, question.id)) if show else change


def _marks(project: Project, question: Question, value: Value, by: str) -> frozenset[Mark]:
    others = {id: a.value for id, a in project.answers.items() if id != question.id and not a.partial}
    marks = {Mark.VAGUE} if vague(question, value, others=others) else set()
    if by not in project.people(question.role):
        marks.add(Mark.GUESS)
    return frozenset(marks)


def _ask_once_more(project: Project, question: Question, answer: Answer) -> Change:
    """The one friendly follow-up to an answer that leaves room; it never blocks."""
    if Mark.VAGUE not in answer.marks:
        return Change(project)
    others = {id: a.value for id, a in project.answers.items() if id != question.id and not a.partial}
    reason = vague(question, answer.value, others=others) or ""
    return nudge(project, question, answer.by, telling.leaves_room(question, reason))


def nudge(project: Project, question: Question, person: str, say: str) -> Change:
    """Say a second chance in the thread, at most once for each question."""
    interview = project.interviews[question.role]
    if question.id in interview.nudged:
        return Change(project)
    after = project.with_interview(replace(interview, nudged=(*interview.nudged, question.id)))
    message = SecondChance(project.id, question.id, person, say)
    return Change(after, (Saying(message, InInterview(project.id, question.role)),))


def keep_part(
    project: Project,
    bank: Bank,
    question: Question,
    value: Value | None,
    *,
    by: str,
    at: datetime,
    source: Source | None = None,
    note: str = "",
) -> Change:
    """Keep what is there of an answer that is not whole yet; the question stays open and shows what is kept."""
    answer = Answer(value, by, at, source, frozenset({Mark.PARTIAL}), note)
    after = project.with_answer(question.id, answer)
    change = Change(after, (), (Version(question.id, answer, by, at),))
    return change.then(lambda p: telling.refresh(p, bank, question.id))


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
    after = project.with_interview(interview)
    return advance(after, bank, at).then(lambda p: telling.refresh(p, bank, question.id))


def hand_over(project: Project, bank: Bank, question: Question, *, to: str, by: str, at: datetime) -> Change:
    """Ask somebody else; the interview goes on, the role's person stays accountable."""
    change = Change(project)
    if project.state(question.id) is State.UNKNOWN:
        change = settle(project, bank, question, {**UNKNOWN, "ask": to}, by=by, at=at, show=False)
    interview = change.project.interviews[question.role]
    handed = {**interview.handed, question.id: Handover(to, by, at)}
    asked = None if interview.asked == question.id else interview.asked
    after = change.project.with_interview(replace(interview, handed=handed, asked=asked))
    if to not in project.people(question.role):
        after = after.with_member(Member(question.role, to, Part.HELPER))
    return (
        change.then(lambda _: Change(after))
        .then(lambda p: advance(p, bank, at))
        .then(lambda p: telling.refresh(p, bank, question.id))
    )


def withdraw(project: Project, bank: Bank, question: Question, *, by: str, at: datetime) -> Change:
    """Take an answer back: the question is open again, where it stands, and is asked anew if nothing else is."""
    if question.id not in project.answers:
        return Change(project)
    after = project.with_answer(question.id, None)
    change = Change(after, (), (Version(question.id, None, by, at),))
    return change.then(lambda p: telling.refresh(p, bank, question.id)).then(lambda p: advance(p, bank, at))


def posted(project: Project, role: Role, question: str | None, ts: str) -> Project:
    """Note that a question (or the goodbye) now stands in Slack, at `ts`."""
    interview = project.interviews[role]
    records = {**interview.records, question: ts} if question else interview.records
    trail = (*interview.trail, (ts, question))
    return project.with_interview(replace(interview, posting=False, trail=trail, records=records))
