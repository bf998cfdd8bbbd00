"""Forms in which people start a kickoff, answer, or ask somebody else."""

from datetime import datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.bank import Question, Role, Type
from bot.domain.checking import check
from bot.domain.errors import FieldErrors
from bot.domain.kickoff import Request
from bot.services import interviews
from bot.slack import controls, forms
from bot.slack.alignbot import Alignbot
from bot.slack.clicks.answering import page_of
from bot.slack.clicks.handing_over import helper
from bot.slack.kickoffs import start
from bot.slack.payloads import Payload, once_key, team_of, user_of

from .wrong import Wrong


async def kickoff(body: Payload, client: AsyncWebClient, alignbot: Alignbot) -> None:
    form = forms.kickoff_of(body["view"]["state"]["values"])
    people = {role: form.people.get(role) for role in Role}
    request = Request(form.name, form.summary, people, form.launch)
    channel = controls.read_metadata(body["view"])["channel"]
    try:
        await start(alignbot, client, body, request, channel)
    except FieldErrors as wrong:
        raise Wrong(wrong.fields) from None


async def answer(body: Payload, client: AsyncWebClient, alignbot: Alignbot) -> None:
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


async def one_go(body: Payload, client: AsyncWebClient, alignbot: Alignbot) -> dict[str, Any] | None:
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


async def hand_over(body: Payload, client: AsyncWebClient, alignbot: Alignbot) -> None:
    ids, to = controls.read_metadata(body["view"]), forms.person_of(body["view"]["state"]["values"])
    if not to:
        raise Wrong({"person": "Please pick somebody."})
    person = await helper(alignbot, client, team_of(body), to)
    async with alignbot.database.transaction(once=once_key(body)) as uow:
        bank, by, at = alignbot.bank, user_of(body), uow.now
        await interviews.hand_over(uow, bank, ids["project"], ids["question"], to=to, person=person, by=by, at=at)


def _correct(question: Question, value: Any, now: datetime) -> None:
    problems = check(question, value, today=now.date())
    if problems:
        raise Wrong(forms.errors_for(question, problems))
