"""Answers given by a control: a choice, a form, several at once, and the honest ways of not giving one."""

from collections.abc import Sequence

from bot.domain.answers import NOT_APPLICABLE, NOT_MEASURED, UNKNOWN
from bot.domain.bank import Question, Role, Type
from bot.domain.errors import BotError
from bot.domain.lists import rows_of
from bot.domain.permissions import must_answer
from bot.domain.project import Project
from bot.services import interviews, status
from bot.slack import controls, row_forms
from bot.slack.alignbot import Alignbot
from bot.slack.payloads import Payload
from bot.slack.views import modals

from .click import Click, once, open_form, open_project_of
from .handing_over import hand_over


async def answer(one: Click) -> None:
    await open_form(one, "Your answer", lambda: _answer_form(one))


async def _answer_form(one: Click) -> Payload:
    question = one.alignbot.bank.by_id.get(one.question)
    return await form_of(one, one.question, _row(one, question) if question else None)


async def form_of(one: Click, question_id: str, row: int | None, like: str | None = None) -> Payload:
    """The form of a question, or of one line of its list."""
    async with one.alignbot.database.transaction() as uow:
        project = await open_project_of(uow, one.project)
    bank = one.alignbot.bank
    question = bank.by_id.get(question_id)
    if question is None:
        raise controls.OutOfDate
    must_answer(project, question, one.user)
    ask, kept = status.as_asked(project, bank, question), project.answers.get(question.id)
    if question.type is not Type.ROWS:
        return modals.answer_modal(question, bank, text=ask.text, project=project.id, value=kept and kept.value)
    if row is None:
        interviews.may_grow(project, question)
    about = ask.subject if row is None else _name(project, question, row)
    return row_forms.first(project, bank, question, about, text=ask.text, like=like)


def _name(project: Project, question: Question, row: int) -> str:
    """What the line at a place of a list is about; "" where there is none any more."""
    rows = rows_of(project, question.id)
    return str(rows[row].get(question.fields[0].name) or "") if row < len(rows) else ""


async def same_source(one: Click) -> None:
    """The survey of the next input, filled with what is known of the source of an earlier one."""
    await open_form(one, "Your answer", lambda: form_of(one, one.question, None, like=one.chosen))


def _row(one: Click, question: Question) -> int | None:
    """Which line of a list is to be changed; none: a new one."""
    by_index = question.type is Type.ROWS and one.control.action in (controls.ANSWER, controls.EDIT)
    return int(one.control.extra) if by_index and one.control.extra.isdecimal() else None


async def one_go(one: Click) -> None:
    await open_form(one, "In one go", lambda: _first_page(one))


async def _first_page(one: Click) -> Payload:
    async with one.alignbot.database.transaction() as uow:
        project = await open_project_of(uow, one.project)
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
    async with once(one) as uow:
        await interviews.answer(uow, one.alignbot.bank, one.project, one.question, one.chosen, by=one.user, at=uow.now)


async def unknown(one: Click) -> None:
    await _plainly(one, dict(UNKNOWN))


async def _plainly(one: Click, value: dict[str, bool]) -> None:
    async with once(one) as uow:
        await interviews.say_plainly(uow, one.alignbot.bank, one.project, one.question, value, by=one.user, at=uow.now)


async def more(one: Click) -> None:
    """The overflow menu."""
    match one.chosen:
        case controls.SKIP:
            async with once(one) as uow:
                await interviews.skip(uow, one.alignbot.bank, one.project, one.question, by=one.user, at=uow.now)
        case controls.NA:
            await _plainly(one, dict(NOT_APPLICABLE))
        case controls.NOT_MEASURED:
            await _plainly(one, dict(NOT_MEASURED))
        case controls.HAND_OVER:
            await hand_over(one)


async def finish_rows(one: Click) -> None:
    """ "That's all", or "None yet"."""
    none = one.control.action == controls.ROWS_NONE
    async with once(one) as uow:
        bank, by, at = one.alignbot.bank, one.user, uow.now
        await interviews.finish_rows(uow, bank, one.project, one.question, none=none, by=by, at=at)
