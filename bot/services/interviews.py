"""Answers, however they come: typed, by a control, by a form, by editing or deleting a message."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.db import UnitOfWork
from bot.db.replies import FiledReply
from bot.domain import interview as rules
from bot.domain import replies, telling
from bot.domain.answers import Answer, State, Value
from bot.domain.bank import Bank, Question, Role
from bot.domain.checking import check, missing
from bot.domain.errors import BotError, FieldErrors
from bot.domain.messages import InChannel, InInterview, InThread, Note, Saying
from bot.domain.permissions import must_answer
from bot.domain.project import Change, Project, Reply

from .speaking import keep


async def record_reply(uow: UnitOfWork, bank: Bank, channel: str, thread_ts: str, reply: Reply) -> None:
    """Keep a reply in an interview's thread as (part of) an answer, and go on; elsewhere it is conversation."""
    found = await uow.projects.in_thread(channel, thread_ts)
    if found is None or not found[0].open:
        return
    project, role = found
    change, question = replies.take(project, bank, role, reply)
    await keep(uow, project, bank, change, reply.at)
    if question or change.project.interviews[role].held != project.interviews[role].held:
        await uow.replies.file(channel, reply.ts, FiledReply(project.id, role, question, reply.by, reply.text))


async def record_direct(
    uow: UnitOfWork, bank: Bank, team: str, channel: str, thread_ts: str | None, reply: Reply
) -> None:
    """What somebody writes to the bot: an answer where one interview is held there, else it is told where to go."""
    held = await uow.projects.held_in(channel)
    threads = [i.place.ts for p in held for i in p.interviews.values() if i.place and i.place.channel == channel]
    if thread_ts in threads or (thread_ts is None and len(threads) == 1):
        await record_reply(uow, bank, channel, thread_ts or threads[0], reply)
        return
    place = InThread(channel, thread_ts) if thread_ts else InChannel(channel)
    uow.outbox.say(Saying(Note(WHERE_TO_ANSWER), place), team=team, lane=f"{team}:@{reply.by}")


WHERE_TO_ANSWER = (
    "I can't tell which question this answers. Press *Answer* beside the question, or reply in the thread where it "
    "was asked. `/align questions` lists what waits for you."
)


async def reword_reply(uow: UnitOfWork, bank: Bank, channel: str, reply: Reply) -> None:
    """Follow an edited message. An unchanged text, as after a link was unfurled, is no edit."""
    filed = await uow.replies.at(channel, reply.ts)
    if filed is None or filed.text == reply.text:
        return
    project = await uow.projects.get(filed.project)
    if project is None:
        return
    await uow.replies.reword(channel, reply.ts, reply.text)
    if filed.question is None:
        held = [reply if h.ts == reply.ts else h for h in project.interviews[filed.role].held]
        await keep(uow, project, bank, _holding(project, filed.role, held), reply.at)
        return
    change = replies.amend(project, bank, bank[filed.question], old=filed.text, new=reply.text, reply=reply)
    await keep(uow, project, bank, change, reply.at)


async def take_back_reply(uow: UnitOfWork, bank: Bank, channel: str, ts: str, at: datetime) -> None:
    """Follow a deleted message: its words are withdrawn."""
    filed = await uow.replies.at(channel, ts)
    project = await uow.projects.get(filed.project) if filed else None
    if filed is None or project is None:
        return
    await uow.replies.remove(channel, ts)
    if filed.question is None:
        held = [h for h in project.interviews[filed.role].held if h.ts != ts]
        await keep(uow, project, bank, _holding(project, filed.role, held), at)
        return
    gone = Reply(ts, filed.by, "", at)
    change = replies.take_back(project, bank, bank[filed.question], old=filed.text, reply=gone)
    await keep(uow, project, bank, change, at)


def _holding(project: Project, role: Role, held: list[Reply]) -> Change:
    return Change(project.with_interview(replace(project.interviews[role], held=tuple(held))))


async def answer(
    uow: UnitOfWork, bank: Bank, project_id: int, question_id: str, value: Value, *, by: str, at: datetime
) -> None:
    """Keep a value given by a control or a form. Raises FieldErrors for a value that needs a correction."""
    project, question = await _open(uow, bank, project_id, question_id, by)
    if isinstance(value, Mapping) and question.fields and missing(question, value):
        change = rules.keep_part(project, bank, question, value, by=by, at=at)
    else:
        _refuse_wrong(question, value, at)
        change = rules.settle(project, bank, question, value, by=by, at=at)
    await keep(uow, project, bank, change, at)


async def answer_many(
    uow: UnitOfWork, bank: Bank, project_id: int, values: Mapping[str, Value], *, by: str, at: datetime
) -> Project:
    """Keep several values given in one form, shown in the thread as one record. Returns the project after it."""
    project = before = await _project(uow, project_id)
    change = Change(project)
    for id, value in values.items():
        must_answer(project, bank[id], by)
        _refuse_wrong(bank[id], value, at)
        change = change.then(
            lambda p, id=id, value=value: rules.settle(p, bank, bank[id], value, by=by, at=at, show=False)  # type: ignore[misc]
        )
    for role in Role:
        ids = [id for id in values if bank[id].role is role]
        if ids:
            change = change.then(lambda p, role=role, ids=ids: _recorded(p, bank, role, ids))  # type: ignore[misc]
    return await keep(uow, before, bank, change, at)


