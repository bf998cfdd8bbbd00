"""What a typed reply does: it answers, adds, corrects or is conversation. Nothing typed is refused or lost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from . import calendar, detours, listing, second_chances
from . import interview as rules
from .answers import NOT_APPLICABLE, NOT_MEASURED, UNKNOWN, Answer, Mark, Source, Value, is_unknown
from .bank import Bank, Question, Role
from .lists import as_listed
from .messages import InInterview, Note, Saying
from .project import Change, Project, Reply, Version, moment
from .reading import DontKnow, NotApplicable, NotMeasured, Partly, Read, Reading, Skip, Unreadable, add, read


def take(project: Project, bank: Bank, role: Role, reply: Reply) -> tuple[Change, str | None]:
    """File a reply under the question it answers; also says which one that was, or None for conversation.

    While the next question is on its way to Slack nobody can know which one the reply was typed under, so it is
    held until that is certain.
    """
    if reply.by not in project.people(role):
        return _from_helper(project, bank, role, reply)
    interview = project.interviews[role]
    if interview.posting:
        return Change(project.with_interview(replace(interview, held=(*interview.held, reply)))), None
    asked = bank.by_id.get(interview.asked_before(reply.ts) or "")
    return (_file(project, bank, asked, reply), asked.id) if asked else (Change(project), None)


def _from_helper(project: Project, bank: Bank, role: Role, reply: Reply) -> tuple[Change, str | None]:
    """Who was asked to help answers what was handed to them; where that is several questions, by their buttons."""
    handed = [id for id, handover in project.interviews[role].handed.items() if handover.to == reply.by]
    known = [bank[id] for id in handed if id in bank.by_id]
    if len(known) != 1:
        return Change(project, _to_helper(project, role, second_chances.which_one(reply.by)) if known else ()), None
    [question] = known
    change = _file(project, bank, question, reply)
    interview = change.project.interviews[role]
    if reply.by in interview.refused.get(question.id, ()):  # who doesn't know either has answered nothing
        return change, None
    if question.id not in interview.helped:
        return change, question.id
    thanks = _to_helper(project, role, second_chances.thanks_for_help(question, reply.by))
    return change.then(lambda p: Change(p, thanks)), question.id


def _to_helper(project: Project, role: Role, note: Note) -> tuple[Saying, ...]:
    return (Saying(note, InInterview(project.id, role)),)


def take_held(project: Project, bank: Bank, role: Role) -> tuple[Change, tuple[tuple[Reply, str], ...]]:
    """File the replies that came while a question was on its way; also says under which question each went."""
    held = project.interviews[role].held
    change = Change(project.with_interview(replace(project.interviews[role], held=())))
    filed: list[tuple[Reply, str]] = []
    for reply in held:
        step, question = take(change.project, bank, role, reply)
        change = Change(step.project, change.says + step.says, change.versions + step.versions)
        filed += [(reply, question)] if question else []
    return change, tuple(filed)


@dataclass(frozen=True, slots=True)
class Heard:
    """What words make of an answer, and what there is to say about them."""

    answer: Answer | None
    say: str = ""  # a second chance
    skip: bool = False


def _file(project: Project, bank: Bank, question: Question, reply: Reply) -> Change:
    before = project.answers.get(question.id)
    return _kept(project, bank, question, before, hear(project, question, before, reply), reply.by, reply.at)


def hear(project: Project, question: Question, before: Answer | None, reply: Reply) -> Heard:
    """A reply on top of what was said before it."""
    today = _day(project, reply.at)
    if before is None or before.partial:
        reading = read(question, reply.text, so_far=before.value if before else None, today=today)
    else:
        reading = add(question, before.value, reply.text, today=today)
    place = project.interviews[question.role].place
    source = Source(place.channel if place else project.channel, reply.ts)
    answer = Answer(None, reply.by, reply.at, source, note=before.note if before else "")
    return _heard(project, question, before, answer, reading)


def _heard(project: Project, question: Question, before: Answer | None, answer: Answer, reading: Reading) -> Heard:
    match reading:
        case Read(value, note):
            return Heard(_with(project, question, answer, value, note))
        case Partly(value, missing, note):
            kept, say = _with(project, question, answer, value, note), second_chances.still_missing(question, missing)
            return Heard(replace(kept, marks=frozenset({Mark.PARTIAL})), say)
        case DontKnow():
            return Heard(replace(answer, value=dict(UNKNOWN)))
        case NotApplicable():
            return Heard(replace(answer, value=dict(NOT_APPLICABLE)))
        case NotMeasured():
            return Heard(replace(answer, value=dict(NOT_MEASURED)))
        case Skip():
            return Heard(before, second_chances.BLOCKING if question.blocking else "", skip=True)
        case Unreadable(words, say):
            kept = _with(project, question, answer, before.value if before else None, words)
            settled = before is not None and not before.partial
            return Heard(kept if settled else replace(kept, marks=frozenset({Mark.PARTIAL})), "" if settled else say)


def _with(project: Project, question: Question, answer: Answer, value: Value, note: str) -> Answer:
    if isinstance(value, list):
        value = as_listed(project, question, value)
    return replace(answer, value=value, note="\n".join(filter(None, [answer.note, note])))


def _kept(
    project: Project, bank: Bank, question: Question, base: Answer | None, heard: Heard, by: str, at: datetime
) -> Change:
    """What an answer heard in words leads to, and the friendly second chance if one is due."""
    change = Change(project)
    if heard.answer is None:
        change = change.then(detours.withdraw, bank, question, by=by, at=at)
    elif heard.answer.partial:
        change = change.then(rules.keep_part, bank, question, heard.answer)
    elif is_unknown(heard.answer.value):
        change = change.then(detours.unknown, bank, question, heard.answer)
    elif heard.answer != project.answers.get(question.id):
        change = change.then(_taken, bank, question, heard.answer)
    if _is_read_back(project, bank, question, heard.answer):
        return change.then(_read_back, question, base)
    if heard.skip:
        change = change.then(detours.skip, bank, question, at)
    if not heard.say:
        return change
    return change.then(rules.second_chance if heard.skip else rules.nudge, question, by, heard.say)


def _taken(project: Project, bank: Bank, question: Question, answer: Answer) -> Change:
    """An answer in words counts as it came; a list that others build on, once what was understood is confirmed."""
    confirmed = project.settled(question.id) or not listing.is_read_back(bank, question)
    return (rules.take if confirmed else rules.keep_part)(project, bank, question, answer)


def _is_read_back(project: Project, bank: Bank, question: Question, answer: Answer | None) -> bool:
    before = project.answers.get(question.id)
    if answer is None or not isinstance(answer.value, list) or not listing.is_read_back(bank, question):
        return False
    stands = project.settled(question.id) and not answer.partial  # its record shows what the words changed
    return not stands and (before is None or answer.value != before.value)


def _read_back(project: Project, question: Question, base: Answer | None) -> Change:
    say = listing.understood(project, question, base)
    return Change(project, (Saying(say, InInterview(project.id, question.role)),))


def untyped(versions: Sequence[Version]) -> Answer | None:
    """What an answer was before the replies that it is made of; an answer of a form as it stands."""
    newest = versions[-1].answer if versions else None
    typed = typed_since(versions, newest.source.ts) if newest and newest.source else None
    return typed[0] if typed else newest


def typed_since(versions: Iterable[Version], ts: str) -> tuple[Answer | None, list[str]] | None:
    """What an answer was before the replies that it is made of, and their messages; None where `ts` no longer counts.

    What a control or a form said replaced all replies before it; later ones were added to it.
    """
    base: Answer | None = None
    before: set[str] = set()
    since: list[str] = []
    for version in versions:
        if version.answer is not None and version.answer.source is not None:
            since += [version.answer.source.ts]
        else:
            base, before, since = version.answer, before | set(since) if version.answer else set(), []
    if ts in before and ts not in since:
        return None
    return base, sorted({*since, ts}, key=moment)


def retell(
    project: Project,
    bank: Bank,
    question: Question,
    base: Answer | None,
    replies: Sequence[Reply],
    by: str,
    at: datetime,
) -> Change:
    """Follow an edited or deleted message: the answer is what its replies say as they read now."""
    heard = Heard(base)
    for reply in replies:
        heard = hear(project, question, heard.answer, reply)
    if heard.answer is not None:
        heard = replace(heard, answer=replace(heard.answer, at=at))
    return _kept(project, bank, question, base, heard, by, at)


def typed_at(ts: str) -> datetime:
    """The moment of a Slack message."""
    return datetime.fromtimestamp(moment(ts)[0], UTC)


def _day(project: Project, at: datetime) -> date:
    return at.astimezone(calendar.zone_of(project.zone)).date()
