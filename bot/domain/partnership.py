"""How early and how much engineering is in it: what a digest says of the partnership in one line."""

from collections.abc import Iterator
from datetime import datetime

from . import calendar
from .answers import Answer, Mark, State
from .bank import Bank, Pillar, Question, Role
from .coverage import SURVEY
from .project import Project, Stage


def first_answer_time(project: Project, bank: Bank) -> int | None:
    """Working days from when the engineer was first asked to their first answer; None: not heard yet."""
    heard = _heard_at(project, bank)
    return calendar.waited(_asked_at(project), heard, calendar.zone_of(project.zone)) if heard else None


def _asked_at(project: Project) -> datetime:
    return project.interviews[Role.ENG].began_at or project.started_at


def _heard_at(project: Project, bank: Bank) -> datetime | None:
    """What was kept of it, else as the answers that stand say."""
    said = (project.answers.get(question.id) for question in bank.of(Role.ENG))
    own = (answer.at for answer in said if answer and answer.by in project.people(Role.ENG))
    return project.interviews[Role.ENG].first_at or min(own, default=None)


def share_from_engineering(project: Project, bank: Bank) -> tuple[int, int]:
    """How many facts about production engineering gave or confirmed, and how many there are; a survey's rows count."""
    facts = [(_is_theirs(project, answer), count) for answer, count in _facts(project, bank)]
    return sum(count for theirs, count in facts if theirs), sum(count for _, count in facts)


def _facts(project: Project, bank: Bank) -> Iterator[tuple[Answer, int]]:
    for question in project.required(bank, Role.ENG):
        answer = project.answers.get(question.id)
        if question.pillar is Pillar.DATA and answer is not None:
            yield answer, _count(question, answer)


def _count(question: Question, answer: Answer) -> int:
    if question.id == SURVEY:
        return len(answer.value) if isinstance(answer.value, list) else 0
    return int(answer.state in (State.ANSWERED, State.NOT_APPLICABLE))


def _is_theirs(project: Project, answer: Answer) -> bool:
    if answer.partial:
        return answer.by in project.people(Role.ENG)
    return Mark.GUESS not in answer.marks


def digest_line(project: Project, bank: Bank, now: datetime) -> str:
    """In plain text; empty where there is nothing to say yet, or any more."""
    if project.stage not in (Stage.ACTIVE, Stage.LAUNCHED):
        return ""
    heard = first_answer_time(project, bank)
    if heard is None:
        silent = calendar.waited(_asked_at(project), now, calendar.zone_of(project.zone))
        return f"Engineering's first answer is still to come, {_days(silent)} in." if silent else ""
    first = (
        f"Engineering's first answer came after {_days(heard)}" if heard else "Engineering answered on the first day"
    )
    theirs, facts = share_from_engineering(project, bank)
    about = "fact" if facts == 1 else "facts"
    share = f"; {theirs} of {facts} {about} about production came from them" if facts else ""
    return f"{first}{share}."


def _days(number: int) -> str:
    return f"{number} working day{'' if number == 1 else 's'}"
