"""Submitted forms: read, call the service, close or go on; what needs a correction is answered at its input."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.bank import Question, Role, Type
from bot.domain.checking import check
from bot.domain.errors import FieldErrors
from bot.domain.kickoff import Request
from bot.services import interviews

from . import controls, forms
from .actions import helper, page_of
from .alignbot import Alignbot
from .kickoffs import start
from .payloads import Payload, once_key, team_of, user_of


async def submit(body: Payload, ack: AsyncAck, client: AsyncWebClient, alignbot: Alignbot) -> None:
    handler = VIEWS.get(body["view"]["callback_id"])
    if handler is None:
        raise controls.OutOfDate
    try:
        answer = await handler(body, client, alignbot)
    except _Wrong as wrong:
        await ack(response_action="errors", errors=wrong.errors)
        return
    await ack(**answer) if answer else await ack()


class _Wrong(Exception):
    """What stands at which input; nothing of the form was stored."""

    def __init__(self, errors: dict[str, str]) -> None:
        self.errors = errors


async def _kickoff(body: Payload, client: AsyncWebClient, alignbot: Alignbot) -> None:
    form = forms.kickoff_of(body["view"]["state"]["values"])
    people = {role: form.people.get(role) for role in Role}
    request = Request(form.name, form.summary, people, form.launch)
    channel = controls.read_metadata(body["view"])["channel"]
    try:
        await start(alignbot, client, body, request, channel)
    except FieldErrors as wrong:
        raise _Wrong(wrong.fields) from None


async def _answer(body: Payload, client: AsyncWebClient, alignbot: Alignbot) -> None:
    ids = controls.read_metadata(body["view"])
    question = _question(alignbot, ids["question"])
    value = forms.value_of(question, body["view"]["state"]["values"])
    async with alignbot.database.transaction(once=once_key(body)) as uow:
        bank, by, at = alignbot.bank, user_of(body), uow.now
        if question.type is Type.ROWS:
            _correct(question, [value or {}], at)
            await interviews.add_row(uow, bank, ids["project"], question.id, value, index=ids.get("row"), by=by, at=at)
        else:
            _correct(question, value, at)
            await interviews.answer(uow, bank, ids["project"], question.id, value, by=by, at=at)


def _question(alignbot: Alignbot, id: str) -> Question:
    question = alignbot.bank.by_id.get(id)
    if question is None:
        raise controls.OutOfDate
    return question


async def _one_go(body: Payload, client: AsyncWebClient, alignbot: Alignbot) -> dict[str, Any] | None:
    ids = controls.read_metadata(body["view"])
    questions = [_question(alignbot, id) for id in ids["questions"]]
    values = forms.values_of(questions, body["view"]["state"]["values"])
    async with alignbot.database.transaction(once=once_key(body)) as uow:
        for question in questions:
            if question.id in values:
                _correct(question, values[question.id], uow.now)
        project = await interviews.answer_many(uow, alignbot.bank, ids["project"], values, by=user_of(body), at=uow.now)
    seen = [*ids.get("seen", []), *ids["questions"]]
    page = page_of(alignbot, project, Role(ids["role"]), seen, ids["page"] + 1)
    return {"response_action": "update", "view": page} if page else None


async def _hand_over(body: Payload, client: AsyncWebClient, alignbot: Alignbot) -> None:
    ids, to = controls.read_metadata(body["view"]), forms.person_of(body["view"]["state"]["values"])
    if not to:
        raise _Wrong({"person": "Please pick somebody."})
    person = await helper(alignbot, client, team_of(body), to)
    async with alignbot.database.transaction(once=once_key(body)) as uow:
        bank, by, at = alignbot.bank, user_of(body), uow.now
        await interviews.hand_over(uow, bank, ids["project"], ids["question"], to=to, person=person, by=by, at=at)


def _correct(question: Question, value: Any, now: datetime) -> None:
    problems = check(question, value, today=now.date())
    if problems:
        raise _Wrong(forms.errors_for(question, problems))


VIEWS: dict[str, Callable[[Payload, AsyncWebClient, Alignbot], Awaitable[dict[str, Any] | None]]] = {
    controls.KICKOFF_VIEW: _kickoff,
    controls.ANSWER_VIEW: _answer,
    controls.ONE_GO_VIEW: _one_go,
    controls.HAND_OVER_VIEW: _hand_over,
}
