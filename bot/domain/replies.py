"""What a typed reply does: it answers, adds, corrects or is conversation. Nothing typed is refused or lost."""

from dataclasses import replace

from . import interview as rules
from .answers import NOT_APPLICABLE, NOT_MEASURED, UNKNOWN, Source
from .bank import Bank, Question, Role
from .project import Change, Project, Reply
from .reading import DontKnow, NotApplicable, NotMeasured, Partly, Read, Reading, Skip, Unreadable, add, read
from .telling import still_missing


def take(project: Project, bank: Bank, role: Role, reply: Reply) -> tuple[Change, str | None]:
    """File a reply under the question it answers; also says which one that was, or None for conversation.

    While the next question is on its way to Slack nobody can know which one the reply was typed under, so it is
    held until that is certain.
    """
    interview = project.interviews[role]
    if reply.by not in project.people(role) and not _helps(project, role, reply):
        return Change(project), None
    if interview.posting:
        return Change(project.with_interview(replace(interview, held=(*interview.held, reply)))), None
    asked = interview.asked_before(reply.ts)
    if asked is None or asked not in bank.by_id:
        return Change(project), None
    return _file(project, bank, bank[asked], reply), asked


def _helps(project: Project, role: Role, reply: Reply) -> bool:
    """Whether somebody who was asked for help answers in the thread, under that very question."""
    interview = project.interviews[role]
    asked = interview.asked_before(reply.ts)
    handover = interview.handed.get(asked or "")
    return handover is not None and handover.to == reply.by


def take_held(project: Project, bank: Bank, role: Role) -> tuple[Change, tuple[tuple[Reply, str], ...]]:
    """File the replies that came while a question was on its way; also says under which question each went."""
    held = project.interviews[role].held
    change = Change(project.with_interview(replace(project.interviews[role], held=())))
    filed: list[tuple[Reply, str]] = []
    for reply in held:
        step, question = take(change.project, bank, role, reply)
        change = change.then(lambda _, step=step: step)  # type: ignore[misc]
        filed += [(reply, question)] if question else []
    return change, tuple(filed)


def _file(project: Project, bank: Bank, question: Question, reply: Reply) -> Change:
    answer = project.answers.get(question.id)
    source = Source(_channel(project, question.role), reply.ts)
    if answer is None or answer.partial:
        so_far = answer.value if answer else None
        return _apply(
            project, bank, question, read(question, reply.text, so_far=so_far, today=reply.at.date()), reply, source
        )
    reading = add(question, answer.value, reply.text, today=reply.at.date())
    return _apply_to_settled(project, bank, question, reading, reply, source)


def _apply(project: Project, bank: Bank, question: Question, reading: Reading, reply: Reply, source: Source) -> Change:
    at, by = reply.at, reply.by
    match reading:
        case Read(value):
            return rules.settle(project, bank, question, value, by=by, at=at, source=source)
        case DontKnow():
            return rules.settle(project, bank, question, UNKNOWN, by=by, at=at, source=source)
        case NotApplicable():
            return rules.settle(project, bank, question, NOT_APPLICABLE, by=by, at=at, source=source)
        case NotMeasured():
            return rules.settle(project, bank, question, NOT_MEASURED, by=by, at=at, source=source)
        case Skip():
            return rules.skip(project, bank, question, at)
        case Partly(value, missing):
            kept = rules.keep_part(project, bank, question, value, by=by, at=at, source=source)
            return kept.then(lambda p: rules.nudge(p, question, by, still_missing(question, missing)))
        case Unreadable(words, say):
            answer = project.answers.get(question.id)
            note = "\n".join(filter(None, [answer.note if answer else "", words]))
            value = answer.value if answer else None
            kept = rules.keep_part(project, bank, question, value, by=by, at=at, source=source, note=note)
            return kept.then(lambda p: rules.nudge(p, question, by, say))