def _recorded(project: Project, bank: Bank, role: Role, ids: list[str]) -> Change:
    """Questions that stand in the thread are edited there; the rest come as one record."""
    records = project.interviews[role].records
    change = Change(project)
    for id in ids:
        if id in records:
            change = change.then(lambda p, id=id: telling.refresh(p, bank, id))  # type: ignore[misc]
    new = [id for id in ids if id not in records]
    if not new:
        return change
    says = (Saying(telling.record(project, bank, role, new), InInterview(project.id, role)),)
    return change.then(lambda p: Change(p, (*says, *telling.cards(p, bank, role))))


def _refuse_wrong(question: Question, value: Value, at: datetime) -> None:
    problems = check(question, value, today=at.date())
    if problems:
        raise FieldErrors({f"{question.id}{p.pointer}": p.say for p in problems})


async def add_row(
    uow: UnitOfWork, bank: Bank, project_id: int, question_id: str, row: Value, *, by: str, at: datetime
) -> None:
    """Add one row to a list, or replace the one of the same name; the question stays open until "That's all"."""
    project, question = await _open(uow, bank, project_id, question_id, by)
    _refuse_wrong(question, [row], at)
    rows = with_row(project.answers.get(question_id), question, row)
    if len(rows) > question.max_rows and not _surveys(question):
        raise BotError(f"{question.max_rows} are enough for the kickoff; more can be added later.")
    complete = _all_surveyed(project, question, rows) or project.settled(question_id)
    keeping = rules.settle if complete else rules.keep_part
    await keep(uow, project, bank, keeping(project, bank, question, rows, by=by, at=at), at)


def with_row(answer: Answer | None, question: Question, row: Value) -> list[Value]:
    name = question.fields[0].name
    rows = list(answer.value) if answer and isinstance(answer.value, list) else []
    same = next((n for n, kept in enumerate(rows) if kept.get(name) == row.get(name)), len(rows))
    return [*rows[:same], row, *rows[same + 1 :]]


def _surveys(question: Question) -> bool:
    return question.waits_for is not None and question.fields[0].name == "name"


def _all_surveyed(project: Project, question: Question, rows: list[Value]) -> bool:
    """A survey is whole once every listed input has been described."""
    if not _surveys(question) or question.waits_for is None:
        return False
    listed = {row.get("name") for row in telling.rows_of(project, question.waits_for)}
    return listed <= {row.get("name") for row in rows}


async def finish_rows(
    uow: UnitOfWork, bank: Bank, project_id: int, question_id: str, *, none: bool, by: str, at: datetime
) -> None:
    """ "That's all": the rows so far are the answer; or the honest "none yet"."""
    project, question = await _open(uow, bank, project_id, question_id, by)
    kept = project.answers.get(question_id)
    rows = kept.value if kept and isinstance(kept.value, list) and not none else []
    if not rows and not none:
        raise BotError("There is nothing in the list yet. Press *Answer* to add the first one.")
    _refuse_wrong(question, rows, at)
    await keep(uow, project, bank, rules.settle(project, bank, question, rows, by=by, at=at), at)


async def say_plainly(
    uow: UnitOfWork, bank: Bank, project_id: int, question_id: str, value: Value, *, by: str, at: datetime
) -> None:
    """One of the three honest ways of not giving a value: not known, not applicable, not measured."""
    project, question = await _open(uow, bank, project_id, question_id, by)
    _refuse_wrong(question, value, at)
    await keep(uow, project, bank, rules.settle(project, bank, question, value, by=by, at=at), at)


async def skip(uow: UnitOfWork, bank: Bank, project_id: int, question_id: str, *, by: str, at: datetime) -> None:
    """Leave a question for the end of the interview."""
    project, question = await _open(uow, bank, project_id, question_id, by)
    if question.blocking:
        raise BotError("This one holds the kickoff up, so it can't be skipped. *I don't know* is a good answer, too.")
    await keep(uow, project, bank, rules.skip(project, bank, question, at), at)


async def hand_over(
    uow: UnitOfWork, bank: Bank, project_id: int, question_id: str, *, to: str, by: str, at: datetime
) -> None:
    """Ask somebody else; they hear of it in their one message of the day."""
    project, question = await _open(uow, bank, project_id, question_id, by)
    if to == by:
        raise BotError("That would be you again. Pick somebody who may know, or press *I don't know*.")
    if project.state(question.id) in (State.ANSWERED, State.NOT_APPLICABLE):
        raise BotError("This one is answered already. Press *Edit* to change the answer.")
    await keep(uow, project, bank, rules.hand_over(project, bank, question, to=to, by=by, at=at), at)


async def _open(uow: UnitOfWork, bank: Bank, project_id: int, question_id: str, by: str) -> tuple[Project, Question]:
    """The project, locked, and a question of it that this person may answer."""
    project = await _project(uow, project_id)
    question = bank.by_id.get(question_id)
    if question is None:
        raise BotError("This question is no longer asked. Nothing is lost; the thread goes on below.")
    must_answer(project, question, by)
    return project, question


async def _project(uow: UnitOfWork, project_id: int) -> Project:
    project = await uow.projects.get(project_id)
    if project is None:
        raise BotError("This kickoff is gone. `/align kickoff` starts a new one.")
    if not project.open:
        raise BotError(f"*{project.name}* is closed, so its answers stay as they are.")
    return project
