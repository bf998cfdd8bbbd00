"""Clicks: a dict from the control to what it does. Modals are opened before anything is written."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.db import UnitOfWork
from bot.domain.answers import NOT_APPLICABLE, NOT_MEASURED, UNKNOWN
from bot.domain.bank import Question, Role, Type
from bot.domain.errors import BotError
from bot.domain.people import Person
from bot.domain.permissions import must_answer
from bot.domain.project import Project
from bot.services import interviews, status

from . import controls, facts
from .alignbot import Alignbot
from .controls import Control
from .payloads import Payload, once_key, team_of, user_of
from .views import modals
from .views import status as panels

READ_DEADLINE = 1.0  # seconds of the three that a trigger lives


@dataclass(frozen=True, slots=True)
class Click:
    alignbot: Alignbot
    client: AsyncWebClient
    control: Control
    chosen: str | None
    user: str
    team: str
    channel: str
    trigger: str
    body: Payload

    @property
    def project(self) -> int:
        return self.control.project

    @property
    def question(self) -> str:
        return self.control.subject


async def click(
    body: Payload, ack: AsyncAck, client: AsyncWebClient, alignbot: Alignbot, respond: AsyncRespond
) -> None:
    action = body["actions"][0]
    handler = CLICKS.get(action["action_id"])
    if handler is None:
        raise controls.OutOfDate
    one = Click(
        alignbot=alignbot,
        client=client,
        control=controls.read(action),
        chosen=controls.chosen(action),
        user=user_of(body),
        team=team_of(body),
        channel=(body.get("channel") or {}).get("id", ""),
        trigger=body.get("trigger_id", ""),
        body=body,
    )
    said = await handler(one)
    if said is not None:
        await respond(response_type="ephemeral", replace_original=False, **said)
    await ack()


async def _open(one: Click, title: str, build: Callable[[], Awaitable[Payload]]) -> None:
    """Open a form that shows stored values: at once if they can be read in time, else fill it when they are there."""
    building = asyncio.ensure_future(build())
    done, _ = await asyncio.wait({building}, timeout=READ_DEADLINE)
    if done:
        await one.client.views_open(trigger_id=one.trigger, view=building.result())
        return
    opened = await one.client.views_open(trigger_id=one.trigger, view=modals.loading_modal(title))
    await one.client.views_update(view_id=opened["view"]["id"], view=await building)


async def answer(one: Click) -> None:
    await _open(one, "Your answer", lambda: _answer_form(one))


async def _answer_form(one: Click) -> Payload:
    async with one.alignbot.database.transaction() as uow:
        project = await _project(uow, one.project)
    bank = one.alignbot.bank
    question = bank.by_id.get(one.question)
    if question is None:
        raise controls.OutOfDate
    must_answer(project, question, one.user)
    ask, kept, row = status.as_asked(project, bank, question), project.answers.get(question.id), _row(one, question)
    if question.type is Type.ROWS and row is None:
        interviews.may_grow(project, question)
    value, subject = kept.value if kept else None, "" if row is not None else ask.subject
    return modals.answer_modal(question, bank, text=ask.text, project=project.id, value=value, subject=subject, row=row)


def _row(one: Click, question: Question) -> int | None:
    """Which line of a list is to be changed; none: a new one."""
    by_index = question.type is Type.ROWS and one.control.action in (controls.ANSWER, controls.EDIT)
    return int(one.control.extra) if by_index and one.control.extra.isdecimal() else None


async def one_go(one: Click) -> None:
    await _open(one, "In one go", lambda: _first_page(one))


async def _first_page(one: Click) -> Payload:
    async with one.alignbot.database.transaction() as uow:
        project = await _project(uow, one.project)
    role = Role(one.control.subject)
    if one.user not in project.people(role):
        raise BotError(f"These are the questions of the {role.label}. Your own thread has a card of its own.")
    page = page_of(one.alignbot, project, role, seen=[])
    if page is None:
        raise BotError("Nothing is left that fits into a form. Lists of inputs grow in the thread, line by line.")
    return page


def page_of(alignbot: Alignbot, project: Project, role: Role, seen: Sequence[str], page: int = 1) -> Payload | None:
    """A page of a role's open questions that were on none before; None when there are none."""
    bank = alignbot.bank
    rest = [q for q in status.to_answer(project, bank, role) if q.id not in seen]
    pages = modals.pages_of(rest)
    if not pages:
        return None
    texts = {q.id: status.as_asked(project, bank, q).text for q in pages[0]}
    last = page + len(pages) - 1
    return modals.one_go_modal(pages[0], bank, page, last, project.id, role, project.answers, texts, seen)


