"""How an interview runs: which question is open, what an answer leads to, what is said next (alignment model, 1.1)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from . import second_chances, telling
from .answers import Answer, Mark, Value
from .bank import Bank, Question, Role
from .checking import missing
from .helping import credited
from .lists import as_listed, left_to_survey, partners, rows_of, same, surveys, with_names
from .messages import InInterview, Message, Saying, SecondChance
from .project import Change, Interview, Project, Version
from .vagueness import vague


def next_question(project: Project, bank: Bank, role: Role) -> Question | None:
    """The first open question in interview order; skipped ones come back once, at the end."""
    interview = project.interviews[role]
    fresh = [q for q in can_be_asked(project, bank, role) if q.id not in interview.skipped]
    back = [q for q in can_be_asked(project, bank, role) if _comes_back(interview, q.id)]
    return next(iter(fresh + back), None)


def can_be_asked(project: Project, bank: Bank, role: Role) -> Iterator[Question]:
    """A role's open questions that can be answered now and are in nobody else's hands, in interview order."""
    handed = project.interviews[role].handed
    for question in project.required(bank, role):
        if question.unlocked(project.answers) and not project.settled(question.id) and question.id not in handed:
            yield question


def _comes_back(interview: Interview, question: str) -> bool:
    return question in interview.skipped and question not in interview.brought_back


def still_asked(project: Project, bank: Bank, role: Role) -> bool:
    """Whether the question that was asked last still waits for its answer."""
    interview = project.interviews[role]
    open_now = {q.id for q in can_be_asked(project, bank, role)}
    return interview.asked in open_now and not _comes_back(interview, interview.asked or "")


def advance(project: Project, bank: Bank, at: datetime, *, call: bool = False) -> Change:
    """Ask whatever can be asked now, in every interview: one answer may open another role's question."""
    change = Change(project)
    for role in Role:
        if role in project.interviews and project.owner(role) is not None:
            change = change.then(_advance, bank, role, at, call)
    return change


def _advance(project: Project, bank: Bank, role: Role, at: datetime, call: bool) -> Change:
    if still_asked(project, bank, role):
        return Change(project)
    change = _leave(project, bank, role)
    question = next_question(change.project, bank, role)
    return change.then(_ask, bank, question, at, call) if question else change.then(_say_goodbye, bank, role)


def _leave(project: Project, bank: Bank, role: Role) -> Change:
    """A follow-up that no longer applies says so where it was asked."""
    asked = bank.by_id.get(project.interviews[role].asked or "")
    if asked is None or asked.applies(project.answers) or project.settled(asked.id):
        return Change(project)
    return Change(project, telling.moved_on(project, asked, asked=False))


def _ask(project: Project, bank: Bank, question: Question, at: datetime, call: bool) -> Change:
    interview = project.interviews[question.role]
    comes_back = _comes_back(interview, question.id)
    again = question.id in interview.skipped or interview.stands(question.id) is not None
    brought_back = (*interview.brought_back, question.id) if comes_back else interview.brought_back
    asked = replace(interview, asked=question.id, asked_at=at, posting=True, done=False, brought_back=brought_back)
    after = project.with_interview(replace(asked, began_at=interview.began_at or at))
    mention = call or interview.done or not interview.trail
    message = telling.ask(after, bank, question, mention=mention, again=again)
    change = Change(after, (_say(after, question.role, message),))
    return change.then(_on_cards, bank, question.role) if interview.done else change


def _say_goodbye(project: Project, bank: Bank, role: Role) -> Change:
    interview = project.interviews[role]
    if interview.done:
        return Change(project)
    after = project.with_interview(replace(interview, asked=None, asked_at=None, posting=True, done=True))
    return Change(after, (_say(after, role, telling.done(after, bank, role)),)).then(_on_cards, bank, role)


def _on_cards(project: Project, bank: Bank, role: Role) -> Change:
    return Change(project, telling.cards(project, bank, role))


def _say(project: Project, role: Role, message: Message) -> Saying:
    return Saying(message, InInterview(project.id, role))


