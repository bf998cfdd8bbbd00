"""What somebody asks to see: where a project stands, what is waiting for them, what a form is filled with."""

from collections.abc import Sequence
from dataclasses import replace

from bot.db import UnitOfWork
from bot.domain import overview, telling
from bot.domain.bank import Bank, Question, Role
from bot.domain.interview import can_be_asked
from bot.domain.messages import Ask, Matter, PingItem, StatusPanel
from bot.domain.project import Project
from bot.domain.reminders import by_urgency, open_items
from bot.domain.trend import LONGEST_STRIP
from bot.domain.waiting import item_of, question_item


async def panel(uow: UnitOfWork, bank: Bank, project: Project) -> StatusPanel:
    seen = overview.panel(project, bank, uow.now, await uow.projects.digest_due_at(project.id))
    return replace(seen, channel=project.channel)


async def panels_of(uow: UnitOfWork, bank: Bank, team: str, user: str) -> Sequence[StatusPanel]:
    """The products in which somebody has a part, with the states of the last weeks; for their eyes only."""
    return [await _with_weeks(uow, bank, project) for project in await uow.projects.of_person(team, user)]


async def _with_weeks(uow: UnitOfWork, bank: Bank, project: Project) -> StatusPanel:
    told = await uow.digests.history(project.id, LONGEST_STRIP)
    return replace(await panel(uow, bank, project), weeks=tuple(facts["state"] for facts in told))


async def questions_of(uow: UnitOfWork, bank: Bank, team: str, user: str) -> Sequence[PingItem]:
    """Everything that one person could settle now, over all projects: what holds one up first."""
    person, found = await uow.people.get(team, user), []
    for project in await uow.projects.of_person(team, user):
        found += [question_item(project, bank, q, person, uow.now) for q in _of_person(project, bank, user)]
        others = by_urgency(item for item in open_items(project, bank, user, uow.now) if item.matter in _NO_QUESTIONS)
        found += [item_of(item, project, bank, person, uow.now) for item in others]
    return sorted(found, key=lambda item: _rank(item, bank))


_NO_QUESTIONS = (Matter.CRITICAL, Matter.CONFIRM, Matter.RECHECK, Matter.PULSE, Matter.HIGH)


def _rank(item: PingItem, bank: Bank) -> int:
    """What holds a project up, then what takes seconds, then the rest of the questions."""
    question = bank.by_id.get(item.subject) if item.matter not in _NO_QUESTIONS else None
    if item.matter is Matter.CRITICAL or (question and question.blocking):
        return int(question is not None)
    return 3 if question else 2


def _of_person(project: Project, bank: Bank, user: str) -> list[Question]:
    own = [q for role in project.roles_of(user) for q in to_answer(project, bank, role)]
    handed = [bank[id] for i in project.interviews.values() for id, handover in i.handed.items() if handover.to == user]
    return [*own, *(q for q in handed if q not in own)]


def to_answer(project: Project, bank: Bank, role: Role) -> list[Question]:
    """A role's open questions that can be answered now, in interview order."""
    return list(can_be_asked(project, bank, role))


def as_asked(project: Project, bank: Bank, question: Question) -> Ask:
    """A question as it reads in this project now."""
    return telling.ask(project, bank, question)


def suggested(project: Project, question: Question) -> str | None:
    return telling.suggested_helper(project, question)
