"""The digest now, when it comes, who else is told; and the leads' digest over all projects."""

from bot.domain.errors import BotError
from bot.domain.escaping import escape
from bot.domain.kickoff import check_place
from bot.domain.permissions import must_administer
from bot.domain.project import DigestPlan
from bot.services import digests, portfolio, steering
from bot.slack import facts, typed
from bot.slack.payloads import Payload
from bot.slack.views import digest_thread
from bot.slack.views import status as panels
from bot.slack.views.text import when

from .asked import Asked


async def digest(asked: Asked) -> Payload:
    """Shows it now; a day and an hour, or `off`, set when it comes; `leads` and `share` are about the leads'."""
    if leads := typed.leads_wish_of(asked.text):
        return await _lead(asked, leads.plan)
    if share := typed.share_wish_of(asked.text):
        return await _share(asked, *share)
    plan, name = typed.digest_wish_of(asked.text)
    return await _show(asked, name) if plan is None else await _plan(asked, plan, name)


async def _show(asked: Asked, name: str) -> Payload:
    async with asked.alignbot.database.transaction() as uow:
        project = await asked.project(uow, name)
        return digest_thread.with_post(await digests.preview(uow, asked.alignbot.bank, project, uow.now))


async def _plan(asked: Asked, plan: DigestPlan, name: str) -> Payload:
    async with asked.alignbot.database.transaction(once=asked.once) as uow:
        project = await asked.project(uow, name)
        project = await steering.plan_digest(uow, asked.alignbot.bank, project.id, plan, by=asked.user, at=uow.now)
        next_at = await uow.projects.digest_due_at(project.id)
    if plan.day is None or next_at is None:
        return panels.sentence(
            "The weekly digest is off. `/align digest tuesday 10:00` turns it on again; "
            "`/align digest` shows it to you at any time."
        )
    return panels.sentence(
        f"The digest of *{escape(project.name)}* now comes every {_at(plan, project.zone)}, next on {when(next_at)}."
    )


def _at(plan: DigestPlan, zone: str) -> str:
    return f"{typed.DAYS[(plan.day or 1) - 1].capitalize()} at {plan.hour}:00 ({zone} time)"


async def _lead(asked: Asked, plan: DigestPlan | None) -> Payload:
    """Sets, or ends, what the leads of a workspace read in this channel; for its admins."""
    now = asked.alignbot.database.clock()
    place, person = await facts.in_time(
        facts.place(asked.client, asked.channel, asked.channel_name),
        facts.person(asked.client, asked.team, asked.user, now, asked.alignbot.zone),
    )
    allowed = asked.user in asked.alignbot.admins or (person is not None and person.admin)
    must_administer(allowed=allowed, what="say where the leads' digest is posted")
    if plan is None:
        async with asked.alignbot.database.transaction(once=asked.once) as uow:
            await portfolio.tell_nowhere(uow, asked.team)
        return panels.sentence("The leads' digest is off. `/align digest leads here` turns it on again.")
    if place.direct:
        raise BotError("The leads' digest needs a channel. Open the leads' channel and type it there.")
    check_place(place)
    zone = person.zone if person else asked.alignbot.zone
    async with asked.alignbot.database.transaction(once=asked.once) as uow:
        leads = await portfolio.tell_here(uow, asked.team, asked.channel, plan, zone=zone)
    return panels.sentence(
        f"The leads' digest comes here every {_at(plan, leads.zone)}, next on {when(leads.next_at or now)}. It tells "
        "of the products that share it, by `/align digest share on` in their channels; of private channels never."
    )


async def _share(asked: Asked, shared: bool, name: str) -> Payload:
    (place,) = await facts.in_time(facts.place(asked.client, asked.channel, asked.channel_name))
    async with asked.alignbot.database.transaction(once=asked.once) as uow:
        project, bank = await asked.project(uow, name), asked.alignbot.bank
        project = await portfolio.share(uow, bank, project.id, shared, private=place.private, by=asked.user, at=uow.now)
    if not shared:
        return panels.sentence(f"The leads' digest tells nothing of *{escape(project.name)}* any more.")
    return panels.sentence(
        f"The leads' digest now tells of *{escape(project.name)}*: its state with the cause, its launch date and what "
        "goes well. No score, no answers of the pulse, no names but that of who decides. `share off` ends it."
    )
