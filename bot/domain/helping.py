"""Who may know, where the person asked doesn't: functions, partner roles, owners of sources (alignment model, 1.4)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from .answers import Answer, State
from .bank import Bank, Pillar, Question, Role
from .coverage import SURVEY
from .lists import left_to_survey, rows_of
from .project import Interview, Project
from .wording import TEAM_OR_PERSON

FUNCTIONS: Mapping[str, str] = {
    "legal": "legal matters",
    "sre": "operations",
    "analyst": "the numbers",
    "data_owner": "the data",
    "pm_lead": "what a product lead decides",
    "ml_lead": "what an ML lead decides",
    "eng_lead": "what an engineering lead decides",
}
"""Matters that somebody outside the three roles may know, and what they are asked about. None is asked for."""

_FUNCTIONS = {name: (name,) for name in FUNCTIONS} | {"legal_or_lead": ("legal", "pm_lead")}
_ROLES = {role.value: role for role in Role} | {
    "sre": Role.ENG,
    "eng_lead": Role.ENG,
    "data_owner": Role.ENG,
    "ml_lead": Role.ML,
    "analyst": Role.PM,
    "pm_lead": Role.PM,
    "legal_or_lead": Role.PM,
}


def suggested(project: Project, question: Question) -> str | None:
    """Who may know; never somebody of the role that was asked, nor who has left, nor who said that it is not theirs."""
    interview, answer = project.interviews[question.role], project.answers.get(question.id)
    without = {*project.people(question.role), *interview.refused.get(question.id, ())}
    without |= {answer.by} if answer and answer.state is State.UNKNOWN else set()
    known = (user for user in _may_know(project, question) if user and user not in without)
    return next((user for user in known if project.present(user)), None)


def _may_know(project: Project, question: Question) -> Iterator[str | None]:
    """In the order in which they are asked: the function, the partner role, who owns the data, who decides."""
    yield from (project.functions.get(name) for name in _FUNCTIONS.get(question.helper, ()))
    if role := _ROLES.get(question.helper):
        yield project.owner(role)
    if question.pillar is Pillar.DATA and role is Role.ENG:
        yield from _owners(project, question)
    yield project.decider


def _owners(project: Project, question: Question) -> Iterator[str]:
    """People whom the survey names as owners; of the inputs that are still asked about first."""
    rows = rows_of(project, SURVEY)
    left = set(left_to_survey(project, question, rows_of(project, question.id)))
    for row in sorted(rows, key=lambda row: row.get("name") not in left):
        if owner := TEAM_OR_PERSON.fullmatch(str(row.get("owner") or "").strip()):
            yield owner[1]


def without(project: Project, user: str) -> Project:
    """Nobody is sent to somebody who has left."""
    kept = {name: who for name, who in project.functions.items() if who != user}
    return project if len(kept) == len(project.functions) else replace(project, functions=kept)


def credited(project: Project, question: Question, answer: Answer) -> Interview:
    """The interview with what a new answer says of who helped, and of when the role was first heard."""
    interview = project.interviews[question.role]
    handover, before = interview.handed.get(question.id), project.answers.get(question.id)
    if handover and answer.by == handover.to and not answer.partial:
        interview = replace(interview, helped={**interview.helped, question.id: handover.by})
    elif before and answer.by != before.by:
        interview = unhelped(interview, question.id)
    return heard(interview, answer.at) if answer.by in project.people(question.role) else interview


def heard(interview: Interview, at: datetime) -> Interview:
    """One of the role's own people said something; of engineering alone it is told how soon that was."""
    if interview.role is not Role.ENG or interview.first_at:
        return interview
    return replace(interview, first_at=at)


def unhelped(interview: Interview, question: str) -> Interview:
    return replace(interview, helped={id: by for id, by in interview.helped.items() if id != question})


def resuggested(before: Project, after: Project, bank: Bank) -> tuple[Question, ...]:
    """The questions that nobody knows yet and for which somebody else is suggested now."""
    open_now = (q for q in after.required(bank) if after.state(q.id) is State.UNKNOWN)
    alone = (q for q in open_now if q.id not in after.interviews[q.role].handed)
    return tuple(q for q in alone if suggested(before, q) != suggested(after, q))
