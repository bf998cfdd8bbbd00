"""The form of one row of a list, page by page, and which row a submitted page is about by now."""

from collections.abc import Mapping
from typing import Any

from bot.domain import lists, survey_pages
from bot.domain.bank import Bank, Question
from bot.domain.errors import BotError
from bot.domain.escaping import escape
from bot.domain.project import Project

from .payloads import Payload
from .views.findings import named
from .views.modals import RowPage, marked, row_modal


def first(
    project: Project, bank: Bank, question: Question, about: str, *, text: str, like: str | None = None
) -> Payload:
    """Page 1: of the row of that name, "" for a new one; as another of the same source, if one is picked."""
    listed = lists.surveys(question) and lists.is_listed(project, question, about)
    start = {question.fields[0].name: about} if about else {}
    given = start | _of_source(project, question, like) | _row(project, question, about)
    fields, names = survey_pages.first_page(question, known=listed), lists.names_of(project, question)
    page = RowPage(fields, given, about, names, like=like)
    return row_modal(question, bank, page, text=text, project=project.id)


def further(project: Project, bank: Bank, question: Question, about: str, like: str | None) -> Payload | None:
    """Page 2 of a row that is kept; None where nothing more matters for it."""
    row = _row(project, question, about)
    fields = survey_pages.further_page(question, project, bank, row)
    if not fields:
        return None
    given, names = _of_source(project, question, like) | row, lists.names_of(project, question)
    page = RowPage(fields, given, about, names, further=True)
    return row_modal(question, bank, page, text=question.ask, project=project.id)


def _row(project: Project, question: Question, about: str) -> dict[str, Any]:
    rows = lists.rows_of(project, question.id)
    index = lists.row_about(rows, about, question.fields[0].name) if about else None
    return {} if index is None else rows[index]


def _of_source(project: Project, question: Question, like: str | None) -> dict[str, Any]:
    source = next((name for name in lists.names_of(project, question) if like and named(name) == like), None)
    return lists.as_same_source(project, question, source) if source else {}


def about_now(project: Project, question: Question, ids: Mapping[str, Any]) -> str:
    """The name that the row of a form has now; "" for a new row. Raises BotError where it is gone from the list."""
    subject = ids.get("about")
    if not subject:
        return ""
    names = {marked(name): name for name in lists.names_of(project, question)}
    there = None if subject in map(marked, project.offers) else lists.renamed_to(subject, ids["then"], [*names])
    about = names.get(subject) or (names[there] if there else None)
    if about is None or (ids.get("page") == 2 and not _row(project, question, about)):
        raise BotError(
            f"“{escape(ids.get('subject', ''))}” was taken off the list while the form was open, so I kept nothing of "
            "this page. `/align questions` shows what is open now."
        )
    return about
