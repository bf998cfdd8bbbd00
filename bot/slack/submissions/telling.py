"""Forms in which people start a kickoff, answer, or ask somebody else."""

from datetime import datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.bank import Question, Role, Type
from bot.domain.checking import check
from bot.domain.errors import FieldErrors
from bot.domain.kickoff import Request
from bot.services import interviews
from bot.slack import controls, forms, row_forms
from bot.slack.alignbot import Alignbot
from bot.slack.clicks.answering import page_of
from bot.slack.clicks.click import project_of
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


async def answer(body: Payload, client: AsyncWebClient, alignbot: Alignbot) -> dict[str, Any] | None:
    ids = controls.read_metadata(body["view"])
    question = _question(alignbot, ids["question"])
    value = forms.value_of(question, body["view"]["state"]["values"])
    if question.type is Type.ROWS:
        return await _row(body, alignbot, question, value or {})
    async with alignbot.database.transaction(once=once_key(body)) as uow:
        bank, by, at = alignbot.bank, user_of(body), uow.now
        _correct(question, value, at)
        await interviews.answer(uow, bank, ids["project"], question.id, value, by=by, at=at)
    return None


async def _row(body: Payload, alignbot: Alignbot, question: Question, said: dict[str, Any]) -> dict[str, Any] | None:
    """A page of one row is kept at once; the further page follows where more matters for that row."""
    ids, bank, key = controls.read_metadata(body["view"]), alignbot.bank, question.fields[0].name
    page = [field for field in question.fields if field.name in ids.get("fields", [f.name for f in question.fields])]
    async with alignbot.database.transaction(once=once_key(body)) as uow:
        _correct(question, [said], uow.now)
        about = row_forms.about_now(await project_of(uow, ids["project"]), question, ids)
        try:
            project = await interviews.add_row(
                uow, bank, ids["project"], question.id, said, page=page, about=about, by=user_of(body), at=uow.now
            )
        except FieldErrors as wrong:
            raise Wrong({controls.input_id(question.id, key): say for say in wrong.fields.values()}) from None
    view = row_forms.further(project, bank, question, said.get(key) or about, ids.get("like"))
    if view is None or ids.get("page") == 2:
        return None
    return {"response_action": "update", "view": controls.from_home(view) if ids.get("home") else view}


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
