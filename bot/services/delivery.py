"""What a queued message needs just before it is posted, and what follows once it stands in Slack."""

from dataclasses import dataclass, replace

from bot.db import UnitOfWork
from bot.db.replies import FiledReply
from bot.domain import detours, following, offer_cards, replies, telling
from bot.domain.answers import Source
from bot.domain.bank import Bank, Role
from bot.domain.messages import (
    Ask,
    Digest,
    Direct,
    DirectIntro,
    Done,
    FindingCard,
    InChannel,
    InInterview,
    InterviewCard,
    InThread,
    KickoffCard,
    Message,
    Over,
    OverCard,
    Ping,
    PortfolioDigest,
    Record,
    Saying,
    SimplerCard,
    UnderCard,
    UnderDigest,
)
from bot.domain.project import Change, Project

from .reminders import still_open
from .speaking import keep


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes now: a channel or a person, into a thread or over a message."""

    message: Message
    channel: str | None = None
    user: str | None = None  # a person: their direct message channel is looked up by the relay
    thread: str | None = None
    over: str | None = None


@dataclass(frozen=True, slots=True)
class Needless:
    """There is nothing to say any more."""

    why: str


@dataclass(frozen=True, slots=True)
class Nowhere:
    """The place was never made, so the message cannot be posted."""

    why: str


async def target(uow: UnitOfWork, bank: Bank, team: str, saying: Saying) -> Target | Needless | Nowhere:
    """Where a saying goes, as things stand at this moment."""
    message = saying.message
    match saying.to:
        case InChannel(channel):
            return Target(message, channel)
        case InThread(channel, ts):
            return Target(message, channel, thread=ts)
        case Over(channel, ts):
            return Target(message, channel, over=ts)
        case Direct(user) if isinstance(message, Ping):
            return await _reminder(uow, bank, team, user, message)
        case Direct(user):
            return await _to_person(uow, team, user, message)
        case InInterview(project, role):
            return _in_interview(await uow.projects.get(project), role, message)
        case UnderCard(project):
            return _at_card(await uow.projects.get(project), None, message, over=False)
        case UnderDigest(project, week):
            return _at_digest(await uow.projects.get(project), await uow.digests.place_of(project, week), message)
        case OverCard(project, role):
            return _at_card(await uow.projects.get(project), role, message, over=True)


async def _to_person(uow: UnitOfWork, team: str, user: str, message: Message) -> Target:
    person = await uow.people.get(team, user)
    return Target(message, person.dm if person else None, user=user)


async def _reminder(uow: UnitOfWork, bank: Bank, team: str, user: str, message: Ping) -> Target | Needless:
    """What was answered a second ago is not asked for (alignment model, section 5: stop)."""
    pinged = [p for p in await uow.pings.of(team, user) if p.day == message.day]
    now = await still_open(uow, bank, team, user, message.day, pinged)
    waiting = tuple(item for item in now.items if not item.done)
    if not waiting:
        await uow.pings.drop(team, user, message.day)
        return Needless("answered before it was sent")
    return await _to_person(uow, team, user, replace(now, items=waiting))


def _in_interview(project: Project | None, role: Role, message: Message) -> Target | Needless | Nowhere:
    if project is None:
        return Needless("the project is gone")
    if isinstance(message, Ask) and not project.open:
        return Needless("the kickoff was closed, and asks nothing more")
    place = project.interviews[role].place
    if place is None:
        return Nowhere("the interview's thread was never opened")
    return Target(message, place.channel, thread=place.ts)


def _at_card(
    project: Project | None, role: Role | None, message: Message, *, over: bool
) -> Target | Needless | Nowhere:
    if project is None:
        return Needless("the project is gone")
    card = project.interviews[role].card if role else project.card
    if card is None:
        why = "the card was never posted"
        return Needless(why) if over else Nowhere(why)
    return Target(message, card.channel, over=card.ts if over else None, thread=None if over else card.ts)


def _at_digest(project: Project | None, ts: str | None, message: Message) -> Target | Needless | Nowhere:
    if project is None:
        return Needless("the project is gone")
    return Target(message, project.channel, thread=ts) if ts else Nowhere("the digest was never posted")


async def posted(uow: UnitOfWork, bank: Bank, team: str, saying: Saying, channel: str, ts: str) -> None:
    """Keep where a message stands; the first one of a conversation opens its thread."""
    message = saying.message
    match message:
        case Ping(person, day):
            await uow.pings.stands_at(team, person, day, channel, ts)
        case Digest(project=id, week=week):
            await uow.digests.stands_at(id, week, ts)
        case PortfolioDigest(team=of, week=week):
            await uow.workspaces.delivered(of, week)
        case FindingCard():
            await _finding_posted(uow, bank, message, Source(channel, ts))
        case SimplerCard():
            await _offer_posted(uow, bank, message, Source(channel, ts))
        case KickoffCard() | InterviewCard() | DirectIntro() | Ask() | Done() | Record():
            project = await uow.projects.get(message.project)
            if project is not None:
                await _project_posted(uow, bank, project, message, Source(channel, ts))


async def _finding_posted(uow: UnitOfWork, bank: Bank, message: FindingCard, where: Source) -> None:
    project = await uow.projects.get(message.project)
    finding = project.followed.get(message.key) if project else None
    if project is not None and finding is not None:
        change = following.stands(project, finding, where, message)
        await keep(uow, project, bank, change, uow.now)


async def _offer_posted(uow: UnitOfWork, bank: Bank, message: SimplerCard, where: Source) -> None:
    project = await uow.projects.get(message.project)
    offer = project.offers.get(message.input) if project else None
    if project is not None and offer is not None:
        await keep(uow, project, bank, offer_cards.stands(project, offer, where, message), uow.now)


async def _project_posted(
    uow: UnitOfWork,
    bank: Bank,
    project: Project,
    message: KickoffCard | InterviewCard | DirectIntro | Ask | Done | Record,
    where: Source,
) -> None:
    if isinstance(message, Ask | Done):
        question = message.question if isinstance(message, Ask) else None
        await _go_on(uow, bank, project, detours.posted(project, bank, message.role, question, where), message)
    else:
        await keep(uow, project, bank, _standing(project, bank, message, where), uow.now)


def _standing(
    project: Project, bank: Bank, message: KickoffCard | InterviewCard | DirectIntro | Record, where: Source
) -> Change:
    match message:
        case KickoffCard():
            return Change(replace(project, card=where))
        case InterviewCard(role=role):
            interview = project.interviews[role]
            place = interview.place if interview.by_dm else where
            return Change(project.with_interview(replace(interview, card=where, place=place)))
        case DirectIntro(role=role):
            held = project.interviews[role]  # whoever came into the channel meanwhile is asked in the card's thread
            return Change(project.with_interview(replace(held, place=where)) if held.by_dm else project)
        case Record(role=role, told=told):
            change = detours.shown(project, bank, role, [t.question for t in told], where)
            return change.then(_put_right, bank, message)


async def _go_on(uow: UnitOfWork, bank: Bank, before: Project, change: Change, message: Ask | Done) -> None:
    """Now that it is known when the question was posted, file what was typed around that moment."""
    held, filed = replies.take_held(change.project, bank, message.role)
    change = change.then(lambda _: held)
    if isinstance(message, Ask):
        change = change.then(_put_right, bank, message)
    await keep(uow, before, bank, change, uow.now)
    place = change.project.interviews[message.role].place
    for reply, under in filed:
        known = FiledReply(before.id, message.role, under, reply.by, reply.text)
        await uow.replies.file(place.channel if place else before.channel, reply.ts, known)


def _put_right(project: Project, bank: Bank, message: Ask | Record) -> Change:
    return Change(project, telling.put_right(project, bank, message))
