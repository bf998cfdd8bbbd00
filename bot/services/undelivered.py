"""What follows when Slack will not take a message: no interview may wait for ever for one that never came."""

from dataclasses import replace

from bot.db import UnitOfWork
from bot.db.replies import FiledReply
from bot.domain import replies, telling
from bot.domain.bank import Bank, Role
from bot.domain.interview import advance
from bot.domain.messages import Ask, Done, Saying
from bot.domain.project import Change, Interview, Project

from .speaking import keep


async def refused(uow: UnitOfWork, bank: Bank, saying: Saying) -> None:
    """A question that was given up counts as never asked: the next step of the conversation asks what is open then.

    What was typed while it was on its way is filed where it would have gone without it.
    """
    message = saying.message
    if not isinstance(message, Ask | Done):
        return
    project = await uow.projects.get(message.project)
    if project is not None and _awaited(project.interviews[message.role], message):
        await _as_if_never_asked(uow, bank, project, message.role)


def _awaited(interview: Interview, message: Ask | Done) -> bool:
    return interview.posting and interview.asked == (message.question if isinstance(message, Ask) else None)


async def _as_if_never_asked(uow: UnitOfWork, bank: Bank, before: Project, role: Role) -> None:
    fresh = replace(before.interviews[role], posting=False, asked=None, asked_at=None, done=False)
    change, filed = replies.take_held(before.with_interview(fresh), bank, role)
    after = await keep(uow, before, bank, change, uow.now)
    place = fresh.place
    for reply, under in filed:
        known = FiledReply(after.id, role, under, reply.by, reply.text)
        await uow.replies.file(place.channel if place else after.channel, reply.ts, known)


async def post_again(uow: UnitOfWork, bank: Bank) -> int:
    """Queue once more what was given up on; how much that was.

    Questions are not repeated: each of their interviews asks what is open now, unless it has done so meanwhile.
    """
    queued = await uow.failures.post_again(uow.now)
    asked = await uow.failures.take_questions()
    for id in sorted({args["message"]["project"] for args in asked}):
        project = await uow.projects.get(id)
        if project is not None and project.open:
            change = advance(project, bank, uow.now).then(lambda p: Change(p, telling.cards(p, bank, *p.interviews)))
            await keep(uow, project, bank, change, uow.now)
    return queued + len(asked)
