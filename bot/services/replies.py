"""What people type: kept as answers, followed when it is edited or deleted."""

from dataclasses import replace
from datetime import datetime

from bot.db import UnitOfWork
from bot.db.replies import FiledReply
from bot.domain import replies
from bot.domain.bank import Bank
from bot.domain.messages import InChannel, InThread, Note, Saying
from bot.domain.project import Change, Project, Reply

from .speaking import keep

WHERE_TO_ANSWER = (
    "I can't tell which question this answers. Press *Answer* beside the question, or reply in the thread where it "
    "was asked. `/align questions` lists what waits for you."
)


async def record_reply(uow: UnitOfWork, bank: Bank, channel: str, thread_ts: str, reply: Reply) -> bool:
    """Keep a reply in an interview's thread as (part of) an answer, and go on; False where it is conversation."""
    found = await uow.projects.in_thread(channel, thread_ts)
    if found is None or not found[0].open:
        return False
    project, role = found
    change, question = replies.take(project, bank, role, reply)
    await keep(uow, project, bank, change, reply.at)
    counts = question is not None or reply in change.project.interviews[role].held
    if counts:
        await uow.replies.file(channel, reply.ts, FiledReply(project.id, role, question, reply.by, reply.text))
    return counts


async def record_direct(
    uow: UnitOfWork, bank: Bank, team: str, channel: str, thread_ts: str | None, reply: Reply
) -> None:
    """What somebody writes to the bot: an answer where one interview is held there, else it is told where to go."""
    held = await uow.projects.held_in(channel)
    threads = [i.place.ts for p in held for i in p.interviews.values() if i.place and i.place.channel == channel]
    thread = thread_ts or (threads[0] if len(threads) == 1 else None)
    if thread is not None and await record_reply(uow, bank, channel, thread, reply):
        return
    if thread_ts not in threads:  # in the interview's own thread a reply may be conversation
        place = InThread(channel, thread_ts) if thread_ts else InChannel(channel)
        uow.outbox.say(Saying(Note(WHERE_TO_ANSWER), place), team=team, lane=f"{team}:@{reply.by}")


async def reword_reply(uow: UnitOfWork, bank: Bank, channel: str, reply: Reply, at: datetime) -> None:
    """Follow an edited message. An unchanged text, as after a link was unfurled, is no edit."""
    filed = await uow.replies.at(channel, reply.ts)
    if filed is None or filed.text == reply.text:
        return
    await uow.replies.reword(channel, reply.ts, reply.text)
    await _retell(uow, bank, channel, filed, reply.ts, reply, at)


async def take_back_reply(uow: UnitOfWork, bank: Bank, channel: str, ts: str, at: datetime) -> None:
    """Follow a deleted message: its words are withdrawn."""
    filed = await uow.replies.at(channel, ts)
    if filed is None:
        return
    await uow.replies.remove(channel, ts)
    await _retell(uow, bank, channel, filed, ts, None, at)


async def _retell(
    uow: UnitOfWork, bank: Bank, channel: str, filed: FiledReply, ts: str, now: Reply | None, at: datetime
) -> None:
    """Let an answer say what its replies say now; what a control or a form said since then stays."""
    project = await uow.projects.get(filed.project)
    if project is None or not project.open:
        return
    if filed.question is None:
        await keep(uow, project, bank, _holding(project, filed, ts, now), at)
        return
    typed = replies.typed_since(await uow.projects.versions(project.id, filed.question), ts)
    if typed is None or filed.question not in bank.by_id:
        return
    base, made_of = typed
    said = [reply for one in made_of if (reply := await _said(uow, channel, one)) is not None]
    change = replies.retell(project, bank, bank[filed.question], base, said, filed.by, at)
    await keep(uow, project, bank, change, at)


async def _said(uow: UnitOfWork, channel: str, ts: str) -> Reply | None:
    filed = await uow.replies.at(channel, ts)
    return Reply(ts, filed.by, filed.text, replies.typed_at(ts)) if filed else None


def _holding(project: Project, filed: FiledReply, ts: str, now: Reply | None) -> Change:
    """A reply that waits for its question to be posted changes while it waits."""
    interview = project.interviews[filed.role]
    held = [now if one.ts == ts else one for one in interview.held]
    return Change(project.with_interview(replace(interview, held=tuple(one for one in held if one is not None))))