async def pick(one: Click) -> None:
    async with _once(one) as uow:
        await interviews.answer(uow, one.alignbot.bank, one.project, one.question, one.chosen, by=one.user, at=uow.now)


async def unknown(one: Click) -> None:
    await _plainly(one, dict(UNKNOWN))


async def _plainly(one: Click, value: dict[str, bool]) -> None:
    async with _once(one) as uow:
        await interviews.say_plainly(uow, one.alignbot.bank, one.project, one.question, value, by=one.user, at=uow.now)


async def more(one: Click) -> None:
    """The overflow menu."""
    match one.chosen:
        case controls.SKIP:
            async with _once(one) as uow:
                await interviews.skip(uow, one.alignbot.bank, one.project, one.question, by=one.user, at=uow.now)
        case controls.NA:
            await _plainly(one, dict(NOT_APPLICABLE))
        case controls.NOT_MEASURED:
            await _plainly(one, dict(NOT_MEASURED))
        case controls.HAND_OVER:
            await _open(one, "Hand over", lambda: _hand_over_form(one))


async def _hand_over_form(one: Click) -> Payload:
    async with one.alignbot.database.transaction() as uow:
        project = await _project(uow, one.project)
    question = one.alignbot.bank[one.question]
    must_answer(project, question, one.user)
    suggested = status.suggested(project, question)
    say = "They get it in their one message of the day, with the context; you go on with the next question meanwhile."
    return modals.people_modal("Hand over", project=project.id, question=question.id, suggested=suggested, say=say)


async def ask_somebody(one: Click) -> None:
    """Ask the person suggested on the record, or the one who was picked there."""
    to = one.chosen or one.control.extra
    if not to:
        return  # the picker was emptied
    person = await helper(one.alignbot, one.client, one.team, to)
    async with _once(one) as uow:
        bank, by, at = one.alignbot.bank, one.user, uow.now
        await interviews.hand_over(uow, bank, one.project, one.question, to=to, person=person, by=by, at=at)


async def helper(alignbot: Alignbot, client: AsyncWebClient, team: str, user: str) -> Person | None:
    """Who somebody is that is to be asked, as Slack knows them."""
    now = alignbot.database.clock()
    [found] = await facts.in_time(facts.person(client, team, user, now, alignbot.zone))
    return found if isinstance(found, Person) else None


async def finish_rows(one: Click) -> None:
    """ "That's all", or "None yet"."""
    none = one.control.action == controls.ROWS_NONE
    async with _once(one) as uow:
        bank, by, at = one.alignbot.bank, one.user, uow.now
        await interviews.finish_rows(uow, bank, one.project, one.question, none=none, by=by, at=at)


async def see_all(one: Click) -> Payload:
    async with one.alignbot.database.transaction() as uow:
        return panels.status(await status.panel(uow, one.alignbot.bank, await _project(uow, one.project)))


async def my_questions(one: Click) -> Payload:
    async with one.alignbot.database.transaction() as uow:
        return panels.questions(await status.questions_of(uow, one.alignbot.bank, one.team, one.user))


async def nothing(one: Click) -> None:
    """A link or a decoration: Slack tells of the click all the same."""


def _once(one: Click) -> Any:
    return one.alignbot.database.transaction(once=once_key(one.body))


async def _project(uow: UnitOfWork, id: int) -> Project:
    project = await uow.projects.get(id)
    if project is None:
        raise controls.OutOfDate
    return project


CLICKS: dict[str, Callable[[Click], Awaitable[Payload | None]]] = {
    controls.ANSWER: answer,
    controls.EDIT: answer,
    controls.ADD_ROW: answer,
    controls.ONE_GO: one_go,
    controls.PICK: pick,
    controls.UNKNOWN: unknown,
    controls.MORE: more,
    controls.ASK_SUGGESTED: ask_somebody,
    controls.ASK_OTHER: ask_somebody,
    controls.ROWS_DONE: finish_rows,
    controls.ROWS_NONE: finish_rows,
    controls.SEE_ALL: see_all,
    controls.MY_QUESTIONS: my_questions,
    controls.NOOP: nothing,
}