def whole(project: Project, question: Question, value: Value | None) -> bool:
    """Whether a value settles its question: no part of a form is missing, no listed input is left to survey."""
    if value is None or missing(question, value):
        return False
    return not (isinstance(value, list) and surveys(question) and left_to_survey(project, question, value))


def take(project: Project, bank: Bank, question: Question, answer: Answer) -> Change:
    """Keep an answer as it came: a whole one settles its question, of any other the rest stays open."""
    keep = settle if whole(project, question, answer.value) else keep_part
    return keep(project, bank, question, answer)


def settle(project: Project, bank: Bank, question: Question, answer: Answer) -> Change:
    """Keep an answer that closes its question, show it, and go on."""
    change = _put(project, bank, question, answer).then(telling.refresh, bank, question.id)
    if not change.versions:
        return advance(project, bank, answer.at)
    change = change.then(telling.inputs_again, bank, project, [question.id])
    return change.then(_ask_once_more, [question]).then(advance, bank, answer.at)


def keep_part(project: Project, bank: Bank, question: Question, answer: Answer) -> Change:
    """Keep what is there of an answer that is not whole yet; the question stays open and shows what is kept."""
    change = _put(project, bank, question, replace(answer, marks=frozenset({Mark.PARTIAL})))
    if not change.versions:
        return change
    change = change.then(telling.refresh, bank, question.id)
    return change.then(telling.inputs_again, bank, project, [question.id]).then(advance, bank, answer.at)


def settle_several(project: Project, bank: Bank, answers: Mapping[str, Answer], at: datetime) -> Change:
    """Keep the answers of one form: each where it stands in the thread, the others as one record, then go on."""
    change = Change(project)
    for id, answer in answers.items():
        part = frozenset() if whole(project, bank[id], answer.value) else frozenset({Mark.PARTIAL})
        change = change.then(_put, bank, bank[id], replace(answer, marks=part))
    kept = [id for id in answers if id in {version.question for version in change.versions}]
    new = [id for id in kept if change.project.settled(id) and _stands_nowhere(change.project, bank[id])]
    for role in Role:
        if together := [id for id in new if bank[id].role is role]:
            change = change.then(_record, bank, role, together)
    for id in kept:
        change = change.then(telling.reveal if id in new else telling.refresh, bank, id)
    change = change.then(telling.inputs_again, bank, project, kept)
    return change.then(_ask_once_more, [bank[id] for id in kept]).then(advance, bank, at)


def _stands_nowhere(project: Project, question: Question) -> bool:
    interview = project.interviews[question.role]
    return interview.stands(question.id) is None and not interview.on_its_way(question.id)


def _record(project: Project, bank: Bank, role: Role, together: list[str]) -> Change:
    says = (_say(project, role, telling.record(project, bank, role, together)), *telling.cards(project, bank, role))
    return Change(project, says)


def _put(project: Project, bank: Bank, question: Question, answer: Answer) -> Change:
    """Make an answer the newest version, unless it says nothing new."""
    before = project.answers.get(question.id)
    answer = replace(answer, marks=_marks(project, question, answer))
    if before and (before.value, before.note, before.marks) == (answer.value, answer.note, answer.marks):
        return Change(project)
    interview = credited(project, question, answer)
    if before and not before.partial:
        interview = interview.with_edit(question.id)
    if not answer.partial:
        interview = interview.without(question.id)
    after = project.with_interview(interview).with_answer(question.id, answer)
    change = Change(after, (), (Version(question.id, answer, answer.by, answer.at),))
    return change.then(_leave_out, bank, question, project, answer).then(_reopen_surveys, bank, question, project)


def _marks(project: Project, question: Question, answer: Answer) -> frozenset[Mark]:
    if answer.partial:
        return frozenset({Mark.PARTIAL})
    marks = {Mark.VAGUE} if _room_left(project, question, answer.value) else set()
    if answer.by not in project.people(question.role):
        marks.add(Mark.GUESS)
    return frozenset(marks)


def _room_left(project: Project, question: Question, value: Value) -> str | None:
    others = {id: a.value for id, a in project.answers.items() if id != question.id and not a.partial}
    return vague(question, value, others=others)


