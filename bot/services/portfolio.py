"""The leads' digest over all projects that share it: once for each workspace and week, whoever's clock ticks first."""

from dataclasses import replace
from datetime import datetime

from bot.db import UnitOfWork
from bot.domain.bank import Bank
from bot.domain.digest import TOO_LATE, week_of
from bot.domain.errors import BotError
from bot.domain.escaping import escape
from bot.domain.messages import InChannel, PortfolioDigest, Saying
from bot.domain.permissions import must_steer
from bot.domain.portfolio import DAY, Leads, tell_leads
from bot.domain.project import Change, DigestPlan, Project

from .speaking import keep


async def post_due(uow: UnitOfWork, bank: Bank, team: str, now: datetime) -> PortfolioDigest | None:
    """Post what leads are told if it is due and was not told for that week; plans the next. Returns what was said."""
    leads = await uow.workspaces.get(team)
    if leads is None or leads.channel is None or leads.next_at is None or leads.next_at > now:
        return None
    due, week = leads.next_at, week_of(leads.next_at, leads.zone)
    told = tell_leads(leads, await uow.projects.sharing(team), bank, now)
    if told is None or now - due > TOO_LATE or leads.week == week:
        await uow.workspaces.save(leads.planned(now))
        return None
    message = replace(told[0], week=week)
    await uow.workspaces.save(replace(leads, week=week, queued=told[1]).planned(now))
    where = InChannel(leads.channel)
    uow.outbox.say(Saying(message, where, once=f"leads:{team}:{week}"), team=team, lane=f"{team}:{leads.channel}")
    return message


async def tell_here(uow: UnitOfWork, team: str, channel: str, plan: DigestPlan, *, zone: str) -> Leads:
    """From now on leads are told in this channel."""
    leads = await uow.workspaces.get(team) or Leads(team)
    after = replace(leads, channel=channel, day=plan.day or DAY, hour=plan.hour, zone=zone).planned(uow.now)
    await uow.workspaces.save(after)
    return after


async def tell_nowhere(uow: UnitOfWork, team: str) -> None:
    leads = await uow.workspaces.get(team)
    if leads is not None:
        await uow.workspaces.save(replace(leads, channel=None, next_at=None))


async def share(
    uow: UnitOfWork, bank: Bank, project_id: int, shared: bool, *, private: bool, by: str, at: datetime
) -> Project:
    """Let the leads be told of a project, or no more. Raises where its channel is private, now or at its start."""
    project = await uow.projects.get(project_id)
    if project is None or not project.open:
        raise BotError("This kickoff is closed, so nobody is told of it. `/align kickoff` starts a new one.")
    must_steer(project, by, "share it with the leads")
    if shared and (private or project.private):
        raise BotError(
            f"This channel is private, so *{escape(project.name)}* stays in it: the leads' digest never tells of a "
            "private channel's products, not even their names. To share it, run its kickoff in a public channel."
        )
    return await keep(uow, project, bank, Change(replace(project, shared=shared)), at)