def _apply_to_settled(
    project: Project, bank: Bank, question: Question, reading: Reading, reply: Reply, source: Source
) -> Change:
    """A further reply to an answered question adds to it; words that are no value are kept beside it."""
    answer = project.answers[question.id]
    match reading:
        case Read(value):
            return rules.settle(
                project, bank, question, value, by=reply.by, at=reply.at, source=source, note=answer.note
            )
        case _:
            note = "\n".join(filter(None, [answer.note, reply.text]))
            return rules.settle(
                project, bank, question, answer.value, by=reply.by, at=reply.at, source=answer.source, note=note
            )


def amend(project: Project, bank: Bank, question: Question, *, old: str, new: str, reply: Reply) -> Change:
    """Follow an edited Slack message: what came from the old words now comes from the new ones."""
    answer = project.answers.get(question.id)
    if answer is None or old == new:
        return Change(project)
    source = Source(_channel(project, question.role), reply.ts)
    if old in answer.note:
        note = answer.note.replace(old, new, 1).strip()
        return _with_note(project, bank, question, note, reply, source)
    value = _replaced(answer.value, old, new)
    if value != answer.value:
        keep = rules.keep_part if answer.partial else rules.settle
        return keep(project, bank, question, value, by=reply.by, at=reply.at, source=source, note=answer.note)
    if answer.source is None or answer.source.ts != reply.ts:
        return Change(project)  # something newer was said by a control; the old words no longer count
    fresh = project.with_answer(question.id, None)
    return _apply(fresh, bank, question, read(question, new, so_far=None, today=reply.at.date()), reply, source)


def _with_note(project: Project, bank: Bank, question: Question, note: str, reply: Reply, source: Source) -> Change:
    answer = project.answers[question.id]
    if not answer.partial:
        return rules.settle(
            project, bank, question, answer.value, by=answer.by, at=reply.at, source=answer.source, note=note
        )
    if answer.value is None:  # words that could not be read: perhaps the new ones can
        fresh = project.with_answer(question.id, None)
        return _apply(fresh, bank, question, read(question, note, so_far=None, today=reply.at.date()), reply, source)
    return rules.keep_part(project, bank, question, answer.value, by=answer.by, at=reply.at, source=source, note=note)


def _replaced(value: object, old: str, new: str) -> object:
    """The value with the old words replaced by the new ones wherever they stand as text."""
    match value:
        case str() if stands_in(value, old):
            return value.replace(old, new, 1)
        case dict():
            return {key: _replaced(part, old, new) for key, part in value.items()}
        case list():
            return [_replaced(part, old, new) for part in value]
    return value


def take_back(project: Project, bank: Bank, question: Question, *, old: str, reply: Reply) -> Change:
    """Follow a deleted Slack message: its words go; if nothing is left, the answer is withdrawn."""
    answer = project.answers.get(question.id)
    if answer is None:
        return Change(project)
    rest = _without(answer.value, old)
    if rest != answer.value and rest not in ("", {}, []):
        keep = rules.keep_part if answer.partial or not isinstance(rest, str) else rules.settle
        return keep(project, bank, question, rest, by=reply.by, at=reply.at, source=answer.source, note=answer.note)
    if old in answer.note and (rest == answer.value and answer.value is not None):
        note = answer.note.replace(old, "", 1).strip()
        return _with_note(project, bank, question, note, reply, answer.source or Source("", reply.ts))
    if answer.source is None or answer.source.ts != reply.ts:
        return Change(project)
    return rules.withdraw(project, bank, question, by=reply.by, at=reply.at)


def _without(value: object, old: str) -> object:
    match value:
        case str() if stands_in(value, old):
            return f"\n{value}\n".replace(f"\n{old}\n", "\n", 1).strip("\n")
        case dict():
            return {key: rest for key, part in value.items() if (rest := _without(part, old)) != ""}
        case list():
            return [rest for part in value if (rest := _without(part, old)) not in ("", {})]
    return value


def stands_in(text: str, words: str) -> bool:
    """Whether a message's words stand in a text as lines of their own."""
    return f"\n{words}\n" in f"\n{text}\n"


def _channel(project: Project, role: Role) -> str:
    place = project.interviews[role].place
    return place.channel if place else project.channel