def _reopen_surveys(project: Project, bank: Bank, listed: Question, before: Project) -> Change:
    """An input that is listed later is surveyed as well."""
    change = Change(project)
    for survey in bank.questions:
        known = project.answers.get(survey.id)
        if survey.waits_for != listed.id or not surveys(survey) or known is None or not isinstance(known.value, list):
            continue
        new = set(left_to_survey(project, survey, known.value)) - set(left_to_survey(before, survey, known.value))
        if new and not known.partial:
            open_again = replace(known, marks=frozenset({Mark.PARTIAL}))
            version = Version(survey.id, open_again, known.by, known.at)
            change = Change(change.project.with_answer(survey.id, open_again), change.says, (*change.versions, version))
            change = change.then(telling.refresh, bank, survey.id)
    return change


def rename(project: Project, bank: Bank, listed: Question, old: str, new: str) -> Change:
    """An input has another name: what the other role says of it goes along."""
    change = Change(project)
    for survey in partners(bank, listed):
        rows = rows_of(project, survey.id)
        if not surveys(listed) and any(same(row.get("name"), old) for row in rows):
            change = change.then(_survey_with, survey, with_names(rows, {old: new}))
    return change


def _leave_out(project: Project, bank: Bank, listed: Question, before: Project, answer: Answer) -> Change:
    """An input that is no longer listed is not surveyed either; one that is, is so under the name of the list."""
    change = Change(project)
    if surveys(listed) or not isinstance(answer.value, list):
        return change
    names = [row.get("name") for row in answer.value]
    gone = [row.get("name") for row in rows_of(before, listed.id)]
    gone = [name for name in gone if not any(same(name, other) for other in names)]
    for survey in partners(bank, listed):
        rows = rows_of(project, survey.id)
        left = [row for row in rows if not any(same(row.get("name"), name) for name in gone)]
        left = as_listed(project, survey, left)
        if rows and (gone or left != rows):
            change = change.then(_survey_with, survey, left).then(_on_cards, bank, survey.role)
    return change


def _survey_with(project: Project, survey: Question, rows: list[Value]) -> Change:
    """The engineer's answer with other rows: it stays hers, and is open while something is left to survey."""
    known = project.answers[survey.id]
    if not rows:
        return Change(project.with_answer(survey.id, None), (), (Version(survey.id, None, known.by, known.at),))
    open = known.partial and not whole(project, survey, rows)
    marks = known.marks | {Mark.PARTIAL} if open else known.marks - {Mark.PARTIAL}
    answer = replace(known, value=rows, marks=marks)
    if answer == known:
        return Change(project)
    return Change(project.with_answer(survey.id, answer), (), (Version(survey.id, answer, known.by, known.at),))


def _ask_once_more(project: Project, questions: list[Question]) -> Change:
    """The one friendly follow-up to answers that leave room; it never blocks."""
    room = {q: _room_left(project, q, project.answers[q.id].value) for q in questions if project.settled(q.id)}
    nudged = project.interviews[questions[0].role].nudged if questions else ()
    left = [(q, reason) for q, reason in room.items() if reason and q.id not in nudged]
    if not left:
        return Change(project)
    (first, reason), several = left[0], [question for question, _ in left]
    say = second_chances.leave_room(several) if len(several) > 1 else second_chances.leaves_room(first, reason)
    return nudge(project, first, project.answers[first.id].by, say).then(_nudged, several)


def _nudged(project: Project, questions: list[Question]) -> Change:
    for question in questions:
        interview = project.interviews[question.role]
        if question.id not in interview.nudged:
            project = project.with_interview(replace(interview, nudged=(*interview.nudged, question.id)))
    return Change(project)


def nudge(project: Project, question: Question, person: str, say: str) -> Change:
    """Say a second chance in the thread, at most once for each question."""
    if question.id in project.interviews[question.role].nudged:
        return Change(project)
    return second_chance(project, question, person, say).then(_nudged, [question])


def second_chance(project: Project, question: Question, person: str, say: str) -> Change:
    return Change(project, (_say(project, question.role, SecondChance(project.id, question.id, person, say)),))
