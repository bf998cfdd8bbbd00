"""The list of inputs: what was typed is confirmed, all of them at a glance, changed by who may."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.db import UnitOfWork
from bot.domain import listing, lists, ratings, replies, telling
from bot.domain.answers import Source
from bot.domain.bank import Bank
from bot.domain.coverage import LISTED
from bot.domain.errors import BotError, FieldErrors
from bot.domain.escaping import escape
from bot.domain.messages import InputLine, InputsPanel, Understood
from bot.domain.permissions import must_answer
from bot.domain.project import Project

from . import interviews
from .briefs import names_of
from .speaking import keep, speak

MOST_TABLES = 2
GONE = "That input is no longer on the list. `/align inputs` shows what is on it now."
LEFT = "One of these is no longer on the list. Close the form and open it again, please."
SETTLED = "This list is settled already. *Edit* on it changes a line."
CHANGED = "The list has changed since then. Above is how it reads now; is that right?"


async def confirm(
    uow: UnitOfWork, bank: Bank, project_id: int, question_id: str, shown: str, where: Source, *, by: str, at: datetime
) -> str:
    """Settle the list that was read back at a place, and show there that it is. Returns what else there is to say."""
    project, question = await _open(uow, project_id), bank[question_id]
    must_answer(project, question, by)
    if project.settled(question_id):
        _put(uow, project, replace(listing.understood(project, question), settled=True), where)
        return SETTLED
    if listing.fingerprint(lists.rows_of(project, question_id)) != shown:
        before = replies.untyped(await uow.projects.versions(project_id, question_id))
        _put(uow, project, listing.understood(project, question, before), where)
        return CHANGED
    await interviews.finish_rows(uow, bank, project_id, question_id, none=False, by=by, at=at)
    _put(uow, project, listing.understood(project, question, settled=True), where)
    return ""


async def _open(uow: UnitOfWork, project_id: int) -> Project:
    project = await uow.projects.get(project_id)
    if project is None:
        raise BotError("This kickoff is gone. `/align kickoff` starts a new one.")
    if not project.open:
        raise BotError(f"*{escape(project.name)}* is closed, so its inputs stay as they are.")
    return project


async def panel(uow: UnitOfWork, bank: Bank, project: Project, user: str) -> InputsPanel:
    """All inputs of a product at a glance, for one person."""
    return InputsPanel(
        project=project.id,
        name=project.name,
        inputs=listing.lines(project, bank, await names_of(uow, project), uow.now),
        first_step=listing.first_step(project),
        add_to=listing.to_grow(project, bank, user),
        may_edit=bool(listing.to_grow(project, bank, user)),
        may_change=listing.may_change(project, bank, user),
    )


async def tables_of(uow: UnitOfWork, bank: Bank, team: str, user: str) -> Mapping[int, Sequence[InputLine]]:
    """The inputs of the first products in which somebody has a part; Slack takes only so much of them on one page."""
    found: dict[int, Sequence[InputLine]] = {}
    for project in await uow.projects.of_person(team, user):
        if len(found) == MOST_TABLES:
            break
        if inputs := listing.lines(project, bank, await names_of(uow, project), uow.now):
            found[project.id] = inputs
    return found


def named(project: Project, bank: Bank, is_it: Callable[[str], bool], now: datetime) -> str:
    """The input that somebody picked, as it is called now. Raises BotError where it is gone."""
    names = (rating.name for rating in ratings.of(project, bank, now))
    name = next((name for name in names if is_it(name)), None)
    if name is None:
        raise BotError(GONE)
    return name


async def drop(
    uow: UnitOfWork, bank: Bank, project_id: int, is_it: Callable[[str], bool], *, by: str, at: datetime
) -> str:
    """Take an input off the list and out of the survey. Returns its name."""
    project = await to_change(uow, bank, project_id, by=by)
    name = named(project, bank, is_it, at)
    await keep(uow, project, bank, listing.drop(project, bank, name, by=by, at=at), at)
    return name


async def reorder(
    uow: UnitOfWork, bank: Bank, project_id: int, first: Sequence[Callable[[str], bool]], *, by: str, at: datetime
) -> None:
    """Put the list into another order: these first, the others behind them. Raises FieldErrors."""
    project = await to_change(uow, bank, project_id, by=by)
    listed = listing.names(project)
    names = [next((name for name in listed if is_it(name)), "") for is_it in first]
    if not all(names):
        raise FieldErrors({"order": LEFT})
    await keep(uow, project, bank, listing.reorder(project, bank, names, by=by, at=at), at)


async def to_change(uow: UnitOfWork, bank: Bank, project_id: int, *, by: str) -> Project:
    """The project, locked, for somebody who may shorten and reorder its list. Raises NotAllowed."""
    project = await _open(uow, project_id)
    must_answer(project, bank[LISTED], by)
    return project


def _put(uow: UnitOfWork, project: Project, message: Understood, where: Source) -> None:
    speak(uow, project, [telling.over(where, message)])
