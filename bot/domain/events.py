"""Which answers an event puts in question, and when it is over (alignment model, 3.6)."""

from collections.abc import Iterator
from datetime import datetime

from .bank import Role
from .chronicle import EventType, Happened
from .project import Project


def over(project: Project, event: Happened) -> bool:
    """Whether everything that it asked for has happened: answers looked at again, empty roles filled."""
    filled = all(project.owner(role) for role in event.roles)
    return event.resolved or (filled and not any(unconfirmed(project, event)))


def unconfirmed(project: Project, event: Happened) -> Iterator[str]:
    """The questions whose answers nobody has looked at since; one that was taken back is asked anew anyway."""
    for question in event.recheck:
        answer = project.answers.get(question)
        if answer is not None and project.settled(question) and answer.fresh_at <= event.at:
            yield question


def to_recheck(project: Project) -> dict[str, Happened]:
    """The questions that need another look, with the newest event that asks for it."""
    return {q: event for event in project.events if not event.resolved for q in unconfirmed(project, event)}


def live_since(project: Project) -> datetime | None:
    """When it went live, if somebody has said that it did."""
    return next((event.at for event in project.events if event.type is EventType.LAUNCHED), None)


def vacant_since(project: Project, role: Role) -> Happened | None:
    """The event that left a role empty, while it still is."""
    return next((e for e in reversed(project.events) if role in e.roles and not project.owner(role)), None)
