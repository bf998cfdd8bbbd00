"""Clicks on the list of inputs: what was understood of a reply is right; an input is changed, dropped, moved."""

from collections.abc import Callable

from bot.domain import listing, lists
from bot.domain.answers import Source
from bot.domain.bank import Question
from bot.domain.coverage import LISTED
from bot.domain.deciding import Edit, edits
from bot.domain.escaping import escape
from bot.domain.permissions import must_answer
from bot.domain.project import Project
from bot.domain.wording import in_short
from bot.services import inputs, status
from bot.slack import controls, row_forms
from bot.slack.payloads import Payload
from bot.slack.views import findings as views
from bot.slack.views import inputs_table
from bot.slack.views import status as panels
from bot.slack.views.findings import named

from .click import Click, once, open_form, open_project_of


async def right(one: Click) -> Payload | None:
    container = one.body.get("container") or {}
    if not one.channel or not container.get("message_ts"):
        raise controls.OutOfDate
    where, bank, shown = Source(one.channel, container["message_ts"]), one.alignbot.bank, one.control.extra
    async with once(one) as uow:
        say = await inputs.confirm(uow, bank, one.project, one.question, shown, where, by=one.user, at=uow.now)
    return panels.sentence(say) if say else None


async def edit(one: Click) -> Payload | None:
    """Opens the row of the role that somebody has; who has both picks which one."""
    bank = one.alignbot.bank
    async with one.alignbot.database.transaction() as uow:
        project = await open_project_of(uow, one.project)
        name = inputs.named(project, bank, _picked(one), uow.now)
    questions = listing.questions_about(project, bank, name, one.user)
    if len(questions) > 1:
        return views.edits(one.project, [found for question in questions for found in _edits(project, question, name)])
    if not questions:
        must_answer(project, bank[LISTED], one.user)
    await open_form(one, "Your answer", lambda: _form(one, questions[0], name))
    return None


def _edits(project: Project, question: Question, name: str) -> list[Edit]:
    place = lists.row_about(lists.rows_of(project, question.id), name)
    return [found for found in edits(project, question) if found.row == place]


async def _form(one: Click, question: Question, name: str) -> Payload:
    async with one.alignbot.database.transaction() as uow:
        project = await open_project_of(uow, one.project)
    text = status.as_asked(project, one.alignbot.bank, question).text
    return row_forms.first(project, one.alignbot.bank, question, name, text=text)


async def drop(one: Click) -> Payload:
    async with once(one) as uow:
        name = await inputs.drop(uow, one.alignbot.bank, one.project, _picked(one), by=one.user, at=uow.now)
    return panels.sentence(f"“{escape(in_short(name))}” is off the list. `/align inputs` shows what is on it now.")


async def reorder(one: Click) -> None:
    await open_form(one, "Reorder the inputs", lambda: _order(one))


async def _order(one: Click) -> Payload:
    async with one.alignbot.database.transaction() as uow:
        project = await inputs.to_change(uow, one.alignbot.bank, one.project, by=one.user)
    return inputs_table.reorder_modal(project.id, listing.names(project))


def _picked(one: Click) -> Callable[[str], bool]:
    return lambda name: named(name) == one.chosen
